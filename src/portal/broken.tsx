import type { FC } from "hono/jsx";
import { sayWith } from "./lang/say.ts";
import { RuleLink } from "./things/rule-link.tsx";

/** What a rule says, and behind it which rule that is and where it stands: the sentence first. */
export const Broken: FC<{ rule: string; says: string; cites: string }> = ({
  rule,
  says,
  cites,
}) => (
  <>
    {says}{" "}
    <span class="quiet">
      {sayWith("({rule}, {cites})", { rule: <RuleLink rule={rule} />, cites })}
    </span>{" "}
  </>
);
