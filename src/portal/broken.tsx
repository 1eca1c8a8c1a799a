import type { FC } from "hono/jsx";
import { sayWith } from "./lang/say.ts";
import { RuleLink } from "./things/rule-link.tsx";

/** What a rule says, and behind it which rule that is and where it stands; where the sentence is said elsewhere, the rule alone. */
export const Broken: FC<{
  rule: string;
  says: string | undefined;
  cites: string;
}> = ({ rule, says, cites }) => {
  const named = { rule: <RuleLink rule={rule} />, cites };
  return says === undefined ? (
    <span class="quiet">{sayWith("{rule}, {cites}", named)} </span>
  ) : (
    <>
      {says}{" "}
      <span class="quiet">{sayWith("({rule}, {cites})", named)}</span>{" "}
    </>
  );
};
