import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { anOpening } from "../../../test/story-procedure-steps.ts";
import { paperOf } from "../../../test/story-founding.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { IncomingItems } from "../../accounts/incoming.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Persona } from "../account/personas.ts";

/** What can be objected to now, and how an objection comes to the post that enters it. */

let office: SmallOffice;
let web: Web;
let incoming: IncomingItems;
const personas: readonly Persona[] = [
  {
    name: "resident-0007",
    who: { kind: "citizen", by: "subject", person: "N7", subject: "N7" },
  },
  {
    name: "huaxing",
    who: { kind: "organisation", organisation: "huaxing", account: "" },
  },
  { name: "registrar", who: { kind: "official", person: 2 } },
];
const day = (at: number): string => showInstant(at, 0).slice(0, 10);
const documents = `/objections/procedure/vehicles-2026`;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("objections")).url);
  const { house, clock } = office;
  incoming = new IncomingItems(house.sql, house.keys.seal, () => clock.now);
  web = webOf(office, {
    demonstration: true,
    incoming,
    personas: {
      list: () => Promise.resolve(personas),
      sign: () => Promise.resolve(undefined),
    },
  });
  const [body = ""] = house.office.register.bodies.keys();
  await office.granted(anOpening({ body, datasets: ["vehicles"] }));
  await office.granted({
    kind: "procedureStep",
    procedure: "vehicles-2026",
    step: {
      ...{ name: "documentsIssued", on: day(START), until: day(START + DAY) },
      ...{ bidsDue: day(START + 20 * DAY), paper: paperOf("notice") },
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
  await browser.send("/sign-in/demonstration", { persona, to: "/objections" });
  return browser;
}

test("anybody sees what is open, until when, and which post enters it", async () => {
  const page = await browserOf(web).text("/objections");
  expect(page).toContain("the documents of a tender, before the bids are due");
  expect(page).toContain(day(START + 20 * DAY));
  expect(page).toContain("sign in as a citizen or for an organisation");
  const twin = await (await web.ask("/objections.json")).json();
  expect(twin).toMatchObject({
    open: [
      {
        ...{ what: "procedure", stage: "documents", id: "vehicles-2026" },
        until: day(START + 20 * DAY),
      },
    ],
  });
});

test("a company hands one in; it waits sealed for the post, and its sender alone sees how it stands", async () => {
  const huaxing = await asPersona("huaxing");
  await huaxing.text(documents);
  const sent = await huaxing.send(documents, {
    name: "Huaxing <Analytics>",
    text: "The scores favour one bidder.",
  });
  expect(sent.status).toBe(303);
  const [line] = await incoming.list("waiting");
  expect(line).toMatchObject({ kind: "objection", received: office.clock.now });
  const id = line?.id ?? "";
  expect((await incoming.open(id))?.content).toEqual({
    kind: "objection",
    about: { what: "procedure", id: "vehicles-2026", stage: "documents" },
    name: "Huaxing <Analytics>",
    text: "The scores favour one bidder.",
  });
  const [row] = await office.house.sql<
    { all: string }[]
  >`select encode(sealed, 'escape') || sender as all from incoming`;
  expect(row?.all).not.toMatch(/huaxing|Huaxing|scores/);
  expect(await huaxing.text("/objections")).toContain(id);
  expect(
    await (await asPersona("resident-0007")).text("/objections"),
  ).not.toContain(id);
  expect(await browserOf(web).text("/objections")).not.toContain(id);
  expect(await incoming.settle(id, "entered")).toBe(true);
  expect(await incoming.settle(id, "returned")).toBe(false);
  expect(await huaxing.text("/objections")).toMatch(/<td[^>]*>entered<\/td>/);
});

test("what is wrong stands at the field, and what was typed stays", async () => {
  const citizen = await asPersona("resident-0007");
  await citizen.text(documents);
  const sent = await citizen.send(documents, {
    name: "",
    text: `${"z".repeat(10_001)}`,
  });
  expect(sent.status).toBe(422);
  const page = await sent.text();
  expect(page).toMatch(/id="name-wrong">Say who objects/);
  expect(page).toMatch(/id="text-wrong">This has 10001 characters/);
  expect(page).toContain("z".repeat(10_001));
});

test("nobody hands in what no notice is open for, without signing in, as an official, or without end", async () => {
  const citizen = await asPersona("resident-0007");
  await citizen.text("/objections");
  const fields = { name: "N.", text: "No." };
  expect(
    (await citizen.send("/objections/procedure/none", fields)).status,
  ).toBe(404);
  const official = await asPersona("registrar");
  await official.text("/objections");
  expect((await official.send(documents, fields)).status).toBe(403);
  const nobody = await web.ask(documents, { headers: { Accept: "text/html" } });
  expect(nobody.headers.get("location")).toMatch(/^\/sign-in\?to=/);
  for (let i = 0; i < 20; i++)
    expect((await citizen.send(documents, fields)).status).toBe(303);
  expect((await citizen.send(documents, fields)).status).toBe(429);
  await office.pass(21 * DAY);
  const later = await asPersona("resident-0007");
  await later.text("/objections");
  expect((await later.send(documents, fields)).status).toBe(404);
  expect(await later.text("/objections")).toContain(
    "Nothing can be objected to",
  );
});
