import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import {
  HOUR,
  isNamed,
  people,
  stations,
  vehicles,
} from "../../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  officeFor,
  registered,
} from "../../../test/simulation/small-office-story.ts";
import {
  DROPPABLE,
  ENDED,
  LOG,
  lies,
  pass,
  shownAt,
  sleep,
  tick,
  QUARTER_END,
  yearsOf,
} from "../../../test/simulation/small-office-years.ts";
import { webOf } from "../../../test/web-office.ts";
import { hexToBytes, toBase64url } from "../../acts/bytes.ts";
import { wrongClosedLog } from "../../gateway/closed-log.ts";
import { primitives, publicKeyText } from "../../store/crypto.ts";
import { reportLines } from "../verify/print.ts";
import { DROPPED_SHOWN_MS } from "./desk.ts";
import { planLines } from "./retention.ts";

const years = (until: number): Promise<SmallOffice> =>
  yearsOf("retention", until);

const goneBody = z.object({
  error: z.object({ code: z.string() }),
  policy: z.string(),
  record: z.number(),
});
const freed = z.exactOptional(
  z.object({ files: z.number(), bytes: z.number() }),
);
const twin = z.object({
  dropped: z.array(z.object({ log: z.string(), entry: z.number(), freed })),
  erased: z.array(
    z.object({ entry: z.number(), before: z.string(), count: z.number() }),
  ),
});
async function twinOf(office: SmallOffice): Promise<z.infer<typeof twin>> {
  const answer = await webOf(office).ask("/retention.json");
  return twin.parse(await answer.json());
}

const planOf = async (
  { folder, clock }: SmallOffice,
  log: string,
): Promise<readonly string[]> =>
  (await planLines(folder, clock.now)).filter((one) => one.startsWith(log));

const verified = async (office: SmallOffice): Promise<string> =>
  reportLines(await office.check(), {
    genesisGiven: false,
    policyGiven: false,
  }).join("\n");

describe("a closed usage log", () => {
  test("is dropped when years have passed: its addresses answer 410, its head and totals stand, everything else is checked on", async () => {
    const office = await years(DROPPABLE);
    const { receipts } = await office.check();
    const before = await office.check();
    expect(before.dropped).toEqual([]);
    const [plan] = await planOf(office, "gate/minute/2026q4");
    expect(plan).toMatch(
      /^gate\/minute\/2026q4 {2}\d+ entries, \d+ files, [\d,]+ bytes: may be dropped since 2032-01-10 08:00: 60 months after it was closed at 2027-01-01 08:00 and its permits ended \(huaxing-vehicles ends 2027-01-10 08:00\)$/,
    );
    const noted = await office.house.retention.drop(LOG);
    // A check that is under way still finds it for an hour.
    await tick(office);
    const web = webOf(office);
    const checkpoint = "/log/gate/minute/2026q4/checkpoint";
    expect((await web.ask(checkpoint)).status).toBe(200);
    expect((await office.check()).dropped).toEqual([]);
    await pass(office, DROPPED_SHOWN_MS);
    expect(lies(office, ...shownAt)).toBe(false);
    expect(lies(office, "journal", "gate", "minute", "2026q4")).toBe(false);
    expect(await office.faults()).toEqual([]);
    const said = await verified(office);
    expect(said).toMatch(
      /not checked {2}the uses of 1 dropped usage log \(policy [0-9a-f]{16}\): their heads and totals stand, and say 2 uses, charged 4\.00 CNY/,
    );
    expect(said).toContain(
      "3 of dropped logs, of which no entry can be shown any more",
    );
    expect(said).toMatch(/no contradiction found$/);
    const after = await office.check();
    expect(after.receipts.kept).toBe(receipts.kept - 3);
    for (const path of [
      checkpoint,
      "/log/gate/minute/2026q4/tile/0/000",
      "/log/gate/minute/2026q4",
      "/proof/gate/minute/2026q4/1",
    ]) {
      const gone = await web.ask(path);
      expect(gone.status).toBe(410);
      expect(gone.headers.get("access-control-allow-origin")).toBe("*");
      expect(gone.headers.get("cache-control")).toMatch(/^max-age=300$|no-st/);
      const body = goneBody.parse(await gone.json());
      expect(body).toMatchObject({
        error: { code: "gone" },
        record: noted.entry,
      });
      const paper = await web.ask(body.policy);
      const bytes = new Uint8Array(await paper.arrayBuffer());
      expect(toBase64url(primitives.sha256(bytes))).toBe(
        toBase64url(hexToBytes(body.policy.slice("/paper/".length))),
      );
      expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
        about: "uses",
        log: LOG,
        keepMonths: 60,
        permits: [{ permit: "huaxing-vehicles", ends: ENDED }],
        droppableFrom: DROPPABLE,
      });
    }
    expect((await web.ask("/log/gate/minute/2026q3/checkpoint")).status).toBe(
      404,
    );
    const page = await (await web.ask("/retention")).text();
    expect(page).toMatch(/\d+ files, [\d,]+ bytes freed/);
    expect(page).toMatch(
      />Jan 2027<\/time>, huaxing-vehicles: 2 uses, 4\.00 CNY/,
    );
    const twin = await twinOf(office);
    expect(twin.dropped).toMatchObject([{ log: LOG, entry: noted.entry }]);
    expect(twin.dropped[0]?.freed?.files).toBeGreaterThan(3);
    // The office goes on, after an orderly stop and after a kill.
    await office.answered(stations());
    for (const orderly of [true, false]) {
      await office.restart({ orderly });
      await office.passHour();
      expect(await office.faults()).toEqual([]);
    }
    expect(office.house.gateway?.totals()[0]).toMatchObject({ charged: 400 });
    expect(web.bugs).toEqual([]);
    const again = office.house.retention.drop(LOG);
    await expect(again).rejects.toThrow(`entry ${noted.entry} has dropped it`);
  });

  test("is kept until the millisecond that the policy names, and nothing of a refusal is entered", async () => {
    const office = await years(DROPPABLE - 1);
    const { size } = office.house.office.register;
    const drop = (log: string) => office.house.retention.drop(log);
    await expect(drop(LOG)).rejects.toThrow(
      `Cannot drop ${LOG}: it is kept until 2032-01-10 08:00`,
    );
    await expect(drop("data.small.example/register")).rejects.toThrow(
      "the register log is never dropped",
    );
    await expect(drop("data.small.example/gate/minute/2020q1")).rejects.toThrow(
      "no head names it",
    );
    await office.answered(stations());
    const open = "data.small.example/gate/minute/2032q1";
    await expect(drop(open)).rejects.toThrow("it is not closed");
    expect(
      (await registered(office)).filter(
        ({ type, ...rest }) =>
          type === "record" &&
          "record" in rest &&
          rest.record.kind === "dropped",
      ),
    ).toEqual([]);
    expect(office.house.office.register.size - size).toBeLessThanOrEqual(2);
    office.clock.now += 1;
    await drop(LOG);
  });

  test("is kept while a permit that was used in it has not ended", async () => {
    const office = await officeFor("retention", { start: QUARTER_END - HOUR });
    await office.answered(people(), "huaxing");
    await office.pass(HOUR);
    await tick(office);
    expect(await planOf(office, "gate/hour/2026q4")).toEqual([
      expect.stringContaining("kept until 2045-01-01 08:00"),
    ]);
  });

  test("is dropped only by a key that an act enrolled for it", async () => {
    const office = await officeFor("retention", { start: QUARTER_END - HOUR });
    await office.answered(stations());
    await office.pass(HOUR);
    await sleep(office, Date.UTC(2032, 0, 1));
    const key = publicKeyText(office.house.keys.retention);
    await expect(office.house.retention.drop(LOG)).rejects.toThrow(
      `no act in force enrolled key ${key} for records dropped`,
    );
  });

  test("is dropped only while its files are what its head says", async () => {
    const office = await years(DROPPABLE);
    const folder = join(office.folder, ...shownAt, "tile", "entries", "000.p");
    const [name = ""] = await fs.readdir(folder);
    const file = join(folder, name);
    const bytes = await fs.readFile(file);
    const flipped = Buffer.from(bytes);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    await fs.writeFile(file, flipped);
    await expect(office.house.retention.drop(LOG)).rejects.toThrow(
      "restore them from a mirror",
    );
    await fs.writeFile(file, bytes);
    const { register } = office.house.office;
    const head = register.heads.get(LOG)?.head;
    if (head === undefined) throw new Error(`No head of ${LOG} is there`);
    const others = { ...register, closedTotals: new Map() };
    expect(await wrongClosedLog(office.folder, others, head)).toBe(
      "its uses do not add up to the totals that were entered",
    );
    await office.house.retention.drop(LOG);
  });

  test("goes with the next start when the process is killed after the record, or half-way through its files", async () => {
    const office = await years(DROPPABLE);
    await office.house.retention.drop(LOG);
    await office.restart({ orderly: false });
    await pass(office, DROPPED_SHOWN_MS / 2);
    expect(lies(office, ...shownAt, "checkpoint")).toBe(true);
    // What a kill leaves between the one step and the other.
    await fs.mkdir(join(office.folder, "dropped", "gate.minute.2026q4"), {
      recursive: true,
    });
    await pass(office, DROPPED_SHOWN_MS / 2);
    expect(lies(office, ...shownAt)).toBe(false);
    await fs.mkdir(join(office.folder, "dropped/gate.minute.2026q4/shown"), {
      recursive: true,
    });
    await office.restart({ orderly: false });
    await tick(office);
    expect(lies(office, "dropped/gate.minute.2026q4")).toBe(false);
    expect(await office.faults()).toEqual([]);
    const twin = await twinOf(office);
    expect(twin.dropped[0]?.freed?.files).toBeGreaterThan(3);
  });

  test("is checked in full where a copy still has it, and its loss without a record stays a finding", async () => {
    const office = await years(DROPPABLE);
    const copy = join(office.folder, "copy");
    await fs.cp(join(office.folder, ...shownAt), copy, { recursive: true });
    await office.house.retention.drop(LOG);
    await pass(office, DROPPED_SHOWN_MS);
    const uses = async () => (await office.check()).sums.uses;
    expect(await uses()).toBe(0);
    await fs.cp(copy, join(office.folder, ...shownAt), { recursive: true });
    expect(await uses()).toBe(2);
    expect(await office.faults()).toEqual([]);
    const other = await years(DROPPABLE);
    await fs.rm(join(other.folder, ...shownAt), { recursive: true });
    expect((await other.faults()).join("\n")).toContain("withheld");
  });

  test("goes also when its gateway was closed by an act, and the office starts without it", async () => {
    const office = await years(DROPPABLE);
    await office.granted({
      kind: "gatewayClosed",
      gateway: "gate",
      reason: "closed",
    });
    await office.house.retention.drop(LOG);
    await pass(office, DROPPED_SHOWN_MS);
    await office.restart({ orderly: false });
    await tick(office);
    expect(lies(office, ...shownAt)).toBe(false);
    expect(await office.faults()).toEqual([]);
    expect(office.house.gateway?.totals()[0]).toMatchObject({ charged: 400 });
  });
});

describe("openings", () => {
  const before = ENDED;
  const left = async ({ house: { sql } }: SmallOffice): Promise<number> => {
    const rows = await sql<
      { count: number }[]
    >`select count(*)::bigint as count from opening`;
    return rows[0]?.count ?? 0;
  };

  test("are erased when their time is over: counted, once, and no check misses them", async () => {
    const office = await years(Date.UTC(2030, 0, 10));
    expect(await left(office)).toBe(2);
    const kept = (await office.check()).receipts;
    const { entry, says } = await office.house.retention.erase(before);
    expect(says).toMatch(/^2 openings with \d+ bytes; policy paper\//);
    expect(await left(office)).toBe(0);
    await expect(office.house.retention.erase(before)).rejects.toThrow(
      `entry ${entry} has erased those before 2027-01-10 08:00`,
    );
    expect(await office.faults()).toEqual([]);
    // Payers have theirs: their receipts open the entries as before.
    expect((await office.check()).receipts).toEqual(kept);
    const twin = await twinOf(office);
    expect(twin.erased).toMatchObject([
      { entry, count: 2, before: "2027-01-10 08:00" },
    ]);
  });

  test("of newer slots stay, and those before their time too", async () => {
    const office = await years(Date.UTC(2030, 0, 10) - 1);
    await office.answered(vehicles(), "other");
    await expect(office.house.retention.erase(before)).rejects.toThrow(
      "those before 2027-01-10 08:00 are kept until 2030-01-10 08:00",
    );
    office.clock.now += 1;
    await office.house.retention.erase(before);
    expect(await left(office)).toBe(1);
  });

  test("do not come back with a kill after the record, from the openings file or from a backup", async () => {
    const office = await years(Date.UTC(2030, 0, 10));
    const { sql } = office.house;
    const rows = await sql`select leaf, log, slot, sealed from opening`;
    await office.house.retention.erase(before);
    await sql`insert into opening ${sql([...rows])}`;
    expect(await left(office)).toBe(2);
    await office.restart({ orderly: false });
    await tick(office);
    expect(await left(office)).toBe(0);
    expect(await office.faults()).toEqual([]);
  });

  test("lie in the openings file no longer than until they are erased", async () => {
    const office = await officeFor("retention", { start: QUARTER_END - HOUR });
    await office.granted({
      kind: "machineKeyEnrolled",
      title: "Retention",
      publicKey: publicKeyText(office.house.keys.retention),
      records: ["erased"],
      until: Date.UTC(2040, 0, 1),
    });
    await office.answered(isNamed("N1", "x"), "huaxing");
    const file = join(office.folder, "journal", "gate.openings");
    await tick(office);
    expect((await fs.stat(file)).size).toBeGreaterThan(0);
    // The process runs on for years, and every tick comes late.
    office.clock.now = Date.UTC(2030, 0, 10);
    await tick(office);
    await office.house.retention.erase(before);
    expect((await fs.stat(file)).size).toBe(0);
    expect(await left(office)).toBe(0);
  });
});
