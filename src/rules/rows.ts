import type { ActKind } from "../acts/act.ts";
import { planItems } from "../acts/procedures.ts";
import { type Limit, ownRules } from "./own-rules.ts";
import { european } from "./rows-eu.ts";

/** A fact that an act states, as the members that lead to it. */
type Fact = string;
/** `max` may only be lowered by a rulebook, `min` only raised. */
export type Direction = "max" | "min";

/**
 * The few forms in which a rule looks at an act. A number of the law may be tightened as far as its `bound`: one that nobody can keep
 * could never be taken back. Days are counted on end from one date to another; `next` may be the entry itself (`entry`).
 */
export type Look =
  | { readonly form: "presence"; readonly of: Fact }
  | {
      readonly form: "items";
      readonly of: Fact;
      readonly all: readonly string[];
    }
  | { readonly form: "order"; readonly of: Fact; readonly next: Fact }
  | {
      readonly form: "span";
      readonly of: Fact;
      readonly next: Fact;
      readonly direction: Direction;
      readonly number: number;
      readonly bound: number;
    }
  | {
      readonly form: "number";
      readonly of: Fact;
      readonly direction: Direction;
      readonly number: number;
      readonly bound: number;
    }
  | { readonly form: "odd"; readonly of: Fact }
  /** A fact has one of these values. */
  | {
      readonly form: "set";
      readonly of: Fact;
      readonly in: readonly (string | boolean)[];
    }
  /** Months from one to the other; either may be the entry (`entry`), or the beginning that the act names, else its entry (`begins`). */
  | {
      readonly form: "term";
      readonly of: Fact;
      readonly next: Fact;
      readonly direction: Direction;
      readonly number: number;
      readonly bound: number;
    }
  /** An instant that lies at most so many months behind the entry, by the value of another fact. */
  | {
      readonly form: "untilBy";
      readonly of: Fact;
      readonly by: Fact;
      readonly months: Readonly<Record<string, number>>;
    }
  | {
      readonly form: "share";
      readonly of: Fact;
      readonly whole: Fact;
      readonly least: readonly [parts: number, of: number];
    }
  /** Where a fact has one of these values, these others are there too. */
  | {
      readonly form: "with";
      readonly of: Fact;
      readonly in: readonly string[];
      readonly facts: readonly Fact[];
    }
  | { readonly form: "differ"; readonly of: Fact; readonly from: Fact }
  /** Every one in a list of dates has an answer, so many days later at most, and before something else happens. */
  | {
      readonly form: "answered";
      readonly of: Fact;
      readonly before: Fact;
      readonly direction: "max";
      readonly number: number;
      readonly bound: number;
    };

/** One rule that a rulebook may adopt, and what it wants of acts of one kind. */
export type Row = {
  readonly rule: string;
  readonly kind: ActKind;
  /** It looks only where a fact has one of these values. */
  readonly only?: {
    readonly of: Fact;
    readonly in: readonly (string | boolean)[];
  };
  /** It looks as well where this fact is stated, whatever the other says. */
  readonly or?: Fact;
  /** Its text was not read, or in secondary sources only: what it finds is flagged, and refuses nothing. */
  readonly flags?: true;
  readonly looks: readonly Look[];
};

const inProcedure = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "authorisation" },
});
const inTender = (rule: string, ...looks: readonly Look[]): Row => ({
  ...inProcedure(rule, ...looks),
  only: { of: "procedure.method", in: ["openTender", "invitedTender"] },
  or: "procedure.tender",
});
const at = (name: string): Fact => `procedure.${name}`;
const ofTender = (name: string): Fact => at(`tender.${name}`);
const order = (of: Fact, next: Fact): Look => ({ form: "order", of, next });
const presence = (of: Fact): Look => ({ form: "presence", of });

const ofSecret = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "withheld" },
  only: { of: "ground", in: ["stateSecret"] },
});

const ofRevenue = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "permittedRevenue" },
});

/** The rules of the law that are rows. What they say, and where they were read, is in `law.ts`. */
const chinese: readonly Row[] = [
  inProcedure(
    "CN-CMP-02",
    presence(at("review")),
    order(at("review.on"), at("planDecision.on")),
    order(at("review.on"), "entry"),
    {
      ...{ form: "with", of: at("review.conclusion"), in: ["exception"] },
      facts: [at("review.ground"), at("review.until")],
    },
  ),
  inProcedure("CN-OPS-06", {
    ...{ form: "items", of: at("plan.items") },
    all: planItems,
  }),
  inProcedure(
    "CN-OPS-07",
    presence(at("planDecision")),
    order(at("planDecision.on"), ofTender("documentsIssued")),
    order(at("planDecision.on"), "entry"),
    presence(at("planFiling")),
    order(at("planDecision.on"), at("planFiling.on")),
    order(at("planFiling.on"), ofTender("documentsIssued")),
    order(at("planFiling.on"), "entry"),
  ),
  inProcedure("CN-OPS-08", presence("procedure")),
  inProcedure(
    "CN-OPS-09",
    presence(at("agreementDecision")),
    order(at("planDecision.on"), at("agreementDecision.on")),
    {
      ...{ form: "differ", of: at("agreementDecision.minutes.commitment") },
      from: at("planDecision.minutes.commitment"),
    },
    order(ofTender("awarded"), at("agreementDecision.on")),
    order(at("agreementDecision.on"), ofTender("signed")),
    order(ofTender("signed"), at("agreementFiling.on")),
    order(at("agreementDecision.on"), "entry"),
    presence(at("agreementFiling")),
    order(at("agreementDecision.on"), at("agreementFiling.on")),
    order(at("agreementFiling.on"), "entry"),
  ),
  inProcedure("CN-OPS-11", {
    ...{ form: "number", of: at("agreement.items") },
    ...{ direction: "min", number: 13, bound: 13 },
  }),
  inTender(
    "CN-TND-01",
    {
      ...{ form: "span", of: ofTender("documentsIssued") },
      ...{ next: ofTender("bidsDue"), direction: "min" },
      ...{ number: 20, bound: 180 },
    },
    order(ofTender("bidsDue"), ofTender("evaluated")),
    order(ofTender("evaluated"), "entry"),
  ),
  inTender(
    "CN-TND-02",
    {
      ...{ form: "span", of: ofTender("documentsIssued") },
      ...{ next: ofTender("documentsUntil"), direction: "min" },
      ...{ number: 5, bound: 180 },
    },
    order(ofTender("documentsUntil"), ofTender("bidsDue")),
  ),
  inTender("CN-TND-03", {
    ...{ form: "span", of: ofTender("noticeFrom") },
    ...{ next: ofTender("noticeUntil"), direction: "min" },
    ...{ number: 3, bound: 180 },
  }),
  inTender("CN-TND-03-BEGIN", {
    ...{ form: "span", of: ofTender("evaluated") },
    ...{ next: ofTender("noticeFrom"), direction: "max" },
    ...{ number: 3, bound: 0 },
  }),
  inTender(
    "CN-TND-04",
    {
      ...{ form: "answered", of: ofTender("objections") },
      ...{ before: ofTender("awarded"), direction: "max" },
      ...{ number: 3, bound: 0 },
    },
    order(ofTender("noticeUntil"), ofTender("awarded")),
  ),
  inTender(
    "CN-TND-07",
    {
      ...{ form: "span", of: ofTender("awarded") },
      ...{ next: ofTender("signed"), direction: "max" },
      ...{ number: 30, bound: 1 },
    },
    order(ofTender("signed"), "entry"),
  ),
  inTender(
    "CN-TND-08",
    {
      ...{ form: "number", of: ofTender("committee.members") },
      ...{ direction: "min", number: 5, bound: 99 },
    },
    { form: "odd", of: ofTender("committee.members") },
    {
      ...{ form: "share", of: ofTender("committee.outside") },
      ...{ whole: ofTender("committee.members"), least: [2, 3] },
    },
    {
      ...{ form: "number", of: ofTender("committee.interested") },
      ...{ direction: "max", number: 0, bound: 0 },
    },
  ),
  ofRevenue("CN-PRC-06", presence("survey"), presence("subsidy")),
  ofRevenue("CN-PRC-09", {
    ...{ form: "number", of: "years" },
    ...{ direction: "max", number: 3, bound: 1 },
  }),
  {
    ...{ rule: "CN-PRC-12", kind: "incomeStated" },
    looks: [presence("accounts")],
  },
  // By whose body a secret may be of which level needs the register: `withholding.ts`.
  ofSecret("CN-SSL-02", presence("proposal")),
  ofSecret("CN-SSL-03", presence("level"), presence("circle"), {
    ...{ form: "untilBy", of: "to", by: "level" },
    months: { topSecret: 360, confidential: 240, secret: 120 },
  }),
  {
    ...{ rule: "CN-OPN-02", kind: "authorisation", flags: true },
    looks: [{ form: "set", of: "exclusive", in: [false] }],
  },
  {
    ...{ rule: "CN-D20-01", kind: "product", flags: true },
    looks: [{ form: "set", of: "form", in: ["answer", "aggregate"] }],
  },
  ofSecret("CN-SSL-04", {
    ...{ form: "term", of: "entry", next: "review" },
    ...{ direction: "max", number: 12, bound: 1 },
  }),
];

export const rows: readonly Row[] = [...chinese, ...european];

/** The look whose number a rulebook may tighten: the first that has one. */
export function limitedLook(
  rule: string,
): Extract<Look, { readonly number: number }> | undefined {
  return limited.get(rule);
}

type Limited = Extract<Look, { readonly number: number }>;
const limited: ReadonlyMap<string, Limited> = new Map(
  rows.toReversed().flatMap(({ rule, looks }) => {
    const look = looks.find((one): one is Limited => "number" in one);
    return look === undefined ? [] : [[rule, look] as const];
  }),
);

/** What it finds is flagged and refuses nothing. */
export function onlyFlags(rule: string): boolean {
  const own = Object.hasOwn(ownRules, rule) ? ownRules[rule] : undefined;
  if (own !== undefined)
    return typeof own === "string"
      ? own === "no number, flags"
      : own.flags === true;
  return flagging.has(rule);
}
const flagging: ReadonlySet<string> = new Set(
  rows.filter(({ flags }) => flags === true).map(({ rule }) => rule),
);

/** A rulebook may adopt it. */
export function isAdoptable(rule: string): boolean {
  return Object.hasOwn(ownRules, rule) || rows.some((one) => one.rule === rule);
}

/** The number of a rule that a rulebook may adopt, if it has one. */
export function limitOf(rule: string): Limit | undefined {
  const own = Object.hasOwn(ownRules, rule) ? ownRules[rule] : undefined;
  return typeof own === "string" ? undefined : (own ?? limitedLook(rule));
}
