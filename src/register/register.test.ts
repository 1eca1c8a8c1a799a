import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aDataset,
  anAuthorisation,
  anAuthorisationEnd,
  aProduct,
  aTenureEnd,
  offered,
  owners,
} from "../../test/story-acts.ts";
import { day, must, p } from "../../test/story-founding.ts";
import { beginning } from "../../test/story-moves.ts";
import { act, given, play, statementOf } from "../../test/story.ts";
import { apply } from "./apply.ts";
import { holders, inForce, inForceDuring, type Standing } from "./register.ts";
import { officeOf } from "./founding.ts";
import { isOpen, isPersonal, beyond, bitsOf, contentFields } from "./fields.ts";

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
    anAuthorisation(),
  );
});

test("what a dishonest office ends twice stays ended by the first, and what never began is not ended", () => {
  const house = play(given(day(1), ...offered));
  const granted = { outcome: "granted" as const, flags: [] };
  const statement = statementOf(house, day(2), anAuthorisationEnd());
  const end = (authorisation: string, at: number) =>
    apply(p, house.register, {
      v: 1,
      type: "act",
      at,
      edition: 1,
      statement: { ...statement, act: anAuthorisationEnd({ authorisation }) },
      signatures: [],
      ruling: granted,
    });
  end("sanhe-vehicles", day(2));
  end("sanhe-vehicles", day(3));
  end("never", day(3));
  expect(
    must(house.register.authorisations.get("sanhe-vehicles")).ended,
  ).toEqual({ entry: 10, at: day(2) });
  expect(house.register.authorisations.size).toBe(1);
});
