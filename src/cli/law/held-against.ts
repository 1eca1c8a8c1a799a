import type { Finding } from "../../acts/entry.ts";
import { describeFinding } from "../../portal/findings.ts";
import type { LocalRulebook, Rulebook } from "../../register/register.ts";
import { decideRules } from "../../rules/adopted.ts";
import { decideConflicts } from "../../rules/conflicts.ts";
import { breach, missing, when } from "../../rules/findings.ts";
import { law } from "../../rules/law.ts";
import { tightenedBy } from "../../rules/law-in-force.ts";
import {
  contentOf,
  decideLocalContent,
  looserThan,
} from "../../rules/local-law.ts";
import { decidePilotEnd } from "../../rules/pilots.ts";
import { looser } from "../../rules/office.ts";
import { decideTerms } from "../../rules/terms.ts";
import type { FaultAt } from "./json-lines.ts";
import type { RulebookFile } from "./rulebook-file.ts";

/** What stands above a rulebook, the office's own first. */
export type Above = {
  readonly office: Rulebook;
  readonly locals: readonly LocalRulebook[];
};

/** The law above, as all that stands there makes it. */
export function lawAbove({ office, locals }: Above): Rulebook {
  return locals.reduce(tightenedBy, office);
}

/** What keeps a rulebook from being adopted, each with its line: the same rules that decide the act. */
export function faultsIn(
  file: RulebookFile,
  above: Above | undefined,
  now: number,
): readonly FaultAt[] {
  const findings =
    file.of === "local"
      ? ofLocal(file.content, above, now)
      : ofOffice(file.content, above, now);
  return findings.map((finding) => {
    const { says, facts, cites } = describeFinding(finding, 0);
    return {
      line: file.lineOf(placeOf(finding, file)),
      reason: `${finding.rule} ${says}: ${facts} (${cites})`,
    };
  });
}

function ofLocal(
  content: LocalRulebook,
  above: Above | undefined,
  now: number,
): readonly Finding[] {
  const { until, parent } = content;
  const next = above?.locals.at(-1) ?? above?.office;
  return [
    ...when(until <= now, () => breach("I5", ["rulebook-until", until])),
    ...(content.pilot === true ? decidePilotEnd(until, now, 0) : []),
    ...when(next !== undefined && next.rulebook !== parent, () =>
      missing("V-REF", ["parent", parent]),
    ),
    ...when(next !== undefined && until > next.until, () =>
      breach(
        "V-LOCAL",
        ["until", until],
        ["parent", parent],
        ["latest", next?.until ?? 0],
      ),
    ),
    // By which calendar an office counts, and under whose law it is, is not known without it.
    ...decideLocalContent(content, above?.office).filter(
      ({ rule, facts }) =>
        above !== undefined ||
        (rule !== "V-CALENDAR" &&
          facts.every(([name]) => name !== "jurisdiction")),
    ),
    ...(above === undefined
      ? []
      : [contentOf(above.office), ...above.locals].flatMap((one) =>
          looserThan(one, content),
        )),
  ];
}

function ofOffice(
  content: Rulebook,
  above: Above | undefined,
  now: number,
): readonly Finding[] {
  const { until, conflicts = [] } = content;
  return [
    ...when(until <= now, () => breach("I5", ["rulebook-until", until])),
    ...decideTerms(content),
    ...decideRules(content),
    ...decideConflicts(content),
    ...conflicts
      .flatMap(({ rule, against }) => [rule, against])
      .filter((id) => !Object.hasOwn(law, id))
      .map((id) => missing("V-REF", ["rule", id])),
    ...(above === undefined ? [] : looser(above.office, content)),
  ];
}

/** Which member a finding is about, by the fact that names it. */
function placeOf(
  { facts }: Finding,
  { content }: RulebookFile,
): readonly PropertyKey[] {
  const [name, value] = facts[0] ?? [];
  const inList = (member: string, index: number): readonly PropertyKey[] =>
    index < 0 ? [member] : [member, index];
  switch (name) {
    case "rule": {
      const { rules = [] } = content;
      const index = rules.findLastIndex(({ rule }) => rule === value);
      const hasNumber = facts.some(([fact]) => fact === "number");
      if (index >= 0) return ["rules", index, hasNumber ? "number" : "rule"];
      if (!("conflicts" in content)) return ["rules"];
      return inList(
        "conflicts",
        content.conflicts?.findIndex(
          ({ rule, against }) => rule === value || against === value,
        ) ?? -1,
      );
    }
    case "limit":
      return ["limits", String(value)];
    case "number":
      return ["limits"];
    case "purpose":
      return inList(
        "purposes",
        (content.purposes ?? []).findIndex(
          (one) => (typeof one === "string" ? one : one.purpose) === value,
        ),
      );
    case "separated":
      return inList(
        "separated",
        content.separated?.indexOf(String(value)) ?? -1,
      );
    case "ground":
    case "seal":
      return [`${name}s`];
    case "rulebook-until":
      return ["until"];
    default:
      return name === undefined ? [] : [name];
  }
}
