import { expect, test } from "vitest";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  logKeyOf,
  policyOf,
  SmallWitness,
} from "../../../test/simulation/small-office-witness.ts";
import {
  DROPPABLE,
  LOG,
  lies,
  pass,
  shownAt,
  tick,
  yearsOf,
} from "../../../test/simulation/small-office-years.ts";
import { DROPPED_SHOWN_MS } from "./desk.ts";

const years = (until: number): Promise<SmallOffice> =>
  yearsOf("public_hour", until);

test("a dropped log lies there for an hour after its record is public, however long that waited for witnesses and whatever was killed meanwhile", async () => {
  const office = await years(DROPPABLE);
  const court = await SmallWitness.open(office, "court");
  await office.granted(await policyOf(office, [court]));
  await court.stop();
  const { entry, says } = await office.house.retention.drop(LOG);
  expect(says).toMatch(/ bytes go an hour after that is public$/);
  await expect(pass(office, DROPPED_SHOWN_MS * 3)).rejects.toThrow(
    "its witnesses' quorum is not met",
  );
  await office.house.retention.done();
  expect(office.house.office.published.size).toBeLessThanOrEqual(entry);
  expect(lies(office, ...shownAt)).toBe(true);
  await court.start(logKeyOf(office));
  await office.house.office.publish();
  await tick(office);
  await pass(office, DROPPED_SHOWN_MS / 2);
  await office.restart({ orderly: false });
  await pass(office, DROPPED_SHOWN_MS / 2 - 1);
  expect(lies(office, ...shownAt)).toBe(true);
  await pass(office, 1);
  expect(lies(office, ...shownAt)).toBe(false);
  expect(await office.faults()).toEqual([]);
});
