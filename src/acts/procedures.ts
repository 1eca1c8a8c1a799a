import * as z from "zod/mini";
import {
  count,
  date,
  flag,
  listOf,
  people,
  positive,
  privatePaper,
  publicPaper,
  ruleId,
  slug,
} from "./shapes.ts";

/** What a plan of authorised operation speaks of (发改数据规〔2025〕27号, Art 9). */
export const planItems = [
  "needAndFeasibility",
  "operatorCriteria",
  "mode",
  "dataRange",
  "updateAndQuality",
  "term",
  "exit",
  "productList",
  "costAndIncome",
  "safety",
  "rights",
  "supervision",
] as const;

const itemsOfPlan = listOf(
  z.enum(planItems, `one of ${planItems.join(", ")}`),
  0,
  planItems.length,
);

const method = z.enum(
  ["openTender", "invitedTender", "negotiation", "otherCompetitive"],
  "one of openTender, invitedTender, negotiation, otherCompetitive",
);

/** With the province or the ministry, as the receipt of it says. */
export const filing = { on: date, paper: publicPaper };

/** What a body decided together, on which day, as its minutes say. */
export const decision = { body: slug, on: date, minutes: privatePaper };

/** The review whether competition is restricted. */
const review = {
  conclusion: z.enum(
    ["noRestriction", "exception"],
    "noRestriction or exception",
  ),
  /** Of an exception: the listed ground, and the day on which it ends. */
  ground: z.exactOptional(ruleId),
  until: z.exactOptional(date),
  on: date,
  paper: publicPaper,
};

const plan = z.strictObject({ paper: publicPaper, items: itemsOfPlan });

/** How many of the items that an agreement must have (Art 14) were found in it. */
const agreement = z.strictObject({ paper: publicPaper, items: people });

/** Of a tender, what its rules count: days, people, objections. */
const tender = z.strictObject({
  documentsIssued: date,
  documentsUntil: date,
  bidsDue: date,
  /** Told, and counted by no rule yet. */
  bidders: positive,
  /** Who judged: how many, how many of them experts from outside, and how many declared an interest in a bidder. */
  committee: z.strictObject({
    members: people,
    outside: people,
    interested: people,
  }),
  evaluated: date,
  noticeFrom: date,
  noticeUntil: date,
  objections: listOf(
    z.strictObject({ on: date, answered: z.exactOptional(date) }),
    0,
    256,
  ),
  awarded: date,
  signed: date,
});

/**
 * How an operator was chosen, told afterwards: every paper by its digest, and of each what the post that prepared the act found in it.
 * Whoever signs the act states it. Where its steps are acts of their own they add up to the same facts.
 */
export const procedure = z.strictObject({
  method,
  record: publicPaper,
  review: z.exactOptional(z.strictObject(review)),
  plan: z.exactOptional(plan),
  planDecision: z.exactOptional(z.strictObject(decision)),
  planFiling: z.exactOptional(z.strictObject(filing)),
  tender: z.exactOptional(tender),
  agreement: z.exactOptional(agreement),
  agreementDecision: z.exactOptional(z.strictObject(decision)),
  agreementFiling: z.exactOptional(z.strictObject(filing)),
});

/** A body wants somebody to operate datasets, by a plan, and says how that somebody is chosen. */
export const procedureOpened = z.strictObject({
  kind: z.literal("procedureOpened"),
  procedure: slug,
  body: slug,
  datasets: listOf(slug, 1, 256),
  exclusive: flag,
  method,
  plan: z.exactOptional(plan),
  record: publicPaper,
});

/** One who judges: whether from outside, and whether the declaration tells of an interest in a bidder. */
const judge = z.strictObject({
  outside: flag,
  declaration: privatePaper,
  interest: flag,
});

/** What happened, by the paper or the OCDS release of the platform on which it did. */
const step = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("review"), ...review }),
  z.strictObject({ name: z.literal("planDecided"), ...decision }),
  z.strictObject({ name: z.literal("planFiled"), ...filing }),
  z.strictObject({
    name: z.literal("documentsIssued"),
    on: date,
    until: date,
    bidsDue: date,
    paper: publicPaper,
  }),
  z.strictObject({
    name: z.literal("bidsClosed"),
    on: date,
    bidders: listOf(slug, 1, 256),
    committee: listOf(judge, 1, 99),
    paper: publicPaper,
  }),
  z.strictObject({
    name: z.literal("evaluated"),
    on: date,
    scores: listOf(z.strictObject({ bidder: slug, score: count }), 1, 256),
    paper: publicPaper,
  }),
  z.strictObject({
    name: z.literal("noticed"),
    bidder: slug,
    on: date,
    until: date,
    paper: publicPaper,
  }),
  z.strictObject({ name: z.literal("agreementDecided"), ...decision }),
  z.strictObject({ name: z.literal("signed"), on: date, agreement }),
  z.strictObject({ name: z.literal("agreementFiled"), ...filing }),
]);

/** The next step of a procedure; the award has a kind of its own, since another post makes it. */
export const procedureStep = z.strictObject({
  kind: z.literal("procedureStep"),
  procedure: slug,
  step,
});

export const procedureAwarded = z.strictObject({
  kind: z.literal("procedureAwarded"),
  procedure: slug,
  bidder: slug,
  on: date,
  paper: publicPaper,
});

/** It ends without an award; the reason stands for ever. */
export const procedureWithdrawn = z.strictObject({
  kind: z.literal("procedureWithdrawn"),
  procedure: slug,
  reason: z.enum(
    ["disputed", "noCompetition", "planChanged", "mistake", "order"],
    "one of disputed, noCompetition, planChanged, mistake, order",
  ),
  paper: publicPaper,
});

/**
 * Somebody objects: to the documents, to the result, or before the supervisor. Who and why is in the paper. A complaint says since when its
 * sender knew.
 */
export const objectionReceived = z.strictObject({
  kind: z.literal("objectionReceived"),
  procedure: slug,
  objection: slug,
  stage: z.enum(
    ["documents", "result", "complaint"],
    "one of documents, result, complaint",
  ),
  on: date,
  knew: z.exactOptional(date),
  paper: privatePaper,
});

/** Of a complaint also on which day it was admitted. */
export const objectionAnswered = z.strictObject({
  kind: z.literal("objectionAnswered"),
  procedure: slug,
  objection: slug,
  outcome: z.enum(
    ["rejected", "upheld", "notAdmitted", "retracted"],
    "one of rejected, upheld, notAdmitted, retracted",
  ),
  admitted: z.exactOptional(date),
  paper: privatePaper,
});

/** Another post has looked into papers, and says what it found in each of them. */
export const attested = z.strictObject({
  kind: z.literal("attested"),
  attestation: slug,
  papers: listOf(z.union([publicPaper, privatePaper], "a paper"), 1, 99),
  found: z.discriminatedUnion("what", [
    z.strictObject({ what: z.literal("plan"), items: itemsOfPlan }),
    z.strictObject({ what: z.literal("agreement"), items: people }),
    z.strictObject({ what: z.literal("noTie") }),
    z.strictObject({ what: z.literal("complete"), on: date }),
  ]),
});
