import type { Act, ActOf } from "../acts/act.ts";
import type { Statement } from "../acts/statement.ts";
import type { StepName } from "../register/procedures.ts";
import type { ReadRegister } from "../register/register.ts";
import type { ThingKind } from "../rules/about.ts";
import { ACT_NAMES } from "./act-names.ts";
import { isThingKind } from "./acts/thing.ts";
import { sayList, sayMoney, sayNumber } from "./lang/figures.ts";
import { type Message, say, sayCount } from "./lang/say.ts";
import { titleIn, titleOf } from "./lang/title-in.ts";
import { sayWord } from "./lang/words.ts";
import { sayPriceOf } from "./prices.ts";

/** How a thing is called where an act is told of. */
export type Called = (kind: ThingKind, id: string) => string;

const byId: Called = (_, id) => id;

/**
 * What an act asks for, in a few plain words; the name of its kind and of the thing it is about. Things are named by their ids, unless
 * whoever asks knows how they are called.
 */
export function describeAct(act: Act, called: Called = byId): string {
  const named = ACT_NAMES[act.kind];
  const name = named === undefined ? sayWord(act.kind) : say(named);
  return (
    aboutPrices(act, name, called) ??
    aboutRights(act, name, called) ??
    aboutProcedures(act, name, called) ??
    aboutLaw(act, name, called) ??
    aboutPersons(act, name, called) ??
    (NAMED_ALONE.has(act.kind) ? name : of(name, subjectOf(act, called)))
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

function aboutPrices(
  act: Act,
  name: string,
  called: Called,
): string | undefined {
  switch (act.kind) {
    case "feeStandard":
    case "feeCeiling":
      return say("{what} {product} {price}", {
        ...{ what: name, product: called("product", act.product) },
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

function aboutRights(
  act: Act,
  name: string,
  called: Called,
): string | undefined {
  switch (act.kind) {
    case "permit":
      return say("permit for {who} to use {product}, purpose {purpose}", {
        who: called("organisation", act.organisation),
        product: called("product", act.product),
        purpose: called("purpose", act.purpose),
      });
    case "authorisation": {
      const { price } = act;
      const who = called("organisation", act.operator);
      const datasets = sayList(act.datasets.map((id) => called("dataset", id)));
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
        ...{ what: name, who: called("organisation", act.organisation) },
        product: called("product", act.product),
        purpose: called("purpose", act.purpose),
      });
    case "registrationApplied":
      return say("{what} of {of}", {
        what: name,
        of: resourceOf(act.resource, called),
      });
    case "withheld":
      return say("{what} of {of}, ground {ground}", {
        ...{ what: name, of: called("dataset", act.dataset) },
        ground: sayWord(act.ground),
      });
    default:
      return undefined;
  }
}

function resourceOf(
  resource: ActOf<"registrationApplied">["resource"],
  called: Called,
): string {
  return "dataset" in resource
    ? say("{what} {of}", {
        what: sayWord("dataset"),
        of: called("dataset", resource.dataset),
      })
    : say("{what} {of}", {
        what: sayWord("product"),
        of: called("product", resource.product),
      });
}

function aboutProcedures(
  act: Act,
  name: string,
  called: Called,
): string | undefined {
  switch (act.kind) {
    case "procedureOpened":
      return say("{what} {of} over {datasets}", {
        ...{ what: name, of: act.procedure },
        datasets: sayList(act.datasets.map((id) => called("dataset", id))),
      });
    case "procedureStep":
      return say("step of procedure {procedure}: {step}", {
        procedure: act.procedure,
        step: sayStep(act.step.name),
      });
    case "procedureAwarded":
      return say("award to {who} in procedure {procedure}", {
        who: called("organisation", act.bidder),
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
        ...{ what: name, of: act.appeal, who: called("body", act.body) },
        outcome: sayWord(act.outcome),
      });
    case "orderReceived":
      return say("{what} {of} of {who}, {effects}", {
        ...{ what: name, of: act.order, who: called("body", act.body) },
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

function aboutLaw(act: Act, name: string, called: Called): string | undefined {
  switch (act.kind) {
    case "rulebookAdopted":
      return of(name, act.rulebook.rulebook);
    case "localRulebookAdopted":
      return say("{what} {rulebook} of {body}, under {parent}", {
        what: act.pilot === true ? say("pilot") : name,
        ...{ rulebook: act.rulebook, body: called("body", act.body) },
        parent: act.parent,
      });
    case "pilotPromoted":
    case "localRulebookEnded":
      return of(name, act.rulebook);
    case "override":
      return say("{what} ({rules}): {act}", {
        ...{ what: name, rules: sayList(act.against) },
        act: describeAct(act.act, called),
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

function aboutPersons(
  act: Act,
  name: string,
  called: Called,
): string | undefined {
  switch (act.kind) {
    case "tenure":
      return say("{mode} tenure of post {post}", {
        mode: sayWord(act.mode),
        post: called("post", act.post),
      });
    case "tenureEnded":
    case "reportedTenure":
      return say("{what} of post {post}", {
        ...{ what: name, post: called("post", act.post) },
      });
    case "keyEnrolled":
      return of(name, act.person);
    case "tieDeclared":
      return say("{what} {nature}, person {person} to {to}", {
        ...{ what: name, nature: sayWord(act.nature), person: act.person },
        to:
          "organisation" in act.to
            ? called("organisation", act.to.organisation)
            : say("person {person}", { person: act.to.person }),
      });
    case "recused":
      return say("{what} {person} from {from}", {
        ...{ what: name, person: act.person },
        from:
          "organisation" in act.from
            ? called("organisation", act.from.organisation)
            : act.from.application,
      });
    case "promised":
      return say("{what} of post {post}: {title}", {
        ...{ what: name, post: called("post", act.post), title: titleIn(act) },
      });
    default:
      return undefined;
  }
}

/** The members that say what an act is about where its kind does not, the first that it has. */
const SUBJECTS = [
  ...(["product", "fee", "authorisation", "permit", "reported"] as const),
  ...(["contribution", "gateway", "question", "withholding"] as const),
  ...(["appeal", "duty", "tie", "promise", "application"] as const),
  ...(["registration", "body", "key", "person"] as const),
];

function subjectOf(act: Act, called: Called): string {
  for (const name of [act.kind, ...SUBJECTS]) {
    const found: unknown = Reflect.get(act, name);
    if (typeof found === "number") return String(found);
    if (typeof found === "string")
      return isThingKind(name) ? called(name, found) : found;
  }
  return "";
}

/** By posts, never by persons. */
export function describeSigners(
  statement: Statement,
  { posts }: Pick<ReadRegister, "posts">,
): string {
  return statement.signers
    .map(({ post, role }) =>
      post === undefined
        ? sayWord(role)
        : say("{role} by {post}", {
            role: sayWord(role),
            post: titleOf(posts.get(post), post),
          }),
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
