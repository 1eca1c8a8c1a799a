import type { FC } from "hono/jsx";
import { say } from "./lang/say.ts";

/** What a rule says, and behind it which rule that is and where it stands: the sentence first. */
export const Broken: FC<{ rule: string; says: string; cites: string }> = ({
  rule,
  says,
  cites,
}) => (
  <>
    {says}{" "}
    <span class="quiet">{say("({rule}, {cites})", { rule, cites })}</span>{" "}
  </>
);
