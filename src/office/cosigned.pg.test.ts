import { promises as fs } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../log/policy.ts";
import { webOf } from "../../test/web-office.ts";
import {
  HOUR,
  MINUTE,
  organisation,
  system,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { leftOver } from "../../test/simulation/small-office-story.ts";
import {
  backupOf,
  logKeyOf,
  paperFile,
  watched,
} from "../../test/simulation/small-office-witness.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";
import { QuorumMissing } from "./witnesses.ts";

describe("what is public is cosigned again", () => {
  test("every ten minutes though nothing grew, and not more often", async () => {
    const { office, court } = await watched("cosigned");
    await office.house.tick();
    const { asked } = court;
    const { note } = office.house.office.published;
    await office.pass(10 * MINUTE);
    expect(court.asked).toBe(asked);
    await office.pass(1);
    expect(court.asked).toBe(asked + 1);
    await office.house.tick();
    expect(court.asked).toBe(asked + 1);
    await office.pass(10 * MINUTE + 1);
    expect(court.asked).toBe(asked + 2);
    const [text] = office.house.office.published.note.split("\n\n");
    expect(text).toBe(note.split("\n\n")[0]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("as soon as it can be, where its witness was away; nobody else waits for it", async () => {
    const { office, court } = await watched("cosigned");
    await court.stop();
    office.clock.now += 11 * MINUTE;
    await expect(office.house.tick()).rejects.toThrow(QuorumMissing);
    await office.answered(vehicles(), "huaxing");
    await expect(office.pass(MINUTE)).rejects.toThrow(QuorumMissing);
    expect(await office.faults()).toEqual([]);
    await court.start(logKeyOf(office));
    await office.house.tick();
    expect(await leftOver(office)).toEqual([]);
  });

  test("and the page says when it was cosigned last, however long that is ago", async () => {
    const { office, court } = await watched("cosigned");
    await court.stop();
    const web = webOf(office);
    const shown = async () => {
      const page = await (await web.ask("/")).text();
      return /cosigned last at ([^;]*);/.exec(page)?.[1];
    };
    const first = await shown();
    expect(first).toMatch(/datetime="\d{4}-/);
    office.clock.now += 3 * HOUR;
    for (let i = 0; i < 2; i++)
      await expect(office.house.tick()).rejects.toThrow(QuorumMissing);
    expect(await shown()).toBe(first);
    await court.start(logKeyOf(office));
    // A second is what a cosignature can tell apart.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { asked } = court;
    const { note } = office.house.office.published;
    await office.house.tick();
    expect(court.asked).toBe(asked + 1);
    expect(office.house.office.published.note).not.toBe(note);
    expect(await shown()).toMatch(/datetime="\d{4}-/);
    expect(await leftOver(office)).toEqual([]);
  });

  test("and a stranger who brings the policy along asks the witness, not the office", async () => {
    const { office, court } = await watched("cosigned");
    await office.answered(vehicles(), "huaxing");
    const paper = office.house.office.register.witnessPolicy?.act.paper ?? "";
    const text = await fs.readFile(paperFile(office, paper));
    const policy = parsePolicy(primitives, text);
    expect(await leftOver(office)).toEqual([]);
    const { watch, faults } = await office.check({ policy });
    expect(faults.kept).toEqual([]);
    expect(watch).toMatchObject({ named: "user", quorum: true, silent: [] });
    await court.stop();
    const { watch: later } = await office.check({ policy });
    expect(later.silent).toEqual(["court"]);
  });
});

describe("an office that was set back to an older state", () => {
  test("does not start, since its witness holds more; with what it had it goes on", async () => {
    const { office } = await watched("cosigned");
    await office.granted(organisation("one"));
    await office.stop();
    const setBack = await backupOf(office, "old");
    await office.start();
    await office.granted(organisation("two"));
    await office.stop();
    const mend = await backupOf(office, "new");
    await setBack();
    const start = office.start();
    await expect(start).rejects.toThrow(LogHalted);
    await expect(start).rejects.toThrow(
      /Cannot start: witness court holds size \d+ under the signature of this log, and here are \d+ entries; this log was set back: fetch what is missing with `vitrine log recover --from MIRROR`/,
    );
    await mend();
    await office.start();
    await office.granted(organisation("three"));
    expect(await leftOver(office)).toEqual([]);
  });

  test("and has written on in secret halts when its witness hears of it, and publishes nothing of it", async () => {
    const { office, court } = await watched("cosigned");
    await office.stop();
    const setBack = await backupOf(office, "old");
    await office.start();
    await office.granted(organisation("one"));
    await office.stop();
    const mend = await backupOf(office, "new");
    await setBack();
    court.says = (_, response) => void response.destroy();
    await office.start();
    const { office: desk } = office.house;
    const { size } = desk.published;
    // The witness hears nothing before both acts are under the checkpoint.
    court.says = async (request, response) => {
      let body = "";
      for await (const part of request) body += String(part);
      if (body.includes(`\n${desk.origin}\n${size + 2}\n`))
        court.says = undefined;
      response.destroy();
    };
    const entering = ["two", "three"].map((id) =>
      desk.enter(office.submission(system(id))),
    );
    const told = Promise.allSettled(entering);
    await expect
      .poll(() => desk.publish().catch(String))
      .toMatch("witness court holds another history");
    for (const result of await told)
      expect(result).toMatchObject({ reason: { name: "LogHalted" } });
    await expect(desk.enter(office.submission(system("four")))).rejects.toThrow(
      LogHalted,
    );
    expect(desk.published.size).toBe(size);
    await office.stop().catch(() => undefined);
    await mend();
    await office.start();
    await office.granted(organisation("five"));
    expect(await leftOver(office)).toEqual([]);
  });
});
