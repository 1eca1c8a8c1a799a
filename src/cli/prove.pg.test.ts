import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  organisation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { endsInOrder, type Web, webOf } from "../../test/web-office.ts";
import { encode } from "../acts/canonical.ts";
import { cosign } from "../log/cosignature.ts";
import { formatNote, parseNote } from "../log/note.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import { generateKey, primitives, signingKey } from "../store/crypto.ts";
import { CouldNot } from "./exit.ts";
import { prove } from "./prove.ts";
import { verifyPlaceOrProof } from "./verify/proof.ts";

let office: SmallOffice;
let web: Web;
let server: ReturnType<typeof serve>;
let address = "";
const witness = signingKey(generateKey());
const witnessKey = verifierKey(
  primitives,
  "court.example/witness",
  COSIGNATURE,
  witness.publicKey,
);

beforeAll(async () => {
  const { url } = await schemaFor("cli_prove");
  const more = Array.from({ length: 240 }, (_, i) => organisation(`org-${i}`));
  office = await SmallOffice.granted(url, { more });
  web = webOf(office);
  await office.answered(stations());
  await office.answered(vehicles(), "huaxing");
  await office.passHour();
  address = await new Promise((resolve) => {
    server = serve({ fetch: web.app.fetch, port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
});
afterAll(async () => {
  server.close();
  await endsInOrder(office, web);
  await office.close();
});

const at = (name: string): string => join(office.folder, name);
const text = (name: string): string => readFileSync(at(name), "utf8");
function written(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** Runs `prove` at the office's own time: what it printed, and its exit code last. */
async function proving(
  args: readonly [place: string, log?: string, entry?: string],
  options: Parameters<typeof prove>[3],
  later = 0,
): Promise<readonly (string | number)[]> {
  const said: string[] = [];
  const now = (): number => office.clock.now + later;
  const print = (line: string): void => void said.push(line);
  const [place, log, entry] = args;
  const code = await prove(place, log, entry, options, { print, now });
  return [...said, code];
}

async function verifying(
  options: Parameters<typeof verifyPlaceOrProof>[1],
): Promise<readonly (string | number)[]> {
  const said: string[] = [];
  const code = await verifyPlaceOrProof(
    undefined,
    options,
    (line) => void said.push(line),
  );
  return [...said, code];
}

/** The line of a policy that trusts a log's key. */
function logLine(log: string): string {
  const { log: own, gateway } = office.house.keys;
  const { publicKey } = log.endsWith("/register") ? own : gateway;
  const key = verifierKey(primitives, log, ED25519, publicKey);
  return `log ${formatVerifierKey(key)}\n`;
}
const register = "data.small.example/register";
const witnessed = (): string =>
  `${logLine(register)}witness court ${formatVerifierKey(witnessKey)}\nquorum court\n`;

/** The proof with its checkpoint cosigned: what the office's own witness would have done. */
function cosigned(proof: string, seconds: number): string {
  const end = proof.indexOf("\n\n") + 2;
  const note = parseNote(proof.slice(end));
  const line = cosign(witnessKey, note.text, seconds, witness.sign);
  return (
    proof.slice(0, end) + formatNote(note.text, [...note.signatures, line])
  );
}

test.each(["folder", "address"])(
  "an entry of the register is proved from the office's %s, and the proof verifies by itself",
  async (from) => {
    const place = from === "folder" ? office.folder : address;
    const output = at(`${from}.tlog-proof`);
    const entry = at(`${from}.entry`);
    const said = await proving([place, "register", "12"], { output, entry });
    expect(said.at(-1)).toBe(0);
    expect(said[0]).toMatch(`: entry 12 of ${register}, in its checkpoint`);
    const policy = written("policy", `${logLine(register)}quorum none\n`);
    const lines = await verifying({ proof: output, policy });
    expect(lines.slice(-2)).toEqual(["no contradiction found", 0]);
    expect(lines).toContain(
      "cosigned     by nobody, and your policy asks for nobody: the log's word alone",
    );
    const also = await verifying({ proof: output, policy, entry: [entry] });
    expect(also.at(-1)).toBe(0);
    expect(also.join("\n")).toContain(`the entry in ${entry}, leaf hash`);
  },
);

test("without a policy a proof is only consistent with itself, and that is no good end", async () => {
  const output = at("alone.tlog-proof");
  await proving([office.folder, "register", "0"], { output });
  const lines = await verifying({ proof: output });
  expect(lines.slice(-2)).toEqual(["could not check", 2]);
  expect(lines.join("\n")).toContain("It was only held against itself");
  const other = written("other", "quorum none\n");
  expect((await verifying({ proof: output, policy: other })).at(-1)).toBe(2);
});

test("who cosigned and when, and whether that is the quorum", async () => {
  const output = at("watched.tlog-proof");
  await proving([office.folder, "register", "5"], { output });
  const policy = written("watched", witnessed());
  const alone = await verifying({ proof: output, policy });
  expect(alone.slice(-2)).toEqual(["1 contradiction", 1]);
  expect(alone.join("\n")).toContain("[quorum]");
  const proof = written("cosigned", cosigned(text("watched.tlog-proof"), 1e9));
  const lines = await verifying({ proof, policy });
  expect(lines).toContain(
    "cosigned     by court at 2001-09-09 01:46 UTC; the quorum of your policy",
  );
  expect(lines.slice(-2)).toEqual(["no contradiction found", 0]);
});

test.each([
  ["index 5", "index 6", "inclusion"],
  ["data.small.example/register\n", "data.small.example/regiſter\n", ""],
  [/\nindex 5\n./, "\nindex 5\nA", "inclusion"],
  [/\n— (\S+) (.{6})./, "\n— $1 $2A", "checkpoint-signature"],
  [/\n([0-9]{3})\n/, "\n999\n", "checkpoint-signature"],
])("a proof in which %s was changed is seen", async (from, to, code) => {
  const output = at("bent.tlog-proof");
  await proving([office.folder, "register", "5"], { output });
  const policy = written("policy", `${logLine(register)}quorum none\n`);
  const whole = text("bent.tlog-proof");
  // One time in 64 an A stands there already.
  const bent = [to, to.replace(/A$/, "B")]
    .map((other) => whole.replace(from, other))
    .find((other) => other !== whole);
  if (bent === undefined) throw new Error("Nothing was changed");
  const lines = await verifying({ proof: written("bent", bent), policy });
  expect(lines.at(-1)).toBe(code === "" ? 2 : 1);
  expect(lines.join("\n")).toContain(code);
});

test("another entry, or another receipt, is not what the proof proves", async () => {
  const output = at("mine.tlog-proof");
  await proving([office.folder, "register", "5"], { output });
  const policy = written("policy", `${logLine(register)}quorum none\n`);
  const entry = written("other.entry", "{}");
  const lines = await verifying({ proof: output, policy, entry: [entry] });
  expect(lines.slice(-2)).toEqual(["1 contradiction", 1]);
  const last = office.receipts.at(-1);
  const receipt = [written("last.json", encode(last))];
  const of = await verifying({ proof: output, policy, receipt });
  expect(of.slice(-2)).toEqual(["2 contradictions", 1]);
});

test("the receipt of an act becomes a proof", async () => {
  const { receipt } = await office.granted(organisation("org-late"));
  const file = written("act.json", encode(receipt));
  for (const place of [office.folder, address]) {
    const output = at("act.tlog-proof");
    const said = await proving([place], { receipt: file, output });
    expect(said.at(-1)).toBe(0);
    expect(said[0]).toContain(`entry ${receipt.index} of ${register}`);
    const policy = written("policy", `${logLine(register)}quorum none\n`);
    const lines = await verifying({ proof: output, policy, receipt: [file] });
    expect(lines.slice(-2)).toEqual(["no contradiction found", 0]);
  }
});

test("the receipt of a use becomes a proof when it is public; before it says when it was promised, and after that it is a broken promise", async () => {
  const { receipt } = await office.answered(vehicles(), "huaxing");
  const file = written("use.json", encode(receipt));
  const output = at("use.tlog-proof");
  const early = proving([office.folder], { receipt: file, output });
  await expect(early).rejects.toThrow(CouldNot);
  await expect(early).rejects.toThrow(
    "not public yet and was promised by 2026-",
  );
  const late = await proving(
    [office.folder],
    { receipt: file, output },
    86_400_000,
  );
  expect(late.slice(-2)).toEqual(["1 contradiction", 1]);
  expect(late[0]).toContain("[receipt-missing]");
  await office.passHour();
  const said = await proving([office.folder], { receipt: file, output });
  expect(said.at(-1)).toBe(0);
  const policy = written("use.policy", `${logLine(receipt.log)}quorum none\n`);
  const lines = await verifying({ proof: output, policy, receipt: [file] });
  expect(lines.slice(-2)).toEqual(["no contradiction found", 0]);
});

test("a receipt that was changed is no receipt", async () => {
  const { receipt } = await office.answered(vehicles(), "huaxing");
  const changed = { ...receipt, publishBy: receipt.publishBy + 1 };
  const file = written("changed.json", encode(changed));
  await expect(proving([office.folder], { receipt: file })).rejects.toThrow(
    "its signature does not verify",
  );
});

test.each([
  ["register", "99999", "it is not public; the newest checkpoint"],
  ["register", "A".repeat(43), "it is not public"],
  ["register", "-1", "want the index of an entry"],
  ["attic", "0", "no checkpoint is public there"],
])("%s %s cannot be proved, and why is said", async (log, entry, why) => {
  await expect(proving([office.folder, log, entry], {})).rejects.toThrow(why);
});

test("a place or a proof is checked, not both and not none", async () => {
  await expect(verifyPlaceOrProof(undefined, {})).rejects.toThrow("--proof");
  const both = verifyPlaceOrProof(office.folder, { proof: at("x") });
  await expect(both).rejects.toThrow("a place or --proof");
  await expect(verifying({ proof: at("nowhere") })).rejects.toThrow(
    "nothing is there",
  );
});
