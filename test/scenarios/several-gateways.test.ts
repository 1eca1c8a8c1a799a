import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { act as actSchema } from "../../src/acts/act.ts";
import { writeOfficeConfig } from "../../src/cli/running.ts";
import { keyFromSeed, primitives } from "../../src/store/crypto.ts";
import { startPostgres } from "../../src/store/postgres-server.ts";
import { HttpLine } from "../http-line.ts";
import {
  permit,
  revocation,
  stations,
  vehicles,
} from "../simulation/small-office-acts.ts";
import { ORIGIN, SmallOffice } from "../simulation/small-office.ts";
import {
  freePort,
  nextMinute,
  program,
  root,
  run,
  verifier,
} from "./program.ts";

/** Three gateways on one register under load; one is killed, one is cut off from the office, one hears of it late. */
const QUOTA = 400;
const STALE_MS = 60_000;
const LAG_MS = 30_000;
const names = ["gate-1", "gate-2", "gate-3"] as const;
type Name = (typeof names)[number];

const home = mkdtempSync(join(tmpdir(), "vitrine-gateways-"));
const folder = join(home, "office");
const receipts = join(home, "receipts");
const running = new Set<ChildProcess>();
const lines = new Map<Name, HttpLine>();
const addresses = new Map<Name, string>();
const children = new Map<Name, ChildProcess>();
const tokens = new Map<string, string>();
let office = "";

beforeAll(async () => {
  mkdirSync(folder);
  mkdirSync(receipts);
  await found();
  const port = await freePort();
  office = `http://127.0.0.1:${port}`;
  await started("serve", folder, "--port", String(port));
  for (const organisation of ["huaxing", "sanhe"]) {
    const made = await run(program, ["token", folder, organisation]);
    tokens.set(organisation, made.out.replace(/^token +/, "").trim());
  }
  for (const name of names) {
    lines.set(name, await HttpLine.to(port));
    await startGateway(name);
  }
}, 180_000);

afterAll(async () => {
  for (const child of running) child.kill("SIGTERM");
  for (const line of lines.values()) await line.close();
  const until = Date.now() + 10_000;
  while (running.size > 0 && Date.now() < until) await sleep(50);
  for (const child of running) child.kill("SIGKILL");
  rmSync(home, {
    recursive: true,
    force: true,
    maxRetries: 20,
    retryDelay: 100,
  });
});

/** An office with its acts, and gateways that acts have opened, each with the draft that the program printed. */
async function found(): Promise<void> {
  const server = await startPostgres({ folder, log: () => undefined });
  try {
    const start = Date.now() - 60_000;
    const more = [
      permit({
        permit: "sanhe-few",
        organisation: "sanhe",
        quota: { calls: QUOTA },
      }),
    ];
    const made = await SmallOffice.granted(server.url, { start, folder, more });
    await writeOfficeConfig(folder, { origin: ORIGIN, demonstration: false });
    for (const name of names) {
      const draft = await run(program, [
        "gateway",
        folder,
        "--name",
        name,
        "--draft",
      ]);
      await made.granted(actSchema.parse(JSON.parse(draft.out)));
    }
    await made.stop();
  } finally {
    await server.stop();
  }
  for (const [person, post] of [
    [5, "permit-officer"],
    [3, "administrator"],
  ] as const) {
    const seed = primitives.sha256(Buffer.from(`person ${person}`));
    const key = JSON.stringify({ ...keyFromSeed(seed), person, post });
    writeFileSync(join(home, `${post}.key`), key);
  }
  const closing = { kind: "gatewayClosed", gateway: "gate-3" };
  writeFileSync(
    join(home, "closing.json"),
    JSON.stringify({ ...closing, reason: "replaced" }),
  );
  const act = JSON.stringify(revocation("huaxing-vehicles"));
  writeFileSync(join(home, "revocation.json"), act);
}

/** A process of the program, once it has said its address. */
function started(...args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (part: Buffer): void => {
      said += part.toString("utf8");
      if (/^address /m.test(said)) resolve(child);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`It ended: ${said}`)));
  });
}

async function startGateway(name: Name): Promise<void> {
  const port = await freePort();
  const line = lines.get(name)?.address ?? "";
  const named = ["--name", name, "--office", line, "--port", String(port)];
  children.set(name, await started("gateway", folder, ...named));
  addresses.set(name, `http://127.0.0.1:${port}`);
}

function submits(act: string, post: string) {
  const keyed = ["--key", join(home, `${post}.key`), "--url", office];
  return run(program, ["act", join(home, `${act}.json`), ...keyed]);
}

type Answer = {
  readonly at: number;
  readonly status: number;
  readonly text: string;
};
/** What came back, by gateway and by what was asked. */
const heard = new Map<string, Answer[]>();
let kept = 0;

async function ask(
  name: Name,
  what: "few" | "revoked" | "open",
): Promise<Answer> {
  const plan = what === "open" ? stations() : vehicles({ limit: 5 });
  const token = tokens.get(what === "few" ? "sanhe" : "huaxing") ?? "";
  const answer = await fetch(`${addresses.get(name) ?? ""}/query`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(what === "open" ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ plan }),
  });
  const one = {
    status: answer.status,
    text: await answer.text(),
    at: Date.now(),
  };
  if (one.status === 200)
    writeFileSync(join(receipts, `${kept++}.json`), one.text);
  const all = heard.get(`${name} ${what}`) ?? [];
  heard.set(`${name} ${what}`, all);
  all.push(one);
  return one;
}

const answered = (name: Name, what: string): readonly number[] =>
  (heard.get(`${name} ${what}`) ?? [])
    .filter(({ status }) => status === 200)
    .map(({ at }) => at);

/** Asks a gateway until it is over; one that was killed is asked in vain. */
async function load(name: Name, life: { isOver: boolean }): Promise<void> {
  for (let turn = 0; !life.isOver; turn++) {
    for (const what of ["few", "revoked", "open"] as const)
      await ask(name, what).catch(() => undefined);
    // A small quota has to last for the whole story.
    await sleep(700);
  }
}

test("three gateways on one register: no quota is exceeded in sum, nothing is served on a register older than a minute, and a stranger finds nothing", async () => {
  const life = { isOver: false };
  const loads = names.map((name) => load(name, life));
  await sleep(3_000);
  const begun = Date.now();
  const [cut, late] = [lines.get("gate-2"), lines.get("gate-3")];
  if (cut === undefined || late === undefined) throw new Error("Cannot be");
  cut.cut();
  late.slow = { path: "/records/checkpoint", ms: LAG_MS };
  await sleep(8_000);
  children.get("gate-1")?.kill("SIGKILL");
  await sleep(4_000);
  await startGateway("gate-1");
  const restarted = Date.now();
  await sleep(Math.max(0, begun + 40_000 - Date.now()));
  const act = await submits("revocation", "permit-officer");
  expect(act.out + act.err).toMatch(/^granted/);
  const revoked = Date.now();
  await sleep(Math.max(0, begun + STALE_MS + 8_000 - Date.now()));
  const silent = await ask("gate-2", "open");
  const health = await fetch(`${addresses.get("gate-2") ?? ""}/ready`);
  const said: { readonly reason?: string } = JSON.parse(await health.text());
  cut.mend();
  await sleep(6_000);
  const mended = await ask("gate-2", "open");
  const late3 = await ask("gate-3", "open");
  // What is left of the quota, wherever it is leased, is used up.
  const last: Answer[] = [];
  for (const until = Date.now() + 40_000; Date.now() < until;) {
    const round = await Promise.all(names.map((name) => ask(name, "few")));
    last.splice(0, last.length, ...round);
    if (round.every(({ status }) => status === 403)) break;
    if (round.some(({ status }) => status === 503)) await sleep(500);
  }
  life.isOver = true;
  await Promise.all(loads);

  // One that is cut off answers for its minute, and then says why it does not.
  expect(silent.status).toBe(503);
  expect(silent.text).toContain("could not be verified for 60 seconds");
  expect([health.status, said.reason]).toEqual([
    503,
    expect.stringContaining("60 seconds"),
  ]);
  const whileCut = answered("gate-2", "open").filter(
    (at) => at < begun + STALE_MS + 8_000,
  );
  expect(Math.max(...whileCut) - begun).toBeGreaterThan(STALE_MS - 10_000);
  expect(Math.max(...whileCut) - begun).toBeLessThan(STALE_MS + 2_000);
  expect([mended.status, late3.status]).toEqual([200, 200]);

  // A revocation reaches each when it has followed it.
  expect(answered("gate-1", "revoked").some((at) => at > restarted)).toBe(true);
  expect(Math.max(...answered("gate-1", "revoked")) - revoked).toBeLessThan(
    4_000,
  );
  expect(Math.max(...answered("gate-3", "revoked")) - revoked).toBeLessThan(
    LAG_MS + 5_000,
  );
  expect(Math.max(...answered("gate-2", "revoked")) - begun).toBeLessThan(
    STALE_MS + 2_000,
  );

  // The quota was used by all three, to the last call and no further.
  const few = names.map((name) => answered(name, "few").length);
  expect(Math.min(...few)).toBeGreaterThan(0);
  expect(few.reduce((a, b) => a + b)).toBeLessThanOrEqual(QUOTA);
  expect(last.map(({ status }) => status)).toEqual([403, 403, 403]);

  // One of them goes: first it closes its logs, then an act closes it.
  const early = await submits("closing", "administrator");
  expect(early.err).toContain("has not closed its logs");
  children.get("gate-3")?.kill("SIGTERM");
  while (children.get("gate-3")?.exitCode === null) await sleep(50);
  const named = ["--name", "gate-3", "--office", office];
  const left = await run(program, ["gateway", folder, ...named, "--leave"]);
  expect(left.err).toBe("");
  expect(left.out).toContain("everything that it answered is public");
  expect((await submits("closing", "administrator")).out).toMatch(/^granted/);
  await nextMinute();
  const ran = await run(verifier, [office, "--receipt", receipts]);
  expect(ran.err).toBe("");
  expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  const [, fulfilled = "", of = ""] =
    /receipts +([\d,]+) of ([\d,]+) kept/.exec(ran.out) ?? [];
  expect([fulfilled, of].map((one) => Number(one.replaceAll(",", "")))).toEqual(
    [kept, kept],
  );
}, 400_000);
