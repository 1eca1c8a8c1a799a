import type { Act, ActOf } from "../acts/act.ts";
import { addMonths, earliest, latestDay } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import { HOUR } from "../acts/shapes.ts";
import type { Signer, Statement } from "../acts/statement.ts";
import type { Tie } from "../register/beyond.ts";
import { holders, type ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import { hasPower, isGranting, powersFor } from "./signing.ts";
import { type Touched, touchedBy } from "./touched.ts";

const DAY = 24 * HOUR;
/** Art 107: for everybody who is not known to have been a leader. */
const COOLING_MONTHS = 24;

/**
 * Nobody prepares or approves what touches an organisation or a person they are tied to (CN-COI-01), nor what they said to stay out of
 * (V-RECUSED).
 */
export function decideTies(
  register: ReadRegister,
  { act, signers }: Pick<Statement, "act" | "signers">,
  at: number,
): readonly Finding[] {
  if (register.ties.size === 0 && register.recusals.size === 0) return [];
  // A tie keeps nobody from taking back what stands in their name.
  if (act.kind === "disowned") return [];
  const touched = touchedBy(register, act);
  const counts = adoptedRule(register, "CN-COI-01") !== undefined;
  return signers
    .filter(({ role }) => role === "approved" || role === "prepared")
    .flatMap((signer) => {
      const free = () => deputyOf(register, act, signer, touched, at);
      return [
        ...(counts ? tiesTo(register, signer.person, touched, at) : []).map(
          ([tie, ...whom]) =>
            breach("CN-COI-01", ["tie", tie], ["person", signer.person], whom, [
              "let-sign",
              free(),
            ]),
        ),
        ...recusalsFrom(register, signer.person, touched).map((whom) =>
          breach("V-RECUSED", ["person", signer.person], whom, [
            "let-sign",
            free(),
          ]),
        ),
      ];
    });
}

type Whom = readonly [what: string, id: string | number];
type TieTo = readonly [tie: string, ...whom: Whom];

function tiesTo(
  register: ReadRegister,
  person: number,
  touched: Touched,
  at: number,
): readonly TieTo[] {
  return standingTies(register, person, at).flatMap(({ act }): TieTo[] => {
    if ("organisation" in act.to) {
      const { organisation } = act.to;
      return touched.organisations.includes(organisation)
        ? [[act.tie, "organisation", organisation]]
        : [];
    }
    const other = act.to.person === person ? act.person : act.to.person;
    if (touched.persons.includes(other))
      return [[act.tie, "about-person", other]];
    // What touches a close relative's interest: the tie is the relative's own.
    if (act.nature !== "family") return [];
    return standingTies(register, other, at).flatMap(
      ({ act: theirs }): TieTo[] =>
        "organisation" in theirs.to &&
        touched.organisations.includes(theirs.to.organisation)
          ? [[theirs.tie, "organisation", theirs.to.organisation]]
          : [],
    );
  });
}

/** What is not known to the day is read at its widest. What is said to be over frees nobody for an act of the same instant. */
function standingTies(
  register: ReadRegister,
  person: number,
  at: number,
): readonly Tie[] {
  const { offsetMinutes } = register;
  return (register.tiesOf.get(person) ?? []).flatMap((id) => {
    const tie = register.ties.get(id);
    if (tie === undefined || (tie.ended?.at ?? at) < at) return [];
    const { from, until } = tie.act;
    const isOver =
      until !== undefined && latestDay(until, offsetMinutes) + DAY <= at;
    return isOver || at < earliest(from, offsetMinutes) ? [] : [tie];
  });
}

function recusalsFrom(
  register: ReadRegister,
  person: number,
  { organisations, applications }: Touched,
): readonly Whom[] {
  return (register.recusals.get(person) ?? []).flatMap(
    ({ act: { from } }): readonly Whom[] => {
      if ("organisation" in from)
        return organisations.includes(from.organisation)
          ? [["organisation", from.organisation]]
          : [];
      return applications.includes(from.application)
        ? [["application", from.application]]
        : [];
    },
  );
}

/** A post whose holder may sign in that role and is free to. */
function deputyOf(
  register: ReadRegister,
  act: Act,
  { role }: Signer,
  touched: Touched,
  at: number,
): string {
  const powers = powersFor(act.kind, role === "prepared");
  for (const post of register.posts.keys()) {
    if (!powers.some((power) => hasPower(register, post, power))) continue;
    const isFree = holders(register, post, at).some(
      ({ act: { person } }) =>
        tiesTo(register, person, touched, at).length === 0 &&
        recusalsFrom(register, person, touched).length === 0,
    );
    if (isFree) return post;
  }
  return "none";
}

export function decideTieDeclared(
  register: ReadRegister,
  act: ActOf<"tieDeclared">,
  at: number,
): Verdict {
  const { offsetMinutes } = register;
  const { from, until, to, person } = act;
  const isBackwards =
    until !== undefined &&
    latestDay(until, offsetMinutes) < earliest(from, offsetMinutes);
  return {
    findings: [
      ...taken(register.ties, "tie", act.tie),
      ...unknown(register.persons, "person", person),
      ...("organisation" in to
        ? unknown(register.organisations, "organisation", to.organisation)
        : unknown(register.persons, "person", to.person)),
      ...when("person" in to && to.person === person, () =>
        breach("V-SCOPE", ["tie", act.tie], ["person", person]),
      ),
      ...when(isBackwards, () =>
        breach("V-ORDER", ["from", from], ["to", until ?? ""]),
      ),
    ],
    flags: coolingOff(register, act, at),
  };
}

/**
 * CN-COI-02: work for a business too soon after a post that grants. For leaders it is three years, and whether a post was a leader's does not
 * stand in the register: between two years and three that fact is missing. It is told, not refused: what happened is declared.
 */
function coolingOff(
  register: ReadRegister,
  { nature, to, from, person }: ActOf<"tieDeclared">,
  at: number,
): readonly Finding[] {
  const rule = adoptedRule(register, "CN-COI-02");
  if (rule === undefined || nature !== "employment" || !("organisation" in to))
    return [];
  const { offsetMinutes } = register;
  const begins = earliest(from, offsetMinutes);
  const freeAfter = (left: number, months: number) =>
    addMonths(left, months, offsetMinutes);
  return [...register.tenures].flatMap(([post, tenures]) => {
    const left = tenures
      .filter((tenure) => tenure.act.person === person)
      .map(({ ended, to: end }) => Math.min(ended?.at ?? end, end))
      .toSorted((a, b) => b - a)[0];
    if (left === undefined || left > at || !isGranting(register, post))
      return [];
    const facts = [
      ["post", post],
      ["left-post", left],
      ["begins", begins],
    ] as const;
    if (begins < freeAfter(left, Math.min(COOLING_MONTHS, rule.number)))
      return [breach("CN-COI-02", ...facts)];
    return when(begins < freeAfter(left, rule.number), () =>
      missing("CN-COI-02", ["fact", "rank-of-post"], ...facts),
    );
  });
}

export function decideTieEnded(
  register: ReadRegister,
  { tie }: ActOf<"tieEnded">,
): Verdict {
  return {
    findings: [
      ...unknown(register.ties, "tie", tie),
      ...when(register.ties.get(tie)?.ended !== undefined, () =>
        breach("V-ENDED", ["tie", tie]),
      ),
    ],
  };
}

export function decideRecused(
  register: ReadRegister,
  { person, from }: ActOf<"recused">,
): Verdict {
  return {
    findings: [
      ...unknown(register.persons, "person", person),
      ...("organisation" in from
        ? unknown(register.organisations, "organisation", from.organisation)
        : unknown(register.applications, "application", from.application)),
    ],
  };
}
