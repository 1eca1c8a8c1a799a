import { expect, test } from "vitest";
import { priced } from "../../../test/story-acts.ts";
import { day } from "../../../test/story-founding.ts";
import { given, play } from "../../../test/story.ts";
import { lookAhead, lookUp } from "./look-up.ts";

/** Lists that pages look things up in: who makes them, and when, changes nothing in them. */

const office = () => play([...given(day(1), ...priced)]).register;

test("what was made ahead, one thing at a time, is what whoever asks would have made", async () => {
  const [asked, ahead] = [office(), office()];
  const made = await lookAhead(ahead, 1);
  // Each dataset alone stands in three lists.
  expect(made).toBeGreaterThan(3 * ahead.datasets.size);
  expect(await lookAhead(ahead, 1)).toBe(0);
  const systems = [...asked.systems.keys()];
  expect(systems.length).toBeGreaterThan(0);
  for (const system of systems)
    expect(lookUp(ahead, "datasetsOfSystem", system)).toEqual(
      lookUp(asked, "datasetsOfSystem", system),
    );
  const all = systems.flatMap((one) => lookUp(ahead, "datasetsOfSystem", one));
  expect(all.toSorted()).toEqual([...asked.datasets.keys()].toSorted());
});

test("whoever asks while they are being made has the whole list, and nothing stands in it twice", async () => {
  const register = office();
  const making = lookAhead(register, 1);
  const body = [...register.systems.values()][0]?.act.body ?? "";
  const own = [...register.systems.values()]
    .filter(({ act }) => act.body === body)
    .map(({ act }) => act.system);
  expect(lookUp(register, "systemsOfBody", body)).toEqual(own);
  await making;
  expect(lookUp(register, "systemsOfBody", body)).toEqual(own);
});
