import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { newToken } from "../../accounts/new-token.ts";
import { issueToken } from "../../cli/issue-token.ts";
import { openDatabase, type Sql } from "../../store/database.ts";
import { Door } from "./door.ts";
import { TokenCache } from "./token-cache.ts";

let sql: Sql;
beforeAll(async () => {
  sql = await openDatabase((await schemaFor("door")).url);
});
afterAll(() => sql.end());

const door = (): Door =>
  new Door({
    tokens: new TokenCache(sql, Date.now),
    ticks: () => 0,
    organisationRate: { perSecond: 10, burst: 5 },
    addressRate: { perSecond: 1, burst: 3 },
  });

test("an organisation has its own limit, from wherever it asks, and takes nothing from an address", async () => {
  const one = door();
  const token = await issueToken(sql, "huaxing", { system: "orders" });
  const arrived = await one.arrive(token, "203.0.113.7");
  expect(arrived).toMatchObject({
    ...{ outcome: "arrived", name: "huaxing", asker: { system: "orders" } },
    fields: { RateLimit: '"organisation";r=4;t=1' },
  });
  for (let i = 0; i < 4; i++) await one.arrive(token, `203.0.113.${i}`);
  const refused = await one.arrive(token, "203.0.113.9");
  expect(refused).toMatchObject({
    ...{ outcome: "limited", fields: { "Retry-After": "1" } },
    why: "Cannot answer now: too many requests of organisation huaxing; nothing was begun, ask again",
  });
  expect((await one.arrive(undefined, "203.0.113.7")).fields).toMatchObject({
    RateLimit: '"address";r=2;t=1',
  });
});

test("whoever tries tokens has the limit of an address without one, and no good token beside him suffers", async () => {
  const one = door();
  const tried: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { outcome } = await one.arrive(newToken().token, "203.0.113.7");
    tried.push(outcome);
  }
  expect(tried).toEqual([
    ...["unknown", "unknown", "unknown", "limited", "limited"],
  ]);
  const good = await issueToken(sql, "sanhe");
  expect((await one.arrive(good, "203.0.113.7")).outcome).toBe("arrived");
  expect((await one.arrive(undefined, "203.0.113.8")).outcome).toBe("arrived");
});

test("a request that no network carried has no address and no limit of one", async () => {
  const one = door();
  for (let i = 0; i < 10; i++)
    expect(await one.arrive(undefined, undefined)).toEqual({
      ...{ outcome: "arrived", name: "from ", asker: undefined, fields: {} },
    });
});
