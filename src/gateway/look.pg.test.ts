import { describe, expect, test } from "vitest";
import { listOf, signedIn } from "../../test/citizen.ts";
import {
  HOUR,
  isNamed,
  MINUTE,
  people,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isAnywhere,
  leftOver,
  officeFor,
  registered,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { webOf } from "../../test/web-office.ts";
import { encode } from "../acts/canonical.ts";
import { receivedAct } from "./citizen/questions.ts";
import { tokensIn } from "./citizen/subject-tokens.ts";
import { officeOf } from "../register/founding.ts";
import { questionsKept } from "../store/citizens.ts";
import { noteCopied } from "../store/copied.ts";
import { generateKey } from "../store/crypto.ts";
import { createHead } from "../store/database.ts";
import { countNotIndexed, indexOpenings } from "../store/subjects.ts";
import { eraseOpenings } from "../store/retention.ts";

const look = async (office: SmallOffice, person: string, whose = person) =>
  listOf(office, webOf(office), await signedIn(office, person, whose));

async function ask(
  office: SmallOffice,
  person: string,
  leaf: string,
  text: string,
) {
  const response = await webOf(office).post(
    `/my/uses/${leaf}/question`,
    JSON.stringify({ text }),
    await signedIn(office, person),
  );
  return { status: response.status, body: await response.json() };
}

describe("a look at a person's list", () => {
  test("is entered under the hour, with its opening, and survives a kill", async () => {
    const office = await officeFor("look");
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    const before = await look(office, "N7");
    // Nothing was copied in order: openings come back from their file, and whom they name from them.
    await office.restart({ orderly: false });
    await office.pass(MINUTE);
    const after = await look(office, "N7");
    expect(after.uses.map(({ leaf }) => leaf)).toContain(before.look.leaf);
    await office.passHour();
    const looks = (await shown(office)).filter(
      ({ entry }) => entry.kind === "look",
    );
    expect(looks.map(({ log }) => log)).toEqual([
      "gate/hour/2026q4",
      "gate/hour/2026q4",
    ]);
    expect(looks.map(({ entry }) => Object.keys(entry).toSorted())).toEqual(
      looks.map(() => ["by", "kind", "private", "slot", "v"]),
    );
    expect(await leftOver(office)).toEqual([]);
  });

  test("openings of looks and of streams do not keep an office from its next start on the same day", async () => {
    const office = await officeFor("look");
    await look(office, "N7");
    await office.restart();
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    expect(await leftOver(office)).toEqual([]);
  });

  test("from the public logs alone nobody can tell whom a look, a use or a question concerned", async () => {
    /** The same office, in which the same things are asked about other persons. */
    const story = async (one: string, other: string) => {
      const office = await officeFor("look");
      for (let i = 0; i < 3; i++)
        await office.answered(isNamed(one, `Name ${one.slice(1)}`), "huaxing");
      await office.answered(isNamed(other, `Name ${other.slice(1)}`), "other");
      const { uses } = await look(office, one);
      await look(office, one);
      await look(office, other, one);
      const asked = await ask(office, one, uses[0]?.leaf ?? "", "Why?");
      expect(asked.status).toBe(201);
      const [question] = await questionsKept(office.house.sql);
      if (question === undefined) throw new Error("No question was kept");
      await office.granted(
        receivedAct(question, office.house.office.register, office.clock.now),
      );
      await office.passHour();
      return office;
    };
    const offices = [await story("N11", "N12"), await story("N13", "N12")];
    const seen: string[] = [];
    for (const office of offices) {
      for (const person of ["N11", "N12", "N13"])
        expect(await isAnywhere(office, Buffer.from(`"${person}"`))).toBe(
          false,
        );
      const entries = (await shown(office)).map(({ log, entry }) => ({
        log,
        entry,
      }));
      const { house } = office;
      // No token that is kept inside stands outside.
      const kept = await house.sql<
        { token: string }[]
      >`select token from opening_subject`;
      for (const { token } of kept)
        expect(await isAnywhere(office, Buffer.from(token))).toBe(false);
      // No commitment of one person is like another of the same person: they are all different.
      const commitments = entries.flatMap(({ entry }) =>
        "private" in entry ? [entry.private] : [],
      );
      expect(new Set(commitments).size).toBe(commitments.length);
      const leaves = (await shown(office)).map(({ leaf }) => leaf);
      const acts = (await registered(office)).map((entry) => encode(entry));
      const questions = acts.filter((act) => act.includes("questionReceived"));
      expect(questions).toHaveLength(1);
      for (const leaf of leaves) expect(questions[0]).not.toContain(leaf);
      // What is left when random bytes are taken away tells the two stories apart in nothing.
      seen.push(
        entries
          .map(({ log, entry }) =>
            encode({
              log,
              ...entry,
              private: "",
              ...("root" in entry ? { root: "" } : {}),
            }),
          )
          .toSorted()
          .join("\n"),
      );
      expect(await office.faults()).toEqual([]);
    }
    expect(seen[0]).toBe(seen[1]);
  });
});

describe("the index of persons", () => {
  test("goes with the openings, and the list says from when on it is complete", async () => {
    const office = await officeFor("look");
    await office.answered(people(), "huaxing");
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    await office.passHour();
    const before = office.clock.now;
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    const { house } = office;
    expect((await look(office, "N7")).total).toBe(3);
    expect(await eraseOpenings(house.sql, before)).toBeGreaterThan(1);
    const rows = await house.sql<{ leaf: Buffer }[]>`
      select leaf from opening_subject where leaf not in (select leaf from opening)`;
    expect(rows).toEqual([]);
    expect((await look(office, "N7")).uses.map(({ slot }) => slot)).toEqual([
      before,
      before,
    ]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("where openings were kept before it, the list says so until the index has read them", async () => {
    const office = await officeFor("look");
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    const { sql, keys } = office.house;
    await look(office, "N8");
    await office.house.tick();
    await sql`delete from opening_subject`;
    await sql`update opening set indexed = false`;
    const blind = await look(office, "N7");
    expect(blind.uses).toEqual([]);
    expect(blind.complete.says).toContain("2 older uses are not in the index");
    expect(await indexOpenings(sql, tokensIn(keys.seal))).toBe(2);
    expect(await indexOpenings(sql, tokensIn(keys.seal))).toBe(0);
    expect(await countNotIndexed(sql)).toBe(0);
    const list = await look(office, "N7");
    expect(list.uses.map(({ kind }) => kind).toSorted()).toEqual([
      "look",
      "use",
    ]);
    expect(list.complete.says).not.toContain("index");
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("a question about a line", () => {
  test("has a deadline, is one question more in public, and shows at its line until it is answered", async () => {
    const office = await officeFor("look");
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    const [use] = (await look(office, "N7")).uses;
    const leaf = use?.leaf ?? "";
    const asked = await ask(
      office,
      "N7",
      leaf,
      "Who at Huaxing wanted to know?",
    );
    expect(asked.status).toBe(201);
    const [question] = await questionsKept(office.house.sql);
    if (question === undefined) throw new Error("No question was kept");
    const { id: name, due } = question;
    expect(asked.body).toMatchObject({ question: name, due });
    expect(due - office.clock.now).toBeGreaterThanOrEqual(15 * 24 * HOUR);
    expect(due - office.clock.now).toBeLessThan(15 * 24 * HOUR + HOUR);
    expect(Buffer.from(question.sealed).includes("Huaxing")).toBe(false);
    const stateAt = async () =>
      (await look(office, "N7")).uses.find((one) => one.leaf === leaf)
        ?.questions;
    expect(await stateAt()).toMatchObject([{ question: name, due }]);
    const { entry } = {
      entry: (
        await office.granted(
          receivedAct(question, office.house.office.register, office.clock.now),
        )
      ).index,
    };
    expect(entry).toBeGreaterThan(0);
    expect(await stateAt()).toMatchObject([
      { question: name, received: office.clock.now },
    ]);
    await office.pass(MINUTE);
    await office.granted({
      kind: "questionAnswered",
      question: name,
      paper: { kind: "answer", commitment: question.commitment },
    });
    expect(await stateAt()).toMatchObject([
      { question: name, answered: office.clock.now },
    ]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("is taken from the person alone, about a line of theirs, in text that says something", async () => {
    const office = await officeFor("look");
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    const [use] = (await look(office, "N7")).uses;
    const leaf = use?.leaf ?? "";
    expect((await ask(office, "N8", leaf, "Why?")).status).toBe(404);
    expect((await ask(office, "N7", "A".repeat(43), "Why?")).status).toBe(404);
    expect((await ask(office, "N7", "x", "Why?")).status).toBe(400);
    expect((await ask(office, "N7", leaf, " ")).status).toBe(400);
    expect((await ask(office, "N7", leaf, "?".repeat(2001))).status).toBe(400);
    expect((await ask(office, "N7", leaf, "?".repeat(2000))).status).toBe(201);
    expect(await questionsKept(office.house.sql)).toHaveLength(1);
    expect(await leftOver(office)).toEqual([]);
  });
});

test("what was due in public and is not found there is not called public, nor still promised", async () => {
  const office = await officeFor("look");
  const none = webOf(office, {
    files: {
      read: () => Promise.resolve(undefined),
      keepPaper: () => Promise.resolve(),
    },
  });
  await office.answered(isNamed("N350", "Name 350"), "huaxing");
  const fresh = await listOf(office, none, await signedIn(office, "N350"));
  expect(fresh.uses[0]?.promise).toContain("stands in the public log by");
  await office.pass(2 * HOUR);
  const late = await listOf(office, none, await signedIn(office, "N350"));
  for (const { isPublic, promise } of late.uses) {
    expect(isPublic).toBe(false);
    expect(promise).toContain("was due in the public log by");
  }
});

test("of a gateway that was killed and has not copied, the list says since when it is missing; one that ended in order is whole", async () => {
  const office = await officeFor("look");
  const { house, clock } = office;
  const { sql } = house;
  const { origin } = house.office.register;
  const pair = generateKey();
  await office.granted({
    ...{ kind: "gatewayOpened", gateway: "gate-2", title: "Second" },
    publicKey: pair.publicKey,
  });
  const log = `${officeOf(origin)}/gate-2/hour/2026q4`;
  await createHead(sql, log, Buffer.alloc(32));
  const of = async (at: number, isWhole: boolean) => {
    await noteCopied(sql, officeOf(origin), "gate-2", { at, isWhole });
    return (await look(office, "N7")).complete;
  };
  const says = "what gateway gate-2 answered since";
  await office.pass(2 * MINUTE);
  const { now } = clock;
  expect((await look(office, "N7")).complete.says).toContain(says);
  const behind = await of(now - MINUTE, false);
  expect(behind.says).toContain(says);
  expect(behind.notCovered.gateways).toEqual([
    { gateway: "gate-2", since: now - MINUTE },
  ]);
  for (const whole of [await of(now - MINUTE, true), await of(now, false)]) {
    expect(whole.says).not.toContain(says);
    expect(whole.notCovered.gateways).toEqual([]);
  }
  await sql`delete from head where log = ${log}`;
  expect(await leftOver(office)).toEqual([]);
});
