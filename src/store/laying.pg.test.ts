import { expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { createHead, keepOpenings, openDatabase } from "./database.ts";
import { beginLaying, endLaying } from "./laying.ts";

const LOG = "data.demo.example/register";
const GATE = "data.demo.example/gate/minute/2026q4";
const root = new Uint8Array(32);

test("an interrupted laying clears what it wrote itself, and nothing of another office or folder", async () => {
  const { url } = await schemaFor("laying");
  const sql = await openDatabase(url);
  const logs = async () =>
    (await sql<{ log: string }[]>`select log from head order by log`).map(
      ({ log }) => log,
    );
  const others = [
    "data.demo.example/else/gate/minute/2026q4",
    "data.demo.example/else/register",
    "data.demo_example/gate/minute/2026q4",
  ];
  for (const log of others) await createHead(sql, log, root);
  expect(await beginLaying(url, LOG, "mine")).toBe(true);
  await createHead(sql, LOG, root);
  await createHead(sql, GATE, root);
  const opening = { slot: 1, sealed: root };
  await keepOpenings(sql, [
    { ...opening, leaf: new Uint8Array([1]), log: GATE },
    { ...opening, leaf: new Uint8Array([2]), log: others[0] ?? "" },
  ]);
  // Another folder, while this one lays.
  expect(await beginLaying(url, LOG, "other")).toBe(false);
  expect(await logs()).toHaveLength(5);
  expect(await beginLaying(url, LOG, "mine")).toBe(true);
  expect(await logs()).toEqual(others);
  expect(await sql`select from opening`).toHaveLength(1);
  await createHead(sql, LOG, root);
  await endLaying(url, LOG, "mine");
  // It is finished: nobody clears it, whatever lies in a folder.
  expect(await beginLaying(url, LOG, "mine")).toBe(false);
  expect(await beginLaying(url, LOG, "other")).toBe(false);
  expect(await logs()).toHaveLength(4);
  await sql.end();
});
