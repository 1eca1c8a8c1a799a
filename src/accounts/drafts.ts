import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { act, type Act } from "../acts/act.ts";
import { toBase64url } from "../acts/bytes.ts";
import { ruling } from "../acts/entry.ts";
import {
  batch,
  signature,
  signer,
  type Signer,
  statement,
  STATEMENT_DAYS_MAX,
} from "../acts/statement.ts";
import type { Sql } from "../store/database.ts";
import {
  draftById,
  draftsOf,
  keepDraft,
  type KeptDraft,
  moveDraft,
  removeDraft,
} from "../store/drafts.ts";
import { seal, unseal } from "../store/openings.ts";
import { receipt } from "../uses/receipt.ts";

const base = {
  /** Who prepared it. */
  by: z.number(),
  /** The id of its statement: the same at every look, so that it is entered once. */
  statementId: z.string(),
  made: z.number(),
};
const open = z.strictObject({
  ...base,
  stage: z.literal("open"),
  act,
  signers: z.array(signer),
});
/** From the first signature on its bytes stand: another word would need everybody's signature anew. */
const signing = z.strictObject({
  ...base,
  stage: z.literal("signing"),
  statement,
  signatures: z.array(z.nullable(signature)),
  batch: z.exactOptional(batch),
});
const entered = z.strictObject({
  ...base,
  stage: z.literal("entered"),
  statement,
  index: z.number(),
  leaf: z.string(),
  ruling,
  /** The office's promise, from the moment at which the entry is public; before that the time of the entry alone. */
  receipt: z.exactOptional(receipt),
  at: z.exactOptional(z.number()),
});
const content = z.discriminatedUnion("stage", [open, signing, entered]);

type Row = {
  readonly id: string;
  readonly version: number;
  readonly until: number;
};
export type OpenDraft = z.infer<typeof open> & Row;
export type SigningDraft = z.infer<typeof signing> & Row;
export type EnteredDraft = z.infer<typeof entered> & Row;
/** An act on its way: nobody has signed it; some have; it is an entry. */
export type Draft = OpenDraft | SigningDraft | EnteredDraft;

/** Somebody else changed or signed it meanwhile. */
export class DraftMoved extends Error {
  override readonly name = "DraftMoved";
}

const DAY = 86_400_000;
/** A statement stands no longer than its signers' word does. */
export const DRAFT_DAYS = STATEMENT_DAYS_MAX;
const ENTERED_DAYS = 60;
const ID_BYTES = 16;

/** Acts that are prepared and not signed by everybody yet: no acts, and known to those who prepare and sign them. */
export class Drafts {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  async begin(
    by: number,
    given: Act,
    signers: readonly Signer[],
  ): Promise<string> {
    const now = this.#now();
    const id = toBase64url(randomBytes(ID_BYTES));
    const value: z.infer<typeof open> = {
      ...{ stage: "open", by, made: now, act: given, signers: [...signers] },
      statementId: toBase64url(randomBytes(ID_BYTES)),
    };
    const row = this.#sealed(open.parse(value));
    const until = now + DRAFT_DAYS * DAY;
    await keepDraft(this.#sql, { id, until, ...row }, now);
    return id;
  }

  async read(id: string): Promise<Draft | undefined> {
    const kept = await draftById(this.#sql, id, this.#now());
    return kept === undefined ? undefined : this.#opened(kept);
  }

  /** What somebody prepared or is to sign. */
  async of(person: number): Promise<readonly Draft[]> {
    const kept = await draftsOf(this.#sql, person, this.#now());
    return kept.map((one) => this.#opened(one));
  }

  async all(): Promise<readonly Draft[]> {
    const kept = await draftsOf(this.#sql, undefined, this.#now());
    return kept.map((one) => this.#opened(one));
  }

  async change(
    { id, version, ...draft }: OpenDraft,
    to: { readonly act?: Act; readonly signers?: readonly Signer[] },
  ): Promise<void> {
    const { signers = draft.signers } = to;
    const { stage, by, statementId, made } = draft;
    await this.#move(
      { id, version, until: this.#now() + DRAFT_DAYS * DAY },
      {
        ...{ stage, by, statementId, made, signers: [...signers] },
        act: to.act ?? draft.act,
      },
    );
  }

  /** With one more signature; what was open is fixed from now on. */
  async sign(
    { id, version, by, statementId, made }: Draft,
    to: Omit<z.infer<typeof signing>, keyof typeof base | "stage">,
  ): Promise<void> {
    await this.#move(
      { id, version, until: to.statement.until },
      { stage: "signing", by, statementId, made, ...to },
    );
  }

  /** What came of it, for those who signed it. */
  async entered(
    { id, version, by, statementId, made }: Draft,
    to: Omit<z.infer<typeof entered>, keyof typeof base | "stage">,
  ): Promise<void> {
    await this.#move(
      { id, version, until: this.#now() + ENTERED_DAYS * DAY },
      { stage: "entered", by, statementId, made, ...to },
    );
  }

  async withdraw({ id, version }: Draft): Promise<void> {
    if (!(await removeDraft(this.#sql, id, version))) throw moved();
  }

  async #move(row: Row, value: z.infer<typeof content>): Promise<void> {
    if (!(await moveDraft(this.#sql, { ...row, ...this.#sealed(value) })))
      throw moved();
  }

  #sealed(
    value: z.infer<typeof content>,
  ): Pick<KeptDraft, "sealed"> & { readonly persons: readonly number[] } {
    return {
      sealed: seal(this.#key, Buffer.from(JSON.stringify(value))),
      persons: [
        ...new Set([value.by, ...signersOf(value).map(({ person }) => person)]),
      ],
    };
  }

  #opened({ id, version, until, sealed }: KeptDraft): Draft {
    const text = unseal(this.#key, sealed).toString("utf8");
    return { ...content.parse(JSON.parse(text)), id, version, until };
  }
}

function moved(): DraftMoved {
  return new DraftMoved(
    "Cannot change this draft: somebody changed or signed it meanwhile",
  );
}

export function actOf(draft: z.infer<typeof content>): Act {
  return draft.stage === "open" ? draft.act : draft.statement.act;
}

export function signersOf(draft: z.infer<typeof content>): readonly Signer[] {
  return draft.stage === "open" ? draft.signers : draft.statement.signers;
}

/** Whether this person's signature is still wanted. */
export function isToSign(draft: Draft, person: number): boolean {
  return placesOf(draft, person).length > 0;
}

/** The places among the signers at which a person has still to sign. */
export function placesOf(draft: Draft, person: number): readonly number[] {
  if (draft.stage === "entered") return [];
  return signersOf(draft).flatMap((one, place) =>
    one.person === person &&
    (draft.stage === "open" || draft.signatures[place] === null)
      ? [place]
      : [],
  );
}
