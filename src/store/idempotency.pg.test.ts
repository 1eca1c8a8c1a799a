import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { openDatabase, type Sql } from "./database.ts";
import {
  type AskedUnderKey,
  begin,
  type Begun,
  type Claim,
  finish,
  forget,
  giveBack,
  intend,
  KEY_MS_MAX,
  pruneKeys,
  RUNNING_MS_MAX,
  settle,
} from "./idempotency.ts";

const START = 1_793_606_400_000;
let sql: Sql;
/** Two connections' worth of gateways. */
let other: Sql;
beforeAll(async () => {
  const { url } = await schemaFor("idempotency");
  sql = await openDatabase(url);
  other = await openDatabase(url);
});
afterAll(async () => {
  await sql.end();
  await other.end();
});

const entry = {
  leaf: randomBytes(32),
  log: "data.example/log/gate-1/2026q4",
  slot: START,
};
const asked = (key: string, request = "plan 1"): AskedUnderKey => ({
  ...{ organisation: "huaxing", key, request },
});
const ask = (one: AskedUnderKey, at = START, by = sql): Promise<Begun> =>
  begin(by, one, randomBytes(16), at);
const outcome = async (one: AskedUnderKey, at = START): Promise<string> =>
  (await ask(one, at)).outcome;
async function first(one: AskedUnderKey, at = START): Promise<Claim> {
  const begun = await ask(one, at);
  if (begun.outcome !== "first")
    throw new Error(`Cannot go on: it is ${begun.outcome}`);
  return begun.claim;
}
async function entered(one: AskedUnderKey, at = START): Promise<Claim> {
  const claim = await first(one, at);
  expect(await intend(sql, claim, entry)).toBe(true);
  expect(await finish(sql, claim)).toBe(true);
  return claim;
}

test("a request is made once, answered anew three times, each with its number, and then no more", async () => {
  const one = asked("three-times");
  await entered(one);
  for (const number of [1, 2, 3])
    expect(await ask(one)).toEqual({ outcome: "repeat", number, ...entry });
  for (let i = 0; i < 3; i++) expect(await outcome(one)).toBe("exhausted");
});

test("a repeat that failed before its entry is given back, and still no more than three count", async () => {
  const one = asked("given-back");
  await entered(one);
  await ask(one);
  await giveBack(sql, one);
  for (const number of [1, 2, 3])
    expect(await ask(one)).toMatchObject({ outcome: "repeat", number });
  for (let i = 0; i < 3; i++) expect(await outcome(one)).toBe("exhausted");
  await giveBack(sql, one);
  expect(await ask(one)).toMatchObject({ outcome: "repeat", number: 3 });
  expect(await outcome(one)).toBe("exhausted");
  const fresh = asked("given-back-too-often");
  await entered(fresh);
  for (let i = 0; i < 3; i++) await giveBack(sql, fresh);
  expect(await ask(fresh)).toMatchObject({ number: 1 });
});

test("while it is under way the same key waits, and another request under it is refused at every stage", async () => {
  const one = asked("stages");
  const another = asked("stages", "plan 2");
  const stage = async () => [await outcome(one), await outcome(another)];
  const claim = await first(one);
  expect(await stage()).toEqual(["running", "another"]);
  await intend(sql, claim, entry);
  expect(await stage()).toEqual(["running", "another"]);
  await finish(sql, claim);
  expect(await stage()).toEqual(["repeat", "another"]);
  expect(await ask(one)).toMatchObject({ number: 2 });
});

test("the keys of two organisations have nothing to do with each other", async () => {
  await entered(asked("shared"));
  const theirs = { ...asked("shared"), organisation: "sanhe" };
  expect(await outcome(theirs)).toBe("first");
});

test("of many at once, at two gateways, one is first; of many repeats at once three are answered", async () => {
  const one = asked("many");
  const many = (): Promise<readonly Begun[]> =>
    Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        ask(one, START, i % 2 === 0 ? sql : other),
      ),
    );
  const begun = await many();
  expect(begun.map((each) => each.outcome).toSorted()).toEqual([
    "first",
    ...Array<string>(59).fill("running"),
  ]);
  const claim = begun.flatMap((each) =>
    each.outcome === "first" ? [each.claim] : [],
  );
  for (const each of claim) {
    await intend(sql, each, entry);
    await finish(sql, each);
  }
  const repeats = await many();
  const numbers = repeats.flatMap((each) =>
    each.outcome === "repeat" ? [each.number] : [],
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  expect(repeats.filter((each) => each.outcome === "exhausted")).toHaveLength(
    57,
  );
});

test("of many different requests under one key at once one is made, and the others are refused or wait for nothing", async () => {
  const begun = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      ask(asked("mixed", `plan ${i}`), START, i % 2 === 0 ? sql : other),
    ),
  );
  expect(begun.map((each) => each.outcome).toSorted()).toEqual([
    ...Array<string>(39).fill("another"),
    "first",
  ]);
});

test("an attempt that was refused or failed before its entry frees the key, for any request", async () => {
  const claim = await first(asked("freed"));
  await forget(sql, claim);
  const next = await first(asked("freed", "plan 2"));
  await intend(sql, next, entry);
  await forget(sql, next);
  const last = await entered(asked("freed", "plan 3"));
  await forget(sql, last);
  expect(await outcome(asked("freed", "plan 3"))).toBe("repeat");
});

test("who was killed before naming an entry blocks the key for ten minutes; who only slept finds it lost and enters nothing", async () => {
  const one = asked("killed");
  const sleeper = await first(one);
  expect(await outcome(one, START + RUNNING_MS_MAX - 1)).toBe("running");
  const next = await first(one, START + RUNNING_MS_MAX);
  expect(await intend(sql, sleeper, entry)).toBe(false);
  await forget(sql, sleeper);
  expect(await finish(sql, sleeper)).toBe(false);
  expect(await outcome(one, START + RUNNING_MS_MAX)).toBe("running");
  expect(await intend(sql, next, entry)).toBe(true);
  expect(await intend(sql, next, entry)).toBe(false);
});

test("of many who find a killed one's key one takes it over", async () => {
  const one = asked("taken-over");
  await first(one);
  const begun = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      ask(one, START + RUNNING_MS_MAX, i % 2 === 0 ? sql : other),
    ),
  );
  expect(begun.filter((each) => each.outcome === "first")).toHaveLength(1);
  expect(begun.filter((each) => each.outcome === "running")).toHaveLength(39);
});

test("who was killed after naming an entry leaves a doubt, which the log itself ends in one way or the other", async () => {
  for (const isEntered of [true, false]) {
    const one = asked(`doubt-${isEntered}`);
    await intend(sql, await first(one), entry);
    expect(await outcome(one, START + RUNNING_MS_MAX - 1)).toBe("running");
    const late = START + RUNNING_MS_MAX;
    expect(await ask(one, late)).toEqual({ outcome: "unsure", ...entry });
    await settle(sql, one, randomBytes(32), !isEntered);
    expect(await outcome(one, late)).toBe("unsure");
    await settle(sql, one, entry.leaf, isEntered);
    expect(await outcome(one, late)).toBe(isEntered ? "repeat" : "first");
  }
});

test("a key stands for its request for a day, is known as gone for a week, and is then forgotten", async () => {
  const one = asked("old");
  await entered(one);
  expect(await ask(one, START + KEY_MS_MAX - 1)).toMatchObject({ number: 1 });
  for (const request of ["plan 1", "plan 2"]) {
    const old = asked("old", request);
    expect(await outcome(old, START + KEY_MS_MAX)).toBe("gone");
  }
  expect(await pruneKeys(sql, START + 7 * KEY_MS_MAX)).toBe(0);
  expect(await outcome(one, START + 7 * KEY_MS_MAX)).toBe("gone");
  expect(await pruneKeys(sql, START + 7 * KEY_MS_MAX + 1)).toBeGreaterThan(0);
  expect(await outcome(one)).toBe("first");
});

test("neither the key nor anything that tells the request lies in the database", async () => {
  const keys = ["secret-a", "secret-b"];
  for (const key of keys) await first(asked(key, "plan of N1"));
  const rows = await sql<{ key: Buffer; request: Buffer }[]>`
    select key, request from idempotency where key in (sha256('secret-a'), sha256('secret-b'))`;
  expect(rows).toHaveLength(2);
  // The same plan twice: without the keys nobody sees that it was the same.
  expect(rows[0]?.request).not.toEqual(rows[1]?.request);
  for (const { key, request } of rows)
    expect(`${key.toString()} ${request.toString()}`).not.toMatch(/secret|N1/);
});
