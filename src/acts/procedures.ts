import * as z from "zod/mini";
import {
  date,
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

/** With the province or the ministry, as the receipt of it says. */
const filing = z.strictObject({ on: date, paper: publicPaper });

/** What a body decided together, on which day, as its minutes say. */
const decision = z.strictObject({
  body: slug,
  on: date,
  minutes: privatePaper,
});

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
 * How an operator was chosen: every paper by its digest, and of each what the post that prepared the act found in it. Whoever signs the act
 * states it.
 */
export const procedure = z.strictObject({
  method: z.enum(
    ["openTender", "invitedTender", "negotiation", "otherCompetitive"],
    "one of openTender, invitedTender, negotiation, otherCompetitive",
  ),
  record: publicPaper,
  /** The review whether competition is restricted. */
  review: z.exactOptional(
    z.strictObject({
      conclusion: z.enum(
        ["noRestriction", "exception"],
        "noRestriction or exception",
      ),
      /** Of an exception: the listed ground, and the day on which it ends. */
      ground: z.exactOptional(ruleId),
      until: z.exactOptional(date),
      on: date,
      paper: publicPaper,
    }),
  ),
  plan: z.exactOptional(
    z.strictObject({
      paper: publicPaper,
      items: listOf(
        z.enum(planItems, `one of ${planItems.join(", ")}`),
        0,
        planItems.length,
      ),
    }),
  ),
  planDecision: z.exactOptional(decision),
  planFiling: z.exactOptional(filing),
  tender: z.exactOptional(tender),
  /** How many of the items that an agreement must have (Art 14) were found in it. */
  agreement: z.exactOptional(
    z.strictObject({ paper: publicPaper, items: people }),
  ),
  agreementDecision: z.exactOptional(decision),
  agreementFiling: z.exactOptional(filing),
});
