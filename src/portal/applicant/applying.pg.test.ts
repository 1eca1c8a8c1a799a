import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Applying,
  applyingAt,
  begun,
  extent,
  filledIn,
} from "../../../test/applicants.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { primitives } from "../../store/crypto.ts";
import { unseal } from "../../store/openings.ts";
import { commitmentOf } from "../../uses/opening.ts";

/** From an application to the first row: what an organisation does at the pages, and what a post enters of it. */

let office: SmallOffice;
let at: Applying;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("applying")).url);
  at = applyingAt(office);
});
afterAll(async () => {
  await endsInOrder(office, at.web);
  await office.close();
});

const pdf = new File(["%PDF-1.7 invented"], "plan.pdf");

test("an application goes in by steps, waits for the office, is granted, and ends at the first row", async () => {
  const court = await at.as("court");
  expect(await court.text("/account")).toContain("Organisation court");
  const huaxing = await at.as("huaxing");
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
  const act = await at.enterNewest();
  expect(act).toMatchObject({
    ...{ kind: "applicationReceived", application: id, purpose: "trade" },
    ...{ organisation: "huaxing", product: "vehicles.records" },
    on: "2026-11-02",
  });
  expect(await (await at.as("huaxing")).text(path)).toContain(
    "received; being decided",
  );
  await office.granted({
    ...{ kind: "permit", permit: "huaxing-lorries", organisation: "huaxing" },
    ...{ product: "vehicles.records", purpose: "trade", decides: id },
    ...{ fields: ["plate", "make"], where: ["plate"], rowsMax: 50 },
    quota: { steps: 200 },
    to: Date.UTC(2027, 5, 30, 16),
  });
  const again = await at.as("huaxing");
  expect(await again.text(path)).toContain("/account/permits/huaxing-lorries");
  await again.text("/account/permits/huaxing-lorries");
  await again.send("/account/tokens", {
    ...{ permit: "huaxing-lorries", system: "pricing", days: "30" },
  });
  const made = await again.get("/account/tokens/new");
  const page = await made.text();
  expect(made.headers.get("cache-control")).toBe("no-store");
  const [, token = ""] = /id="token">\s*([A-Za-z0-9_-]{43})/.exec(page) ?? [];
  const [, asked = ""] =
    /curl -H [^\n]*(\/data\/[^&]*(?:&amp;[^&"]*)*)&quot;/.exec(page) ?? [];
  const answer = await at.web.ask(asked.replaceAll("&amp;", "&"), {
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
  expect(await again.text("/account/bill.csv")).toContain(
    "huaxing-lorries,2026-11,1,1,1,80,CNY,vehicles-fee,operation-fee,CN-PRC-02",
  );
});

test("what is typed is kept, right or wrong, and comes back after signing in again", async () => {
  const first = await at.as("huaxing");
  const path = await begun(first, "vehicles.records");
  await first.text(`${path}/purpose`);
  const wrong = await first.send(`${path}/purpose`, {
    ...{ purpose: "none", text: "Half a <sentence>" },
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/id="purpose-wrong">Choose one/);
  const second = await at.as("huaxing");
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
  // The button that throws it away stands behind another one.
  expect(await second.text(`${path}/purpose`)).toMatch(
    /<details><summary>Throw this draft away<\/summary><form[\s\S]*?Yes, throw it away/,
  );
  await second.send(`${path}/discard`, {});
  expect((await second.send(`${path}/purpose`, {})).status).toBe(404);
});

test("no field is ticked before somebody ticks it; a button ticks all of them, and keeps what was typed", async () => {
  const huaxing = await at.as("huaxing");
  const path = `${await begun(huaxing, "vehicles.records")}/extent`;
  const boxes = async () => {
    const page = await huaxing.text(path);
    return [
      page.match(/type="checkbox"[^>]* checked/g)?.length ?? 0,
      page.match(/type="checkbox"/g)?.length ?? 0,
    ];
  };
  const [ticked, all] = await boxes();
  expect(ticked).toBe(0);
  const sent = await huaxing.send(path, { tick: "all", rowsMax: "7" });
  expect(sent.headers.get("location")).toBe(path);
  expect(await boxes()).toEqual([all, all]);
  expect(await huaxing.text(path)).toContain('value="7"');
});

test("papers are sealed, given back to whoever brought them alone, and taken by what they are", async () => {
  const huaxing = await at.as("huaxing");
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
  const other = await at.as("other");
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
