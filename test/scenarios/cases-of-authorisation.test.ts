import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Demonstration, type Ran, root, run, verifier } from "./program.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

/** Cases 2, 3 and 7: who may operate the data, from the files of examples/cases, through the program that users run. */
describe("cases of authorisation", () => {
  let office: Demonstration;
  let cases = "";
  /** Acts that were refused here, each seen to be an entry. */
  let entries = 0;

  beforeAll(async () => {
    office = await Demonstration.make();
    await laid(office.folder);
    await office.start();
    // What opens private papers is kept beside an act: not in the examples.
    cases = join(office.folder, "..", "cases");
    cpSync(join(root, "examples", "cases"), cases, { recursive: true });
  }, LAID_MS_MAX);
  afterAll(() => office.end());

  const file = (folder: string, name: string): string => {
    const found = readdirSync(join(cases, folder)).find((one) =>
      one.startsWith(`${name}-`),
    );
    return join(cases, folder, found ?? name);
  };
  async function granted(folder: string, name: string): Promise<string> {
    const ran = await office.vitrine("act", file(folder, name));
    expect([ran.code, ran.err], ran.out).toEqual([0, ""]);
    entries += 1;
    return ran.out;
  }
  async function refused(folder: string, name: string): Promise<string> {
    const ran = await office.vitrine("act", file(folder, name));
    expect(ran.code, ran.out).toBe(1);
    // The papers of what is refused are not kept.
    expect(ran.err.replace(/^paper {5}Cannot keep paper .*\n/gm, "")).toBe("");
    expect(ran.out).toMatch(/^refused .* entry [\d,]+$/m);
    entries += 1;
    return ran.out;
  }
  const page = async (path: string): Promise<string> =>
    (await fetch(`${office.address}${path}`)).text();
  const isSaid = (said: string, ...lines: readonly RegExp[]) => {
    for (const line of lines) expect(said).toMatch(line);
  };

  test("case 2: everything at once is refused, with an article for each thing that is missing", async () => {
    isSaid(
      await refused("2-franchise", "01"),
      / CN-CMP-02 .*Fair Competition Review Regulation.*\n +missing: procedure.review/,
      / CN-OPS-06 .*Art 9\n +missing: procedure.plan.items/,
      / CN-OPS-07 .*Art 11\n +missing: procedure.planDecision/,
      / CN-OPS-10 .*Art 14\(2\)\n +end none/,
      / CN-CMP-01 .*Anti-Monopoly Law.*\n +missing: exclusivity/,
    );
  }, 60_000);

  test("case 2: step by step, each out of its order or its days is refused", async () => {
    isSaid(await refused("2-franchise", "02"), / CN-OPS-06 .*\n.*lacks exit/);
    await granted("2-franchise", "03");
    isSaid(
      await refused("2-franchise", "04"),
      / V-PROCEDURE .*\n.*step planDecided, next-step review/,
      / CN-CMP-02 .*\n +missing: procedure.review/,
    );
    await granted("2-franchise", "05");
    isSaid(
      await refused("2-franchise", "06"),
      / CN-OPS-07 .*Art 11\n +missing: procedure.planDecision/,
    );
    await granted("2-franchise", "07");
    await granted("2-franchise", "08");
    isSaid(
      await refused("2-franchise", "09"),
      / CN-TND-01 .*Tendering Law Art 24\n.*days 12, wanted 20/,
    );
    const told = await granted("2-franchise", "10");
    expect(told).toContain("V-TOLD");
    await granted("2-franchise", "11");
    await granted("2-franchise", "12");
    isSaid(
      await refused("2-franchise", "13"),
      / CN-TND-03 .*Tendering Regulation Art 54\n.*days 2, wanted 5/,
    );
    await granted("2-franchise", "14");
  }, 240_000);

  test("case 2: an objection by the public stops the award, whatever is tried", async () => {
    await granted("2-franchise", "15");
    expect(await page("/authorisations")).toContain(
      "running; next: objectionAnswered",
    );
    expect(await page("/due")).toContain("Answer an objection to a procedure");
    const award = await refused("2-franchise", "16");
    isSaid(
      award,
      / CN-TND-04 .*Tendering Regulation Art 54\n +missing: procedure.tender.objections.1.answered/,
      /objection franchise-1, step awarded, next-step objectionAnswered/,
      /next lawful step {2}answer every objection/,
    );
    isSaid(
      await refused("2-franchise", "17"),
      / V-PROCEDURE .*\n.*procedure city-franchise, next-step objectionAnswered/,
    );
    const would = await office.vitrine(
      ...["law", "explain", file("2-franchise", "16")],
    );
    isSaid(would.out, /CN-TND-04 +missing +Tendering Regulation Art 54/);
    await granted("2-franchise", "18");
  }, 120_000);

  test("case 2: the withdrawal has a reason that stays, and nothing is awarded behind it", async () => {
    await granted("2-franchise", "19");
    isSaid(await refused("2-franchise", "20"), / V-ENDED /);
    const html = await page("/authorisations");
    isSaid(
      html,
      /withdrawn: disputed/,
      /withdrawn, reason disputed/,
      /objection franchise-1/,
      /Who bid: shuren-operations, qingshi-operations/,
    );
    // The paper behind it is there to be read.
    const view: unknown = JSON.parse(await page("/authorisations.json"));
    expect(JSON.stringify(view)).toContain("withdrawn: disputed");
  }, 60_000);

  test("case 3: without a procedure refused; reported it is confirmed, flagged, and no longer than it was", async () => {
    isSaid(
      await refused("3-health", "1"),
      / CN-OPS-08 .*Art 12\n +missing: procedure/,
      / CN-OPS-06 .*\n +missing: procedure.plan.items/,
      / CN-OPS-07 .*\n +missing: procedure.planDecision/,
    );
    await granted("3-health", "2");
    isSaid(await refused("3-health", "3"), / V-SCOPE /);
    isSaid(
      await granted("3-health", "4"),
      / V-CONFIRMED .*\n.*reported health-two-years/,
    );
    isSaid(
      await page("/authorisations"),
      /health-confirmed, confirms health-two-years/,
      /Not known from the register: how the operator was chosen/,
    );
  }, 60_000);

  test("case 3: what was confirmed for two years ends by itself at the gate", async () => {
    const asked: Ran = await office.vitrine(
      ...["query", "health-visits", "--as", "qingshi-operations"],
    );
    expect(asked.code).toBe(1);
    expect(asked.out).toMatch(
      /authorisation qingshi-health ended \d{4}-\d\d-\d\d 00:00, by itself/,
    );
    expect(await page("/authorisations")).toContain(
      "qingshi-health (not in force), confirms qingshi-health-before",
    );
  }, 60_000);

  test("case 7: a sole partner stands with its ground, its end and its review, or not at all", async () => {
    isSaid(
      await refused("7-sole-partner", "1"),
      / CN-CMP-01 .*Anti-Monopoly Law Art 39.*\n +missing: exclusivity/,
    );
    isSaid(
      await refused("7-sole-partner", "2"),
      / CN-CMP-01 .*\n +conclusion noRestriction/,
    );
    await granted("7-sole-partner", "3");
    isSaid(
      await page("/authorisations"),
      /yes, CN-CMP-02 \(Fair Competition Review Regulation/,
    );
    expect(await page("/due")).toContain("Look again at an exclusive");
  }, 60_000);

  test("case 7: a refusal to another shows who has the data alone, and who is like it", async () => {
    await granted("7-sole-partner", "4");
    isSaid(
      await granted("7-sole-partner", "5"),
      / V-EFFECT .*\n.*authorisation sole-partner, holder shuren-operations/,
    );
    await granted("7-sole-partner", "6");
    isSaid(
      await granted("7-sole-partner", "7"),
      / V-ALIKE .*\n.*permit baihu-freight, organisation baihu-machine-works, class enterprise/,
    );
    expect(await page("/authorisations")).toMatch(
      /baihu-machine-works \(entry [\d,]+\)/,
    );
  }, 60_000);

  test("what another post attests is asked of by name where the rulebook wants it", async () => {
    const genesis: { act: { rulebook: { rules: object[] } } } = JSON.parse(
      readFileSync(join(root, "examples", "office", "genesis.json"), "utf8"),
    );
    const { rulebook } = genesis.act;
    const rules = [...rulebook.rules, { rule: "V-ATTESTED" }];
    await inFile(
      { kind: "rulebookAdopted", rulebook: { ...rulebook, rules } },
      ["head"],
    );
    const would = await office.vitrine(
      ...["law", "explain", file("7-sole-partner", "3")],
    );
    isSaid(
      would.out,
      / V-ATTESTED .*convention ATTESTED\n +missing: procedure.plan.items, the post auditor may attest it/,
      /missing: procedure.agreement.items, the post auditor may attest it/,
    );
  }, 60_000);

  test("every act of the cases is an entry, and a stranger finds no contradiction", async () => {
    const checked = await run(verifier, [office.address]);
    expect(checked.out.trimEnd().split("\n").at(-1)).toBe(
      "no contradiction found",
    );
    expect(checked.code).toBe(0);
    expect(entries).toBeGreaterThan(30);
  }, 120_000);

  async function inFile(act: object, by: readonly string[]): Promise<void> {
    const path = join(office.folder, "act.json");
    writeFileSync(path, JSON.stringify({ by, act }));
    const ran = await office.vitrine("act", path);
    expect([ran.code, ran.err], ran.out).toEqual([0, ""]);
  }
});
