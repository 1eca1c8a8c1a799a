import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diceOf } from "../simulation/life.ts";
import { Demonstration, nextMinute, run, verifier } from "./program.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

/** CI has its small share; `npm run soak` kills more often, from a seed of its own, and `OFFICE_KILLS` says how often. */
const KILLS = Number(
  process.env["OFFICE_KILLS"] ?? (process.env["SOAK"] === "1" ? 40 : 4),
);
const dice = diceOf(Number(process.env["SOAK_SEED"] ?? 7));

let office: Demonstration;
let receipts = "";

beforeAll(async () => {
  office = await Demonstration.make();
  receipts = join(office.folder, "kept");
  mkdirSync(receipts, { recursive: true });
  await laid(office.folder);
}, LAID_MS_MAX);

afterAll(async () => {
  await office.end();
});

test("killed again and again while it answers, it starts with the same command and has kept every promise", async () => {
  let kept = 0;
  const keep = (receipt: string): void =>
    writeFileSync(join(receipts, `${kept++}.json`), receipt);
  for (let count = 0; count < KILLS; count++) {
    await office.start();
    const before = kept;
    const life = { isOver: false };
    const asking = Array.from({ length: 4 }, (_, who) =>
      askOn(life, who, keep),
    );
    while (kept < before + 20) await sleep(20);
    await sleep(dice() * 1_500);
    life.isOver = true;
    await office.kill("SIGKILL");
    await Promise.all(asking);
  }
  await office.start();
  // Open data is public a minute after its slot; what is about persons waits for its hour.
  await nextMinute();
  const ran = await run(verifier, [office.address, "--receipt", receipts]);
  expect(ran.err).toBe("");
  expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  expect(ran.code).toBe(0);
  const [, fulfilled = "", of = ""] =
    /receipts +([\d,]+) of ([\d,]+) kept/.exec(ran.out) ?? [];
  expect(Number(of.replaceAll(",", ""))).toBe(kept);
  expect(Number(fulfilled.replaceAll(",", ""))).toBeGreaterThan(10 * KILLS);
}, 7_200_000);

/** Asks until the office is killed; a receipt is kept, as it came, when its whole answer has come. */
async function askOn(
  life: { readonly isOver: boolean },
  who: number,
  keep: (receipt: string) => void,
): Promise<void> {
  const tokens: Record<string, string> = JSON.parse(
    readFileSync(join(office.folder, "keys", "tokens.json"), "utf8"),
  );
  for (let count = 0; !life.isOver; count++) {
    try {
      const isOpen = who % 2 === 0;
      const answer = isOpen
        ? await fetch(
            `${office.address}/data/earthquakes?magnitude.gte=${4 + (count % 4)}&limit=3`,
          )
        : await fetch(`${office.address}/query`, {
            method: "POST",
            headers: {
              "Content-Type": "application/json",
              Authorization: `Bearer ${tokens["qiaolin-recruitment"] ?? ""}`,
            },
            body: JSON.stringify(degree(count)),
          });
      const text = await answer.text();
      if (answer.status !== 200) continue;
      keep(isOpen ? (answer.headers.get("vitrine-receipt") ?? "") : text);
    } catch {
      // The connection went with the office: nobody was answered.
      await sleep(5);
    }
  }
}

function degree(count: number): object {
  const number = `D-2019-${String(1 + (count % 900)).padStart(4, "0")}`;
  return {
    plan: {
      form: "answer",
      dataset: "degrees",
      key: [{ field: "number", value: number }],
      values: [{ field: "name", value: "Resident 0042" }],
    },
  };
}
