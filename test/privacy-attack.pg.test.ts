import { promises as fs } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "./postgres.ts";
import {
  type Features,
  isGuessed,
  type Trial,
  wordsOf,
} from "./privacy-attacker.ts";
import { SmallOffice } from "./simulation/small-office.ts";
import {
  HOUR,
  MINUTE,
  organisation,
  people,
  permit,
  vehicles,
} from "./simulation/small-office-acts.ts";
import { type Shown, shown } from "./simulation/small-office-story.ts";
import { type Web, webOf } from "./web-office.ts";

/**
 * From everything that is public: which company did the newspaper look up, and did the patient come early or late in the hour?
 * Each hour of one office is a trial; an attacker who was told the answers of the first half guesses those of the second.
 */
const HOURS = 80;
const PATIENT = "huaxing-people";
const NEWSPAPER = "other-vehicles";
type Secret = { readonly company: boolean; readonly late: boolean };
/** What somebody saw who looked again and again while the hour ran. */
type Look = { readonly size: number; readonly calls: number };
type Hour = {
  readonly slot: number;
  readonly secret: Secret;
  readonly looks: readonly Look[];
  /** What only the office knows: when each answer left, and how long it was. */
  readonly leaves: readonly string[];
  readonly bytes: number;
  entries: readonly Shown[];
};

let office: SmallOffice;
let web: Web;
const hours: Hour[] = [];
/** The same traffic, with an act in the middle of each hour. */
const withActs: Hour[] = [];
const next = wordsOf(20_261_102);

beforeAll(async () => {
  const of = { product: "people.records", where: ["town"] };
  office = await SmallOffice.granted((await schemaFor("attack")).url, {
    more: [
      permit({
        ...{ ...of, permit: "court-people", organisation: "court" },
        ...{ purpose: "safety", fields: ["number", "name"] },
      }),
    ],
  });
  web = webOf(office);
  await office.passHour();
  for (let i = 0; i < HOURS; i++) hours.push(await anHour(false));
  for (let i = 0; i < 60; i++) withActs.push(await anHour(true));
  const all = await shown(office);
  for (const hour of [...hours, ...withActs])
    hour.entries = all.filter(({ entry }) => inHour(entry, hour.slot));
}, 600_000);
afterAll(async () => {
  await office.close();
});

function inHour(entry: Shown["entry"], from: number): boolean {
  return "slot" in entry && entry.slot >= from && entry.slot < from + HOUR;
}

/** Always the same traffic, but for the two secrets. */
async function anHour(hasAct: boolean): Promise<Hour> {
  const secret = { company: next() % 2 === 1, late: next() % 2 === 1 };
  const slot = office.clock.now - (office.clock.now % HOUR);
  const looks: Look[] = [];
  const leaves: string[] = [];
  let bytes = 0;
  const to = async (minute: number) =>
    office.pass(slot + minute * MINUTE - office.clock.now);
  const town = (name: string) =>
    people({ where: [{ field: "town", op: "eq", value: name }] });
  const visit = async () => {
    const plan = town(secret.late ? "Town 1" : "Town 2");
    leaves.push((await office.answered(plan, "huaxing")).leaf);
  };
  const other = async () =>
    void leaves.push((await office.answered(town("Town 3"), "court")).leaf);
  await to(5);
  if (!secret.late) await visit();
  looks.push(await look());
  await to(12);
  if (hasAct) await office.granted(organisation(`new-${slot}`));
  await to(20);
  await other();
  looks.push(await look());
  await to(30);
  const plate = secret.company ? "P1" : "P100";
  const plan = vehicles({
    where: [{ field: "plate", op: "eq", value: plate }],
  });
  bytes = (await office.answered(plan, "other")).text.length;
  await office.ask(plan, "sanhe");
  await to(50);
  if (secret.late) await visit();
  looks.push(await look());
  await to(59);
  looks.push(await look());
  await office.passHour();
  looks.push(await look());
  return { slot, secret, looks, leaves, bytes, entries: [] };
}

const front = z.object({
  prices: z.array(z.object({ permit: z.string(), calls: z.number() })),
});
async function look(): Promise<Look> {
  const page = await (await web.ask("/index.json")).json();
  const { prices } = front.parse(page);
  const path = "public/log/gate/hour/2026q4/checkpoint";
  const note = await fs
    .readFile(join(office.folder, path), "utf8")
    .catch(() => "");
  return {
    size: Number(note.split("\n")[1] ?? 0),
    calls: prices.find((one) => one.permit === PATIENT)?.calls ?? 0,
  };
}

/** All that can be counted, read or timed in public, as numbers. */
function featuresOf(hour: Hour): Features {
  const of = (id: string) =>
    hour.entries.find(
      ({ entry }) => entry.kind === "use" && entry.permit === id,
    );
  const ofHour = hour.entries.filter(({ log }) => log.includes("/hour/"));
  const uses = ofHour.filter(({ entry }) => entry.kind === "use");
  const features: Record<string, number> = {
    entries: hour.entries.length,
    anchor:
      Math.min(
        ...ofHour.map(({ entry }) =>
          entry.kind === "anchor" ? entry.size : Infinity,
        ),
      ) - sizeBefore(hour),
    "order of the patient": uses.findIndex(
      ({ leaf }) => leaf === of(PATIENT)?.leaf,
    ),
    refused: hour.entries.reduce(
      (sum, { entry }) => sum + (entry.kind === "refused" ? entry.count : 0),
      0,
    ),
  };
  for (const id of [PATIENT, NEWSPAPER]) {
    const entry = of(id)?.entry;
    if (entry?.kind !== "use") continue;
    const { units, subjects, fields, where, charge, private: secret } = entry;
    const numbers = {
      ...units,
      subjects,
      charge,
      slot: entry.slot - hour.slot,
    };
    for (const [name, value] of Object.entries(numbers))
      features[`${name} of ${id}`] = value;
    features[`bits of ${id}`] =
      parseInt(fields, 16) * 256 + parseInt(where, 16);
    features[`commitment of ${id}`] = secret.charCodeAt(0);
  }
  const first = hour.looks[0] ?? { size: 0, calls: 0 };
  hour.looks.forEach(({ size, calls }, i) => {
    features[`size at look ${i}`] = size - first.size;
    features[`sum at look ${i}`] = calls - first.calls;
  });
  // Before the hour the same was seen as at its end.
  features["sum at first look"] = first.calls - callsBefore(hour);
  features["size at first look"] = first.size - sizeOfLogBefore(hour);
  return features;
}
const before = (hour: Hour): Hour | undefined => {
  const all = [...hours, ...withActs];
  return all[
    all.indexOf(all.find(({ slot }) => slot === hour.slot) ?? hour) - 1
  ];
};
const callsBefore = (hour: Hour): number =>
  before(hour)?.looks.at(-1)?.calls ?? 0;
const sizeOfLogBefore = (hour: Hour): number =>
  before(hour)?.looks.at(-1)?.size ?? 0;
/** The register's size that the first block of the minute's log of that hour rests on grows by heads alone, as everybody sees. */
const sizeBefore = (hour: Hour): number =>
  Math.min(
    ...hour.entries.map(({ entry, log }) =>
      entry.kind === "anchor" && log.includes("/minute/")
        ? entry.size
        : Infinity,
    ),
  );

const trials = (
  all: readonly Hour[],
  which: keyof Secret,
  leak: (hour: Hour) => Hour = (hour) => hour,
): readonly Trial[] =>
  all.map((hour) => ({
    features: featuresOf(leak(hour)),
    bit: hour.secret[which],
  }));

describe.each(["company", "late"] as const)("the secret: %s", (which) => {
  test("nobody can tell it from the logs, the checkpoints and the pages", () => {
    expect(new Set(hours.map(({ secret }) => secret[which])).size).toBe(2);
    expect(isGuessed(trials(hours, which))).toEqual([]);
  });
});

test("hours of different secrets are the same entries and the same looks, but for commitments and hashes", () => {
  const seen = hours.slice(1).map((hour) => ({
    entries: hour.entries
      .map(({ entry, log }) => {
        const slot = "slot" in entry ? entry.slot - hour.slot : 0;
        const { size: _, ...anchor } = { size: 0, ...entry };
        const bare = { ...anchor, slot, private: "", root: "", of: "" };
        return `${log} ${JSON.stringify(bare)}`;
      })
      .toSorted(),
    looks: hour.looks.map(({ size, calls }) => [
      size - sizeOfLogBefore(hour),
      calls - callsBefore(hour),
    ]),
  }));
  for (const one of seen) expect(one).toEqual(seen[0]);
  expect(seen[0]?.entries).toHaveLength(6);
});

describe("the same attacker tells it", () => {
  test("if entries stood in the order in which they came", () => {
    const unsorted = (hour: Hour): Hour => ({
      ...hour,
      entries: hour.entries.toSorted(
        (a, b) => hour.leaves.indexOf(a.leaf) - hour.leaves.indexOf(b.leaf),
      ),
    });
    expect(isGuessed(trials(hours, "late", unsorted))).toContain(
      "order of the patient",
    );
  });

  test("if bytes were exact", () => {
    const exact = (hour: Hour): Hour => ({
      ...hour,
      entries: hour.entries.map((one) =>
        one.entry.kind === "use" && one.entry.permit === NEWSPAPER
          ? {
              ...one,
              entry: {
                ...one.entry,
                units: { ...one.entry.units, bytes: hour.bytes },
              },
            }
          : one,
      ),
    });
    expect(isGuessed(trials(hours, "company", exact))).toEqual([
      `bytes of ${NEWSPAPER}`,
    ]);
  });

  /** How many of the patient's uses there had been at each look. */
  const soFar = ({ secret }: Hour) =>
    [!secret.late, !secret.late, true, true, true].map(Number);
  test.each(["size", "calls"] as const)(
    "if the %s was public at once",
    (what) => {
      const atOnce = (hour: Hour): Hour => ({
        ...hour,
        looks: hour.looks.map((look, i) => ({
          ...look,
          [what]:
            (soFar(hour)[i] ?? 0) +
            (what === "size" ? sizeOfLogBefore(hour) : callsBefore(hour)),
        })),
      });
      expect(isGuessed(trials(hours, "late", atOnce))).toContain(
        `${what === "size" ? what : "sum"} at look 2`,
      );
    },
  );
});

test("what is told all the same: whether the first use of an hour came before or after an act of that hour", () => {
  expect(isGuessed(trials(withActs, "company"))).toEqual([]);
  expect(isGuessed(trials(withActs, "late"))).toEqual(["anchor"]);
});

test("and the stranger's check finds nothing in all these hours", async () => {
  expect(await office.faults()).toEqual([]);
});
