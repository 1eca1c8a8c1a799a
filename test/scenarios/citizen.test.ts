import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { listBody, type ListBody, tells } from "../citizen.ts";
import { Demonstration, run, verifier } from "./program.ts";

/** Case 11, by the built program: someone wants to know who used their data, and why. */
let office: Demonstration;
const folder = mkdtempSync(join(tmpdir(), "vitrine-citizen-"));

beforeAll(async () => {
  office = await Demonstration.make();
  await office.start();
}, 300_000);

afterAll(async () => {
  delete process.env["NODE_OPTIONS"];
  delete process.env["CLOCK_DAYS"];
  await office.end();
  rmSync(folder, { recursive: true, force: true });
});

const AS = ["--as", "resident-0042"] as const;

async function list(...more: readonly string[]): Promise<ListBody> {
  const ran = await office.vitrine("my-uses", ...AS, "--json", ...more);
  expect(ran.err).toBe("");
  expect(ran.code).toBe(0);
  return listBody.parse(JSON.parse(ran.out));
}

async function isSound(): Promise<string> {
  const ran = await run(verifier, [office.address]);
  expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  return ran.out;
}

test("the list says who, why and whether they may, and for what it is complete", async () => {
  const ran = await office.vitrine("my-uses", ...AS);
  expect(ran.err).toBe("");
  expect(ran.out.match(/^ +why /gm)).toHaveLength(9);
  expect(ran.out).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d {2}Qiaolin Recruitment\n +why +Checks by employers, with the applicant's consent\n +may they +permit qiaolin-degrees; ground: .*\(Personal Information Protection Law Art 13, 23\)\n +what +Degrees awarded in Lanan Province, Degree register: answer about name, by number\n +proof +\/proof\/gate-1\/hour\/\d{4}q\d\/[\w-]{43} \(entry [\d,]+\)$/m,
  );
  expect(ran.out).toMatch(
    /^complete +complete for what passed gateway gate-1 since \d{4}-\d\d-\d\d, except [1-9]\d* uses under seal in the whole office and those of the running hour; what happens in \d+ systems that the gate does not serve is not here$/m,
  );
  // Whoever is asked about most recently by road safety is told only after thirty days, and nobody is told whether it was they.
  const { complete, uses } = await list();
  const sealed = Date.now() - 30 * 86_400_000;
  for (const use of uses)
    if (use.kind === "use" && use.purpose.id === "traffic-safety")
      expect(use.slot).toBeLessThanOrEqual(sealed);
  expect(await isSound()).toContain(
    `in force     1 override, ${complete.seals.inForce} seals\n`,
  );
}, 120_000);

test("a line is proven to stand in the public log, without the office", async () => {
  const line = (await list()).uses.find(({ isPublic }) => isPublic);
  const proof = await fetch(`${office.address}${line?.proof ?? ""}`);
  const path = join(folder, "line.tlog-proof");
  writeFileSync(path, await proof.text());
  const logs = await (await fetch(`${office.address}/log.json`)).json();
  const keys = z
    .object({ logs: z.array(z.object({ verifierKey: z.string() })) })
    .parse(logs)
    .logs.map(({ verifierKey }) => verifierKey)
    .filter((key) => key.includes(`/${line?.log ?? ""}+`));
  expect(keys).toHaveLength(1);
  const policy = join(folder, "policy");
  writeFileSync(policy, `log ${keys[0] ?? ""}\nquorum none\n`);
  const checked = await run(verifier, ["--proof", path, "--policy", policy]);
  expect(checked.out.trimEnd().split("\n").at(-1)).toBe(
    "no contradiction found",
  );
  expect(checked.code).toBe(0);
}, 60_000);

test("whoever looks is seen to have looked, also somebody who stands in", async () => {
  const before = await list();
  const other = await office.vitrine(
    ...["my-uses", "--as", "resident-0043", "--for", "resident-0042"],
  );
  expect(other.code).toBe(0);
  const after = await list();
  expect(after.uses.slice(0, 2)).toMatchObject([
    { kind: "look", by: "representative" },
    { kind: "look", by: "subject", leaf: before.look.leaf },
  ]);
  const anybody = await office.vitrine("my-uses", "--token", "A".repeat(43));
  expect([anybody.code, anybody.out]).toEqual([2, ""]);
  expect(anybody.err).toContain("a citizen's session that is not over");
}, 120_000);

test("a question on a line has its deadline; in public it is one more question, about nobody", async () => {
  const line = (await list()).uses.find(({ kind }) => kind === "use");
  const leaf = line?.leaf ?? "";
  const text = "Which of your clerks wanted to know?";
  const asked = await office.vitrine("ask", leaf, "--text", text, ...AS);
  expect(asked.err).toBe("");
  expect(asked.code).toBe(0);
  expect(asked.out).toMatch(
    /^due +\d{4}-\d\d-\d\d \d\d:00, in 10 working days$/m,
  );
  const [, id = "", entry = ""] =
    /^received +questionReceived (q-[0-9a-f]{16}) +entry ([\d,]+)$/m.exec(
      asked.out,
    ) ?? [];
  expect(id).not.toBe("");
  const own = (await list()).uses.find((use) => use.leaf === leaf);
  expect(own?.questions).toMatchObject([{ question: id }]);
  const index = Number(entry.replaceAll(",", ""));
  // A proof is given once the entry is published.
  const proof = (): Promise<string> =>
    fetch(`${office.address}/proof/register/${index}`).then((r) => r.text());
  await expect.poll(proof, { timeout: 30_000 }).toContain("\nextra ");
  const extra = /^extra (\S+)$/m.exec(await proof())?.[1] ?? "";
  const act = Buffer.from(extra, "base64").toString("utf8");
  expect(act).toContain(id);
  for (const secret of [leaf, text]) expect(act).not.toContain(secret);
  expect(tells(act, "0042")).toBe(false);
  // A leaf that begins with a hyphen is no option.
  const nowhere = `-${"A".repeat(42)}`;
  const none = await office.vitrine("ask", nowhere, "--text", text, ...AS);
  expect([none.code, none.out]).toEqual([2, ""]);
  expect(none.err).toContain(nowhere);
  expect(none.err).not.toContain("unknown option");
  const waiting = await office.vitrine("questions", office.folder);
  expect(waiting.out).toMatch(
    new RegExp(`^ +1  ${id}  received .*  due .*  entered$`, "m"),
  );
  expect(waiting.out).not.toContain(leaf);
  const read = await office.vitrine(
    ...["questions", office.folder, "--read", "1"],
  );
  expect(JSON.parse(read.out)).toMatchObject({ leaf, text });
  await isSound();
}, 120_000);

test("when openings are erased the lines are gone, and the list says from when it is complete", async () => {
  const before = new Date(Date.now() + 2 * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const years = join(folder, "clock.mjs");
  writeFileSync(
    years,
    "const now = Date.now; Date.now = () => now() + Number(process.env.CLOCK_DAYS) * 86400000;",
  );
  await office.kill("SIGTERM");
  process.env["NODE_OPTIONS"] = `--import=${years}`;
  process.env["CLOCK_DAYS"] = "1140";
  await office.start();
  expect((await list()).uses.filter(({ kind }) => kind === "use")).toHaveLength(
    9,
  );
  const held = readFileSync(join(office.folder, "keys", "retention.json"));
  const key = z
    .object({ publicKey: z.string() })
    .parse(JSON.parse(held.toString("utf8")));
  const act = join(folder, "retention-key.json");
  writeFileSync(
    act,
    JSON.stringify({
      act: {
        kind: "machineKeyEnrolled",
        title: "Key for what is dropped and erased",
        publicKey: key.publicKey,
        records: ["dropped", "erased"],
        until: "@+8",
      },
    }),
  );
  const enrolled = await office.vitrine("act", act, "--as", "administrator");
  expect([enrolled.code, enrolled.err], enrolled.out).toEqual([0, ""]);
  const erased = await office.vitrine(
    ...["openings", "erase", "--before", before, "--folder", office.folder],
  );
  expect(erased.err).toBe("");
  await expect
    .poll(
      async () => (await list()).uses.filter(({ kind }) => kind === "use"),
      {
        timeout: 30_000,
      },
    )
    .toEqual([]);
  const { complete, uses } = await list();
  expect(uses.length).toBeGreaterThan(0);
  expect(complete.says).toContain(`gateway gate-1 since ${before}, `);
  expect(complete.erasedBy).toBeGreaterThan(0);
  await isSound();
}, 240_000);
