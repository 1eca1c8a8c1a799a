import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { oneOfEach } from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  must,
  p,
  paperOf,
  publicKeyOf,
} from "../../test/story-founding.ts";
import {
  act as enterAct,
  emptyHouse,
  found,
  play,
  sign,
  signersOf,
  statementOf,
} from "../../test/story.ts";
import { act, type Act, actKinds, narrows } from "./act.ts";
import { utf8ToBytes } from "./bytes.ts";
import { encode, encodeBytes, Malformed } from "./canonical.ts";
import {
  type Entry,
  ENTRY_BYTES_MAX,
  entryBytes,
  parseEntry,
} from "./entry.ts";
import { keyIdOf, parseSubmission, paperPath } from "./statement.ts";
import { hourInstant, instant, origin, slug, title } from "./shapes.ts";

const acts = Object.values(oneOfEach) as readonly Act[];

/** Every place of a value that holds an object, as a way to it. */
function* objectsIn(
  value: unknown,
  way: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield way;
  for (const [name, member] of Object.entries(value))
    yield* objectsIn(member, [
      ...way,
      Array.isArray(value) ? Number(name) : name,
    ]);
}

function changedAt(
  value: unknown,
  [step, ...way]: readonly (string | number)[],
  change: (object: object) => unknown,
): unknown {
  if (typeof value !== "object" || value === null)
    throw new Error("no way there");
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item: unknown, index) =>
      index === step ? changedAt(item, way, change) : item,
    );
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === step ? changedAt(member, way, change) : member,
    ]),
  );
}

test.each(acts.map((one) => [one.kind, one] as const))(
  "%s: no member more, anywhere in it",
  (_, one) => {
    expect(act.safeParse(one).data).toEqual(one);
    for (const way of objectsIn(one)) {
      const more = changedAt(one, way, (object) => ({
        ...object,
        remark: "told in confidence",
      }));
      expect(act.safeParse(more).success, way.join(".")).toBe(false);
    }
  },
);

test.each(acts.map((one) => [one.kind, one] as const))(
  "%s: no member that is null, undefined or of another type",
  (_, one) => {
    for (const way of objectsIn(one)) {
      changedAt(one, way, (object) => {
        for (const name of Object.keys(object)) {
          for (const other of [null, undefined, [{}], 0.5, "\n"]) {
            const changed = changedAt(one, way, (same) => ({
              ...same,
              [name]: other,
            }));
            expect(
              act.safeParse(changed).success,
              [...way, name, JSON.stringify(other)].join("."),
            ).toBe(false);
          }
        }
        return object;
      });
    }
  },
);

test("an act of no known kind is no act, and is named", () => {
  const house = play([]);
  const by = signersOf("body", []);
  const submission = sign(statementOf(house, day(1), oneOfEach.body), by);
  const raw = (kind: string) =>
    utf8ToBytes(
      encode(submission).replace(
        '"kind":"body"',
        `"kind":${JSON.stringify(kind)}`,
      ),
    );
  expect(parseSubmission(raw("body"))).toEqual(submission);
  expect(() => parseSubmission(raw("ranking"))).toThrow(
    'statement.act.kind has the unknown kind "ranking"',
  );
  expect(() => parseSubmission(raw("toString"))).toThrow(Malformed);
});

test("what ends or narrows something cuts the gateways' blocks, and nothing else does", () => {
  const narrow = [
    "agreementChanged",
    "appealDecided",
    "authorisationEnded",
    "contributionNotice",
    "disowned",
    "feeCeiling",
    "feeEnded",
    "feeStandard",
    "gatewayClosed",
    "keyRevoked",
    "orderReceived",
    "override",
    "overrideReviewed",
    "permitRevoked",
    "productWithdrawn",
    "registrationCancelled",
    "registrationRevoked",
    "renewalGranted",
    "renewalRefused",
    "rulebookAdopted",
    "tenureEnded",
  ];
  expect(actKinds.filter(narrows).toSorted()).toEqual(narrow);
});

describe("an entry", () => {
  const house = emptyHouse();
  found(house);
  enterAct(house, day(1), oneOfEach.body);
  const entry = must(house.entries.map(parseEntry)[1]);

  test("is read again as it was written", () => {
    expect(house.entries.map((raw) => encodeBytes(parseEntry(raw)))).toEqual(
      house.entries.map((raw) => Uint8Array.from(raw)),
    );
  });

  test.each<[string, (entry: Entry) => unknown]>([
    ["another version", (one) => ({ ...one, v: 2 })],
    ["no version", (one) => ({ ...one, v: undefined })],
    ["a type of its own", (one) => ({ ...one, type: "note" })],
    ["a time in seconds and a half", (one) => ({ ...one, at: 0.5 })],
    ["a time before all time", (one) => ({ ...one, at: -1 })],
    ["no signature", (one) => ({ ...one, signatures: [] })],
    ["no edition", (one) => ({ ...one, edition: 0 })],
    [
      "a refusal without a finding",
      (one) => ({ ...one, ruling: { outcome: "refused", findings: [] } }),
    ],
    [
      "a grant with findings",
      (one) => ({
        ...one,
        ruling: { outcome: "granted", flags: [], findings: [] },
      }),
    ],
    [
      "a finding with a sentence",
      (one) => ({
        ...one,
        ruling: {
          outcome: "refused",
          findings: [
            {
              rule: "I4",
              result: "breach",
              facts: [["why", "he has not paid"]],
            },
          ],
        },
      }),
    ],
    [
      "a finding with a fraction",
      (one) => ({
        ...one,
        ruling: {
          outcome: "refused",
          findings: [{ rule: "I4", result: "breach", facts: [["price", 0.5]] }],
        },
      }),
    ],
    ["a member more", (one) => ({ ...one, remark: "a" })],
  ])("with %s is none", (_, change) => {
    const changed = change(entry);
    let raw: Uint8Array;
    try {
      raw = encodeBytes(changed);
    } catch (error) {
      expect(error).toBeInstanceOf(Malformed);
      return;
    }
    expect(() => parseEntry(raw)).toThrow(Malformed);
  });

  test("has at most 65,535 bytes, and says so", () => {
    const passkey = (text: string): Entry => {
      if (entry.type !== "act") throw new Error("no act");
      return {
        ...entry,
        signatures: [
          {
            form: "webauthn",
            key: keyIdNamed("x"),
            authenticatorData: text,
            clientDataJSON: "",
            signature: "",
          },
        ],
      };
    };
    const rest = entryBytes(passkey("")).length;
    const longest = ENTRY_BYTES_MAX - rest;
    expect(entryBytes(passkey("A".repeat(longest)))).toHaveLength(65_535);
    expect(() => entryBytes(passkey("A".repeat(longest + 1)))).toThrow(
      "Cannot make an entry of 65536 bytes: a log takes at most 65535",
    );
  });
});

test("a key's id is the first half of a hash of its own, and a paper lies under the hex of its hash", () => {
  expect(keyIdOf(p, new Uint8Array(32))).toMatch(/^[A-Za-z0-9_-]{21}[AQgw]$/);
  expect(keyIdOf(p, new Uint8Array(32))).not.toBe(
    keyIdOf(p, new Uint8Array(33)),
  );
  expect(paperPath(paperOf("a").paper)).toBe(
    `paper/${Buffer.from(paperOf("a").paper, "base64url").toString("hex")}`,
  );
});

test.each<
  [
    string,
    { safeParse(value: unknown): { success: boolean } },
    readonly unknown[],
    readonly unknown[],
  ]
>([
  [
    "an id",
    slug,
    ["a", "a-b.c", "0", "a".repeat(64)],
    ["", "A", "a--b", "-a", "a-", "a b", "a".repeat(65), "a_b", "a\n", "é", 1],
  ],
  [
    "a title",
    title,
    ["A", "王伟", "x".repeat(200), "😀".repeat(200)],
    [
      "",
      "   ",
      "\u3000",
      "a\nb",
      "a\u0000",
      "a\u0085b",
      "a\u202eb",
      "a\u2066b",
      "a\u200fb",
      "x".repeat(201),
      "😀".repeat(201),
      "a\u2028b",
    ],
  ],
  [
    "an instant",
    instant,
    [0, 8_640_000_000_000_000],
    [-1, 0.5, 8_640_000_000_000_001, "0", NaN],
  ],
  [
    "a whole hour",
    hourInstant,
    [0, 3_600_000],
    [1, 3_599_999, 3_600_001, -3_600_000, 8_640_000_000_000_001],
  ],
  [
    "an origin",
    origin,
    ["a", "a.example/register", "a:80/b", "a/~b._-"],
    [
      "",
      "A",
      "https://a",
      "a/",
      "a//b",
      "a b",
      "a+b",
      "a/b?c",
      "a".repeat(201),
    ],
  ],
])("%s is written in one way", (_, schema, good, bad) => {
  expect(good.filter((one) => !schema.safeParse(one).success)).toEqual([]);
  expect(bad.filter((one) => schema.safeParse(one).success)).toEqual([]);
});

test("of the characters of base64url only those end a value that carry no unused bits", () => {
  const alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const key = publicKeyOf("x");
  const person = (publicKey: string) =>
    act.safeParse({
      kind: "keyEnrolled",
      person: 1,
      key: { form: "ed25519", publicKey },
    }).success;
  fc.assert(
    fc.property(fc.constantFrom(...alphabet.split("")), (last) => {
      const text = key.slice(0, -1) + last;
      expect(person(text), last).toBe(
        Buffer.from(text, "base64url").toString("base64url") === text,
      );
    }),
  );
  expect(must(key).length).toBe(43);
});

test("a ruling that could not be read back is no entry: it would end its log for ever", () => {
  const statement = statementOf(play([]), day(1), oneOfEach.system);
  const [signature] = sign(statement, signersOf("system", [])).signatures;
  const entryWith = (...facts: [string, string | number][]): Entry => ({
    ...({ v: 1, type: "act" } as const),
    ...{ at: day(1), edition: 1, statement },
    signatures: [must(signature)],
    ruling: {
      outcome: "refused",
      findings: [{ rule: "V-REF", result: "missing", facts }],
    },
  });
  expect(parseEntry(entryBytes(entryWith(["days", 0])))).toEqual(
    entryWith(["days", 0]),
  );
  for (const fact of [
    ["days", -1],
    ["rule", "A".repeat(201)],
    ["rule", "with a space"],
    ["Rule", 1],
  ] as [string, string | number][])
    expect(() => entryBytes(entryWith(fact))).toThrow(Malformed);
});
