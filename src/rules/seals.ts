import type { ReadRegister, Rulebook } from "../register/register.ts";

const DAY = 86_400_000;

/** How long uses for a purpose are kept from the list of the person they are about; undefined where they are not. */
export function sealDays(
  rulebook: Rulebook | undefined,
  purpose: string,
): number | undefined {
  const days = (rulebook?.seals ?? [])
    .filter(({ purposes }) => purposes.includes(purpose))
    .map((seal) => seal.days);
  return days.length === 0 ? undefined : Math.max(...days);
}

/** Whether a use of that slot is under seal. A rulebook only ever shortens seals, so the one in force speaks for all. */
export function isSealed(
  rulebook: Rulebook | undefined,
  purpose: string,
  slot: number,
  now: number,
): boolean {
  const days = sealDays(rulebook, purpose);
  return days !== undefined && slot + days * DAY > now;
}

/** How many uses of personal data had which slot, by purpose, of those purposes that a seal was for. */
export type SealedUses = Map<string, Map<number, number>>;

export function noteSealed(
  uses: SealedUses,
  { permit, slot }: { readonly permit: string; readonly slot: number },
  register: Pick<ReadRegister, "permits" | "rulebook">,
): void {
  const rulebook = register.rulebook?.act;
  if (rulebook?.seals === undefined) return;
  const purpose = register.permits.get(permit)?.act.purpose ?? "";
  if (sealDays(rulebook, purpose) === undefined) return;
  const slots = uses.get(purpose) ?? new Map<number, number>();
  slots.set(slot, (slots.get(slot) ?? 0) + 1);
  uses.set(purpose, slots);
}

/** Uses whose seal is still in force: of all persons, which is all that is ever said of it. */
export function countSealed(
  uses: ReadonlyMap<string, ReadonlyMap<number, number>>,
  rulebook: Rulebook | undefined,
  now: number,
): number {
  let count = 0;
  for (const [purpose, slots] of uses)
    for (const [slot, number] of slots)
      if (isSealed(rulebook, purpose, slot, now)) count += number;
  return count;
}
