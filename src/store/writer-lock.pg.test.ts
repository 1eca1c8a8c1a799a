import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import postgres from "postgres";
import { schemaFor } from "../../test/postgres.ts";
import { Road } from "../../test/simulation/road.ts";
import { InUse } from "./in-use.ts";
import { WriterLock } from "./writer-lock.ts";

const LOG = "data.example/register";

test("one log of one database has one writer, who is named to the next", async () => {
  const { url } = await schemaFor("writer_lock");
  const first = await WriterLock.hold(url, LOG);
  await expect(WriterLock.hold(url, LOG)).rejects.toThrow(InUse);
  await expect(WriterLock.hold(url, LOG)).rejects.toThrow(
    `vitrine process ${process.pid} on `,
  );
  const other = await WriterLock.hold(url, "other.example/register");
  const elsewhere = await WriterLock.hold(
    (await schemaFor("writer_lock_too")).url,
    LOG,
  );
  await Promise.all([other.release(), elsewhere.release(), first.release()]);
  const next = await WriterLock.hold(url, LOG);
  await next.release();
});

test("a connection that breaks is made again and has the log again", async () => {
  const { url } = await schemaFor("writer_lock");
  const lock = await WriterLock.hold(url, LOG);
  const sql = postgres(url, { max: 1 });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'vitrine process%'`;
  await sleep(3_000);
  expect(lock.unsureMs).toBeLessThan(2_000);
  await expect(WriterLock.hold(url, LOG)).rejects.toThrow(InUse);
  await sql.end();
  await lock.release();
});

test("without its database it is unsure, for as long as that lasts; if somebody else was there first the log is lost", async () => {
  const { url } = await schemaFor("writer_lock");
  const road = await Road.open(url);
  const lock = await WriterLock.hold(road.url, LOG);
  road.block();
  await sleep(2_500);
  expect(lock.unsureMs).toBeGreaterThan(1_500);
  const rival = await WriterLock.hold(url, LOG);
  road.clear();
  expect((await lock.lost).message).toMatch(
    /^Cannot go on with log data\.example\/register: vitrine process \d+ on .* has it by now, on the same database; stop one of the two$/,
  );
  await rival.release();
  await lock.release();
  await road.close();
});
