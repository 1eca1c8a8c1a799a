import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keyAt } from "../../src/cli/witness/key-at.ts";
import { OwnOffice } from "./own-office.ts";
import { freePort, program, run, verifier } from "./program.ts";

/** A story with secrets in it, none of which the office's own lines may hold. */
const SPECIES = "ginkgo-of-the-court";
let office: OwnOffice;
let token = "";
let witness: ChildProcess | undefined;

const where = (name: string): string => office.file(name);
const at = (path: string): string => `${office.address}${path}`;

beforeAll(async () => {
  office = await OwnOffice.make({}, { VITRINE_LOG_LEVEL: "debug" });
  await office.start();
  await office.found({});
  const open = { classification: "open", identifier: false } as const;
  await office.granted(
    {
      ...{ kind: "system", system: "trees", title: "Trees" },
      ...{ body: "data-office", description: "described" },
    },
    "registrar",
  );
  await office.granted(
    {
      ...{ kind: "dataset", dataset: "street-trees", title: "Street trees" },
      ...{ system: "trees", licence: "CC BY 4.0" },
      fields: [
        { name: "tree", type: "text", meaning: "number", ...open },
        { name: "species", type: "text", meaning: "species", ...open },
      ],
    },
    "registrar",
  );
  await office.import("street-trees", `tree,species\nT-1,${SPECIES}\n`);
  await office.granted(
    {
      ...{ kind: "organisation", organisation: "lanting-gardens" },
      ...{ title: "Lanting Gardens", class: "smallEnterprise" },
    },
    "registrar",
  );
  token = await office.token("lanting-gardens");
}, 120_000);

afterAll(async () => {
  witness?.kill("SIGKILL");
  await office.end();
});

async function rows(): Promise<string> {
  const answer = await fetch(at(`/data/street-trees?species=${SPECIES}`), {
    headers: { Authorization: `Bearer ${token}` },
  });
  return answer.text();
}

function organisation(name: string): object {
  return {
    ...{ kind: "organisation", organisation: name, title: name },
    class: "smallEnterprise",
  };
}

test("a running office says what happens in lines of JSON, and never who asked for what", async () => {
  expect(await rows()).toContain(SPECIES);
  await fetch(at("/data/street-trees?tree.eq=T-1"), {
    headers: {
      Authorization: "Bearer Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZjAxMjM0NTY",
    },
  });
  await fetch(at(`/nowhere/${SPECIES}?who=somebody`));
  await fetch(at("/acts"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"statement": "Chen Yi"}',
  });
  await office.act(organisation("turned-away"), "administrator");
  await expect.poll(() => office.logged).toContain('"route":"none"');
  const lines = office.logged.trimEnd().split("\n");
  for (const line of lines) {
    const read: Record<string, unknown> = JSON.parse(line);
    expect(Object.keys(read).slice(0, 3)).toEqual(["time", "level", "event"]);
  }
  expect(office.logged).toContain('"route":"/data/:dataset"');
  expect(office.logged).toContain('"event":"act","kind":"genesis"');
  for (const secret of [
    ...[token, SPECIES, "T-1", "Zm9vYmFy", "somebody", "Chen"],
    ...["127.0.0.1", "lanting-gardens", "Lanting", "person 1"],
  ])
    expect(office.logged).not.toContain(secret);
  const metrics = readFileSync(join(office.folder, "metrics-address"), "utf8");
  const figures = await (await fetch(metrics.trim())).text();
  expect(figures).toMatch(
    /^vitrine_acts_total\{kind="organisation",outcome="granted"\} 1$/m,
  );
  expect(figures).toMatch(
    /^vitrine_uses_total\{operation="records",outcome="open"\} [12]$/m,
  );
  expect(figures).toMatch(/^vitrine_gateway_lag_entries 0$/m);
  for (const secret of [token, SPECIES, "lanting-gardens"])
    expect(figures).not.toContain(secret);
  expect((await fetch(at("/metrics"))).status).toBe(404);
}, 60_000);

test("a backup of a running office is whole, its own account's alone, and comes back as an office that answers and can be checked", async () => {
  let isAsking = true;
  const asking = (async () => {
    while (isAsking) await rows();
  })();
  // Acts come in between too: logs of two moments would contradict each other.
  const entering = (async () => {
    for (let i = 1; isAsking; i++)
      await office.granted(organisation(`meanwhile-${i}`), "registrar");
  })();
  const made = await office.vitrine("backup", office.folder, where("first"));
  isAsking = false;
  await Promise.all([asking, entering]);
  expect([made.code, made.err]).toEqual([0, ""]);
  expect(made.out).toContain("which runs");
  expect(made.out).toContain("it is not encrypted");
  for (const name of readdirSync(where("first"), { recursive: true })) {
    const { mode } = statSync(join(where("first"), String(name)));
    expect(mode & 0o077).toBe(0);
  }
  const back = await office.vitrine(
    ...["restore", where("first"), where("again"), "--verify"],
  );
  expect([back.code, back.err]).toEqual([0, ""]);
  expect(back.out).toContain("each with journal, files and head that belong");
  expect(back.out).toContain("none watches this office");
  expect(back.out).toContain("no contradiction found");
  // The same office in another place, its tokens and keys with it.
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [program, "serve", where("again"), "--port", String(port)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  try {
    const address = `http://127.0.0.1:${port}`;
    await expect
      .poll(
        () =>
          fetch(`${address}/ready`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBe(200);
    const answer = await fetch(`${address}/data/street-trees`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await answer.text()).toContain(SPECIES);
    const { out } = await run(verifier, [address]);
    expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  }
}, 180_000);

test("a backup without its keys says so, and so does what comes back from it", async () => {
  const made = await office.vitrine(
    ...["backup", office.folder, where("keyless"), "--without-keys"],
  );
  expect(made.out).toContain("keys      are not in it");
  expect(readdirSync(join(where("keyless"), "folder"))).not.toContain("keys");
  const back = await office.vitrine(
    ...["restore", where("keyless"), where("keyless-again")],
  );
  expect(back.code).toBe(0);
  expect(back.out).toContain("before the first start");
}, 60_000);

/** A copy of the first backup, changed; what restoring it says. */
async function changed(name: string, change: (folder: string) => void) {
  cpSync(where("first"), where(name), { recursive: true });
  change(where(name));
  const ran = await office.vitrine("restore", where(name), where("never"));
  expect(() => statSync(where("never"))).toThrow("ENOENT");
  return ran;
}

test("a damaged, a truncated and an unfinished backup, and one that would write elsewhere, restore nothing", async () => {
  const bundle = "folder/public/log/register/tile/entries/000.p";
  const damaged = await changed("damaged", (folder) => {
    const [width = ""] = readdirSync(join(folder, bundle));
    const file = join(folder, bundle, width);
    const bytes = readFileSync(file);
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  });
  expect([damaged.code, damaged.err]).toEqual([1, ""]);
  expect(damaged.out).toMatch(
    /^damaged {3}folder\/public\/log\/register\/tile\/entries\/000\.p\/\d+ has other bytes than the manifest says$/m,
  );
  const truncated = await changed("truncated", (folder) =>
    truncateSync(join(folder, "database", "token.copy"), 3),
  );
  expect(truncated.code).toBe(1);
  expect(truncated.out).toContain("database/token.copy has 3 bytes");
  const missing = await changed("missing", (folder) =>
    rmSync(join(folder, "folder", "keys", "log.json")),
  );
  expect(missing.code).toBe(1);
  expect(missing.out).toContain("folder/keys/log.json is missing");
  const unfinished = await changed("unfinished", (folder) =>
    rmSync(join(folder, "manifest.json")),
  );
  expect(unfinished.code).toBe(2);
  expect(unfinished.err).toContain("was never finished");
  const elsewhere = await changed("elsewhere", (folder) => {
    const path = join(folder, "manifest.json");
    const text = readFileSync(path, "utf8").replace(
      '"path": "folder/office.json"',
      '"path": "folder/../../office.json"',
    );
    writeFileSync(path, text);
    const digest = createHash("sha256").update(text).digest("hex");
    writeFileSync(
      join(folder, "manifest.sha256"),
      `${digest}  manifest.json\n`,
    );
  });
  expect(elsewhere.code).toBe(2);
  expect(elsewhere.err).toContain("want a path below the backup");
}, 60_000);

test("nothing that lies anywhere is written over", async () => {
  for (const args of [
    ["restore", where("first"), where("again")],
    ["backup", office.folder, where("first")],
  ]) {
    const ran = await office.vitrine(...args);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("want a new or an empty folder");
  }
  const inside = await office.vitrine(
    ...["backup", office.folder, join(office.folder, "backup")],
  );
  expect(inside.err).toContain("want a folder outside the office's own");
}, 60_000);

test("an old backup is refused by the witness that has seen more, until a mirror has brought the rest", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const keys: { logKeys: { verifierKey: string }[] } = JSON.parse(
    await (await fetch(at("/keys.json"))).text(),
  );
  const log = keys.logKeys[0]?.verifierKey ?? "";
  witness = spawn(
    process.execPath,
    [
      ...[program, "witness", "--folder", where("court")],
      ...["--name", "court.example/witness", "--log", log],
      ...["--port", String(port)],
    ],
    { stdio: "ignore" },
  );
  await expect
    .poll(() => keyAt(url).catch(() => undefined), { timeout: 20_000 })
    .toBeDefined();
  const vkey = await keyAt(url);
  writeFileSync(
    where("policy.txt"),
    `log ${log}\nwitness first ${vkey} ${url}\nquorum first\n`,
  );
  const policy = { $paper: "policy.txt", kind: "tlog-policy" };
  await office.granted(
    { kind: "witnessPolicyAdopted", policy },
    "administrator",
  );
  const old = await office.vitrine("backup", office.folder, where("old"));
  expect(old.code).toBe(0);
  await office.granted(organisation("later"), "registrar");
  const refused = await office.vitrine(
    ...["restore", where("old"), where("old-again"), "--verify"],
  );
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(
    /^refused {3}Cannot start: witness first holds size/m,
  );
  expect(refused.out).toContain("vitrine log recover");
  // Its start refuses it for the same reason.
  const started = await office.vitrine(
    ...["serve", where("old-again"), "--port", String(await freePort())],
  );
  expect(started.code).toBe(2);
  expect(started.err).toContain("Cannot start: witness");
  const mirror = await office.vitrine(
    ...["mirror", office.address, where("mirror")],
  );
  expect(mirror.code).toBe(0);
  await office.stop();
  const brought = await office.vitrine(
    ...["log", "recover", where("old-again"), "--from", where("mirror")],
  );
  expect([brought.code, brought.err]).toEqual([0, ""]);
  const doctor = await office.vitrine("log", "doctor", where("old-again"));
  expect(doctor.out.trimEnd().split("\n").at(-1)).toBe("in order");
}, 180_000);
