import type { Message } from "./lang/say.ts";

/** The ways into the office, in the order in which people look for them; every page shows them. */
export const NAV: readonly (readonly [path: string, says: Message])[] = [
  ["/datasets", "Data"],
  ["/bodies", "Who runs what"],
  ["/organisations", "Who uses it"],
  ["/fees", "Prices"],
  ["/law", "Law"],
  ["/due", "What is due"],
  ["/log", "Log and proofs"],
];
