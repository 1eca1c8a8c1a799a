import { expect, test } from "vitest";
import {
  aConfirmation,
  anAuthorisation,
  aProduct,
  aReport,
  registered,
} from "../../test/story-acts.ts";
import { day, HOUR } from "../../test/story-founding.ts";
import {
  aCancellation,
  aCancelling,
  aCode,
  anAcceptance,
  anAsking,
  aPublicNotice,
  aRegistration,
  aReview,
  registryFounded,
} from "../../test/story-registrations.ts";
import { given, play, type Step } from "../../test/story.ts";
import { deadlinesOf } from "./due.ts";

/** What is due of registrations, by which post, and what was missed. */

const known = [...registryFounded(), ...given(day(1), ...registered)];
const at = (steps: readonly Step[], now: number) => {
  const { due, missed } = deadlinesOf(play(steps).register, now);
  return [due, missed].map((list) =>
    list
      .filter(({ what }) => what !== "calendar")
      .map(
        ({ what, id, by, rule, posts }) =>
          `${what} ${id} ${(by - day(0)) / (24 * HOUR)} ${rule} ${posts.join()}`,
      ),
  );
};

test("each step is due in its working days, by the registry's post", () => {
  const applied = [...known, ...given(day(1), aRegistration())];
  expect(at(applied, day(2))).toEqual([
    ["registration vehicles-r1 5 CN-REG-08 registrar"],
    [],
  ]);
  expect(at(applied, day(5))[1]).toEqual([
    "registration vehicles-r1 5 CN-REG-08 registrar",
  ]);
  const asked = [...applied, ...given(day(2), anAsking())];
  expect(at(asked, day(40))).toEqual([
    ["applicant vehicles-r1 30 CN-REG-08 registrar"],
    [],
  ]);
  const accepted = [...applied, ...given(day(2), anAcceptance())];
  expect(at(accepted, day(3))).toEqual([
    ["registration vehicles-r1 31 CN-REG-09 registrar"],
    [],
  ]);
  const reviewed = [...accepted, ...given(day(3), aReview())];
  expect(at(reviewed, day(4))).toEqual([[], []]);
  const noticed = [
    ...reviewed,
    ...given(day(4), aPublicNotice({ until: day(19) })),
  ];
  // Nobody has missed anything because a notice is over.
  expect(at(noticed, day(5))).toEqual(at(noticed, day(30)));
  expect(at(noticed, day(5))).toEqual([
    ["notice vehicles-r1 19 CN-REG-12 registrar"],
    [],
  ]);
  const coded = [...noticed, ...given(day(19), aCode({ to: day(200) }))];
  expect(at(coded, day(140) - 1)).toEqual([[], []]);
  expect(at(coded, day(140))).toEqual([
    ["renewal vehicles-r1 200 CN-REG-14 registrar"],
    [],
  ]);
  expect(at(coded, day(200))).toEqual([[], []]);
  const late = [
    ...[...coded, ...given(day(22), aCancelling())],
    [
      day(37),
      aCancellation(),
      `granted, CN-REG-16 breach due ${day(37)}, entered ${day(37)}`,
    ] as const,
  ];
  expect(at(late, day(300))).toEqual([
    [],
    ["registration vehicles-r1 37 CN-REG-16 registrar"],
  ]);
});

test("what is operated is due for its first registration: of now in twenty working days, of before the measures long ago", () => {
  const operated = [
    ...known,
    ...given(day(1), anAuthorisation({ datasets: ["vehicles"] })),
  ];
  expect(at(operated, day(2))).toEqual([[], []]);
  const offered = [...operated, ...given(day(2), aProduct())];
  expect(at(offered, day(3))).toEqual([
    [
      "firstRegistration vehicle-records 31 CN-REG-06 registrar",
      "firstRegistration vehicles 31 CN-REG-06 registrar",
    ],
    [],
  ]);
  const since = (from: string): readonly Step[] => [
    ...known,
    ...given(day(1), aReport({ from })),
    [
      day(1),
      aConfirmation(),
      "granted, V-CONFIRMED breach reported franchise-2019",
    ] as const,
  ];
  // Thirty days behind Saturday, 1 March 2025, for which no calendar was adopted.
  for (const from of ["2019", "2025-03-01"])
    expect(at(since(from), day(2))).toEqual([
      [],
      ["firstRegistration vehicles -335 CN-REG-07 registrar"],
    ]);
  expect(at(since("2025-03-02"), day(2))).toEqual([[], []]);
});
