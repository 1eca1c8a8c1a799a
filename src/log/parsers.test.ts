import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMsOf } from "../../test/cpu-time.ts";
import { bentBytes, bentValues } from "../../test/bent.ts";
import { officeCase, officesIn } from "../../test/vector-office.ts";
import {
  fromBase64url,
  sameBytes,
  toBase64,
  utf8ToBytes,
} from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import { parseEntry } from "../acts/entry.ts";
import { parseSubmission } from "../acts/statement.ts";
import { readUse } from "../uses/codec.ts";
import { parsePrivatePart } from "../uses/opening.ts";
import { readRequest } from "../uses/plan.ts";
import { checkReceipt, parseReceipt } from "../uses/receipt.ts";
import { parseUsageEntry } from "../uses/use.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignature } from "./cosignature.ts";
import { FormatError } from "./format-error.ts";
import { parseNote, parseSignatures } from "./note.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { NO_POLICY, parseLogList, parsePolicy } from "./policy.ts";
import { hashReader, verifyConsistency, verifyInclusion } from "./proof.ts";
import { p, signer } from "./signing.test.ts";
import {
  bundlePath,
  decodeBundle,
  encodeBundle,
  parseTilePath,
  tilePath,
} from "./tiles.ts";
import { formatTlogProof, parseTlogProof, provesLeaf } from "./tlog-proof.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  parseVerifierKey,
} from "./verifier-key.ts";
import {
  formatAddCheckpoint,
  formatConflict,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  parseConflict,
} from "./witness.ts";

/** What a stranger's file may be read as, with good files of the kind. */
type Parser = {
  readonly parse: (bytes: Uint8Array) => unknown;
  readonly refuses: typeof FormatError | typeof Malformed;
  readonly good: readonly Uint8Array[];
};

const offices = officesIn("valid").map((name) => officeCase("valid", name));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
const bytes = (of: string): Uint8Array => utf8ToBytes(of);
const notes = offices.flatMap(({ register, usage }) =>
  [register, ...usage].map(({ checkpoint }) => bytes(checkpoint)),
);
const entries = offices.flatMap(({ register }) =>
  register.entries.map(fromBase64url),
);
const uses = offices.flatMap(({ usage }) =>
  usage.flatMap((log) => log.entries.map(fromBase64url)),
);
const receipts = offices.flatMap(({ receipts: given = [] }) =>
  given.map((one) => written(one)),
);
/** In the one byte form, where there is one. */
function written(value: unknown): Uint8Array {
  try {
    return bytes(encode(value));
  } catch (error) {
    if (error instanceof Malformed) return bytes(JSON.stringify(value));
    throw error;
  }
}
const log = signer("log.example", ED25519, 1).key;
const cosigner = signer("witness.example", COSIGNATURE, 2).key;
const policy = [
  `log ${formatVerifierKey(log)} https://log.example/`,
  `witness a ${formatVerifierKey(cosigner)} https://witness.example/`,
  "# a remark",
  "# vitrine wait 250",
  "group g any a",
  "quorum g\n",
].join("\n");
const requests = [
  {
    product: "a.records",
    plan: {
      form: "records",
      dataset: "a",
      fields: ["b"],
      where: [{ field: "b", op: "in", value: ["x", 1, true] }],
      order: [{ field: "b", direction: "asc" }],
      limit: 3,
    },
  },
];

const parsers: Readonly<Record<string, Parser>> = {
  note: {
    parse: parseNote,
    refuses: FormatError,
    good: notes,
  },
  "signature lines": {
    parse: parseSignatures,
    refuses: FormatError,
    good: notes.map((note) => bytes(text(note).split("\n\n")[1] ?? "")),
  },
  checkpoint: {
    parse: (raw) => parseCheckpoint(text(raw)),
    refuses: FormatError,
    good: notes.map((note) => bytes(`${text(note).split("\n\n")[0]}\n`)),
  },
  "checkpoint as a reader opens it": {
    parse: (raw) => openCheckpoint(p, parseNote(raw), [log], NO_POLICY),
    refuses: FormatError,
    good: notes,
  },
  "verifier key": {
    parse: (raw) => parseVerifierKey(p, text(raw)),
    refuses: FormatError,
    good: [log, cosigner].map((key) => bytes(formatVerifierKey(key))),
  },
  policy: {
    parse: (raw) => parsePolicy(p, raw),
    refuses: FormatError,
    good: [bytes(policy), bytes("quorum none\n")],
  },
  "list of logs": {
    parse: (raw) => parseLogList(p, raw),
    refuses: FormatError,
    good: [bytes(`# ours\nlog ${formatVerifierKey(log)} https://a.example/\n`)],
  },
  "request to a witness": {
    parse: (raw) =>
      judgeAddCheckpoint(
        p,
        { size: 3, root: new Uint8Array(32) },
        parseAddCheckpoint(raw),
        [log],
      ),
    refuses: FormatError,
    good: notes.map((note) =>
      bytes(formatAddCheckpoint(3, [new Uint8Array(32)], parseNote(note))),
    ),
  },
  "tlog-proof": {
    parse: (raw) => provesLeaf(p, parseTlogProof(raw), new Uint8Array(32)),
    refuses: FormatError,
    good: notes.map((note) =>
      bytes(
        formatTlogProof({
          extra: note.slice(0, 20),
          index: 0,
          path: [new Uint8Array(32).fill(1), new Uint8Array(32)],
          note: text(note),
        }),
      ),
    ),
  },
  "conflict of a witness": {
    parse: parseConflict,
    refuses: FormatError,
    good: [bytes(formatConflict(14_912))],
  },
  bundle: {
    parse: decodeBundle,
    refuses: FormatError,
    good: [encodeBundle(uses.slice(0, 9)), encodeBundle(entries.slice(0, 3))],
  },
  "path of a tile": {
    parse: (raw) => parseTilePath(text(raw)),
    refuses: FormatError,
    good: [tilePath(1, 1_234_067), bundlePath(273, 112)].map(bytes),
  },
  tile: {
    parse: (raw) => hashReader(p, 20, () => raw)(2, 1),
    refuses: FormatError,
    good: [new Uint8Array(20 * 32), new Uint8Array(256 * 32)],
  },
  entry: { parse: parseEntry, refuses: Malformed, good: entries },
  submission: {
    parse: parseSubmission,
    refuses: Malformed,
    good: entries.flatMap((raw) => {
      const { statement, signatures } = JSON.parse(text(raw));
      if (statement === undefined) return [];
      return [written({ signatures, statement })];
    }),
  },
  "usage entry": { parse: parseUsageEntry, refuses: Malformed, good: uses },
  "usage entry, read fast": { parse: readUse, refuses: Malformed, good: uses },
  receipt: {
    parse: (raw) =>
      checkReceipt(p, parseReceipt(raw), log.publicKey, "A".repeat(43)),
    refuses: Malformed,
    good: receipts,
  },
  opening: {
    parse: parsePrivatePart,
    refuses: Malformed,
    good: receipts.flatMap((raw) => {
      const { opening } = parseReceipt(raw);
      return opening === undefined ? [] : [fromBase64url(opening.content)];
    }),
  },
  request: {
    parse: (raw) => {
      let value: unknown;
      try {
        value = JSON.parse(text(raw));
      } catch {
        return undefined;
      }
      return readRequest(value);
    },
    refuses: Malformed,
    good: requests.map((one) => written(one)),
  },
};
const names = Object.keys(parsers);
const must = (name: string): Parser => {
  const found = parsers[name];
  if (found === undefined) throw new Error(`Cannot find parser ${name}`);
  return found;
};

/** Reads it, or refuses it with its own error, in one line; anything else travels on. */
function readsOrRefuses({ parse, refuses }: Parser, raw: Uint8Array): boolean {
  try {
    parse(raw);
    return true;
  } catch (error) {
    if (!(error instanceof refuses)) throw error;
    expect(error.message).toMatch(/^Cannot \S/);
    expect(error.message.length).toBeLessThan(2_000 + raw.length);
    return false;
  }
}

describe.each(names)("%s", (name) => {
  const parser = must(name);

  test("reads what is good", () => {
    expect(parser.good.length).toBeGreaterThan(0);
    for (const raw of parser.good)
      expect(readsOrRefuses(parser, raw)).toBe(true);
  });

  test("reads or refuses whatever bytes there are", () => {
    let refused = 0;
    fc.assert(
      fc.property(bentBytes(parser.good), (raw) => {
        if (!readsOrRefuses(parser, raw)) refused++;
      }),
      { numRuns: 400 },
    );
    if (name !== "request" && name !== "usage entry, read fast")
      expect(refused).toBeGreaterThan(40);
  });

  test("gives up at every place at which a good one is cut off, and at every bit that turns over", () => {
    const [raw = new Uint8Array(0)] = parser.good;
    for (let at = 0; at < Math.min(raw.length, 1_000); at++) {
      readsOrRefuses(parser, raw.slice(0, at));
      for (let bit = 0; bit < 8; bit++)
        readsOrRefuses(
          parser,
          raw.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte)),
        );
    }
  });
});

const json = [
  "entry",
  "submission",
  "usage entry",
  "receipt",
  "opening",
  "request",
];
describe.each(json)("the JSON of a %s", (name) => {
  const parser = must(name);
  const good = parser.good.map((raw): unknown => JSON.parse(text(raw)));

  test("is read or refused whatever stands in its places", () => {
    let refused = 0;
    fc.assert(
      fc.property(bentValues(good), (value) => {
        const raw = written(value);
        if (!readsOrRefuses(parser, raw)) refused++;
      }),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test.each([40, 1_000, 3_000, 4_200, 8_000, 20_000, 100_000])(
    "is refused %i deep, in any of its places, the same on every machine",
    (deep) => {
      const one: object = Object(good[0]);
      const places = Object.keys(one);
      const lists = `${"[".repeat(deep)}${"]".repeat(deep)}`;
      const objects = `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`;
      for (const nest of [lists, objects]) {
        if (name !== "request")
          expect(readsOrRefuses(parser, bytes(nest))).toBe(false);
        for (const place of places) {
          const bent = { ...one, [place]: "NEST" };
          const raw = encode(bent).replace('"NEST"', nest);
          // The web reads requests with a limit of its own before this.
          if (name !== "request" || deep <= 3_000)
            expect(readsOrRefuses(parser, bytes(raw))).toBe(false);
        }
      }
    },
  );
});

const LARGE = 10 * 1024 * 1024;
const large: Readonly<Record<string, string>> = {
  "one letter": "a".repeat(LARGE),
  "one digit": "1".repeat(LARGE),
  spaces: " ".repeat(LARGE),
  "line feeds": "\n".repeat(LARGE),
  "a tower of lists": "[".repeat(LARGE),
  "a long text": `"${"a".repeat(LARGE)}"`,
  "a long list": `[${"1,".repeat(LARGE / 2)}1]`,
  "names in front of pluses": "a+".repeat(LARGE / 2),
  "a long member": `{"entry":"${"A".repeat(LARGE)}","v":1}`,
  "rules without end": `{"rule":"${"A-".repeat(LARGE / 2)}A","v":1}`,
  "a long signature": `x\n\n\u2014 a ${"A".repeat(LARGE)}\n`,
  "many signatures": `x\n\n${"\u2014 a AAAAAAAA\n".repeat(LARGE / 14)}`,
  "a long name": `x\n\n\u2014 ${"a".repeat(LARGE)} AAAAAAAA\n`,
  "a long size": `x\n${"1".repeat(LARGE)}\nAAAA\n`,
  "a long root": `x\n1\n${"A".repeat(LARGE)}\n`,
  "a long key": `a+00000000+${"A".repeat(LARGE)}`,
  "a long group": `group a 1${" b".repeat(LARGE / 2)}`,
  "many remarks": `quorum none\n${"#\n".repeat(LARGE / 2)}`,
  "a long proof": `old 1\n${"A\n".repeat(LARGE / 2)}\n`,
  "a deep tile": `tile/entries/${"x000/".repeat(LARGE / 5)}000`,
};
const LARGE_MS_MAX = 5_000;

test.each(Object.keys(large))("ten megabytes end in time: %s", (name) => {
  const raw = bytes(large[name] ?? "");
  expect(raw.length).toBeGreaterThan(LARGE - 100);
  for (const [of, parser] of Object.entries(parsers)) {
    const took = cpuMsOf(() => readsOrRefuses(parser, raw));
    expect(took, of).toBeLessThan(LARGE_MS_MAX);
  }
});

test("proofs and cosignatures of any shape hold or do not", () => {
  const hash = fc.oneof(
    { weight: 5, arbitrary: fc.constant(new Uint8Array(32)) },
    fc.uint8Array({ maxLength: 40 }),
  );
  const count = fc.oneof(
    fc.nat(70),
    fc.constantFrom(-1, 0.5, NaN, Infinity, 2 ** 32, 2 ** 53, 2 ** 60),
  );
  const proof = fc.array(hash, { maxLength: 70 });
  fc.assert(
    fc.property(
      fc.tuple(hash, hash, proof),
      fc.tuple(count, count),
      fc.uint8Array({ maxLength: 100 }),
      ([one, other, path], [from, to], line) => {
        expect(verifyInclusion(p, one, from, to, path, other)).toBe(false);
        const same =
          from === to && path.length === 0 && sameBytes(one, other) && from > 0;
        expect(verifyConsistency(p, from, one, to, other, path)).toBe(
          same && Number.isSafeInteger(from),
        );
        expect(
          verifyCosignature(p, cosigner, toBase64(one), line),
        ).toBeUndefined();
      },
    ),
    { numRuns: 1_000 },
  );
});
