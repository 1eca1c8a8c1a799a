import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { passkeyNamed } from "../../test/passkey.ts";
import {
  aBody,
  aPermit,
  aPerson,
  aPost,
  aTenure,
  offered,
} from "../../test/story-acts.ts";
import { day, must, ORIGIN, p } from "../../test/story-founding.ts";
import { wholeStory } from "../../test/story-whole.ts";
import {
  approved,
  auditOf,
  given,
  holder,
  type House,
  play,
  rootText,
  sourceOf,
  type Step,
  take,
} from "../../test/story.ts";
import { encode } from "../acts/canonical.ts";
import { parseEntry } from "../acts/entry.ts";
import { leafHash } from "../log/hash.ts";
import { rootOfLeaves } from "../log/tree.ts";
import { total } from "./report.ts";

/**
 * A dishonest administrator changes entries, and builds every tree and checkpoint anew over what is then there. What binds
 * an entry are signatures, rulings, heads, and every later signer who had seen it.
 */
type Change = {
  readonly how: "flip" | "remove" | "swap" | "double";
  readonly at: number;
  readonly other: number;
  readonly byte: number;
  readonly mask: number;
};

const change = fc.record<Change>({
  how: fc.constantFrom("flip", "flip", "remove", "swap", "double"),
  at: fc.nat(),
  other: fc.nat(),
  byte: fc.nat(),
  mask: fc.integer({ min: 1, max: 255 }),
});

function changed(
  entries: readonly Uint8Array[],
  { how, at, other, byte, mask }: Change,
): Uint8Array[] {
  const all = [...entries];
  const index = at % all.length;
  const [entry] = all.slice(index, index + 1);
  if (entry === undefined) return all;
  if (how === "remove") all.splice(index, 1);
  if (how === "double") all.splice(other % (all.length + 1), 0, entry);
  if (how === "swap") {
    const second = other % all.length;
    [all[index], all[second]] = [all[second] ?? entry, entry];
  }
  if (how === "flip") {
    const flipped = entry.slice();
    flipped[byte % entry.length] = (flipped[byte % entry.length] ?? 0) ^ mask;
    all[index] = flipped;
  }
  return all;
}

const same = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length &&
  a.every((raw, i) => Buffer.compare(raw, b[i] ?? new Uint8Array(0)) === 0);

async function found(
  house: House,
  log: string,
  entries: readonly Uint8Array[],
  more: object = {},
): Promise<number> {
  const usage = new Map(house.usage);
  if (log !== ORIGIN) usage.set(log, [...entries]);
  const result = await auditOf(house, {
    register: sourceOf(ORIGIN, log === ORIGIN ? entries : house.entries),
    usage: (origin) =>
      Promise.resolve(
        usage.has(origin)
          ? sourceOf(origin, usage.get(origin) ?? [])
          : undefined,
      ),
    now: day(40),
    ...more,
  });
  return total(result.faults);
}

const whole = play(wholeStory);

test("before anything is changed nothing is found", async () => {
  expect(await found(whole, ORIGIN, whole.entries)).toBe(0);
});

test("in the register any entry changed, removed, exchanged or doubled is found, because a later signer had seen it", async () => {
  await fc.assert(
    fc.asyncProperty(change, async (one) => {
      const entries = changed(whole.entries, one);
      const seen = whole.entries.length - 1;
      // What the last signer signed had been seen by nobody yet: that is for those who keep checkpoints.
      if (same(entries.slice(0, seen), whole.entries.slice(0, seen))) return;
      expect(await found(whole, ORIGIN, entries)).toBeGreaterThan(0);
    }),
    { numRuns: 250 },
  );
});

test("whoever kept the last checkpoint finds any change at all, of the last entry too", async () => {
  const remembered = [
    {
      origin: ORIGIN,
      size: whole.entries.length,
      root: rootOfLeaves(
        p,
        whole.entries.map((raw) => leafHash(p, raw)),
      ),
    },
  ];
  await fc.assert(
    fc.asyncProperty(change, fc.nat({ max: 3 }), async (one, behind) => {
      const entries = changed(whole.entries, {
        ...one,
        at: whole.entries.length - 1 - behind,
      });
      if (same(entries, whole.entries)) return;
      expect(
        await found(whole, ORIGIN, entries, { remembered }),
      ).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

describe.each([...whole.usage.keys()])("in %s, which is closed,", (log) => {
  const entries = whole.usage.get(log) ?? [];

  test("any entry changed, removed, exchanged or doubled is found", async () => {
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        const other = changed(entries, one);
        if (same(other, entries)) return;
        expect(await found(whole, log, other)).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });

  test("a byte that is no text is found, and does not stop the audit", async () => {
    const use = entries.findIndex((raw) =>
      Buffer.from(raw).includes('"kind":"use"'),
    );
    const other = changed(entries, {
      how: "flip",
      at: use,
      other: 0,
      byte: 20,
      mask: 0x80,
    });
    expect(await found(whole, log, other)).toBeGreaterThan(0);
  });
});

/** Here all signers had seen the founding act alone: nothing but its own signatures and ruling binds an entry. */
const alone: readonly Step[] = given(day(1), ...offered, aPermit()).concat([
  [day(2), aPermit(), "V-NEW breach permit huaxing-vehicles"],
  [day(3), aBody({ body: "last" }), "granted"],
]);
const unseen = play(
  alone.map((step): Step => (house) => {
    if (typeof step === "function") return step(house);
    const [at, act] = step;
    const says = step.at(-1);
    if (typeof says !== "string") return;
    const slip = { slip: { seen: { size: 1, root: rootText(house, 1) } } };
    return take(house, [at, act, slip, says]);
  }),
);

test("each byte of an entry is bound by its own signatures and its ruling, but for its time", async () => {
  await fc.assert(
    fc.asyncProperty(
      change,
      fc.integer({ min: 1, max: 255 }),
      async (one, mask) => {
        const entries = changed(unseen.entries, { ...one, how: "flip", mask });
        const faults = await found(unseen, ORIGIN, entries);
        if (faults > 0) return;
        const index = entries.findIndex(
          (raw, i) => !same([raw], unseen.entries.slice(i, i + 1)),
        );
        const [was, is] = [unseen.entries[index], entries[index]].map((raw) =>
          parseEntry(raw ?? new Uint8Array(0)),
        );
        expect(encode({ ...is, at: 0 })).toBe(encode({ ...was, at: 0 }));
      },
    ),
    { numRuns: 400 },
  );
});

test("there an entry that is doubled is found as a repeated statement", async () => {
  expect(await found(unseen, ORIGIN, unseen.entries)).toBe(0);
  for (let at = 0; at < unseen.entries.length; at++) {
    const doubled = changed(unseen.entries, {
      how: "double",
      at,
      other: at + 1,
      byte: 0,
      mask: 1,
    });
    const result = await auditOf(unseen, {
      register: sourceOf(ORIGIN, doubled),
    });
    expect([...result.faults.counts.keys()], `entry ${at}`).toContain(
      at === 0 ? "genesis" : "repeated",
    );
  }
});

test.each([-7, -8, -257] as const)(
  "in an act that nobody has seen yet, any byte of what a passkey of alg %i gave is found when it is changed",
  async (alg) => {
    const name = `a passkey of alg ${alg}`;
    const { key } = passkeyNamed(name, { alg });
    const house = play([
      ...given(day(1), aPerson(7), aPost({ powers: ["register"] }), aTenure()),
      [
        day(2),
        { kind: "keyEnrolled", person: 7, key },
        ...[holder(7, name), approved("administrator")],
        "granted",
      ],
      [day(4), aBody(), approved("clerk", { person: 7, key: name }), "granted"],
    ]);
    const last = must(house.entries.at(-1));
    const text = Buffer.from(last).toString();
    const from = text.indexOf('"signatures":');
    const length = text.indexOf('"statement":') - from;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, mask) => {
          const bent = last.slice();
          bent[from + place] = (bent[from + place] ?? 0) ^ mask;
          const entries = [...house.entries.slice(0, -1), bent];
          expect(await found(house, ORIGIN, entries)).toBeGreaterThan(0);
        },
      ),
    );
    expect(await found(house, ORIGIN, house.entries)).toBe(0);
  },
);
