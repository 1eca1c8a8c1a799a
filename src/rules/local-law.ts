import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { bodiesAbove, isOver } from "../register/local-law.ts";
import {
  inForce,
  type LocalRulebook,
  type ReadRegister,
  type Rulebook,
} from "../register/register.ts";
import { decideRules } from "./adopted.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { jurisdictionOf } from "./jurisdictions.ts";
import { isTighter, monthLimits, tightenedBy } from "./law-in-force.ts";
import { decidePilot, isOnTrial } from "./pilots.ts";
import { isPlaced } from "./place.ts";
import { taken, unknown } from "./registration.ts";
import { decideEnding } from "./rights.ts";
import { limitOf } from "./rows.ts";
import { hasPower, type Signed } from "./signing.ts";
import { applicationTerm, looserTerms } from "./terms.ts";

type LocalLawAct = ActOf<
  "localRulebookAdopted" | "pilotPromoted" | "localRulebookEnded"
>;
/** What a rulebook says that one below it may only tighten. */
export type Content = Pick<
  LocalRulebook,
  "rulebook" | "rules" | "limits" | "purposes"
>;

export function decideLocalLaw(
  register: ReadRegister,
  signed: Signed,
  act: LocalLawAct,
  at: number,
): Verdict {
  switch (act.kind) {
    case "localRulebookAdopted":
      return {
        findings: [
          ...taken(register.localRulebooks, "rulebook", act.rulebook),
          ...when(isOfOffice(register, act.rulebook), () =>
            breach("V-NEW", ["rulebook", act.rulebook]),
          ),
          ...unknown(register.bodies, "body", act.body),
          ...decideParent(register, act, at),
          ...decidePilot(register, act, at),
          ...decideGoverned(register, signed, act.body),
          ...decideLocalContent(act, register.rulebook?.act),
          ...contentsAbove(register, act, at).flatMap((parent) =>
            looserThan(parent, act),
          ),
        ],
      };
    case "pilotPromoted":
      return decidePromoted(register, signed, act, at);
    case "localRulebookEnded":
      return decideLocalEnded(register, signed, act, at);
  }
}

function isOfOffice({ rulebooks }: ReadRegister, id: string): boolean {
  return rulebooks.some(({ act }) => act.rulebook === id);
}

/** The office's own rulebook, or a local one in force over the body that is no pilot; and it ends no earlier. */
function decideParent(
  register: ReadRegister,
  { parent, body, until }: ActOf<"localRulebookAdopted">,
  at: number,
): readonly Finding[] {
  const office = register.rulebook?.act;
  const local = register.localRulebooks.get(parent);
  const isOffice = office?.rulebook === parent;
  const latest = isOffice ? office.until : local?.to;
  return [
    ...when(until <= at, () => breach("I5", ["rulebook-until", until])),
    ...when(!isOffice && local === undefined, () =>
      missing("V-REF", ["parent", parent]),
    ),
    ...when(local !== undefined && !inForce(local, at), () =>
      breach("V-ENDED", ["parent", parent]),
    ),
    ...when(local !== undefined && isOnTrial(local), () =>
      breach("V-LOCAL", ["parent", parent], ["pilot-of", local?.place ?? ""]),
    ),
    ...when(local !== undefined && !isOver(register, parent, body), () =>
      breach("V-LOCAL", ["parent", parent], ["not-over", body]),
    ),
    ...when(latest !== undefined && until > latest, () =>
      breach(
        "V-LOCAL",
        ["until", until],
        ["parent", parent],
        ["latest", latest ?? 0],
      ),
    ),
  ];
}

/** Whoever approves it sits in the body over whose data it holds or in one above; for the whole office in a post that adopts for all of it. */
function decideGoverned(
  register: ReadRegister,
  { statement }: Signed,
  place: string | undefined,
): readonly Finding[] {
  const approvers = statement.signers.filter(({ role }) => role === "approved");
  if (place === undefined)
    return approvers
      .filter(({ post }) => !hasPower(register, post, "adopt"))
      .map(({ post }) =>
        breach("V-LOCAL", ["post", post ?? "none"], ["lacks-power", "adopt"]),
      );
  const above = bodiesAbove(register, place);
  return approvers
    .filter(
      ({ post }) => !above.has(register.posts.get(post ?? "")?.act.body ?? ""),
    )
    .map(({ post }) =>
      breach("V-LOCAL", ["post", post ?? "none"], ["not-over", place]),
    );
}

/** Rules that take something from whoever is governed, or give it without a decision: only the office's own rulebook adopts them. */
const ofOfficeAlone: ReadonlySet<string> = new Set(["CN-LIC-02"]);

/** Its rules are known, no looser than the law, and what it separates are acts about data. */
export function decideLocalContent(
  local: LocalRulebook,
  office: Rulebook | undefined,
): readonly Finding[] {
  const { rules, limits, separated = [] } = local;
  const { clock } = applicationTerm(office);
  return [
    // Days of a local rulebook shorten a term in days; one in months is shortened by its rule.
    ...when(limits?.applicationTerm !== undefined && clock === "months", () =>
      breach("V-FORM", ["limit", "applicationTerm"], ["clock", clock]),
    ),
    ...decideRules({
      ...(rules === undefined ? {} : { rules }),
      ...(office?.calendar === undefined ? {} : { calendar: office.calendar }),
      jurisdiction: jurisdictionOf(office),
    }),
    ...(office === undefined ? [] : looserByLocal(office, local)),
    ...separated
      .filter((kind) => !isPlaced(kind))
      .map((kind) => breach("V-FORM", ["separated", kind])),
  ];
}

/** What would come of the office's own rulebook under it: a rule that is added may change a term, or let silence be a yes. */
function looserByLocal(
  office: Rulebook,
  local: LocalRulebook,
): readonly Finding[] {
  const isAdopted = (id: string): boolean =>
    office.rules?.some(({ rule }) => rule === id) ?? false;
  const of = ["parent-rulebook", office.rulebook] as const;
  return [
    ...(local.rules ?? [])
      .filter(({ rule }) => ofOfficeAlone.has(rule) && !isAdopted(rule))
      .map(({ rule }) => breach("I13", ["rule", rule], of)),
    ...looserTerms(office, tightenedBy(office, local)),
  ];
}

/**
 * What a local rulebook must not be looser than: the office's own, those of the bodies above, and its parents. Not pilots, which end by
 * themselves, nor another of the same body, in whose place this one may come. Where those are tighter they count all the same.
 */
function contentsAbove(
  register: ReadRegister,
  { parent, body }: ActOf<"localRulebookAdopted">,
  at: number,
): readonly Content[] {
  const { rulebook, localRulebooks } = register;
  const parents = new Set<string>();
  for (
    let id = parent, found = localRulebooks.get(id);
    found !== undefined && !parents.has(id);
    id = found.act.parent, found = localRulebooks.get(id)
  )
    parents.add(id);
  const above = [...localRulebooks.values()].filter(
    (one) =>
      inForce(one, at) &&
      !isOnTrial(one) &&
      isOver(register, one.act.rulebook, body) &&
      (one.place !== body || parents.has(one.act.rulebook)),
  );
  return [
    ...(rulebook === undefined ? [] : [contentOf(rulebook.act)]),
    ...above.map(({ act }) => act),
  ];
}

/** The office's own rulebook as far as a local one may tighten it. */
export function contentOf(office: Rulebook): Content {
  const { authorisationMonthsMax, permitMonthsMax, feeMonthsMax } =
    office.limits;
  const { clock, number } = applicationTerm(office);
  return {
    rulebook: office.rulebook,
    ...(office.rules === undefined ? {} : { rules: office.rules }),
    limits: {
      ...{ authorisationMonthsMax, permitMonthsMax, feeMonthsMax },
      ...(clock === "months" ? {} : { applicationTerm: number }),
    },
    purposes: office.purposes.map(({ purpose }) => purpose),
  };
}

const limitNames = [...monthLimits, "applicationTerm"] as const;

/** I13: every number with that of the rulebook above, and whose that is. */
export function looserThan(
  parent: Content,
  { rules = [], limits = {}, purposes = [] }: Content,
): readonly Finding[] {
  const of = ["parent-rulebook", parent.rulebook] as const;
  return [
    ...rules.flatMap(({ rule, number }) => {
      const above = parent.rules?.find((one) => one.rule === rule);
      if (above === undefined || number === undefined) return [];
      const wants = above.number ?? limitOf(rule)?.number;
      return when(wants !== undefined && isTighter(rule, wants, number), () =>
        breach(
          "I13",
          ["rule", rule],
          ["number", number],
          ["parent", wants ?? 0],
          of,
        ),
      );
    }),
    ...limitNames.flatMap((name) => {
      const [number, wants] = [limits[name], parent.limits?.[name]];
      return number === undefined || wants === undefined || number <= wants
        ? []
        : [
            breach(
              "I13",
              ["limit", name],
              ["number", number],
              ["parent", wants],
              of,
            ),
          ];
    }),
    ...purposes
      .filter(
        (id) => parent.purposes !== undefined && !parent.purposes.includes(id),
      )
      .map((id) => breach("I13", ["purpose", id], of)),
  ];
}

/** A pilot that stands, under a parent that stands, by whoever could adopt the parent. */
function decidePromoted(
  register: ReadRegister,
  signed: Signed,
  { rulebook: id }: ActOf<"pilotPromoted">,
  at: number,
): Verdict {
  const pilot = register.localRulebooks.get(id);
  if (pilot === undefined)
    return { findings: [missing("V-REF", ["rulebook", id])] };
  const { parent } = pilot.act;
  const local = register.localRulebooks.get(parent);
  return {
    findings: [
      ...when(!inForce(pilot, at), () => breach("V-ENDED", ["rulebook", id])),
      ...when(!isOnTrial(pilot), () => breach("V-PILOT", ["rulebook", id])),
      ...when(local !== undefined && !inForce(local, at), () =>
        breach("V-ENDED", ["parent", parent]),
      ),
      ...decideGoverned(register, signed, local?.place),
    ],
  };
}

/** What rests on it is ended first. */
function decideLocalEnded(
  register: ReadRegister,
  signed: Signed,
  { rulebook: id }: ActOf<"localRulebookEnded">,
  at: number,
): Verdict {
  const found = register.localRulebooks.get(id);
  return {
    findings: [
      ...decideEnding(register.localRulebooks, "rulebook", id, at).findings,
      ...[...register.localRulebooks.values()]
        .filter((one) => one.act.parent === id && inForce(one, at))
        .map(({ act }) =>
          breach("V-LOCAL", ["rulebook", id], ["parent-of", act.rulebook]),
        ),
      ...(found === undefined
        ? []
        : decideGoverned(register, signed, found.place)),
    ],
  };
}
