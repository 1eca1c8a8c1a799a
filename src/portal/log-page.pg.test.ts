import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  organisation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  endsInOrder,
  refuses,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { parseNote } from "../log/note.ts";
import { parseVerifierKey } from "../log/verifier-key.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import { NO_POLICY } from "../log/policy.ts";
import { parseTlogProof, provesLeaf } from "../log/tlog-proof.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { primitives } from "../store/crypto.ts";
import { checkPageOf } from "../cli/programs.ts";
import type { LogsOverview } from "./logs-overview.ts";

const NASTY = "<script>alert(1)</script>";
let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  const { url } = await schemaFor("portal_log_page");
  const more = [{ ...organisation("nasty"), title: NASTY }];
  office = await SmallOffice.granted(url, { more });
  web = webOf(office);
  await office.answered(stations());
  await office.answered(vehicles(), "huaxing");
  await office.answered(isNamed("N1", "x"), "huaxing");
  await office.passHour();
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function twin(): Promise<LogsOverview> {
  const response = await web.ask("/log.json");
  expect(response.status).toBe(200);
  const read: LogsOverview = JSON.parse(await response.text());
  return read;
}

test("every log is there, with the key that signed its newest checkpoint", async () => {
  const { logs } = await twin();
  expect(logs.map(({ log }) => log).toSorted()).toEqual([
    "gate/hour/2026q4",
    "gate/minute/2026q4",
    "register",
  ]);
  for (const { log, verifierKey, size } of logs) {
    const note = parseNote(
      await (await web.ask(`/log/${log}/checkpoint`)).text(),
    );
    const key = parseVerifierKey(primitives, verifierKey);
    const opening = openCheckpoint(primitives, note, [key], NO_POLICY);
    expect(opening.outcome === "opened" && opening.checkpoint.size).toBe(size);
  }
});

test("the latest entries lead to proofs of just these entries", async () => {
  const { entries } = await twin();
  expect(entries.length).toBe(20);
  for (const { entry, leaf, proof } of entries) {
    const read = parseTlogProof(await (await web.ask(proof)).text());
    expect(read.index).toBe(entry);
    expect(provesLeaf(primitives, read, fromBase64url(leaf))).toBe(true);
  }
});

test("the page says in plain words that nobody watches, and how to check", async () => {
  const page = await (await web.ask("/log")).text();
  expect(page).toContain("Nobody outside watches this log");
  expect(page).toContain("by nobody outside");
  expect(page).toContain("node vitrine-verify.mjs");
  expect(page).toContain((await twin()).fingerprint);
  expect(page).not.toContain(NASTY);
  const front = await (await web.ask("/")).text();
  expect(front).toContain('href="/log"');
});

test("the verifying page is given with its own policy, and where it was not built that is said", async () => {
  await refuses(web.ask("/check"), [404, "npm run build makes it"]);
  const own = "default-src 'none'; script-src 'sha256-AAAA'";
  const html = `<meta http-equiv="Content-Security-Policy" content="${own}">`;
  const checkPage = checkPageOf(Buffer.from(html));
  const shown = webOf(office, { programs: { checkPage, verifier: undefined } });
  const response = await shown.ask("/check");
  expect(response.headers.get("content-security-policy")).toBe(
    `${own}; frame-ancestors 'none'`,
  );
  expect(await response.text()).toBe(html);
  const page = await (await shown.ask("/log")).text();
  expect(page).toContain(`${checkPage?.sha256}  vitrine-check.html`);
  expect(() => checkPageOf(Buffer.from("<p>"))).toThrow("states no policy");
});
