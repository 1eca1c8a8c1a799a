import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { actOfIncoming } from "../../accounts/incoming-acts.ts";
import { IncomingItems } from "../../accounts/incoming.ts";
import type { Act } from "../../acts/act.ts";
import { accountsOf } from "../../cli/running.ts";
import { primitives } from "../../store/crypto.ts";
import { unseal } from "../../store/openings.ts";
import { commitmentOf } from "../../uses/opening.ts";
import type { Persona } from "../account/personas.ts";

/** From an application to the first row: what an organisation does at the pages, and what a post enters of it. */

let office: SmallOffice;
let web: Web;
let incoming: IncomingItems;
const organisation = (name: string): Persona => ({
  name,
  who: { kind: "organisation", organisation: name, account: "" },
});
const personas: readonly Persona[] = [
  ...["huaxing", "other", "newcomer", "court"].map(organisation),
  { name: "registrar", who: { kind: "official", person: 2 } },
];

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("applying")).url);
  const { house, clock } = office;
  incoming = new IncomingItems(house.sql, house.keys.seal, () => clock.now);
  web = webOf(office, {
    demonstration: true,
    ...accountsOf(house, () => clock.now),
    personas: {
      list: () => Promise.resolve(personas),
      sign: () => Promise.resolve(undefined),
    },
  });
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function asPersona(persona: string): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  const sent = await browser.send("/sign-in/demonstration", {
    ...{ persona, to: "/" },
  });
  expect(sent.headers.get("location")).toBe("/account");
  return browser;
}

/** Begins an application and gives its address. */
async function begun(who: Visitor, product: string): Promise<string> {
  await who.text(`/account/applications/new?product=${product}`);
  const sent = await who.send("/account/applications/new", { product });
  expect(sent.status).toBe(303);
  const to = sent.headers.get("location") ?? "";
  expect(to).toMatch(/^\/account\/applications\/ap-[0-9a-f]{16}\/purpose$/);
  return to.replace(/\/purpose$/, "");
}

const extent = {
  ...{ fields: ["plate", "make"], where: ["plate"] },
  ...{ rowsMax: "50", calls: "", steps: "200", from: "", to: "2027-06-30" },
};
const pdf = new File(["%PDF-1.7 invented"], "plan.pdf");

/** All steps but the last. */
async function filledIn(who: Visitor, path: string): Promise<void> {
  const said = { purpose: "trade", text: "We price lorries." };
  await who.text(`${path}/purpose`);
  const purpose = await who.send(`${path}/purpose`, said);
  expect(purpose.headers.get("location")).toBe(`${path}/extent`);
  const much = await who.send(`${path}/extent`, extent);
  expect(much.headers.get("location")).toBe(`${path}/papers`);
}

/** As the post would by one click: what came in first is entered by the act that follows from it. */
async function enter(id: string): Promise<Act> {
  const item = await incoming.open(id);
  const { register } = office.house.office;
  const act =
    item === undefined
      ? undefined
      : actOfIncoming(register, item, office.clock.now);
  if (act === undefined) throw new Error(`Cannot enter ${id}`);
  const by = act.kind === "organisation" ? "registrar" : "permit-officer";
  await office.granted(act, by);
  await office.house.office.publish();
  expect(await incoming.settle(id, "entered")).toBe(true);
  return act;
}

async function newest(): Promise<string> {
  return (await incoming.list("waiting")).at(-1)?.id ?? "";
}

test("an application goes in by steps, waits for the office, is granted, and ends at the first row", async () => {
  const court = await asPersona("court");
  expect(await court.text("/account")).toContain("Organisation court");
  const huaxing = await asPersona("huaxing");
  const path = await begun(huaxing, "vehicles.records");
  await filledIn(huaxing, path);
  const id = path.split("/").at(-1) ?? "";
  await huaxing.upload(`${path}/papers`, { more: "yes" }, [["papers", pdf]]);
  expect(await huaxing.text(`${path}/papers`)).toContain("plan.pdf");
  expect((await huaxing.send(`${path}/papers`, {})).status).toBe(303);

  const send = await huaxing.text(`${path}/send`);
  expect(send).toContain("would break no rule now");
  expect(send).toContain("0.80 CNY for each step of 10 rows");
  expect(send).toContain("160.00 CNY");
  expect(send).toContain("Organisation other");
  expect(send).toContain("This is a trial and not the decision");
  expect((await huaxing.send(`${path}/send`, {})).headers.get("location")).toBe(
    path,
  );
  expect(await huaxing.text(path)).toContain("the office has to enter it");
  // What is sent twice is there once.
  expect((await huaxing.send(`${path}/send`, {})).status).toBe(404);

  await office.pass(2 * DAY);
  const act = await enter(await newest());
  expect(act).toMatchObject({
    ...{ kind: "applicationReceived", application: id, purpose: "trade" },
    ...{ organisation: "huaxing", product: "vehicles.records" },
    on: "2026-11-02",
  });
  expect(await (await asPersona("huaxing")).text(path)).toContain(
    "received; being decided",
  );
  await office.granted({
    ...{ kind: "permit", permit: "huaxing-lorries", organisation: "huaxing" },
    ...{ product: "vehicles.records", purpose: "trade", decides: id },
    ...{ fields: ["plate", "make"], where: ["plate"], rowsMax: 50 },
    quota: { steps: 200 },
    to: Date.UTC(2027, 5, 30, 16),
  });
  const again = await asPersona("huaxing");
  expect(await again.text(path)).toContain("/account/permits/huaxing-lorries");
  await again.text("/account/permits/huaxing-lorries");
  const made = await again.send("/account/tokens", {
    ...{ permit: "huaxing-lorries", system: "pricing", days: "30" },
  });
  const page = await made.text();
  expect(made.headers.get("cache-control")).toBe("no-store");
  const [, token = ""] = /id="token">\s*([A-Za-z0-9_-]{43})/.exec(page) ?? [];
  const [, asked = ""] =
    /curl -H [^\n]*(\/data\/[^&]*(?:&amp;[^&"]*)*)&quot;/.exec(page) ?? [];
  const answer = await web.ask(asked.replaceAll("&amp;", "&"), {
    headers: { Authorization: `Bearer ${token}` },
  });
  const body = await answer.json();
  expect(body).toMatchObject({
    answer: { rows: [{ plate: "P0" }, {}, {}, {}, {}] },
  });

  const permit = await again.text("/account/permits/huaxing-lorries");
  expect(permit).toContain("199 steps left");
  expect(permit).toContain("0.80 CNY");
  expect(permit).not.toContain(token);
  const checked = await again.send("/account/receipts", {
    receipt: JSON.stringify(body),
  });
  expect(await checked.text()).toContain(
    "It holds. Its promise is not due yet",
  );
  expect(await await again.text("/account/bill.csv")).toContain(
    "huaxing-lorries,2026-11,1,1,1,80,CNY,vehicles-fee,operation-fee,CN-PRC-02",
  );
});

test("what is typed is kept, right or wrong, and comes back after signing in again", async () => {
  const first = await asPersona("huaxing");
  const path = await begun(first, "vehicles.records");
  await first.text(`${path}/purpose`);
  const wrong = await first.send(`${path}/purpose`, {
    ...{ purpose: "none", text: "Half a <sentence>" },
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/id="purpose-wrong">Choose one/);
  const second = await asPersona("huaxing");
  expect(await second.text(`${path}/purpose`)).toContain(
    "Half a &lt;sentence&gt;",
  );
  expect(await second.text("/account")).toContain(path);
  const much = await second.send(`${path}/extent`, {
    ...extent,
    ...{ fields: [], rowsMax: "5000", steps: "many", to: "2026-02-30" },
  });
  expect(much.status).toBe(422);
  const page = await much.text();
  for (const field of ["fields", "rowsMax", "steps", "to"])
    expect(page).toContain(`id="${field}-wrong"`);
  expect(page).toContain('value="many"');
  // Nothing is handed in that has something wrong with it.
  const send = await second.send(`${path}/send`, {});
  expect(send.headers.get("location")).toBe(`${path}/purpose?mend=yes`);
  const [row] = await office.house.sql<
    { all: string }[]
  >`select string_agg(encode(sealed, 'escape') || owner, '') as all from application_draft`;
  expect(row?.all).not.toMatch(/huaxing|sentence|vehicles/);
  await second.send(`${path}/discard`, {});
  expect((await second.send(`${path}/purpose`, {})).status).toBe(404);
});

test("papers are sealed, given back to whoever brought them alone, and taken by what they are", async () => {
  const huaxing = await asPersona("huaxing");
  const path = await begun(huaxing, "vehicles.records");
  await huaxing.text(`${path}/papers`);
  const put = (file: File) =>
    huaxing.upload(`${path}/papers`, { more: "yes" }, [["papers", file]]);
  for (const file of [
    new File(["<script>alert(1)</script>"], "page.html"),
    new File(["MZ no pdf"], "plan.pdf"),
  ]) {
    const refused = await put(file);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("none of the kinds");
  }
  expect((await put(pdf)).status).toBe(303);
  const page = await huaxing.text(`${path}/papers`);
  const [, commitment = ""] =
    /\/account\/papers\/([A-Za-z0-9_-]{43})/.exec(page) ?? [];
  const [kept] = await office.house.sql<
    { sealed: Buffer; name: Buffer }[]
  >`select sealed, sealed_name as name from applicant_paper where commitment = ${commitment}`;
  expect(kept?.sealed.includes("invented")).toBe(false);
  expect(kept?.name.includes("plan")).toBe(false);
  const opened = unsealed(kept?.sealed ?? Buffer.alloc(0));
  expect(
    commitmentOf(primitives, {
      nonce: opened.subarray(0, 32),
      content: opened.subarray(32),
    }),
  ).toBe(commitment);
  const other = await asPersona("other");
  for (const address of [
    `/account/papers/${commitment}`,
    ...[path, `${path}/purpose`, `${path}/send`],
    "/account/permits/huaxing-vehicles",
  ])
    expect(await other.text(address)).toContain("Status 404");
  await huaxing.text(`${path}/papers`);
  await huaxing.upload(`${path}/papers`, { drop: commitment }, []);
  expect(await huaxing.text(`${path}/papers`)).not.toContain("plan.pdf");
});

function unsealed(sealed: Buffer): Buffer {
  return unseal(office.house.keys.seal, sealed);
}
