import { Hono } from "hono";
import { expect, test } from "vitest";
import { aCalendar, foundedInWorkingDays } from "../../test/story-calendars.ts";
import { aQuestion, aQuestionAnswer } from "../../test/story-contributions.ts";
import { day, must } from "../../test/story-founding.ts";
import { given, play, type Step } from "../../test/story.ts";
import { dueFigures } from "./due-figures.ts";
import { dueRoutes } from "./due-routes.tsx";

const founded = foundedInWorkingDays;

function pages(story: readonly Step[], now: number) {
  const { register } = play(story);
  const app = new Hono();
  dueRoutes(app, { office: { register }, now: () => now });
  return async (path: string): Promise<string> =>
    (await app.request(path)).text();
}

const asked: readonly Step[] = [
  founded,
  ...given(day(1), aCalendar()),
  // On a Monday, until the end of the next.
  [day(7, 10), aQuestion({ due: day(15) }), "granted"],
];

test("what is due is told by post, with the working days that are left", async () => {
  const ask = pages(asked, day(8, 9));
  expect(JSON.parse(await ask("/due.json"))).toEqual({
    ...{ title: "Public data office of a story", calendar: "lanan" },
    at: "2026-03-10 09:00",
    due: [
      {
        ...{ what: "Answer a question about a use", id: "question-1" },
        ...{ by: "2026-03-17 00:00", byTime: day(15) },
        href: "/acts?thing=question%3Aquestion-1",
        ...{ posts: ["registrar"], postTitles: ["Registrar"] },
        rule: "V-QUESTION",
        ...{ cites: "Vitrine convention QUESTION", workingDaysLeft: 4 },
      },
    ],
    missed: [],
    missedInAll: 0,
  });
  const html = await ask("/due");
  expect(html).toContain("counted by the calendar lanan");
  expect(html).toContain(
    '<a href="/acts?thing=question%3Aquestion-1">question-1</a>',
  );
  expect(html).toMatch(/<h2 id="open">To be done \(1\)/);
  expect(html).toMatch(/<h2 id="missed">Missed \(0\)/);
  expect(html).toContain("No deadline was missed.");
});

test("what is overdue is missed and says by how many working days; what was done late says when", async () => {
  const over = await pages(asked, day(16, 9))("/due");
  expect(over).toContain("Nothing is due.");
  expect(over).toContain("2 over");
  const done: readonly Step[] = [
    ...asked,
    [day(16), aQuestionAnswer(), "granted"],
  ];
  const later = await pages(done, day(40))("/due");
  expect(later).toContain("18 Mar 2026, 00:00");
  expect(later).not.toContain("not yet");
  const twin: unknown = JSON.parse(await pages(done, day(40))("/due.json"));
  expect(twin).toMatchObject({
    due: [],
    missed: [{ id: "question-1", done: "2026-03-18 00:00" }],
  });
});

test("an office that counts in days on end says so, and of no calendar", async () => {
  const ask = pages(given(day(1), aQuestion({ due: day(9) })), day(2));
  const html = await ask("/due");
  expect(html).toContain("Terms are counted in days on end.");
  expect(html).not.toContain("Working days left");
  expect(await ask("/due.json")).not.toContain("workingDaysLeft");
});

test("the front page says what presses today, and which body let a day go by", () => {
  const { register } = play(asked);
  const none = { applications: 0, others: 0 };
  expect(dueFigures(register, day(13, 23))).toEqual({
    ...{ open: 1, today: none, missed: 0, missedBy: [], missedByMore: 0 },
  });
  expect(dueFigures(register, day(14)).today).toEqual({ ...none, others: 1 });
  const { title } = must(register.bodies.get("data-office")).act;
  expect(dueFigures(register, day(15))).toEqual({
    ...{ open: 0, today: none, missed: 1, missedByMore: 0 },
    missedBy: [{ body: title, n: 1 }],
  });
});
