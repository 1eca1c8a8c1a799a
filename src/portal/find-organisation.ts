import type { ReadRegister } from "../register/register.ts";
import { titlesIn } from "./search/documents.ts";
import { fold } from "./search/tokens.ts";

/** A list of more is no choice: whoever types writes more of the name. */
export const CHOICES_MAX = 20;

export type FoundOrganisation =
  | { readonly found: string }
  /** Whose id, credit code or name has what was typed in it; `more` where the list ends before they do. */
  | { readonly among: readonly string[]; readonly more: boolean };

/**
 * Whom somebody means who typed an id, a credit code or a name: one where it is the whole of it, or a part of one alone; else those that it may
 * be a part of.
 */
export function findOrganisation(
  { organisations }: Pick<ReadRegister, "organisations">,
  typed: string,
): FoundOrganisation {
  const wanted = fold(typed.trim());
  if (organisations.has(wanted)) return { found: wanted };
  if (wanted === "") return { among: [], more: false };
  const whole: string[] = [];
  const part: string[] = [];
  for (const [id, { act }] of organisations) {
    const names = [id, act.registration ?? "", ...titlesIn(act)].map(fold);
    if (names.includes(wanted)) whole.push(id);
    else if (
      part.length <= CHOICES_MAX &&
      names.some((one) => one.includes(wanted))
    )
      part.push(id);
  }
  const among = whole.length > 0 ? whole : part;
  const [only] = among;
  if (only !== undefined && among.length === 1) return { found: only };
  return {
    among: among.slice(0, CHOICES_MAX),
    more: among.length > CHOICES_MAX,
  };
}
