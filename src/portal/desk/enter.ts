import type { Draft } from "../../accounts/drafts.ts";
import { bytesToHex, fromBase64url } from "../../acts/bytes.ts";
import type { Batch, Signature, Statement } from "../../acts/statement.ts";
import { papersOf } from "../../register/papers.ts";
import type { TurnedAway } from "../../rules/turn-away.ts";
import type { Desk } from "./desk.ts";
import { isRecord } from "./is-record.ts";

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
  const { office } = desk.options;
  const result = await office.enter({
    ...{ statement, signatures },
    ...(batch === undefined ? {} : { batch }),
  });
  if ("turnedAway" in result) return result;
  const { index, leaf, ruling, receipt } = result;
  await desk.drafts.entered(draft, {
    ...{ statement, index, leaf, receipt },
    // The register's own is not to be written to; what is kept is a copy.
    ruling: structuredClone(ruling),
  });
  await holdPapers(desk, statement, ruling.outcome === "granted");
  return undefined;
}

/** The papers of an entered act stay; those that are public go out with a granted one. */
async function holdPapers(
  { papers, options }: Desk,
  { act }: Statement,
  isGranted: boolean,
): Promise<void> {
  const digests = papersOf(act).map(({ paper }) => paper);
  await papers.hold({ digests, commitments: commitmentsIn(act) });
  if (!isGranted) return;
  for (const digest of digests) {
    const bytes = await papers.publicBytes(digest);
    // One that is named by an older act lies there already.
    if (bytes !== undefined)
      await options.files.keepPaper(bytesToHex(fromBase64url(digest)), bytes);
  }
}

/** The commitments to private papers in an act, wherever they stand. */
export function commitmentsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(commitmentsIn);
  if (!isRecord(value)) return [];
  const { commitment } = value;
  return typeof commitment === "string"
    ? [commitment]
    : Object.values(value).flatMap(commitmentsIn);
}
