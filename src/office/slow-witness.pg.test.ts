import { promises as fs } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseNote } from "../log/note.ts";
import { LogHalted } from "../store/durable.ts";
import {
  organisation,
  people,
} from "../../test/simulation/small-office-acts.ts";
import {
  leftOver,
  officeFor,
} from "../../test/simulation/small-office-story.ts";
import {
  adoption,
  backupOf,
  cosigners,
  logKeyOf,
  policyOf,
  type Says,
  SmallWitness,
  watched,
  WATCHED_START,
} from "../../test/simulation/small-office-witness.ts";
import { House } from "../cli/house.ts";
import {
  ORIGIN,
  type SmallOffice,
} from "../../test/simulation/small-office.ts";
import { QuorumMissing } from "./witnesses.ts";

/** An office whose checkpoints any one of its witnesses makes public, or as the given lines say. */
async function watchedBy(
  names: readonly string[],
  lines: readonly string[] = [`group enough any ${names.join(" ")}`],
): Promise<{ office: SmallOffice; witnesses: readonly SmallWitness[] }> {
  const office = await officeFor("slow_witness", { start: WATCHED_START });
  const witnesses: SmallWitness[] = [];
  for (const name of names)
    witnesses.push(await SmallWitness.open(office, name));
  const text = [
    `log ${logKeyOf(office)}`,
    ...witnesses.map(({ line }) => line),
    ...lines,
    "quorum enough",
    "",
  ];
  await office.granted(await adoption(office, text.join("\n")));
  return { office, witnesses };
}

/** Takes every request and answers none until it is let go. */
function silence(): { says: Says; letGo: () => void } {
  let letGo: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  const says: Says = async (_, response) => {
    await until;
    response.destroy();
  };
  onTestFinished(() => letGo());
  return { says, letGo };
}

const answers =
  (status: number, text = "", headers: Record<string, string> = {}): Says =>
  (_, response) =>
    void response.writeHead(status, headers).end(text);

describe("one dead witness of three", () => {
  const two = ["group enough 2 court university ombudsman"];
  const names = ["court", "university", "ombudsman"];

  test("holds no act up, and is not asked for each of them", async () => {
    const { office, witnesses } = await watchedBy(names, two);
    const dead = witnesses[1];
    const { says, letGo } = silence();
    if (dead !== undefined) dead.says = says;
    const before = dead?.asked ?? 0;
    // Its request is open all the while: what is public did not wait for it.
    for (let i = 0; i < 8; i++) await office.granted(organisation(`a${i}`));
    expect(cosigners(office)).toEqual(["court", "ombudsman"]);
    expect((dead?.asked ?? 0) - before).toBeLessThan(4);
    letGo();
    expect(await leftOver(office)).toEqual([]);
  });

  test("is left alone for a while after it failed, and is among the others when it is back", async () => {
    const { office, witnesses } = await watchedBy(names, two);
    const dead = witnesses[1];
    if (dead === undefined) return;
    dead.says = answers(500);
    const before = dead.asked;
    for (let i = 0; i < 12; i++) await office.granted(organisation(`a${i}`));
    expect(dead.asked - before).toBeLessThan(6);
    const failed = dead.asked;
    dead.says = undefined;
    await expect
      .poll(
        async () => {
          await office.house.office.publish();
          return dead.asked;
        },
        { timeout: 20_000, interval: 250 },
      )
      .toBeGreaterThan(failed);
    // It is asked all the same as soon as the others are not enough.
    await witnesses[0]?.stop();
    await office.granted(organisation("more"));
    expect(cosigners(office)).toEqual(["ombudsman", "university"]);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("when the quorum has cosigned", () => {
  /** The court cosigns at once, the university when a moment has passed. */
  async function oneIsSlow(lines: readonly string[]) {
    const { office, witnesses } = await watchedBy(
      ["court", "university"],
      ["group enough any court university", ...lines],
    );
    const slow = witnesses[1];
    if (slow !== undefined) slow.delayMs = 300;
    await office.granted(organisation("one"));
    return office;
  }

  test("the checkpoint is public", async () => {
    const office = await oneIsSlow([]);
    expect(cosigners(office)).toEqual(["court"]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("and the policy asks to wait for more, it has more", async () => {
    const office = await oneIsSlow(["# vitrine wait 5000"]);
    expect(cosigners(office)).toEqual(["court", "university"]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("what a witness proves too late for this checkpoint halts the office before the next one", async () => {
    const { office, witnesses } = await watchedBy(["court", "university"]);
    const late = witnesses[1];
    if (late === undefined) return;
    late.delayMs = 300;
    await office.stop();
    const setBack = await backupOf(office, "old");
    await office.start();
    await office.granted(organisation("one"));
    // It may still have been busy with the size before.
    await expect
      .poll(
        async () => {
          await office.house.office.publish();
          return heldBy(late);
        },
        { timeout: 20_000 },
      )
      .toBe(office.house.office.published.size);
    await office.stop();
    await setBack();
    // The court forgets with the office, and at the start the university is not heard.
    await witnesses[0]?.forget();
    late.says = (_, response) => void response.destroy();
    await office.start();
    late.says = undefined;
    await office.granted(organisation("two"));
    await expect
      .poll(() => office.house.office.publish().then(String, String), {
        timeout: 60_000,
      })
      .toMatch("witness university holds another history");
    await expect(
      office.house.office.enter(office.submission(organisation("three"))),
    ).rejects.toThrow(LogHalted);
  }, 90_000);
});

describe("a witness answers", () => {
  test.each([
    ["that it does not know the log", 403, "", "does not know this log"],
    ["that nothing is there", 404, "", "does not know this log"],
    ["that the proof is wrong, and shows nothing", 422, "no", "no evidence"],
    ["that it holds more, and shows nothing", 409, "9999\n", "no evidence"],
    ["with more than a note can have", 200, "x".repeat(70_000), "65536 bytes"],
  ])("%s: the office goes on, and says why", async (_, status, text, why) => {
    const { office, court } = await watched("slow_witness");
    court.says = answers(status, text);
    const entering = office.granted(organisation("one"));
    await expect
      .poll(() => office.house.office.publish().catch(String))
      .toMatch(why);
    await expect(office.house.office.publish()).rejects.toThrow(QuorumMissing);
    court.says = undefined;
    await entering;
    expect(await leftOver(office)).toEqual([]);
  });

  test("that it is to be asked elsewhere: nobody is", async () => {
    let asked = 0;
    const elsewhere = createServer((_, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => {
      elsewhere.listen(0, "127.0.0.1", resolve);
    });
    onTestFinished(() => void elsewhere.close());
    const address = elsewhere.address();
    const port = typeof address === "object" ? address?.port : 0;
    const { office, court } = await watched("slow_witness");
    court.says = answers(307, "", { location: `http://127.0.0.1:${port}/` });
    const entering = office.granted(organisation("one"));
    await expect
      .poll(() => office.house.office.publish().catch(String))
      .toMatch("answered 307");
    court.says = undefined;
    await entering;
    expect(asked).toBe(0);
  });

  test("that it is to be asked later: it is, and not before", async () => {
    const { office, court } = await watched("slow_witness");
    court.says = answers(429, "", { "retry-after": "3" });
    const before = court.asked;
    const entering = office.granted(organisation("one"));
    await expect
      .poll(() => office.house.office.publish().catch(String))
      .toMatch("asked to be asked later");
    for (let i = 0; i < 5; i++)
      await office.house.office.publish().catch(() => undefined);
    expect(court.asked - before).toBe(1);
    court.says = undefined;
    await entering;
    expect(cosigners(office)).toEqual(["court"]);
  });
});

test("at the start each witness that shows nothing is named, and keeps nobody waiting; the office goes on", async () => {
  const { office, witnesses } = await watchedBy(["court", "university"]);
  await office.stop();
  const { says, letGo } = silence();
  const [court, university] = witnesses;
  if (court !== undefined) court.says = says;
  const heard: string[] = [];
  office.house = await House.open({
    folder: office.folder,
    origin: ORIGIN,
    databaseUrl: office.databaseUrl,
    surroundings: {
      now: () => office.clock.now,
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    },
    onSilentWitness: (line) => heard.push(line),
  });
  expect(heard).toEqual([
    expect.stringContaining(
      "witness court was asked what it holds: it does not answer",
    ),
  ]);
  expect(university?.asked).toBeGreaterThan(0);
  letGo();
  if (court !== undefined) court.says = undefined;
  await office.granted(organisation("one"));
  expect(await leftOver(office)).toEqual([]);
});

test("a demonstration's checkpoints carry lines that mean nothing: its gateway, its witness and a stranger pass over them", async () => {
  const { office, court } = await watched("slow_witness");
  await office.stop();
  office.house = await House.open({
    folder: office.folder,
    origin: ORIGIN,
    databaseUrl: office.databaseUrl,
    surroundings: {
      now: () => office.clock.now,
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    },
    grease: true,
  });
  await office.granted(organisation("one"));
  const { signatures } = parseNote(office.house.office.published.note);
  expect(signatures.length).toBe(5);
  await office.answered(people(), "huaxing");
  await office.granted(organisation("two"));
  expect(cosigners(office)).toEqual([court.name]);
  expect(await leftOver(office)).toEqual([]);
  await office.restart();
  const { watch } = await office.check();
  expect(watch).toMatchObject({ named: "office", quorum: true, silent: [] });
});

test("a policy of all witnesses waits for all, also where one is slow", async () => {
  const office = await officeFor("slow_witness", { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  const university = await SmallWitness.open(office, "university");
  await office.granted(await policyOf(office, [court, university]));
  university.delayMs = 200;
  await office.granted(organisation("one"));
  expect(cosigners(office)).toEqual(["court", "university"]);
});

/** The size that a witness cosigned last. */
async function heldBy({ folder }: SmallWitness): Promise<number> {
  const names = await fs.readdir(folder);
  const log = names.find((one) => /^[0-9a-f]{64}$/.test(one)) ?? "";
  const note = await fs.readFile(join(folder, log, "checkpoint"), "utf8");
  return Number(note.split("\n")[1]);
}
