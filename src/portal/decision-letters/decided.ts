import { showDate, civilAt } from "../../acts/dates.ts";
import type { ReadRegister } from "../../register/register.ts";
import { productTitle } from "../applicant/foresee.ts";
import { sayValue } from "../desk/field-said.ts";
import { sayInstant, sayMoney, sayTime } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { purposeTitle, titleOf } from "../lang/title-in.ts";
import type { Addressee, Letter } from "./letter.ts";

/** To whom a letter goes, as its head says. */
export function sayAddressee(
  register: ReadRegister,
  { addressee, act }: Pick<Letter, "addressee" | "act">,
): string {
  if (addressee === "whoever asked")
    return act.kind === "questionAnswered"
      ? say("To whoever asked question {question}", { question: act.question })
      : say("To whoever raised the objection");
  if (addressee === undefined) return say("To whom it concerns");
  return named(register, addressee);
}

function named(register: ReadRegister, addressee: Addressee): string {
  if (typeof addressee !== "object") return "";
  return "organisation" in addressee
    ? titleOf(
        register.organisations.get(addressee.organisation),
        addressee.organisation,
      )
    : titleOf(register.bodies.get(addressee.body), addressee.body);
}

/** The decision in one or two sentences, out of what its entry says. */
export function sayDecided(
  register: ReadRegister,
  { act, addressee }: Letter,
): string {
  const who = named(register, addressee);
  const at = (instant: number): string =>
    sayInstant(instant, register.offsetMinutes);
  switch (act.kind) {
    case "permit":
      return say(
        "{who} may use {product} for the purpose {purpose}, by permit {permit}.",
        {
          who,
          product: productTitle(register, act.product),
          purpose: purposeTitle(register, act.purpose),
          permit: act.permit,
        },
      );
    case "permitRevoked":
      return say(
        "Permit {permit} of {who} is revoked. The revocation takes effect with its entry.",
        { who, permit: act.permit },
      );
    case "renewalGranted":
      return say(
        "Permit {permit} of {who} stands for another term, until {to}.",
        {
          ...{ who, permit: act.permit, to: at(act.to) },
        },
      );
    case "renewalRefused":
      return say("Another term for permit {permit} of {who} is refused.", {
        ...{ who, permit: act.permit },
      });
    case "applicationRefused":
      return say("Application {application} of {who} is refused.", {
        ...{ who, application: act.application },
      });
    case "completionAsked":
      return say(
        "Something is missing in application {application} of {who}. It is to come by {by}; the clock of the application stands until then.",
        { who, application: act.application, by: at(act.by) },
      );
    case "applicationExtended":
      return say(
        "The term in which application {application} of {who} is decided is made longer, once, until {due}.",
        { who, application: act.application, due: at(act.due) },
      );
    case "applicationWithdrawn":
      return say(
        "Application {application} was withdrawn by {who}. It is not decided.",
        { who, application: act.application },
      );
    case "authorisation":
      return say(
        "{who} may operate the datasets that are named below, by authorisation {authorisation}.",
        { who, authorisation: act.authorisation },
      );
    case "authorisationEnded":
      return say("Authorisation {authorisation} of {who} is ended.", {
        ...{ who, authorisation: act.authorisation },
      });
    case "feeStandard":
      return say(
        "{who} may charge {amount} per {unit} for {product}, by price {fee}.",
        {
          who,
          amount: sayMoney(act.amount, act.currency),
          unit: sayValue(act.unit),
          product: productTitle(register, act.product),
          fee: act.fee,
        },
      );
    case "feeEnded":
      return say("Price {fee} of {who} is ended.", { who, fee: act.fee });
    case "questionAnswered":
      return say("Question {question} is answered.", {
        question: act.question,
      });
    case "objectionAnswered":
      return say(
        "Objection {objection} in procedure {procedure} is decided: {outcome}.",
        {
          objection: act.objection,
          procedure: act.procedure,
          outcome: sayValue(act.outcome),
        },
      );
  }
}

/** The day of a decision, in the office's own time. */
export function sayDay(
  at: number,
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
): string {
  return sayTime(showDate(civilAt(at, offsetMinutes)));
}
