import { promises as fs } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { fromBase64url, toBase64url } from "../../src/acts/bytes.ts";
import { type Entry, parseEntry } from "../../src/acts/entry.ts";
import type { GatewayOptions } from "../../src/gateway/desk.ts";
import { Gateway } from "../../src/gateway/gateway.ts";
import { leafHash } from "../../src/log/hash.ts";
import {
  bundlePath,
  bundlesForSize,
  decodeBundle,
} from "../../src/log/tiles.ts";
import { primitives } from "../../src/store/crypto.ts";
import { parsePrivatePart, type PrivatePart } from "../../src/uses/opening.ts";
import type { Receipt } from "../../src/uses/receipt.ts";
import {
  BYTES_PER_STEP,
  stepsOf,
  parseUsageEntry,
  type UsageEntry,
} from "../../src/uses/use.ts";
import { schemaFor } from "../postgres.ts";
import { abandon, SmallOffice } from "./small-office.ts";

let stories = 0;

/** A database for one story; `file` is the name of the test file in small letters. */
export async function databaseFor(file: string): Promise<string> {
  const { url } = await schemaFor(`${file}_${++stories}`);
  return url;
}

/** An office of one story's own, with everything granted; it is let go when the story ends. */
export async function officeFor(
  file: string,
  options: Parameters<typeof SmallOffice.granted>[1] & { url?: string } = {},
): Promise<SmallOffice> {
  const url = options.url ?? (await databaseFor(file));
  const office = await SmallOffice.granted(url, options);
  letGo(office);
  return office;
}

export function letGo(office: SmallOffice): void {
  onTestFinished(async () => {
    await abandon(office.house);
    await office.remove();
  });
}

/** The office's gateway closed and opened again, with a feed or an engine of the story's own. */
export async function gatewayWith(
  { house, folder, clock }: SmallOffice,
  own: Partial<Pick<GatewayOptions, "engine" | "feed">>,
): Promise<Gateway> {
  await house.gateway?.close();
  const { office, keys, sql, engine } = house;
  house.gateway = await Gateway.open({
    folder,
    sql,
    origin: office.origin,
    name: "gate",
    key: keys.gateway,
    sealKey: keys.seal,
    engine,
    feed: {
      checkpoint: () => Promise.resolve(office.published.note),
      entries: (from, to) => office.entries(from, to),
    },
    surroundings: { now: () => clock.now, random: randomBytesOf },
    enter: (record) => office.record(record, keys.gateway),
    ...own,
  });
  return house.gateway;
}

/** The stranger's check when everything is due in public: what it finds, and what was promised and is not there. */
export async function leftOver(
  office: SmallOffice,
): Promise<readonly string[]> {
  await office.passHour();
  const faults = await office.faults();
  const { receipts } = await office.check();
  const missing = receipts.given - receipts.kept;
  return missing === 0
    ? faults
    : [...faults, `${missing} receipts were not kept`];
}

/** An entry of a usage log as it stands in the public files, in its place. */
export type Shown = {
  /** Such as `gate/minute/2026q4`. */
  readonly log: string;
  readonly leaf: string;
  readonly entry: UsageEntry;
};

/** Everything that the checkpoints of the usage logs cover. */
export async function shown(office: SmallOffice): Promise<readonly Shown[]> {
  const top = join(office.folder, "public", "log");
  const names = await fs.readdir(top, { recursive: true });
  const logs = names.filter((name) => /\/(hour|minute)\/\w+$/.test(name));
  const all = await Promise.all(logs.toSorted().map((log) => read(top, log)));
  return all.flat();
}

async function read(top: string, log: string): Promise<readonly Shown[]> {
  const note = await fs
    .readFile(join(top, log, "checkpoint"), "utf8")
    .catch(() => "");
  const size = Number(note.split("\n")[1] ?? 0);
  const bundles = await Promise.all(
    [...bundlesForSize(size)].map(({ index, width }) =>
      fs.readFile(join(top, log, bundlePath(index, width))),
    ),
  );
  return bundles.flatMap(decodeBundle).map((raw) => ({
    log,
    leaf: toBase64url(leafHash(primitives, raw)),
    entry: parseUsageEntry(raw),
  }));
}

/** Whether any public file holds these bytes, under a checkpoint or not. */
export async function isAnywhere(
  office: SmallOffice,
  bytes: Buffer,
): Promise<boolean> {
  const top = join(office.folder, "public");
  for (const entry of await fs.readdir(top, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const file = await fs.readFile(join(entry.parentPath, entry.name));
    if (file.includes(bytes)) return true;
  }
  return false;
}

/** The blocks of a log: the entries behind each anchor. */
export function blocksOf(entries: readonly Shown[]): readonly Shown[][] {
  const blocks: Shown[][] = [];
  for (const one of entries)
    if (one.entry.kind === "anchor") blocks.push([]);
    else blocks.at(-1)?.push(one);
  return blocks;
}

/** Everything in the register log, published or not yet. */
export async function registered(
  office: SmallOffice,
): Promise<readonly Entry[]> {
  await office.house.office.publish();
  const { published } = office.house.office;
  const entries = await office.house.office.entries(0, published.size);
  return entries.map((raw) => parseEntry(raw));
}

export function entryOf({ entry }: Receipt): UsageEntry {
  return parseUsageEntry(fromBase64url(entry));
}

export function openingOf({ opening }: Receipt): PrivatePart {
  return parsePrivatePart(fromBase64url(opening?.content ?? ""));
}

function randomBytesOf(bytes: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

/** Bytes of open data as a log shows them. */
export const inSteps = (bytes: number): number =>
  stepsOf(bytes, BYTES_PER_STEP) * BYTES_PER_STEP;
