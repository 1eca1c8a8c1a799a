import type { ReadRegister } from "./register.ts";

/** Origin of the office's logs without the register's own name. */
export function officeOf(origin: string): string {
  return origin.replace(/\/register$/, "");
}

/** When the founding act was entered: the first key of the log came with it. */
export function foundedAt({ logKeys }: Pick<ReadRegister, "logKeys">): number {
  const [first] = logKeys.values();
  return first?.at ?? 0;
}
