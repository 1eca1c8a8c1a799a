import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fromBase64url, toBase64url } from "../src/acts/bytes.ts";
import { decode, encodeBytes, Malformed } from "../src/acts/canonical.ts";
import { parseEntry, signedRecordBytes } from "../src/acts/entry.ts";
import {
  keyIdOf,
  parseSubmission,
  signedBytes,
} from "../src/acts/statement.ts";
import { Contradicted, EXIT } from "../src/cli/exit.ts";
import { check } from "../src/cli/verify/check.ts";
import { exitOf } from "../src/cli/verify/print.ts";
import { leafHash } from "../src/log/hash.ts";
import { parsePolicy } from "../src/log/policy.ts";
import { primitives } from "../src/store/crypto.ts";
import { readUse } from "../src/uses/codec.ts";
import { commitmentOf } from "../src/uses/opening.ts";
import { parseReceipt } from "../src/uses/receipt.ts";
import { parseUsageEntry } from "../src/uses/use.ts";
import {
  officeCase,
  type OfficeCase,
  officesIn,
  placeOf,
  vectorEditions,
  vectors,
} from "./vector-office.ts";

/** Everything under vectors/ was written by a second encoder in another language (test/independent/). */
type BytesCase = {
  readonly name: string;
  readonly of: string;
  readonly text?: string;
  readonly base64?: string;
  readonly hash?: string;
  readonly leaf?: string;
  readonly signed?: string;
  readonly private?: {
    readonly nonce: string;
    readonly content: string;
    readonly commitment: string;
  };
  readonly keys?: readonly {
    readonly publicKey: string;
    readonly key: string;
  }[];
};

for (const kind of ["valid", "invalid"] as const) {
  describe(`vectors/${kind}`, () => {
    for (const name of officesIn(kind)) {
      const office = officeCase(kind, name);
      const { findings, conclusion = usual(findings) } = office.expect;
      test(`${name}: ${findings.join(", ") || conclusion}`, async () => {
        expect(await saidOf(office)).toEqual({
          findings: findings.toSorted(),
          conclusion,
        });
      });
    }
  });
}

describe("vectors/valid/bytes.json", () => {
  for (const one of bytesCases("valid"))
    test(`${one.of} ${one.name}`, () => readsAs(one));
});

describe("vectors/invalid/bytes.json", () => {
  for (const one of bytesCases("invalid")) {
    test(`${one.of} ${one.name}`, () => {
      expect(() => reader(one.of)(bytesOf(one))).toThrow(Malformed);
      if (one.of === "usage") expect(readUse(bytesOf(one))).toBeUndefined();
    });
  }
});

function usual(findings: readonly string[]): string {
  return findings.length > 0 ? "contradictions" : "no contradiction";
}

async function saidOf(office: OfficeCase): Promise<OfficeCase["expect"]> {
  try {
    const result = await check(placeOf(office), {
      editions: vectorEditions,
      now: () => office.now,
      receipts: (office.receipts ?? []).map((one) =>
        parseReceipt(encodeBytes(one)),
      ),
      also: (office.remembered ?? []).map((note) => ({ file: "a file", note })),
      ...(office.policy === undefined
        ? {}
        : { policy: parsePolicy(primitives, office.policy) }),
    });
    const findings = [...result.faults.counts.keys()].toSorted();
    const could = exitOf(result) !== EXIT.could_not;
    return {
      findings,
      conclusion: could ? usual(findings) : "could not check",
    };
  } catch (error) {
    if (!(error instanceof Contradicted)) throw error;
    const findings = [error.fault.code];
    return { findings, conclusion: usual(findings) };
  }
}

function bytesCases(kind: "valid" | "invalid"): readonly BytesCase[] {
  return (
    JSON.parse(readFileSync(join(vectors, kind, "bytes.json"), "utf8")) as {
      cases: readonly BytesCase[];
    }
  ).cases;
}

function bytesOf({ text, base64 }: BytesCase): Uint8Array {
  return text === undefined
    ? Buffer.from(base64 ?? "", "base64")
    : Buffer.from(text);
}

function reader(of: string): (raw: Uint8Array) => unknown {
  switch (of) {
    case "submission":
      return parseSubmission;
    case "entry":
      return parseEntry;
    case "usage":
      return parseUsageEntry;
    case "receipt":
      return parseReceipt;
    default:
      return (raw) => decode(raw, "canonical");
  }
}

function readsAs(one: BytesCase): void {
  const raw = bytesOf(one);
  const value = reader(one.of)(raw);
  expect(Buffer.from(encodeBytes(value)).equals(raw)).toBe(true);
  if (one.hash !== undefined)
    expect(toBase64url(primitives.sha256(raw))).toBe(one.hash);
  if (one.leaf !== undefined)
    expect(toBase64url(leafHash(primitives, raw))).toBe(one.leaf);
  for (const { publicKey, key } of one.keys ?? [])
    expect(keyIdOf(primitives, fromBase64url(publicKey))).toBe(key);
  if (one.private !== undefined) {
    expect(
      commitmentOf(primitives, {
        nonce: fromBase64url(one.private.nonce),
        content: fromBase64url(one.private.content),
      }),
    ).toBe(one.private.commitment);
  }
  if (one.signed === undefined) return;
  if (one.of === "submission" && parseSubmission(raw).batch === undefined)
    expect(toBase64url(signedBytes(parseSubmission(raw).statement))).toBe(
      one.signed,
    );
  const entry = one.of === "entry" ? parseEntry(raw) : undefined;
  if (entry?.type === "act" && entry.batch === undefined)
    expect(toBase64url(signedBytes(entry.statement))).toBe(one.signed);
  if (entry?.type === "record") {
    const origin =
      Buffer.from(one.signed, "base64url").toString().split("\n")[1] ?? "";
    expect(toBase64url(signedRecordBytes(origin, entry.at, entry.record))).toBe(
      one.signed,
    );
  }
}
