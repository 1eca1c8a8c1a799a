import { expect, test } from "vitest";
import { random } from "./random.ts";

test("draws as many bytes as are wanted, and none of them twice", () => {
  const drawn = Array.from({ length: 3_000 }, (_, i) => random(12 + (i % 40)));
  expect(drawn.map(({ length }) => length)).toEqual(
    drawn.map((_, i) => 12 + (i % 40)),
  );
  const heads = drawn.map((one) =>
    Buffer.from(one.subarray(0, 12)).toString("hex"),
  );
  expect(new Set(heads).size).toBe(drawn.length);
  // What was drawn before does not change under whoever has it.
  const first = Buffer.from(drawn[0] ?? []).toString("hex");
  random(100_000);
  expect(Buffer.from(drawn[0] ?? []).toString("hex")).toBe(first);
});

test("more than the pool holds is drawn whole", () => {
  const many = random(1_000_000);
  expect(many.length).toBe(1_000_000);
  expect(new Set(many).size).toBe(256);
});
