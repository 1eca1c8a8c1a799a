import { expect, test } from "vitest";
import {
  HOUR,
  MINUTE,
  organisation,
  revocation,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import { leftOver } from "../../test/simulation/small-office-story.ts";
import {
  logKeyOf,
  watched,
} from "../../test/simulation/small-office-witness.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import { QuorumMissing } from "./witnesses.ts";

/** Time goes by in seconds, as the office's program lives through it. */
async function pass({ clock, house }: SmallOffice, milliseconds: number) {
  clock.now += milliseconds;
  await expect(house.tick()).rejects.toThrow(QuorumMissing);
}

test("a revocation that cannot be made public is not served against: the gateway stops after a minute, and says so to a stranger", async () => {
  const { office, court } = await watched("outage");
  await office.answered(vehicles(), "huaxing");
  await court.stop();
  const revoking = office.granted(revocation("huaxing-vehicles"));
  await pass(office, 1_000);
  await office.answered(vehicles(), "other");
  await pass(office, 58_000);
  await office.answered(vehicles(), "other");
  await pass(office, 4_000);
  for (const organisation of ["huaxing", "other"])
    await expect(office.ask(vehicles(), organisation)).rejects.toThrow(
      Unavailable,
    );
  await court.start(logKeyOf(office));
  await revoking;
  await office.answered(vehicles(), "other");
  expect(await office.ask(vehicles(), "huaxing")).toMatchObject({
    outcome: "refused",
  });
  // The window was wider than a minute, and a stranger cannot know that nothing was answered in it: docs/decisions/0009.
  const left = await leftOver(office);
  expect(left.map((line) => line.split(" ")[0])).toEqual(["head-late"]);
});

test("whatever else waits for its witnesses holds nobody up, for an hour; then nothing is entered or answered until they are back", async () => {
  const { office, court } = await watched("outage");
  await court.stop();
  const entering = office.granted(organisation("one"));
  entering.catch(() => undefined);
  await pass(office, HOUR);
  await office.answered(vehicles(), "huaxing");
  await pass(office, 2 * MINUTE);
  await pass(office, 2 * MINUTE);
  await expect(office.enter(organisation("two"))).rejects.toThrow(
    /^Cannot go on: entry \d+ could not be published for an hour; bring its witnesses and the database back$/,
  );
  await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(Unavailable);
  await court.start(logKeyOf(office));
  await entering;
  await office.granted(organisation("two"));
  await office.answered(vehicles(), "huaxing");
  expect(await leftOver(office)).toEqual([]);
});
