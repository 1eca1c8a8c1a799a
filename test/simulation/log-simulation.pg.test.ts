import "./log-disk-seam.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { headsIn, openDatabase, type Sql } from "../../src/store/database.ts";
import { schemaFor } from "../postgres.ts";
import { diceOf } from "./life.ts";
import { LogStory } from "./log-story.ts";

const SEEDS = process.env["SOAK"] === "1" ? 500 : 40;
const FIRST = Number(process.env["SOAK_SEED"] ?? 7);

let sql: Sql;
beforeAll(async () => {
  sql = await openDatabase((await schemaFor("log_simulation")).url);
});
afterAll(async () => {
  await sql.end();
});

test("the same log with a real PostgreSQL for its head", async () => {
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    await sql`delete from head`;
    const story = new LogStory(diceOf(seed), headsIn(sql));
    const wrong = await story.play();
    expect(wrong, `seed ${seed}: ${story.told.join("; ")}`).toEqual([]);
  }
}, 600_000);
