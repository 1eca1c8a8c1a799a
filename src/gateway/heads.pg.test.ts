import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import type { LogRecord } from "../acts/record.ts";
import { personKeyId } from "../acts/statement.ts";
import {
  fee,
  organisation,
  people,
  permit,
  revocation,
  rulebook,
  stations,
  system,
  vehicles,
  MINUTE,
} from "../../test/simulation/small-office-acts.ts";
import { type SmallOffice, START } from "../../test/simulation/small-office.ts";
import {
  blocksOf,
  entryOf,
  leftOver,
  officeFor,
  registered,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { primitives } from "../store/crypto.ts";

type Head = Extract<LogRecord, { kind: "head" }>;

/** The heads that stand behind an entry of the register log, with their time. */
async function headsBehind(
  office: SmallOffice,
  index: number,
): Promise<readonly (Head & { readonly at: number })[]> {
  return (await registered(office))
    .slice(index + 1)
    .flatMap((entry) =>
      entry.type === "record" && entry.record.kind === "head"
        ? [{ ...entry.record, at: entry.at }]
        : [],
    );
}

const until = { to: Date.UTC(2040, 0, 1) };
const narrowing: readonly Act[] = [
  revocation("other-vehicles"),
  { kind: "productWithdrawn", product: "people.answer", reason: "request" },
  fee("dearer", 90),
  { kind: "feeEnded", fee: "vehicles-fee", reason: "request" },
  {
    kind: "feeCeiling",
    ceiling: "lower",
    product: "vehicles.records",
    amount: 100,
    currency: "CNY",
    unit: "step",
    ...until,
  },
  {
    kind: "authorisationEnded",
    authorisation: "sanhe-vehicles",
    reason: "breach",
  },
  { kind: "rulebookAdopted", rulebook: rulebook(START + 1) },
];

describe("an act that ends or narrows something", () => {
  test.each(narrowing.map((act) => [act.kind, act] as const))(
    "%s: every log shows at once that it has followed it",
    async (_, act) => {
      const office = await officeFor("heads");
      await office.answered(vehicles(), "huaxing");
      await office.answered(people(), "huaxing");
      office.clock.now += 20_000;
      const { index } = await office.granted(act);
      const heads = await headsBehind(office, index);
      expect(
        heads.map(({ log }) => log.split("/")[2] ?? "").toSorted(),
      ).toEqual(["hour", "minute"]);
      for (const { anchored, at } of heads) {
        expect(anchored).toBeGreaterThan(index);
        expect(at).toBe(office.clock.now);
      }
      office.clock.now += 61_000;
      expect(await office.faults()).toEqual([]);
      expect(await leftOver(office)).toEqual([]);
    },
  );

  test("ten of them one after the other: heads never fall, and the widest window is told", async () => {
    const office = await officeFor("heads", {
      more: Array.from({ length: 10 }, (_, i) =>
        permit({ permit: `sanhe-${i}`, organisation: "sanhe" }),
      ),
    });
    await office.answered(people(), "huaxing");
    for (let i = 0; i < 10; i++) {
      await office.answered(vehicles(), "sanhe");
      await office.granted(revocation(`sanhe-${i}`));
      office.clock.now += 7_000;
    }
    const late = await office.ask(vehicles(), "sanhe");
    expect(late.outcome).toBe("refused");
    expect(await leftOver(office)).toEqual([]);
    expect((await office.check()).widestWindow).toBeLessThan(60_000);
  });

  test("and is refused, or ends nothing, cuts no block and demands no head", async () => {
    const office = await officeFor("heads");
    await office.answered(vehicles(), "huaxing");
    await office.enter(revocation("none"));
    await office.enter(revocation("other-vehicles"), "registrar");
    await office.granted(organisation("new"));
    const { index } = await office.granted(system("new"));
    expect(await headsBehind(office, 0)).toHaveLength(1);
    expect(await headsBehind(office, index)).toEqual([]);
    await office.answered(vehicles(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
    expect(blocksOf(await shown(office))).toHaveLength(1);
  });
});

test("a new right works at once: its first use begins a block of its own, and no block of others is cut", async () => {
  const office = await officeFor("heads");
  const first = await office.answered(vehicles(), "huaxing");
  await office.granted(organisation("new"));
  await office.granted(permit({ permit: "new", organisation: "new" }));
  const before = await office.answered(vehicles(), "other");
  const own = await office.answered(vehicles(), "new");
  const after = await office.answered(vehicles(), "other");
  expect(await leftOver(office)).toEqual([]);
  const entries = await shown(office);
  const blocks = blocksOf(entries).map((block) =>
    block.map(({ leaf }) => leaf).toSorted(),
  );
  expect(blocks).toEqual([
    [first.leaf, before.leaf].toSorted(),
    [own.leaf, after.leaf].toSorted(),
  ]);
});

test("a use is decided on its anchor: a price that came later in the same minute is not its price", async () => {
  const office = await officeFor("heads");
  const cheap = await office.answered(vehicles(), "huaxing");
  await office.granted(fee("dearer", 100));
  const dear = await office.answered(vehicles(), "huaxing");
  const open = await office.answered(stations());
  expect([cheap, dear].map(({ charge }) => charge)).toEqual([160, 200]);
  const slots = [cheap, dear, open].map(({ receipt }) => {
    const entry = entryOf(receipt);
    return "slot" in entry ? entry.slot : 0;
  });
  expect(new Set(slots).size).toBe(1);
  expect(await leftOver(office)).toEqual([]);
});

test("a gateway that was about to be closed and is not: it answers again in the next minute, and what it owes meanwhile is entered at once", async () => {
  const office = await officeFor("heads");
  await office.answered(vehicles(), "huaxing");
  await office.answered(people(), "huaxing");
  await office.answered(stations());
  const [, , administrator] = office.founding().keys;
  const closing = office.enter({
    kind: "gatewayClosed",
    gateway: "gate",
    reason: "replaced",
  });
  // The gateway leaves, and meanwhile the key that signed this is revoked.
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  const revoking = office.granted(
    {
      kind: "keyRevoked",
      key: personKeyId(primitives, administrator?.key ?? never()),
      reason: "request",
    },
    "registrar",
  );
  expect(await closing).toMatchObject({ code: "unknownKey" });
  const { index } = await revoking;
  await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(
    "Cannot answer: gateway gate is being closed by an act",
  );
  await office.pass(1_000);
  expect(await headsBehind(office, index)).toHaveLength(2);
  await office.pass(MINUTE);
  await office.answered(vehicles(), "huaxing");
  await office.answered(people(), "huaxing");
  await office.answered(stations());
  await office.pass(2 * MINUTE);
  expect(await office.faults()).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
});

test("while it leaves nothing is written to its logs, whatever is ended meanwhile", async () => {
  const office = await officeFor("heads");
  await office.answered(vehicles(), "huaxing");
  await office.answered(people(), "huaxing");
  const { gateway } = office.house;
  const written = async (): Promise<number> => {
    const top = join(office.folder, "journal", "gate");
    const names = await fs.readdir(top, { recursive: true });
    const sizes = names
      .filter((name) => name.endsWith(".journal"))
      .map(async (name) => (await fs.stat(join(top, name))).size);
    return (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
  };
  const closing = await gateway?.leave();
  const before = await written();
  const { index } = await office.granted(revocation("other-vehicles"));
  await office.house.tick();
  expect(await written()).toBe(before);
  expect(await headsBehind(office, index)).toEqual([]);
  expect(closing?.map(({ kind }) => kind)).toEqual([
    ...["totals", "head", "totals", "head"],
  ]);
  gateway?.stay();
  await office.house.tick();
  expect(await headsBehind(office, index)).toHaveLength(2);
  await office.pass(2 * MINUTE);
  expect(await office.faults()).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
});

function never(): never {
  throw new Error("Cannot go on: the founding act enrols no third key");
}
