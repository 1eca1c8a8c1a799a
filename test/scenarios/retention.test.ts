import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../files.ts";
import { freePort, program } from "./program.ts";

/** The built program over six years: an office of docs/first-office.md whose clock is set on between one start and the next. */
const page = [
  ...textOf("docs/first-office.md").matchAll(/^```sh\n([\s\S]*?)^```$/gm),
].map(([, text = ""]) => text);
const retention = [
  ...textOf("docs/retention.md").matchAll(/^```sh\n([\s\S]*?)^```$/gm),
].map(([, text = ""]) => text);

let folder = "";
let port = 0;
let days = 0;
let office: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-years-"));
  port = await freePort();
  symlinkSync(program, join(folder, "vitrine"));
  // Nothing of the program knows of it: the clock of the machine is another one.
  writeFileSync(
    join(folder, "clock.mjs"),
    "const now = Date.now; Date.now = () => now() + Number(process.env.CLOCK_DAYS) * 86400000;",
  );
  await start();
}, 60_000);

afterAll(async () => {
  await stop("SIGTERM");
  rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
});

test("what was used in a quarter goes after five years, by the commands of docs/retention.md, and a stranger finds no contradiction", async () => {
  const founded = await shell(`${page.join("\n")}\n${retention[0]}`);
  expect(founded.err).toBe("");
  expect(founded.code).toBe(0);
  const url = `http://127.0.0.1:${port}`;
  await later(100, "SIGTERM");
  const plan = await shell(`vitrine retention plan "$VITRINE_URL"`);
  const log = /^gate-1\/minute\/\S+(?= .*lanting-plots ends)/m.exec(
    plan.out,
  )?.[0];
  if (log === undefined) throw new Error(`No log is closed: ${plan.out}`);
  expect(plan.out).toMatch(/kept until .* 60 months after it was closed/);
  const early = await shell(`vitrine retention drop ${log} --folder my-office`);
  expect([early.code, early.out]).toEqual([1, ""]);
  expect(early.err).toMatch(/^Cannot drop .*: it is kept until /);
  const soon = await shell(
    "vitrine openings erase --before 2100 --folder my-office",
  );
  expect([soon.code, soon.err]).toEqual([1, expect.stringContaining("kept")]);

  // A mirror that saw the log while it stood, and one that begins later.
  const mirrored = await shell(
    'vitrine mirror "$VITRINE_URL" kept && vitrine verify kept',
  );
  expect(mirrored.code).toBe(0);
  // The permit ended after a year; sixty months later nothing keeps the log.
  await later(365 + 61 * 31, "SIGKILL");
  const dropped = await shell(
    `vitrine retention drop ${log} --folder my-office\nvitrine openings erase --before "$(date -d '+99 days' +%F)" --folder my-office`,
  );
  expect(dropped.err).toBe("");
  expect(dropped.out.match(/^entry +\d+$/gm)).toHaveLength(2);
  expect(dropped.out).toMatch(/^entered +1 openings with /m);
  expect((await fetch(`${url}/log/${log}/checkpoint`)).status).toBe(200);
  await later(days + 1, "SIGKILL");
  await until(
    async () => (await fetch(`${url}/log/${log}/checkpoint`)).status === 410,
  );
  const verified = await shell(
    `vitrine verify "$VITRINE_URL" --receipt receipt.json\nvitrine verify my-office\nvitrine mirror "$VITRINE_URL" copy\nvitrine verify copy`,
  );
  expect(verified.code).toBe(0);
  expect(verified.out.match(/^no contradiction found$/gm)).toHaveLength(3);
  expect(verified.out).not.toContain("public papers that are not here");
  expect(verified.out).toContain("the uses of 1 dropped usage log (policy ");
  expect(verified.out).toContain("1 of dropped logs");
  const again = await shell(
    `vitrine mirror "$VITRINE_URL" kept\ntest -f kept/log/${log}/checkpoint\nvitrine verify kept`,
  );
  expect(again.code).toBe(0);
  expect(again.out).toMatch(
    new RegExp(
      `^kept +data\\.example/${log}: the office does not show it`,
      "m",
    ),
  );
  const after = await shell(`vitrine retention plan my-office`);
  expect(after.out).toMatch(
    new RegExp(`^${log} .*: dropped by entry \\d+ at `, "m"),
  );

  // A log that went under a record is not lost: nobody misses it, and no mirror that still has it brings it back.
  await stop("SIGTERM");
  for (const from of ["kept", "copy"]) {
    const looked = await shell(
      `vitrine log doctor my-office\nvitrine log recover my-office --from ${from}`,
    );
    expect(looked.err).toBe("");
    expect(looked.code).toBe(0);
    expect(looked.out).toMatch(/^in order$/m);
    expect(looked.out.split(`dropped `)).toHaveLength(3);
    expect(existsSync(join(folder, "my-office/public/log", log))).toBe(false);
  }
  await start();
}, 240_000);

async function later(to: number, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  await stop(signal);
  days = to;
  await start();
}

async function start(): Promise<void> {
  const child = spawn(
    "vitrine",
    [
      ...["serve", "my-office", "--origin", "data.example/register"],
      ...["--port", String(port)],
    ],
    { cwd: folder, env: environment() },
  );
  office = child;
  await new Promise<void>((resolve, reject) => {
    let said = "";
    const hear = (part: Buffer): void => {
      said += part.toString("utf8");
      if (said.includes("address")) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) =>
      reject(new Error(`The office ended with ${String(code)}: ${said}`)),
    );
  });
}

function stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  return new Promise((resolve) => {
    office?.removeAllListeners("exit");
    office?.once("exit", () => resolve());
    office?.kill(signal);
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await holds()); turn++) {
    if (turn > 100) throw new Error("It did not come to that in ten seconds");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
    NODE_OPTIONS: `--import=${join(folder, "clock.mjs")}`,
    CLOCK_DAYS: String(days),
  };
}

function shell(script: string): Promise<{
  readonly code: number;
  readonly out: string;
  readonly err: string;
}> {
  const url = `export VITRINE_URL=http://127.0.0.1:${port}`;
  const text = script.replaceAll(":8291", `:${port}`);
  writeFileSync(join(folder, "step.sh"), `set -e\n${url}\n${text}\n`);
  return new Promise((resolve) => {
    execFile(
      "sh",
      ["step.sh"],
      { cwd: folder, env: environment() },
      (error, out, err) => {
        const code = error === null ? 0 : error.code;
        resolve({ code: typeof code === "number" ? code : -1, out, err });
      },
    );
  });
}
