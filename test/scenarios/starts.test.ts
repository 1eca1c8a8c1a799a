import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { run, verifier } from "./program.ts";
import {
  endAll,
  home,
  kill,
  laid,
  LAID_MS_MAX,
  postmasterOf,
  READY,
  start,
  until,
} from "./starting.ts";

afterAll(endAll);

test(
  "of starts at once on one folder one runs, the others name it and end; killed each time, the office lives on",
  async () => {
    const folder = join(home, "at-once");
    await laid(folder);
    for (let round = 0; round < 4; round++) {
      const starts = [
        await start(folder),
        await start(folder),
        await start(folder),
      ];
      const codes = Promise.all(
        starts.map(({ ended }) => Promise.race([ended, sleep(15_000, "runs")])),
      );
      // Killed while it starts, and when it runs.
      if (round % 2 === 0) await sleep(400 + round * 300);
      else expect((await codes).filter((code) => code === 2)).toHaveLength(2);
      for (const one of starts) {
        if (one.child.exitCode === 2)
          expect(one.printed).toMatch(
            /^Cannot use the folder .*: process \d+ runs it already; stop it first\n$/,
          );
        else await kill(one);
      }
    }
    const last = await start(folder);
    await until(last, READY);
    const { out } = await run(verifier, [last.address]);
    expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
    await kill(last);
  },
  LAID_MS_MAX,
);

test(
  "a second start while the first lays its history touches nothing; killed while it lays and while it clears, it begins anew",
  async () => {
    const folder = join(home, "laying");
    const first = await start(folder);
    await until(first, /^history +\d+ of/m);
    const second = await start(folder);
    expect(await second.ended).toBe(2);
    expect(second.printed).toContain(
      `process ${first.child.pid} runs it already`,
    );
    expect(existsSync(join(folder, "journal", "register"))).toBe(true);
    await kill(first);
    for (const wait of [150, 350, 600]) {
      const third = await start(folder);
      await until(third, "begun anew");
      await sleep(wait);
      await kill(third);
      expect(existsSync(join(folder, "laying"))).toBe(true);
    }
    const last = await start(folder);
    await until(last, READY);
    const { out } = await run(verifier, [last.address]);
    expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
    await kill(last);
  },
  LAID_MS_MAX,
);

test(
  "its own PostgreSQL dies: the office says so, ends with 2, and the same command starts it again",
  async () => {
    const folder = join(home, "dies");
    await laid(folder);
    const made = await start(folder);
    await until(made, READY);
    process.kill(postmasterOf(folder), "SIGKILL");
    expect(await made.ended).toBe(2);
    expect(made.printed).toMatch(
      /^Cannot go on: the office's own PostgreSQL, process \d+, has ended; the same command starts it again$/m,
    );
    const again = await start(folder);
    await until(again, READY);
    await kill(again);
  },
  LAID_MS_MAX,
);
