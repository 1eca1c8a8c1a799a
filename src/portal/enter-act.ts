import type { Act } from "../acts/act.ts";
import { bytesToHex, fromBase64url } from "../acts/bytes.ts";
import type { Submission } from "../acts/statement.ts";
import { type EnteredAct, NotPublicYet } from "../office/not-public-yet.ts";
import type { Entered } from "../office/office.ts";
import { papersOf } from "../register/papers.ts";
import type { TurnedAway } from "../rules/turn-away.ts";
import type { AppOptions } from "./app.tsx";
import { isRecord } from "./is-record.ts";

/**
 * Enters an act. The papers that it names and that were kept at the desk are held before, since what stands in the log must not lose them. Gives
 * what was entered without a receipt where it is not public yet.
 */
export async function enterAct(
  { office, papers }: Pick<AppOptions, "office" | "papers">,
  submission: Submission,
): Promise<Entered | EnteredAct | TurnedAway> {
  const { act } = submission.statement;
  const digests = papersOf(act).map(({ paper }) => paper);
  const named = { digests, commitments: commitmentsIn(act) };
  const held = (await papers?.hold(named)) ?? [];
  const result = await office
    .enter(submission)
    .catch(async (error: unknown): Promise<EnteredAct> => {
      if (error instanceof NotPublicYet) return error.entered;
      // Of an office that goes on, nothing was written.
      if (!office.isEnded) await papers?.release(held);
      throw error;
    });
  if ("turnedAway" in result) {
    // What was entered before has its papers by right.
    if (result.code !== "repeated") await papers?.release(held);
    return result;
  }
  // Another act that names the same may have been turned away meanwhile.
  await papers?.hold(named);
  return result;
}

/** The public papers of a granted act go out, as far as they were kept at the desk. */
export async function publishPapers(
  { papers, files }: Pick<AppOptions, "papers" | "files">,
  act: Act,
): Promise<void> {
  for (const { paper } of papersOf(act)) {
    const bytes = await papers?.publicBytes(paper);
    // One that is named by an older act lies there already.
    if (bytes !== undefined)
      await files.keepPaper(bytesToHex(fromBase64url(paper)), bytes);
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
