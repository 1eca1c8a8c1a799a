import { expect, test } from "vitest";
import { aRulebook } from "../../test/story-acts.ts";
import { aCalendar, foundedInWorkingDays } from "../../test/story-calendars.ts";
import { aQuestion, aQuestionAnswer } from "../../test/story-contributions.ts";
import { day } from "../../test/story-founding.ts";
import { aPilot } from "../../test/story-local-law.ts";
import {
  founded as foundedWithCities,
  ofLanan,
} from "../../test/story-places.ts";
import { faultsOf, given, play } from "../../test/story.ts";
import { deadlinesOf, dueOf } from "./due.ts";

const founded = foundedInWorkingDays;
const asked = aQuestion({ due: day(7) });

test("a question is due for the post that receives them, until it is answered", async () => {
  const house = play([founded, [day(1, 10), asked, "granted"]]);
  const [first, ...others] = dueOf(house.register, day(2));
  expect(first).toEqual({
    ...{ what: "calendar", id: "lanan/2026", rule: "V-CALENDAR" },
    ...{ by: day(0), posts: ["head"] },
  });
  expect(others).toEqual([
    {
      ...{ what: "question", id: "question-1", rule: "V-QUESTION" },
      ...{ by: day(7), posts: ["registrar"] },
    },
  ]);
  const answered = play([
    ...[founded, [day(1), aCalendar(), "granted"] as const],
    [day(1, 10), aQuestion({ due: day(6) }), "granted"],
    [day(3), aQuestionAnswer(), "granted"],
  ]);
  expect(dueOf(answered.register, day(8))).toEqual([]);
  expect(deadlinesOf(answered.register, day(8)).missed).toEqual([]);
  expect(await faultsOf(answered)).toEqual([]);
});

test("what is late is missed, before it is done and ever after", () => {
  const house = play([
    ...[founded, [day(1), aCalendar(), "granted"] as const],
    [day(1, 10), aQuestion({ due: day(6) }), "granted"],
  ]);
  const names = (at: number) =>
    deadlinesOf(house.register, at).missed.map(({ id, done }) => [id, done]);
  expect(names(day(6) - 1)).toEqual([]);
  expect(names(day(6))).toEqual([["question-1", undefined]]);
  const late = play([
    ...[founded, [day(1), aCalendar(), "granted"] as const],
    [day(1, 10), aQuestion({ due: day(6) }), "granted"],
    [day(6), aQuestionAnswer(), "granted"],
  ]);
  expect(deadlinesOf(late.register, day(300)).missed).toMatchObject([
    { id: "question-1", done: day(6) },
  ]);
});

test("the calendar of the next year, and the end of the rulebook, are due half a year before", () => {
  const house = play([founded, ...given(day(1), aCalendar())]);
  const due = (at: number) =>
    dueOf(house.register, at).map(({ what, id, by }) => [what, id, by]);
  // 5 July 2026 is 180 days before the new year.
  expect(due(day(124))).toEqual([]);
  expect(due(day(126))).toEqual([["calendar", "lanan/2027", day(305)]]);
  expect(due(day(1_150 - 180))).toContainEqual([
    ...["rulebook", "lanan-2025"],
    day(1_150),
  ]);
});

test("an office that counts in days on end needs no calendar", () => {
  const house = play(given(day(1), aRulebook()));
  expect(dueOf(house.register, day(2))).toEqual([]);
});

test("a local rulebook that ends, and a pilot that is still to be promoted, are told half a year before", () => {
  const { register } = play([
    ...foundedWithCities,
    [day(2), ofLanan({ until: day(200) }), "granted"],
    [
      day(2),
      aPilot({ parent: "lanan-law", body: "haicheng", until: day(190) }),
      "granted",
    ],
  ]);
  const told = (now: number) =>
    dueOf(register, now).map(({ what, id, by }) => [what, id, by]);
  expect(told(day(9))).toEqual([]);
  expect(told(day(20))).toEqual([
    ["pilot", "pilot-1", day(190)],
    ["localRulebook", "lanan-law", day(200)],
  ]);
  // What has ended by itself is nobody's to do.
  expect(told(day(190))).toEqual([["localRulebook", "lanan-law", day(200)]]);
});
