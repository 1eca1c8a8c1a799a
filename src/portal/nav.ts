import type { Who } from "../accounts/sessions.ts";
import type { Message } from "./lang/say.ts";

/** The ways into the office, in the order in which people look for them; every page shows them. */
export const NAV: readonly (readonly [path: string, says: Message])[] = [
  ["/datasets", "Data"],
  ["/bodies", "Who runs what"],
  ["/organisations", "Who uses it"],
  ["/acts", "Acts"],
  ["/fees", "Prices"],
  ["/law", "Law"],
  ["/due", "What is due"],
  ["/log", "Log and proofs"],
];

/** Beside those, what somebody who is signed in has of their own. */
export const OWN_PAGES: Readonly<Record<Who["kind"], typeof NAV>> = {
  official: [["/desk", "Your desk"]],
  organisation: [["/account", "Your account"]],
  citizen: [
    ["/my", "Who used my data"],
    ["/objections", "Objections"],
  ],
};
