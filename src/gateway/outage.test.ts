import { expect, test } from "vitest";
import { Outage } from "./outage.ts";

test("work that hangs is an outage as work that fails is, until it is done", async () => {
  const outage = new Outage();
  let finish: () => void = () => undefined;
  const hanging = outage.watch(
    1_000,
    () => new Promise<void>((resolve) => (finish = resolve)),
  );
  expect(() => outage.mustNotLast(10_999)).not.toThrow();
  expect(() => outage.mustNotLast(11_000)).toThrow(
    "a receipt would promise too much",
  );
  finish();
  await hanging;
  expect(() => outage.mustNotLast(11_000)).not.toThrow();
});

test("the clock alone makes nothing late", async () => {
  const outage = new Outage();
  await outage.watch(1_000, () => Promise.resolve());
  expect(() => outage.mustNotLast(9_000_000)).not.toThrow();
});
