import type { ActKind } from "../acts/act.ts";
import { planItems } from "../acts/procedures.ts";

/** A fact that an act states, as the members that lead to it. */
type Fact = string;
/** `max` may only be lowered by a rulebook, `min` only raised. */
export type Direction = "max" | "min";

/**
 * The few forms in which a rule looks at an act. Days are counted on end from one date to another; `next` may be the entry itself (`entry`).
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
    }
  | {
      readonly form: "number";
      readonly of: Fact;
      readonly direction: Direction;
      readonly number: number;
    }
  | { readonly form: "odd"; readonly of: Fact }
  /** An instant that lies at most so many months behind the entry, all told or by the value of another fact. */
  | {
      readonly form: "until";
      readonly of: Fact;
      readonly direction: "max";
      readonly number: number;
    }
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
  /** Every one in a list of dates has an answer, so many days later at most. */
  | {
      readonly form: "answered";
      readonly of: Fact;
      readonly direction: "max";
      readonly number: number;
    };

/** One rule that a rulebook may adopt, and what it wants of acts of one kind. */
export type Row = {
  readonly rule: string;
  readonly kind: ActKind;
  /** It looks only where a fact has one of these values. */
  readonly only?: { readonly of: Fact; readonly in: readonly string[] };
  readonly looks: readonly Look[];
};

const inProcedure = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "authorisation" },
});
const inTender = (rule: string, ...looks: readonly Look[]): Row => ({
  ...inProcedure(rule, ...looks),
  only: { of: "procedure.method", in: ["openTender", "invitedTender"] },
});
const at = (name: string): Fact => `procedure.${name}`;
const ofTender = (name: string): Fact => at(`tender.${name}`);

const ofSecret = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "withheld" },
  only: { of: "ground", in: ["stateSecret"] },
});

/** The rules of the law that are rows. What they say, and where they were read, is in `law.ts`. */
export const rows: readonly Row[] = [
  inProcedure(
    "CN-CMP-02",
    { form: "presence", of: at("review") },
    { form: "order", of: at("review.on"), next: at("planDecision.on") },
    { form: "order", of: at("review.on"), next: "entry" },
  ),
  inProcedure("CN-OPS-06", {
    ...{ form: "items", of: at("plan.items") },
    all: planItems,
  }),
  inProcedure(
    "CN-OPS-07",
    { form: "presence", of: at("planDecision") },
    { form: "order", of: at("planDecision.on"), next: "entry" },
  ),
  inProcedure("CN-OPS-08", { form: "presence", of: "procedure" }),
  inProcedure(
    "CN-OPS-09",
    { form: "presence", of: at("agreementDecision") },
    {
      form: "order",
      of: at("planDecision.on"),
      next: at("agreementDecision.on"),
    },
    { form: "order", of: at("agreementDecision.on"), next: "entry" },
    { form: "presence", of: at("filing") },
  ),
  inProcedure("CN-OPS-11", {
    ...{ form: "number", of: at("agreement.items") },
    ...{ direction: "min", number: 13 },
  }),
  inTender("CN-TND-01", {
    ...{ form: "span", of: ofTender("documentsIssued") },
    ...{ next: ofTender("bidsDue"), direction: "min", number: 20 },
  }),
  inTender("CN-TND-02", {
    ...{ form: "span", of: ofTender("documentsIssued") },
    ...{ next: ofTender("documentsUntil"), direction: "min", number: 5 },
  }),
  inTender("CN-TND-03", {
    ...{ form: "span", of: ofTender("noticeFrom") },
    ...{ next: ofTender("noticeUntil"), direction: "min", number: 3 },
  }),
  inTender("CN-TND-03-BEGIN", {
    ...{ form: "span", of: ofTender("evaluated") },
    ...{ next: ofTender("noticeFrom"), direction: "max", number: 3 },
  }),
  inTender(
    "CN-TND-04",
    {
      ...{ form: "answered", of: ofTender("objections") },
      ...{ direction: "max", number: 3 },
    },
    { form: "order", of: ofTender("noticeUntil"), next: ofTender("awarded") },
  ),
  inTender(
    "CN-TND-07",
    {
      ...{ form: "span", of: ofTender("awarded") },
      ...{ next: ofTender("signed"), direction: "max", number: 30 },
    },
    { form: "order", of: ofTender("signed"), next: "entry" },
  ),
  inTender(
    "CN-TND-08",
    {
      ...{ form: "number", of: ofTender("committee.members") },
      ...{ direction: "min", number: 5 },
    },
    { form: "odd", of: ofTender("committee.members") },
    {
      ...{ form: "share", of: ofTender("committee.outside") },
      ...{ whole: ofTender("committee.members"), least: [2, 3] },
    },
    {
      ...{ form: "number", of: ofTender("committee.interested") },
      ...{ direction: "max", number: 0 },
    },
  ),
  // By whose body a secret may be of which level needs the register: `withholding.ts`.
  ofSecret("CN-SSL-02", { form: "presence", of: "proposal" }),
  ofSecret(
    "CN-SSL-03",
    { form: "presence", of: "level" },
    { form: "presence", of: "circle" },
    {
      ...{ form: "untilBy", of: "to", by: "level" },
      months: { topSecret: 360, confidential: 240, secret: 120 },
    },
  ),
  ofSecret("CN-SSL-04", {
    ...{ form: "until", of: "review" },
    ...{ direction: "max", number: 12 },
  }),
];

/** The number of a rule that a rulebook may tighten: that of the first look that has one. */
export function limitOf(
  rule: string,
): { readonly direction: Direction; readonly number: number } | undefined {
  const row = rows.find((one) => one.rule === rule);
  return row?.looks.find((look) => "number" in look);
}
