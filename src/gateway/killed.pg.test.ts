import "../../test/simulation/kill-switch.ts";
import { expect, onTestFinished, test } from "vitest";
import { diceOf, Life } from "../../test/simulation/life.ts";
import { brokenPromises } from "../../test/simulation/lives.ts";
import {
  fee,
  MINUTE,
  people,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { abandon, SmallOffice } from "../../test/simulation/small-office.ts";
import { databaseFor } from "../../test/simulation/small-office-story.ts";
import type { Act } from "../acts/act.ts";
import { quarterOf, quarterSpan } from "../acts/dates.ts";

/** `npm run soak` kills at every operation; otherwise where a journal, a head, a count or a checkpoint is on its way. */
const POINTS =
  process.env["SOAK"] === "1"
    ? /./
    : /^write .*journal$|^query|^rm .*counts$|^rename .*checkpoint$/;

const closing: Act = {
  kind: "gatewayClosed",
  gateway: "gate",
  reason: "replaced",
};

const LIVES_MAX = 45;

/** An office with permits that does not run; what it has become by then is removed at the end of the test. */
async function stopped(latest: () => SmallOffice): Promise<SmallOffice> {
  const office = await SmallOffice.granted(await databaseFor("killed"));
  await office.stop();
  onTestFinished(async () => {
    await abandon(latest().house);
    await latest().remove();
  });
  return office;
}

/** Something of every kind, in a slot of its own. */
async function asks(office: SmallOffice): Promise<void> {
  await office.answered(vehicles(), "huaxing");
  await office.answered(people(), "other");
  await office.answered(stations());
  await office.ask(vehicles(), "nobody");
}

/**
 * In every life something is asked, then some work is done; after two calm ones each life is killed at another operation
 * of the work, and the next one begins `asleep` later. After each a stranger finds nothing, and every promise is kept.
 */
async function killedAnywhere(
  work: (office: SmallOffice, life: number) => Promise<unknown>,
  asleep = 0,
): Promise<SmallOffice> {
  let office: SmallOffice = await stopped(() => office);
  /** How many operations come before the work: the life before has counted them. */
  let before = 0;
  let points: readonly number[] = [0, 0];
  for (let count = 0; count < points.length; count++) {
    const life = new Life("kill", points[count] ?? 0, diceOf(count));
    const dying = office.reborn();
    await life.run(async () => {
      await dying.start();
      await asks(dying);
      before = life.done.length;
      await work(dying, count);
    });
    const where = `life ${count}, ${life.done.at(-1)}`;
    if (count === 1) points = [0, 0, ...pointsIn(life, before)];
    if (life.isOver) await abandon(dying.house);
    else await dying.stop();
    office = dying.reborn();
    office.clock.now += asleep;
    await office.start();
    await office.pass(MINUTE);
    expect(await office.faults(), where).toEqual([]);
    if (count < points.length - 1) await office.stop();
  }
  expect(points.length).toBeGreaterThan(8);
  await office.passHour();
  const { sums, receipts } = await office.check();
  const { length: lives } = points;
  expect(sums).toMatchObject({ uses: 2 * lives, open: lives, refused: lives });
  expect(receipts.kept).toBe(receipts.given);
  expect(await brokenPromises(office)).toEqual([]);
  return office;
}

test("a process that is killed while a slot ends counts everything, and everything once", async () => {
  const office = await killedAnywhere((dying) => dying.pass(MINUTE));
  expect(await office.faults()).toEqual([]);
}, 600_000);

test("and so does one that is killed while an act cuts its blocks", async () => {
  const office = await killedAnywhere(
    (dying, life) => dying.granted(fee(`fee-${life}`, 70 + (life % 9))),
    MINUTE,
  );
  expect(await office.faults()).toEqual([]);
}, 600_000);

test("and one that is killed while the logs of a quarter are closed", async () => {
  const office = await killedAnywhere((dying) => {
    const { to } = quarterSpan(quarterOf(dying.clock.now));
    return dying.pass(to - dying.clock.now);
  });
  expect(await office.faults()).toEqual([]);
  const heads = [...office.house.office.register.heads.values()];
  const open = heads.filter(({ head }) => head.closed !== true);
  expect(heads.length).toBeGreaterThan(2 * 8);
  expect(open).toEqual([]);
}, 600_000);

test("and one that is killed while its gateway leaves: either the act is there with what comes before it, or nothing is", async () => {
  const outcomes: string[] = [];
  let before = 0;
  // The first one is calm.
  let points: readonly number[] = [0];
  for (let count = 0; count < points.length; count++) {
    const life = new Life("kill", points[count] ?? 0, diceOf(count));
    const first = await SmallOffice.granted(await databaseFor("killed"));
    onTestFinished(() => first.remove());
    await first.stop();
    const dying = first.reborn();
    await life.run(async () => {
      await dying.start();
      await asks(dying);
      before = life.done.length;
      await dying.granted(closing);
    });
    if (count === 0) points = [0, ...pointsIn(life, before)];
    await abandon(dying.house);
    const office = dying.reborn();
    await office.start();
    const { register } = office.house.office;
    const isClosed = register.gateways.get("gate")?.ended !== undefined;
    outcomes.push(isClosed ? "closed" : "open");
    await office.pass(MINUTE);
    if (!isClosed) await asks(office);
    await office.passHour();
    expect(await office.faults(), `${life.done.at(-1)}`).toEqual([]);
    expect(await brokenPromises(office)).toEqual([]);
    await office.stop();
  }
  expect(new Set(outcomes)).toEqual(new Set(["open", "closed"]));
}, 600_000);

test("one that is killed between an opening and its entry leaves no opening of a use that never was", async () => {
  let office: SmallOffice = await stopped(() => office);
  let before = 0;
  let points: readonly number[] = [0];
  let neverEntered = 0;
  for (let count = 0; count < points.length; count++) {
    const life = new Life("kill", points[count] ?? 0, diceOf(count));
    const dying = office.reborn();
    await life.run(async () => {
      await dying.start();
      before = life.done.length;
      await dying.answered(people(), "other");
    });
    if (count === 0)
      points = [
        0,
        ...pointsIn(life, before, /^write .*\.(?:openings|journal)$/),
      ];
    if (life.isOver) await abandon(dying.house);
    else await dying.stop();
    office = dying.reborn();
    await office.start();
    await office.passHour();
    const { sums } = await office.check();
    const openings = await office.house.sql`select leaf from opening`;
    expect(openings.length, life.done.at(-1)).toBe(sums.uses);
    expect(
      await office.house.sql`
        select leaf from opening_subject where leaf not in (select leaf from opening)`,
    ).toEqual([]);
    neverEntered += count + 1 - sums.uses > neverEntered ? 1 : 0;
    expect(await office.faults()).toEqual([]);
    if (count < points.length - 1) await office.stop();
  }
  // In some lives nothing was entered, in others the use was.
  expect(points.length).toBeGreaterThan(3);
  expect(neverEntered).toBeGreaterThan(0);
  expect(neverEntered).toBeLessThan(points.length);
}, 600_000);

/** Where a life that went the same way would be killed, behind its first operations. */
function pointsIn(
  { done }: Life,
  before: number,
  where: RegExp = POINTS,
): readonly number[] {
  const all = done.flatMap((what, at) =>
    at >= before && where.test(what) ? [at + 1] : [],
  );
  // A life may take a quarter, and permits end in some years.
  const step = Math.ceil(all.length / LIVES_MAX);
  return all.filter((_, index) => index % step === 0);
}
