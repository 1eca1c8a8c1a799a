import { bytesToHex, fromBase64url } from "../acts/bytes.ts";
import type { Submission } from "../acts/statement.ts";
import { type EnteredAct, NotPublicYet } from "../office/not-public-yet.ts";
import type { Entered } from "../office/office.ts";
import { papersOf } from "../register/papers.ts";
import type { TurnedAway } from "../rules/turn-away.ts";
import type { AppOptions } from "./app.tsx";
import { isRecord } from "./is-record.ts";

/**
 * Enters an act and sees to the papers that it names and that were kept at the desk. They are held before it is entered, since what stands in
 * the log must not lose them; those that are public go out with a granted act. Gives what was entered without a receipt where it is not
 * public yet.
 */
export async function enterAct(
  { office, papers, files }: Pick<AppOptions, "office" | "papers" | "files">,
  submission: Submission,
): Promise<Entered | EnteredAct | TurnedAway> {
  const { act } = submission.statement;
  const digests = papersOf(act).map(({ paper }) => paper);
  const named = { digests, commitments: commitmentsIn(act) };
  const held = (await papers?.hold(named)) ?? [];
  const result = await office
    .enter(submission)
    .catch((error: unknown): EnteredAct => {
      if (error instanceof NotPublicYet) return error.entered;
      throw error;
    });
  if ("turnedAway" in result) {
    // What was entered before has its papers by right.
    if (result.code !== "repeated") await papers?.release(held);
    return result;
  }
  if (result.ruling.outcome === "granted")
    for (const digest of digests) {
      const bytes = await papers?.publicBytes(digest);
      // One that is named by an older act lies there already.
      if (bytes !== undefined)
        await files.keepPaper(bytesToHex(fromBase64url(digest)), bytes);
    }
  return result;
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
