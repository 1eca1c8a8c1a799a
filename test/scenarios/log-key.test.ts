import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { freePort, program, type Ran, run, verifier } from "./program.ts";

/** The way of docs/keys.md with the real program: an office that runs gets another log key, and later loses it. */
const ORIGIN = "data.example/register";
let folder = "";
let office: ChildProcess;
let port = 0;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-log-key-"));
  port = await freePort();
  await start();
  for (const [person, post] of ["head", "registrar", "administrator"].entries())
    await vitrine(
      ...["keygen", at(`${post}.key`), "--person", String(person + 1)],
      ...["--post", post],
    );
  for (const person of [1, 2, 3])
    writeFileSync(at(`office/acts/name-of-person-${person}.txt`), "a name\n");
  // Two of its posts administer.
  const founding = at("office/acts/1-founding.json");
  const text = readFileSync(founding, "utf8");
  writeFileSync(
    founding,
    text.replace('"adopt"', '"adopt",\n        "administer"'),
  );
  const keys = ["head.key", "registrar.key", "administrator.key"].map(at);
  await vitrine("act", founding, "--key", ...keys);
}, 180_000);

afterAll(async () => {
  await end();
  rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
});

test("a running office changes its log key: the act, both signatures, strangers with either key, a restart", async () => {
  const policy = at("policy");
  const first = await signatures();
  expect(first).toHaveLength(1);
  writeFileSync(policy, `log ${first[0] ?? ""}\nquorum none\n`);
  await vitrine("mirror", address(), at("copy"));
  const made = await vitrine("log-key", "new", at("office"));
  const next = /^verifier +(\S+)$/m.exec(made.out)?.[1] ?? "";
  expect(next).toMatch(/^data\.example\/register\+[0-9a-f]{8}\+/);
  const again = await vitrineAnyhow("log-key", "new", at("office"));
  expect(again.code).toBe(2);
  expect(again.err).toContain("no act has named it yet");
  // It is there, and signs nothing.
  expect(await signatures()).toEqual(first);
  const act = at("office/acts/log-2.json");
  const alone = await vitrineAnyhow("act", act, "--key", at("head.key"));
  expect(alone.code).toBe(1);
  expect(alone.out).toContain("approved-by 1, wanted 2");
  const receipt = at("receipt.json");
  const granted = await vitrine(
    ...["act", act, "--receipt", receipt],
    ...["--key", `approved:${at("head.key")}`],
    `approved:${at("administrator.key")}`,
  );
  expect(granted.out).toMatch(/^granted +change of the log's key +entry 2$/m);
  expect(await signatures()).toEqual([...first, next]);
  await end();
  await start();
  expect(await signatures()).toEqual([...first, next]);
  const shown = await vitrine("log-key", "show", at("office"));
  expect(shown.out).toMatch(
    /^signs .* entry 0, with the next one until .*; here$/m,
  );
  expect(shown.out).toMatch(/^signs .* entry 2, the newest; here$/m);
  const checked = await run(verifier, [
    ...[address(), "--policy", policy, "--receipt", receipt],
  ]);
  expect(checked.out).toMatch(
    /^log key +changed by entry 2 .*signed by the 2 keys that must sign it$/m,
  );
  expect(checked.out.trimEnd().split("\n").at(-1)).toBe(
    "no contradiction found",
  );
  expect(checked.code).toBe(0);
  // A mirror that knew the first key alone reads the change in the log, and goes on.
  await vitrine("mirror", address(), at("copy"));
  const copied = await run(verifier, [at("copy"), "--policy", policy]);
  expect(copied.out).toMatch(/^log key +changed by entry 2 /m);
  expect(copied.code).toBe(0);
  const page = await (await fetch(`${address()}/keys`)).text();
  expect(page).toContain(next);
}, 120_000);

test("a proof under both keys holds for whoever knows the first one alone", async () => {
  const proof = at("entry.tlog-proof");
  await vitrine("prove", address(), "register", "2", "--output", proof);
  const ran = await run(verifier, ["--proof", proof, "--policy", at("policy")]);
  expect(ran.out).toContain("no contradiction found");
  expect(ran.code).toBe(0);
}, 60_000);

test("without the file of a key that must sign the office does not start, and says which is wanted", async () => {
  await end();
  const file = at("office/keys/log-2.json");
  const text = readFileSync(file, "utf8");
  rmSync(file);
  const ran = await vitrineAnyhow(...serving());
  expect(ran.code).not.toBe(0);
  expect(ran.err).toContain("bring back its key file");
  writeFileSync(file, text, { mode: 0o600 });
  await start();
}, 120_000);

test("after its end an office says why it enters nothing, and a stranger who checks it sees the end", async () => {
  const act = at("end.json");
  const successor = "new.example/register";
  writeFileSync(
    act,
    JSON.stringify({ kind: "logEnded", reason: "breach", successor }),
  );
  const keys = ["head.key", "administrator.key"].map(
    (name) => `approved:${at(name)}`,
  );
  await vitrine("act", act, "--key", ...keys);
  const late = await vitrineAnyhow("act", act, "--key", ...keys);
  expect(late.code).toBe(2);
  expect(late.err).toContain(
    `entry 3 has ended this log; ${successor} follows it`,
  );
  const nothing = await vitrineAnyhow("log-key", "new", at("office"));
  expect(nothing.err).toContain("entry 3 has ended this log");
  const checked = await run(verifier, [address()]);
  expect(checked.out).toMatch(
    /^ended +by entry 3 on .*new\.example\/register follows it$/m,
  );
  expect(checked.code).toBe(0);
}, 120_000);

const address = (): string => `http://127.0.0.1:${port}`;

/** The verifier keys under the checkpoint that is public now, as the page of all keys knows them. */
async function signatures(): Promise<readonly string[]> {
  const note = await (
    await fetch(`${address()}/log/register/checkpoint`)
  ).text();
  const twin = z.looseObject({
    logKeys: z.array(z.looseObject({ verifierKey: z.string() })),
  });
  const { logKeys } = twin.parse(
    await (await fetch(`${address()}/keys.json`)).json(),
  );
  const lines = note
    .split("\n")
    .filter((line) => line.startsWith(`\u2014 ${ORIGIN} `));
  const known = logKeys.map(({ verifierKey }) => verifierKey);
  return lines.map((line) => {
    const bytes = Buffer.from(line.split(" ")[2] ?? "", "base64");
    const id = bytes.subarray(0, 4).toString("hex");
    return known.find((one) => one.includes(`+${id}+`)) ?? `unknown ${id}`;
  });
}

async function vitrine(...args: readonly string[]): Promise<Ran> {
  const ran = await vitrineAnyhow(...args);
  expect(ran.err).toBe("");
  expect(ran.code).toBe(0);
  return ran;
}

function vitrineAnyhow(...args: readonly string[]): Promise<Ran> {
  return run(program, args, { VITRINE_URL: address() });
}

const serving = (): readonly string[] => [
  ...["serve", at("office"), "--origin", ORIGIN, "--port", String(port)],
];

async function start(): Promise<void> {
  office = spawn(process.execPath, [program, ...serving()]);
  let said = "";
  await new Promise<void>((resolve, reject) => {
    office.stdout?.on("data", (part: Buffer) => {
      said += part.toString("utf8");
      if (said.includes("address")) resolve();
    });
    office.stderr?.on(
      "data",
      (part: Buffer) => (said += part.toString("utf8")),
    );
    office.once("exit", (code) =>
      reject(new Error(`The office ended with ${String(code)}: ${said}`)),
    );
  });
}

async function end(): Promise<void> {
  if (office.exitCode !== null) return;
  await new Promise((resolve) => {
    office.removeAllListeners("exit");
    office.once("exit", resolve);
    office.kill("SIGTERM");
  });
}
