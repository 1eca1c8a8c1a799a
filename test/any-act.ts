import fc from "fast-check";
import type * as z from "zod/mini";
import { act as actSchema, actSchemas } from "../src/acts/act.ts";
import type { Act, ActKind } from "../src/acts/act.ts";
import * as shapes from "../src/acts/shapes.ts";
import { publicKeyOf } from "./story-founding.ts";
import { makePasskey } from "./passkey.ts";

/**
 * An act of a kind as the schemas let it be, and not as stories tell it: members that may be missing come and go, lists are short and long,
 * numbers are as large as they may be, and text is what people write.
 */
export function anyAct(kind: ActKind): fc.Arbitrary<Act> {
  return anyOf(actSchemas[kind]).filter(
    (value): value is Act => actSchema.safeParse(value).success,
  );
}

type Schema = z.core.$ZodTypes;

/** Longer lists are of the same sort. */
const ROWS_MAX = 3;

const text = fc.oneof(
  fc.constantFrom(
    "Vehicles",
    "车辆登记",
    '<b>"&amp;</b>',
    "true",
    "-12",
    '"12"',
    "=1+1",
    "a, b; c: d",
    "O’Neill & Söhne",
    "x".repeat(200),
    "🚗",
  ),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
    // No field of a form tells white space at its ends from none.
    .map((one) => one.trim()),
);
const days = fc.date({
  min: new Date("1970-01-02"),
  max: new Date("9999-12-30"),
  noInvalidDate: true,
});
const day = days.map((one) => one.toISOString().slice(0, 10));

/** Schemas of which it is told what people write there; of others their definition tells it. */
const known = new Map<z.core.$ZodType, fc.Arbitrary<unknown>>([
  [shapes.title, text],
  [shapes.date, day],
  [
    shapes.partialDate,
    fc.oneof(
      day,
      day.map((one) => one.slice(0, 7)),
      day.map((one) => one.slice(0, 4)),
    ),
  ],
  [
    shapes.hourInstant,
    fc.oneof(
      days.map((one) => Math.floor(one.getTime() / shapes.HOUR) * shapes.HOUR),
      // Where an office's day begins, eight hours east.
      days.map(
        (one) =>
          Math.floor(one.getTime() / 86_400_000) * 86_400_000 - 8 * shapes.HOUR,
      ),
    ),
  ],
  // As slow to make by their patterns as they are alike.
  [shapes.hash, fc.constantFrom("A".repeat(43), `${"_-9z".repeat(10)}aZ8`)],
  [shapes.signature64, fc.constant("A".repeat(86))],
  [shapes.instant, days.map((one) => one.getTime())],
  [
    shapes.personKey,
    fc.oneof(
      fc.constant({ form: "ed25519", publicKey: publicKeyOf("any") }),
      fc.constantFrom<unknown[]>(
        ...([-7, -8, -257] as const).map((alg) => makePasskey({ alg }).key),
      ),
    ),
  ],
]);

function anyOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const told = known.get(schema);
  if (told !== undefined) return told;
  const { def } = (schema as Schema)._zod;
  switch (def.type) {
    case "object": {
      const members = Object.entries(def.shape).map(
        ([name, member]) => [name, ...inside(member)] as const,
      );
      return fc.record(
        Object.fromEntries(
          members.map(([name, one, isOptional]) => [
            name,
            isOptional ? anyOf(one).filter(saysSomething) : anyOf(one),
          ]),
        ),
        {
          requiredKeys: members.flatMap(([name, , isOptional]) =>
            isOptional ? [] : [name],
          ),
          noNullPrototype: true,
        },
      );
    }
    case "array": {
      const { min_length: least = 0, max_length: most = ROWS_MAX } = bounds(
        def.checks,
      );
      // Nobody ticks a word twice.
      return fc.uniqueArray(anyOf(def.element), {
        minLength: least,
        maxLength: Math.min(most, least + ROWS_MAX),
        selector: (one) => JSON.stringify(one),
      });
    }
    case "union":
      return fc.oneof(...def.options.map(anyOf));
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom<unknown[]>(...def.values);
    case "boolean":
      return fc.boolean();
    case "number":
      return anyNumber(bounds(def.checks));
    case "string":
      return anyCode(def.checks);
    default:
      throw new Error(`Cannot make ${def.type}: want a type of the vocabulary`);
  }
}

/** What may be missing and says nothing is missing: no form tells the two apart. */
function inside(
  schema: z.core.$ZodType,
): readonly [schema: z.core.$ZodType, isOptional: boolean] {
  const { def } = (schema as Schema)._zod;
  return def.type === "optional" ? [def.innerType, true] : [schema, false];
}

function saysSomething(value: unknown): boolean {
  return typeof value !== "object" || Object.keys(value ?? {}).length > 0;
}

function anyNumber({
  greater_than: min = 0,
  less_than: max = Number.MAX_SAFE_INTEGER,
}: Readonly<Record<string, number>>): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

/** A code that fits its pattern; lookaheads only bound its length. */
function anyCode(
  checks: readonly z.core.$ZodCheck[] | undefined,
): fc.Arbitrary<string> {
  const patterns = (checks ?? []).flatMap(({ _zod: { def } }) =>
    "pattern" in def && def.pattern instanceof RegExp ? [def.pattern] : [],
  );
  const [pattern] = patterns;
  if (pattern === undefined)
    throw new Error("Cannot make a code: want a pattern");
  const bare = new RegExp(
    pattern.source.replaceAll(/\(\?=[^()]*(?:\([^()]*\))?[^()]*\)/g, ""),
    pattern.flags,
  );
  return fc
    .stringMatching(bare, { size: "-1" })
    .filter((one) => patterns.every((each) => each.test(one)));
}

function bounds(
  checks: readonly z.core.$ZodCheck[] | undefined,
): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { _zod } of checks ?? []) {
    const { def } = _zod;
    for (const name of ["minimum", "maximum", "value"] as const)
      if (name in def) {
        const bound: unknown = Reflect.get(def, name);
        if (typeof bound === "number") found[def.check] = bound;
      }
  }
  return found;
}
