import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { bundlePath, tilePath } from "../log/tiles.ts";
import { openDatabase, readHead, type Sql } from "./database.ts";
import { Log, type LogPlace, placeOf } from "./log.ts";
import { type KnownHead, type LogState, stateOf } from "./log-state.ts";

const NOW = 1_793_606_400_000;
const PUBLIC = 300;
const END = 303;
const entries = Array.from({ length: END }, (_, i) =>
  Buffer.from(`entry ${i}`),
);
const top = fs.mkdtempSync(join(tmpdir(), "vitrine-state-"));
let sql: Sql;
beforeAll(async () => {
  sql = await openDatabase((await schemaFor("log_state")).url);
});
afterAll(async () => {
  await sql.end();
  fs.rmSync(top, { recursive: true });
});

let count = 0;
/** A log with full and partial files, and entries that are durable and not in them yet. */
async function laid(): Promise<LogPlace> {
  const name = `log-${++count}`;
  const place = placeOf(join(top, name), `data.example/${name}`, "register");
  const { log } = await Log.open(sql, place, NOW);
  await Promise.all(entries.map((raw) => log.journal.append(raw, 7)));
  await log.extend(entries.slice(0, PUBLIC));
  await log.advance(NOW);
  await log.close();
  return place;
}

async function seen(place: LogPlace, known?: KnownHead): Promise<LogState> {
  const head = await readHead(sql, place.origin);
  return stateOf(place, known ?? head ?? "none");
}
/** Every file of the log, with its bytes. */
function filesOf(place: LogPlace): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of [place.publicFolder, place.journalFolder])
    for (const name of fs.readdirSync(folder, { recursive: true })) {
      const path = join(folder, String(name));
      if (fs.statSync(path).isFile())
        found.set(path, fs.readFileSync(path).toString("latin1"));
    }
  return found;
}
const says = ({ troubles }: LogState): string =>
  troubles.map((one) => `${one.says}: ${one.repair}`).join("\n");

function flip(path: string, at: number): void {
  const bytes = fs.readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  fs.writeFileSync(path, bytes);
}
const journalFile = (place: LogPlace): string =>
  join(place.journalFolder, "000000000000000.journal");

test("a log in order is said to be so", async () => {
  const state = await seen(await laid());
  expect(state).toMatchObject({
    ...{ head: PUBLIC, files: PUBLIC, journal: { from: 0, to: END } },
    troubles: [],
  });
});

test.each<[string, (place: LogPlace) => void, RegExp]>([
  [
    "a damaged tile",
    (p) => flip(join(p.publicFolder, tilePath(0, 0)), 9),
    /tile\/0\/000 is missing or damaged: --apply computes it again/,
  ],
  [
    "a tile that is gone at the right edge",
    (p) => fs.rmSync(join(p.publicFolder, tilePath(0, 1, PUBLIC - 256))),
    /tile\/0\/001.p\/44 is missing or damaged: --apply computes it again/,
  ],
  [
    "a torn last write",
    (p) => fs.appendFileSync(journalFile(p), "VJ01 half of a group"),
    /torn at byte \d+, .*: the next start cuts it off/,
  ],
  [
    "a file that was never finished",
    (p) => fs.writeFileSync(join(p.publicFolder, "tile/0/001.0a.tmp"), "half"),
    /0a.tmp is a file that was never finished: /,
  ],
  [
    "partial files beside the full one",
    (p) => {
      fs.mkdirSync(join(p.publicFolder, `${bundlePath(0)}.p`));
      fs.writeFileSync(join(p.publicFolder, bundlePath(0, 3)), "old");
    },
    /000.p is left beside the full file, .*--apply removes it/,
  ],
])("%s is repaired, and nothing is lost", async (_, hurt, said) => {
  const place = await laid();
  hurt(place);
  const before = filesOf(place);
  const state = await seen(place);
  expect(says(state)).toMatch(said);
  expect(state.troubles).toHaveLength(1);
  // Looking changes nothing.
  expect(filesOf(place)).toEqual(before);
  for (const { mend } of state.troubles) await mend?.();
  expect((await seen(place)).troubles).toEqual([]);
  const { log, tail } = await Log.open(sql, place, NOW);
  await log.files.readThrough(0, {
    leaf: () => undefined,
    entry: () => undefined,
  });
  expect(await log.files.entries(0, PUBLIC)).toEqual(entries.slice(0, PUBLIC));
  expect(tail.at(-1)?.entries.at(-1)).toEqual(entries.at(-1));
  await log.close();
});

test.each<[string, (place: LogPlace) => Promise<unknown> | void, RegExp]>([
  [
    "a damaged bundle",
    (p) => flip(join(p.publicFolder, bundlePath(0)), 5),
    /give another root at 300 .* see the entries at tile\/0\/000 first/,
  ],
  [
    "a bundle that is gone",
    (p) => fs.rmSync(join(p.publicFolder, bundlePath(0))),
    /tile\/entries\/000 is missing or damaged: .*--from MIRROR/,
  ],
  [
    "a journal that is gone",
    (p) => fs.rmSync(journalFile(p)),
    /no journal, .*: bring the journal back, or .*--from MIRROR/,
  ],
  [
    "a journal that is damaged",
    (p) => fs.writeFileSync(journalFile(p), "no journal at all, and too short"),
    /holds the entries from 0 to 0, its head in the database is at 300: bring back the journal/,
  ],
  [
    "a head of another root",
    (p) =>
      sql`update head set root = ${Buffer.alloc(32, 3)} where log = ${p.origin}`,
    /give another root at 300 .*: bring back the database that belongs/,
  ],
  [
    "a head ahead of everything",
    (p) => sql`update head set size = 400 where log = ${p.origin}`,
    /at 400, its files end at 300: bring back the newest folder/,
  ],
  [
    "a head that is gone",
    (p) => sql`delete from head where log = ${p.origin}`,
    /the database has no head of it: bring back the database/,
  ],
])("%s is not repaired here", async (_, hurt, said) => {
  const place = await laid();
  await hurt(place);
  const state = await seen(place);
  expect(says(state)).toMatch(said);
  expect(state.troubles.some((one) => one.mend === undefined)).toBe(true);
  // What could be computed from entries that no head confirms is left alone.
  const before = filesOf(place);
  const torn = state.troubles.filter(({ mend }) => mend !== undefined);
  for (const { says: what } of torn) expect(what).toMatch(/is torn/);
  expect(filesOf(place)).toEqual(before);
});

test("without a database its head is unknown, and no tile is computed from entries that nobody confirms", async () => {
  const place = await laid();
  flip(join(place.publicFolder, tilePath(0, 0)), 9);
  fs.writeFileSync(join(place.publicFolder, "checkpoint"), "no note");
  const state = await stateOf(place, "unknown");
  expect(state.head).toBeUndefined();
  expect(says(state)).toMatch(/its checkpoint cannot be read/);
  expect(state.troubles.every(({ mend }) => mend === undefined)).toBe(true);
});
