import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
import { bytesToHex, toBase64url } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { parseTlogProof, provesLeaf } from "../log/tlog-proof.ts";
import { primitives } from "../store/crypto.ts";
import { receiptLeaf } from "../uses/receipt.ts";

const logs = ["register", "gate/hour/2026q4", "gate/minute/2026q4"];
let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  const more = Array.from({ length: 240 }, (_, i) => organisation(`org-${i}`));
  const { url } = await schemaFor("portal_proofs");
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

function checkpointOf(log: string): string {
  const path = join(office.folder, "public", "log", log, "checkpoint");
  return readFileSync(path, "utf8");
}

async function proofAt(path: string) {
  const response = await web.ask(path);
  expect(response.status, path).toBe(200);
  return parseTlogProof(await response.text());
}

describe.each(logs)("a proof of the log %s", (log) => {
  test("is given for every entry of its checkpoint, and carries the entry", async () => {
    const note = checkpointOf(log);
    const size = Number(note.split("\n")[1]);
    expect(size).toBeGreaterThan(0);
    for (let index = 0; index < size; index++) {
      const proof = await proofAt(`/proof/${log}/${index}`);
      expect(proof.note).toBe(note);
      expect(proof.index).toBe(index);
      const leaf = leafHash(primitives, proof.extra ?? new Uint8Array(0));
      expect(provesLeaf(primitives, proof, leaf)).toBe(true);
    }
  });

  test("is given by the leaf hash in either form", async () => {
    const { extra = new Uint8Array(0), index } = await proofAt(
      `/proof/${log}/0`,
    );
    const leaf = leafHash(primitives, extra);
    for (const name of [toBase64url(leaf), bytesToHex(leaf)])
      expect((await proofAt(`/proof/${log}/${name}`)).index).toBe(index);
  });

  test("of what is not there is refused with the reason", async () => {
    const size = Number(checkpointOf(log).split("\n")[1]);
    await refuses(web.ask(`/proof/${log}/${size}`), [
      404,
      `Entry ${size} of ${log} is not public: the newest checkpoint has ${size} entries`,
    ]);
    const none = "A".repeat(43);
    await refuses(web.ask(`/proof/${log}/${none}`), [
      404,
      `No public entry of ${log} has the leaf hash ${none}`,
    ]);
  });
});

test("whoever may ask: any page, and nobody keeps the answer", async () => {
  const { headers } = await web.ask("/proof/register/3");
  expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("content-disposition")).toBe(
    'attachment; filename="register-3.tlog-proof"',
  );
});

test.each(["-1", "01", "1e3", "0x1", "9007199254740993", "A".repeat(42)])(
  "an entry cannot be called %s",
  async (name) => {
    await refuses(web.ask(`/proof/register/${name}`), [400, /^Cannot prove /]);
  },
);

test.each([
  "/proof/attic/1",
  "/proof/gate/1",
  "/proof/..%2f..%2fregister/1",
  "/proof/register",
  "/proof/",
])("no log is at %s", async (path) => {
  await refuses(web.ask(path), [404, /^(?:No log|Nothing) is at /]);
});

test("a receipt becomes a proof when its slot is over, and not before", async () => {
  const { receipt } = await office.answered(vehicles(), "huaxing");
  const leaf = toBase64url(receiptLeaf(primitives, receipt));
  const path = `/proof/${receipt.log.replace("data.small.example/", "")}/${leaf}`;
  await refuses(web.ask(path), [404, /^No public entry of gate\/minute/]);
  await office.passHour();
  const proof = await proofAt(path);
  expect(provesLeaf(primitives, proof, receiptLeaf(primitives, receipt))).toBe(
    true,
  );
  expect(toBase64url(proof.extra ?? new Uint8Array(0))).toBe(receipt.entry);
});
