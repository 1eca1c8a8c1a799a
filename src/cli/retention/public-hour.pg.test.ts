import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  HOUR,
  revocation,
  stations,
  vehicles,
} from "../../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { officeFor } from "../../../test/simulation/small-office-story.ts";
import {
  logKeyOf,
  policyOf,
  SmallWitness,
} from "../../../test/simulation/small-office-witness.ts";
import { publicKeyText } from "../../store/crypto.ts";
import { DROPPED_SHOWN_MS } from "./desk.ts";

const QUARTER_END = Date.UTC(2027, 0, 1);
const ENDED = Date.UTC(2027, 0, 10);
/** Sixty months after the permit had ended, in the office's own time the same hour of the day. */
const DROPPABLE = Date.UTC(2032, 0, 10);
const LOG = "data.small.example/gate/minute/2026q4";
const lies = (office: SmallOffice, ...path: string[]): boolean =>
  existsSync(join(office.folder, ...path));
const shownAt = ["public", "log", "gate", "minute", "2026q4"] as const;

/** A quarter was used and closed, and the permit that was used in it has been ended; then the office sleeps until `until`. */
async function years(until: number): Promise<SmallOffice> {
  const office = await officeFor("public_hour", { start: QUARTER_END - HOUR });
  await office.granted({
    kind: "machineKeyEnrolled",
    title: "Retention",
    publicKey: publicKeyText(office.house.keys.retention),
    records: ["dropped", "erased"],
    until: Date.UTC(2040, 0, 1),
  });
  await office.answered(vehicles(), "huaxing");
  await office.answered(vehicles({ limit: 30 }), "huaxing");
  await office.answered(stations());
  await office.pass(HOUR);
  await office.pass(ENDED - office.clock.now);
  await office.granted(revocation("huaxing-vehicles"));
  await sleep(office, until);
  return office;
}

async function tick({ house }: SmallOffice): Promise<void> {
  await house.tick();
  await house.retention.done();
}

async function pass(office: SmallOffice, ms: number): Promise<void> {
  office.clock.now += ms;
  await tick(office);
}

async function sleep(office: SmallOffice, until: number): Promise<void> {
  await office.stop();
  office.clock.now = until;
  await office.start();
  await tick(office);
}

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
