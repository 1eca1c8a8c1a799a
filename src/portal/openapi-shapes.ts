import * as z from "zod/mini";
import { dataset, field, product } from "../acts/data.ts";
import { ruling } from "../acts/entry.ts";
import { vintage } from "../acts/record.ts";
import {
  count,
  feeUnit,
  fieldName,
  instant,
  keyId,
  payerClass,
  publicKey32,
  ruleId,
  slug,
} from "../acts/shapes.ts";
import { statement, submission } from "../acts/statement.ts";
import { ALIKE_OUTCOMES } from "../register/alike-decisions.ts";
import { useExplained } from "../uses/explained.ts";
import { request } from "../uses/plan.ts";
import { receipt } from "../uses/receipt.ts";

/** What goes in and comes out over the web, named as the OpenAPI document names it. */
const text = z.string();
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const error = z.strictObject({
  code: text,
  /** One line, for people. */
  message: text,
  rule: z.exactOptional(ruleId),
  cites: z.exactOptional(text),
});
const findingLine = z.strictObject({
  rule: ruleId,
  says: text,
  cites: text,
  facts: text,
  next: text,
});
const rows = z.strictObject({
  rows: z.array(z.record(fieldName, cell)),
  /** Where the next page begins; absent behind the last. */
  cursor: z.exactOptional(text),
  /** There are more groups than the limit. */
  more: z.exactOptional(z.literal(true)),
});
const word = z.strictObject({ answer: z.enum(["yes", "no", "notOnRecord"]) });
const price = z.strictObject({
  /** In minor units. */
  amount: count,
  currency: z.exactOptional(text),
  because: text,
  fee: z.exactOptional(slug),
  payee: z.exactOptional(text),
  ceiling: z.exactOptional(count),
  ground: z.exactOptional(slug),
  /** The rule that the rulebook in force names for the ground. */
  rule: z.exactOptional(ruleId),
  class: z.exactOptional(payerClass),
  /** Minor units for one unit of the fee, and the highest that another class pays. */
  rate: z.exactOptional(count),
  unit: z.exactOptional(feeUnit),
  fullRate: z.exactOptional(count),
});
const entered = z.strictObject({ entry: count, at: instant });

export const SHAPES = {
  Error: z.strictObject({ error }),
  Refusal: z.strictObject({ error, findings: z.array(findingLine) }),
  Request: request,
  Rows: rows,
  Answer: z.strictObject({
    answer: z.union([rows, word]),
    receipt,
    leaf: text,
    permit: z.exactOptional(slug),
    price,
  }),
  Explanation: z.strictObject({
    explanation: useExplained,
    says: z.array(text),
    findings: z.array(findingLine),
    nearest: z.array(text),
  }),
  Product: z.strictObject({
    product,
    entry: count,
    ended: z.exactOptional(entered),
    fields: z.array(field),
    permits: z.array(
      z.strictObject({
        permit: slug,
        purpose: slug,
        fields: z.array(fieldName),
        where: z.array(fieldName),
      }),
    ),
  }),
  Dataset: z.strictObject({
    dataset,
    entry: count,
    vintage: z.exactOptional(vintage),
    /** At the address that ends in .json: what else the page says. */
    about: z.exactOptional(z.looseObject({})),
  }),
  /** Of a stream or a file: of its use, and of what a stream came to. */
  Receipts: z.strictObject({ use: receipt, settle: z.exactOptional(receipt) }),
  Submission: submission,
  Statement: statement,
  Entered: z.strictObject({ index: count, leaf: text, ruling, receipt }),
  Decided: z.strictObject({
    ruling,
    looked: z.array(
      z.strictObject({
        rule: text,
        result: z.enum(["kept", "breach", "missing"]),
      }),
    ),
    mayState: z.array(text),
    alike: z.array(
      z.strictObject({
        outcome: z.enum(ALIKE_OUTCOMES),
        ...{ id: text, organisation: text, entry: count, at: count },
        isInForce: z.exactOptional(z.boolean()),
      }),
    ),
  }),
  Paper: z.strictObject({ paper: text }),
  RequestKey: z.strictObject({ publicKey: publicKey32 }),
  EnrolledKey: z.strictObject({ key: keyId }),
  Health: z.strictObject({
    ok: z.boolean(),
    size: count,
    reason: z.exactOptional(text),
  }),
  Ready: z.strictObject({
    ready: z.boolean(),
    checks: z.array(
      z.strictObject({
        check: text,
        ok: z.boolean(),
        reason: z.exactOptional(text),
      }),
    ),
  }),
} as const;
export type Shape = keyof typeof SHAPES;

/** A JSON Schema of draft 2020-12, which OpenAPI 3.1 speaks. */
export function schemaOf(shape: z.core.$ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: "input" });
  return schema;
}
