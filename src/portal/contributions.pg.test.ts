import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  datasets,
  DAY,
  fee,
  granting,
  organisation,
  permit,
  product,
  revocation,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  refuses,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import type { Act, ActOf } from "../acts/act.ts";
import { toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { primitives } from "../store/crypto.ts";
import type { Plan } from "../uses/plan.ts";
import { receipt } from "../uses/receipt.ts";

const NASTY = "<script>alert(1)</script>";
/** Not lent by whoever asks: what it was asked for stands on no page. */
const SOUGHT = "Make 3";
const TERMS = utf8ToBytes("Terms (invented)");
let office: SmallOffice;
let web: Web;

const lending = (now: number): readonly Act[] => {
  const to = now - (now % DAY) + 400 * DAY;
  return [
    { ...organisation("rail"), title: `Rail ${NASTY}` },
    organisation("small", "smallEnterprise"),
    {
      kind: "contribution",
      contribution: "rail-data",
      title: "Data of the rail company",
      contributor: "rail",
      terms: {
        kind: "terms",
        paper: toBase64url(primitives.sha256(TERMS)),
        size: TERMS.length,
      },
      purposes: ["trade"],
      noticeDays: 30,
      to,
    },
    trains,
    product({
      product: "trains.records",
      title: "Trains",
      content: [{ dataset: "trains", fields: ["make", "year"] }],
      purposes: ["trade"],
    }),
    {
      kind: "feeCeiling",
      ceiling: "trains-max",
      product: "trains.records",
      amount: 500,
      currency: "CNY",
      unit: "step",
      to: Date.UTC(2040, 0, 1),
    },
    trainFee("trains-fee", 80),
    trainFee("trains-small", 20, { classes: ["smallEnterprise"] }),
    trainPermit("huaxing"),
    trainPermit("small"),
    trainPermit("other"),
  ];
};
const trains: ActOf<"dataset"> = {
  kind: "dataset",
  dataset: "trains",
  title: "Trains",
  system: "registers",
  contribution: "rail-data",
  fields: ["make", "year"].map((name) => ({
    name,
    type: "text",
    meaning: `The ${name}`,
    classification: "restricted",
    identifier: false,
  })),
};
const trainFee: typeof fee = (id, amount, change) =>
  fee(id, amount, {
    product: "trains.records",
    payee: { organisation: "rail" },
    ground: "contributor-fee",
    ...change,
  });
const trainPermit = (id: string) =>
  permit({
    permit: `${id}-trains`,
    organisation: id,
    product: "trains.records",
    fields: ["make", "year"],
    where: ["make"],
  });
const plan: Plan = {
  form: "records",
  dataset: "trains",
  fields: ["make"],
  where: [{ field: "make", op: "eq", value: SOUGHT }],
  order: [],
  limit: 15,
};

/** What is lent needs a provision that lets contributors be paid, and a post that takes it. */
async function lendingOffice(): Promise<SmallOffice> {
  const made = await SmallOffice.open((await schemaFor("contributions")).url);
  const { rulebook, posts } = made.founding();
  await made.found({
    rulebook: {
      ...rulebook,
      grounds: [
        ...rulebook.grounds,
        {
          ground: "contributor-fee",
          rule: "LANAN-CON-01",
          payee: "contributor",
          purposes: ["industry"],
        },
      ],
    },
    posts: posts.map((one) =>
      one.post === "head"
        ? { ...one, powers: [...one.powers, "contribute"] }
        : one,
    ),
  });
  for (const act of granting(made.gatewayKey, made.recordsKey))
    await made.granted(act);
  for (const act of datasets) await made.load(act);
  for (const act of lending(made.clock.now))
    if (act.kind === "contribution") await made.granted(act, "head");
    else await made.granted(act);
  await made.load(
    trains,
    Array.from({ length: 60 }, (_, i) => ({
      make: `Make ${i % 5}`,
      year: String(1990 + (i % 30)),
    })),
  );
  await made.house.tick();
  return made;
}

beforeAll(async () => {
  office = await lendingOffice();
  web = webOf(office);
  await office.answered(plan, "huaxing");
  await office.answered(plan, "huaxing");
  await office.answered(plan, "small");
  await office.granted(revocation("other-trains"));
  // The view says no more than what is public.
  await office.passHour();
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const billed = z.object({ price: z.unknown(), receipt });
const view = async (path = "/contributions/rail-data.json") => {
  const response = await web.ask(path);
  expect(response.status).toBe(200);
  const body: unknown = await response.json();
  return body;
};
/** Permits that the front page calls usable. */
const permitsShown = async () =>
  prices.parse(await view("/index.json")).prices.map(({ permit: id }) => id);
const prices = z.object({ prices: z.array(z.object({ permit: z.string() })) });
const page = async (path: string): Promise<string> => {
  const response = await web.ask(path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
  return response.text();
};

test("a contributor sees who uses its data: organisation, purpose, month, units, charge, and who is paid", async () => {
  const month = "2026-11";
  const used = { month, product: "trains.records", purpose: "trade" };
  const paid = { currency: "CNY", payee: `Rail ${NASTY}` };
  expect(await view()).toMatchObject({
    contribution: "rail-data",
    contributor: `Rail ${NASTY}`,
    state: "in force",
    byNotice: false,
    noticeDays: 30,
    datasets: ["trains"],
    purposes: ["trade"],
    products: [
      {
        product: "trains.records",
        form: "records",
        dataset: "trains",
        state: "in force",
        prices: [
          {
            fee: "trains-fee",
            classes: ["enterprise"],
            amount: 80,
            ground: "contributor-fee",
          },
          { fee: "trains-small", classes: ["smallEnterprise"], amount: 20 },
        ],
      },
    ],
    permits: [
      { permit: "huaxing-trains", state: "in force" },
      { permit: "small-trains", class: "smallEnterprise", state: "in force" },
      {
        permit: "other-trains",
        state: "over",
        endedByEntry: expect.any(Number),
      },
    ],
    uses: [
      {
        ...used,
        ...paid,
        permit: "huaxing-trains",
        organisation: "Organisation huaxing",
        uses: 2,
        calls: 2,
        steps: 4,
        charged: 320,
      },
      {
        ...used,
        ...paid,
        permit: "small-trains",
        organisation: "Organisation small",
        uses: 1,
        steps: 2,
        charged: 40,
      },
    ],
    charged: { CNY: 360 },
  });
});

test("uses of what somebody else holds are not there, nor is any value that was asked for", async () => {
  const before = await view();
  await office.answered({ ...plan, dataset: "vehicles", where: [] }, "huaxing");
  expect(await view()).toEqual(before);
  expect(JSON.stringify(before)).not.toContain(SOUGHT);
  expect(await page("/contributions/rail-data")).not.toContain(SOUGHT);
});

test("a bill says who is paid, on which ground, and what a smaller class is spared", async () => {
  const bills = [];
  for (const who of ["small", "huaxing"]) {
    const response = await web.post(
      "/query",
      JSON.stringify({ plan }),
      await asking(office, who),
    );
    const { price, receipt } = billed.parse(await response.json());
    office.receipts.push(receipt);
    bills.push(price);
  }
  const both = {
    currency: "CNY",
    because: "fee",
    payee: `Rail ${NASTY}`,
    ceiling: 500,
    ground: "contributor-fee",
    rule: "LANAN-CON-01",
    unit: "step",
  };
  expect(bills).toEqual([
    {
      ...both,
      amount: 40,
      fee: "trains-small",
      class: "smallEnterprise",
      rate: 20,
      fullRate: 80,
    },
    { ...both, amount: 160, fee: "trains-fee", class: "enterprise", rate: 80 },
  ]);
});

test("the page says the same, and runs nothing that a name holds", async () => {
  await office.passHour();
  const html = await page("/contributions/rail-data");
  expect(html).not.toContain(NASTY);
  const text = html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  expect(text).toContain("Charged for Rail &lt;script&gt;");
  expect(text).toContain("5.60 CNY");
  expect(text).toContain("Organisation huaxing Trains Trade 3 3 6 4.80");
  expect(text).toContain("0.20 CNY per step to Rail");
  expect(text).toContain("The terms allow: Trade.");
  expect(text).toContain("ended by entry");
  expect(html).toContain('href="/contributions/rail-data.json"');
});

test("the terms are the paper that the act names", async () => {
  const body = await view();
  const digest = Buffer.from(primitives.sha256(TERMS)).toString("hex");
  expect(body).toHaveProperty("terms", `/paper/${digest}`);
  const put = await web.ask(`/paper/${digest}`, {
    method: "PUT",
    body: TERMS.slice(),
  });
  expect(put.status).toBe(201);
  const terms = await web.ask(`/paper/${digest}`);
  expect(await terms.text()).toBe("Terms (invented)");
});

test("everything that was lent stands in one list, which the front page leads to", async () => {
  expect(await view("/contributions.json")).toMatchObject({
    contributions: [{ contribution: "rail-data", state: "in force" }],
  });
  expect(await page("/contributions")).toContain(
    'href="/contributions/rail-data"',
  );
  expect(await page("/")).toContain('href="/contributions"');
});

test("what nobody lent is not there, and what was lent has one spelling", async () => {
  for (const end of ["", ".json"]) {
    const nobodys = await web.ask(`/contributions/road-data${end}`);
    expect(nobodys.status).toBe(404);
    expect(await refusedIn(nobodys)).toMatchObject({
      code: "notFound",
      message: "No contribution road-data was entered",
      rule: "V-REF",
    });
    for (const id of ["Rail-data", "%72ail-data", "%3Cscript%3E", "..%2fkeys"])
      await refuses(web.ask(`/contributions/${id}${end}`), [
        400,
        /want the id as it is registered/,
      ]);
  }
});

test("notice is given, and after its hour the page says that nothing is served any more", async () => {
  expect(await permitsShown()).toContain("huaxing-trains");
  const { now } = office.clock;
  const ends = now - (now % DAY) + 31 * DAY;
  await office.granted(
    {
      kind: "contributionNotice",
      contribution: "rail-data",
      ends,
      reason: "request",
    },
    "head",
  );
  expect(await view()).toMatchObject({ state: "in force", byNotice: true });
  expect(await page("/contributions/rail-data")).toContain("notice was given");
  while (office.clock.now < ends) await office.pass(DAY);
  expect(await office.ask(plan, "huaxing")).toMatchObject({
    outcome: "refused",
    findings: [
      {
        rule: "I2",
        facts: [
          ["contribution", "rail-data"],
          ["until", ends],
        ],
      },
    ],
  });
  const refused = await refusedIn(
    await web.post(
      "/query",
      JSON.stringify({ plan }),
      await asking(office, "huaxing"),
    ),
  );
  expect(refused.message).toMatch(
    /^contribution rail-data ended [\d-]+ 08:00: its holder lends it no longer$/,
  );
  expect(refused.findings?.map(({ next }) => next)).toEqual([
    "a new contribution in place of the one that ended",
  ]);
  expect(await permitsShown()).not.toContain("huaxing-trains");
  expect(await view()).toMatchObject({
    state: "over",
    uses: [{ uses: 3 }, { uses: 2 }],
    charged: { CNY: 560 },
  });
  expect(await page("/contributions/rail-data")).toContain(
    "Nothing of it is served any more",
  );
});
