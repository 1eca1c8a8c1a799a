import { readdirSync, readFileSync } from "node:fs";
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
import { Contradicted } from "../src/cli/exit.ts";
import { check } from "../src/cli/verify/check.ts";
import type { Place } from "../src/cli/verify/place.ts";
import { leafHash } from "../src/log/hash.ts";
import { parsePolicy } from "../src/log/policy.ts";
import { bundlePath, encodeBundle } from "../src/log/tiles.ts";
import { primitives } from "../src/store/crypto.ts";
import { readUse } from "../src/uses/codec.ts";
import { commitmentOf } from "../src/uses/opening.ts";
import { parseReceipt } from "../src/uses/receipt.ts";
import { parseUsageEntry } from "../src/uses/use.ts";

/** Everything under vectors/ was written by a second encoder in another language (test/independent/). */
type LogCase = {
  readonly log?: string;
  readonly origin?: string;
  readonly entries: readonly string[];
  readonly checkpoint: string;
};
type OfficeCase = {
  readonly about: string;
  readonly now: number;
  readonly register: LogCase;
  readonly usage: readonly LogCase[];
  readonly remembered?: readonly string[];
  readonly policy?: string;
  readonly papers?: Readonly<Record<string, string>>;
  readonly receipts?: readonly unknown[];
  readonly expect: { readonly findings: readonly string[] };
};
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

const vectors = new URL("../vectors/", import.meta.url).pathname;
const editions = new Map([
  [1, toBase64url(primitives.sha256(Buffer.from("vitrine-test-edition")))],
]);

for (const kind of ["valid", "invalid"] as const) {
  describe(`vectors/${kind}`, () => {
    for (const file of readdirSync(join(vectors, kind)).filter(
      (name) => name.endsWith(".json") && name !== "bytes.json",
    )) {
      const office = JSON.parse(
        readFileSync(join(vectors, kind, file), "utf8"),
      ) as OfficeCase;
      test(`${file.replace(/\.json$/, "")}: ${office.expect.findings.join(", ") || "no contradiction"}`, async () => {
        expect(await findingsOf(office)).toEqual(
          [...office.expect.findings].sort(),
        );
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

async function findingsOf(office: OfficeCase): Promise<readonly string[]> {
  try {
    const result = await check(placeOf(office), {
      editions,
      now: () => office.now,
      receipts: (office.receipts ?? []).map((one) =>
        parseReceipt(encodeBytes(one)),
      ),
      also: office.remembered ?? [],
      ...(office.policy === undefined
        ? {}
        : { policy: parsePolicy(primitives, office.policy) }),
    });
    return [...result.faults.counts.keys()].sort();
  } catch (error) {
    if (error instanceof Contradicted) return [error.fault.code];
    throw error;
  }
}

function placeOf({ register, usage, papers }: OfficeCase): Place {
  const files = new Map<string, Uint8Array>();
  const office = (register.origin ?? "").replace(/\/register$/, "");
  const lay = (path: string, log: LogCase): void => {
    files.set(`log/${path}/checkpoint`, Buffer.from(log.checkpoint));
    const entries = log.entries.map(fromBase64url);
    const size = Number(log.checkpoint.split("\n")[1]);
    for (let first = 0; first < entries.length; first += 256) {
      const width = Math.min(256, size - first);
      if (width > 0)
        files.set(
          `log/${path}/${bundlePath(first / 256, width)}`,
          encodeBundle(entries.slice(first, first + 256)),
        );
    }
  };
  lay("register", register);
  for (const log of usage) lay((log.log ?? "").slice(office.length + 1), log);
  for (const [hex, bytes] of Object.entries(papers ?? {}))
    files.set(`paper/${hex}`, fromBase64url(bytes));
  return { name: "vector", read: (path) => Promise.resolve(files.get(path)) };
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
