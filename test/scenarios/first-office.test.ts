import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../files.ts";
import { freePort, program } from "./program.ts";

/** docs/first-office.md, run command by command as somebody types it who has nothing but an empty folder. */
const PAGE = textOf("docs/first-office.md");
const blocks = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
  ([, text = ""]) => text,
);

let folder = "";
let office: ChildProcess;
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-first-"));
  port = await freePort();
  // The command by its name, as `npm install` would put it on the path.
  symlinkSync(program, join(folder, "vitrine"));
  office = spawn(
    "vitrine",
    [
      ...["serve", "my-office", "--origin", "data.example/register"],
      ...["--port", String(port)],
    ],
    { cwd: folder, env: environment() },
  );
  await new Promise<void>((resolve, reject) => {
    office.stdout?.on("data", (part: Buffer) => {
      if (part.toString("utf8").includes("address")) resolve();
    });
    office.once("exit", (code) =>
      reject(new Error(`The office ended with ${String(code)}`)),
    );
  });
}, 60_000);

afterAll(async () => {
  await new Promise((resolve) => {
    office.removeAllListeners("exit");
    office.once("exit", resolve);
    office.kill("SIGTERM");
  });
  rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
});

test("a founding act that leaves a holder without a key is not signed, and keys are made for posts that can be", async () => {
  writeFileSync(
    join(folder, "before.sh"),
    `export VITRINE_URL=http://127.0.0.1:${port}
vitrine keygen one.key --person 1 --post head && vitrine keygen two.key --person 2 --post registrar
for person in 1 2 3; do echo "the name" > my-office/acts/name-of-person-$person.txt; done
vitrine act my-office/acts/1-founding.json --key one.key two.key; echo "ended with $?"
vitrine keygen three.key --person 3 --post "he ad/.."; echo "ended with $?"
rm one.key two.key
`,
  );
  const { out, err } = await shell("before.sh");
  expect(out.match(/^ended with 2$/gm)).toHaveLength(2);
  expect(err).toContain(
    "Cannot sign the founding act: person 3 (administrator) would have no key; want a --key of every holder of a post",
  );
  expect(err).toContain(
    "Cannot make key for post he ad/..: want an id of a-z, 0-9, dots and hyphens",
  );
}, 60_000);

test("every command of the page does what it says, and a stranger finds no contradiction", async () => {
  expect(blocks.length).toBeGreaterThanOrEqual(6);
  const script = blocks.join("\n").replaceAll(":8291", `:${port}`);
  writeFileSync(join(folder, "page.sh"), `set -eu\n${script}`);
  const ran = await shell("page.sh");
  expect(ran.err).toBe("");
  expect(ran.out).toMatch(/^granted +founding act +entry 0$/m);
  expect(ran.out).toMatch(/^vintage +street-trees +3 rows/m);
  expect(ran.out).toContain('"species":"camphor"');
  expect(ran.out).toMatch(/^P-1 +40$/m);
  expect(ran.out).not.toMatch(/^P-2/m);
  expect(ran.out).toContain("price     0.00 CNY");
  expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  expect(ran.code).toBe(0);
}, 120_000);

test("a token that was revoked opens nothing, and one for nobody is not made", async () => {
  writeFileSync(
    join(folder, "after.sh"),
    `export VITRINE_URL=http://127.0.0.1:${port}
token=$(vitrine token my-office lanting-gardens | cut -c 11-)
vitrine query plots --token "$token" --json && echo answered
vitrine query plots --token "$token" --receipt nowhere/r.json; echo "receipt ended with $?"
vitrine token my-office lanting-gardens --revoke
sleep 3
vitrine query plots --token "$token"; echo "ended with $?"
vitrine token my-office nobody; echo "ended with $?"
`,
  );
  const { out, err } = await shell("after.sh");
  expect(out).toBe(
    '{"rows":[{"plot":"P-1","area":40},{"plot":"P-2","area":15}]}\nanswered\nreceipt ended with 2\nrevoked   2 tokens of lanting-gardens\nended with 2\nended with 2\n',
  );
  expect(err).toContain(
    "Cannot admit the request: want a token that is in force",
  );
  expect(err).toContain(
    "Cannot keep the receipt as nowhere/r.json: its folder is not there or cannot be written; nothing was asked",
  );
  expect(err).toContain("no act registered an organisation of that id");
}, 60_000);

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
  };
}

function shell(file: string): Promise<{
  readonly code: number;
  readonly out: string;
  readonly err: string;
}> {
  return new Promise((resolve) => {
    execFile(
      "sh",
      [file],
      { cwd: folder, env: environment() },
      (error, out, err) => {
        const code = error === null ? 0 : error.code;
        resolve({
          code: typeof code === "number" ? code : -1,
          out,
          err,
        });
      },
    );
  });
}
