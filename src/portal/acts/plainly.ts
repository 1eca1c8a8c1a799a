import type { Act } from "../../acts/act.ts";
import type { Ruling } from "../../acts/entry.ts";
import type { ReadRegister } from "../../register/register.ts";
import { type ThingKind, thingKey } from "../../rules/about.ts";
import { decisive } from "../findings.ts";
import { findingOf } from "../findings-of.ts";
import { sayList, sayMoney, sayNumber } from "../lang/figures.ts";
import { say, sayCount } from "../lang/say.ts";
import { titleIn } from "../lang/title-in.ts";
import { sayWord } from "../lang/words.ts";
import { sayPriceOf } from "../prices.ts";
import { describeAct } from "../words.ts";
import { calledIn, thingTitle } from "./thing.ts";

/** Why an act was refused, in the law's own words: of all its faults the one that decides. */
export type Because = { readonly rule: string; readonly says: string };

/** An act as a list has it: what was granted by its name, what was refused as a sentence that needs no knowledge of ids and rules. */
export type Plainly = { readonly what: string; readonly because?: Because };

export function sayPlainly(
  register: ReadRegister,
  act: Act,
  ruling: Ruling,
  at: number,
): Plainly {
  if (ruling.outcome === "granted")
    return { what: describeAct(act, calledIn(register)) };
  const found = decisive(ruling.findings);
  if (found === undefined) return { what: sayRefused(register, act) };
  const { rule, says } = findingOf(register, act, found, at);
  return { what: sayRefused(register, act), because: { rule, says } };
}

/** What was to be and why it is not, in one sentence. */
export function sentenceOf({ what, because }: Plainly): string {
  return because === undefined
    ? what
    : say("{what}; {why}", { what, why: because.says });
}

/** More names than these are counted. */
const NAMED_MAX = 3;

/**
 * What an act was for, by the titles in the register. Who is to be paid or to have a right is named, and not said to have asked for it: the
 * register knows who signed, and no more.
 */
function sayRefused(register: ReadRegister, act: Act): string {
  const called = (kind: ThingKind, id: string): string =>
    thingTitle(register, thingKey(kind, id));
  const datasets = (ids: readonly string[]): string =>
    ids.length > NAMED_MAX
      ? sayCount(ids.length, "{n} dataset", "{n} datasets", {
          n: sayNumber(ids.length),
        })
      : sayList(
          ids.map((id) => say("“{title}”", { title: called("dataset", id) })),
        );
  const applicant = (application: string): string => {
    const found = register.applications.get(application)?.act;
    return found === undefined
      ? application
      : called("organisation", found.organisation);
  };
  switch (act.kind) {
    case "feeStandard":
      return say("{payee} was to charge {price} for “{product}”", {
        payee:
          "body" in act.payee
            ? called("body", act.payee.body)
            : called("organisation", act.payee.organisation),
        price: sayPriceOf(act),
        product: called("product", act.product),
      });
    case "feeCeiling":
      return say("{price} was to be the most that “{product}” may cost", {
        price: sayPriceOf(act),
        product: called("product", act.product),
      });
    case "permit":
      return say("{who} was to use “{product}”, purpose “{purpose}”", {
        who: called("organisation", act.organisation),
        product: called("product", act.product),
        purpose: called("purpose", act.purpose),
      });
    case "permitRevoked": {
      const { permit } = act;
      const of = register.permits.get(permit)?.act.organisation;
      return of === undefined
        ? say("the permit {permit} was to be revoked", { permit })
        : say("{who} was to lose the permit {permit}", {
            ...{ who: called("organisation", of), permit },
          });
    }
    case "applicationReceived":
      return say("an application of {who} for “{product}” was to be entered", {
        who: called("organisation", act.organisation),
        product: called("product", act.product),
      });
    case "applicationRefused":
      return say("{who} was to have the application {id} refused", {
        ...{ who: applicant(act.application), id: act.application },
      });
    case "authorisation": {
      const what = {
        who: called("organisation", act.operator),
        datasets: datasets(act.datasets),
      };
      const said = act.exclusive
        ? say("{who} alone was to operate {datasets}", what)
        : say("{who} was to operate {datasets}", what);
      return act.price === undefined
        ? said
        : say("{what}, for {price}", {
            what: said,
            price: sayMoney(act.price.amount, act.price.currency),
          });
    }
    case "registrationApplied":
      return say("“{title}” was to be put up for registration by {who}", {
        title:
          "dataset" in act.resource
            ? called("dataset", act.resource.dataset)
            : called("product", act.resource.product),
        who:
          "body" in act.registrant
            ? called("body", act.registrant.body)
            : called("organisation", act.registrant.organisation),
      });
    case "withheld":
      return say("“{dataset}” was to be withheld, ground {ground}", {
        dataset: called("dataset", act.dataset),
        ground: sayWord(act.ground),
      });
    case "tenure":
      return say("the post “{post}” was to get a holder, {mode}", {
        post: called("post", act.post),
        mode: sayWord(act.mode),
      });
    case "product":
      return say("“{title}” was to be offered", { title: titleIn(act) });
    case "body":
    case "system":
    case "dataset":
    case "organisation":
    case "post":
      return say("“{title}” was to be registered", { title: titleIn(act) });
    default:
      return say("asked for: {what}", {
        what: describeAct(act, calledIn(register)),
      });
  }
}
