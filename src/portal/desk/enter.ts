import type { Draft } from "../../accounts/drafts.ts";
import type { Batch, Signature, Statement } from "../../acts/statement.ts";
import type { TurnedAway } from "../../rules/turn-away.ts";
import { enterAct, publishPapers } from "../enter-act.ts";
import type { Desk } from "./desk.ts";

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
  if ("turnedAway" in result) return result;
  const { ruling, ...entered } = result;
  await desk.drafts.entered(draft, {
    ...{ statement, ...entered },
    // The register's own is not to be written to; what is kept is a copy.
    ruling: structuredClone(ruling),
  });
  if (ruling.outcome === "granted")
    await publishPapers(entering, statement.act);
  return undefined;
}
