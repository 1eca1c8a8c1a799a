import { existsSync } from "node:fs";
import { join } from "node:path";
import { publicKeyText } from "../../src/store/crypto.ts";
import { HOUR, revocation, stations, vehicles } from "./small-office-acts.ts";
import type { SmallOffice } from "./small-office.ts";
import { officeFor } from "./small-office-story.ts";

export const QUARTER_END = Date.UTC(2027, 0, 1);
export const ENDED = Date.UTC(2027, 0, 10);
/** Sixty months after the permit had ended, in the office's own time the same hour of the day. */
export const DROPPABLE = Date.UTC(2032, 0, 10);
export const LOG = "data.small.example/gate/minute/2026q4";
export const shownAt = ["public", "log", "gate", "minute", "2026q4"] as const;

export function lies(office: SmallOffice, ...path: readonly string[]): boolean {
  return existsSync(join(office.folder, ...path));
}

/** A quarter was used and closed, and the permit that was used in it has been ended; then the office sleeps until `until`. */
export async function yearsOf(
  name: string,
  until: number,
): Promise<SmallOffice> {
  const office = await officeFor(name, { start: QUARTER_END - HOUR });
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

export async function tick({ house }: SmallOffice): Promise<void> {
  await house.tick();
  await house.retention.done();
}

export async function pass(office: SmallOffice, ms: number): Promise<void> {
  office.clock.now += ms;
  await tick(office);
}

export async function sleep(office: SmallOffice, until: number): Promise<void> {
  await office.stop();
  office.clock.now = until;
  await office.start();
  await tick(office);
}
