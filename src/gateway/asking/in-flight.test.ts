import { expect, test } from "vitest";
import {
  InFlight,
  type InFlightLimits,
  type Place,
  type Shed,
} from "./in-flight.ts";

const limits: InFlightLimits = {
  ...{ all: 4, each: 3, waiting: 3, waitingEach: 2 },
  waitMsMax: 60_000,
};

function entered(result: Place | Shed): Place {
  if (result.outcome === "entered") return result;
  throw new Error(`Cannot go on: ${result.why}`);
}
const enterAll = async (of: InFlight, ...names: readonly string[]) =>
  (await Promise.all(names.map((name) => of.enter(name)))).map(entered);
const settled = (): Promise<void> =>
  new Promise((resolve) => setImmediate(resolve));

test("places are taken at once while there are any, and one asker has no more than his", async () => {
  const places = new InFlight(limits);
  await enterAll(places, "a", "a", "a");
  let isIn = false;
  const fourth = places.enter("a").then((result) => {
    isIn = true;
    return result;
  });
  await enterAll(places, "b");
  await settled();
  expect([places.running, places.waiting, isIn]).toEqual([4, 1, false]);
  fourth.catch(() => undefined);
});

test("who came first is first, and passes by whoever has all that one may have", async () => {
  const places = new InFlight(limits);
  const [first, , , b] = await enterAll(places, "a", "a", "a", "b");
  const order: string[] = [];
  const waits = ["a", "c", "b"].map((name) =>
    places.enter(name).then((result) => {
      order.push(name);
      return entered(result);
    }),
  );
  b?.leave();
  await settled();
  expect(order).toEqual(["c"]);
  first?.leave();
  await settled();
  expect(order).toEqual(["c", "a"]);
  (await waits[0])?.leave();
  await Promise.all(waits);
  expect(order).toEqual(["c", "a", "b"]);
});

test("a full queue sheds at once, an asker that fills it sheds himself first, and nothing that has a place is touched", async () => {
  const places = new InFlight(limits);
  const inside = await enterAll(places, "a", "a", "a", "b");
  const waits = [places.enter("a"), places.enter("a")];
  expect(await places.enter("a")).toEqual({
    outcome: "shed",
    why: "Cannot answer now: too many requests wait already; nothing was begun, ask again",
    retryInSeconds: 1,
  });
  waits.push(places.enter("c"));
  expect(await places.enter("d")).toMatchObject({ outcome: "shed" });
  expect([places.running, places.waiting]).toEqual([4, 3]);
  for (const place of inside) place.leave();
  for (const wait of waits) entered(await wait).leave();
  expect([places.running, places.waiting]).toEqual([0, 0]);
});

test("who waited too long is shed, and who does not want to wait any more leaves the queue", async () => {
  const places = new InFlight({ ...limits, waitMsMax: 20 });
  const [one] = await enterAll(places, "a", "a", "a", "b");
  expect(await places.enter("c")).toMatchObject({
    outcome: "shed",
    why: expect.stringContaining("no place became free in 0.02 seconds"),
  });
  const patient = new InFlight(limits);
  const [two] = await enterAll(patient, "a", "a", "a", "b");
  const controller = new AbortController();
  const left = patient.enter("c", () => controller.signal);
  controller.abort();
  expect(await left).toMatchObject({ outcome: "shed" });
  const never = patient.enter("c", () => controller.signal);
  expect(await never).toMatchObject({ outcome: "shed" });
  expect(patient.waiting).toBe(0);
  for (const place of [one, two]) place?.leave();
  expect(entered(await patient.enter("c")).outcome).toBe("entered");
});

test("a place given back twice is given back once", async () => {
  const places = new InFlight(limits);
  const [one] = await enterAll(places, "a", "b");
  one?.leave();
  one?.leave();
  expect(places.running).toBe(1);
});

test("under a flood no limit is ever passed, and in the end everything is free again", async () => {
  const places = new InFlight(limits);
  const running = new Map<string, number>();
  let shed = 0;
  let most = 0;
  const work = async (name: string): Promise<void> => {
    const result = await places.enter(name);
    if (result.outcome === "shed") return void shed++;
    running.set(name, (running.get(name) ?? 0) + 1);
    most = Math.max(most, places.running);
    expect(running.get(name)).toBeLessThanOrEqual(limits.each);
    await settled();
    running.set(name, (running.get(name) ?? 0) - 1);
    result.leave();
  };
  for (let round = 0; round < 50; round++)
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => work(`org-${(i * round) % 5}`)),
    );
  expect(most).toBe(limits.all);
  expect(shed).toBeGreaterThan(0);
  expect([places.running, places.waiting]).toEqual([0, 0]);
});
