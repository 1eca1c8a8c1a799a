import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aDataset,
  aFee,
  aGateway,
  aMachineKey,
  anAuthorisation,
  aPermit,
  aProduct,
  aRevocation,
  aSuccession,
  aTenureEnd,
  aBody,
  aKeyEnd,
  aConfirmation,
  aReport,
  oneOfEach,
  offered,
  owners,
  priced,
} from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  keyIdNamed,
  must,
  p,
  without,
} from "../../test/story-founding.ts";
import {
  beginning,
  type Move,
  move,
  signersFor,
} from "../../test/story-moves.ts";
import { asked, asks, closes, heads } from "../../test/story-uses.ts";
import {
  act,
  faultsOf,
  given,
  type House,
  play,
  record,
} from "../../test/story.ts";
import { type Act, actKinds } from "../acts/act.ts";
import { parseEntry } from "../acts/entry.ts";
import { apply } from "./apply.ts";
import {
  beyond,
  bitsOf,
  contentFields,
  emptyRegister,
  holders,
  inForce,
  inForceDuring,
  isOpen,
  isPersonal,
  officeOf,
  type Register,
  type Standing,
} from "./register.ts";

function fold(register: Register, entries: readonly Uint8Array[]): Register {
  for (const raw of entries) apply(p, register, parseEntry(raw));
  return register;
}

function grow(moves: readonly Move[]): House {
  const house = play(given(day(1), ...beginning, aGateway(), aMachineKey()));
  let at = day(2);
  for (const next of moves) {
    at += next.after;
    const what = next.act(at - (at % HOUR));
    act(house, at, what, ...signersFor(what, next.by));
  }
  const vintage = {
    kind: "vintage" as const,
    dataset: "vehicles",
    vintage: 1,
    rows: 3,
    digest: keyHash(1),
    schema: keyHash(2),
  };
  record(house, at, vintage, "importer");
  return house;
}
const keyHash = (n: number): string =>
  Buffer.alloc(32, n).toString("base64url");

test("a register from its entries is the register from a snapshot, anywhere, and the rest", () => {
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 5, maxLength: 40, size: "max" }),
      fc.nat(),
      (moves, at) => {
        const { entries, register } = grow(moves);
        const cut = at % (entries.length + 1);
        const snapshot: unknown = deserialize(
          serialize(fold(emptyRegister(), entries.slice(0, cut))),
        );
        const again = fold(snapshot as Register, entries.slice(cut));
        expect(again).toEqual(register);
        expect(fold(emptyRegister(), entries)).toEqual(register);
      },
    ),
    { numRuns: 40 },
  );
});

test("a snapshot in the middle of a log with uses, heads and totals is as good as any", async () => {
  const house = play([
    ...given(day(1), ...priced, aGateway(), aPermit()),
    asks(day(2), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    [day(3), aRevocation(), "granted"],
    heads(day(3)),
    closes(day(32)),
  ]);
  expect(await faultsOf(house)).toEqual([]);
  for (let cut = 0; cut <= house.entries.length; cut++) {
    const snapshot: unknown = deserialize(
      serialize(fold(emptyRegister(), house.entries.slice(0, cut))),
    );
    expect(fold(snapshot as Register, house.entries.slice(cut))).toEqual(
      house.register,
    );
  }
});

test("a refused act changes the counts and the ids that may not come again, and nothing else", () => {
  const house = play(given(day(1), ...priced));
  const before: unknown = deserialize(serialize(house.register));
  act(house, day(2), without(aPermit(), "to"));
  act(house, day(2), aFee({ fee: "dear", amount: 1000 }));
  const { counts, size, at, statements } = house.register;
  expect(house.register).toEqual({
    ...(before as Register),
    counts: { ...counts, refused: 2 },
    size,
    at,
    statements,
  });
  expect(counts).toEqual({ acts: 14, granted: 12, refused: 2, records: 0 });
});

test("an id is kept as long as its statement could be repeated, and no longer than need be", () => {
  const house = play([]);
  for (let i = 0; i < 1100; i++)
    act(
      house,
      day(1) + i * 24 * HOUR,
      i === 0 ? aBody() : aBody({ body: "refused", parent: "nowhere" }),
    );
  expect(house.register.counts.acts).toBe(1101);
  expect(house.register.statements.size).toBeLessThan(100);
  expect(
    [...house.register.statements.values()].filter(
      (until) => until >= house.register.at,
    ).length,
  ).toBeGreaterThan(0);
});

/** Where each kind of act is seen in the register. */
test.each(actKinds.filter((kind) => kind !== "genesis"))(
  "%s leaves its mark in the register",
  (kind) => {
    const story: Act[] = [];
    for (const one of Object.values(oneOfEach)) {
      if (one.kind === kind) break;
      if (one.kind !== "genesis") story.push(one);
    }
    const house = play([]);
    for (const one of story) act(house, day(1), one);
    const before: unknown = deserialize(
      serialize({ ...house.register, counts: 0, statements: 0, size: 0 }),
    );
    const result = act(house, day(1), oneOfEach[kind]);
    expect(result, JSON.stringify(result)).toMatchObject({
      outcome: "granted",
    });
    expect({
      ...house.register,
      counts: 0,
      statements: 0,
      size: 0,
    }).not.toEqual(before);
  },
);

test("what was ended stays ended by the entry that ended it", () => {
  const house = play([
    ...given(day(1), ...priced, aPermit(), aRevocation()),
    [day(2), aRevocation(), "V-ENDED breach permit huaxing-vehicles"],
  ]);
  expect(must(house.register.permits.get("huaxing-vehicles")).ended).toEqual({
    entry: 13,
    at: day(1),
  });
});

test("keys, successors and confirmed rights are kept as they were said", () => {
  const house = play([
    ...given(
      day(1),
      ...offered,
      aBody({ body: "mobility" }),
      aSuccession(),
      aReport(),
      aKeyEnd("person-5", { doubtfulSince: day(0) }),
    ),
    [
      day(2),
      aConfirmation(),
      "granted, V-CONFIRMED breach reported franchise-2019",
    ],
  ]);
  const { bodies, keys, authorisations, machineKeys } = house.register;
  expect(must(bodies.get("transport")).successors).toEqual(["mobility"]);
  expect(must(keys.get(keyIdNamed("person-5"))).revoked).toEqual({
    entry: 13,
    at: day(1),
    doubtfulSince: day(0),
  });
  expect(must(authorisations.get("sanhe-old"))).toMatchObject({
    from: day(2),
    to: Date.UTC(2027, 4, 31, 16),
    act: { confirms: "franchise-2019", operator: "sanhe", exclusive: false },
  });
  expect(machineKeys.size).toBe(0);
});

test("holders of a post are those of that hour", () => {
  const house = play([]);
  const at = (when: number) =>
    holders(house.register, "clerk", when).map((one) => one.act.person);
  for (const one of beginning) act(house, day(1), one);
  act(house, day(1), {
    kind: "tenure",
    person: 7,
    post: "clerk",
    mode: "full",
    from: day(2),
    to: day(3),
  });
  act(house, day(1), {
    kind: "tenure",
    person: 8,
    post: "clerk",
    mode: "acting",
    from: day(2, 1),
    to: day(4),
  });
  expect(
    [day(2) - 1, day(2), day(2, 1), day(3) - 1, day(3), day(4)].map(at),
  ).toEqual([[], [7], [7, 8], [7, 8], [8], []]);
  act(house, day(2), aTenureEnd({ person: 7, post: "clerk" }));
  expect(at(day(2, 1))).toEqual([8]);
});

test("something is in force from its beginning to its end, and in a slot that it touches", () => {
  const standing = (
    from: number,
    to: number,
    ended?: { entry: number; at: number },
  ): Standing<object> => ({
    act: {},
    entry: 1,
    at: 0,
    from,
    to,
    ...(ended === undefined ? {} : { ended }),
  });
  const time = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      time,
      time,
      time,
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      (from, to, slot, length, over) => {
        const one = standing(from, to, over ? { entry: 2, at: 0 } : undefined);
        const instants = Array.from({ length }, (_, i) => slot + i);
        const wanted = from < to && instants.some((at) => inForce(one, at));
        if (from < to) expect(inForceDuring(one, slot, length)).toBe(wanted);
        expect(inForce(one, slot)).toBe(!over && from <= slot && slot < to);
      },
    ),
  );
  expect([inForce(undefined, 0), inForceDuring(undefined, 0, 1)]).toEqual([
    false,
    false,
  ]);
});

test("bit i of a product's bit sets is the i-th field of its content, dataset after dataset", () => {
  const product = aProduct({
    content: [
      { dataset: "a", fields: ["x", "y"] },
      { dataset: "b", fields: ["z"] },
    ],
  });
  expect(contentFields(product)).toEqual(["x", "y", "z"]);
  const content = Array.from({ length: 70 }, (_, i) => `f${i}`);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 75 })), (indexes) => {
      const names = indexes.map((i) => `f${i}`);
      let bits = 0n;
      for (const i of new Set(indexes)) if (i < 70) bits += 2n ** BigInt(i);
      expect(bitsOf(content, names)).toBe(bits);
      expect(beyond(content, names)).toEqual(
        names.filter((_, at) => (indexes[at] ?? 0) >= 70),
      );
    }),
  );
});

test("data is personal by its subject or by any field, and open only when every field is", () => {
  const field = (
    classification: "open" | "restricted" | "personal" | "sensitive",
  ) => ({ ...must(aDataset().fields[0]), classification });
  expect(
    [
      aDataset(),
      owners,
      aDataset({ fields: [field("open"), field("sensitive")] }),
      aDataset({ subject: "plate" }),
    ].map(isPersonal),
  ).toEqual([false, true, true, true]);
  expect(
    [
      aDataset({ fields: [field("open"), field("open")] }),
      aDataset({ fields: [field("open"), field("restricted")] }),
      owners,
    ].map(isOpen),
  ).toEqual([true, false, false]);
  expect([
    officeOf("a.example/register"),
    officeOf("a.example/b/register"),
    officeOf("a.example"),
  ]).toEqual(["a.example", "a.example/b", "a.example"]);
});

test("an authorisation that is written down keeps its words", () => {
  const house = play(given(day(1), ...offered));
  expect(must(house.register.authorisations.get("sanhe-vehicles")).act).toEqual(
    {
      authorisation: "sanhe-vehicles",
      operator: "sanhe",
      datasets: anAuthorisation().datasets,
      exclusive: false,
    },
  );
});
