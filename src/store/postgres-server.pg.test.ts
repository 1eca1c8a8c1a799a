import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { exists } from "./process-mark.ts";
import { startPostgres, type PostgresServer } from "./postgres-server.ts";

const repository = join(import.meta.dirname, "..", "..");
const folders: string[] = [];
const parents: ChildProcess[] = [];
let starter = "";

beforeAll(async () => {
  // Bundled as dist/vitrine.mjs is, so that the server must be found from there too.
  starter = join(
    repository,
    "node_modules",
    ".vitrine-test",
    `starter-${process.pid}.mjs`,
  );
  await build({
    stdin: {
      resolveDir: import.meta.dirname,
      loader: "ts",
      contents: `import { startPostgres } from "./postgres-server.ts";
        const server = await startPostgres({ folder: process.argv[2] ?? "", log: () => {} });
        process.stdout.write(server.url + "\\n");
        setInterval(() => {}, 1000);`,
    },
    outfile: starter,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
});

afterAll(() => {
  for (const parent of parents) parent.kill("SIGKILL");
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true });
  rmSync(starter, { force: true });
});

test("what was written is there after a stop and a start, below a folder that is closed to others", async () => {
  const folder = newFolder();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const first = await start(folder);
  expect(first.reused).toBe(false);
  await write(first.url, "kept");
  await first.stop();
  await first.stop();
  const second = await start(folder);
  expect(await read(second.url)).toEqual(["kept"]);
  await second.stop();
  expect(statSync(join(folder, "postgres", "password")).mode & 0o777).toBe(
    0o600,
  );
});

test("it listens on the loopback address only, asks for the password, and syncs", async () => {
  const server = await start(newFolder());
  const url = new URL(server.url);
  expect(url.hostname).toBe("127.0.0.1");
  const settings = await query(
    server.url,
    (sql) =>
      sql<
        { name: string; setting: string }[]
      >`select name, setting from pg_settings where name in
      ('listen_addresses', 'fsync', 'synchronous_commit', 'server_encoding', 'unix_socket_directories') order by name`,
  );
  expect(settings.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
    "fsync=on",
    "listen_addresses=127.0.0.1",
    "server_encoding=UTF8",
    "synchronous_commit=on",
    "unix_socket_directories=",
  ]);
  url.password = "wrong";
  await expect(write(url.href, "never")).rejects.toThrow(
    "password authentication failed",
  );
  await server.stop();
});

test("the server of a parent that was killed is no obstacle, and nothing is lost", async () => {
  const folder = newFolder();
  const { parent, url } = await startElsewhere(folder);
  await write(url, "before the kill");
  const orphan = pidOf(folder);
  parent.kill("SIGKILL");
  const server = await start(folder);
  expect(await read(server.url)).toEqual(["before the kill"]);
  expect(pidOf(folder)).not.toBe(orphan);
  expect(exists(orphan)).toBe(false);
  await server.stop();
});

test("the server of a living parent is shared, and stopping our share leaves it alone", async () => {
  const folder = newFolder();
  const { parent, url } = await startElsewhere(folder);
  const shared = await start(folder);
  expect([shared.reused, shared.url]).toEqual([true, url]);
  await shared.stop();
  await write(url, "still running");
  parent.kill("SIGKILL");
});

test("a server that was killed is started again, also when another program was given its number", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await write(first.url, "before the crash");
  const pid = pidOf(folder);
  process.kill(pid, "SIGKILL");
  while (exists(pid)) await sleep(10);
  const data = join(folder, "postgres", "data");
  const note = join(data, "postmaster.pid");
  // Of the server's own account: PostgreSQL itself knows that a stranger's process is not its own.
  const other = spawn(
    "sleep",
    ["60"],
    process.getuid?.() === 0 ? { uid: statSync(data).uid } : {},
  );
  parents.push(other);
  writeFileSync(
    note,
    readFileSync(note, "utf8").replace(/^\d+/, String(other.pid)),
  );
  const second = await start(folder);
  expect(await read(second.url)).toEqual(["before the crash"]);
  await second.stop();
});

test("of two starts at once on a new folder one makes the database and both use it", async () => {
  const folder = newFolder();
  const [one, other] = await Promise.all([
    startElsewhere(folder),
    startElsewhere(folder),
  ]);
  expect(one.url).toBe(other.url);
  await write(one.url, "once");
  expect(await read(other.url)).toEqual(["once"]);
});

test("a connection to a test's schema works in that schema and finds it empty", async () => {
  const { url, schema } = await schemaFor("postgres_server");
  const rows = await query(
    url,
    (sql) =>
      sql<
        { name: string; kept: string | null }[]
      >`select current_schema() as name, to_regclass('kept')::text as kept`,
  );
  expect(rows.map(({ name, kept }) => [name, kept])).toEqual([[schema, null]]);
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-server-"));
  folders.push(folder);
  return folder;
}

const start = (folder: string): Promise<PostgresServer> =>
  startPostgres({ folder, log: () => {} });

async function startElsewhere(
  folder: string,
): Promise<{ parent: ChildProcess; url: string }> {
  const parent = spawn(process.execPath, [starter, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  parents.push(parent);
  const [chunk] = await once(parent.stdout, "data");
  return { parent, url: String(chunk).trim() };
}

const pidOf = (folder: string): number =>
  Number.parseInt(
    readFileSync(join(folder, "postgres", "data", "postmaster.pid"), "utf8"),
    10,
  );

async function query<T>(
  url: string,
  ask: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function write(url: string, words: string): Promise<void> {
  await query(url, async (sql) => {
    await sql`create table if not exists kept (words text not null)`;
    await sql`insert into kept (words) values (${words})`;
  });
}

const read = (url: string): Promise<string[]> =>
  query(url, async (sql) =>
    (await sql<{ words: string }[]>`select words from kept`).map(
      ({ words }) => words,
    ),
  );
