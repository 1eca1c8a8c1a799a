import type { Act } from "../acts/act.ts";
import type { Statement } from "../acts/statement.ts";
import type { StepName } from "../register/procedures.ts";
import { resourceName } from "../register/registrations.ts";
import { sayList, sayMoney, sayNumber } from "./lang/figures.ts";
import { type Message, say, sayCount } from "./lang/say.ts";
import { titleIn } from "./lang/title-in.ts";
import { sayResource } from "./kinds.ts";
import { sayWord } from "./lang/words.ts";
import { sayPriceOf } from "./prices.ts";

const names: Readonly<Partial<Record<Act["kind"], Message>>> = {
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
  disowned: "disowned:",
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
  const named = names[act.kind];
  const name = named === undefined ? sayWord(act.kind) : say(named);
  return (
    aboutPrices(act, name) ??
    aboutRights(act, name) ??
    aboutProcedures(act, name) ??
    aboutLaw(act, name) ??
    aboutPersons(act, name) ??
    (NAMED_ALONE.has(act.kind) ? name : of(name, subjectOf(act)))
  );
}

/** Of which there is one, or none that has an id. */
const NAMED_ALONE: ReadonlySet<Act["kind"]> = new Set([
  ...(["genesis", "witnessPolicyAdopted", "logKeyChanged"] as const),
  ...(["logEnded", "machineKeyEnrolled"] as const),
]);

/** A thing and its id, or a fact and its value. */
export function of(what: string, id: string | number): string {
  return say("{what} {of}", { what, of: id });
}

function aboutPrices(act: Act, name: string): string | undefined {
  switch (act.kind) {
    case "feeStandard":
    case "feeCeiling":
      return say("{what} {product} {price}", {
        ...{ what: name, product: act.product },
        price: sayPriceOf(act),
      });
    case "permittedRevenue":
      return say(
        "{what} of {authorisation}, {total} a year from {year} on, for {years}",
        {
          ...{ what: name, authorisation: act.authorisation },
          total: sayMoney(act.total, act.currency),
          year: act.firstYear,
          years: sayCount(act.years, "{n} year", "{n} years", {
            n: sayNumber(act.years),
          }),
        },
      );
    case "incomeStated":
      return say("{what} of {of} in {year}", {
        ...{ what: name, of: act.authorisation, year: act.year },
      });
    case "reportSent": {
      const sent = { what: name, report: sayWord(act.report), year: act.year };
      return act.about === undefined
        ? say("{what} on {report} of {year} was sent", sent)
        : say("{what} on {report} of {year} about {about} was sent", {
            ...{ ...sent, about: act.about },
          });
    }
    default:
      return undefined;
  }
}

function aboutRights(act: Act, name: string): string | undefined {
  switch (act.kind) {
    case "permit":
      return say("permit for {who} to use {product}, purpose {purpose}", {
        ...{ who: act.organisation, product: act.product },
        purpose: act.purpose,
      });
    case "authorisation": {
      const { operator: who, price } = act;
      const datasets = sayList(act.datasets);
      return price === undefined
        ? say("authorisation of {who} over {datasets}", { who, datasets })
        : say("authorisation of {who} over {datasets} for {price}", {
            ...{ who, datasets },
            price: sayMoney(price.amount, price.currency),
          });
    }
    case "agreementChanged":
      return say("agreement of authorisation {of} {how}", {
        of: act.authorisation,
        how: sayWord(act.how),
      });
    case "applicationReceived":
      return say("{what} {who} wants {product}, purpose {purpose}", {
        ...{ what: name, who: act.organisation, product: act.product },
        purpose: act.purpose,
      });
    case "registrationApplied":
      return say("{what} of {of}", {
        what: name,
        of: sayResource(resourceName(act.resource)),
      });
    case "withheld":
      return say("{what} of {of}, ground {ground}", {
        ...{ what: name, of: act.dataset, ground: sayWord(act.ground) },
      });
    default:
      return undefined;
  }
}

function aboutProcedures(act: Act, name: string): string | undefined {
  switch (act.kind) {
    case "procedureOpened":
      return say("{what} {of} over {datasets}", {
        ...{ what: name, of: act.procedure, datasets: sayList(act.datasets) },
      });
    case "procedureStep":
      return say("step of procedure {procedure}: {step}", {
        procedure: act.procedure,
        step: sayStep(act.step.name),
      });
    case "procedureAwarded":
      return say("award to {who} in procedure {procedure}", {
        who: act.bidder,
        procedure: act.procedure,
      });
    case "procedureWithdrawn":
      return say("{what} {of}, reason {reason}", {
        ...{ what: name, of: act.procedure, reason: sayWord(act.reason) },
      });
    case "objectionReceived":
    case "objectionAnswered":
      return say("{what} {of} in procedure {procedure}", {
        ...{ what: name, of: act.objection, procedure: act.procedure },
      });
    case "attested": {
      const { length } = act.papers;
      return say("{what} {of} of {papers}", {
        ...{ what: name, of: act.attestation },
        papers: sayCount(length, "{n} paper", "{n} papers", {
          n: sayNumber(length),
        }),
      });
    }
    case "appealLodged":
      return say("{what} {of} against entry {entry}", {
        ...{ what: name, of: act.appeal, entry: sayNumber(act.against) },
      });
    case "appealDecided":
      return say("{what} {of} by {who}, {outcome}", {
        ...{ what: name, of: act.appeal, who: act.body },
        outcome: sayWord(act.outcome),
      });
    case "orderReceived":
      return say("{what} {of} of {who}, {effects}", {
        ...{ what: name, of: act.order, who: act.body },
        effects: sayList(
          act.effects.map(({ does, what, id }) =>
            say("{does} {what} {of}", {
              ...{ does: sayWord(does), what: sayWord(what), of: id },
            }),
          ),
        ),
      });
    default:
      return undefined;
  }
}

function aboutLaw(act: Act, name: string): string | undefined {
  switch (act.kind) {
    case "rulebookAdopted":
      return of(name, act.rulebook.rulebook);
    case "localRulebookAdopted":
      return say("{what} {rulebook} of {body}, under {parent}", {
        what: act.pilot === true ? say("pilot") : name,
        ...{ rulebook: act.rulebook, body: act.body, parent: act.parent },
      });
    case "pilotPromoted":
    case "localRulebookEnded":
      return of(name, act.rulebook);
    case "override":
      return say("{what} ({rules}): {act}", {
        ...{ what: name, rules: sayList(act.against) },
        act: describeAct(act.act),
      });
    case "disowned":
      return say("{what} entry {entry}", {
        ...{ what: name, entry: act.entry },
      });
    case "overrideReviewed":
      return say("{what} {of}, {outcome}", {
        ...{ what: name, of: act.override, outcome: sayWord(act.outcome) },
      });
    case "calendarAdopted":
      return say("{what} {of} of {year}", {
        ...{ what: name, of: act.calendar, year: act.year },
      });
    default:
      return undefined;
  }
}

function aboutPersons(act: Act, name: string): string | undefined {
  switch (act.kind) {
    case "tenure":
      return say("{mode} tenure of post {post}", {
        mode: sayWord(act.mode),
        post: act.post,
      });
    case "tenureEnded":
    case "reportedTenure":
      return say("{what} of post {post}", { what: name, post: act.post });
    case "keyEnrolled":
      return of(name, act.person);
    case "tieDeclared":
      return say("{what} {nature}, person {person} to {to}", {
        ...{ what: name, nature: sayWord(act.nature), person: act.person },
        to:
          "organisation" in act.to
            ? act.to.organisation
            : say("person {person}", { person: act.to.person }),
      });
    case "recused":
      return say("{what} {person} from {from}", {
        ...{ what: name, person: act.person },
        from:
          "organisation" in act.from
            ? act.from.organisation
            : act.from.application,
      });
    case "promised":
      return say("{what} of post {post}: {title}", {
        ...{ what: name, post: act.post, title: titleIn(act) },
      });
    default:
      return undefined;
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
    .map(({ post, role }) =>
      post === undefined
        ? sayWord(role)
        : say("{role} by {post}", { role: sayWord(role), post }),
    )
    .join(say(", "));
}

const steps: Readonly<Record<StepName, Message>> = {
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
  return say(steps[name]);
}
