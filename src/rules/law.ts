/** How far a rule was read: T in the text of the rule itself; house for Vitrine's own invariants and conventions. */
export type ReadMark = "T" | "house";

export type Law = {
  readonly cites: string;
  readonly mark: ReadMark;
  /** One sentence that a citizen understands. */
  readonly says: string;
  /** The next lawful step for whoever was refused by it. */
  readonly next: string;
};

const house = (id: string, says: string, next: string): Law => ({
  cites: `Vitrine ${id}`,
  mark: "house",
  says,
  next,
});

/** Sentences and citations by rule, for edition 1. Entries hold rule ids only. */
export const law: Readonly<Record<string, Law>> = {
  "CN-PRC-01": {
    cites: "发改价格〔2025〕65号, section 1",
    mark: "T",
    says: "use for public governance or public welfare is free of charge",
    next: "offer it free of charge for these purposes",
  },
  "CN-PRC-03": {
    cites: "发改价格〔2025〕65号, section 2",
    mark: "T",
    says: "a price needs an approved ceiling above it",
    next: "ask the price authority for a ceiling for an operator, or serve free of charge",
  },
  "CN-PRC-14": {
    cites: "Price Law Art 13",
    mark: "T",
    says: "nothing may be charged that was not shown in advance",
    next: "let the price begin after its publication",
  },
  "CN-PRC-18": {
    cites: "Price Law Art 45",
    mark: "T",
    says: "the approver has no power over this price",
    next: "ask the authority whose price power it is",
  },
  "CN-DEP-04": {
    cites: "Price Law Art 47",
    mark: "T",
    says: "no law lets this payee charge: an approval is not a ground",
    next: "free of charge (publish), or ask the price authority for a ceiling for an operator",
  },
  "CN-OPS-10": {
    cites: "发改数据规〔2025〕27号, Art 14(2)",
    mark: "T",
    says: "an authorisation has an end, at most five years away",
    next: "name an end inside the limit of the rulebook",
  },
  "CN-CMP-02": {
    cites: "Fair Competition Review Regulation, Art 8, 10, 12, 16-18",
    mark: "T",
    says: "what may restrict competition is reviewed no later than it is decided, and an exception has its ground and its end",
    next: "let the review be made, and state its conclusion, its day, and of an exception its ground and end",
  },
  "CN-OPS-06": {
    cites: "发改数据规〔2025〕27号, Art 9",
    mark: "T",
    says: "an operation is authorised by a plan with its twelve items",
    next: "complete the plan",
  },
  "CN-OPS-07": {
    cites: "发改数据规〔2025〕27号, Art 11",
    mark: "T",
    says: "the plan is decided by the body as a whole, as its minutes say, and filed, before anybody bids",
    next: "let the plan be decided together and filed, and state by which minutes",
  },
  "CN-OPS-08": {
    cites: "发改数据规〔2025〕27号, Art 12",
    mark: "T",
    says: "an operator is chosen in competition, never simply appointed",
    next: "choose the operator by tender, negotiation or another fair way, and state its record",
  },
  "CN-OPS-09": {
    cites: "发改数据规〔2025〕27号, Art 13",
    mark: "T",
    says: "the agreement is signed after a second decision together, and filed",
    next: "let the agreement be decided together and filed",
  },
  "CN-OPS-11": {
    cites: "发改数据规〔2025〕27号, Art 14",
    mark: "T",
    says: "an agreement has its thirteen items",
    next: "complete the agreement",
  },
  "CN-TND-01": {
    cites: "Tendering Law Art 24",
    mark: "T",
    says: "bidders have 20 days at least from the documents to the bids",
    next: "tender again, and give bidders their time",
  },
  "CN-TND-02": {
    cites: "Tendering Regulation Art 16",
    mark: "T",
    says: "tender documents are given out for 5 days at least",
    next: "tender again, and give the documents out for longer",
  },
  "CN-TND-03": {
    cites: "Tendering Regulation Art 54",
    mark: "T",
    says: "who is to win stands in public for 3 days at least",
    next: "let the notice stand for longer, and award behind it",
  },
  "CN-TND-03-BEGIN": {
    cites: "Tendering Regulation Art 54",
    mark: "T",
    says: "who is to win is told the public within 3 days of the report",
    next: "state a notice that began within its days, or evaluate and notice again",
  },
  "CN-TND-04": {
    cites: "Tendering Regulation Art 54",
    mark: "T",
    says: "an objection to a result is answered within 3 days, and nothing is awarded before",
    next: "answer every objection in its days and before the award; where that is past, award again",
  },
  "CN-TND-07": {
    cites: "Tendering Law Art 46",
    mark: "T",
    says: "the contract is signed within 30 days of the award",
    next: "state a contract that was signed in time, or award again",
  },
  "CN-TND-08": {
    cites: "Tendering Law Art 37",
    mark: "T",
    says: "five or more judge a tender, an odd number, two thirds of them experts from outside, and none with an interest in a bidder",
    next: "let another committee judge",
  },
  "CN-LIC-01": {
    cites: "Administrative Licensing Law Art 42, 44",
    mark: "T",
    says: "an application is decided within its term, which is extended once, for reasons that the applicant is told",
    next: "name a nearer day",
  },
  "CN-REV-01": {
    cites: "Administrative Review Law 2023 Art 20",
    mark: "T",
    says: "an administrative review may be asked for within 60 days",
    next: "name a day that is 60 days away at least",
  },
  "CN-SSL-02": {
    cites: "State Secrets Law 2024, Art 16, 17",
    mark: "T",
    says: "a secret is made by the officer whose role that is, on a written proposal, within the power of the body",
    next: "let the proposal be written, and the officer of a body with that power approve it",
  },
  "CN-SSL-03": {
    cites: "State Secrets Law 2024, Art 19, 20",
    mark: "T",
    says: "a secret has a level, a circle of persons and a term: 30, 20 or 10 years at most",
    next: "name level, circle and term",
  },
  "CN-SSL-04": {
    cites: "State Secrets Law 2024, Art 24",
    mark: "T",
    says: "a secret is looked at again every year",
    next: "name a day within a year on which it is looked at again",
  },
  "CN-PI-01": {
    cites: "Personal Information Protection Law Art 34",
    mark: "T",
    says: "a state body handles personal data by its statutory powers and procedures, and only as far as its duty needs",
    next: "name the statutory power and keep within it",
  },
  "CN-PI-02": {
    cites: "Personal Information Protection Law Art 13, 23",
    mark: "T",
    says: "personal data are given to another handler with the person's separate consent",
    next: "ask the person for consent, or name another legal basis",
  },
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

/** The law behind a rule id; an unknown id is shown as itself rather than hidden. */
export function lawOf(rule: string): Law {
  return (
    law[rule] ??
    house(rule, `rule ${rule} is not known to this edition`, "ask the office")
  );
}
