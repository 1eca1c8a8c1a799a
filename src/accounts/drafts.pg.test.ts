import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { organisation } from "../../test/simulation/small-office-acts.ts";
import { openDatabase, type Sql } from "../store/database.ts";
import { DRAFT_DAYS, DraftMoved, Drafts, placesOf } from "./drafts.ts";

const DAY = 86_400_000;
const clock = { now: Date.UTC(2026, 10, 2) };
let sql: Sql;
let drafts: Drafts;
beforeAll(async () => {
  sql = await openDatabase((await schemaFor("drafts")).url);
  drafts = new Drafts(sql, Buffer.alloc(32, 1), () => clock.now);
});
afterAll(() => sql.end());

const signers = [
  { person: 2, role: "prepared", post: "registrar" },
  { person: 1, role: "approved", post: "head" },
] as const;

test("those who prepare and sign a draft find it, and nobody else", async () => {
  const id = await drafts.begin(2, organisation("newcomer"), signers);
  const [own] = await drafts.of(1);
  expect(own).toMatchObject({ id, stage: "open", by: 2 });
  expect(own === undefined ? [] : placesOf(own, 1)).toEqual([1]);
  expect(await drafts.of(3)).toEqual([]);
  const rows = await sql<{ sealed: Buffer }[]>`select sealed from draft`;
  expect(rows[0]?.sealed.includes("newcomer")).toBe(false);
});

test("of two who change a draft at once one is told, and nothing is lost", async () => {
  const id = await drafts.begin(2, organisation("changed"), signers);
  const seen = await drafts.read(id);
  if (seen?.stage !== "open") throw new Error("Cannot go on: no open draft");
  await drafts.change(seen, { act: organisation("changed-first") });
  await expect(
    drafts.change(seen, { act: organisation("changed-second") }),
  ).rejects.toThrow(DraftMoved);
  await expect(drafts.withdraw(seen)).rejects.toThrow(DraftMoved);
  expect(await drafts.read(id)).toMatchObject({
    act: { organisation: "changed-first" },
  });
});

test("a draft ends with the time for which a signature stands", async () => {
  const id = await drafts.begin(2, organisation("late"), signers);
  clock.now += DRAFT_DAYS * DAY - 1;
  expect(await drafts.read(id)).toBeDefined();
  clock.now += 1;
  expect(await drafts.read(id)).toBeUndefined();
});
