import * as z from "zod/mini";
import { concatBytes } from "../../acts/bytes.ts";
import { encodeBytes } from "../../acts/canonical.ts";
import type { ReadRegister } from "../../register/register.ts";
import { endOfTerm } from "../../rules/clocks.ts";
import { questionTerm } from "../../rules/terms.ts";
import { answersKept, keepAnswer } from "../../store/answers.ts";
import {
  keepQuestion,
  type KeptQuestion,
  questionKept,
  questionsKept,
} from "../../store/citizens.ts";
import { primitives } from "../../store/crypto.ts";
import type { Sql } from "../../store/database.ts";
import { seal } from "../../store/openings.ts";
import { commitmentOf } from "../../uses/opening.ts";
import { aboutToken, openSealed, questionId } from "./subject-tokens.ts";

/** What a question is to be, by the characters of its text. */
export const QUESTION_CHARACTERS_MAX = 2_000;

/** What is told of a question: how it stands, and not what it is about. */
export type QuestionState = {
  readonly question: string;
  readonly due: number;
  /** When the post that received it entered it; undefined while it waits for that. */
  readonly received?: number;
  readonly answered?: number;
};

/**
 * Keeps a question about a line, sealed; its id and commitment tell nothing of either. The same question of the same person about the same
 * line is that question while nobody has answered it: a form that is sent twice asks once.
 */
export async function takeQuestion(
  { sql, key }: { readonly sql: Sql; readonly key: Uint8Array },
  register: ReadRegister,
  about: { readonly log: string; readonly leaf: string },
  { asker, text }: { readonly asker: string; readonly text: string },
  now: number,
  random: (bytes: number) => Uint8Array,
): Promise<{ readonly kept: KeptQuestion; readonly isAskedAlready: boolean }> {
  const { leaf } = about;
  let time = 0;
  let id = questionId(key, { asker, leaf, text }, time);
  for (;;) {
    const kept = await questionKept(sql, id);
    if (kept === undefined) break;
    if (register.questions.get(id)?.answered === undefined)
      return { kept, isAskedAlready: true };
    id = questionId(key, { asker, leaf, text }, ++time);
  }
  const nonce = random(32);
  const content = encodeBytes({ at: now, ...about, text });
  const question = {
    id,
    about: aboutToken(key, about.leaf),
    commitment: commitmentOf(primitives, { nonce, content }),
    received: now,
    due: endOfTerm(register, questionTerm(register.rulebook?.act), now),
    sealed: seal(key, concatBytes(nonce, content)),
  };
  await keepQuestion(sql, question);
  return { kept: question, isAskedAlready: false };
}

/**
 * The act by which the post that received a question enters it. Where a new state of the calendar ends the term earlier than the person was
 * told, it is due then.
 */
export function receivedAct(
  { id, commitment, due }: KeptQuestion,
  register: ReadRegister,
  now: number,
) {
  const latest = endOfTerm(register, questionTerm(register.rulebook?.act), now);
  return {
    kind: "questionReceived",
    question: id,
    due: Math.min(due, latest),
    paper: { commitment, kind: "question" },
  } as const;
}

export function stateOf(
  register: ReadRegister,
  { id, due }: Pick<KeptQuestion, "id" | "due">,
): QuestionState {
  const entered = register.questions.get(id);
  const answered = entered?.answered?.at;
  return {
    question: id,
    due: entered?.act.due ?? due,
    ...(entered === undefined ? {} : { received: entered.at }),
    ...(answered === undefined ? {} : { answered }),
  };
}

/** The questions about some lines, by leaf hash; about one line there may be several. */
export async function questionsAbout(
  { sql, key }: { readonly sql: Sql; readonly key: Uint8Array },
  register: ReadRegister,
  leaves: readonly string[],
): Promise<ReadonlyMap<string, readonly QuestionState[]>> {
  if (leaves.length === 0) return new Map();
  const byToken = new Map(leaves.map((leaf) => [aboutToken(key, leaf), leaf]));
  const found = new Map<string, QuestionState[]>();
  for (const question of await questionsKept(sql, [...byToken.keys()])) {
    const leaf = byToken.get(question.about) ?? "";
    const states = found.get(leaf) ?? [];
    found.set(leaf, [...states, stateOf(register, question)]);
  }
  return found;
}

/** What is answered to a question, by what its act commits to. */
export type QuestionAnswer = {
  readonly question: string;
  readonly commitment: string;
  readonly text: string;
};

/** Keeps an answer, sealed, and gives the act that enters it. Whoever asked reads it once that is entered. */
export async function draftAnswer(
  { sql, key }: { readonly sql: Sql; readonly key: Uint8Array },
  question: string,
  text: string,
  now: number,
  random: (bytes: number) => Uint8Array,
) {
  const nonce = random(32);
  const content = encodeBytes({ at: now, question, text });
  const commitment = commitmentOf(primitives, { nonce, content });
  const sealed = seal(key, concatBytes(nonce, content));
  await keepAnswer(sql, { commitment, question, kept: now, sealed });
  return {
    kind: "questionAnswered",
    question,
    paper: { commitment, kind: "answer" },
  } as const;
}

const answerText = z.object({ text: z.string() });

/** Every answer that was drafted to these questions; which of them was entered, the log says. */
export async function draftedAnswers(
  { sql, key }: { readonly sql: Sql; readonly key: Uint8Array },
  questions: readonly string[],
): Promise<readonly QuestionAnswer[]> {
  if (questions.length === 0) return [];
  return (await answersKept(sql, questions)).map(
    ({ question, commitment, sealed }) => {
      const content = Buffer.from(openSealed(key, sealed).content);
      const { text } = answerText.parse(JSON.parse(content.toString("utf8")));
      return { question, commitment, text };
    },
  );
}

/** What a question says, for the post that received it. */
export function questionText(
  key: Uint8Array,
  { sealed }: KeptQuestion,
): string {
  return Buffer.from(openSealed(key, sealed).content).toString("utf8");
}
