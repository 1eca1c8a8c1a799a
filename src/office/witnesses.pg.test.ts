import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { cosign } from "../log/cosignature.ts";
import { formatSignatures, parseNote } from "../log/note.ts";
import { COSIGNATURE, verifierKey } from "../log/verifier-key.ts";
import {
  organisation,
  people,
  permit,
  revocation,
  vehicles,
  MINUTE,
} from "../../test/simulation/small-office-acts.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  databaseFor,
  leftOver,
  letGo,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";
import {
  adoption,
  cosigners,
  logKeyOf,
  paperFile,
  policyOf,
  type Says,
  SmallWitness,
  WATCHED_START,
} from "../../test/simulation/small-office-witness.ts";
import { witnessKey } from "../cli/witness.ts";
import { generateKey, primitives, signingKey } from "../store/crypto.ts";
import { NotPublicYet } from "./not-public-yet.ts";
import { QuorumMissing } from "./witnesses.ts";

/** An office, and witnesses that nobody asks yet. */
async function withWitnesses(
  ...names: readonly string[]
): Promise<{ office: SmallOffice; witnesses: readonly SmallWitness[] }> {
  const office = await officeFor("witnesses", { start: WATCHED_START });
  const witnesses: SmallWitness[] = [];
  for (const name of names)
    witnesses.push(await SmallWitness.open(office, name));
  return { office, witnesses };
}

/** An office that a court watches, and in its place a university shall. */
async function replaced(): Promise<{
  office: SmallOffice;
  court: SmallWitness;
  university: SmallWitness;
}> {
  const { office, court } = await watched();
  return {
    office,
    court,
    university: await SmallWitness.open(office, "university"),
  };
}

/** An office that one witness watches. */
async function watched(): Promise<{
  office: SmallOffice;
  court: SmallWitness;
}> {
  const office = await officeFor("witnesses", { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  await office.granted(await policyOf(office, [court]));
  return { office, court };
}

/** Whether something is still waited for after a while. */
async function waits(promise: Promise<unknown>): Promise<boolean> {
  const late = new Promise((resolve) => setTimeout(resolve, 400, "waits"));
  const first = await Promise.race([promise.then(() => "done"), late]);
  return first === "waits";
}

describe("a witness policy is adopted", () => {
  test("from that act on every public checkpoint bears the cosignatures that it asks for", async () => {
    const { office, witnesses } = await withWitnesses("court", "university");
    expect(cosigners(office)).toEqual([]);
    await office.granted(await policyOf(office, witnesses));
    expect(cosigners(office)).toEqual(["court", "university"]);
    await office.answered(people(), "huaxing");
    await office.granted(organisation("one"));
    expect(cosigners(office)).toEqual(["court", "university"]);
    await office.restart();
    expect(cosigners(office)).toEqual(["court", "university"]);
    expect(await leftOver(office)).toEqual([]);
    const { watch } = await office.check();
    expect(watch).toMatchObject({ named: "office", quorum: true, silent: [] });
  });

  test("in the place of another: the first checkpoint under it wants the quorums of both, the next one its own alone", async () => {
    const { office, court, university } = await replaced();
    await court.stop();
    const next = await policyOf(office, [university]);
    const adopting = office.house.office.enter(office.submission(next));
    adopting.catch(() => undefined);
    expect(await waits(adopting)).toBe(true);
    // The next process knows it as well.
    await office.stop();
    await office.start();
    await expect(office.house.office.publish()).rejects.toThrow(QuorumMissing);
    await court.start(logKeyOf(office));
    await office.house.tick();
    expect(cosigners(office)).toEqual(["court", "university"]);
    expect((await office.check()).watch.changed?.bearsBefore).toBe(true);
    await court.stop();
    await office.granted(organisation("one"));
    expect((await office.check()).watch.changed?.bearsBefore).toBe(false);
    expect(cosigners(office)).toEqual(["university"]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("and the old quorum is asked for until its checkpoint is public, also when the disk fails in between", async () => {
    const { office, court, university } = await replaced();
    const { folder } = office;
    const path = join(folder, "public", "log", "register", "checkpoint");
    await fs.rename(path, `${path}.aside`);
    await fs.mkdir(join(path, "in-the-way"), { recursive: true });
    const adopting = office.granted(await policyOf(office, [university]));
    expect(await waits(adopting)).toBe(true);
    await court.stop();
    // What it cosigned before it went has failed at the disk by now, too.
    await expect(office.house.office.publish()).rejects.toThrow(QuorumMissing);
    await fs.rm(path, { recursive: true });
    await fs.rename(`${path}.aside`, path);
    expect(await waits(adopting)).toBe(true);
    await court.start(logKeyOf(office));
    await adopting;
    expect(cosigners(office)).toEqual(["court", "university"]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("whose paper is not here, or is none: nothing is public under it until it is handed in, or another is adopted", async () => {
    const { office, witnesses } = await withWitnesses("court");
    const missing = await policyOf(office, witnesses);
    const file = paperFile(office, missing.policy.paper);
    await fs.rename(file, `${file}.aside`);
    const { size } = office.house.office.published;
    const adopting = office.granted(missing);
    expect(await waits(adopting)).toBe(true);
    const publish = () => office.house.office.publish();
    await expect(publish()).rejects.toThrow(QuorumMissing);
    await expect(publish()).rejects.toThrow("is not here; hand it in");
    expect(office.house.office.published.size).toBe(size);
    await office.answered(vehicles(), "huaxing");
    await fs.rename(`${file}.aside`, file);
    await adopting;
    expect(cosigners(office)).toEqual(["court"]);

    const none = office.granted(await adoption(office, "quorum nobody\n"));
    expect(await waits(none)).toBe(true);
    await expect(publish()).rejects.toThrow("cannot be read");
    const again = office.granted(
      await adoption(
        office,
        `log ${logKeyOf(office)}\n${witnesses[0]?.line}\nquorum court\n`,
      ),
    );
    await Promise.all([none, again]);
    expect(cosigners(office)).toEqual(["court"]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("in the founding act: not even that is public without its quorum", async () => {
    const office = await SmallOffice.open(await databaseFor("witnesses"), {
      start: WATCHED_START,
    });
    letGo(office);
    const court = await SmallWitness.open(office, "court");
    const { policy } = await policyOf(office, [court]);
    await court.stop();
    const founding = office.found({ witnessPolicy: policy });
    expect(await waits(founding)).toBe(true);
    expect(office.house.office.published.size).toBe(0);
    await court.start(logKeyOf(office));
    await founding;
    expect(cosigners(office)).toEqual(["court"]);
    expect(await office.faults()).toEqual([]);
  });
});

describe("a witness is away", () => {
  test("acts wait, the gateway serves on what is public, and everything comes out when it is back", async () => {
    const { office, court } = await watched();
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    await court.stop();
    const revoking = office.granted(revocation("huaxing-vehicles"));
    const granting = office.granted(
      permit({ permit: "sanhe-vehicles", organisation: "sanhe" }),
    );
    expect(await waits(revoking)).toBe(true);
    const answer = await office.answered(vehicles(), "huaxing");
    await expect(office.house.tick()).rejects.toThrow(QuorumMissing);
    office.clock.now += 50_000;
    await expect(office.house.tick()).rejects.toThrow(
      "Cannot publish the checkpoint: its witnesses' quorum is not met (witness court does not answer",
    );
    await office.answered(vehicles(), "huaxing");
    expect(answer.receipt.log).toContain("/gate/minute/");
    await court.start(logKeyOf(office));
    await Promise.all([revoking, granting]);
    await office.answered(vehicles(), "sanhe");
    expect(await office.ask(vehicles(), "huaxing")).toMatchObject({
      outcome: "refused",
    });
    expect(await leftOver(office)).toEqual([]);
  });

  test("for more than a minute: whoever entered an act is told that it stands and is not public yet", async () => {
    const { office, court } = await watched();
    await court.stop();
    const submission = office.submission(organisation("one"));
    const { size } = office.house.office.register;
    const entering = office.house.office.enter(submission);
    entering.catch(() => undefined);
    expect(await waits(entering.catch(() => "told"))).toBe(true);
    // A minute goes by.
    const before = performance.now.bind(performance);
    const clock = vi
      .spyOn(performance, "now")
      .mockImplementation(() => before() + MINUTE);
    await expect(entering).rejects.toThrow(NotPublicYet);
    await expect(entering).rejects.toThrow(
      `The act was entered as entry ${size} and is not public yet; do not send it again`,
    );
    clock.mockRestore();
    expect(await office.house.office.enter(submission)).toMatchObject({
      code: "repeated",
    });
    await court.start(logKeyOf(office));
    await office.house.tick();
    expect(office.house.office.published.size).toBeGreaterThan(size);
    expect(await leftOver(office)).toEqual([]);
  });

  test("that is one of several: as many as the quorum asks for are enough", async () => {
    const { office, witnesses } = await withWitnesses("court", "university");
    await office.granted(await policyOf(office, witnesses, "any"));
    await witnesses[0]?.stop();
    await office.granted(organisation("one"));
    expect(cosigners(office)).toEqual(["university"]);
    const all = office.granted(await policyOf(office, witnesses, "all"));
    expect(await waits(all)).toBe(true);
    await witnesses[0]?.start(logKeyOf(office));
    await all;
    expect(cosigners(office)).toEqual(["court", "university"]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("when the gateway is closed by an act: it answers nothing from then on, though the act is not public yet", async () => {
    const { office, court } = await watched();
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    await court.stop();
    const closing = office.granted({
      kind: "gatewayClosed",
      gateway: "gate",
      reason: "replaced",
    });
    expect(await waits(closing)).toBe(true);
    for (let minute = 0; minute < 2; minute++) {
      await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(
        "Cannot answer: gateway gate is being closed by an act",
      );
      await expect(office.pass(MINUTE)).rejects.toThrow(QuorumMissing);
    }
    await court.start(logKeyOf(office));
    await closing;
    expect(await leftOver(office)).toEqual([]);
  });

  test("at the start: the office opens with what is public, and the gateway when everything is", async () => {
    const { office, court } = await watched();
    const use = await office.answered(people(), "huaxing");
    await court.stop();
    const entering = office.house.office.enter(
      office.submission(revocation("huaxing-people")),
    );
    entering.catch(() => undefined);
    expect(await waits(entering)).toBe(true);
    await office.stop();
    await office.start();
    const { published, register } = office.house.office;
    expect(register.size).toBeGreaterThan(published.size);
    expect(office.house.gateway).toBeUndefined();
    await expect(office.house.tick()).rejects.toThrow(QuorumMissing);
    await court.start(logKeyOf(office));
    await office.house.tick();
    const refused = await office.ask(people(), "huaxing");
    expect(refused.outcome).toBe("refused");
    await office.house.tick();
    expect(await leftOver(office)).toEqual([]);
    expect((await shown(office)).map(({ leaf }) => leaf)).toContain(use.leaf);
  });
});

describe("a witness answers", () => {
  const plain =
    (status: number, text: string): Says =>
    (_, response) =>
      void response.writeHead(status).end(text);
  const garbage: readonly (readonly [string, Says, string])[] = [
    ["nothing that is a signature", plain(200, "hello\n"), "does not verify"],
    ["nothing at all", plain(200, ""), "does not verify"],
    [
      "that it holds more, and not how much",
      plain(409, ""),
      "answered 409 without its size",
    ],
    [
      "always another size",
      (() => {
        let size = 0;
        return (_, response) =>
          void response.writeHead(409).end(`${(size += 1) % 7}\n`);
      })(),
      "kept changing its size",
    ],
    [
      "that it failed",
      plain(500, "the witness\nfailed"),
      "answered 500 the witness",
    ],
    ["by hanging up", (_, response) => void response.destroy(), "not answer"],
  ];

  test.each(garbage)(
    "%s: that is no cosignature, and it is asked again",
    async (_, says, why) => {
      const { office, court } = await watched();
      court.says = says;
      const entering = office.granted(organisation("one"));
      expect(await waits(entering)).toBe(true);
      const publish = office.house.office.publish();
      await expect(publish).rejects.toThrow(QuorumMissing);
      await expect(office.house.office.publish()).rejects.toThrow(why);
      court.says = undefined;
      await entering;
      expect(cosigners(office)).toEqual(["court"]);
      expect(await leftOver(office)).toEqual([]);
    },
  );

  test.each([
    ["by another key", false],
    ["by another key that says it is its own", true],
  ])("with a cosignature under its name %s: that is none", async (_, lies) => {
    const { office, court } = await watched();
    const thief = signingKey(generateKey());
    const { publicKey } = await witnessKey(court.folder);
    const key = verifierKey(
      primitives,
      "court.example/witness",
      COSIGNATURE,
      lies ? publicKey : thief.publicKey,
    );
    court.says = async (request, response) => {
      let body = "";
      for await (const part of request) body += String(part);
      const note = parseNote(body.slice(body.indexOf("\n\n") + 2));
      const second = Math.floor(Date.now() / 1000);
      const signature = cosign(key, note.text, second, thief.sign);
      response.writeHead(200).end(formatSignatures([signature]));
    };
    const entering = office.granted(organisation("one"));
    expect(await waits(entering)).toBe(true);
    await expect(office.house.office.publish()).rejects.toThrow(
      "answered with a cosignature that does not verify",
    );
    court.says = undefined;
    await entering;
    expect(await leftOver(office)).toEqual([]);
  });

  test("at a time before the last entry: one of the two clocks is wrong, and nothing is public until it is right", async () => {
    const { office } = await watched();
    // The witness's clock stands.
    const clock = vi.spyOn(Date, "now").mockReturnValue(office.clock.now);
    office.clock.now += 4_000;
    const entering = office.granted(organisation("one"));
    expect(await waits(entering)).toBe(true);
    await expect(office.house.office.publish()).rejects.toThrow(
      "one of the two clocks is wrong",
    );
    clock.mockImplementation(() => office.clock.now);
    await entering;
    expect(await office.faults()).toEqual([]);
  });
});
