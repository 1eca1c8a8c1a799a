import "./log-disk-seam.ts";
import { expect, test } from "vitest";
import { diceOf } from "./life.ts";
import { LogStory, rowInMemory } from "./log-story.ts";

/** CI has its fixed share; `npm run soak` has ten thousand seeds, from one of its own. */
const SOAK = process.env["SOAK"] === "1";
const SEEDS = SOAK ? 10_000 : 250;
const FIRST = Number(process.env["SOAK_SEED"] ?? 20_261_128);

test("a log whose disk, database and process fail at any operation keeps every answered entry and shows one history", async () => {
  let answered = 0;
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    const story = new LogStory(diceOf(seed), rowInMemory());
    const wrong = await story.play();
    expect(wrong, `seed ${seed}: ${story.told.join("; ")}`).toEqual([]);
    answered += story.answered.size;
  }
  // Troubles come late enough for something to have been answered.
  expect(answered).toBeGreaterThan(50 * SEEDS);
}, 3_600_000);
