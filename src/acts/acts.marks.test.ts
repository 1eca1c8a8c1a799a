import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { usageEntry } from "../uses/use.ts";
import { actSchemas } from "./act.ts";
import { entry, finding, recordEntry, ruling } from "./entry.ts";
import { record } from "./record.ts";
import {
  bytes,
  factName,
  flag,
  listOf,
  marks,
  origin,
  personKey,
  privatePaper,
  publicPaper,
  slug,
  title,
} from "./shapes.ts";
import { batch, signature, statement, submission } from "./statement.ts";

/**
 * Everything that is entered is public for ever (I9). Each leaf of each schema is marked public or paper; a closed list
 * of words (literals, enums, true and false) is vocabulary and needs no mark. Text that people write is a title, and
 * stands only in the places listed here: a new place is a decision, not an accident.
 */
const titlesStandIn = [
  "title",
  "meaning",
  "unit",
  "licence",
  "source",
  "name",
  // What is registered, in one line, as a public notice has it.
  "description",
  // What a permit's rows are filtered by: no identifier and no subject (rules/rights.ts).
  "value",
  "value[]",
];

type Schema = z.core.$ZodTypes;
type Found = { readonly faults: string[]; readonly titles: Set<string> };

/** Sentences, names, addresses and numbers: whatever could be told about somebody. */
const told = [
  "Wang Wei",
  "Jürgen",
  "王伟",
  "has not paid",
  "Dear Sir",
  "+86 131 2345 6789",
  "wei wang@post.example",
  "a\nb",
  "a\tb",
  " ",
  "\u200e",
  "€",
  "#1!",
  "12 Garden Road",
  "x".repeat(201),
];

function walk(schema: z.core.$ZodType, path: string, found: Found): void {
  const fault = (says: string): void =>
    void found.faults.push(`${path}: ${says}`);
  const { def } = (schema as Schema)._zod;
  if (
    marks.get(schema)?.mark === "paper" &&
    schema !== publicPaper &&
    schema !== privatePaper
  )
    fault("only the two papers are papers");
  switch (def.type) {
    case "object":
      if (def.catchall?._zod.def.type !== "never")
        fault("takes members that it does not name");
      for (const [name, member] of Object.entries(def.shape))
        walk(member, `${path}.${name}`, found);
      return;
    case "array":
      if (!(def.checks ?? []).some(hasCheck("max_length")))
        fault("is a list without an end");
      return walk(def.element, `${path}[]`, found);
    case "tuple":
      if (def.rest !== null) fault("is a list without an end");
      def.items.forEach((item, index) =>
        walk(item, `${path}[${index}]`, found),
      );
      return;
    case "union":
      for (const option of def.options) walk(option, path, found);
      return;
    case "optional":
      if (!schema._zod.traits.has("$ZodExactOptional"))
        fault("may be undefined: want exactOptional");
      return walk(def.innerType, path, found);
    case "literal":
      if (
        !def.values.every((value) =>
          ["string", "number", "boolean"].includes(typeof value),
        )
      )
        fault("is no word");
      return;
    case "enum":
    case "boolean":
      return;
    case "number":
      if (!marks.has(schema)) fault("has no mark");
      if (!schema._zod.traits.has("$ZodNumberFormat"))
        fault("may be a fraction");
      return;
    case "string":
      if (!marks.has(schema)) fault("has no mark");
      if (schema === title)
        found.titles.add(path.slice(path.lastIndexOf(".") + 1));
      else if (marks.get(schema)?.title === true)
        fault("is a title of its own making");
      else
        for (const text of told)
          if (takes(schema, text))
            fault(
              `takes free text such as ${JSON.stringify(text.slice(0, 20))}`,
            );
      return;
    default:
      fault(`is a ${def.type}`);
  }
}

const hasCheck = (name: string) => (check: z.core.$ZodCheck<never>) =>
  check._zod.def.check === name;

/** Bytes in base64url may be long (what an authenticator says), and the names of facts are the law's own. */
function takes(schema: z.core.$ZodType, text: string): boolean {
  const long = schema === bytes || schema === factName;
  return !(long && text.length > 200) && z.safeParse(schema, text).success;
}

function faultsIn(schema: z.core.$ZodType, name = "it"): readonly string[] {
  const found: Found = { faults: [], titles: new Set() };
  walk(schema, name, found);
  return [
    ...found.faults,
    ...[...found.titles]
      .filter((place) => !titlesStandIn.includes(place))
      .map((place) => `${name}: no title stands in ${place}`),
  ];
}

const schemas: readonly (readonly [string, z.core.$ZodType])[] = [
  ...Object.entries(actSchemas),
  ...Object.entries({
    statement,
    signature,
    batch,
    submission,
    finding,
    ruling,
    personKey,
  }),
  ...record.def.options.map(
    (one) => [`record ${one.shape.kind.def.values[0]}`, one] as const,
  ),
  ...usageEntry.def.options.map(
    (one) => [`usage ${one.shape.kind.def.values[0]}`, one] as const,
  ),
];

test.each(schemas)(
  "every leaf of %s is public or paper, and free of text but for titles",
  (name, schema) => {
    expect(faultsIn(schema, name)).toEqual([]);
  },
);

test("an entry is walked as a whole, and nothing is in it that was not seen apart", () => {
  const apart = new Set(schemas.map(([name]) => name));
  expect(apart.size).toBe(Object.keys(actSchemas).length + 7 + 6 + 8);
  expect(
    faultsIn(entry, "entry").filter(
      (says) => !says.endsWith("month: has no mark"),
    ),
  ).toEqual([]);
  expect(faultsIn(recordEntry.shape.key)).toEqual([]);
});

test("the name of a person is a paper that can be erased", () => {
  expect(actSchemas.person.shape.name).toBe(privatePaper);
  expect(Object.keys(privatePaper.shape)).toEqual(["commitment", "kind"]);
  expect(marks.get(privatePaper)).toEqual({ mark: "paper" });
});

describe("the walk itself sees", () => {
  const marked = z.string();
  marks.add(marked, { mark: "public" });
  const ownTitle = z.string();
  marks.add(ownTitle, { mark: "public", title: true });
  const secret = z.strictObject({ a: slug });
  marks.add(secret, { mark: "paper" });
  const half = z.number();
  marks.add(half, { mark: "public" });

  test.each<[string, z.core.$ZodType, string]>([
    ["a plain string", z.strictObject({ a: z.string() }), "it.a: has no mark"],
    [
      "a plain string deep down",
      z.strictObject({
        a: listOf(z.exactOptional(z.union([slug, z.string()])), 0, 3),
      }),
      "it.a[]: has no mark",
    ],
    [
      "a string with a pattern and no mark",
      z.string().check(z.regex(/^[a-z]+$/)),
      "it: has no mark",
    ],
    [
      "free text with a mark",
      z.strictObject({ a: marked }),
      'it.a: takes free text such as "Wang Wei"',
    ],
    [
      "free text with the mark of a title",
      ownTitle,
      "it: is a title of its own making",
    ],
    [
      "a title in a new place",
      z.strictObject({ remark: title }),
      "it: no title stands in remark",
    ],
    ["a paper of another shape", secret, "it: only the two papers are papers"],
    ["a number without a mark", z.int(), "it: has no mark"],
    ["a fraction", half, "it: may be a fraction"],
    ["null", z.strictObject({ a: z.nullable(slug) }), "it.a: is a nullable"],
    ["null itself", z.null(), "it: is a null"],
    ["anything", z.strictObject({ a: z.any() }), "it.a: is a any"],
    ["the unknown", z.unknown(), "it: is a unknown"],
    ["a record of names", z.record(slug, slug), "it: is a record"],
    [
      "a value that is made up where it is missing",
      z._default(slug, "a"),
      "it: is a default",
    ],
    [
      "a member that may be undefined",
      z.strictObject({ a: z.optional(slug) }),
      "it.a: may be undefined: want exactOptional",
    ],
    [
      "an object that takes more",
      z.strictObject({ a: z.looseObject({ b: slug }) }),
      "it.a: takes members that it does not name",
    ],
    [
      "an object that forgets more",
      z.object({ b: slug }),
      "it: takes members that it does not name",
    ],
    ["a list without an end", z.array(slug), "it: is a list without an end"],
    [
      "a list with a tail",
      z.tuple([slug], slug),
      "it: is a list without an end",
    ],
    ["a literal nothing", z.literal(null), "it: is no word"],
    ["what is only made later", z.lazy(() => z.string()), "it: is a lazy"],
  ])("%s", (_, schema, says) => {
    expect(faultsIn(schema)).toContain(says);
  });

  test("nothing in what is as it should be", () => {
    expect(
      faultsIn(
        z.strictObject({
          kind: z.literal("a"),
          title,
          origin,
          done: flag,
          how: z.enum(["a", "b"]),
          papers: listOf(publicPaper, 0, 2),
        }),
      ),
    ).toEqual([]);
  });
});
