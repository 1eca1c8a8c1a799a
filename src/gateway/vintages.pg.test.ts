import { expect, test } from "vitest";
import * as z from "zod/mini";
import {
  datasets,
  HOUR,
  MINUTE,
  organisation,
  rowsOf,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  leftOver,
  officeFor,
  openingOf,
} from "../../test/simulation/small-office-story.ts";
import {
  logKeyOf,
  policyOf,
  SmallWitness,
  WATCHED_START,
} from "../../test/simulation/small-office-witness.ts";

const answer = z.object({ rows: z.array(z.object({ make: z.string() })) });

function vehiclesAct() {
  const act = datasets.find(({ dataset }) => dataset === "vehicles");
  if (act === undefined) throw new Error("want vehicles");
  return act;
}

/** The same vehicles, each of another make. */
function second(): readonly object[] {
  return rowsOf("vehicles").map((row) => ({ ...row, make: "Second" }));
}

/** Which vintage the opening of an answer names, and whether its rows are those of the second. */
async function served(
  office: SmallOffice,
): Promise<readonly [number, boolean]> {
  const { text, receipt } = await office.answered(vehicles(), "huaxing");
  const makes = answer.parse(JSON.parse(text)).rows.map(({ make }) => make);
  const isSecond = makes.map((make) => make === "Second");
  expect(new Set(isSecond).size).toBe(1);
  return [openingOf(receipt).vintage ?? 0, isSecond[0] === true];
}

test("a vintage is served from the moment its entry is followed, not from when its file is there; openings name the one whose rows they hold", async () => {
  const office = await officeFor("vintages");
  expect(await served(office)).toEqual([1, false]);
  await office.deliver(vehiclesAct(), second());
  expect(await served(office)).toEqual([1, false]);
  await office.house.office.publish();
  const meanwhile = Promise.all(
    Array.from({ length: 20 }, () => served(office)),
  );
  await office.house.followed();
  for (const [vintage, isSecond] of await meanwhile)
    expect(isSecond).toBe(vintage === 2);
  expect(await served(office)).toEqual([2, true]);
  await office.restart();
  expect(await served(office)).toEqual([2, true]);
  expect(await leftOver(office)).toEqual([]);
});

test("what was served before comes back as a vintage of its own", async () => {
  const office = await officeFor("vintages");
  await office.load(vehiclesAct(), second());
  await office.deliver(vehiclesAct());
  expect(await served(office)).toEqual([2, true]);
  await office.house.office.publish();
  await office.house.followed();
  expect(await served(office)).toEqual([3, false]);
  expect(await leftOver(office)).toEqual([]);
});

test("while something could not be published for an hour no vintage is entered; the heads of usage logs are", async () => {
  const office = await officeFor("vintages", { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  await office.granted(await policyOf(office, [court]));
  await served(office);
  await court.stop();
  const entering = office.granted(organisation("one"));
  entering.catch(() => undefined);
  office.clock.now += HOUR;
  await expect(office.house.tick()).rejects.toThrow("quorum");
  office.clock.now += 2 * MINUTE;
  const { register } = office.house.office;
  const { size } = register;
  await expect(office.deliver(vehiclesAct(), second())).rejects.toThrow(
    /^Cannot go on: entry \d+ could not be published for an hour/,
  );
  expect(register.size).toBe(size);
  const head = [...register.heads.values()][0]?.head;
  if (head === undefined) throw new Error("want a head");
  await office.house.office.record(head, office.house.keys.gateway);
  expect(register.size).toBe(size + 1);
  // What began before the clock was moved has ended: in life it takes seconds, not hours.
  await expect(office.house.office.publish()).rejects.toThrow("quorum");
  await court.start(logKeyOf(office));
  await entering;
  await office.load(vehiclesAct(), second());
  expect(await served(office)).toEqual([2, true]);
  expect(await leftOver(office)).toEqual([]);
});
