import { promises as fs, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  datasets,
  granting,
  HOUR,
  MINUTE,
  organisation,
  stations,
  vehicles,
} from "../../../test/simulation/small-office-acts.ts";
import {
  databaseFor,
  letGo,
  officeFor,
} from "../../../test/simulation/small-office-story.ts";
import {
  paperFile,
  watched,
} from "../../../test/simulation/small-office-witness.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { must } from "../../../test/story-founding.ts";
import { formatNote, parseNote } from "../../log/note.ts";
import { parsePolicy } from "../../log/policy.ts";
import { dayOf } from "../../office/cosigned-history.ts";
import { editions } from "../../rules/editions.ts";
import { primitives } from "../../store/crypto.ts";
import { mirrorOnce } from "../mirror/copy.ts";
import { check, type CheckOptions } from "./check.ts";
import { openPlace, type Place } from "./place.ts";
import { exitOf, reportLines } from "./print.ts";

const CHECKPOINT = "log/register/checkpoint";

function looking(
  { clock }: SmallOffice,
  place: Place,
  more: Partial<CheckOptions> = {},
) {
  return check(place, {
    editions,
    now: () => clock.now,
    receipts: [],
    also: [],
    ...more,
  });
}

/** The place, where something is done just before a file is read for the n-th time. */
function before(
  place: Place,
  path: string,
  times: number,
  happens: () => Promise<void>,
): Place {
  let reads = 0;
  return {
    ...place,
    read: async (read) => {
      if (read === path && ++reads === times) await happens();
      return place.read(read);
    },
  };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "vitrine-meanwhile-"));
  onTestFinished(() => fs.rm(made, { recursive: true }));
  return made;
}

test("a gateway that is opened while the office is checked contradicts nothing, and its log is checked with the others", async () => {
  const office = await SmallOffice.open(await databaseFor("meanwhile_gate"));
  letGo(office);
  await office.found();
  const acts = granting(office.gatewayKey, office.recordsKey);
  const at = acts.findIndex((one) => one.kind === "gatewayOpened");
  for (const act of acts.slice(0, at)) await office.granted(act);
  await office.house.office.publish();
  const place = await openPlace(office.folder);
  const opened = before(place, CHECKPOINT, 3, async () => {
    for (const act of acts.slice(at)) await office.granted(act);
    for (const act of datasets) await office.load(act);
    await office.house.tick();
    await office.answered(stations());
    await office.pass(MINUTE * 2);
  });
  const result = await looking(office, opened);
  expect(result.faults.kept).toEqual([]);
  expect(result.sums.open).toBe(1);
});

test("the first use of a quarter, which comes while the office is checked, contradicts nothing", async () => {
  const office = await officeFor("meanwhile_quarter");
  const use = async (): Promise<void> => {
    await office.answered(stations());
    await office.pass(MINUTE * 2);
  };
  const place = await openPlace(office.folder);
  const used = before(place, CHECKPOINT, 3, use);
  const log = "log/gate/minute/2026q4/checkpoint";
  // Its log is read behind the register that named it: what it rests on by then must be read as well.
  const again = before(used, log, 1, async () => {
    await office.granted(organisation("late"));
    await use();
  });
  const result = await looking(office, again);
  expect(result.faults.kept).toEqual([]);
  expect(result.sums.open).toBe(2);
});

test("what became due between the reading of a usage log and that of the register is not withheld", async () => {
  const office = await officeFor("meanwhile_slow");
  await office.answered(stations());
  await office.pass(MINUTE * 2);
  const place = await openPlace(office.folder);
  const slow = before(place, CHECKPOINT, 3, async () => {
    await office.answered(stations());
    await office.pass(HOUR * 2);
    await office.pass(HOUR * 2);
  });
  const result = await looking(office, slow);
  expect(result.faults.kept).toEqual([]);
  expect(result.logs).toMatchObject([{ pending: 3 }]);
});

test("a place that names new usage logs each time that it is read ends the check in order", async () => {
  const office = await officeFor("meanwhile_endless");
  const place = await openPlace(office.folder);
  let quarters = 0;
  const endless: Place = {
    ...place,
    read: async (path) => {
      if (path === CHECKPOINT && quarters++ > 0) {
        await office.pass(93 * 24 * 60 * MINUTE);
        await office.answered(stations());
        await office.pass(MINUTE * 2);
      }
      return place.read(path);
    },
  };
  await expect(looking(office, endless)).rejects.toThrow(
    "that its register was read it named new usage logs",
  );
});

test("a running office's own folder is read again where its cosigned checkpoints or its witness are ahead", async () => {
  const { office } = await watched("meanwhile_folder");
  await office.pass(MINUTE * 2);
  const place = await openPlace(office.folder);
  const goesOn = before(place, "log/register/cosigned/days", 1, async () => {
    await office.granted(organisation("late"));
    await office.pass(MINUTE * 2);
    await office.granted(organisation("later"));
  });
  const result = await looking(office, goesOn);
  expect(result.faults.kept).toEqual([]);
  expect(result.newer).toEqual([]);
  expect(result.watch).toMatchObject({ answered: 1, ahead: 0 });
});

test("of a copy whose checkpoint is older than what lies beside it the rest is newer, as long as its witnesses cosigned it", async () => {
  const { office } = await watched("meanwhile_copy");
  const court = must(office.house.office.register.witnessPolicy).act;
  const copy = folder();
  await office.pass(MINUTE * 2);
  const own = join(office.folder, "public");
  await fs.cp(own, copy, { recursive: true });
  await office.granted(organisation("late"));
  await office.pass(MINUTE * 2);
  const beside = "log/register/cosigned";
  // Nothing waits for what is kept beside: the copy does.
  const { text: newest } = parseNote(await fs.readFile(join(own, CHECKPOINT)));
  const day = join(own, beside, dayOf(office.clock.now));
  await vi.waitFor(async () =>
    expect(await fs.readFile(day, "utf8")).toContain(newest),
  );
  await fs.cp(join(own, beside), join(copy, beside), { recursive: true });
  const result = await looking(office, await openPlace(copy));
  expect(result.faults.kept).toEqual([]);
  expect(result.watch.ahead).toBe(1);
  const said = reportLines(result, { genesisGiven: true, policyGiven: false });
  expect(said.join("\n")).toContain(
    "1 kept checkpoints that are newer than this copy, such as one of its own cosigned checkpoints",
  );
  expect(exitOf(result)).toBe(0);

  const policy = parsePolicy(
    primitives,
    await fs.readFile(paperFile(office, court.paper)),
  );
  const mine = await looking(office, await openPlace(copy), { policy });
  expect(mine.faults.kept).toEqual([]);
  expect(mine.watch.ahead).toBe(1);

  // What was cut off and signed again by the log alone bears nobody else's name.
  const file = join(copy, CHECKPOINT);
  const { text, signatures } = parseNote(await fs.readFile(file));
  await fs.writeFile(file, formatNote(text, signatures.slice(0, 1)));
  const cut = await looking(office, await openPlace(copy));
  const codes = cut.faults.kept.map(({ code }) => code);
  expect([...new Set(codes)].toSorted()).toEqual(["quorum", "two-histories"]);
});

test("an office's address that shows less than its witness holds contradicts itself, whoever cosigned it", async () => {
  const { office } = await watched("meanwhile_address");
  const copy = folder();
  await office.pass(MINUTE * 2);
  await fs.cp(join(office.folder, "public"), copy, { recursive: true });
  await office.granted(organisation("late"));
  await office.pass(MINUTE * 2);
  const shown = { ...(await openPlace(copy)), name: "http://office.example" };
  const result = await looking(office, shown);
  expect(result.faults.kept.map(({ code }) => code)).toEqual(["two-histories"]);
});

test("a mirror that is brought up to date while it is checked is checked again another time", async () => {
  const office = await officeFor("meanwhile_mirror");
  await office.answered(vehicles(), "huaxing");
  await office.pass(MINUTE);
  const copy = folder();
  const source = { ...(await openPlace(office.folder)), name: "http://office" };
  const now = { now: () => office.clock.now };
  await mirrorOnce(source, copy, now);
  const place = await openPlace(copy);
  const changing = before(place, CHECKPOINT, 3, async () => {
    await office.pass(MINUTE * 5);
    await office.granted(organisation("late"));
    await office.pass(MINUTE);
    await mirrorOnce(source, copy, now);
  });
  await expect(looking(office, changing)).rejects.toThrow(
    "this copy was brought up to date while it was read; check it again",
  );
  const again = await looking(office, await openPlace(copy));
  expect(again.faults.kept).toEqual([]);
});
