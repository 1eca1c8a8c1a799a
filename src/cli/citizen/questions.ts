import type { Command } from "commander";
import { showInstant } from "../../acts/dates.ts";
import {
  questionText,
  receivedAct,
  stateOf,
} from "../../gateway/citizen/questions.ts";
import { type KeptQuestion, questionsKept } from "../../store/citizens.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { inOffice, type OfficeHere } from "./office-here.ts";

type Options = { readonly read?: string; readonly draft?: string };

export function addQuestions(program: Command): void {
  program
    .command("questions")
    .description(
      "the questions of citizens that wait, for the post that receives them",
    )
    .argument("<folder>", "the office's folder on this machine")
    .option("--read <n>", "show what a question says, and about which entry")
    .option(
      "--draft <n>",
      "print the act that enters a question, for `vitrine act`",
    )
    .addHelpText(
      "after",
      "\nIn public a question is its number, its deadline and a commitment: never what it says, or about whom.\nExample:\n  vitrine questions my-office --draft 1 > question.json",
    )
    .action((folder: string, options: Options) =>
      runCommand(() =>
        inOffice(folder, "read questions", (office) => show(office, options)),
      ),
    );
}

async function show(office: OfficeHere, options: Options): Promise<number> {
  const { sql, key, register } = office;
  const all = await questionsKept(sql);
  const { read, draft } = options;
  if (read !== undefined) {
    console.log(questionText(key, numbered(all, "--read", read)));
    return EXIT.done;
  }
  if (draft !== undefined) {
    const act = receivedAct(
      ...([numbered(all, "--draft", draft), register, Date.now()] as const),
    );
    console.log(JSON.stringify({ act }, null, 2));
    return EXIT.done;
  }
  const waiting = all.flatMap((one, index) => {
    const state = stateOf(register, one);
    return state.answered === undefined ? [{ one, state, index }] : [];
  });
  if (waiting.length === 0) console.log("no question waits");
  const day = (at: number) => showInstant(at, register.offsetMinutes);
  for (const { one, state, index } of waiting)
    console.log(
      `${String(index + 1).padStart(4)}  ${one.id}  received ${day(one.received)}  due ${day(state.due)}  ${state.received === undefined ? "not entered yet" : "entered"}`,
    );
  return EXIT.done;
}

function numbered(
  all: readonly KeptQuestion[],
  option: string,
  text: string,
): KeptQuestion {
  const found = /^[1-9][0-9]{0,8}$/.test(text)
    ? all[Number(text) - 1]
    : undefined;
  if (found !== undefined) return found;
  throw new CouldNot(
    `Cannot use ${option} ${text}: want the number of a question, of which there ${all.length === 1 ? "is 1" : `are ${all.length}`}`,
  );
}
