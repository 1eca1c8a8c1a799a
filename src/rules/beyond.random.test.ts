import fc from "fast-check";
import { expect, test } from "vitest";
import type { ActOf } from "../acts/act.ts";
import {
  aKey,
  anAuthorisation,
  aPermit,
  aPerson,
  aPost,
  aTenure,
  priced,
} from "../../test/story-acts.ts";
import { anApplication } from "../../test/story-applications.ts";
import { anOverride, aTie } from "../../test/story-beyond.ts";
import { listedActs, touchable } from "../../test/story-touched.ts";
import { day, p, theGenesis, theRulebook } from "../../test/story-founding.ts";
import {
  approved,
  given,
  play,
  prepared,
  type Signing,
  statementOf,
  type Step,
} from "../../test/story.ts";
import { decide } from "./decide.ts";

/**
 * Ties at random, signers at random, acts at random; and who may sign which, written down a second time, by hand. What was found, what was
 * missed, and what was refused that is lawful.
 */
type Tied = {
  readonly person: number;
  readonly to: "huaxing" | "sanhe" | number;
  readonly nature: "family" | "employment";
  readonly until: "2026-02" | "2027" | undefined;
};
const of = <const T extends string | number | boolean | undefined | Signing>(
  ...all: readonly T[]
): fc.Arbitrary<T> => fc.constantFrom<T[]>(...all);
const tie: fc.Arbitrary<Tied> = fc
  .record({
    person: of(1, 2, 7),
    to: fc.oneof(of("huaxing", "sanhe"), of(1, 2, 7)),
    nature: of("family", "employment"),
    until: of("2026-02", "2027", undefined),
  })
  .filter(({ person, to }) => person !== to);

const head = approved("head");
const deputy = approved("deputy", { person: 7 });
const registrar = prepared("registrar");

const founded = theGenesis({
  rulebook: { ...theRulebook, rules: [{ rule: "CN-COI-01" }] },
});
const powers = [
  "permit",
  "authorise",
  "approveFees",
  "priceOperators",
] as const;

function office(ties: readonly Tied[], more: readonly Step[] = []) {
  return play([
    [day(0), founded, "granted"],
    ...given(day(1), ...priced, aPermit(), anApplication()),
    ...more,
    ...given(day(1), aPerson(7), aKey(7)),
    ...given(day(1), aPost({ post: "deputy", powers: [...powers] })),
    ...given(day(3), aTenure({ post: "deputy" })),
    ...given(
      day(4),
      ...ties.map(({ person, to, nature, until }, i) =>
        aTie({
          ...{ tie: `tie-${i}`, person, nature },
          to: typeof to === "number" ? { person: to } : { organisation: to },
          ...(until === undefined ? {} : { until }),
        }),
      ),
    ),
  ]);
}

function isTied(
  ties: readonly Tied[],
  person: number,
  touched: readonly (string | number)[],
): boolean {
  const now = ties.filter(({ until }) => until !== "2026-02");
  // Between two persons it is the tie of both, whoever declared it.
  const others = now.flatMap(({ nature, to, person: one }) =>
    typeof to === "string" || ![one, to].includes(person)
      ? []
      : [{ nature, other: one === person ? to : one }],
  );
  const relatives = others.flatMap(({ nature, other }) =>
    nature === "family" ? [other] : [],
  );
  return (
    others.some(({ other }) => touched.includes(other)) ||
    now.some(
      ({ person: one, to }) =>
        (one === person || relatives.includes(one)) &&
        typeof to === "string" &&
        touched.includes(to),
    )
  );
}

test("every act that a tied person signed is refused by CN-COI-01, and no other is", () => {
  const seen = { found: 0, missed: 0, wrongly: 0, free: 0 };
  fc.assert(
    fc.property(
      fc.array(tie, { maxLength: 4 }),
      of(head, deputy),
      (ties, decider) => {
        const house = office(ties, touchable);
        for (const [act, ...touched] of listedActs) {
          const by: Signing[] = [
            registrar,
            decider,
            ...(act.kind === "override" ? [approved("price-officer")] : []),
          ];
          const statement = statementOf(house, day(5), act, by);
          const ruling = decide(
            p,
            house.register,
            { statement, keys: [] },
            day(5),
          );
          const rules =
            ruling.outcome === "refused"
              ? ruling.findings.map(({ rule }) => rule)
              : [];
          const isFound = rules.includes("CN-COI-01");
          const isWanted = by.some(({ person }) =>
            isTied(ties, person, touched),
          );
          if (isFound && isWanted) seen.found += 1;
          else if (isWanted) seen.missed += 1;
          else if (isFound) seen.wrongly += 1;
          else seen.free += 1;
          expect([act.kind, isFound]).toEqual([act.kind, isWanted]);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(seen).toMatchObject({ missed: 0, wrongly: 0 });
  expect(Math.min(seen.found, seen.free)).toBeGreaterThan(50);
});

/** What can be wrong in an act that somebody wants to override, and the rule that it breaks. */
type Changed = { readonly to?: number | undefined };
const wrongs: Readonly<
  Record<string, Omit<Partial<ActOf<"authorisation">>, "to"> & Changed>
> = {
  shortEnough: { to: day(700) },
  endless: { to: undefined },
  nobody: { operator: "nobody" },
  noData: { datasets: ["nothing"] },
  taken: { authorisation: "sanhe-vehicles" },
  backwards: { from: day(1) },
  endsFirst: { from: day(30), to: day(20) },
};
const named = [
  ...["CN-OPS-10", "CN-PRC-09", "I5", "I14", "V-REF", "V-NEW", "V-ORDER"],
];
const all = Object.keys(wrongs);

test("no override is granted but of what binds in principle alone, whatever it names", () => {
  const seen = { granted: 0, refused: 0 };
  const house = office([]);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...all), { maxLength: 2 }),
      fc.oneof(
        fc.constant<string[]>(["CN-OPS-10"]),
        fc.uniqueArray(fc.constantFrom(...named), {
          minLength: 1,
          maxLength: 3,
        }),
      ),
      of(true, false),
      (wrong, against, hasSecond) => {
        let changed: (typeof wrongs)[string] = {
          ...{ authorisation: "long", datasets: ["vehicles"] },
          to: day(6 * 365),
        };
        for (const one of wrong) changed = { ...changed, ...wrongs[one] };
        const { to, ...others } = changed;
        const { to: _, ...rest } = anAuthorisation(others);
        const inside = { ...rest, ...(to === undefined ? {} : { to }) };
        const statement = statementOf(
          house,
          day(5),
          anOverride(inside, { against }),
          [registrar, head, ...(hasSecond ? [approved("price-officer")] : [])],
        );
        const ruling = decide(
          p,
          house.register,
          { statement, keys: [] },
          day(5),
        );
        const isLawful =
          hasSecond &&
          inside.to === day(6 * 365) &&
          inside.from === undefined &&
          inside.operator === "sanhe" &&
          inside.authorisation === "long" &&
          inside.datasets[0] === "vehicles" &&
          against.length === 1 &&
          against[0] === "CN-OPS-10";
        seen[ruling.outcome] += 1;
        expect(ruling.outcome).toBe(isLawful ? "granted" : "refused");
      },
    ),
    { numRuns: 2_000 },
  );
  expect(seen.granted).toBeGreaterThan(10);
});
