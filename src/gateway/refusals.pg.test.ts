import { describe, expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import {
  fee,
  HOUR,
  isNamed,
  MINUTE,
  people,
  permit,
  product,
  revocation,
  rulebook,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { type SmallOffice, START } from "../../test/simulation/small-office.ts";
import {
  entryOf,
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";

/** What a request comes to: what it costs, or by which rule it is refused and why. */
async function outcome(
  office: SmallOffice,
  ...ask: Parameters<SmallOffice["ask"]>
): Promise<number | string> {
  const answer = await office.ask(...ask);
  if (answer.outcome === "answered") return answer.charge;
  return answer.findings
    .map(({ rule, facts }) => [rule, ...facts.flat()].join(" "))
    .join("; ");
}

/** What the log says was refused, when everything is in public. */
async function refusedIn(office: SmallOffice): Promise<readonly string[]> {
  return (await shown(office))
    .flatMap(({ log, entry }) =>
      entry.kind === "refused"
        ? [
            `${log.split("/")[1]}: ${entry.count} of ${entry.organisation ?? "nobody"} for ${entry.dataset} by ${entry.rule}`,
          ]
        : [],
    )
    .toSorted();
}

const narrow = permit({
  permit: "other-narrow",
  organisation: "sanhe",
  fields: ["plate"],
  where: ["plate"],
  rowsMax: 20,
});

test("what a permit does not cover is refused, says why, and stands counted in the log when its slot has ended", async () => {
  const office = await officeFor("refusals", { more: [narrow] });
  const by = (field: string) =>
    vehicles({ fields: ["plate"], where: [{ field, op: "eq", value: 7 }] });
  expect([
    await outcome(office, vehicles()),
    await outcome(office, vehicles(), "nobody"),
    await outcome(office, vehicles(), "huaxing", { purpose: "safety" }),
    await outcome(office, vehicles({ limit: 101 }), "huaxing"),
    await outcome(office, vehicles({ fields: ["plate", "make"] }), "sanhe"),
    await outcome(office, by("year"), "sanhe"),
    await outcome(office, vehicles({ fields: ["colour"] }), "huaxing"),
    await outcome(office, people(), "court"),
    await outcome(office, people(), "court"),
    await outcome(office, stations({ dataset: "weather" })),
    await outcome(office, stations(), undefined, { product: "none" }),
  ]).toEqual([
    "I2 permit-for vehicles.records",
    "I2 permit-for vehicles.records",
    "I2 permit-for vehicles.records",
    "V-SCOPE permit huaxing-vehicles rows 101 rows-max 100",
    "V-SCOPE permit other-narrow fields 2",
    "V-SCOPE permit other-narrow where 4",
    "V-SCOPE product vehicles.records field colour",
    "I2 permit-for people.records",
    "I2 permit-for people.records",
    "I1 dataset weather",
    "I1 product none",
  ]);
  expect(await leftOver(office)).toEqual([]);
  expect(await refusedIn(office)).toEqual([
    // Who asked about persons, and when, is told to the hour.
    "hour: 2 of court for people by I2",
    "minute: 1 of huaxing for vehicles by I2",
    "minute: 1 of nobody for stations by I1",
    "minute: 1 of nobody for vehicles by I2",
    "minute: 1 of nobody for vehicles by I2",
    "minute: 2 of huaxing for vehicles by V-SCOPE",
    "minute: 2 of sanhe for vehicles by V-SCOPE",
  ]);
  const { sums } = await office.check();
  expect(sums).toMatchObject({ uses: 0, refused: 10 });
});

test("refusals are counted slot by slot, and a process that is killed loses none", async () => {
  const office = await officeFor("refusals");
  await outcome(office, vehicles(), "nobody");
  await office.restart({ orderly: false });
  await outcome(office, vehicles(), "nobody");
  await outcome(office, vehicles(), "court");
  await office.restart();
  await outcome(office, vehicles(), "nobody");
  await office.pass(MINUTE);
  await outcome(office, vehicles(), "nobody");
  await office.restart({ orderly: false });
  await office.pass(MINUTE);
  expect(await leftOver(office)).toEqual([]);
  expect(await refusedIn(office)).toEqual([
    "minute: 1 of nobody for vehicles by I2",
    "minute: 3 of nobody for vehicles by I2",
  ]);
});

describe("a right that ended", () => {
  const ends: readonly (readonly [string, Act, string])[] = [
    [
      "a permit that was revoked",
      revocation("huaxing-vehicles"),
      "I2 permit huaxing-vehicles ended-by-entry",
    ],
    [
      "a permit for a product that was withdrawn",
      {
        kind: "productWithdrawn",
        product: "vehicles.records",
        reason: "request",
      },
      "I1 product vehicles.records ended-by-entry",
    ],
    [
      "a product whose authorisation was ended",
      {
        kind: "authorisationEnded",
        authorisation: "sanhe-vehicles",
        reason: "breach",
      },
      "I2 authorisation sanhe-vehicles ended-by-entry",
    ],
    [
      "a purpose that the rulebook no longer lists",
      {
        kind: "rulebookAdopted",
        rulebook: {
          ...rulebook(START),
          purposes: [
            { purpose: "safety", title: "Safety", class: "publicGovernance" },
          ],
        },
      },
      "V-PUR purpose trade",
    ],
  ];

  test.each(ends)(
    "%s: nothing is served under it as soon as the act is public",
    async (_, act, why) => {
      const office = await officeFor("refusals");
      expect(await outcome(office, vehicles(), "huaxing")).toBe(160);
      await office.granted(act);
      const later = String(await outcome(office, vehicles(), "huaxing"));
      expect(later.startsWith(why), later).toBe(true);
      await office.restart({ orderly: false });
      expect(await outcome(office, vehicles(), "huaxing")).toBe(later);
      expect(await leftOver(office)).toEqual([]);
    },
  );

  test("by itself: it is served up to the last moment and not at the hour at which it ends", async () => {
    const to = START + 2 * HOUR;
    const office = await officeFor("refusals", {
      more: [
        permit({ permit: "sanhe-short", organisation: "sanhe", to }),
        permit({
          permit: "sanhe-answer",
          organisation: "sanhe",
          product: "people.answer",
          fields: ["name"],
          where: ["number"],
          rowsMax: 1,
          to,
        }),
      ],
    });
    const isThere = () => outcome(office, isNamed("N1", "Name 1"), "sanhe");
    office.clock.now = to - 1;
    await office.house.tick();
    expect(await outcome(office, vehicles(), "sanhe")).toBe(160);
    expect(await isThere()).toBe(0);
    office.clock.now = to;
    expect(await outcome(office, vehicles(), "sanhe")).toBe(
      `I2 permit sanhe-short until ${to}`,
    );
    expect(await isThere()).toBe(`I2 permit sanhe-answer until ${to}`);
    expect(await leftOver(office)).toEqual([]);
  });

  test("and another permit of the same organisation stands: it is served under that one", async () => {
    const more = [permit({ permit: "huaxing-second", purpose: "safety" })];
    const office = await officeFor("refusals", { more });
    expect(await outcome(office, vehicles(), "huaxing")).toBe(160);
    await office.granted(revocation("huaxing-vehicles"));
    const answer = await office.answered(vehicles(), "huaxing");
    expect(answer).toMatchObject({ permit: "huaxing-second", charge: 0 });
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("a quota", () => {
  const quota = (limits: { calls?: number; steps?: number }) => ({
    more: [
      permit({ permit: "sanhe-few", organisation: "sanhe", quota: limits }),
    ],
  });

  test("of calls is used up with the last one, and stays so after a restart and after a kill", async () => {
    const office = await officeFor("refusals", quota({ calls: 2 }));
    const why = "V-QUOTA permit sanhe-few calls 2";
    await outcome(office, vehicles(), "sanhe");
    await office.restart({ orderly: false });
    expect(await outcome(office, vehicles(), "sanhe")).toBe(160);
    expect(await outcome(office, vehicles(), "sanhe")).toBe(why);
    await office.restart();
    expect(await outcome(office, vehicles(), "sanhe")).toBe(why);
    await office.passHour();
    await office.restart({ orderly: false });
    expect(await outcome(office, vehicles(), "sanhe")).toBe(why);
    expect(await leftOver(office)).toEqual([]);
  });

  test("of steps refuses what could go beyond it, and counts what was really given", async () => {
    const office = await officeFor("refusals", quota({ steps: 4 }));
    const none = { field: "plate", op: "eq", value: "none" } as const;
    const few = vehicles({ where: [none], limit: 30 });
    expect(await outcome(office, few, "sanhe")).toBe(80);
    expect(await outcome(office, vehicles({ limit: 40 }), "sanhe")).toBe(
      "V-QUOTA permit sanhe-few steps 4",
    );
    expect(await outcome(office, vehicles({ limit: 30 }), "sanhe")).toBe(240);
    expect(await outcome(office, few, "sanhe")).toBe(
      "V-QUOTA permit sanhe-few steps 4",
    );
    expect(await leftOver(office)).toEqual([]);
  });

  test("is never overdrawn, however many ask at once", async () => {
    const office = await officeFor("refusals", quota({ calls: 7 }));
    const all = await Promise.all(
      Array.from({ length: 40 }, () => outcome(office, vehicles(), "sanhe")),
    );
    expect(all.filter((one) => one === 160)).toHaveLength(7);
    expect(await leftOver(office)).toEqual([]);
    expect(await refusedIn(office)).toEqual([
      "minute: 33 of sanhe for vehicles by V-QUOTA",
    ]);
  });
});

test("a price that changes is charged from the act on, to everybody, and nothing before it costs more", async () => {
  const office = await officeFor("refusals");
  const charged = async (): Promise<readonly unknown[]> => {
    const { receipt, charge } = await office.answered(vehicles(), "other");
    const use = entryOf(receipt);
    return [charge, use.kind === "use" ? use.fee : use.kind];
  };
  expect(await charged()).toEqual([160, "vehicles-fee"]);
  await office.granted(fee("dearer", 90));
  expect(await charged()).toEqual([180, "dearer"]);
  await office.granted({ kind: "feeEnded", fee: "dearer", reason: "request" });
  expect(await charged()).toEqual([160, "vehicles-fee"]);
  const to = START + HOUR;
  await office.granted(fee("tomorrow", 70, { from: to }));
  expect(await charged()).toEqual([160, "vehicles-fee"]);
  await office.passHour();
  expect(await charged()).toEqual([140, "tomorrow"]);
  expect(await leftOver(office)).toEqual([]);
});

test("an answer is asked for by its product's whole key and by nothing else, so that a person is one subject", async () => {
  const limits = { perAskerPerDay: 9, perSubjectPerDay: 2 };
  const office = await officeFor("refusals", {
    more: [
      product({
        product: "people.both",
        content: [{ dataset: "people", fields: ["number", "name", "town"] }],
        form: "answer",
        key: ["number", "town"],
        limits,
        rowsMax: 1,
        rowsPerStep: 100,
      }),
      permit({
        permit: "huaxing-both",
        product: "people.both",
        fields: ["name"],
        where: ["number", "town", "name"],
        rowsMax: 1,
      }),
    ],
  });
  const number = { field: "number", value: "N7" };
  const town = { field: "town", value: "Town 0" };
  const name = { field: "name", value: "Name 7" };
  const asks = (...key: readonly (typeof name)[]) =>
    outcome(
      office,
      { form: "answer", dataset: "people", key: [...key], values: [name] },
      "huaxing",
      { product: "people.both" },
    );
  expect([
    await asks(number),
    await asks(number, town, name),
    await asks(number, town),
    await asks(town, number),
    await asks(town, number),
  ]).toEqual([
    "V-SCOPE product people.both key town",
    "V-SCOPE product people.both key name",
    0,
    0,
    "V-LIMIT per subject",
  ]);
  expect(await leftOver(office)).toEqual([]);
});
