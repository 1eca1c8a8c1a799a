import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Applying,
  applyingAt,
  begun,
  extent,
  filledIn,
} from "../../../test/applicants.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { atDesk, leadsTo, signs } from "../../../test/desk-visitor.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { must } from "../../../test/story-founding.ts";
import type { Visitor } from "../../../test/visitor.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { accountsOf } from "../../cli/accounts-of.ts";

/** The form of a permit begins with what the applicant asked for. */

let office: SmallOffice;
let at: Applying;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("as_asked")).url);
  at = applyingAt(office, smallPersonas);
});
afterAll(async () => {
  await endsInOrder(office, at.web);
  await office.close();
});

/** Handed in by steps and entered by the post; gives its id. */
async function entered(change: Partial<typeof extent>): Promise<string> {
  const huaxing = await at.as("huaxing");
  const path = await begun(huaxing, "vehicles.records");
  await filledIn(huaxing, path);
  await huaxing.text(`${path}/extent`);
  await leadsTo(huaxing.send(`${path}/extent`, { ...extent, ...change }));
  await huaxing.text(`${path}/send`);
  await leadsTo(huaxing.send(`${path}/send`, {}));
  await at.enterNewest();
  return path.split("/").at(-1) ?? "";
}

/** What stands in the fields of the form, as a browser would send it. */
async function formOf(
  officer: Visitor,
  application: string,
): Promise<{
  readonly page: string;
  readonly ticked: readonly string[];
  readonly value: (name: string) => string | undefined;
}> {
  const page = await officer.text(
    `/desk/acts/new/permit?application=${application}`,
  );
  const inputs = page.match(/<input [^>]*>/g) ?? [];
  const of = (tag: string, name: string): string | undefined =>
    new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return {
    page,
    ticked: inputs
      .filter((tag) => / checked/.test(tag))
      .map((tag) => `${of(tag, "name")} ${of(tag, "value")}`),
    value: (name) =>
      inputs
        .filter((tag) => of(tag, "name") === name)
        .map((tag) => of(tag, "value"))[0],
  };
}

test("fields, rows, quota and end are those of the application, and a permit follows by signing", async () => {
  const application = await entered({});
  const officer = await atDesk(at.web, "permit-officer");
  const seen = await officer.text(`/desk/applications/${application}`);
  expect(seen).toContain("to see: plate, make; to search by: plate");
  expect(seen).toContain("requests: no limit named; steps: 200");
  const { page, ticked, value } = await formOf(officer, application);
  expect(page).toContain("Filled in with what the applicant asked for;");
  expect(ticked).toEqual(["fields plate", "fields make", "where plate"]);
  expect(value("rowsMax")).toBe("50");
  expect(value("quota.steps")).toBe("200");
  expect(value("quota.calls")).toBe("");
  // The last day is 30 June: the permit ends where the next one begins.
  expect(value("to")).toBe("2027-07-01");

  const draft = await leadsTo(
    officer.send("/desk/acts/new/permit", {
      ...{ do: "keep", permit: "as-asked", decides: application },
      ...{ organisation: "huaxing", product: "vehicles.records" },
      ...{ purpose: "trade", fields: ["plate", "make"], where: "plate" },
      ...{ rowsMax: "50", "quota.steps": "200", to: "2027-07-01" },
    }),
  );
  expect(await signs(officer, draft)).toContain("Granted.");
});

test("an end behind the last lawful one is as the rules have it, and no limit that was asked for is none, whatever alike cases have", async () => {
  const application = await entered({ steps: "", to: "2089-01-01" });
  await office.granted({
    ...{ kind: "permit", permit: "other-lorries", organisation: "other" },
    ...{ product: "vehicles.records", purpose: "trade", quota: { steps: 77 } },
    ...{ fields: ["plate"], where: ["plate"], rowsMax: 5 },
    to: Date.UTC(2027, 0, 1),
  });
  const officer = await atDesk(at.web, "permit-officer");
  const { page, value } = await formOf(officer, application);
  expect(page).toContain("The applicant asked for no limit of requests");
  expect(value("rowsMax")).toBe("50");
  expect(value("quota.steps")).toBe("");
  expect(value("quota.calls")).toBe("");
  expect(Number(value("to")?.slice(0, 4))).toBeLessThan(2030);
});

test("an application that came in another way fills the form in as before, and says nothing of an applicant's wish", async () => {
  await office.granted(
    {
      ...{ kind: "applicationReceived", application: "by-hand" },
      ...{ organisation: "sanhe", product: "vehicles.records" },
      ...{ purpose: "trade", due: office.clock.now + 24 * 3_600_000 },
      paper: { kind: "application", commitment: "A".repeat(43) },
    },
    "permit-officer",
  );
  const officer = await atDesk(at.web, "permit-officer");
  const { page, ticked, value } = await formOf(officer, "by-hand");
  expect(page).not.toContain("Filled in with what the applicant");
  expect(value("rowsMax")).not.toBe("");
  expect(page).toContain(
    "rows, requests and steps are those of the newest alike case, the permit other-lorries.",
  );
  expect(value("quota.steps")).toBe("77");
  // Which fields its purpose needs is for the official to say; a button ticks them all.
  expect(page).toContain("cannot be read off its paper");
  expect(page).not.toContain("The application names no fields");
  expect(ticked).toEqual([]);
  expect(page).toContain('value="all:fields"');
  const all = await officer.send("/desk/acts/new/permit", {
    ...{ do: "all:fields", permit: "by-hand", decides: "by-hand" },
    ...{ organisation: "sanhe", product: "vehicles.records", rowsMax: "7" },
  });
  const again = await all.text();
  expect(again.match(/name="fields"[^>]* checked/g)).toHaveLength(
    must(office.house.office.register.products.get("vehicles.records")).fields
      .length,
  );
  expect(again).toContain('value="7"');
});

test("that an application names no fields is said of one that was read, and of a scan or a letter that the program cannot read them off it", async () => {
  const { house, clock } = office;
  const papers = must(accountsOf(house, office.folder, () => clock.now).papers);
  const officer = await atDesk(at.web, "permit-officer");
  for (const [application, paper, says] of [
    ["scanned", "%PDF-1.7\u0000 a scan", "cannot be read off its paper"],
    ["long", "x".repeat(20_001), "cannot be read off its paper"],
    ["typed", "We price lorries.", "cannot be read off its paper"],
    [
      ...["sparing", JSON.stringify({ text: "Lorries.", papers: [] })],
      "The application names no fields",
    ],
  ] as const) {
    const commitment = await papers.keepPrivate(
      Buffer.from(paper),
      "applicationReceived",
    );
    await office.granted(
      {
        ...{ kind: "applicationReceived", application, purpose: "trade" },
        ...{ organisation: "sanhe", product: "vehicles.records" },
        due: office.clock.now + 24 * 3_600_000,
        paper: { kind: "application", commitment },
      },
      "permit-officer",
    );
    const { page, ticked } = await formOf(officer, application);
    expect(page, application).toContain(says);
    expect(page.match(/so none is ticked/g)).toHaveLength(1);
    expect(ticked).toEqual([]);
  }
});

test("a purpose that nobody adopted is chosen by nobody, and the form says that it was asked for", async () => {
  await office.granted(
    {
      ...{ kind: "applicationReceived", application: "ranking" },
      ...{ organisation: "sanhe", product: "vehicles.records" },
      ...{ purpose: "rank-citizens", due: office.clock.now + 24 * 3_600_000 },
      paper: { kind: "application", commitment: `${"B".repeat(42)}A` },
    },
    "permit-officer",
  );
  const officer = await atDesk(at.web, "permit-officer");
  const { page } = await formOf(officer, "ranking");
  expect(page).toContain(
    "The application is for “rank-citizens”, which is not on the list of the rulebook.",
  );
  const [select = ""] =
    /<select id="purpose"[\s\S]*?<\/select>/.exec(page) ?? [];
  expect(select).toContain('value="trade"');
  expect(select).not.toMatch(/ selected|rank-citizens/);
});
