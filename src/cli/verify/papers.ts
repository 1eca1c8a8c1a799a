import { bytesToHex, fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { paperPath } from "../../acts/statement.ts";
import { add, type Faults } from "../../audit/report.ts";
import { showCount } from "../../audit/says.ts";
import type { ReadRegister } from "../../register/register.ts";
import type { Place } from "./place.ts";

export type Papers = {
  readonly checked: number;
  /** Papers by the hex of their digest: those that are not here, and those larger than any office takes. */
  readonly missing: readonly string[];
  readonly tooLarge: readonly string[];
};

/** No office takes a larger one in. */
const PAPER_BYTES_MAX = 32 * 1024 * 1024;

/** Every public paper that an act in force commits to: there, as long and with the digest as was entered. */
export async function checkPapers(
  place: Place,
  register: ReadRegister,
  faults: Faults,
): Promise<Papers> {
  const missing: string[] = [];
  const tooLarge: string[] = [];
  for (const [paper, size] of register.papers) {
    const name = bytesToHex(fromBase64url(paper));
    if (size > PAPER_BYTES_MAX) {
      tooLarge.push(name);
      continue;
    }
    const found = await place.digest(paperPath(paper), size);
    const says = (wrong: string): void =>
      add(faults, {
        code: "paper-digest",
        log: register.origin,
        says: `paper ${name} ${wrong}`,
      });
    if (found === undefined) missing.push(name);
    else if (found.size > size)
      says(`has more than the ${showCount(size)} bytes that were entered`);
    else if (toBase64url(found.sha256) !== paper)
      says("does not have the digest that was entered");
    else if (found.size < size)
      says(
        `has ${showCount(found.size)} bytes, and ${showCount(size)} were entered`,
      );
  }
  const unchecked = missing.length + tooLarge.length;
  return { checked: register.papers.size - unchecked, missing, tooLarge };
}
