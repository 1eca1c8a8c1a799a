import { createServer } from "node:net";
import { expect, inject, test } from "vitest";
import { DatabaseAway, reachDatabase } from "./reach-database.ts";

const WANTED = "want a PostgreSQL 13 or newer";

test("a database that answers is reached", async () => {
  await reachDatabase(inject("postgresUrl"));
});

test.each([
  [
    "postgres://me:secret@127.0.0.1:1/office",
    "Cannot reach the database of DATABASE_URL at 127.0.0.1:1/office: connection refused; want a PostgreSQL 13 or newer",
  ],
  ["postgres://me:secret@nowhere.invalid/office", WANTED],
  [
    "mysql://me:secret@127.0.0.1/office",
    "it begins with mysql://, want postgres://",
  ],
  ["me:secret@127.0.0.1", "it begins with no scheme, want postgres://"],
  ["postgres://me:sec%ret@127.0.0.1:1/office", "want "],
])("%s is said in one line that keeps its password", async (url, says) => {
  const error: unknown = await reachDatabase(url).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(DatabaseAway);
  expect(String(error)).toContain(says);
  expect(String(error)).not.toMatch(/sec(%|r)|\n/);
});

test("a wrong password, a missing database and a closed schema are named", async () => {
  const url = new URL(inject("postgresUrl"));
  url.password = "wrong";
  await expect(reachDatabase(url.href)).rejects.toThrow(
    "password authentication failed",
  );
  const missing = new URL(inject("postgresUrl"));
  missing.pathname = "/missing";
  await expect(reachDatabase(missing.href)).rejects.toThrow(
    /\/missing: database "missing" does not exist; want/,
  );
  const closed = new URL(inject("postgresUrl"));
  closed.searchParams.set("search_path", "no_such_schema");
  await expect(reachDatabase(closed.href)).rejects.toThrow(
    "its account may make no tables there",
  );
});

test("a server that says nothing is waited for ten seconds", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  await expect(
    reachDatabase(`postgres://me:secret@127.0.0.1:${port}/office`),
  ).rejects.toThrow("no answer within 10 seconds");
  server.close();
}, 20_000);
