import { describe, expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import {
  DAY,
  fee,
  HOUR,
  isNamed,
  MINUTE,
  permit,
  product,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  entryOf,
  leftOver,
  officeFor,
  openingOf,
  shown,
} from "../../test/simulation/small-office-story.ts";

/** An answer for which enterprises pay. */
const priced: readonly Act[] = [
  {
    kind: "authorisation",
    authorisation: "sanhe-people",
    operator: "sanhe",
    datasets: ["people"],
    exclusive: false,
    to: Date.UTC(2040, 0, 1),
  },
  product({
    product: "people.check",
    content: [{ dataset: "people", fields: ["number", "name"] }],
    form: "answer",
    key: ["number"],
    limits: { perAskerPerDay: 100, perSubjectPerDay: 100 },
    rowsMax: 1,
    rowsPerStep: 100,
    authorisation: "sanhe-people",
  }),
  {
    kind: "feeCeiling",
    ceiling: "check-max",
    product: "people.check",
    amount: 50,
    currency: "CNY",
    unit: "call",
    to: Date.UTC(2040, 0, 1),
  },
  fee("check-fee", 25, { product: "people.check", unit: "call" }),
  permit({
    permit: "huaxing-check",
    product: "people.check",
    fields: ["name"],
    where: ["number"],
    rowsMax: 1,
  }),
];

/** What asking about a person comes to: the answer, or the limit that is reached. */
async function asks(
  office: SmallOffice,
  organisation: string,
  person: number,
): Promise<string> {
  const plan = isNamed(`N${person}`, `Name ${person}`);
  const answer = await office.ask(plan, organisation);
  if (answer.outcome === "answered") return answer.text;
  return answer.findings.flatMap(({ facts }) => facts.flat()).join(" ");
}
const YES = '{"answer":"yes"}';

test("an answer says yes, no or not on record and nothing else; a miss is a use and costs the same", async () => {
  const office = await officeFor("limits", { more: priced });
  const check = { product: "people.check" };
  const plans = [
    isNamed("N7", "Name 7"),
    isNamed("N7", "Name 8"),
    isNamed("M7", "Name 7"),
  ];
  const answers = [];
  for (const plan of plans)
    answers.push(await office.answered(plan, "huaxing", check));
  expect(answers.map(({ text }) => text)).toEqual([
    YES,
    '{"answer":"no"}',
    '{"answer":"notOnRecord"}',
  ]);
  expect(answers.map(({ charge }) => charge)).toEqual([25, 25, 25]);
  const uses = answers.map(({ receipt }) => entryOf(receipt));
  // In public a hit and a miss differ by the class of the persons concerned alone.
  const alike = uses.map((use) => ({ ...use, private: "", subjects: 0 }));
  expect(alike[1]).toEqual(alike[0]);
  expect(alike[2]).toEqual(alike[0]);
  expect(
    answers.map(({ receipt }) => openingOf(receipt).subjects.length),
  ).toEqual([1, 1, 1]);
  expect(await leftOver(office)).toEqual([]);
  const { sums } = await office.check();
  expect([sums.uses, sums.charged.get("CNY")]).toEqual([3, 75]);
});

describe("a day's limits", () => {
  test("per subject bind all askers together, and misses count", async () => {
    const office = await officeFor("limits");
    expect([
      await asks(office, "huaxing", 7),
      await asks(office, "other", 7),
      await asks(office, "huaxing", 7),
      await asks(office, "other", 7),
      await asks(office, "huaxing", 9999),
      await asks(office, "huaxing", 9999),
      await asks(office, "other", 9999),
      await asks(office, "other", 9999),
      await asks(office, "other", 8),
    ]).toEqual([
      ...[YES, YES, YES, "per subject"],
      ...Array<string>(3).fill('{"answer":"notOnRecord"}'),
      ...["per subject", YES],
    ]);
    expect(await leftOver(office)).toEqual([]);
    const refused = (await shown(office)).flatMap(({ log, entry }) =>
      entry.kind === "refused" ? [`${log} ${entry.rule} ${entry.count}`] : [],
    );
    expect(refused).toEqual(["gate/hour/2026q4 V-LIMIT 2"]);
  });

  test("per asker bind each for itself, at once as one after the other", async () => {
    const office = await officeFor("limits");
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => asks(office, "huaxing", i)),
    );
    expect(all.filter((one) => one === YES)).toHaveLength(6);
    expect(await asks(office, "huaxing", 50)).toBe("per asker");
    expect(await asks(office, "other", 50)).toBe(YES);
    expect(await leftOver(office)).toEqual([]);
  });

  test.each([true, false])(
    "are remembered by the next process (stopped in order: %s), also when it starts in another hour and another log",
    async (orderly) => {
      // The hour before a quarter ends, at 07:30 in the office's own time.
      const start = Date.UTC(2026, 11, 31, 23, 30);
      const office = await officeFor("limits", { start });
      for (const person of [1, 2, 3, 7]) await asks(office, "huaxing", person);
      await office.restart({ orderly });
      expect(await asks(office, "other", 7)).toBe(YES);
      await office.pass(HOUR);
      await office.restart({ orderly });
      expect(await asks(office, "other", 7)).toBe(YES);
      await office.restart({ orderly });
      expect(await asks(office, "other", 7)).toBe("per subject");
      expect(await asks(office, "huaxing", 4)).toBe(YES);
      expect(await asks(office, "huaxing", 5)).toBe(YES);
      expect(await asks(office, "huaxing", 6)).toBe("per asker");
      expect(await leftOver(office)).toEqual([]);
    },
  );

  test("begin again at midnight in the office's own time zone, and not at that of another", async () => {
    // 16:00 UTC is midnight in the office's time zone.
    const midnight = Date.UTC(2026, 10, 2, 16);
    const office = await officeFor("limits", { start: midnight - 10 * HOUR });
    for (const _ of [1, 2, 3]) await asks(office, "huaxing", 7);
    await office.pass(10 * HOUR - MINUTE);
    expect(await asks(office, "huaxing", 7)).toBe("per subject");
    await office.pass(MINUTE);
    expect(await asks(office, "huaxing", 7)).toBe(YES);
    await office.pass(9 * HOUR);
    // Midnight UTC is no midnight here.
    for (const _ of [1, 2]) await asks(office, "huaxing", 7);
    await office.restart({ orderly: false });
    expect(await asks(office, "huaxing", 7)).toBe("per subject");
    await office.pass(DAY - 9 * HOUR);
    await office.restart({ orderly: false });
    expect(await asks(office, "huaxing", 7)).toBe(YES);
    expect(await leftOver(office)).toEqual([]);
  });
});
