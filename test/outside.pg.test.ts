import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { openWitness } from "../src/cli/witness.ts";
import { parseNote } from "../src/log/note.ts";
import { bundlePath } from "../src/log/tiles.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  parseVerifierKey,
  verifierKey,
} from "../src/log/verifier-key.ts";
import { primitives } from "../src/store/crypto.ts";
import {
  freePort,
  has,
  ranWith,
  started,
  Tools,
  untilAnswers,
} from "./outside/tools.ts";
import { schemaFor } from "./postgres.ts";
import {
  organisation,
  people,
  vehicles,
} from "./simulation/small-office-acts.ts";
import { officeFor } from "./simulation/small-office-story.ts";
import {
  adoption,
  logKeyOf,
  policyOf,
  SmallWitness,
  WATCHED_START,
} from "./simulation/small-office-witness.ts";
import type { SmallOffice } from "./simulation/small-office.ts";
import { program } from "./scenarios/program.ts";
import { webOf } from "./web-office.ts";

const FETCH_MS_MAX = 300_000;
const tools = new Tools();
const why = await tools.fetch();

afterAll(() => tools.remove());

if (why !== undefined)
  test.skip(`the tools of others were skipped: ${why}`, () => undefined);

/** The verifier key of each log of an office, by its folder below the public one. */
async function logsOf(
  office: SmallOffice,
): Promise<ReadonlyMap<string, string>> {
  const { gateway } = office.house.keys;
  const top = join(office.folder, "public", "log");
  const names = await fs.readdir(top, { recursive: true });
  const keys = new Map([["register", logKeyOf(office)]]);
  for (const name of names.filter((one) => one.endsWith("q4"))) {
    const note = await fs.readFile(join(top, name, "checkpoint"), "utf8");
    const [origin = ""] = note.split("\n");
    const key = verifierKey(primitives, origin, ED25519, gateway.publicKey);
    keys.set(name, formatVerifierKey(key));
  }
  return keys;
}

/** An office with more entries than a bundle has, two usage logs, and two witnesses; an hour has passed. */
async function watchedOffice(): Promise<{
  readonly office: SmallOffice;
  readonly witnesses: readonly SmallWitness[];
}> {
  const more = Array.from({ length: 240 }, (_, i) => organisation(`org-${i}`));
  const office = await officeFor("outside", { start: WATCHED_START, more });
  const witnesses = [
    await SmallWitness.open(office, "court"),
    await SmallWitness.open(office, "university"),
  ];
  await office.granted(await policyOf(office, witnesses));
  await office.answered(people(), "huaxing");
  await office.answered(vehicles(), "huaxing");
  await office.passHour();
  return { office, witnesses };
}

describe.skipIf(why !== undefined)("tools of others", () => {
  beforeAll(() => tools.build(), FETCH_MS_MAX);

  test("accept every log of an office, by address, as a folder, and served as it lies on disk; none that is bent", async () => {
    const { office, witnesses } = await watchedOffice();
    const logs = await logsOf(office);
    expect(logs.size).toBe(3);
    const top = join(office.folder, "public", "log");
    const url = await served(office);
    const plain = await servedAsItLies(top);
    for (const [log, vkey] of logs) {
      for (const place of [
        join(top, log),
        `${url}/log/${log}`,
        `${plain}/${log}`,
      ])
        for (const command of ["fsck", "tree"])
          expect(
            await tools.outside([command, vkey, place]),
            `${command} ${place}`,
          ).toMatchObject({ code: 0 });
      const note = await fs.readFile(join(top, log, "checkpoint"), "utf8");
      const cosigners = witnesses.map(({ line }) => line.split(" ")[2] ?? "");
      const read = await tools.outside(["note", vkey, ...cosigners], note);
      const [origin, size] = note.split("\n");
      const expected = log === "register" ? 2 : 0;
      expect(read.err).toBe("");
      expect(read.out.split("\n")[0]).toBe(`${origin} ${size} ${expected}`);
      const bent = note.replace(`\n${size}\n`, `\n${Number(size) + 1}\n`);
      expect(await tools.outside(["note", vkey], bent)).toMatchObject({
        code: 1,
      });
    }
    await bendEach(top, logs);
  });

  test("read the policy under which an office publishes", async () => {
    const { office, witnesses } = await watchedOffice();
    const { policy } = await policyOf(office, witnesses, "any");
    const hex = Buffer.from(policy.paper, "base64url").toString("hex");
    const paper = join(office.folder, "public", "paper", hex);
    await fs.appendFile(paper, "# vitrine wait 300\n");
    const { out, code } = await tools.outside(["policy", paper]);
    expect(code).toBe(0);
    const [counts, ...endpoints] = out.trim().split("\n");
    expect(counts).toBe("2 1");
    expect(endpoints.toSorted()).toEqual(
      witnesses.map(
        ({ name, line }) =>
          `${name}.example/witness ${line.split(" ")[3]}/add-checkpoint`,
      ),
    );
  });

  test("a log of Tessera's is cosigned by our witness, size after size", async () => {
    const folder = await temporary();
    const [skey = "", vkey = ""] = (
      await tools.outside(["key", "log.tessera.example"])
    ).out.split("\n");
    const { key, server } = await openWitness(
      join(folder, "witness"),
      [parseVerifierKey(primitives, vkey)],
      "court.example/witness",
    );
    const port = await freePort();
    await new Promise<void>((resolve) => {
      server.listen(port, "127.0.0.1", resolve);
    });
    onTestFinished(() => void server.close());
    const policy = join(folder, "policy");
    const cosigner = formatVerifierKey(key);
    await fs.writeFile(
      policy,
      `witness court ${cosigner} http://127.0.0.1:${port}\nquorum court\n`,
    );
    const log = join(folder, "log");
    await fs.mkdir(log);
    const ran = await tools.outside(["log", log, skey, policy, "3"]);
    expect(ran).toMatchObject({ code: 0 });
    const read = await tools.outside(["note", vkey, cosigner], ran.out);
    expect(read.out).toMatch(/^log\.tessera\.example 3 1\ncourt\.example/);
  });

  test(
    "litewitness, which is not ours, cosigns an office: every size, and again after it was away",
    { timeout: FETCH_MS_MAX },
    async ({ skip }) => {
      if (!has("ssh-agent", "ssh-add", "ssh-keygen", "python3"))
        return skip("ssh-agent, ssh-add, ssh-keygen or python3 is not here");
      const binary = await tools.install("litewitness");
      if (binary === undefined) return skip("litewitness cannot be fetched");
      const office = await officeFor("outside", { start: Date.now() });
      // It has the machine's clock, and so has this office.
      const real = setInterval(() => (office.clock.now = Date.now()), 50);
      onTestFinished(() => clearInterval(real));
      const lite = await litewitness(binary, logKeyOf(office));
      const text = `log ${logKeyOf(office)}\nwitness lite ${lite.vkey} ${lite.url}\nquorum lite\n`;
      await office.granted(await adoption(office, text));
      await office.granted(organisation("one"));
      await lite.stop();
      const two = office.granted(organisation("two"));
      await lite.start();
      await two;
      await office.restart();
      await office.granted(organisation("three"));
      const { note } = office.house.office.published;
      expect(parseNote(note).signatures.map(({ name }) => name)).toEqual([
        logKeyOf(office).split("+")[0],
        "lite.example/witness",
      ]);
      expect(await office.faults()).toEqual([]);
      const read = await tools.outside(
        ["note", logKeyOf(office), lite.vkey],
        office.house.office.published.note,
      );
      expect(read.out).toMatch(/ 1\nlite\.example\/witness \d+\n$/);
    },
  );
});

describe.skipIf(why !== undefined)("the bare log for tests", () => {
  beforeAll(() => tools.build(), FETCH_MS_MAX);

  test("takes entries, keeps what it answered through a kill, and others accept its checkpoints with grease in them", async () => {
    const { start, folder } = await testLog();
    const first = await start();
    for (const [index, entry] of ["a", "b", "c"].entries())
      expect(await first.add(entry)).toBe(`${index}`);
    expect(await first.add("x".repeat(65_535))).toBe("3");
    expect(await first.add("x".repeat(65_536))).toMatch(/tooLarge/);
    await first.kill();
    const second = await start();
    expect(await second.add("d")).toBe("4");
    const note = await fs.readFile(join(folder, "public/log/test/checkpoint"));
    expect(parseNote(note).signatures.length).toBe(4);
    for (const place of [second.url, join(folder, "public", "log", "test")])
      for (const command of ["fsck", "tree"])
        expect(
          await tools.outside([command, second.vkey, place]),
        ).toMatchObject({ code: 0 });
  });

  test.runIf(process.env["SOAK"] === "1")(
    "bears Tessera's hammer: writers, readers of random leaves and of the whole log",
    { timeout: FETCH_MS_MAX },
    async ({ skip }) => {
      const binary = await tools.install("hammer");
      if (binary === undefined) return skip("the hammer cannot be fetched");
      const { start } = await testLog();
      const log = await start();
      const ran = await ranWith(binary, [
        ...["--log_url", `${log.url}/`, "--write_log_url", `${log.base}/`],
        ...["--log_public_key", log.vkey, "--show_ui=false", "--logtostderr"],
        ...["--num_writers", "200", "--max_write_ops", "1000"],
        ...["--leaf_write_goal", "20000", "--max_runtime", "120s"],
        ...["--num_readers_full", "2", "--num_readers_random", "4"],
      ]);
      expect(ran.err).not.toMatch(/failed|mismatch|inconsisten/i);
      expect(ran.code).toBe(0);
      const checked = await tools.outside(["fsck", log.vkey, log.url]);
      expect(checked.code).toBe(0);
    },
  );
});

/** In a copy of each log one byte of one entry is another: fsck says so. */
async function bendEach(
  top: string,
  logs: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [log, vkey] of logs) {
    const copy = await temporary();
    await fs.cp(join(top, log), copy, { recursive: true });
    const names = await fs.readdir(join(copy, "tile", "entries"), {
      recursive: true,
    });
    const whole = names.find((name) => /^000(?:\.p\/\d+)?$/.test(name)) ?? "";
    const partial = names.filter((name) => /^000\.p\/\d+$/.test(name)).at(-1);
    const path = join(copy, "tile", "entries", partial ?? whole);
    const raw = await fs.readFile(path);
    await fs.chmod(path, 0o644);
    const at = Math.floor(raw.length / 2);
    raw.writeUInt8(raw.readUInt8(at) ^ 1, at);
    await fs.writeFile(path, raw);
    const ran = await tools.outside(["fsck", vkey, copy]);
    expect(ran.code, `${log} ${bundlePath(0)}`).toBe(1);
    expect(ran.err).not.toBe("");
  }
}

async function temporary(): Promise<string> {
  const folder = await fs.mkdtemp(join(tmpdir(), "vitrine-outside-"));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
  return folder;
}

async function served(office: SmallOffice): Promise<string> {
  const { app } = webOf(office);
  return new Promise((resolve) => {
    const server = serve(
      { fetch: app.fetch, port: 0, hostname: "127.0.0.1" },
      ({ port }) => resolve(`http://127.0.0.1:${port}`),
    );
    onTestFinished(() => void server.close());
  });
}

/** A web server that knows nothing of logs. */
async function servedAsItLies(folder: string): Promise<string> {
  if (!has("python3")) return folder;
  const port = await freePort();
  const options = ["--bind", "127.0.0.1", "--directory", folder];
  started("python3", ["-m", "http.server", String(port), ...options]);
  await untilAnswers(`http://127.0.0.1:${port}/`);
  return `http://127.0.0.1:${port}`;
}

/** litewitness with a key in an ssh-agent of its own, told to watch one log; its own tool for that is not needed. */
async function litewitness(binary: string, log: string) {
  const folder = await temporary();
  const at = (name: string): string => join(folder, name);
  const name = "lite.example/witness";
  await must("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", at("key")]);
  const pub = await fs.readFile(at("key.pub"), "utf8");
  const bytes = Buffer.from(pub.split(" ")[1] ?? "", "base64").subarray(-32);
  const key = verifierKey(primitives, name, COSIGNATURE, bytes);
  started("ssh-agent", ["-D", "-a", at("agent")]);
  while (!(await fs.readdir(folder)).includes("agent"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const env = { ...process.env, SSH_AUTH_SOCK: at("agent") };
  await must("ssh-add", ["-q", at("key")], { env });
  const shown = await must("ssh-keygen", [
    "-l",
    "-E",
    "sha256",
    "-f",
    at("key.pub"),
  ]);
  const port = await freePort();
  const args = [
    ...["-db", at("db"), "-name", name, "-listen", `127.0.0.1:${port}`],
    ...["-ssh-agent", at("agent"), "-key", shown.split(" ")[1] ?? ""],
  ];
  const url = `http://127.0.0.1:${port}`;
  let running = started(binary, args, { cwd: folder });
  await untilAnswers(`${url}/`);
  const [origin = ""] = log.split("+");
  const empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  await must("python3", [
    "-c",
    'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute("INSERT INTO log VALUES (?, 0, ?)", (sys.argv[2], sys.argv[4])); db.execute("INSERT INTO key VALUES (?, ?)", (sys.argv[2], sys.argv[3])); db.commit()',
    ...[at("db"), origin, log, empty],
  ]);
  return {
    url,
    vkey: formatVerifierKey(key),
    stop: async () => {
      running.child.kill();
      await new Promise((resolve) => running.child.once("exit", resolve));
    },
    start: async () => {
      running = started(binary, args, { cwd: folder });
      await untilAnswers(`${url}/`);
    },
  };
}

async function must(
  file: string,
  args: readonly string[],
  options: Parameters<typeof ranWith>[3] = {},
): Promise<string> {
  const { code, out, err } = await ranWith(file, args, "", options);
  if (code !== 0) throw new Error(`Cannot run ${file}: ${err}`);
  return out;
}

/** `vitrine log test-log` in processes of its own, over one folder. */
async function testLog() {
  const { url: databaseUrl } = await schemaFor("outside_test_log");
  const folder = await temporary();
  const port = await freePort();
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const args = ["log", "test-log", "--folder", folder, "--port", String(port)];
  const base = `http://127.0.0.1:${port}`;
  const start = async () => {
    const { child, said } = started(process.execPath, [program, ...args], {
      env,
    });
    await untilAnswers(base);
    return {
      base,
      url: `${base}/log/test`,
      vkey: /^log +(\S+)$/m.exec(said())?.[1] ?? "",
      add: async (body: string) =>
        (await fetch(`${base}/add`, { method: "POST", body })).text(),
      kill: async () => {
        child.kill("SIGKILL");
        await new Promise((resolve) => child.once("exit", resolve));
      },
    };
  };
  return { folder, start };
}
