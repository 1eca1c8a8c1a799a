import fc from "fast-check";
import { expect, test } from "vitest";
import { aPermit, ownerCheck, priced } from "../../test/story-acts.ts";
import { day, HOUR, p } from "../../test/story-founding.ts";
import { asked } from "../../test/story-uses.ts";
import { given, play } from "../../test/story.ts";
import { encodeBytes } from "../acts/canonical.ts";
import { admit } from "../uses/admit.ts";
import { givenOf, makeSettle, makeUse } from "../uses/make-use.ts";
import { parsePrivatePart, type PrivatePart } from "../uses/opening.ts";
import type { AskedPlan, Request } from "../uses/plan.ts";
import type { SlotName, Use } from "../uses/use.ts";
import { sayUntrue, sayUntrueSettle } from "./opened.ts";

const ask = aPermit({
  permit: "ask",
  product: "owner-check",
  fields: ["owner"],
  where: ["plate"],
  rowsMax: 1,
});
const { register } = play(
  given(day(1), ...priced, ownerCheck(), aPermit(), ask),
);
const rows = asked({
  fields: ["plate", "make"],
  where: [{ field: "year", op: "gte", value: 2010 }],
  limit: 50,
});
const owner: Request = {
  product: "owner-check",
  plan: {
    form: "answer",
    dataset: "owners",
    key: [{ field: "plate", value: "B1" }],
    values: [{ field: "owner", value: "7" }],
  },
};

type Served = {
  readonly use: Use;
  readonly part: PrivatePart;
  readonly slotName: SlotName;
};

/** What the gate enters for a request, and what opens it. */
function served(
  request: Request,
  at: number,
  given: { rows: number; bytes: number; subjects: number },
): Served {
  const none = () => ({ calls: 0, steps: 0 });
  const admission = admit(register, request, "huaxing", day(2), none);
  if (admission.outcome !== "admitted") throw new Error(admission.outcome);
  const answer = {
    organisation: "huaxing",
    at,
    given: givenOf(p, new Uint8Array(given.bytes), given.rows),
    subjects: Array.from({ length: given.subjects }, (_, i) => `${i}`),
    vintage: undefined,
  };
  const nonce = new Uint8Array(32);
  const { use, opening } = makeUse(
    p,
    request,
    admission,
    answer,
    day(2),
    nonce,
  );
  const { slotName } = admission;
  return { use, part: parsePrivatePart(opening.content), slotName };
}

const said = ({ use, part, slotName }: Served): string | undefined =>
  sayUntrue(register, slotName, use, encodeBytes(part));

test("what a gate enters is what it commits to, whatever was asked, given and when the clock went on", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(rows, owner),
      fc.nat({ max: 50 }),
      fc.nat({ max: 200_000 }),
      fc.nat({ max: 120 }),
      fc.integer({ min: -1, max: HOUR + 1 }),
      (request, count, bytes, subjects, after) => {
        const most = request.plan.form === "answer" ? 1 : 50;
        const given = { rows: Math.min(count, most), bytes, subjects };
        expect(said(served(request, day(2) + after, given))).toBeUndefined();
      },
    ),
  );
});

const honest = served(rows, day(2) + 1234, {
  rows: 12,
  bytes: 70_000,
  subjects: 2,
});
const answered = served(owner, day(2), { rows: 1, bytes: 9, subjects: 1 });
const { plan } = honest.part;
const asking = (change: object): { plan: AskedPlan } => ({
  plan: { ...plan, ...change },
});

test.each<[string, Partial<PrivatePart>]>([
  [
    "its opening names rival; permit huaxing-vehicles is of huaxing",
    { organisation: "rival" },
  ],
  [
    "its opening asks for answer; records was entered",
    { plan: answered.part.plan },
  ],
  [
    "its opening asks for dataset owners; product vehicle-records is of vehicles",
    asking({ dataset: "owners" }),
  ],
  [
    "its opening asks for field colour, which product vehicle-records does not have",
    asking({ fields: ["plate", "make", "colour"] }),
  ],
  [
    "its opening has fields plate; fields plate, make were entered",
    asking({ fields: ["plate"] }),
  ],
  [
    "its opening has conditions on nothing; conditions on year were entered",
    asking({ where: [] }),
  ],
  [
    "its opening says 12 rows; asked for were at most 11",
    asking({ limit: 11 }),
  ],
  [
    "its opening says 10 rows, in steps of 10: 1; 2 steps were entered",
    { rows: 10 },
  ],
  [
    "its opening says 21 rows, in steps of 10: 3; 2 steps were entered",
    { rows: 21 },
  ],
  [
    "its opening says 65,536 bytes, in steps of 65,536: 1; 2 were entered",
    { bytes: 65_536 },
  ],
  [
    "persons in its opening: 1, size class 1; 10 was entered",
    { subjects: ["0"] },
  ],
  [
    "its opening is of 2026-03-03 23:59, outside the minute of 2026-03-04 00:00 that was entered",
    { at: day(2) - 1 },
  ],
  [
    "its opening is of 2026-03-04 00:01, outside the minute of 2026-03-04 00:00 that was entered",
    { at: day(2) + 60_000 },
  ],
])("%s", (says, change) => {
  expect(said({ ...honest, part: { ...honest.part, ...change } })).toBe(says);
});

test("what makes no difference to what was entered is not looked at", () => {
  for (const change of [{ rows: 11 }, { rows: 20 }, { bytes: 131_072 }])
    expect(
      said({ ...honest, part: { ...honest.part, ...change } }),
    ).toBeUndefined();
  expect(
    said({ ...answered, part: { ...answered.part, rows: 0 } }),
  ).toBeUndefined();
  expect(said({ ...answered, part: { ...answered.part, rows: 2 } })).toBe(
    "its opening says 2 rows; asked for were at most 1",
  );
});

test("an opening that is none, and a use that nobody may have, are said to be so", () => {
  const { use, slotName } = honest;
  const says = (content: Uint8Array, of = use) =>
    sayUntrue(register, slotName, of, content);
  expect(says(encodeBytes({ ...honest.part, remark: "x" }))).toContain(
    "its opening is none: Cannot read private part",
  );
  expect(says(Uint8Array.of(0xff))).toContain("its opening is none");
  expect(says(encodeBytes(honest.part), { ...use, permit: "none" })).toBe(
    "permit none was never given",
  );
});

test("the opening of a settle says as much as was entered, or what it says instead", () => {
  const { use } = honest;
  const leaf = "A".repeat(43);
  const given = givenOf(p, new Uint8Array(3_000_000), 25);
  const { settle, opening } = makeSettle(
    ...([p, { use, leaf }, "complete", given] as const),
    { at: day(2), rowsPerStep: 10 },
    undefined,
    new Uint8Array(32),
  );
  const content = opening.content;
  const part = { at: day(2), ...given };
  const says = (change: object): string | undefined =>
    sayUntrueSettle(settle, encodeBytes({ ...part, ...change }));
  expect(sayUntrueSettle(settle, content)).toBeUndefined();
  expect(says({})).toBeUndefined();
  expect(says({ bytes: 1_000 })).toBe(
    `its opening says 1,000 bytes, in steps of 65,536: 1; ${settle.units.bytes} were entered`,
  );
  expect(says({ rows: 2 })).toBe(
    "its opening says 2 rows; 3 steps were entered",
  );
  expect(says({ remark: "x" })).toContain("its opening is none");
  expect(sayUntrueSettle(settle, encodeBytes(honest.part))).toBe(
    "its opening is that of a use, want a settle",
  );
});
