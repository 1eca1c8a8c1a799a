import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leafHash } from "../../src/log/hash.ts";
import { formatCheckpoint, parseCheckpoint } from "../../src/log/checkpoint.ts";
import { formatNote, signNote } from "../../src/log/note.ts";
import { bundlePath, tilePath } from "../../src/log/tiles.ts";
import { rootOfLeaves } from "../../src/log/tree.ts";
import { ED25519, verifierKey } from "../../src/log/verifier-key.ts";
import { keyFromSeed, primitives, signingKey } from "../../src/store/crypto.ts";
import { openDatabase, readHead, type Sql } from "../../src/store/database.ts";
import { LogHalted } from "../../src/store/durable.ts";
import { Log, type LogPlace, placeOf } from "../../src/store/log.ts";
import { LogFiles } from "../../src/store/log-files.ts";
import { schemaFor } from "../postgres.ts";
import { clientFindings, type Shown } from "./log-client.ts";

const NOW = 1_793_606_400_000;
const ORIGIN = "data.small.example/register";
/** The older copy, what is public, and how far the journal goes: beyond one bundle, so that there are full files. */
const OLD = 250;
const PUBLIC = 300;
const END = 303;

const key = signingKey(keyFromSeed(Buffer.alloc(32, 7)));
const entries = Array.from({ length: END + 20 }, (_, i) =>
  Buffer.from(`entry ${i}`),
);
const shownAt = (size: number): Shown => ({
  size,
  root: rootOfLeaves(
    primitives,
    entries.slice(0, size).map((entry) => leafHash(primitives, entry)),
  ),
});
const top = fs.mkdtempSync(join(tmpdir(), "vitrine-combinations-"));
let sql: Sql;
/** The folder as it was at the older copy, and as it was left. */
const older = join(top, "older");
const newest = join(top, "newest");

function checkpoint({ size, root }: Shown): string {
  const text = formatCheckpoint({ origin: ORIGIN, size, root, extensions: [] });
  const own = verifierKey(primitives, ORIGIN, ED25519, key.publicKey);
  return formatNote(text, [signNote(own, text, key.sign)]);
}

async function appendTo(log: Log, size: number): Promise<void> {
  await Promise.all(
    entries
      .slice(log.journal.end, size)
      .map((raw) => log.journal.append(raw, 7)),
  );
}

async function publish(log: Log, size: number): Promise<void> {
  await log.extend(entries.slice(log.files.size, size));
  await log.advance(NOW);
  await log.files.writeCheckpoint(checkpoint(shownAt(size)));
}

beforeAll(async () => {
  const { url } = await schemaFor("log_combinations");
  sql = await openDatabase(url);
  const place = placeOf(newest, ORIGIN, "register");
  const { log } = await Log.open(sql, place, NOW);
  await appendTo(log, OLD);
  await publish(log, OLD);
  fs.cpSync(newest, older, { recursive: true });
  await appendTo(log, PUBLIC - 10);
  await publish(log, PUBLIC - 10);
  await appendTo(log, PUBLIC);
  await publish(log, PUBLIC);
  await appendTo(log, END);
  await log.close();
});
afterAll(async () => {
  await sql.end();
  fs.rmSync(top, { recursive: true });
});

const journalFile = (place: LogPlace): string =>
  join(place.journalFolder, "000000000000000.journal");
const copy = (from: string, place: LogPlace, part: "public" | "journal") =>
  fs.cpSync(join(from, part), join(place.journalFolder, "../..", part), {
    recursive: true,
  });

function flip(path: string, at: number): void {
  const bytes = fs.readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  fs.writeFileSync(path, bytes);
}

const journals: Record<string, (place: LogPlace) => void> = {
  whole: (place) => copy(newest, place, "journal"),
  "with a torn tail": (place) => {
    copy(newest, place, "journal");
    const group = fs.readFileSync(journalFile(place)).subarray(0, 70);
    fs.appendFileSync(journalFile(place), group);
  },
  "with a bad group in the middle": (place) => {
    copy(newest, place, "journal");
    flip(journalFile(place), 60);
  },
  gone: () => undefined,
  "of an older copy": (place) => copy(older, place, "journal"),
};

const files: Record<string, (place: LogPlace) => Promise<void> | void> = {
  "at the head": (place) => copy(newest, place, "public"),
  "ahead of it": async (place) => {
    copy(newest, place, "public");
    await further(place);
  },
  "with a damaged tile": (place) => {
    copy(newest, place, "public");
    flip(join(place.publicFolder, tilePath(0, 0)), 40);
  },
  "with a damaged bundle": (place) => {
    copy(newest, place, "public");
    flip(join(place.publicFolder, bundlePath(0)), 40);
  },
  "without the last partial tile": (place) => {
    copy(newest, place, "public");
    fs.rmSync(join(place.publicFolder, tilePath(0, 1, PUBLIC - 256)));
  },
  "of an older copy": (place) => copy(older, place, "public"),
  gone: () => undefined,
};

/** The files go on while the head stays behind: the database was away. */
async function further(place: LogPlace): Promise<void> {
  const { size, root } = shownAt(PUBLIC);
  const ahead = await LogFiles.open(place.publicFolder, size, root);
  await ahead.extend(entries.slice(size, END));
}

type Row = Shown & { readonly at: number };
const heads: Record<string, Row | undefined> = {
  there: { ...shownAt(PUBLIC), at: NOW },
  "behind by one step": { ...shownAt(PUBLIC - 10), at: NOW - 1_000 },
  "of an older copy": { ...shownAt(OLD), at: NOW - 60_000 },
  "ahead of everything": { ...shownAt(END + 5), at: NOW },
  "of another root": { size: PUBLIC, root: Buffer.alloc(32, 9), at: NOW },
  gone: undefined,
};

/** All three gone are a new log; all three older is a whole log of before, of which its witnesses alone know better. */
const isOneState = (which: Record<"journal" | "file" | "head", string>) =>
  ["gone", "of an older copy"].some((state) =>
    Object.values(which).every((part) => part === state),
  );
const table = Object.keys(journals)
  .flatMap((journal) =>
    Object.keys(files).flatMap((file) =>
      Object.keys(heads).map((head) => ({ journal, file, head })),
    ),
  )
  .filter((which) => !isOneState(which));

let count = 0;
async function opened(
  which: (typeof table)[number],
): Promise<{ place: LogPlace; log: Log } | LogHalted> {
  const folder = join(top, String(++count));
  const place = placeOf(folder, ORIGIN, "register");
  journals[which.journal]?.(place);
  await files[which.file]?.(place);
  await sql`delete from head`;
  const row = heads[which.head];
  if (row !== undefined)
    await sql`insert into head (log, writer, size, root, at)
      values (${ORIGIN}, 3, ${row.size}, ${row.root}, ${row.at})`;
  let log: Log | undefined;
  try {
    const found = await Log.open(sql, place, NOW);
    log = found.log;
    const seen: Uint8Array[] = [];
    await log.files.readThrough(0, {
      leaf: () => undefined,
      entry: (raw) => seen.push(raw),
    });
    const from = log.files.size;
    const tail = found.tail.flatMap((group) =>
      group.entries.filter((_, i) => group.first + i >= from),
    );
    await log.extend(tail);
    await log.advance(NOW);
    return { place, log };
  } catch (error) {
    await log?.close();
    if (error instanceof LogHalted) return error;
    throw error;
  }
}

/** What no answered entry was lost in, and what is known to be enough to go on from. */
const isWhole = ({ journal, file, head }: (typeof table)[number]): boolean =>
  (journal === "whole" || journal === "with a torn tail") &&
  ((file === "at the head" &&
    ["there", "behind by one step", "of an older copy"].includes(head)) ||
    (file === "ahead of it" &&
      ["there", "behind by one step", "of an older copy"].includes(head)) ||
    (file === "without the last partial tile" &&
      ["behind by one step", "of an older copy"].includes(head)) ||
    (file === "of an older copy" && head === "of an older copy"));

test("every combination of journal, files and head opens with all that was answered, or is refused with reason and repair", async () => {
  const answered = new Map(
    entries.slice(0, END).map((entry, i) => [i, entry.toString()]),
  );
  let went = 0;
  for (const which of table) {
    const name = `journal ${which.journal}, files ${which.file}, head ${which.head}`;
    const found = await opened(which);
    if (found instanceof LogHalted) {
      expect(isWhole(which), `${name}: ${found.message}`).toBe(false);
      expect(found.message, name).toMatch(/^Cannot open (log|journal) /);
      expect(found.message, name).toMatch(
        /bring (it )?back|bring the journal back|restore (it|them|the log) from a mirror|log doctor --apply/,
      );
      continue;
    }
    const { place, log } = found;
    went++;
    const now = { size: log.files.size, root: log.files.root() };
    const read = (path: string): Buffer | undefined =>
      fs.existsSync(join(place.publicFolder, path))
        ? fs.readFileSync(join(place.publicFolder, path))
        : undefined;
    const earlier = [shownAt(OLD), shownAt(PUBLIC - 10), shownAt(PUBLIC)];
    expect(clientFindings(read, now, answered, earlier), name).toEqual([]);
    const row = await readHead(sql, ORIGIN);
    expect(row, name).toMatchObject({ size: END });
    expect(row?.root, name).toEqual(Buffer.from(shownAt(END).root));
    await log.close();
  }
  expect(went).toBe(table.filter(isWhole).length);
}, 300_000);

test("a log is new only where nothing of it is left, and a first start that ended half-way goes on", async () => {
  const place = placeOf(join(top, "new"), ORIGIN, "register");
  await sql`delete from head`;
  fs.mkdirSync(place.journalFolder, { recursive: true });
  fs.writeFileSync(journalFile(place), "");
  const { log } = await Log.open(sql, place, NOW);
  await appendTo(log, 1);
  await publish(log, 1);
  const note = fs.readFileSync(join(place.publicFolder, "checkpoint"), "utf8");
  expect(parseCheckpoint(`${note.split("\n\n")[0]}\n`).size).toBe(1);
  await log.close();
});
