import type { Act } from "../acts/act.ts";
import type { Finding, Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { ReadRegister } from "../register/register.ts";
import { decideAdopted } from "./adopted.ts";
import { decideAgreementChanged } from "./agreements.ts";
import {
  decideApplicationRefused,
  decideCompletionAsked,
  decideCompletionReceived,
  decideExtended,
  decideReceived,
  decideWithdrawn,
} from "./applications.ts";
import { decideAttestation, decideAttestedFacts } from "./attestations.ts";
import { decideBeyond } from "./beyond.ts";
import { decideCalendar } from "./calendars.ts";
import {
  decideContribution,
  decideContributionNotice,
} from "./contributions.ts";
import { decideCeiling, decideFee } from "./fees.ts";
import { breach, FINDINGS_MAX, type Verdict } from "./findings.ts";
import {
  decideGateway,
  decideGenesis,
  decideLogEnded,
  decideLogKey,
  decideMachineKey,
  decideRulebook,
} from "./office.ts";
import { decideDelay, decideDisowned } from "./delays.ts";
import { decideLocalLaw } from "./local-law.ts";
import {
  decideKeyEnrolled,
  decideKeyRevoked,
  decidePost,
  decideReportedTenure,
  decideTenure,
  decideTenureEnded,
} from "./people.ts";
import { decideProcedure } from "./procedures.ts";
import { decideOverride } from "./overrides.ts";
import { decideQuestion, decideQuestionAnswered } from "./questions.ts";
import {
  decideBody,
  decideDataset,
  decideProduct,
  decideSuccession,
  decideSystem,
  taken,
} from "./registration.ts";
import { decideRegistrationStep } from "./registrations.ts";
import { decideRevenueStep } from "./revenue.ts";
import {
  decideAuthorisation,
  decideConfirmed,
  decideEnding,
  decideOrganisation,
  decidePermit,
  decideReported,
} from "./rights.ts";
import { decideWithheld } from "./withholding.ts";
import { underLaw } from "./law-in-force.ts";
import { onlyFlags } from "./rows.ts";
import { decideSigning, type Signed } from "./signing.ts";
import { decideTies } from "./ties.ts";

/**
 * The law: what edition 1 says of a signed act, from the public act, the register and the time alone. The primitives
 * are for deriving key ids, never for checking signatures: `turnAway` has done that.
 */
export function decide(
  p: Primitives,
  register: ReadRegister,
  signed: Signed,
  at: number,
): Ruling {
  const { findings, flags = [] } = decideWhole(p, register, signed, at);
  const refusing = findings.filter(({ rule }) => !onlyFlags(rule));
  if (refusing.length > 0)
    return { outcome: "refused", findings: refusing.slice(0, FINDINGS_MAX) };
  return {
    outcome: "granted",
    flags: [...flags, ...findings].slice(0, FINDINGS_MAX),
  };
}

/** By the rules of its kind, those that the rulebook adopted, and those of who may sign. */
function decideWhole(
  p: Primitives,
  office: ReadRegister,
  signed: Signed,
  at: number,
): Verdict {
  const { act } = signed.statement;
  if (act.kind === "override")
    return decideOverride(office, signed, act, at, (alone) =>
      decideWhole(p, office, alone, at),
    );
  const register = underLaw(office, act, at);
  const verdict = decideKind(p, register, signed, act, at);
  if (act.kind === "genesis") return verdict;
  return {
    ...verdict,
    findings: [
      ...verdict.findings,
      ...decideAdopted(register, act, at),
      ...decideAttestedFacts(register, signed),
      ...decideSigning(register, signed, at),
      ...decideTies(register, signed.statement, at),
      ...decideRulebookAlive(register, signed, at),
      ...decideDelay(register, act, at),
    ],
  };
}

const grants: ReadonlySet<string> = new Set([
  "product",
  "feeCeiling",
  "feeStandard",
  "authorisation",
  "procedureOpened",
  "procedureAwarded",
  "permit",
  "confirmed",
  "contribution",
  "renewalGranted",
  "registrationCoded",
  "registrationRenewed",
  "permittedRevenue",
  "localRulebookAdopted",
  "pilotPromoted",
]);

/** Under an expired rulebook what is in force runs to its end, and nothing new is granted; nor ahead for when it will have expired. */
function decideRulebookAlive(
  register: ReadRegister,
  { statement }: Signed,
  at: number,
): readonly Finding[] {
  const { act } = statement;
  const until = register.rulebook?.act.until ?? 0;
  if (!grants.has(act.kind)) return [];
  if (until <= at) return [breach("I5", ["rulebook-until", until])];
  const from = "from" in act ? act.from : undefined;
  return typeof from === "number" && from >= until
    ? [breach("I5", ["from", from], ["rulebook-until", until])]
    : [];
}

function decideKind(
  p: Primitives,
  register: ReadRegister,
  signed: Signed,
  act: Exclude<Act, { kind: "override" }>,
  at: number,
): Verdict {
  switch (act.kind) {
    case "genesis":
      return decideGenesis(p, register, signed, act, at);
    case "rulebookAdopted":
      return decideRulebook(register, act, at);
    case "localRulebookAdopted":
    case "pilotPromoted":
    case "localRulebookEnded":
      return decideLocalLaw(register, signed, act, at);
    case "calendarAdopted":
      return decideCalendar(register, act, at);
    case "witnessPolicyAdopted":
      return { findings: [] };
    case "logKeyChanged":
      return decideLogKey(p, register, signed, act);
    case "logEnded":
      return decideLogEnded(register, signed, act);
    case "machineKeyEnrolled":
      return decideMachineKey(p, register, act, at);
    case "gatewayOpened":
      return decideGateway(p, register, act);
    case "gatewayClosed":
      return decideEnding(register.gateways, "gateway", act.gateway, at);
    case "body":
      return decideBody(register, act);
    case "bodySucceeded":
      return decideSuccession(register, act);
    case "system":
      return decideSystem(register, act);
    case "person":
      return { findings: taken(register.persons, "person", act.person) };
    case "post":
      return decidePost(register, act);
    case "tenure":
      return decideTenure(register, signed, act, at);
    case "tenureEnded":
      return decideTenureEnded(register, signed, act, at);
    case "reportedTenure":
      return decideReportedTenure(register, act);
    case "keyEnrolled":
      return decideKeyEnrolled(p, register, signed, act, at);
    case "keyRevoked":
      return decideKeyRevoked(register, act);
    case "dataset":
      return decideDataset(register, act, at);
    case "product":
      return decideProduct(register, act, at);
    case "productWithdrawn":
      return decideEnding(register.products, "product", act.product, at);
    case "feeCeiling":
      return decideCeiling(register, signed, act, at);
    case "feeStandard":
      return decideFee(register, signed, act, at);
    case "feeEnded":
      return decideEnding(register.fees, "fee", act.fee, at);
    case "organisation":
      return decideOrganisation(register, act);
    case "authorisation":
      return decideAuthorisation(register, act, at);
    case "agreementChanged":
      return decideAgreementChanged(register, act, at);
    case "authorisationEnded":
      return decideEnding(
        register.authorisations,
        "authorisation",
        act.authorisation,
        at,
      );
    case "permit":
      return decidePermit(register, act, at);
    case "permitRevoked":
      return decideEnding(register.permits, "permit", act.permit, at);
    case "reportedAuthorisation":
    case "reportedDecision":
      return decideReported(register, act);
    case "confirmed":
      return decideConfirmed(register, act, at);
    case "contribution":
      return decideContribution(register, act, at);
    case "contributionNotice":
      return decideContributionNotice(register, act, at);
    case "withheld":
      return decideWithheld(register, signed, act, at);
    case "withheldEnded":
      return decideEnding(
        ...([register.withholdings, "withholding"] as const),
        ...([act.withholding, at] as const),
      );
    case "applicationReceived":
      return decideReceived(register, act, at);
    case "completionAsked":
      return decideCompletionAsked(register, act, at);
    case "completionReceived":
      return decideCompletionReceived(register, act, at);
    case "applicationExtended":
      return decideExtended(register, act, at);
    case "applicationRefused":
      return decideApplicationRefused(register, act, at);
    case "applicationWithdrawn":
      return decideWithdrawn(register, act);
    case "procedureOpened":
    case "procedureStep":
    case "procedureAwarded":
    case "procedureWithdrawn":
    case "objectionReceived":
    case "objectionAnswered":
      return decideProcedure(register, act, at);
    case "attested":
      return decideAttestation(register, act);
    case "registrationApplied":
    case "registrationAsked":
    case "registrationCompleted":
    case "registrationAccepted":
    case "registrationRefused":
    case "registrationReviewed":
    case "registrationNoticed":
    case "registrationObjected":
    case "objectionDecided":
    case "registrationCoded":
    case "registrationRenewed":
    case "registrationChanged":
    case "registrationCorrected":
    case "cancellationAccepted":
    case "registrationCancelled":
    case "registrationRevoked":
      return decideRegistrationStep(register, signed, act, at);
    case "appealLodged":
    case "appealExtended":
    case "appealDecided":
    case "orderReceived":
    case "dutyDone":
    case "overrideReviewed":
    case "tieDeclared":
    case "tieEnded":
    case "recused":
    case "promised":
    case "promiseKept":
    case "promiseEnded":
    case "renewalAsked":
    case "renewalGranted":
    case "renewalRefused":
      return decideBeyond(register, signed, act, at);
    case "disowned":
      return decideDisowned(register, signed, act, at);
    case "permittedRevenue":
    case "incomeStated":
    case "reportSent":
    case "refunded":
      return decideRevenueStep(register, signed, act, at);
    case "questionReceived":
      return decideQuestion(register, act, at);
    case "questionAnswered":
      return decideQuestionAnswered(register, act);
  }
}
