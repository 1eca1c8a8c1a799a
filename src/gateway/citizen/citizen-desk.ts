import { toBase64url } from "../../acts/bytes.ts";
import { type ReadRegister } from "../../register/register.ts";
import { officeOf } from "../../register/founding.ts";
import { copiedBy } from "../../store/copied.ts";
import { headedLogs, type Sql } from "../../store/database.ts";
import { countNotIndexed, sealedAt } from "../../store/subjects.ts";
import { type Opened, parseOpened } from "../../uses/opening.ts";
import type { Receipt } from "../../uses/receipt.ts";
import type { Desk } from "../desk.ts";
import type { Gateway } from "../gateway.ts";
import { enterLook } from "../look.ts";
import { Unavailable } from "../unavailable.ts";
import { behindOf, type CompleteFor, completeFor } from "./complete-for.ts";
import { LookLimit } from "./look-limit.ts";
import {
  type Begin,
  type HitPage,
  PersonsOpenings,
  type Span,
} from "./persons-openings.ts";
import { questionKept } from "../../store/citizens.ts";
import {
  draftedAnswers,
  type QuestionAnswer,
  questionsAbout,
  type QuestionState,
  stateOf,
  takeQuestion,
} from "./questions.ts";
import { SealedCount } from "./sealed-count.ts";
import { readSession, type Session } from "./sign-in.ts";
import { askerName, listToken, named, openSealed } from "./subject-tokens.ts";
import { lineOf, type ListLine } from "./use-lines.ts";

/** Whoever looks: a session, or the state's portal for one of the two. */
export type Looker = Session | (Session & { readonly portal: string });

export type Asked = {
  readonly span: Span;
  readonly begin: Begin;
  readonly limit: number;
};

export type UsesPage = Pick<HitPage, "total" | "isMore"> & {
  readonly complete: CompleteFor;
  readonly lines: readonly (ListLine & {
    readonly questions: readonly QuestionState[];
  })[];
  /** This look, as it was entered before anybody was told. */
  readonly look: { readonly receipt: Receipt; readonly leaf: string };
};

/** An entry that an auditor opens, in which post and why. */
export type Audit = {
  readonly post: string;
  /** Its hash in its log. */
  readonly leaf: Uint8Array;
  readonly why: string;
};

/** What opens an entry, and what it says; and the look that was entered for it. */
export type AuditedEntry = ReturnType<typeof openSealed> & {
  readonly opened: Opened;
  readonly look: { readonly receipt: Receipt; readonly leaf: string };
};

/** Too many looks: seconds until there is room again. */
export type TooMany = { readonly retryInSeconds: number };

/**
 * Who used my data. The one place that takes a person and gives uses; every answer is itself entered as a look before it
 * leaves, in the same logs as the uses.
 */
export class CitizenDesk {
  readonly #kept: { readonly sql: Sql; readonly key: Uint8Array };
  readonly #gateway: () => Gateway | undefined;
  readonly #limit = new LookLimit();
  readonly #sealed = new SealedCount();

  constructor(sql: Sql, key: Uint8Array, gateway: () => Gateway | undefined) {
    this.#kept = { sql, key };
    this.#gateway = gateway;
  }

  /** Who signed in, while their session lasts. */
  async whoHas(token: string): Promise<Session | undefined> {
    const { desk } = this.#open();
    return this.#whileThere(() =>
      readSession(this.#kept.sql, this.#kept.key, token, desk.now()),
    );
  }

  async look(looker: Looker, asked: Asked): Promise<UsesPage | TooMany> {
    const gateway = this.#open();
    const { desk, register } = gateway;
    const now = desk.now();
    const { subject } = looker;
    const wait = this.#waitOf(looker, now);
    if (wait > 0) return { retryInSeconds: wait };
    const page = await this.#whileThere(async () => {
      // What was answered a moment ago stands in the list as well.
      await gateway.openings.copied();
      const found = await this.#find(register, subject, now);
      const { hits, ...rest } = await found.page(
        asked.span,
        asked.begin,
        asked.limit,
      );
      const leaves = hits.map(({ leaf }) => leaf);
      const questions = await questionsAbout(this.#kept, register, leaves);
      const lines = hits.map((hit) => ({
        ...lineOf(register, this.#kept.key, subject, hit),
        questions: questions.get(hit.leaf) ?? [],
      }));
      return { ...rest, lines };
    });
    const complete = await this.complete();
    const look = await this.#enterLook(desk, looker);
    return { ...page, complete, look };
  }

  /**
   * Opens one entry for an auditor. The look is entered first, with the tokens of everybody whom the entry names: each finds it in their own
   * list. Undefined where no opening of that entry is kept.
   */
  async openFor(audit: Audit): Promise<AuditedEntry | undefined> {
    const gateway = this.#open();
    const { sql, key } = this.#kept;
    const leaf = Buffer.from(audit.leaf);
    const sealed = await this.#whileThere(async () => {
      await gateway.openings.copied();
      return (await sealedAt(sql, [leaf])).get(leaf.toString("hex"));
    });
    if (sealed === undefined) return undefined;
    const opening = openSealed(key, sealed);
    const opened = parseOpened(opening.content);
    const look = await enterLook(gateway.desk, {
      ...{ by: "auditor", asker: audit.post, why: audit.why },
      ...{ leaf: toBase64url(leaf), subjects: [...named(opened)] },
    });
    return { ...opening, opened, look };
  }

  /** For what the lists of this office are complete. */
  async complete(): Promise<CompleteFor> {
    const gateway = this.#open();
    const now = gateway.desk.now();
    const { desk, register } = gateway;
    const { sql } = this.#kept;
    return this.#whileThere(async () => {
      const logs = await headedLogs(sql);
      const copied = await copiedBy(sql, officeOf(register.origin));
      return completeFor(
        ...([register, logs] as const),
        await this.#sealed.count(desk, now),
        await countNotIndexed(sql),
        behindOf(register, desk.options.name, logs, copied, now),
        now,
      );
    });
  }

  /**
   * Keeps a question about a line of the asker's own list; undefined where it is no line of it. Whether it is one says whom a use
   * concerned, so it is a look as well. What was asked already and is open is told as it stands.
   */
  async ask(
    session: Session,
    leaf: string,
    text: string,
  ): Promise<
    (QuestionState & { readonly isAskedAlready?: true }) | TooMany | undefined
  > {
    const gateway = this.#open();
    const { desk, register } = gateway;
    const now = desk.now();
    const wait = this.#waitOf(session, now);
    if (wait > 0) return { retryInSeconds: wait };
    await this.#enterLook(desk, session);
    return this.#whileThere(async () => {
      await gateway.openings.copied();
      const found = await this.#find(register, session.subject, now);
      const hit = await found.one(leaf);
      if (hit === undefined) return undefined;
      const about = { log: hit.log, leaf };
      const { random } = desk.options.surroundings;
      const asked = { asker: session.person, text };
      const { kept, isAskedAlready } = await takeQuestion(
        ...([this.#kept, register, about, asked, now, random] as const),
      );
      return {
        ...stateOf(register, kept),
        ...(isAskedAlready ? { isAskedAlready } : {}),
      };
    });
  }

  /** How a question stands, by its number: it tells neither what was asked nor by whom. */
  async question(id: string): Promise<QuestionState | undefined> {
    const { register } = this.#open();
    return this.#whileThere(async () => {
      const kept = await questionKept(this.#kept.sql, id);
      return kept === undefined ? undefined : stateOf(register, kept);
    });
  }

  /** What was drafted as answers to questions about lines of somebody's own list. */
  answers(questions: readonly string[]): Promise<readonly QuestionAnswer[]> {
    return this.#whileThere(() => draftedAnswers(this.#kept, questions));
  }

  #find(
    register: ReadRegister,
    subject: string,
    now: number,
  ): Promise<PersonsOpenings> {
    return PersonsOpenings.find(this.#kept, register, subject, now);
  }

  /** Seconds until this person may look at that list again. */
  #waitOf({ person, subject }: Looker, now: number): number {
    const { key } = this.#kept;
    return this.#limit.take(listToken(key, `${person}\n${subject}`), now);
  }

  #enterLook(desk: Desk, looker: Looker) {
    const { key } = this.#kept;
    const subject = listToken(key, looker.subject);
    return enterLook(desk, { ...askedBy(key, looker), subject });
  }

  #open(): Gateway {
    const gateway = this.#gateway();
    if (gateway !== undefined) return gateway;
    throw new Unavailable(
      "Cannot answer: no act has opened a gateway of this office yet",
    );
  }

  async #whileThere<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      if (isAway(cause))
        throw new Unavailable(
          "Cannot answer: uses cannot be looked up while the database is away",
          { cause },
        );
      throw cause;
    }
  }
}

/** A portal that shows a list to the person themselves looks as a portal; whoever stands in for them looks in their own name. */
function askedBy(key: Uint8Array, looker: Looker) {
  const { by, person } = looker;
  return by === "subject" && "portal" in looker
    ? ({ by: "portal", asker: looker.portal } as const)
    : ({ by, asker: askerName(key, person) } as const);
}

/** A database that gives no answer, or whose connection broke; anything else is an error of our own. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(?:CONNECT|ECONN|ENOTFOUND|57P)/.test(code) ||
    error.message.startsWith("Cannot reach the database")
  );
}
