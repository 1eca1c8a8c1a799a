import { expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import {
  fee,
  isNamed,
  MINUTE,
  organisation,
  people,
  permit,
  product,
  revocation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";

const manyAnswers: readonly Act[] = [
  product({
    product: "people.check",
    content: [{ dataset: "people", fields: ["number", "name"] }],
    form: "answer",
    key: ["number"],
    limits: { perAskerPerDay: 1000, perSubjectPerDay: 1000 },
    rowsMax: 1,
    rowsPerStep: 100,
  }),
  permit({
    permit: "huaxing-check",
    product: "people.check",
    fields: ["name"],
    where: ["number"],
    rowsMax: 1,
  }),
];

/** A register size for every use in public: that of the anchor of its block. */
async function anchorsOf(
  office: SmallOffice,
  id: string,
): Promise<readonly number[]> {
  let anchored = 0;
  return (await shown(office)).flatMap(({ entry }) => {
    if (entry.kind === "anchor") anchored = entry.size;
    return entry.kind === "use" && entry.permit === id ? [anchored] : [];
  });
}

test("two hundred requests at once are written and synced in a few groups, and each gets its own answer", async () => {
  const office = await officeFor("at_once", { more: manyAnswers });
  const numbers = Array.from({ length: 200 }, (_, i) => i * 3);
  const answers = await Promise.all(
    numbers.map((n) =>
      office.answered(isNamed(`N${n}`, `Name ${n}`), "huaxing", {
        product: "people.check",
      }),
    ),
  );
  expect(answers.map(({ text }) => text)).toEqual(
    numbers.map((n) =>
      JSON.stringify({ answer: n < 400 ? "yes" : "notOnRecord" }),
    ),
  );
  const groups = new Set(answers.map(({ receipt }) => receipt.group.root));
  expect(groups.size).toBeLessThan(20);
  expect(new Set(answers.map(({ leaf }) => leaf)).size).toBe(200);
  expect(await leftOver(office)).toEqual([]);
});

test.each([0, 1, 5, 20, 60])(
  "a permit that is revoked while requests are under way (after %i turns): each use rests on a register in which it stood",
  async (turns) => {
    const office = await officeFor("at_once");
    await office.answered(vehicles(), "huaxing");
    let refused = 0;
    const asks = Array.from({ length: 200 }, async (_, i) => {
      const who = i % 2 === 0 ? "huaxing" : "other";
      const answer = await office.ask(vehicles(), who);
      if (answer.outcome === "refused") refused++;
    });
    for (let turn = 0; turn < turns; turn++)
      await new Promise((resolve) => setImmediate(resolve));
    const { index } = await office.granted(revocation("huaxing-vehicles"));
    const after = await office.ask(vehicles(), "huaxing");
    expect(after.outcome).toBe("refused");
    await Promise.all(asks);
    expect(await leftOver(office)).toEqual([]);
    const anchors = await anchorsOf(office, "huaxing-vehicles");
    expect(anchors).toHaveLength(101 - refused);
    expect(Math.max(...anchors)).toBeLessThanOrEqual(index);
    expect(await anchorsOf(office, "other-vehicles")).toHaveLength(100);
  },
);

test("a price that changes while requests are under way: each is charged the price of its anchor, and the sum is what was told", async () => {
  const office = await officeFor("at_once");
  const asks = [office.answered(vehicles(), "huaxing")];
  await asks[0];
  for (const amount of [90, 100, 110]) {
    for (let i = 0; i < 40; i++)
      asks.push(office.answered(vehicles(), "huaxing"));
    await office.granted(fee(`fee-${amount}`, amount));
  }
  asks.push(office.answered(vehicles(), "huaxing"));
  const charges = (await Promise.all(asks)).map(({ charge }) => charge);
  expect([charges.at(0), charges.at(-1)]).toEqual([160, 220]);
  expect(await leftOver(office)).toEqual([]);
  const { sums } = await office.check();
  expect(sums.charged.get("CNY")).toBe(charges.reduce((a, b) => a + b, 0));
});

test("everything at once: requests of every kind, acts, ticks and the ends of slots", async () => {
  const office = await officeFor("at_once", { more: manyAnswers });
  for (let round = 0; round < 4; round++) {
    const id = `round-${round}`;
    const asks = Array.from({ length: 25 }, (_, i) => [
      office.ask(vehicles({ limit: 1 + (i % 40) }), "huaxing"),
      office.ask(people(), "other"),
      office.ask(stations()),
      office.ask(vehicles(), "nobody"),
      office.ask(isNamed(`N${i}`, "Name 3"), "huaxing", {
        product: "people.check",
      }),
    ]).flat();
    const acts = (async () => {
      await office.granted(organisation(id));
      await office.granted(permit({ permit: id, organisation: id }));
      await office.answered(vehicles(), id);
      await Promise.all([
        office.granted(revocation(id)),
        office.granted(fee(id, 70 + round)),
        office.ask(vehicles(), id),
      ]);
    })();
    const ticks = (async () => {
      for (let tick = 0; tick < 6; tick++) await office.house.tick();
    })();
    await Promise.all([...asks, acts, ticks]);
    await office.pass(MINUTE);
    if (round % 2 === 1) await office.restart({ orderly: false });
  }
  expect(await leftOver(office)).toEqual([]);
  const { sums } = await office.check();
  expect(sums.open).toBe(4);
  expect(sums.refused).toBeGreaterThanOrEqual(4 * 25);
  expect(sums.uses).toBeGreaterThanOrEqual(4 * 75);
});
