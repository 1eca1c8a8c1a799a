import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../browser.ts";
import { Demonstration, hasChromium, root, run, verifier } from "./program.ts";

/** docs/ten-minutes.md, run block by block on the built program. Blocks marked "not yet" there are not here. */
describe("the first ten minutes", () => {
  let office: Demonstration;

  beforeAll(async () => {
    office = await Demonstration.make();
    await office.start();
  }, 300_000);

  afterAll(async () => {
    await office.end();
  });

  test("0:00 the last lines say where it is, who watches and what comes next", () => {
    const lines = office.printed.trimEnd().split("\n").slice(-3);
    expect(lines).toEqual([
      `Lanan Provincial Public Data Office (invented)   ${office.address}`,
      "watched by    1 witness on this machine: not independent",
      "next          docs/ten-minutes.md   or   npm run cheat",
    ]);
    expect(office.printed).toMatch(/data +10 datasets, 4,?376,?629 rows/);
    expect(office.printed).toMatch(/history +\d+ acts, [\d,]+ uses/);
  });

  test("0:45 the front page says coverage, prices, charges with grounds, refusals and who watches", async () => {
    const html = await (await fetch(office.address)).text();
    const text = html.replace(/<[^>]+>/g, "").replace(/\s+/g, " ");
    expect(text).toContain(
      "8 of 16 known systems are served through this gate. 8 are not.",
    );
    expect(text).toMatch(
      /[\d,]+\.\d\d CNY charged in \d{4}, of which 0\.00 CNY without ground or approval/,
    );
    expect(text).toContain("One witness");
    expect(text).toContain("not independent");
    expect(text).toContain(
      "no law lets this payee charge: an approval is not a ground",
    );
    expect(text).toContain("1 application due today");
    expect(text).toMatch(
      /\d+ deadlines missed, by [^.]*Numbering Centre \(1\)/,
    );
    expect(text).toContain(
      "Its history was made by submitting acts and requests",
    );
    expect(html.match(/how computed/g)?.length).toBeGreaterThanOrEqual(4);
  });

  test.runIf(hasChromium)(
    "0:45 in a browser, on a phone and on a desk (skipped where Chromium is missing)",
    async () => {
      const browser = await launched();
      for (const width of [320, 1200]) {
        const page = await browser.newPage({
          viewport: { width, height: 800 },
        });
        await page.goto(office.address);
        const wide = await page.evaluate(
          "document.documentElement.scrollWidth",
        );
        expect(
          wide,
          `at ${width} pixels the page does not scroll sideways`,
        ).toBe(width);
        // What the first look must tell stands within the first screen.
        const coverage = page.getByText("8 of 16 known systems").first();
        expect((await coverage.boundingBox())?.y).toBeLessThan(400);
        const charged = page.getByText("without ground or approval").first();
        expect((await charged.boundingBox())?.y).toBeLessThan(800);
      }
      await browser.close();
    },
  );

  test("1:30 data without an account, with receipt, entry, price and licence", async () => {
    const answer = await fetch(
      `${office.address}/data/earthquakes?magnitude.gte=6&limit=3`,
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("vitrine-price")).toBe("0");
    expect(answer.headers.get("vitrine-entry")).toMatch(/^[\w-]{43}$/);
    expect(answer.headers.get("vitrine-receipt")).toMatch(/^[\w-]{200,}$/);
    expect(answer.headers.get("vitrine-licence")).toBe("U.S. Public Domain");
    const body: unknown = await answer.json();
    expect(body).toHaveProperty("rows.0.magnitude");
  });

  test("2:00 refused, then answered; a wrong name is no, and costs the same", async () => {
    const ask = (name: string, as: string) =>
      office.vitrine(
        ...["answer", "degrees", "--number", "D-2019-0042"],
        ...["--name", name, "--as", as],
      );
    const refused = await ask("Resident 0042", "beilu-insurance");
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(
      "refused  no permit for product degrees.answer",
    );
    expect(refused.out).toContain("what would have to be true");
    const paid = await ask("Resident 0042", "qiaolin-recruitment");
    expect(paid.code).toBe(0);
    expect(paid.out).toMatch(
      /^yes +2\.00 CNY to Shuren Operations \(ceiling 2\.50\)\nentry +[\w-]{43}\n$/,
    );
    const free = await ask("Resident 0042", "lanan-university");
    expect(free.out).toMatch(/^yes +0\.00 CNY, public purpose \(CN-PRC-01\)\n/);
    const wrong = await ask("Resident 0043", "qiaolin-recruitment");
    expect(wrong.out).toMatch(/^no +2\.00 CNY to Shuren Operations/);
  });

  test("2:45 the fee that nobody may charge is refused before and after the signature", async () => {
    const file = "examples/acts/fee-vehicle-register.json";
    const explained = await office.vitrine("law", "explain", file);
    const signed = await office.vitrine(
      "act",
      file,
      "--as",
      "pricing-officer",
      "head",
    );
    for (const ran of [explained, signed]) {
      expect(ran.code).toBe(1);
      expect(ran.out).toContain(
        "refused  fee standard vehicles.answer 5.00 CNY per call",
      );
      expect(ran.out).toMatch(
        /CN-PRC-18 +the approver has no power over this price +Price Law Art 45/,
      );
      expect(ran.out).toMatch(
        /CN-PRC-03 .*\n?.*发改价格〔2025〕65号, section 2/,
      );
      expect(ran.out).toMatch(
        /CN-DEP-04 +no law lets this payee charge: an approval is not a ground +Price Law Art 47/,
      );
      expect(ran.out).toContain("next lawful step  free of charge (publish)");
    }
    expect(signed.out).toMatch(/entry \d[\d,]*\n/);
    const page = await (await fetch(office.address)).text();
    expect(page).toContain(
      "Vehicle Register Centre was to charge 5.00 CNY per call for “Vehicle facts confirmed or not”; no law lets this payee charge: an approval is not a ground",
    );
    const higher = await office.vitrine(
      ...["law", "explain", "examples/acts/ceiling-beyond-revenue.json"],
    );
    expect(higher.code).toBe(1);
    expect(higher.out).toMatch(
      /CN-PRC-03-REVENUE .*发改价格〔2025〕65号, section 2\n.*ceilings 5,500\.00 CNY, revenue 5,000\.00 CNY/,
    );
    const prices = await (await fetch(`${office.address}/fees`)).text();
    expect(prices).toContain("Shuren Operations, shuren-degrees");
    expect(prices).toContain("5,000.00 CNY in each year at most");
  });

  test("3:45 granted, answered, revoked, refused", async () => {
    const names = () =>
      office.vitrine(
        ...["query", "companies", "--fields", "name,export_class"],
        ...["--limit", "5", "--as", "sanhe-textiles"],
      );
    const due = async () => (await office.vitrine("due")).out;
    const open = (await due()).match(/^.* Decide an application .*$/gm) ?? [];
    expect(open).toHaveLength(5);
    // The first is due today: no working day is left behind it.
    expect(open[0]).toMatch(/ 00:00 +0 +Decide .* a-2601 /);
    expect((await names()).code).toBe(1);
    const lone = await office.vitrine("query", "companies", "--by", "sector");
    expect(lone.err).toContain("--by sector: it stands without --measure");
    expect(lone.code).toBe(2);
    const explained = async (name: string) =>
      (await office.vitrine("explain", `examples/acts/${name}.json`)).out;
    const asked = await explained("permit-sanhe-export");
    expect(asked).toMatch(/^would be:\ngranted /);
    expect(asked.match(/^ {2}granted .* in force$/gm)).toHaveLength(2);
    expect(asked.match(/^ {2}refused +a-2503 +tongli-toys /gm)).toHaveLength(1);
    expect(await explained("permit-sanhe-without-end")).toMatch(
      /^would be:\nrefused .*\n {2}I5 +.*invariant 5$/m,
    );
    expect(
      (await office.vitrine("act", "examples/acts/permit-sanhe-export.json"))
        .out,
    ).toMatch(/^granted /);
    const { out: five } = await names();
    expect(five).toMatch(/^name +export_class\n(?:.+\n){5}/);
    expect(five).toContain("0.00 CNY");
    expect(await due()).not.toContain("a-2601");
    expect(
      (await office.vitrine("act", "examples/acts/revoke-sanhe-export.json"))
        .out,
    ).toMatch(/^granted /);
    const refused = await names();
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(
      /permit sanhe-exporters was ended by entry \d+/,
    );
  });

  test("4:45 three refusals", async () => {
    const city = await office.vitrine(
      ...["law", "explain", "examples/acts/city-franchise.json"],
    );
    expect(city.code).toBe(1);
    for (const [rule, article, fact] of [
      ["CN-CMP-02", "Fair Competition Review Regulation", "procedure.review"],
      ["CN-OPS-06", "Art 9", "procedure.plan.items"],
      ["CN-OPS-07", "Art 11", "procedure.planDecision"],
      ["CN-OPS-10", "Art 14(2)", "end none"],
    ] as const) {
      const [line = "", facts = ""] = city.out
        .slice(city.out.indexOf(`  ${rule}`))
        .split("\n");
      expect(line).toContain(article);
      expect(facts).toContain(fact);
    }
    expect(city.out).toMatch(/^rules that looked at it; /m);
    const health = await office.vitrine(
      ...["query", "health-visits", "--as", "qingshi-operations"],
    );
    expect(health.out).toMatch(
      /authorisation qingshi-health ended \d{4}-\d\d-\d\d 00:00, by itself/,
    );
    const ranking = await office.vitrine(
      ...["law", "explain", "examples/acts/reputation-ranking.json"],
    );
    expect(ranking.out).toContain("the purpose is not in the adopted list");
  });

  test("9:00 a resident sees who used their data, and asks why; the answer is due in working days", async () => {
    const listed = await office.vitrine("my-uses", "--as", "resident-0042");
    expect(listed.code).toBe(0);
    expect(listed.out.match(/^ +why /gm)?.length).toBeGreaterThanOrEqual(9);
    expect(listed.out).toMatch(
      /^complete +complete for what passed gateway gate-1 since /m,
    );
    const [, leaf = ""] =
      /^ +proof +\/proof\/\S+\/([\w-]{43})/m.exec(listed.out) ?? [];
    const asked = await office.vitrine(
      ...["ask", leaf, "--text", "Why did you look?"],
      ...["--as", "resident-0042"],
    );
    expect(asked.code).toBe(0);
    expect(asked.out).toMatch(/^due .*, in 10 working days$/m);
    expect(asked.out).toMatch(/^received +questionReceived q-[0-9a-f]{16} /m);
  }, 60_000);

  test("7:00 the stranger, with one file in an empty folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stranger-"));
    const file = join(folder, "vitrine-verify.mjs");
    copyFileSync(verifier, file);
    const ran = await run(file, [office.address]);
    rmSync(folder, { recursive: true });
    expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/witnesses +1 cosigned size [\d,]+/);
    expect(ran.out).toContain("same machine: not independent");
    expect(ran.out).toContain(
      "not checked  8 of 16 known systems do not pass this gate",
    );
    expect(ran.out).toContain("no --genesis given");
    const other = await run(verifier, [
      office.address,
      "--genesis",
      "A".repeat(43),
    ]);
    expect(other.code).toBe(2);
    expect(other.err).toContain("this is another office");
  });

  test.runIf(spawnSync("python3", ["--version"]).status === 0)(
    "7:00 a second opinion that shares no code (skipped where Python is missing)",
    () => {
      const ran = spawnSync(
        "python3",
        [
          join(root, "test", "independent", "second_opinion.py"),
          office.address,
        ],
        { encoding: "utf8" },
      );
      expect(ran.stdout).toMatch(/charges: no contradiction found\s*$/);
      expect(ran.status).toBe(0);
    },
  );

  test("9:30 killed, started again with the same command, nothing lost", async () => {
    const receipt = join(office.folder, "..", "receipt.json");
    await office.vitrine(
      ...["answer", "degrees", "--number", "D-2019-0042"],
      ...["--name", "Resident 0042", "--as", "qiaolin-recruitment"],
      ...["--receipt", receipt],
    );
    await office.kill("SIGKILL");
    await office.start();
    const ran = await run(verifier, [
      office.address,
      "--receipt",
      receipt,
      "--receipt",
      join(office.folder, "receipts"),
    ]);
    expect(ran.out).toMatch(/receipts +\d+ of \d+ kept; 1 not due yet/);
    expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  });

  test("9:30 taken away: the copy is checked with the office switched off", async () => {
    const copy = join(office.folder, "..", "my-copy");
    const mirrored = await office.vitrine("mirror", office.address, copy);
    expect([mirrored.code, mirrored.err]).toEqual([0, ""]);
    await office.kill("SIGKILL");
    const ran = await run(verifier, [copy]);
    expect(ran.out).toContain(`copy         of ${office.address}, made at `);
    expect(ran.out.trimEnd().split("\n").at(-1)).toMatch(
      /^no contradiction found/,
    );
    expect(ran.code).toBe(0);
    await office.start();
  });

  test("9:30 the paper that the law wants by 31 March is a spreadsheet with its gaps listed, and told as unsent", async () => {
    // The history goes back eighteen months: the office was there in all or a part of last year.
    const year = new Date().getFullYear() - 1;
    const file = join(office.folder, "..", `disclosure-${year}.xlsx`);
    const report = (...args: readonly string[]) =>
      office.vitrine("report", "disclosure", "--year", ...args, "--out", file);
    const ran = await report(String(year), office.address);
    expect([ran.code, ran.err]).toEqual([0, ""]);
    expect(ran.out).toContain(
      `Yearly disclosure of authorised operation ${year}   Lanan Provincial Public Data Office (invented)`,
    );
    expect(ran.out).toContain("in the news only");
    expect(ran.out).toMatch(
      /^ +\d+ {2}Operator: products: the registration code of the product \(/m,
    );
    const book = unzipSync(readFileSync(file));
    const texts = strFromU8(book["xl/sharedStrings.xml"] ?? new Uint8Array());
    for (const text of ["shuren-degrees", "Shuren Operations", "Gap"])
      expect(texts).toContain(`>${text}<`);
    const early = await report("1999", office.address);
    expect(early.code).toBe(2);
    expect(early.err).toContain("its register holds nothing of 1999");
    const page = await fetch(`${office.address}/reports/disclosure`);
    expect(await page.text()).toContain("degrees.answer");
    const due = await fetch(`${office.address}/due.json`);
    const line = `"what":"Disclose what was operated in a year","id":"${year}"`;
    expect(await due.text()).toContain(line);
    // A copy does as well, but not one in which an entry says something else.
    const copy = join(office.folder, "..", "my-copy");
    expect((await report(String(year), copy)).code).toBe(0);
    const bundle = join(copy, "log", "register", "tile", "entries", "000");
    const bytes = readFileSync(bundle);
    bytes.write("Lunan", bytes.indexOf("Lanan"));
    writeFileSync(bundle, bytes);
    const bent = await report(String(year), copy);
    expect([bent.code, bent.out]).toEqual([2, ""]);
    expect(bent.err).toContain(
      "its entries are not those that its checkpoint signs",
    );
  });

  test("the history of the demonstration, decided again: under its own rulebook nothing differs, under a stricter one its tender fails", async () => {
    const simulate = (file: string) =>
      office.vitrine("law", "simulate", file, office.address);
    const stricter = await simulate("examples/rulebooks/stricter.json");
    expect([stricter.code, stricter.err]).toEqual([0, ""]);
    expect(stricter.out).toMatch(
      /authorisation of shuren-operations over degrees .*\n +was +granted\n +would be +refused\n +CN-TND-01 .*Tendering Law Art 24\n.* days 25, wanted 30$/m,
    );
    const { act }: { act: { rulebook: unknown } } = JSON.parse(
      readFileSync(join(root, "examples/office/genesis.json"), "utf8"),
    );
    const file = join(office.folder, "..", "own.json");
    writeFileSync(file, JSON.stringify(act.rulebook));
    const own = await simulate(file);
    expect(own.out).toContain(
      "differently  0 granted would have been refused, 0 refused would have been granted, 0 alike on other grounds",
    );
    const edition = await simulate("1");
    expect([edition.code, edition.err]).toEqual([
      2,
      "Cannot simulate edition 1: it is the only one there is, and what the office rules by; want the file of a rulebook\n",
    ]);
  });
});
