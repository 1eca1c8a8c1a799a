import "./kill-switch.ts";
import { afterAll, expect, test } from "vitest";
import { schemaFor } from "../postgres.ts";
import { diceOf, type Ending, Life } from "./life.ts";
import { brokenPromises, live } from "./lives.ts";
import { abandon, SmallOffice } from "./small-office.ts";

/** CI has its small share of lives from fixed seeds; `npm run soak` has more, from a seed of its own. */
const SOAK = process.env["SOAK"] === "1";
const LIVES = SOAK ? 200 : 20;
const SEED = Number(process.env["SOAK_SEED"] ?? 20_261_128);
/** Four hours before a quarter ends, so that some lives end while logs are being changed. */
const START = Date.UTC(2026, 11, 31, 20);

const offices: SmallOffice[] = [];
afterAll(async () => {
  for (const office of offices) await office.remove();
});

/**
 * An office lives one life after the other; each ends at some operation on a disk or a database. The next one starts with
 * the same command, must keep what was answered, and a stranger must find nothing.
 */
async function livesThatEndBy(ending: Ending, seed: number): Promise<void> {
  const dice = diceOf(seed);
  const { url } = await schemaFor(`lives_by_${ending}`);
  let office = await SmallOffice.granted(url, { start: START });
  offices.push(office);
  await office.stop();
  const calm = new Life("kill", 0, dice);
  await calm.run(() => live(office, `calm-${ending}`));
  const steps = calm.done.length;
  expect(steps).toBeGreaterThan(100);
  for (let count = 1; count <= LIVES; count++) {
    const life = new Life(ending, 1 + Math.floor(dice() * steps), dice);
    const dying = office.reborn();
    await life
      .run(() => live(dying, `${ending}-${count}`))
      .catch(() => undefined);
    // Whatever failed, the process stops in order as far as it can, and then it is no more.
    if (!life.isOver) {
      await life.run(() => dying.stop()).catch(() => undefined);
      life.end();
    }
    await abandon(dying.house);
    office = dying.reborn();
    const where = `${ending} ${count}, at ${life.done.length} of ${steps}: ${life.done.at(-1) ?? "nothing"}`;
    await office.start();
    await office.passHour();
    expect(await office.faults(), where).toEqual([]);
    expect(await brokenPromises(office), where).toEqual([]);
    await office.stop();
  }
}

test(
  "a process that is killed at any moment loses nothing that was answered",
  () => livesThatEndBy("kill", SEED),
  600_000,
);

test(
  "nor does a machine that loses its power",
  () => livesThatEndBy("power", SEED + 1),
  600_000,
);

test(
  "nor does one whose disk or database fails once",
  () => livesThatEndBy("error", SEED + 2),
  600_000,
);
