import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type PostgresServer,
  startPostgres,
} from "../../src/store/postgres-server.ts";
import { WriterLock } from "../../src/store/writer-lock.ts";
import { freePort, program, run } from "./program.ts";
import {
  endAll,
  home,
  kill,
  laid,
  LAID_MS_MAX,
  postmasterOf,
  start,
  until,
} from "./starting.ts";

let server: PostgresServer;

beforeAll(async () => {
  const folder = join(home, "database");
  server = await startPostgres({ folder, log: () => undefined });
});

afterAll(async () => {
  await server.stop();
  await endAll();
});

/** What a command that could not says in its one line. */
async function could(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const ran = await run(program, args, env);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(/^[^\n]+\n$/);
  return ran.err.trimEnd();
}

async function taken(): Promise<{ port: number; close: () => void }> {
  const other = createServer((socket) => socket.end("not HTTP"));
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return { port, close: () => void other.close() };
}

test.each(["demo", "serve"])(
  "%s: a database that cannot be used is named before anything is made",
  async (command) => {
    const folder = join(home, `bad-${command}`);
    const args =
      command === "demo"
        ? ["demo", "--lay-only", "--folder", folder]
        : [
            "serve",
            folder,
            "--port",
            "0",
            "--origin",
            "data.x.example/register",
          ];
    expect(
      await could(args, { DATABASE_URL: "postgres://me:secret@127.0.0.1:1/x" }),
    ).toBe(
      "Cannot reach the database of DATABASE_URL at 127.0.0.1:1/x: connection refused; want a PostgreSQL 13 or newer in which its account may make tables",
    );
    expect(await could(args, { DATABASE_URL: "mysql://me:secret@h/x" })).toBe(
      "Cannot use DATABASE_URL: it begins with mysql://, want postgres://user:password@host:port/database",
    );
    expect(existsSync(join(folder, "vintages"))).toBe(false);
    expect(existsSync(join(folder, "postgres"))).toBe(false);
  },
);

test("a port in use is found before anything is laid, the office's and the witness's", async () => {
  const { port, close } = await taken();
  const folder = join(home, "ports");
  const ports = (one: number, two: number) => [
    ...["demo", "--folder", folder],
    ...["--port", String(one), "--witness-port", String(two)],
  ];
  expect(await could(ports(port, await freePort()))).toBe(
    `Cannot listen on 127.0.0.1:${port}: the port is in use; stop what uses it, or choose another with --port`,
  );
  expect(await could(ports(await freePort(), port))).toBe(
    `Cannot listen on 127.0.0.1:${port}: the port is in use; stop what uses it, or choose another with --witness-port`,
  );
  expect(readdirSync(folder)).toEqual(["vitrine.lock"]);
  close();
});

test(
  "a start that fails behind its witness leaves no witness running, and says what answers in its place",
  async () => {
    const folder = join(home, "witness");
    await laid(folder);
    const free = await freePort();
    const writer = await WriterLock.hold(
      server.url,
      "data.lanan.example/register",
    );
    const env = { DATABASE_URL: server.url };
    const failed = await start(folder, env, [await freePort(), free]);
    expect(await failed.ended).toBe(2);
    expect(failed.printed).toContain("runs it already, on the same database");
    await expect
      .poll(() => fetch(`http://127.0.0.1:${free}/`).catch(() => "gone"))
      .toBe("gone");
    await writer.release();
    const other = spawn(process.execPath, [
      "-e",
      `require("node:http").createServer((_, r) => r.end("something\\n")).listen(${free}, "127.0.0.1")`,
    ]);
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${free}/`).then(
          () => "there",
          () => "",
        ),
      )
      .toBe("there");
    const blocked = await start(folder, {}, [await freePort(), free]);
    expect(await blocked.ended).toBe(2);
    expect(blocked.printed).toMatch(
      /^Cannot start the witness on 127\.0\.0\.1:\d+: something else answers there\. Asked http:\S+ for the key of .*, which is witness\.lanan\.example\+\S+, and got 'something'; stop it, or choose another with --witness-port$/m,
    );
    other.kill();
  },
  LAID_MS_MAX,
);

test("an interrupted laying is begun anew in the database of DATABASE_URL too; a finished or a running one of another folder is left alone", async () => {
  const env = { DATABASE_URL: server.url };
  const first = await start(join(home, "one"), env);
  await until(first, /^history +\d+ of/m);
  const other = await start(join(home, "two"), env);
  expect(await other.ended).toBe(2);
  expect(other.printed).toMatch(
    /vitrine process \d+ on \S+ runs it already, on the same database; stop it first\n$/,
  );
  await kill(first);
  const stranger = await start(join(home, "two"), env);
  expect(await stranger.ended).toBe(2);
  expect(stranger.printed).toContain(
    "the database holds the logs of data.lanan.example/register already, laid from another folder",
  );
  const again = await start(join(home, "one"), env);
  await until(again, "begun anew");
  await until(again, /^history +\d+ of/m);
  await kill(again);
}, 180_000);

test("a laying whose database ends is ended", async () => {
  const folder = join(home, "gone");
  const made = await start(folder);
  await until(made, /^history +\d+ of/m);
  process.kill(postmasterOf(folder), "SIGKILL");
  expect(await made.ended).toBe(2);
  expect(made.printed).toMatch(
    /^Cannot go on: the office's own PostgreSQL, process \d+, has ended; the same command starts it again$/m,
  );
}, 180_000);

test("a folder that is none, or cannot be made, is said in one line", async () => {
  const file = join(home, "file");
  writeFileSync(file, "");
  mkdirSync(join(home, "mine"));
  writeFileSync(join(home, "mine", "letter"), "");
  const log =
    "a.example/register+612dbc50+AbSPdWmpXX2ds1AupEsGxjqUxnHEqFuuLWo/cNnbASZD";
  expect(await could(["demo", "--folder", file])).toMatch(
    /^Cannot use the folder .*file: .*; want a folder that this account may make and write in$/,
  );
  expect(await could(["demo", "--folder", join(home, "mine")])).toContain(
    "it is not empty and no demonstration office",
  );
  expect(readdirSync(join(home, "mine"))).toEqual(["letter"]);
  expect(
    await could(["serve", file, "--origin", "data.x.example/register"]),
  ).toContain("Cannot use the folder");
  for (const folder of [file, ...(existsSync("/proc/1") ? ["/proc/x"] : [])]) {
    expect(await could(["demo", "--folder", folder])).toContain(
      `Cannot use the folder ${folder}`,
    );
    expect(await could(["keygen", join(folder, "a.key")])).toMatch(
      /^Cannot (make|read) key .*a\.key: /,
    );
    expect(await could(["witness", "--folder", folder, "--log", log])).toMatch(
      /^Cannot use the folder .*file.*; want a folder that this account may make and write in/,
    );
  }
}, 180_000);
