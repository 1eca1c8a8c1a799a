import { expect, test } from "vitest";
import { program, run } from "../scenarios/program.ts";

const SECONDS = 20;
const RATE = 40;

test("an office that is asked for everything at once, twenty seconds long, answers, and its logs hold every answer", async () => {
  const { code, out } = await run(program, [
    "soak",
    ...["--seconds", String(SECONDS), "--rate", String(RATE)],
  ]);
  expect(out).toContain("no contradiction found");
  const said =
    /uses in the logs: ([0-9,]+), answered: ([0-9,]+); refusals in the logs: ([0-9,]+), refused: ([0-9,]+); receipts kept: ([0-9]+) of ([0-9]+)/.exec(
      out,
    );
  const [uses, answered, refusals, refused, kept, given] = (said ?? [])
    .slice(1)
    .map((text) => Number(text.replaceAll(",", "")));
  expect([uses, refusals, kept]).toEqual([answered, refused, given]);
  // Four in five are uses; the others are refused, or of open data.
  expect(uses).toBeGreaterThan(SECONDS * RATE * 0.6);
  expect(given).toBeGreaterThan(0);
  expect(out).toContain(" 0 failed");
  expect(code, out).toBe(0);
}, 300_000);
