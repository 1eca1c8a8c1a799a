import type { FC } from "hono/jsx";
import type { FindingLine } from "./findings.ts";
import { say, sayWith } from "./lang/say.ts";

/** By which rule, and on which facts, behind what a finding says. */
export const RestsOn: FC<{
  finding: Pick<FindingLine, "rule" | "cites" | "facts">;
}> = ({ finding: { rule, cites, facts } }) => (
  <>
    {" "}
    <span class="quiet">
      {sayWith("({rule}, {cites})", {
        rule: <a href={`/law/${rule}`}>{rule}</a>,
        cites,
      })}
    </span>
    {facts !== "" && (
      <p class="quiet">{say("It rests on: {facts}", { facts })}</p>
    )}
  </>
);
