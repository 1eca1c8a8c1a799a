import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { duckdbTable } from "./ask-duckdb.ts";
import { DuckdbEngine } from "./duckdb.ts";
import { EngineFailed } from "./failed.ts";
import { importFile } from "./import.ts";
import { LookUps } from "./look-ups.ts";
import { fields, people, rowsOf, vintageOf } from "./people.sample.ts";
import { type Limits, openGate, Vintage } from "./vintage.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-vintage-"));
afterAll(() => rmSync(folder, { recursive: true }));

let file: string;
beforeAll(async () => {
  file = await vintageOf(folder, people);
});

describe("vintages", () => {
  test("a new one replaces the old one whole, under load; the old one answers by its name until it is retired", async () => {
    const changing = new DuckdbEngine();
    const two = fields.slice(0, 2);
    const attach = (vintage: string) =>
      changing.attach({
        dataset: "people",
        fields: two,
        file: vintage,
        keys: [["number"]],
      });
    const old = await vintageOf(
      folder,
      Array.from({ length: 1000 }, () => ({ number: "A-1", person: "old" })),
      two,
    );
    await attach(old);
    const next = await vintageOf(
      folder,
      Array.from({ length: 500 }, () => ({ number: "A-1", person: "new" })),
      two,
    );
    const plan = {
      form: "aggregate" as const,
      dataset: "people",
      measures: [{ measure: "count" as const }],
      by: ["person"],
      where: [],
      limit: 10,
    };
    const seen: string[] = [];
    let running = true;
    const load = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (running)
          seen.push(
            rowsOf(await changing.run(plan))
              .rows.flat()
              .join(" "),
          );
      }),
    );
    await attach(next);
    expect(rowsOf(await changing.run(plan)).rows).toEqual([["new", 500]]);
    running = false;
    await load;
    expect(new Set(seen).size).toBeGreaterThan(0);
    for (const one of seen) expect(["old 1000", "new 500"]).toContain(one);
    const named = { vintage: basename(old) };
    expect(rowsOf(await changing.run(plan, named)).rows).toEqual([
      ["old", 1000],
    ]);
    changing.retireBefore("people", basename(next));
    await expect(changing.run(plan, named)).rejects.toMatchObject({
      failure: "absent",
    });

    const broken = join(folder, "broken.parquet");
    writeFileSync(broken, "PAR1 not at all");
    await expect(attach(broken)).rejects.toMatchObject({
      failure: "unreadable",
    });
    await expect(
      changing.attach({
        dataset: "people",
        fields: [{ name: "number", type: "integer" }],
        file: next,
      }),
    ).rejects.toMatchObject({ failure: "unreadable" });
    expect(rowsOf(await changing.run(plan)).rows).toEqual([["new", 500]]);
    await changing.close();
    await expect(changing.run(plan)).rejects.toMatchObject({
      failure: "absent",
    });
  });

  const limits: Limits = {
    memoryMegabytes: 500,
    threads: 2,
    plansAtATime: 1,
    streamsAtATime: 1,
    timeoutMs: 300,
    idleMs: 300,
    rowsMax: 10,
    subjectsMax: 10,
  };

  test.each([
    "select * from read_text('/etc/hostname')",
    "select * from glob('/*')",
    "copy rows to '/tmp/vitrine-leak.csv'",
    "attach '/tmp/vitrine-leak.db'",
    "set threads = 4",
    "set lock_configuration = false",
    "load httpfs",
    "install httpfs",
  ])("a vintage in service is sealed: %s", async (text) => {
    const vintage = await Vintage.load(
      { dataset: "people", fields, file },
      limits,
      openGate(limits),
    );
    await expect(vintage.ask({ text, values: [], gives: [] })).rejects.toThrow(
      EngineFailed,
    );
    vintage.retire();
  });

  const long = {
    text: "select count(*) from range(100000000) a (i), range(100000) b (j) where hash(a.i) % 7 = b.j % 7",
    values: [],
    gives: [],
  };

  test("look-ups by one field that arrive together are one statement, whatever they want to know", async () => {
    const vintage = await Vintage.load(
      { dataset: "people", fields, file, keys: [["number"]] },
      limits,
      openGate(limits),
    );
    const statements: string[] = [];
    const lookUps = new LookUps(duckdbTable(fields, "person"), 10, (sql) => {
      statements.push(sql.text);
      return vintage.lookUp(sql);
    });
    const wants = [["city"], ["born", "alive"], ["person"], []];
    const found = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        lookUps.find({
          fields: ["number"],
          key: [`A-${i % 6}`],
          columns: wants[i % 4] ?? [],
        }),
      ),
    );
    expect(statements).toEqual([
      'select "number", "city" from "rows" where "number" in ($1) limit 11',
      'select "number", "person", "city", "born", "alive" from "rows" where "number" in ($1, $2, $3, $4, $5, $6) limit 11',
    ]);
    expect(found.map(({ rows }) => rows.length)).toEqual(
      found.map((_, i) => [0, 1, 1, 2, 1, 0][i % 6]),
    );
    vintage.retire();
  });

  test("look-ups do not wait for a long plan", async () => {
    const vintage = await Vintage.load(
      { dataset: "people", fields, file },
      limits,
      openGate(limits),
    );
    let ended = false;
    const end = vintage.ask(long).catch(() => (ended = true));
    expect(
      await vintage.lookUp({ text: "select 1", values: [], gives: [] }),
    ).toEqual([[1]]);
    expect(ended).toBe(false);
    await end;
    expect(ended).toBe(true);
    vintage.retire();
  });

  test("what takes too long is interrupted, and the next plan is answered", async () => {
    const vintage = await Vintage.load(
      { dataset: "people", fields, file },
      limits,
      openGate(limits),
    );
    await expect(vintage.ask(long)).rejects.toMatchObject({
      failure: "late",
      message: "Cannot run plan: the engine took too long",
    });
    expect(
      await vintage.ask({ text: "select 1", values: [], gives: [] }),
    ).toEqual([[1]]);
    vintage.retire();
  });
});

test("a large vintage without keys is served from its file", async () => {
  const big = join(folder, "big.csv");
  writeFileSync(
    big,
    `n,half\n${Array.from({ length: 500_010 }, (_, i) => `${i},${i / 2}`).join("\n")}\n`,
  );
  const made = await importFile({ file: big, outFolder: folder });
  const own = new DuckdbEngine();
  await own.attach({ dataset: "big", fields: made.fields, file: made.file });
  const plan = {
    form: "records" as const,
    dataset: "big",
    fields: ["n"],
    where: [{ field: "half", op: "gte" as const, value: "250000.5" }],
    order: [{ field: "n", direction: "desc" as const }],
    limit: 6,
  };
  const first = rowsOf(await own.run(plan));
  expect(first.rows.flat()).toEqual([
    500_009, 500_008, 500_007, 500_006, 500_005, 500_004,
  ]);
  expect(
    rowsOf(await own.run(plan, { after: first.last ?? [] })).rows.flat(),
  ).toEqual([500_003, 500_002, 500_001]);
  await own.close();
});
