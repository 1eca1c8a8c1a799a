import type { Act } from "../acts/act.ts";
import type { Finding, Ruling } from "../acts/entry.ts";
import type { Statement } from "../acts/statement.ts";
import { showInstant } from "../acts/dates.ts";
import type { StepName } from "../register/procedures.ts";
import { showCount, showMoney } from "../audit/says.ts";
import { resourceName } from "../register/registrations.ts";
import { lawOf } from "../rules/law.ts";
import { isAdoptable } from "../rules/rows.ts";
import type { Lang } from "./lang/lang.ts";

const names: Readonly<Partial<Record<Act["kind"], string>>> = {
  genesis: "founding act",
  rulebookAdopted: "rulebook",
  localRulebookAdopted: "local rulebook",
  pilotPromoted: "promotion of pilot",
  localRulebookEnded: "end of local rulebook",
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
  agreementChanged: "agreement",
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
  registrationApplied: "application for registration",
  registrationAsked: "completion asked of registration",
  registrationCompleted: "completion received of registration",
  registrationAccepted: "acceptance of registration",
  registrationRefused: "refusal of registration",
  registrationReviewed: "review of registration",
  registrationNoticed: "public notice of registration",
  registrationObjected: "objection to registration",
  objectionDecided: "decision of an objection to registration",
  registrationCoded: "code of registration",
  registrationRenewed: "renewal of registration",
  registrationChanged: "change of registration",
  registrationCorrected: "correction of registration",
  cancellationAccepted: "cancellation accepted of registration",
  registrationCancelled: "cancellation of registration",
  registrationRevoked: "revocation of registration",
  permittedRevenue: "permitted revenue",
  incomeStated: "income",
  reportSent: "report",
  refunded: "refund",
  withheld: "withholding",
  withheldEnded: "end of withholding",
  procedureOpened: "opening of procedure",
  procedureWithdrawn: "withdrawal of procedure",
  objectionReceived: "objection received:",
  objectionAnswered: "answer to objection",
  attested: "attestation",
  appealLodged: "appeal lodged:",
  appealExtended: "longer term of appeal",
  appealDecided: "decision on appeal",
  orderReceived: "order received:",
  dutyDone: "decided anew, as obliged by",
  override: "decision against a rule",
  overrideReviewed: "review of override",
  tieDeclared: "tie declared:",
  tieEnded: "end of tie",
  recused: "recusal of person",
  promised: "promise",
  promiseKept: "promise kept:",
  promiseEnded: "promise given up:",
  renewalAsked: "renewal asked of permit",
  renewalGranted: "renewal of permit",
  renewalRefused: "renewal refused of permit",
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
      return `authorisation of ${act.operator} over ${act.datasets.join(", ")}${act.price === undefined ? "" : ` for ${showMoney(act.price.amount, act.price.currency)}`}`;
    case "agreementChanged":
      return `agreement of authorisation ${act.authorisation} ${act.how}`;
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
    case "localRulebookAdopted":
      return `${act.pilot === true ? "pilot" : name} ${act.rulebook} of ${act.body}, under ${act.parent}`;
    case "pilotPromoted":
    case "localRulebookEnded":
      return `${name} ${act.rulebook}`;
    case "applicationReceived":
      return `${name} ${act.organisation} wants ${act.product}, purpose ${act.purpose}`;
    case "procedureOpened":
      return `${name} ${act.procedure} over ${act.datasets.join(", ")}`;
    case "procedureStep":
      return `step of procedure ${act.procedure}: ${sayStep(act.step.name)}`;
    case "procedureAwarded":
      return `award to ${act.bidder} in procedure ${act.procedure}`;
    case "procedureWithdrawn":
      return `${name} ${act.procedure}, reason ${act.reason}`;
    case "objectionReceived":
    case "objectionAnswered":
      return `${name} ${act.objection} in procedure ${act.procedure}`;
    case "attested":
      return `${name} ${act.attestation} of ${showCount(act.papers.length)} paper${act.papers.length === 1 ? "" : "s"}`;
    case "override":
      return `${name} (${act.against.join(", ")}): ${describeAct(act.act)}`;
    case "overrideReviewed":
      return `${name} ${act.override}, ${act.outcome}`;
    case "appealLodged":
      return `${name} ${act.appeal} against entry ${showCount(act.against)}`;
    case "appealDecided":
      return `${name} ${act.appeal} by ${act.body}, ${act.outcome}`;
    case "orderReceived":
      return `${name} ${act.order} of ${act.body}, ${act.effects.map(({ does, what, id }) => `${does} ${what} ${id}`).join(", ")}`;
    case "tieDeclared":
      return `${name} ${act.nature}, person ${act.person} to ${"organisation" in act.to ? act.to.organisation : `person ${act.to.person}`}`;
    case "recused":
      return `${name} ${act.person} from ${"organisation" in act.from ? act.from.organisation : act.from.application}`;
    case "promised":
      return `${name} of post ${act.post}: ${act.title}`;
    case "registrationApplied":
      return `${name} of ${resourceName(act.resource)}`;
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

/** A kind of act without what it is about. */
export function kindInWords(kind: string): string {
  const found: unknown = Reflect.get(names, kind);
  return typeof found === "string"
    ? found.replace(/ (?:of|to) registration$/, "")
    : kind;
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
      "appeal",
      "duty",
      "tie",
      "promise",
      "application",
      "registration",
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

const steps: Readonly<Record<StepName, string>> = {
  review: "review of competition",
  planDecided: "plan decided together",
  planFiled: "plan filed",
  documentsIssued: "documents issued",
  bidsClosed: "bids closed, committee named",
  evaluated: "bids evaluated",
  noticed: "notice of who is to win",
  awarded: "awarded",
  agreementDecided: "agreement decided together",
  signed: "agreement signed",
  agreementFiled: "agreement filed",
};

export function sayStep(name: StepName): string {
  return steps[name];
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
  lang: Lang = "en",
  currency?: string,
): FindingLine {
  const law = lawOf(rule);
  const [what, ending] = facts;
  const hasEnded = ending?.[0] === "until" || ending?.[0] === "ended-by-entry";
  return {
    rule,
    says: lang === "zh" ? law.zh : law.says,
    cites: law.cites,
    next: hasEnded
      ? `a new ${what?.[0]} in place of the one that ended`
      : law.next,
    facts: facts
      .map(([name, value], place) =>
        name === "fact" && result === "missing"
          ? `missing: ${value}`
          : name === "may-attest"
            ? `the post ${value} may attest it`
            : typeof value === "number" && isMoney(facts, place)
              ? `${name} ${showMoney(value, currency)}`
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
  "silent-to",
  "renewed-since",
  "suspended-until",
  "review",
  "left-post",
  "begins",
]);

const money = new Set([
  ...["amount", "ceiling", "ceilings", "revenue", "total", "deduction"],
  ...["excess", "owed", "charged", "in-log", "tax"],
]);
/** What bounds the amount before it. */
const bounds = new Set(["most", "wanted"]);

function isMoney(facts: Finding["facts"], place: number): boolean {
  const name = facts[place]?.[0] ?? "";
  return (
    money.has(name) ||
    (bounds.has(name) && money.has(facts[place - 1]?.[0] ?? ""))
  );
}

/** The currency in which an act speaks of money. */
export function currencyOf(act: Act): string | undefined {
  return "currency" in act ? act.currency : undefined;
}

/** Years are not counted. */
const years = new Set([
  ...["year", "bond-year", "survey-year", "income-of", "earliest-year"],
]);

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
  lang: Lang = "en",
): readonly string[] {
  const where =
    index === undefined ? "not entered" : `entry ${showCount(index)}`;
  const findings = (
    ruling.outcome === "granted" ? ruling.flags : ruling.findings
  ).map((f) => describeFinding(f, offsetMinutes, lang, currencyOf(act)));
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
