import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64url } from "../src/acts/bytes.ts";
import { issueToken } from "../src/cli/issue-token.ts";
import { writeKeyFile } from "../src/cli/keys.ts";
import { requestKeyId } from "../src/gateway/asking/enrol-key.ts";
import { SignedAsking } from "../src/gateway/asking/signed-asking.ts";
import { generateKey } from "../src/store/crypto.ts";
import { openDatabase, type Sql } from "../src/store/database.ts";
import { enrolRequestKey } from "../src/store/request-keys.ts";
import { textOf } from "./files.ts";
import { schemaFor } from "./postgres.ts";

/** The examples of docs/asking.md, run as they stand there against the checks of a gateway. */
const PAGE = textOf("docs/asking.md");
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(
    PAGE,
  )?.[1] ?? "";

let folder = "";
let sql: Sql;
let server: ReturnType<typeof serve>;
let environment: NodeJS.ProcessEnv = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-asking-"));
  sql = await openDatabase((await schemaFor("asking_examples")).url);
  const asking = new SignedAsking({ sql, now: Date.now });
  const app = new Hono().post("/query", async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const checked = await asking.check("huaxing", {
      ...{ method: c.req.method, url: c.req.url, body },
      header: (name) => c.req.header(name),
    });
    return checked.outcome === "admitted" && checked.signature !== undefined
      ? c.text(`admitted ${checked.signature.signatureInput}`)
      : c.text(`not admitted ${JSON.stringify(checked)}`, 401);
  });
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (at) =>
      resolve(at.port),
    );
  });
  const token = await issueToken(sql, "huaxing");
  environment = {
    ...process.env,
    ...{ OFFICE: `http://127.0.0.1:${port}`, TOKEN: token },
  };
  await writeKeyFile(join(folder, "orders.key"), await enrolled());
});
afterAll(async () => {
  server.close();
  await sql.end();
  rmSync(folder, { recursive: true });
});

async function enrolled() {
  const pair = generateKey();
  await enrol(fromBase64url(pair.publicKey));
  return pair;
}

async function enrol(publicKey: Uint8Array): Promise<void> {
  const key = requestKeyId(publicKey);
  const organisation = "huaxing";
  await enrolRequestKey(sql, { key, organisation, publicKey, at: Date.now() });
}

function run(
  program: string,
  ...args: readonly string[]
): Promise<{ readonly out: Buffer; readonly err: string }> {
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      env: environment,
      encoding: "buffer",
    } as const;
    execFile(program, [...args], options, (_, out, err) =>
      resolve({ out, err: err.toString("utf8") }),
    );
  });
}
const has = async (program: string, ...args: string[]): Promise<boolean> =>
  (await run(program, ...args)).out.length > 0;

/** As somebody runs it twice: each time it is another request. */
async function isAdmittedTwice(
  program: string,
  file: string,
  text: string,
): Promise<void> {
  expect(text).toContain("created=");
  writeFileSync(join(folder, file), text);
  for (const _ of [1, 2]) {
    const { out, err } = await run(program, file);
    expect(err).toBe("");
    expect(out.toString("utf8")).toMatch(/^admitted request=\("@method" /);
  }
}

test("the example for Node is admitted", async () => {
  await isAdmittedTwice(process.execPath, "ask.mjs", block("js"));
});

test("the example for OpenSSL and curl is admitted", async ({ skip }) => {
  const isThere =
    (await has("openssl", "version")) && (await has("curl", "--version"));
  if (!isThere) return skip("openssl or curl is not here");
  const pem = ["-algorithm", "ed25519", "-out", "orders.pem"];
  await run("openssl", "genpkey", ...pem);
  if (!existsSync(join(folder, "orders.pem")))
    return skip("this openssl makes no Ed25519 keys");
  const der = ["-in", "orders.pem", "-pubout", "-outform", "DER"];
  const { out } = await run("openssl", "pkey", ...der);
  await enrol(out.subarray(-32));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await isAdmittedTwice("sh", "ask.sh", block("sh"));
});

test("the example for Python is admitted", async ({ skip }) => {
  const isThere = await has("python3", "-c", "import cryptography; print(1)");
  if (!isThere) return skip("python3 has no cryptography here");
  await isAdmittedTwice("python3", "ask.py", block("python"));
});
