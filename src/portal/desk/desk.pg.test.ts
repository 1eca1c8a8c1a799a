import { afterAll, beforeAll, expect, test } from "vitest";
import { atDesk } from "../../../test/desk-visitor.ts";
import { asDemonstration } from "../../../test/desk-office.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import type { Act } from "../../acts/act.ts";
import { ActLog } from "../acts/act-log.ts";
import { deskKinds } from "./kinds.ts";

let office: SmallOffice;
let web: Web;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_desk")).url);
  await office.granted(
    {
      kind: "applicationReceived",
      application: "a-1",
      organisation: "sanhe",
      product: "vehicles.records",
      purpose: "trade",
      due: Math.floor((office.clock.now + 10 * DAY) / 3_600_000) * 3_600_000,
      paper: { kind: "application", commitment: "A".repeat(43) },
    },
    "permit-officer",
  );
  web = webOf(office, asDemonstration);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function as(persona: string): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  const came = await browser.send("/sign-in/demonstration", {
    persona,
    to: "/",
  });
  expect(came.status).toBe(303);
  return browser;
}

test("every kind of act has a form, in both languages", async () => {
  const browser = await as("permit-officer");
  for (const [lang, button] of [
    ["en", "See how the rules would rule"],
    ["zh", "查看规则将如何裁定"],
  ] as const) {
    await browser.text(`/desk?lang=${lang}`);
    for (const kind of deskKinds)
      expect(await browser.text(`/desk/acts/new/${kind}`), kind).toContain(
        button,
      );
  }
});

test("whoever is not signed in, or is no official, sees nothing of the desk", async () => {
  const page = await web.ask("/desk", { headers: { Accept: "text/html" } });
  expect(page.status).toBe(303);
  expect((await web.ask("/desk")).status).toBe(401);
});

test("what is wrong is said at its field, and what was typed stays", async () => {
  const browser = await as("registrar");
  await browser.text("/desk/acts/new/organisation");
  const answer = await browser.send("/desk/acts/new/organisation", {
    do: "keep",
    organisation: "Not An Id",
    title: "",
    class: "enterprise",
  });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain('value="Not An Id"');
  expect(page).toContain("Use small letters");
  expect(page).toContain('href="#title"');
  expect(page).toMatch(/id="organisation"[^>]*aria-invalid="true"/);
});

test("rows come and go with all that was typed", async () => {
  const browser = await as("registrar");
  await browser.text("/desk/acts/new/dataset");
  const more = await browser.send("/desk/acts/new/dataset", {
    do: "add:fields",
    "fields.0.name": "plate",
    "fields.0.type": "text",
  });
  const two = await more.text();
  expect(two).toContain('name="fields.1.name"');
  expect(two).toContain('value="plate"');
  const less = await browser.send("/desk/acts/new/dataset", {
    do: "remove:fields.0",
    "fields.0.name": "plate",
    "fields.1.name": "make",
  });
  const one = await less.text();
  expect(one).toContain(
    'id="fields.0.name" name="fields.0.name" type="text" value="make"',
  );
  expect(one).not.toContain("plate");
});

/** A draft of a new organisation, and where it stands. */
async function drafted(
  browser: Visitor,
  organisation: string,
): Promise<string> {
  await browser.text("/desk/acts/new/organisation");
  const answer = await browser.send("/desk/acts/new/organisation", {
    ...{ do: "keep", organisation, title: organisation, class: "research" },
  });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** The statement that a page carries, as a browser would send it back. */
function carried(page: string): string {
  const text = /name="statement" value="([^"]*)"/.exec(page)?.[1] ?? "";
  return text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

test("a draft is known to those who prepare or sign it, and is gone when it is withdrawn", async () => {
  const registrar = await as("registrar");
  const at = await drafted(registrar, "withdrawn-one");
  const other = await as("permit-officer");
  expect(await other.text(at)).toContain("This is not open to you");
  expect(await other.text("/desk")).not.toContain("withdrawn-one");
  await registrar.text(at);
  expect((await registrar.send(`${at}/withdraw`, {})).status).toBe(303);
  expect(await registrar.text(at)).toContain("This is not open to you");
});

test("nobody signs other bytes than those of the draft, and nobody signs twice", async () => {
  const registrar = await as("registrar");
  const at = await drafted(registrar, "signed-once");
  const statement = carried(await registrar.text(at));
  expect(statement).toContain('"organisation":"signed-once"');
  const other = statement.replaceAll("signed-once", "signed-other");
  const forged = await registrar.send(`${at}/sign`, { statement: other });
  expect(forged.status).toBe(422);
  expect(await forged.text()).toContain("the draft was changed since");
  // It is looked at a day later: what the page shows is what counts, while its time lasts.
  office.clock.now += DAY;
  await office.house.tick();
  await registrar.text("/sign-in");
  const again = await as("registrar");
  await again.text(at);
  expect((await again.send(`${at}/sign`, { statement })).status).toBe(303);
  expect(office.house.office.register.organisations.has("signed-once")).toBe(
    true,
  );
  const { size } = office.house.office.register;
  expect((await again.send(`${at}/sign`, { statement })).status).toBe(303);
  expect(office.house.office.register.size).toBe(size);
  const done = await again.text(at);
  expect(done).toContain("Granted.");
  const receipt = await again.text(`${at}/receipt.json`);
  expect(JSON.parse(receipt)).toMatchObject({
    log: office.house.office.origin,
  });
});

test.each(["looked at", "signed"])(
  "an act that was entered while the office stopped is its draft's: %s again, the draft shows the entry",
  async (what) => {
    const { sql, office: log } = office.house;
    const registrar = await as("registrar");
    const at = await drafted(registrar, `stopped-${what.slice(0, 4)}`);
    const id = at.split("/").at(-1) ?? "";
    const [before] = await sql<
      { sealed: Uint8Array }[]
    >`select sealed from draft where id = ${id}`;
    const statement = carried(await registrar.text(at));
    await registrar.send(`${at}/sign`, { statement });
    await sql`update draft set sealed = ${before?.sealed ?? null} where id = ${id}`;
    const { size } = log.register;
    const again =
      what === "signed"
        ? await registrar.send(`${at}/sign`, { statement })
        : await registrar.get(at);
    expect(again.headers.get("location")).toBe(at);
    expect(await registrar.text(at)).toMatch(
      new RegExp(`Granted\\.[\\s\\S]*href="/acts/${size - 1}"`),
    );
    expect(log.register.size).toBe(size);
    expect((await registrar.get(`${at}/receipt.json`)).status).toBe(404);
  },
);

test("an id under which an act was refused is not proposed again", async () => {
  const officer = await as("permit-officer");
  const proposed = async (): Promise<string> =>
    /id="permit"[^>]* value="([^"]*)"/.exec(
      await officer.text(
        "/desk/acts/new/permit?organisation=sanhe&product=vehicles.records",
      ),
    )?.[1] ?? "";
  const permit = await proposed();
  expect(permit).toMatch(/^sanhe-vehicles\.records-/);
  const refused = await office.enter({
    ...{ kind: "permit", permit, organisation: "sanhe" },
    ...{ product: "vehicles.records", purpose: "trade", quota: {} },
    ...{ fields: ["plate"], where: [], rowsMax: 1 },
  });
  expect(refused).toMatchObject({ ruling: { outcome: "refused" } });
  expect(await proposed()).toBe(`${permit}-2`);
});

test("nor one of a tie, a code or an attestation, which no index knows", async () => {
  const officer = await as("permit-officer");
  const proposed = async (kind: string, own: string): Promise<string> =>
    new RegExp(`id="${own}"[^>]* value="([^"]*)"`).exec(
      await officer.text(`/desk/acts/new/${kind}`),
    )?.[1] ?? "";
  const tie = await proposed("tieDeclared", "tie");
  const attestation = await proposed("attested", "attestation");
  const code = await proposed("registrationCoded", "code");
  const paper = { kind: "declaration", commitment: "A".repeat(43) };
  const acts: readonly Act[] = [
    {
      ...{ kind: "tieDeclared", tie, person: 5, nature: "employment" },
      ...{ to: { organisation: "nobody" }, from: "2026", paper },
    },
    {
      ...{ kind: "attested", attestation, papers: [paper] },
      found: { what: "noTie" },
    },
    {
      ...{ kind: "registrationCoded", registration: "none", code },
      to: START + 30 * DAY,
    },
  ];
  for (const act of acts)
    expect(await office.enter(act, "head"), act.kind).toMatchObject({
      ruling: { outcome: "refused" },
    });
  expect(await proposed("tieDeclared", "tie")).toBe(`${tie}-2`);
  expect(await proposed("attested", "attestation")).toBe(`${attestation}-2`);
  expect(await proposed("registrationCoded", "code")).toBe(`${code}-2`);
});

test("while the log is read in, no id is proposed and the form says why", async () => {
  class Behind extends ActLog {
    override ready(): Promise<boolean> {
      return Promise.resolve(false);
    }
  }
  const log = new Behind(office.house.office);
  const behind = webOf(office, { ...asDemonstration, log });
  const officer = await atDesk(behind, "permit-officer");
  const page = await officer.text("/desk/acts/new/permit");
  expect(page).toContain("the office is still reading its log");
  expect(page).toMatch(/id="permit"[^>]* value=""/);
  expect(await officer.text("/desk/acts/new/permitRevoked")).not.toContain(
    "still reading its log",
  );
});

test("the words of a private paper stay inside, and open for officials alone", async () => {
  const officer = await as("permit-officer");
  await officer.text("/desk/acts/new/applicationRefused?application=a-1");
  const kept = await officer.send("/desk/acts/new/applicationRefused", {
    do: "keep",
    application: "a-1",
    rule: "V-PURPOSE",
    redress: "court",
    redressUntil: "2027-02-01",
    "paper.words": "The purpose is not on the list.",
  });
  expect(kept.status).toBe(303);
  const at = kept.headers.get("location") ?? "";
  const page = await officer.text(at);
  expect(page).not.toContain("The purpose is not on the list.");
  const commitment = /"commitment":"([A-Za-z0-9_-]{43})"/.exec(
    carried(page),
  )?.[1];
  expect(await officer.text(`/desk/papers/${commitment}`)).toBe(
    "The purpose is not on the list.",
  );
  const stranger = await web.ask(`/desk/papers/${commitment}`);
  expect(stranger.status).toBe(401);
});
