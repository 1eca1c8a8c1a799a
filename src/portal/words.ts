import type { Act } from "../acts/act.ts";
import type { Finding, Ruling } from "../acts/entry.ts";
import type { Statement } from "../acts/statement.ts";
import { showInstant } from "../acts/dates.ts";
import { showCount, showMoney } from "../audit/says.ts";
import { lawOf } from "../rules/law.ts";
import { isAdoptable } from "../rules/rows.ts";

const names: Readonly<Partial<Record<Act["kind"], string>>> = {
  genesis: "founding act",
  rulebookAdopted: "rulebook",
  calendarAdopted: "calendar",
  witnessPolicyAdopted: "witness policy",
  logKeyChanged: "change of the log's key",
  logEnded: "end of the log",
  machineKeyEnrolled: "machine key",
  gatewayOpened: "gateway opened",
  gatewayClosed: "gateway closed",
  body: "public body",
  bodySucceeded: "succession of",
  system: "information system",
  tenureEnded: "end of tenure",
  reportedTenure: "reported tenure",
  keyEnrolled: "key for person",
  keyRevoked: "key revoked",
  productWithdrawn: "product withdrawn",
  feeCeiling: "fee ceiling",
  feeStandard: "fee standard",
  feeEnded: "fee ended",
  authorisationEnded: "authorisation ended",
  permitRevoked: "permit revoked",
  reportedAuthorisation: "reported authorisation",
  reportedDecision: "reported decision",
  confirmed: "confirmation of",
  applicationReceived: "application received:",
  completionAsked: "completion asked of application",
  completionReceived: "completion received of application",
  applicationExtended: "longer term of application",
  applicationRefused: "refusal of application",
  applicationWithdrawn: "withdrawal of application",
  permittedRevenue: "permitted revenue",
  incomeStated: "income",
  reportSent: "report",
  refunded: "refund",
  withheld: "withholding",
  withheldEnded: "end of withholding",
  contributionNotice: "end, with notice, of contribution",
};

/** What an act asks for, in a few plain words; the name of its kind and of the thing it is about. */
export function describeAct(act: Act): string {
  const name = names[act.kind] ?? act.kind;
  switch (act.kind) {
    case "feeStandard":
    case "feeCeiling": {
      return `${name} ${act.product} ${showMoney(act.amount, act.currency)} per ${act.unit}`;
    }
    case "permit":
      return `permit for ${act.organisation} to use ${act.product}, purpose ${act.purpose}`;
    case "authorisation":
      return `authorisation of ${act.operator} over ${act.datasets.join(", ")}`;
    case "tenure":
      return `${act.mode} tenure of post ${act.post}`;
    case "tenureEnded":
    case "reportedTenure":
      return `${name} of post ${act.post}`;
    case "keyEnrolled":
      return `${name} ${act.person}`;
    case "genesis":
      return name;
    case "rulebookAdopted":
      return `${name} ${act.rulebook.rulebook}`;
    case "applicationReceived":
      return `${name} ${act.organisation} wants ${act.product}, purpose ${act.purpose}`;
    case "permittedRevenue":
      return `${name} of ${act.authorisation}, ${showMoney(act.total, act.currency)} a year from ${act.firstYear} on, for ${showCount(act.years)} ${act.years === 1 ? "year" : "years"}`;
    case "incomeStated":
      return `${name} of ${act.authorisation} in ${act.year}`;
    case "reportSent":
      return `${name} on ${act.report} of ${act.year}${act.about === undefined ? "" : ` about ${act.about}`} was sent`;
    case "withheld":
      return `${name} of ${act.dataset}, ground ${act.ground}`;
    case "calendarAdopted":
      return `${name} ${act.calendar} of ${act.year}`;
    case "witnessPolicyAdopted":
    case "logKeyChanged":
    case "logEnded":
    case "machineKeyEnrolled":
      return name;
    default:
      return `${name} ${subjectOf(act)}`;
  }
}

function subjectOf(act: Act): string {
  const own: unknown = Reflect.get(act, act.kind);
  const candidates = [
    own,
    ...[
      "product",
      "fee",
      "authorisation",
      "permit",
      "reported",
      "contribution",
      "gateway",
      "question",
      "withholding",
      "application",
      "body",
      "key",
      "person",
    ].map((name): unknown => Reflect.get(act, name)),
  ];
  const found = candidates.find(
    (value) => typeof value === "string" || typeof value === "number",
  );
  return found === undefined ? "" : String(found);
}

/** By posts, never by persons. */
export function describeSigners(statement: Statement): string {
  return statement.signers
    .map((s) => (s.post === undefined ? `${s.role}` : `${s.role} by ${s.post}`))
    .join(", ");
}

export type FindingLine = {
  readonly rule: string;
  readonly says: string;
  readonly cites: string;
  readonly facts: string;
  readonly next: string;
};

/** A finding with its sentence and article, as people read it. */
export function describeFinding(
  { rule, result, facts }: Finding,
  offsetMinutes: number,
): FindingLine {
  const law = lawOf(rule);
  const [what, ending] = facts;
  const hasEnded = ending?.[0] === "until" || ending?.[0] === "ended-by-entry";
  return {
    rule,
    says: law.says,
    cites: law.cites,
    next: hasEnded
      ? `a new ${what?.[0]} in place of the one that ended`
      : law.next,
    facts: facts
      .map(([name, value]) =>
        name === "fact" && result === "missing"
          ? `missing: ${value}`
          : `${name} ${showFact(name, value, offsetMinutes)}`,
      )
      .join(", "),
  };
}

const instants = new Set([
  "from",
  "to",
  "until",
  "entered",
  "latest",
  "original",
  "signs-from",
  "rulebook-until",
  "ends",
  "earliest",
]);

/** Years are not counted. */
const years = new Set(["year", "bond-year", "survey-year", "income-of"]);

function showFact(
  name: string,
  value: string | number,
  offsetMinutes: number,
): string {
  if (typeof value === "number" && instants.has(name))
    return showInstant(value, offsetMinutes);
  return typeof value === "number" && !years.has(name)
    ? showCount(value)
    : String(value);
}

/** Lines for a terminal: outcome, act, then one line a finding with its article, then the next lawful step. */
export function rulingLines(
  act: Act,
  ruling: Ruling,
  index: number | undefined,
  offsetMinutes: number,
): readonly string[] {
  const where =
    index === undefined ? "not entered" : `entry ${showCount(index)}`;
  const findings = (
    ruling.outcome === "granted" ? ruling.flags : ruling.findings
  ).map((f) => describeFinding(f, offsetMinutes));
  const width = Math.max(0, ...findings.map((f) => f.says.length));
  const lines = [
    `${ruling.outcome}  ${describeAct(act)}`.padEnd(78) + `  ${where}`,
  ];
  for (const f of findings) {
    lines.push(`  ${f.rule.padEnd(11)} ${f.says.padEnd(width)}  ${f.cites}`);
    if (f.facts !== "") lines.push(`  ${"".padEnd(11)} ${f.facts}`);
  }
  // What a procedure lacks is made good in its order; of other faults the last is the one that nothing else mends.
  const step =
    findings.find(({ rule }) => isAdoptable(rule)) ?? findings.at(-1);
  if (ruling.outcome === "refused" && step !== undefined)
    lines.push(`next lawful step  ${step.next}`);
  return lines;
}
