import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../files.ts";
import { nextMinute, program, type Ran, run, verifier } from "./program.ts";
import {
  endAll,
  home,
  lay,
  READY,
  type Start,
  start,
  until,
} from "./starting.ts";

/** Case 9: a university and a technology firm lend datasets, which export manufacturers use through the province's office. */
describe("data for the export manufacturers", () => {
  const folder = join(home, "lending");
  const own = join(home, "yuehu");
  let office: Start;

  beforeAll(async () => {
    // The university gave notice 45 days ago, and its data went back ten days ago.
    const examples = join(home, "examples");
    cpSync(join(root, "examples"), examples, { recursive: true });
    writeFileSync(
      join(examples, "office", "7-taken-back.json"),
      JSON.stringify([
        {
          day: -45,
          at: "09:00",
          by: ["head"],
          act: {
            kind: "contributionNotice",
            contribution: "university-markets",
            ends: "@-10",
            reason: "request",
          },
        },
      ]),
    );
    await lay(folder, -40, examples);
    mkdirSync(own);
    writeFileSync(
      join(own, "terms.txt"),
      "Lent for the promotion of exports.\n",
    );
    office = await start(folder);
    await until(office, READY);
  }, 300_000);

  afterAll(endAll);

  const vitrine = (...args: readonly string[]): Promise<Ran> =>
    run(program, args, { VITRINE_DEMO: folder, VITRINE_URL: office.address });
  /** What everybody sees of a contribution, once its uses are public: when their minute has ended. */
  async function shown(contribution: string, wanted: string): Promise<Ran> {
    for (const end = Date.now() + 150_000; ; await nextMinute()) {
      const seen = await vitrine("contributions", contribution);
      if (seen.out.includes(wanted) || Date.now() > end) return seen;
    }
  }
  let files = 0;
  /** Signs and submits an act as its file says it. */
  const submit = (act: object, ...as: readonly string[]): Promise<Ran> => {
    const file = join(own, `${++files}.json`);
    writeFileSync(file, JSON.stringify(act));
    return vitrine("act", file, "--as", ...as);
  };
  async function granted(act: object, ...as: readonly string[]): Promise<void> {
    const ran = await submit(act, ...as);
    expect([ran.code, ran.err], ran.out).toEqual([0, ""]);
    expect(ran.out).toMatch(/^granted /);
  }
  async function refused(
    act: object,
    ...as: readonly string[]
  ): Promise<string> {
    const ran = await submit(act, ...as);
    expect(ran.code, ran.out + ran.err).toBe(1);
    expect(ran.out).toMatch(/^refused /);
    return ran.out;
  }
  const json = async (path: string): Promise<unknown> => {
    const response = await fetch(`${office.address}${path}`);
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    return body;
  };

  const download = (dataset: string, headers: Record<string, string> = {}) => {
    const file = join(folder, "keys", "tokens.json");
    const tokens: Record<string, string> = JSON.parse(
      readFileSync(file, "utf8"),
    );
    const Authorization = `Bearer ${tokens["sanhe-textiles"] ?? ""}`;
    return fetch(`${office.address}/files/${dataset}.parquet`, {
      headers: { Authorization, ...headers },
    });
  };

  test("a holder that is no public body lends a dataset with its terms, its end and its price", async () => {
    await granted(firm, "registrar");
    expect(await refused(tariffs, "registrar")).toContain(
      "contribution yuehu-tariffs",
    );
    const { to: _, ...endless } = lending;
    expect(await refused(endless, "head")).toMatch(/ I5 +.*an end/);
    await granted(lending, "head");
    await granted(tariffs, "registrar");
    writeFileSync(join(own, "tariffs.csv"), TARIFFS);
    const imported = await vitrine(
      ...["import", join(own, "tariffs.csv"), "--dataset", "tariffs"],
      ...["--folder", folder],
    );
    expect(imported.out).toMatch(/^vintage +tariffs +250 rows/m);
    expect(
      await refused(
        { ...product, purposes: ["research"] },
        ...["pricing-officer", "head"],
      ),
    ).toMatch(/V-SCOPE .*\n +contribution yuehu-tariffs, purpose research/);
    await granted(product, "pricing-officer", "head");
    expect(await refused(fee, "pricing-officer", "head")).toContain(
      "CN-PRC-03",
    );
    await granted(ceiling, "price-authority");
    const elsewhere = { organisation: "shuren-operations" };
    expect(
      await refused({ ...fee, payee: elsewhere }, "pricing-officer", "head"),
    ).toContain("authorisation-of shuren-operations, product tariffs.records");
    await granted(fee, "pricing-officer", "head");
    await granted(smallFee, "pricing-officer", "head");
  }, 300_000);

  test("a company finds it with its terms, is refused without a permit, and gets one for its purpose", async () => {
    expect(await json("/datasets/tariffs")).toMatchObject({
      dataset: { title: "Tariffs", contribution: "yuehu-tariffs" },
    });
    const lent = await json("/contributions/yuehu-tariffs.json");
    expect(lent).toMatchObject({
      contributor: "Yuehu Instruments",
      state: "in force",
      noticeDays: 30,
      purposes: ["export-promotion"],
      products: [
        {
          product: "tariffs.records",
          prices: [
            {
              payee: "Yuehu Instruments",
              amount: 150,
              classes: ["enterprise"],
            },
            { amount: 50, classes: ["smallEnterprise"] },
          ],
        },
      ],
      permits: [],
      uses: [],
    });
    const { terms } = lent as { terms: string };
    expect(await (await fetch(office.address + terms)).text()).toBe(
      "Lent for the promotion of exports.\n",
    );
    const without = await vitrine("query", "tariffs", "--as", "sanhe-textiles");
    expect(without.code).toBe(1);
    expect(without.out).toContain("no permit for product tariffs.records");
    await granted(permit("sanhe-textiles"), "permit-officer");
    await granted(permit("baihu-machine-works"), "permit-officer");
  }, 120_000);

  test("its bill says who is paid, the ground, and the discount of its class", async () => {
    const small = await vitrine(
      ...["query", "tariffs", "--where", "chapter=50", "--limit", "200"],
      ...["--as", "sanhe-textiles"],
    );
    expect(small.code).toBe(0);
    expect(small.out).toContain("5.25");
    expect(small.out).toMatch(
      /^price +0\.50 CNY to Yuehu Instruments \(ceiling 2\.00\)\nground +contribution-fee \(LANAN-CON-01\): 0\.50 CNY per step for smallEnterprise instead of 1\.50 CNY \(discount\)$/m,
    );
    const large = await vitrine(
      ...["query", "tariffs", "--limit", "200", "--as", "baihu-machine-works"],
    );
    expect(large.out).toMatch(
      /^price +3\.00 CNY to Yuehu Instruments \(ceiling 2\.00\)\nground +contribution-fee \(LANAN-CON-01\): 1\.50 CNY per step for enterprise$/m,
    );
  }, 120_000);

  test("it takes the whole as one file, with its ranges, where a product and a permit say so", async () => {
    const { form: _, ...offer } = product;
    await granted(
      { ...offer, product: "tariffs.file", form: "file" },
      ...["pricing-officer", "head"],
    );
    const file = { ...permit("sanhe-textiles"), product: "tariffs.file" };
    await granted(
      { ...file, permit: "sanhe-file", where: [] },
      "permit-officer",
    );
    const whole = await download("tariffs");
    expect(whole.status).toBe(200);
    expect(whole.headers.get("vitrine-price")).toBe("0");
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe("PAR1");
    const part = await download("tariffs", { Range: "bytes=0-3" });
    expect([part.status, await part.text()]).toEqual([206, "PAR1"]);
    expect((await download("freight-rates")).status).toBe(403);
  }, 120_000);

  test("the contributor sees who uses its data, and everybody sees the same", async () => {
    const seen = await shown("yuehu-tariffs", "3.50 CNY for Yuehu Instruments");
    expect(seen.code).toBe(0);
    expect(seen.out).toContain("charged   3.50 CNY for Yuehu Instruments");
    expect(seen.out).toMatch(
      /^\d{4}-\d\d +Sanhe Textiles +tariffs\.records +1 +1 +1 +0\.50 CNY +Yuehu Instruments$/m,
    );
    expect(seen.out).toMatch(
      /^\d{4}-\d\d +Baihu Machine Works +tariffs\.records +1 +1 +2 +3\.00 CNY +Yuehu Instruments$/m,
    );
    const page = await fetch(`${office.address}/contributions/yuehu-tariffs`);
    const html = await page.text();
    expect(html).toContain("Sanhe Textiles");
    expect(html).toContain("3.50 CNY");
    const all = await vitrine("contributions");
    expect(all.out).toMatch(
      /^heshu-freight +Heshu Technology +freight-rates /m,
    );
    const none = await vitrine("contributions", "nobodys-data");
    expect(none.code).toBe(2);
    expect(none.err).toContain("No contribution nobodys-data was entered");
  }, 240_000);

  test("it takes its data back with the notice that was agreed, not from one day to the next", async () => {
    const notice = {
      kind: "contributionNotice",
      contribution: "yuehu-tariffs",
      reason: "request",
    };
    expect(await refused({ ...notice, ends: "@+29" }, "head")).toMatch(
      /V-NOTICE .*\n +ends \d{4}-\d\d-\d\d 00:00, earliest \d{4}-/,
    );
    await granted({ ...notice, ends: "@+31" }, "head");
    const until = await vitrine("contributions", "yuehu-tariffs");
    expect(until.out).toContain("(notice was given); 30 days of notice");
    const still = await vitrine("query", "tariffs", "--as", "sanhe-textiles");
    expect(still.code).toBe(0);
  }, 120_000);

  test("what the university took back is refused since that hour, and says why", async () => {
    const over = await vitrine(
      ...["query", "export-markets", "--as", "sanhe-textiles"],
    );
    expect(over.code).toBe(1);
    expect(over.out).toMatch(
      /^refused +contribution university-markets ended \d{4}-\d\d-\d\d 00:00: its holder lends it no longer$/m,
    );
    expect(over.out).toContain(
      "what would have to be true: a new contribution in place of the one that ended",
    );
    const file = await download("export-markets");
    expect(file.status).toBe(403);
    expect(await file.text()).toContain("its holder lends it no longer");
    const seen = await vitrine("contributions", "university-markets");
    expect(seen.out).toMatch(/^state +over, .*\(notice was given\)/m);
    // It was used under the notice, to its end.
    expect(seen.out).toMatch(/Sanhe Textiles +export-markets\.records +[246] /);
  }, 120_000);

  test("a stranger finds no contradiction in any of it", async () => {
    const ran = await run(verifier, [office.address]);
    expect(ran.out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
    expect(ran.code).toBe(0);
  }, 120_000);
});

const firm = {
  kind: "organisation",
  organisation: "yuehu-instruments",
  title: "Yuehu Instruments",
  class: "enterprise",
};
const lending = {
  kind: "contribution",
  contribution: "yuehu-tariffs",
  title: "Tariffs of export markets",
  contributor: "yuehu-instruments",
  terms: { $paper: "terms.txt", kind: "terms" },
  purposes: ["export-promotion"],
  noticeDays: 30,
  to: "@+300",
};
const field = (name: string, type = "text") => ({
  name,
  type,
  meaning: `The ${name}`,
  classification: "restricted",
  identifier: false,
});
const tariffs = {
  kind: "dataset",
  dataset: "tariffs",
  title: "Tariffs",
  system: "company-register",
  fields: [
    field("chapter", "integer"),
    field("market"),
    field("tariff", "decimal"),
  ],
  contribution: "yuehu-tariffs",
};
const TARIFFS = [
  "chapter,market,tariff",
  ...Array.from(
    { length: 250 },
    (_, i) => `${(i % 90) + 1},Market ${i % 20},${(i % 90) / 10 + 0.35}`,
  ),
].join("\n");
const product = {
  kind: "product",
  product: "tariffs.records",
  title: "Tariffs",
  content: [{ dataset: "tariffs", fields: ["chapter", "market", "tariff"] }],
  form: "records",
  purposes: ["export-promotion"],
  rowsMax: 1000,
  rowsPerStep: 100,
};
const ceiling = {
  kind: "feeCeiling",
  ceiling: "tariffs-ceiling",
  product: "tariffs.records",
  amount: 200,
  currency: "CNY",
  unit: "step",
  to: "@+300",
};
const fee = {
  kind: "feeStandard",
  fee: "tariffs-fee",
  product: "tariffs.records",
  payee: { organisation: "yuehu-instruments" },
  classes: ["enterprise"],
  amount: 150,
  currency: "CNY",
  unit: "step",
  ground: "contribution-fee",
  to: "@+300",
};
const smallFee = {
  ...fee,
  fee: "tariffs-small",
  classes: ["smallEnterprise"],
  amount: 50,
};
const permit = (organisation: string) => ({
  kind: "permit",
  permit: `${organisation}-tariffs`,
  organisation,
  product: "tariffs.records",
  purpose: "export-promotion",
  fields: ["chapter", "market", "tariff"],
  where: ["chapter", "market"],
  rowsMax: 1000,
  quota: { calls: 1000 },
  to: "@+200",
});
