import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { runInProcess } from "../../test/in-process.ts";
import { utf8ToBytes } from "../acts/bytes.ts";
import { decode, encode } from "../acts/canonical.ts";
import { signatureFault } from "../acts/signatures.ts";
import {
  signature,
  signedBytes,
  statement as statementSchema,
} from "../acts/statement.ts";
import { generateKey, primitives } from "../store/crypto.ts";
import { addSign } from "./sign-statement.ts";
import { draft, nothingSeen } from "./signing.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-sign-"));
afterAll(() => rmSync(folder, { recursive: true }));

function kept(name: string, value: unknown): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    typeof value === "string" ? value : JSON.stringify(value),
  );
  return file;
}

const fresh = generateKey();
const clerk = kept("clerk.key", { ...fresh, person: 7, post: "clerk" });
const old = { ...generateKey(), person: 7 };
const other = { ...generateKey(), person: 2, post: "registrar" };
const printedBySign = z.strictObject({ signature, statement: statementSchema });
/** The new key of a clerk, which the registrar enrols. */
const statement = draft(
  "data.example/register",
  nothingSeen,
  {
    ...{ kind: "keyEnrolled", person: 7 },
    key: { form: "ed25519", publicKey: fresh.publicKey },
  },
  [
    { person: 7, role: "holder", key: fresh },
    { person: 2, role: "approved", post: "registrar", key: other },
  ],
  1_800_000_000_000,
);
const file = kept("statement.json", `${encode(statement)}\n`);
const signs = (key: string, of = file) =>
  runInProcess(addSign, "sign", of, "--key", key);

test("each of its signers signs a statement, and is told what is signed", async () => {
  for (const [key, as] of [
    [clerk, "holder"],
    [kept("registrar.key", other), "approved (registrar)"],
  ] as const) {
    const { code, out, err } = await signs(key);
    expect([code, err]).toEqual([
      0,
      `signs     key for person 7\nas        ${as}\nfor       data.example/register, until 2027-01-16T08:00:00.000Z\n`,
    ]);
    const printed = printedBySign.parse(
      decode(utf8ToBytes(out.trimEnd()), "line"),
    );
    expect(printed.statement).toEqual(statement);
    const { publicKey } = as === "holder" ? fresh : other;
    expect(
      signatureFault(
        ...([primitives, { form: "ed25519", publicKey }] as const),
        ...([signedBytes(statement), printed.signature] as const),
      ),
    ).toBeUndefined();
  }
});

test("nobody else's key signs it, nor an older one of the holder's", async () => {
  for (const key of [
    kept("old.key", old),
    kept("stranger.key", { ...old, person: 3 }),
  ]) {
    const { code, out, err } = await signs(key);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(
      "want the key of one of its signers, the new key of person 7, person 2",
    );
  }
});

test("what is no statement, or not in its one form, is not signed", async () => {
  const text = encode(statement);
  for (const [name, wrong] of [
    ["changed.json", text.replace('"v":1', '"v":2')],
    ["doubled.json", text.replace('"v":1', '"v":1,"v":1')],
    ["act.json", encode(statement.act)],
    ["prose.json", "sign me"],
  ] as const) {
    const { code, out } = await signs(clerk, kept(name, wrong));
    expect([name, code, out]).toEqual([name, 2, ""]);
  }
});
