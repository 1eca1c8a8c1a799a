import type { Act } from "../../acts/act.ts";
import type { Desk } from "./desk.ts";
import { explainAs } from "./explain-as.ts";
import { proposedSigners } from "./who-signs.ts";

/** A new draft of an act, with the signers whom the rules want; gives its id. */
export function beginDraft(
  { drafts, options: { office, now } }: Desk,
  person: number,
  act: Act,
): Promise<string> {
  const signers = proposedSigners(
    ...([office.register, act, person, now()] as const),
    (tried) => {
      const { ruling } = explainAs(office, act, tried, now());
      return ruling.outcome === "refused" ? ruling.findings : [];
    },
  );
  return drafts.begin(person, act, signers);
}
