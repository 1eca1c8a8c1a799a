import fc from "fast-check";
import { expect, test } from "vitest";
import type { ActEntry } from "../acts/entry.ts";
import { emptyRegister } from "../register/register.ts";
import {
  countOf,
  emptyActIndex,
  entriesAbout,
  findEntries,
  indexEntry,
  newestBehind,
  newestEntries,
} from "./act-index.ts";

type Row = {
  readonly post: string;
  readonly organisation: string;
  readonly isRefused: boolean;
};

/** An act as the log has it; its signature plays no part here. */
function entryOf(row: Row, at: number): ActEntry {
  const { post, organisation, isRefused } = row;
  return {
    ...{ v: 1, type: "act", at, edition: 1, signatures: [] },
    statement: {
      ...{ v: 1, office: "o.example/register", id: "id" },
      ...{ seen: { size: 0, root: "" }, until: at + 1 },
      signers: [{ person: 1, role: "approved", post }],
      act: {
        ...{ kind: "organisation", organisation, title: "T" },
        class: "enterprise",
      },
    },
    ruling: isRefused
      ? {
          outcome: "refused",
          findings: [{ rule: "V-NEW", result: "breach", facts: [] }],
        }
      : { outcome: "granted", flags: [] },
  };
}

const rows = fc.array(
  fc.record({
    post: fc.constantFrom("head", "clerk"),
    organisation: fc.constantFrom("a", "b", "c"),
    isRefused: fc.boolean(),
  }),
  { maxLength: 60 },
);

test("the index finds what a look through all entries finds, page by page", () => {
  fc.assert(
    fc.property(
      rows,
      fc.record({
        post: fc.option(fc.constantFrom("head", "clerk"), { nil: undefined }),
        organisation: fc.option(fc.constantFrom("a", "b", "x"), {
          nil: undefined,
        }),
        isRefused: fc.boolean(),
        from: fc.nat(70),
        to: fc.nat(70),
        hasDays: fc.boolean(),
        most: fc.integer({ min: 1, max: 7 }),
      }),
      (all, { post, organisation, isRefused, from, to, hasDays, most }) => {
        const index = emptyActIndex();
        const register = emptyRegister();
        for (const [at, row] of all.entries())
          indexEntry(index, register, entryOf(row, at));
        const keys = [
          ...(post === undefined ? [] : [`post:${post}`]),
          ...(organisation === undefined
            ? []
            : [`organisation:${organisation}`]),
          ...(isRefused ? ["outcome:refused"] : []),
        ];
        const wanted = [...all.entries()]
          .filter(
            ([at, row]) =>
              (post === undefined || row.post === post) &&
              (organisation === undefined ||
                row.organisation === organisation) &&
              (!isRefused || row.isRefused) &&
              (!hasDays || (at >= from && at < to)),
          )
          .map(([at]) => at)
          .toReversed();
        const days = hasDays ? { fromAt: from, toAt: to } : {};
        const seen: number[] = [];
        let before: number | undefined;
        do {
          const found = findEntries(index, { keys, ...days, before, most });
          expect(found.total).toBe(wanted.length);
          expect(found.hasNewer).toBe(seen.length > 0);
          seen.push(...found.entries);
          before = found.hasOlder ? found.entries.at(-1) : undefined;
          // The page before leads back to where one came from.
          if (before !== undefined && seen.length > most) {
            const back = findEntries(index, {
              ...{ keys, ...days, most },
              after: found.entries[0],
            });
            expect(back.entries).toEqual(
              seen.slice(seen.length - 2 * most, seen.length - most),
            );
          }
        } while (before !== undefined);
        expect(seen).toEqual(wanted);
        if (!hasDays)
          expect(newestEntries(index, keys, 3)).toEqual(wanted.slice(0, 3));
      },
    ),
  );
});

test("what is new about a thing is told once, the oldest first", () => {
  const index = emptyActIndex();
  const register = emptyRegister();
  for (const [at, organisation] of ["a", "b", "a", "a", "b"].entries())
    indexEntry(
      index,
      register,
      entryOf({ post: "head", organisation, isRefused: false }, at),
    );
  expect(entriesAbout(index, "organisation:a", -1, 2)).toEqual([0, 2]);
  expect(entriesAbout(index, "organisation:a", 0, 9)).toEqual([2, 3]);
  expect(entriesAbout(index, "organisation:a", 3, 9)).toEqual([]);
  expect(countOf(index, "organisation:b")).toBe(2);
});

test("nobody is followed: no key names a person", () => {
  const index = emptyActIndex();
  indexEntry(
    index,
    emptyRegister(),
    entryOf({ post: "head", organisation: "a", isRefused: true }, 0),
  );
  expect([...index.keys.keys()].filter((key) => /person/.test(key))).toEqual(
    [],
  );
  expect(countOf(index, "rule:V-NEW")).toBe(1);
});

test("what came behind an entry is counted whole, and listed no longer than asked", () => {
  const index = emptyActIndex();
  const register = emptyRegister();
  for (let at = 0; at < 9; at++)
    indexEntry(
      index,
      register,
      entryOf({ post: "head", organisation: "a", isRefused: at % 2 === 1 }, at),
    );
  const behind = (key: string, entry: number) =>
    newestBehind(index, key, entry, 2);
  expect(behind("outcome:granted", 2)).toEqual({ entries: [8, 6], total: 3 });
  expect(behind("outcome:refused", 7)).toEqual({ entries: [], total: 0 });
  expect(behind("outcome:none", -1)).toEqual({ entries: [], total: 0 });
});
