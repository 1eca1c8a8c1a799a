import { type Draft, DraftMoved } from "../../accounts/drafts.ts";
import type { Batch, Signature, Statement } from "../../acts/statement.ts";
import type { TurnedAway } from "../../rules/turn-away.ts";
import { enterAct, publishPapers } from "../enter-act.ts";
import type { EnteredAct } from "../../office/not-public-yet.ts";
import type { Entered } from "../../office/office.ts";
import type { Desk } from "./desk.ts";
import { enteredBefore } from "./entered-before.ts";

type Signed = {
  readonly statement: Statement;
  readonly signatures: readonly (Signature | null)[];
  readonly batch?: Batch;
};

/**
 * With every signature the act is entered, granted or refused; before that it waits for the others. What is turned away stays a draft, and
 * says why.
 */
export async function signAndEnter(
  desk: Desk,
  draft: Draft,
  signed: Signed,
): Promise<TurnedAway | undefined> {
  const { statement, batch } = signed;
  const signatures = signed.signatures.filter((one) => one !== null);
  if (signatures.length < statement.signers.length) {
    await desk.drafts.sign(draft, {
      statement,
      signatures: [...signed.signatures],
      ...(batch === undefined ? {} : { batch }),
    });
    return undefined;
  }
  const entering = { ...desk.options, papers: desk.papers };
  const result = await enterAct(entering, {
    ...{ statement, signatures },
    ...(batch === undefined ? {} : { batch }),
  });
  if ("turnedAway" in result) {
    const isThere = result.code === "repeated" && (await settle(desk, draft));
    return isThere ? undefined : result;
  }
  await mark(desk, draft, { statement, ...result });
  return undefined;
}

/** Marks a draft as entered whose act stands in the log already; false where it does not. */
export async function settle(desk: Desk, draft: Draft): Promise<boolean> {
  const found = await enteredBefore(desk.options, draft);
  if (found !== undefined) await mark(desk, draft, found);
  return found !== undefined;
}

type EnteredNow = EnteredAct &
  Partial<Pick<Entered, "receipt">> & { readonly statement: Statement };

async function mark(
  { drafts, options, papers }: Desk,
  draft: Draft,
  { ruling, ...entered }: EnteredNow,
): Promise<void> {
  // The register's own is not to be written to; what is kept is a copy.
  const to = { ...entered, ruling: structuredClone(ruling) };
  await drafts.entered(draft, to).catch(async (error: unknown) => {
    const now = await drafts.read(draft.id);
    // Somebody who looked at it meanwhile has settled it; only here there is a receipt.
    if (
      !(error instanceof DraftMoved) ||
      now?.stage !== "entered" ||
      now.leaf !== entered.leaf
    )
      throw error;
    if (entered.receipt !== undefined) await drafts.entered(now, to);
  });
  if (ruling.outcome === "granted")
    await publishPapers({ ...options, papers }, entered.statement.act);
}
