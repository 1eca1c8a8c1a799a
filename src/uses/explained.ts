import * as z from "zod/mini";
import { finding } from "../acts/entry.ts";
import { rowFilter } from "../acts/rights.ts";
import {
  count,
  currency,
  feeUnit,
  fieldName,
  form,
  instant,
  money,
  positive,
  purposeClass,
  ruleId,
  slug,
} from "../acts/shapes.ts";

/** What an explanation says, as it leaves; sentences are made of it where people read it. */
const thing = z.enum([
  "dataset",
  "product",
  "permit",
  "authorisation",
  "contribution",
  "fee",
  "ceiling",
  "rulebook",
]);
const names = z.array(fieldName);

/** Something that the decision rests on, with the entry of the register log that says so. */
export const rest = z.strictObject({
  what: thing,
  id: slug,
  entry: count,
  until: z.exactOptional(instant),
});

export const payee = z.union([
  z.strictObject({ body: slug }),
  z.strictObject({ organisation: slug }),
]);

export const explainedPrice = z.strictObject({
  because: z.enum([
    "open data",
    "CN-PRC-01",
    "no fee in force for this class",
    "fee",
  ]),
  fee: z.exactOptional(
    z.strictObject({
      fee: slug,
      amount: money,
      currency,
      unit: feeUnit,
      payee,
      ground: z.exactOptional(slug),
      /** The rule of the rulebook in force that the ground stands for. */
      rule: z.exactOptional(ruleId),
      ceiling: z.exactOptional(
        z.strictObject({ ceiling: slug, amount: money }),
      ),
    }),
  ),
  /** What this one answer costs at most, in minor units. */
  most: money,
});

const left = z.strictObject({
  calls: z.exactOptional(count),
  steps: z.exactOptional(count),
});

export const explainedPermit = z.strictObject({
  permit: slug,
  organisation: slug,
  purpose: slug,
  purposeClass: z.exactOptional(purposeClass),
  fields: names,
  where: names,
  /** Rows that the permit reaches; all of them where it is absent. */
  rows: z.exactOptional(z.array(rowFilter)),
  rowsMax: positive,
  quota: z.strictObject({
    calls: z.exactOptional(positive),
    steps: z.exactOptional(positive),
  }),
  /** What is left of the quota; absent where it is not known to whoever asks. */
  left: z.exactOptional(left),
});

/** Why a permit, or what a permit could be had for, is not enough. */
export const lack = z.discriminatedUnion("lack", [
  z.strictObject({ lack: z.literal("form"), form }),
  z.strictObject({ lack: z.literal("field"), name: fieldName }),
  z.strictObject({ lack: z.literal("condition"), name: fieldName }),
  z.strictObject({ lack: z.literal("rows"), most: positive }),
  z.strictObject({ lack: z.enum(["calls", "steps"]), left: count }),
  z.strictObject({ lack: z.literal("purpose"), purpose: slug }),
  z.strictObject({ lack: z.literal("rulebook"), purpose: slug }),
  z.strictObject({ lack: z.literal("case"), purpose: slug }),
  z.strictObject({ lack: z.literal("key"), key: names }),
  z.strictObject({ lack: z.literal("token") }),
  z.strictObject({
    lack: z.literal("ended"),
    what: thing,
    id: slug,
    /** By itself at that time, or by an act. */
    at: instant,
    entry: z.exactOptional(count),
  }),
  z.strictObject({
    lack: z.literal("notYet"),
    what: thing,
    id: slug,
    from: instant,
    /** The entry that takes effect then, after the delay of the rulebook. */
    delayed: z.exactOptional(count),
  }),
]);

export const nearest = z.discriminatedUnion("near", [
  /** A permit of the same organisation, and what it lacks. */
  z.strictObject({
    near: z.literal("permit"),
    permit: slug,
    product: slug,
    lacks: z.array(lack),
  }),
  /** Something offered, for which this organisation has no permit. */
  z.strictObject({
    near: z.literal("product"),
    product: slug,
    form,
    purposes: z.array(slug),
    lacks: z.array(lack),
  }),
  /** Some fields of the dataset are open, others are not; where all are, a product need not be named. */
  z.strictObject({
    near: z.literal("open"),
    open: names,
    closed: names,
  }),
  /** Nothing would allow it. */
  z.strictObject({ near: z.literal("never"), rule: ruleId }),
]);

const common = {
  /** The slot under which it would be entered. */
  slot: z.strictObject({
    name: z.enum(["hour", "minute"]),
    from: instant,
    to: instant,
  }),
  organisation: z.exactOptional(slug),
  dataset: slug,
  product: z.string(),
  form,
  /** The purpose that was named. */
  purpose: z.exactOptional(slug),
  asked: z.strictObject({ fields: names, where: names, rows: count }),
};

export const useExplained = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("open"),
    ...common,
    rule: ruleId,
    price: explainedPrice,
    rests: z.array(rest),
  }),
  z.strictObject({
    outcome: z.literal("admitted"),
    ...common,
    rule: ruleId,
    permit: explainedPermit,
    price: explainedPrice,
    rests: z.array(rest),
  }),
  z.strictObject({
    outcome: z.literal("refused"),
    ...common,
    findings: z.array(finding),
    nearest: z.array(nearest),
  }),
]);

export type UseExplained = z.infer<typeof useExplained>;
export type Rest = z.infer<typeof rest>;
export type Lack = z.infer<typeof lack>;
export type Nearest = z.infer<typeof nearest>;
export type ExplainedPrice = z.infer<typeof explainedPrice>;
export type Thing = z.infer<typeof thing>;
