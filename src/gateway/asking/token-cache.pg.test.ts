import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { Road } from "../../../test/simulation/road.ts";
import { newToken } from "../../accounts/new-token.ts";
import { issueToken } from "../../cli/issue-token.ts";
import { openDatabase, type Sql } from "../../store/database.ts";
import {
  listTokens,
  revokeToken,
  revokeTokens,
  rotateToken,
} from "../../store/tokens.ts";
import { Unavailable } from "../unavailable.ts";
import { TokenCache } from "./token-cache.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = 1_793_606_400_000;

let sql: Sql;
let url: string;
beforeAll(async () => {
  ({ url } = await schemaFor("token_cache"));
  sql = await openDatabase(url);
});
afterAll(() => sql.end());

/** Two gateways on one database, and the time that passes for both. */
function gateways() {
  const clock = { now: START, ticks: 0 };
  const gateway = () =>
    new TokenCache(
      sql,
      () => clock.now,
      () => clock.ticks,
    );
  const pass = (ms: number): void => {
    clock.now += ms;
    clock.ticks += ms;
  };
  return { one: gateway(), other: gateway(), pass, clock };
}

const idOf = async (organisation: string): Promise<string> =>
  (await listTokens(sql, organisation)).at(-1)?.id ?? "";

test("a token names its organisation, its permit and its system, and nothing of it lies in the database", async () => {
  const { one } = gateways();
  const binding = { permit: "trade-2026", system: "orders" };
  const token = await issueToken(sql, "huaxing", binding, START);
  const tokenId = await idOf("huaxing");
  expect(await one.askerOf(token)).toEqual({
    ...{ organisation: "huaxing", ...binding, tokenId },
  });
  const plain = await issueToken(sql, "sanhe", {}, START);
  expect(await one.askerOf(plain)).toEqual({
    ...{ organisation: "sanhe", tokenId: await idOf("sanhe") },
  });
  expect(await one.askerOf(newToken().token)).toBeUndefined();
  const rows = JSON.stringify(await sql`select * from token`);
  expect(rows).not.toContain(token);
  expect(tokenId).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{7}$/);
});

test("a revoked token opens nothing at any gateway two seconds later, and the others of its organisation go on", async () => {
  const { one, other, pass } = gateways();
  const lost = await issueToken(sql, "jinghe", {}, START);
  const lostId = await idOf("jinghe");
  const good = await issueToken(sql, "jinghe", {}, START + 1);
  for (const gateway of [one, other])
    expect(await gateway.askerOf(lost)).toBeDefined();
  expect(await revokeToken(sql, "somebody-else", lostId)).toBe(false);
  expect(await revokeToken(sql, "jinghe", lostId)).toBe(true);
  expect(await revokeToken(sql, "jinghe", lostId)).toBe(false);
  pass(2_000);
  for (const gateway of [one, other]) {
    expect(await gateway.askerOf(lost)).toBeUndefined();
    expect(await gateway.askerOf(good)).toBeDefined();
  }
  expect(await revokeTokens(sql, "jinghe")).toBe(1);
  pass(2_000);
  expect(await one.askerOf(good)).toBeUndefined();
});

test("a token ends by itself to the millisecond, also while it is remembered", async () => {
  const { one, pass } = gateways();
  const token = await issueToken(sql, "short", { days: 1 }, START);
  pass(DAY - 1_000);
  expect(await one.askerOf(token)).toBeDefined();
  pass(999);
  expect(await one.askerOf(token)).toBeDefined();
  pass(1);
  expect(await one.askerOf(token)).toBeUndefined();
});

test("a rotated token overlaps with the new one for its hours, and the new one is for the same permit and system", async () => {
  const { one, pass } = gateways();
  const binding = { permit: "p", system: "s" };
  const old = await issueToken(sql, "rota", binding, START);
  const oldId = await idOf("rota");
  const next = newToken();
  const rotate = (organisation: string, id: string) =>
    rotateToken(
      ...([sql, organisation, id] as const),
      { digest: next.digest, until: START + 365 * DAY },
      START,
      START + 24 * HOUR,
    );
  expect(await rotate("somebody-else", oldId)).toBe(false);
  expect(await one.askerOf(next.token)).toBeUndefined();
  expect(await rotate("rota", oldId)).toBe(true);
  pass(24 * HOUR - 1);
  expect(await one.askerOf(old)).toMatchObject({ tokenId: oldId });
  expect(await one.askerOf(next.token)).toEqual({
    ...{ organisation: "rota", ...binding, tokenId: next.id },
  });
  pass(1);
  expect(await one.askerOf(old)).toBeUndefined();
  expect(await one.askerOf(next.token)).toBeDefined();
});

test("a token that has ended or was revoked is not rotated, and an overlap makes none last longer", async () => {
  const { one, pass } = gateways();
  const short = await issueToken(sql, "ends", { days: 1 }, START);
  const id = await idOf("ends");
  const next = newToken();
  const rotate = (at: number) =>
    rotateToken(
      ...([sql, "ends", id] as const),
      { digest: next.digest, until: at + DAY },
      at,
      at + 2 * DAY,
    );
  expect(await rotate(START + DAY)).toBe(false);
  expect(await rotate(START)).toBe(true);
  pass(DAY);
  expect(await one.askerOf(short)).toBeUndefined();
  await revokeTokens(sql, "ends");
  expect(await rotate(START)).toBe(false);
});

test("a thousand tokens asked about at once are each answered for themselves", async () => {
  const { one } = gateways();
  const tokens = await Promise.all(
    Array.from({ length: 1_000 }, (_, i) =>
      i % 2 === 0
        ? issueToken(sql, `org-${i}`, {}, START)
        : Promise.resolve(newToken().token),
    ),
  );
  const askers = await Promise.all(tokens.map((token) => one.askerOf(token)));
  askers.forEach((asker, i) =>
    expect(asker?.organisation).toBe(i % 2 === 0 ? `org-${i}` : undefined),
  );
});

test("with the database away a token is believed for two seconds, then nobody is admitted, then everybody again", async () => {
  const road = await Road.open(url);
  const far = await openDatabase(road.url);
  try {
    const clock = { ticks: 0 };
    const one = new TokenCache(
      far,
      () => START,
      () => clock.ticks,
    );
    const token = await issueToken(sql, "away", {}, START);
    expect(await one.askerOf(token)).toBeDefined();
    road.block();
    clock.ticks = 1_999;
    expect(await one.askerOf(token)).toBeDefined();
    clock.ticks = 2_000;
    await expect(one.askerOf(token)).rejects.toThrow(Unavailable);
    road.clear();
    for (let i = 0; ; i++) {
      const asker = await one.askerOf(token).catch((error: unknown) => {
        if (i > 20) throw error;
        return "away" as const;
      });
      if (asker !== "away") {
        expect(asker?.organisation).toBe("away");
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    await far.end({ timeout: 1 });
    await road.close();
  }
});

test("a database that lets in and says nothing is away after ten seconds", async () => {
  const road = await Road.open(url);
  const far = await openDatabase(road.url);
  try {
    const one = new TokenCache(far, () => START);
    const token = await issueToken(sql, "silent", {}, START);
    expect(await one.askerOf(token)).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    road.swallow();
    await expect(one.askerOf(token)).rejects.toThrow(
      "tokens cannot be looked up while the database is away",
    );
  } finally {
    road.block();
    await far.end({ timeout: 1 });
    await road.close();
  }
});
