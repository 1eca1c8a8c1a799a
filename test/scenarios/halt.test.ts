import { existsSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres } from "../../src/store/postgres-server.ts";
import { Demonstration, run, verifier } from "./program.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

let office: Demonstration;

beforeAll(async () => {
  office = await Demonstration.make();
  await laid(office.folder);
  await office.start();
}, LAID_MS_MAX);

afterAll(async () => {
  await office.end();
});

test("an office that is not the writer of its log any more says so, ends at once, and leaves nothing behind that answers", async () => {
  const server = await startPostgres({
    folder: office.folder,
    log: () => undefined,
  });
  // What a second office on the same database does when it starts.
  const sql = postgres(server.url, { max: 1 });
  await sql`update head set writer = writer + 1`;
  await sql.end();
  const act = await office.vitrine(
    "act",
    "examples/acts/permit-sanhe-export.json",
  );
  expect(act.code).toBe(2);
  expect(act.err).toBe(
    "The office has stopped: the state of its log is in doubt\n",
  );
  expect(await office.exitCode()).toBe(2);
  expect(office.printed).toMatch(
    /^Cannot move the head of .* another writer has it; stop one of the two$/m,
  );
  await expect(fetch(office.address)).rejects.toThrow("fetch failed");
  expect(existsSync(join(office.folder, "vitrine.pid"))).toBe(false);
  await server.stop();
}, 60_000);

test("the same command starts it again, with the act that was not answered as it stands in the journal", async () => {
  await office.start();
  const again = await office.vitrine(
    "act",
    "examples/acts/permit-sanhe-export.json",
  );
  expect(again.out).toMatch(/V-NEW .*\n.*permit sanhe-exporters/);
  const { out } = await run(verifier, [office.address]);
  expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
}, 60_000);
