import fc from "fast-check";
import { expect, test } from "vitest";
import { aPermit, ownerCheck, priced } from "../../test/story-acts.ts";
import { day, keyOf, p } from "../../test/story-founding.ts";
import { asked, aUse, logAt, useOf } from "../../test/story-uses.ts";
import { ownerRequest } from "../../test/story-whole.ts";
import { given, play } from "../../test/story.ts";
import { utf8ToBytes } from "../acts/bytes.ts";
import { admit, type PermitAdmission } from "./admit.ts";
import { admitAgain } from "./admit-again.ts";
import { type Group, receiptsOf } from "./make-receipt.ts";
import { givenOf, makeUse } from "./make-use.ts";
import { commitmentOf, parsePrivatePart } from "./opening.ts";
import { fieldsOf, type Request } from "./plan.ts";
import { checkReceipt, parseReceipt, receiptText } from "./receipt.ts";
import { SLOT, slotOf, usageEntryBytes } from "./use.ts";

const house = play(
  given(
    day(1),
    ...priced,
    ownerCheck(),
    aPermit(),
    aPermit({
      permit: "ask",
      product: "owner-check",
      fields: ["owner"],
      where: ["plate"],
      rowsMax: 1,
    }),
  ),
);
const none = () => ({ calls: 0, steps: 0 });
const nonce = p.sha256(utf8ToBytes("nonce"));

function admitted(request: Request): PermitAdmission {
  const admission = admit(house.register, request, "huaxing", day(3), none);
  if (admission.outcome !== "admitted")
    throw new Error(`Cannot go on: ${admission.outcome}`);
  return admission;
}

test("the use that is made of an answer is admitted again, commits to its opening and says nothing else of it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100 }),
      fc.nat({ max: 200_000 }),
      fc.nat({ max: 20 }),
      fc.boolean(),
      fc.nat({ max: 3_599_999 }),
      (rows, size, subjects, personal, after) => {
        const request = personal ? ownerRequest : asked({ limit: 100 });
        const admission = admitted(request);
        const at = day(3) + after;
        const slot = slotOf(at, SLOT[admission.slotName]);
        const answer = {
          organisation: "huaxing",
          at,
          given: givenOf(p, new Uint8Array(size), personal ? 1 : rows),
          subjects: Array.from({ length: subjects }, (_, i) => `s${i}`),
          vintage: undefined,
        };
        const { use, opening } = makeUse(
          p,
          request,
          admission,
          answer,
          slot,
          nonce,
        );
        expect(
          admitAgain(house.register, use, admission.slotName, none()),
        ).toEqual([]);
        const { private: commitment, subjects: _, units, ...rest } = use;
        const {
          private: __,
          subjects: ___,
          units: wanted,
          ...other
        } = useOf(admission, request, at, answer.given.rows);
        expect([rest, units]).toEqual([
          other,
          { ...wanted, bytes: Math.max(1, Math.ceil(size / 65_536)) },
        ]);
        expect(commitment).toBe(commitmentOf(p, opening));
        expect(parsePrivatePart(opening.content)).toMatchObject({
          at,
          rows: answer.given.rows,
          bytes: size,
          subjects: answer.subjects,
          plan: request.plan,
        });
      },
    ),
  );
});

test("an opening holds case and vintage where there are any, and the time within the slot that was entered", () => {
  const request = asked({ case: "case-7" });
  const answer = {
    organisation: "huaxing",
    at: day(3),
    given: givenOf(p, new Uint8Array(1), 1),
    subjects: [],
    vintage: 4,
  };
  const told = (at: number, slot: number) =>
    parsePrivatePart(
      makeUse(p, request, admitted(request), { ...answer, at }, slot, nonce)
        .opening.content,
    );
  expect(told(day(3), day(3))).toMatchObject({
    case: "case-7",
    vintage: 4,
    at: day(3),
  });
  expect(told(day(3) + 60_000, day(3)).at).toBe(day(3) + 59_999);
  expect(told(day(3) - 1, day(3)).at).toBe(day(3));
  const { opening } = makeUse(
    p,
    asked(),
    admitted(asked()),
    { ...answer, vintage: undefined },
    day(3),
    nonce,
  );
  expect(Object.keys(parsePrivatePart(opening.content))).not.toEqual(
    expect.arrayContaining(["case"]),
  );
  expect(Object.keys(parsePrivatePart(opening.content))).not.toEqual(
    expect.arrayContaining(["vintage"]),
  );
});

test("the receipts of a group hold, each for its own entry, under one signature", () => {
  let signatures = 0;
  const key = keyOf("gate");
  const log = logAt("minute", day(3));
  const receipts = receiptsOf(p, log, key.publicKey, (message) => {
    signatures++;
    return key.sign(message);
  });
  const opening = { nonce, content: utf8ToBytes("{}") };
  const uses = [1, 2, 3].map((charge) =>
    aUse({ slot: day(3), charge, private: commitmentOf(p, opening) }),
  );
  const group: Group = {
    entries: uses.map(usageEntryBytes),
    publishBy: day(4),
  };
  for (const [position, entry] of group.entries.entries()) {
    const bare = receipts({ index: 10 + position, position, group }, entry);
    const full = receipts({ index: 10 + position, position, group }, entry, {
      opening,
      withIndex: true,
    });
    expect(["opening" in bare, "index" in bare, full.index]).toEqual([
      false,
      false,
      10 + position,
    ]);
    for (const receipt of [bare, full]) {
      expect(
        checkReceipt(p, receipt, key.publicKey, commitmentOf(p, opening)),
      ).toBeUndefined();
      expect(parseReceipt(utf8ToBytes(receiptText(receipt)))).toEqual(receipt);
      expect(receipt.log).toBe(log);
    }
  }
  expect(signatures).toBe(1);
});

test("what a plan touches: what it returns, compares or sums, and what stands in conditions, order or key", () => {
  const where = [
    { field: "year", op: "gte" as const, value: 1 },
    { field: "year", op: "lt" as const, value: 9 },
  ];
  const touched = (plan: Request["plan"]) => fieldsOf(plan);
  expect(
    touched({
      form: "records",
      dataset: "d",
      fields: ["a", "b"],
      where,
      order: [
        { field: "make", direction: "asc" },
        { field: "year", direction: "desc" },
      ],
      limit: 1,
    }),
  ).toEqual({ fields: ["a", "b"], where: ["year", "make"] });
  expect(
    touched({
      form: "answer",
      dataset: "d",
      key: [{ field: "k", value: 1 }],
      values: [
        { field: "v", value: 1 },
        { field: "v", value: 2 },
      ],
    }),
  ).toEqual({ fields: ["v"], where: ["k"] });
  expect(
    touched({
      form: "aggregate",
      dataset: "d",
      measures: [{ measure: "count" }, { measure: "sum", field: "s" }],
      by: ["b", "s"],
      where,
      limit: 1,
    }),
  ).toEqual({ fields: ["s", "b"], where: ["year"] });
});
