import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aBody,
  aCeiling,
  aFee,
  aKey,
  aPermit,
  aPerson,
  aPost,
  aSystem,
  aTenure,
  aRulebook,
  anAuthorisation,
  offered,
  priced,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  keyIdNamed,
  p,
  type Rulebook,
  theRulebook,
} from "../../test/story-founding.ts";
import { beginning, move, signersFor } from "../../test/story-moves.ts";
import {
  act,
  approved,
  faultsOf,
  given,
  type House,
  play,
  sayFindings,
  type Step,
} from "../../test/story.ts";
import { parseEntry, type Ruling } from "../acts/entry.ts";
import { simulate } from "./simulate.ts";

/** What would have come of a history under another rulebook, and what would not have. */

const simulated = (house: House, rulebook: Rulebook) =>
  simulate(p, house.entries.map(parseEntry), rulebook);
const said = (ruling: Ruling): string =>
  ruling.outcome === "granted" ? "granted" : sayFindings(ruling.findings);
/** Each difference in one line. */
function differences(house: House, rulebook: Rulebook): readonly string[] {
  return simulated(house, rulebook).differently.map(
    ({ entry, act: { kind }, was, would }) =>
      `${entry} ${kind}: ${said(was)} -> ${said(would)}`,
  );
}

function tells(
  name: string,
  story: readonly Step[],
  rulebook: Rulebook,
  ...lines: readonly string[]
): void {
  test(name, async () => {
    const house = play(story);
    expect(differences(house, rulebook)).toEqual(lines);
    expect(await faultsOf(house)).toEqual([]);
  });
}

const limited = (limits: Partial<Rulebook["limits"]>): Rulebook => ({
  ...theRulebook,
  limits: { ...theRulebook.limits, ...limits },
});

tells(
  "a permit that is too long under another rulebook would have been refused",
  given(day(1), ...offered, aPermit({ to: day(300) })),
  limited({ permitMonthsMax: 6 }),
  `10 permit: granted -> I5 breach to ${day(300)}, latest ${day(185)}`,
);
tells(
  "what rests on an act that would have been refused is judged as if it stood: nothing follows from a difference",
  given(day(1), ...priced, aPermit()),
  limited({ authorisationMonthsMax: 12 }),
  `8 authorisation: granted -> CN-OPS-10 breach to ${day(700)}, latest ${day(366)}`,
);
tells(
  "what was refused would have been granted under one that is looser",
  [
    ...given(day(1), ...offered),
    [
      day(2),
      aPermit({ to: day(1140) }),
      `I5 breach to ${day(1140)}, latest ${day(1098)}`,
    ],
  ],
  limited({ permitMonthsMax: 48 }),
  `10 permit: I5 breach to ${day(1140)}, latest ${day(1098)} -> granted`,
);
tells(
  "one that is refused on other grounds is told, though it is refused in both",
  [
    ...given(day(1), ...offered, aCeiling()),
    [day(2), aFee({ amount: 101 }), "CN-PRC-03 breach amount 101, ceiling 100"],
  ],
  limited({ feeMonthsMax: 1 }),
  `10 feeCeiling: granted -> I5 breach to ${day(600)}, latest ${day(32)}`,
  `11 feeStandard: CN-PRC-03 breach amount 101, ceiling 100 -> CN-PRC-03 breach amount 101, ceiling 100; I5 breach to ${day(400)}, latest ${day(33)}`,
);
tells(
  "a rule of the law that was not adopted counts from the founding on",
  given(day(1), ...registered, anAuthorisation()),
  { ...theRulebook, rules: [{ rule: "CN-OPS-06" }] },
  "8 authorisation: granted -> CN-OPS-06 missing fact procedure.plan.items",
);
tells(
  "keys sign as late as the other rulebook says",
  [
    ...given(
      day(1),
      aBody(),
      aPerson(7),
      aPost({ powers: ["register"] }),
      aTenure(),
      aKey(7),
    ),
    [day(2, 6), aSystem(), approved("clerk", { person: 7 }), "granted"],
  ],
  limited({ keyDelayHours: 48 }),
  `6 system: granted -> I4 breach key ${keyIdNamed("person-7")}, signs-from ${day(3)}`,
);

test("acts that adopted a rulebook are not judged: another one stands in the place of all of them", () => {
  const house = play([
    ...given(day(1), ...offered),
    [
      day(2),
      aRulebook({
        limits: { ...theRulebook.limits, permitMonthsMax: 12 },
      }),
      "granted",
    ],
    [
      day(3),
      aPermit({ to: day(600) }),
      `I5 breach to ${day(600)}, latest ${day(368)}`,
    ],
  ]);
  const { rulebooks, granted, refused } = simulated(house, theRulebook);
  expect({ rulebooks, granted, refused }).toEqual({
    ...{ rulebooks: 1, granted: 1, refused: 0 },
  });
});

test("under the rulebook that it was decided under no history differs in anything", () => {
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 5, maxLength: 30, size: "max" }),
      (moves) => {
        const house = play(given(day(1), ...beginning));
        let at = day(2);
        for (const next of moves) {
          at += next.after;
          const what = next.act(at - (at % HOUR));
          // What another rulebook would have said of them is another question.
          if (what.kind !== "rulebookAdopted")
            act(house, at, what, ...signersFor(what, next.by));
        }
        const { acts, ...found } = simulated(house, theRulebook);
        expect(acts).toBe(house.register.counts.acts);
        expect(found).toEqual({
          ...{ refused: 0, granted: 0, otherwise: 0, rulebooks: 0 },
          differently: [],
        });
        // And it is no mirror: under one without purposes no permit would have been granted.
        const bare = simulated(house, {
          ...theRulebook,
          purposes: theRulebook.purposes.slice(0, 1),
        });
        expect(bare.refused).toBeGreaterThan(0);
      },
    ),
    { numRuns: 30 },
  );
});
