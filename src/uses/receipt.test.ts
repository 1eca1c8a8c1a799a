import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBytes, Malformed } from "../acts/canonical.ts";
import { toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { pathInLeaves, rootOfLeaves } from "../log/tree.ts";
import { day, keyIdNamed, keyOf, must, p } from "../../test/story-founding.ts";
import { aUse, logAt } from "../../test/story-uses.ts";
import { logOrigin, readLogName } from "./log-name.ts";
import {
  commitmentOf,
  parsePrivatePart,
  type PrivatePart,
  privatePartBytes,
} from "./opening.ts";
import {
  checkReceipt,
  parseReceipt,
  type Receipt,
  receiptText,
  signedReceiptBytes,
} from "./receipt.ts";
import { usageEntryBytes } from "./use.ts";

const part: PrivatePart = {
  at: day(1) + 5,
  organisation: "huaxing",
  plan: {
    form: "records",
    dataset: "vehicles",
    fields: ["plate"],
    where: [],
    order: [],
    limit: 1,
  },
  rows: 1,
  bytes: 20,
  answer: toBase64url(p.sha256(utf8ToBytes("answer"))),
  subjects: [],
};
const nonce = p.sha256(utf8ToBytes("nonce"));
const content = privatePartBytes(part);
const commitment = commitmentOf(p, { nonce, content });
const log = logAt("minute", day(1));

/** Three entries that were synced together, and the receipt of one. */
function receiptOf(position: number, count = 3): Receipt {
  const uses = Array.from({ length: count }, (_, i) =>
    aUse({ slot: day(1), charge: i, private: commitment }),
  );
  const leaves = uses.map((use) => leafHash(p, usageEntryBytes(use)));
  const root = rootOfLeaves(p, leaves);
  const publishBy = day(1) + 660_000;
  return {
    v: 1,
    log,
    entry: toBase64url(usageEntryBytes(must(uses[position]))),
    opening: { nonce: toBase64url(nonce), content: toBase64url(content) },
    publishBy,
    group: {
      position,
      count,
      root: toBase64url(root),
      path: pathInLeaves(p, leaves, position).map(toBase64url),
    },
    key: keyIdNamed("gate"),
    signature: toBase64url(
      keyOf("gate").sign(signedReceiptBytes(log, count, root, publishBy)),
    ),
  };
}
const wrong = (of: Receipt, of2 = commitment) =>
  checkReceipt(p, of, keyOf("gate").publicKey, of2);

test("a receipt holds by itself, for each entry of its group", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (count, at) => {
      const receipt = receiptOf(at % count, count);
      expect(wrong(receipt)).toBeUndefined();
      expect(parseReceipt(utf8ToBytes(receiptText(receipt)))).toEqual(receipt);
    }),
    { numRuns: 30 },
  );
});

test("each part of a receipt that somebody changes is seen", () => {
  const good = receiptOf(1);
  const { group } = good;
  expect(wrong({ ...good, entry: receiptOf(0).entry })).toBe(
    "its path does not lead to the group's root",
  );
  expect(wrong({ ...good, group: { ...group, position: 0 } })).toBe(
    "its path does not lead to the group's root",
  );
  expect(wrong({ ...good, group: { ...group, count: 4 } })).toBe(
    "its signature does not verify",
  );
  expect(wrong({ ...good, group: { ...group, path: [] } })).toBe(
    "its path does not lead to the group's root",
  );
  expect(wrong({ ...good, group: receiptOf(1, 4).group })).toBe(
    "its signature does not verify",
  );
  expect(wrong({ ...receiptOf(0, 1), entry: good.entry })).toBe(
    "its path does not lead to the group's root",
  );
  expect(wrong({ ...good, publishBy: good.publishBy + 1 })).toBe(
    "its signature does not verify",
  );
  expect(wrong({ ...good, log: logAt("hour", day(1)) })).toBe(
    "its signature does not verify",
  );
  expect(checkReceipt(p, good, keyOf("other").publicKey, commitment)).toBe(
    "its signature does not verify",
  );
  expect(
    wrong({
      ...good,
      opening: {
        nonce: toBase64url(nonce),
        content: toBase64url(privatePartBytes({ ...part, rows: 2 })),
      },
    }),
  ).toBe("its opening does not open the entry's commitment");
  expect(
    wrong({
      ...good,
      opening: {
        nonce: toBase64url(p.sha256(nonce)),
        content: toBase64url(content),
      },
    }),
  ).toBe("its opening does not open the entry's commitment");
  const { opening: _, ...without } = good;
  expect(wrong(without)).toBeUndefined();
});

test("an opening is read as it was written, and in no other form", () => {
  expect(parsePrivatePart(content)).toEqual(part);
  expect(() => parsePrivatePart(utf8ToBytes(JSON.stringify(part)))).toThrow(
    Malformed,
  );
  expect(() => parsePrivatePart(encodeBytes({ ...part, remark: "x" }))).toThrow(
    'the value has the unknown member "remark"',
  );
  expect(() => parseReceipt(encodeBytes({ ...receiptOf(0), v: 2 }))).toThrow(
    "v is 2, want 1",
  );
});

test("what is committed to can be neither changed nor guessed without the 32 random bytes", () => {
  const other = privatePartBytes({ ...part, organisation: "rival" });
  const all = [
    commitment,
    commitmentOf(p, { nonce, content: other }),
    commitmentOf(p, { nonce: p.sha256(nonce), content }),
    toBase64url(p.sha256(content)),
  ];
  expect(new Set(all).size).toBe(4);
});

test("the name of a usage log is read as it was made, and is of this office", () => {
  const slug = fc.stringMatching(/^[a-z0-9]{1,8}(?:[.-][a-z0-9]{1,6}){0,2}$/);
  fc.assert(
    fc.property(
      slug,
      fc.constantFrom("hour" as const, "minute" as const),
      fc.integer({ min: 1970, max: 2400 }),
      fc.integer({ min: 1, max: 4 }),
      (gateway, slotName, year, q) => {
        const quarter = `${year}q${q}`;
        const name = readLogName(
          "story.example",
          logOrigin("story.example", gateway, slotName, quarter),
        );
        expect(name).toMatchObject({ gateway, slotName, quarter });
        expect(name?.span.from).toBe(Date.UTC(year, (q - 1) * 3, 1));
        expect(name?.span.to).toBe(Date.UTC(year, q * 3, 1));
        expect(
          readLogName(
            "other.example",
            logOrigin("story.example", gateway, slotName, quarter),
          ),
        ).toBeUndefined();
      },
    ),
  );
  for (const rest of [
    "register",
    "gate/day/2026q1",
    "gate/hour/2026q5",
    "gate/hour/2026q0",
    "gate/hour/2026",
    "a/gate/hour/2026q1",
    "Gate/hour/2026q1",
    "gate/hour/2026q1/",
    "gate/hour/2026q1\n",
    "/hour/2026q1",
  ]) {
    expect(
      readLogName("story.example", `story.example/${rest}`),
      rest,
    ).toBeUndefined();
  }
  expect(
    readLogName("story.example", "story.examplegate/hour/2026q1"),
  ).toBeUndefined();
});
