import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ran, runInProcess } from "../../test/in-process.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { SignedAsking } from "../gateway/asking/signed-asking.ts";
import { signingKey } from "../store/crypto.ts";
import { readKeyFile } from "./keys.ts";
import { addRequestKey } from "./request-key.ts";
import { signRequest } from "./request-signing.ts";
import { writeOfficeConfig } from "./running.ts";

let office: SmallOffice;
beforeAll(async () => {
  const { url } = await schemaFor("cli_request_key");
  vi.stubEnv("DATABASE_URL", url);
  office = await SmallOffice.granted(url);
  const origin = "data.small.example/register";
  await writeOfficeConfig(office.folder, { origin, demonstration: false });
});
afterAll(() => office.close());

const at = (name: string): string => join(office.folder, name);
const run = (...args: string[]): Promise<Ran> =>
  runInProcess(addRequestKey, "request-key", ...args);
const forHuaxing = (...options: string[]): Promise<Ran> =>
  run(office.folder, "huaxing", ...options);
const said = (name: string, { out }: Ran): string =>
  new RegExp(`^${name} +(\\S+)`, "m").exec(out)?.[1] ?? "";

async function isAdmitted(file: string): Promise<boolean> {
  const key = signingKey(await readKeyFile(file));
  const request = { method: "GET", url: "http://localhost/data/stations" };
  const fields = signRequest(key, { ...request, headers: {} });
  const asking = new SignedAsking({ sql: office.house.sql, now: Date.now });
  const { outcome } = await asking.check("huaxing", {
    ...{ ...request, body: new Uint8Array() },
    header: (name) => fields[name],
  });
  return outcome === "admitted";
}

test("a key is made for its owner alone, enrolled, listed, and ended", async () => {
  const file = at("orders.key");
  const made = await run("new", file);
  const id = said("key", made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await run("new", file)).err).toContain("never overwritten");
  const enrolled = await forHuaxing("--public-key", file);
  expect(enrolled).toMatchObject({ code: 0, err: "" });
  expect(said("key", enrolled)).toBe(id);
  expect(await isAdmitted(file)).toBe(true);
  const known = await forHuaxing("--public-key", said("public", made));
  expect(known.out).toContain("huaxing has it already");
  expect((await forHuaxing("--list")).out).toMatch(
    new RegExp(`^${id}  ${said("public", made)}  enrolled .{16}, in force\n$`),
  );
  const ended = await forHuaxing("--end", id);
  expect(ended.out).toContain("nothing of huaxing is admitted until");
  expect(await isAdmitted(file)).toBe(false);
  expect((await forHuaxing("--list")).out).toContain(", ended ");
  expect((await forHuaxing("--public-key", file)).err).toContain(
    "it has ended",
  );
});

test("a public half alone is enough, in a file or as text", async () => {
  const made = await run("new", at("other.key"));
  writeFileSync(at("other.pub"), `${said("public", made)}\n`);
  const enrolled = await forHuaxing("--public-key", at("other.pub"));
  expect(enrolled.code).toBe(0);
  expect(await isAdmitted(at("other.key"))).toBe(true);
});

test.each([
  [[], "want one of --public-key, --list and --end"],
  [["--list", "--end", "x"], "want one of --public-key, --list and --end"],
  [["--end", "x"], "has none of that id in force"],
  [["--public-key", "no-such-file"], "Cannot read public key no-such-file"],
])("nothing is enrolled with %j", async (options, says) => {
  const ran = await forHuaxing(...options);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toContain(says);
});
