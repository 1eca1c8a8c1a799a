import type { Entered, ReadRegister } from "./register.ts";

/** A key that was revoked with a time since which it is doubted, and what it signed from then to its revocation. */
export type DoubtfulKey = {
  readonly key: string;
  readonly person: number;
  readonly since: number;
  readonly revoked: Entered;
  /** Granted acts by their entries. Their rulings stand; somebody has to look at them. */
  readonly entries: readonly number[];
};

export function doubtfulKeys(
  register: Pick<ReadRegister, "keys" | "signed">,
): readonly DoubtfulKey[] {
  return [...register.keys].flatMap(([key, { person, revoked }]) => {
    if (revoked?.doubtfulSince === undefined) return [];
    const { doubtfulSince: since, entry, at } = revoked;
    const signed = register.signed.get(key);
    const entries = (signed?.entries ?? []).filter(
      (one, index) => one < entry && (signed?.times[index] ?? 0) >= since,
    );
    return [{ key, person, since, revoked: { entry, at }, entries }];
  });
}
