import { house, type Law } from "../law-shape.ts";

/** Vitrine's own invariants and conventions. */
export const ofHouse: Readonly<Record<string, Law>> = {
  I1: house(
    "invariant 1",
    "nothing is served or offered that is not registered",
    "register it first",
  ),
  I2: house(
    "invariant 2",
    "nothing is served without a permit in force for that product, or an open classification",
    "apply for a permit",
  ),
  I3: house(
    "invariant 3",
    "nothing is charged without product, price, power, ground and publication",
    "bring what is missing, or serve free of charge",
  ),
  I4: house(
    "invariant 4",
    "an act counts only if holders of posts with that power signed it, inside their tenure",
    "let the holder of a post with that power sign",
  ),
  I5: house(
    "invariant 5",
    "a right, a price and a secret have an end or a review date",
    "name an end",
  ),
  I9: house(
    "invariant 9",
    "nothing in a log says who somebody is",
    "leave identifiers and subjects out",
  ),
  I12: house(
    "invariant 12",
    "free aggregates over personal data need a total privacy budget, which does not exist yet",
    "offer answers or records",
  ),
  I13: house(
    "invariant 13",
    "a rulebook can only tighten",
    "adopt a number that is no looser",
  ),
  I14: house(
    "invariant 14",
    "nothing works backwards",
    "let it begin no earlier than its entry",
  ),
  I17: house(
    "invariant 17",
    "no post appoints its own superior, its own auditor or itself, and the first entry alone is the founding act",
    "let another post sign",
  ),
  "V-REF": house(
    "convention REF",
    "an act names only what stands in the register",
    "register what it names first",
  ),
  "V-NEW": house(
    "convention NEW",
    "a new thing has an id that was never used",
    "choose another id",
  ),
  "V-ORDER": house(
    "convention ORDER",
    "a beginning lies before its end",
    "correct the dates",
  ),
  "V-PUR": house(
    "convention PUR",
    "the purpose is not in the adopted list",
    "name a purpose of the adopted list",
  ),
  "V-SCOPE": house(
    "convention SCOPE",
    "a right reaches no further than what it rests on",
    "stay inside the product, the authorisation or the permit",
  ),
  "V-FORM": house(
    "convention FORM",
    "a product is complete for its form",
    "complete the product",
  ),
  "V-STEP": house(
    "convention STEP",
    "for personal data a step of the fee is at least 100 rows",
    "let a step be at least 100 rows",
  ),
  "V-ENDED": house(
    "convention ENDED",
    "what has ended cannot be ended or used again",
    "ask for a new one",
  ),
  "V-QUOTA": house(
    "convention QUOTA",
    "a permit's quota is used up",
    "ask for a larger quota",
  ),
  "V-LIMIT": house(
    "convention LIMIT",
    "the limit of answers per asker or per subject is reached for today",
    "ask again tomorrow",
  ),
  "V-CONFIRMED": house(
    "convention CONFIRMED",
    "a right from before the office was confirmed from this entry on, never longer than the original",
    "none is needed",
  ),
  "V-NOTICE": house(
    "convention NOTICE",
    "what was lent with notice is taken back with that notice",
    "name an end that lies the days of notice away",
  ),
  "V-QUESTION": house(
    "convention QUESTION",
    "a question about a use is answered within the days of the rulebook",
    "name a nearer day",
  ),
  "V-ONCE": house(
    "convention ONCE",
    "of an application everything that is missing is asked for at once, it is completed once and extended once",
    "decide it as it is",
  ),
  "V-PROCEDURE": house(
    "convention PROCEDURE",
    "a procedure goes its steps in their order, and what is over does not go on",
    "take the step that is named as the next",
  ),
  "V-REGISTERED": house(
    "convention REGISTERED",
    "a resource has one registration at a time: the first until it had a code, and then further ones",
    "go on with the registration that runs, or name the other type",
  ),
  "V-WITHHELD": house(
    "convention WITHHELD",
    "what is withheld is not offered, and what is open is not withheld",
    "withdraw the product first, or end the withholding",
  ),
  "V-CALENDAR": house(
    "convention CALENDAR",
    "a calendar says of days of its year, each once, whether they are worked, and a term in working days names the calendar by which they are counted",
    "correct the days, or name the calendar",
  ),
  "V-CASE": house(
    "convention CASE",
    "whoever asks for this purpose names the number of a case",
    "ask again with the number of the case",
  ),
  "V-ENGINE": house(
    "convention ENGINE",
    "the answer would have been larger, or would have taken longer, than the gate allows",
    "ask for less",
  ),
  "V-EDITION": house(
    "convention EDITION",
    "this edition does not do it yet",
    "wait for a later edition",
  ),
};
