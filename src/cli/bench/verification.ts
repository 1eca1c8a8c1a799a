import { hash, randomBytes } from "node:crypto";
import { createSHA256 } from "hash-wasm";
import { compareBytes, toBase64url } from "../../acts/bytes.ts";
import { signedRecordBytes } from "../../acts/entry.ts";
import { keyIdOf } from "../../acts/statement.ts";
import { audit } from "../../audit/audit.ts";
import { total } from "../../audit/report.ts";
import type { LogSource } from "../../audit/source.ts";
import { leafHash } from "../../log/hash.ts";
import { appendLeaf, emptyRange, rootOf } from "../../log/tree.ts";
import { editions } from "../../rules/editions.ts";
import { primitives, publicKeyText, signingKey } from "../../store/crypto.ts";
import { admitAgain } from "../../uses/admit-again.ts";
import { readUse, writeUse } from "../../uses/codec.ts";
import { priceOf } from "../../uses/price.ts";
import {
  type Anchor,
  SLOT,
  type Use,
  usageEntryBytes,
} from "../../uses/use.ts";
import { dice, type Figure, perSecond, skewed } from "./figures.ts";
import { BENCH_ORIGIN, BenchOffice, HOUR, tradeActs } from "./office.ts";

const USES = 300_000;
const PER_BLOCK = 10_000;
const PERMITS = 10_000;
const USAGE_ORIGIN = `${BENCH_ORIGIN.replace("/register", "")}/gate-1/hour/2026q1`;

/** How fast a stranger re-checks: uses a second through the whole audit, and where the time goes. */
export async function benchVerification(): Promise<Figure[]> {
  const office = new BenchOffice();
  office.enter(
    tradeActs(
      office.at,
      publicKeyText(signingKey(office.keys.gateway)),
      PERMITS,
      1_000,
    ),
  );
  const anchored = office.entries.length;
  const entries = usesOf(office);
  const usage = logOf(USAGE_ORIGIN, entries);
  enterHead(office, usage, anchored);
  const register = logOf(BENCH_ORIGIN, office.entries);
  const start = performance.now();
  const result = await audit(primitives, {
    register,
    usage: () => Promise.resolve(usage),
    editions,
    now: office.at,
    cosigned: [],
    remembered: [],
  });
  const whole = performance.now() - start;
  if (total(result.faults) > 0)
    throw new Error(`Cannot measure: ${result.faults.kept[0]?.says ?? ""}`);
  // The register's own part is measured alone and taken off, so that the figure is about uses.
  const began = performance.now();
  await audit(primitives, {
    register,
    usage: () => Promise.resolve(undefined),
    editions,
    now: office.at,
    cosigned: [],
    remembered: [],
  });
  const alone = performance.now() - began;
  return [
    {
      what: `verification of ${USES.toLocaleString("en")} uses under ${PERMITS.toLocaleString("en")} permits`,
      figure: perSecond(USES, whole - alone),
      against: `${(21_300_000 / (USES / ((whole - alone) / 1000)) / 60).toFixed(1)} min for a day of 21.3 million`,
    },
    {
      what: `verification of ${office.entries.length.toLocaleString("en")} register entries, signed in batches`,
      figure: perSecond(office.entries.length, alone),
      against: "",
    },
    ...(await shares(office, entries, whole - alone)),
  ];
}

/** Uses of one hour after the other, in sorted blocks, all lawful; a head opens the log on its first anchor. */
function usesOf(office: BenchOffice): Uint8Array[] {
  const throwDice = dice(11);
  const entries: Uint8Array[] = [];
  const anchored = office.entries.length;
  const root = toBase64url(office.root(anchored));
  const begin = office.at - (office.at % HOUR) + SLOT.hour;
  office.at = begin;
  for (let block = 0; block < USES / PER_BLOCK; block++) {
    const slot = begin + block * SLOT.hour;
    const anchor: Anchor = { v: 1, kind: "anchor", size: anchored, root, slot };
    entries.push(usageEntryBytes(anchor));
    if (block === 0) enterHead(office, logOf(USAGE_ORIGIN, entries), anchored);
    const uses = Array.from({ length: PER_BLOCK }, (): Uint8Array => {
      const use: Use = {
        v: 1,
        kind: "use",
        permit: `permit-${skewed(throwDice, PERMITS)}`,
        operation: "answer",
        fields: "2",
        where: "1",
        slot,
        units: { calls: 1, steps: 1, bytes: 1 },
        subjects: throwDice(5) === 0 ? 0 : 1,
        fee: "vehicles",
        charge: 200,
        state: "whole",
        private: toBase64url(randomBytes(32)),
      };
      return Buffer.from(writeUse(use));
    });
    const sorted = uses
      .map((raw) => ({ raw, leaf: Uint8Array.from(leafHash(primitives, raw)) }))
      .sort((a, b) => compareBytes(a.leaf, b.leaf));
    entries.push(...sorted.map((one) => one.raw));
  }
  office.at += (USES / PER_BLOCK + 2) * SLOT.hour;
  return entries;
}

function enterHead(
  office: BenchOffice,
  usage: LogSource,
  anchored: number,
): void {
  const key = signingKey(office.keys.gateway);
  const record = {
    kind: "head" as const,
    log: usage.origin,
    size: usage.size,
    root: toBase64url(usage.root),
    anchored,
  };
  const signature = toBase64url(
    key.sign(signedRecordBytes(BENCH_ORIGIN, office.at, record)),
  );
  office.add({
    v: 1,
    type: "record",
    at: office.at,
    key: keyIdOf(primitives, key.publicKey),
    record,
    signature,
  });
}

function logOf(origin: string, entries: readonly Uint8Array[]): LogSource {
  const range = emptyRange();
  for (const raw of entries)
    appendLeaf(primitives, range, leafHash(primitives, raw));
  return {
    origin,
    size: entries.length,
    root: rootOf(primitives, range),
    bundle: (index) =>
      Promise.resolve(entries.slice(index * 256, index * 256 + 256)),
  };
}

async function shares(
  office: BenchOffice,
  entries: readonly Uint8Array[],
  whole: number,
): Promise<Figure[]> {
  const uses = entries.flatMap((raw) => readUse(raw) ?? []);
  const { register } = office;
  const spent = { calls: 0, steps: 0 };
  const range = emptyRange();
  const wasm = await createSHA256();
  const parts: readonly (readonly [string, () => void])[] = [
    ["parse", () => entries.forEach((raw) => readUse(raw))],
    [
      "admit (with price)",
      () => uses.forEach((use) => admitAgain(register, use, "hour", spent)),
    ],
    [
      "price alone",
      () =>
        uses.forEach((use) => {
          const permit = register.permits.get(use.permit);
          if (permit !== undefined)
            priceOf(register, permit.act, use.slot, SLOT.hour);
        }),
    ],
    [
      "hash (leaf and tree)",
      () =>
        entries.forEach((raw) =>
          appendLeaf(primitives, range, leafHash(primitives, raw)),
        ),
    ],
  ];
  const figures = parts.map(([name, work]): Figure => {
    const ms = timed(work);
    return {
      what: `  of which ${name}`,
      figure: perSecond(uses.length, ms),
      against: `${Math.round((100 * ms) / whole)} % of the whole`,
    };
  });
  const fastest = Math.min(
    timed(() => entries.forEach((raw) => hash("sha256", raw, "hex"))),
    timed(() =>
      entries.forEach((raw) => wasm.init().update(raw).digest("binary")),
    ),
  );
  figures.push({
    what: "fastest hashing of the same bytes (node:crypto or hash-wasm)",
    figure: perSecond(entries.length, fastest),
    against: `verification takes ${(whole / fastest).toFixed(1)} times as long`,
  });
  return figures;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
