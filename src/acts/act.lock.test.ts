import { expect, test } from "vitest";
import * as z from "zod/mini";
import { primitives } from "../store/crypto.ts";
import { privatePart } from "../uses/opening.ts";
import { receipt } from "../uses/receipt.ts";
import { usageEntry } from "../uses/use.ts";
import { toBase64url } from "./bytes.ts";
import { encodeBytes } from "./canonical.ts";
import { entry } from "./entry.ts";
import { submission } from "./statement.ts";

/**
 * ADD, NEVER RESHAPE. Entries are for ever (I7): what was written under edition 1 must be read by every later program. If this
 * hash differs, a shape of edition 1 changed: take the change back, and add a new kind or a new member of a new kind under
 * a new edition, with a hash of its own below this one. The one other reason is a new version of zod that spells the same
 * schemas otherwise: then the vectors of edition 1 must all still pass.
 */
const EDITION_1 = "cSKojHK90CXXvaxZtcYc6TZZ288hGQ37KvRAA0XVEys";

const contract = { submission, entry, usageEntry, receipt, privatePart };

function hashOf(schemas: Readonly<Record<string, z.core.$ZodType>>): string {
  const json = Object.entries(schemas).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: "input" }),
  ]);
  return toBase64url(
    primitives.sha256(encodeBytes(JSON.parse(JSON.stringify(json)))),
  );
}

test("the shapes of edition 1 are as they were when it was released: add, never reshape", () => {
  expect(hashOf(contract)).toBe(EDITION_1);
});

test.each<[string, z.core.$ZodType]>([
  ["a member that is gone", z.strictObject({ a: z.string() })],
  ["a member more", z.strictObject({ a: z.string(), b: z.int(), c: z.int() })],
  [
    "a member that may be missing",
    z.strictObject({ a: z.string(), b: z.exactOptional(z.int()) }),
  ],
  ["another type", z.strictObject({ a: z.string(), b: z.string() })],
  [
    "a wider number",
    z.strictObject({ a: z.string(), b: z.int().check(z.minimum(0)) }),
  ],
  [
    "a pattern",
    z.strictObject({ a: z.string().check(z.regex(/a/)), b: z.int() }),
  ],
  ["an object that takes more", z.object({ a: z.string(), b: z.int() })],
])("the lock sees %s", (_, other) => {
  const shape = z.strictObject({ a: z.string(), b: z.int() });
  expect(hashOf({ shape })).toBe(
    hashOf({ shape: z.strictObject({ a: z.string(), b: z.int() }) }),
  );
  expect(hashOf({ shape: other })).not.toBe(hashOf({ shape }));
});
