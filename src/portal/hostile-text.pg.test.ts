import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { crawl } from "../../test/crawl.ts";
import { atDesk, leadsTo, signs } from "../../test/desk-visitor.ts";
import {
  deadCellsOf,
  HOSTILE,
  HOSTILE_LINES,
  isInert,
  withHostileText,
} from "../../test/hostile.ts";
import {
  type Control,
  formsIn,
  type PageForm,
  sentFrom,
} from "../../test/page-forms.ts";
import { portalRoutes } from "../../test/portal-routes/all.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  DAY,
  datasets,
  granting,
  HOUR,
  rowsOf,
} from "../../test/simulation/small-office-acts.ts";
import { oneOfEach } from "../../test/story-acts.ts";
import type { Visitor } from "../../test/visitor.ts";
import { everybody, signedInAs, wholePortal } from "../../test/whole-portal.ts";
import { endsInOrder, type Web } from "../../test/web-office.ts";
import { Drafts } from "../accounts/drafts.ts";
import { deskKinds } from "./desk/kinds.ts";

/**
 * Text that would do something where it is not escaped: in everything that an office is called, in every row and paper, and in every field
 * of every form that it shows to anybody. Whoever looks at any page then sees it as text.
 */

let office: SmallOffice;
let web: Web;
/** The person who prepares the drafts below. */
const OFFICER = 5;

beforeAll(async () => {
  office = await SmallOffice.open((await schemaFor("hostile_text")).url);
  const founding = withHostileText(office.founding());
  if (founding.kind !== "genesis")
    throw new Error("Cannot found: want a founding act");
  await office.found(founding);
  for (const act of granting(office.gatewayKey, office.recordsKey))
    await office.granted(withHostileText(act));
  for (const act of datasets)
    await office.load(
      act,
      rowsOf(act.dataset).map((row) =>
        act.dataset === "stations" ? { ...row, town: HOSTILE } : row,
      ),
    );
  const letter = { kind: "application", commitment: "A".repeat(43) };
  await office.granted(
    {
      ...{ kind: "applicationReceived", application: "a-1", paper: letter },
      ...{ organisation: "sanhe", product: "vehicles.records" },
      ...{
        purpose: "trade",
        due: Math.floor((office.clock.now + 10 * DAY) / HOUR) * HOUR,
      },
    },
    "permit-officer",
  );
  await office.house.tick();
  web = wholePortal(office);
  const { sql, keys } = office.house;
  const drafts = new Drafts(sql, keys.seal, () => office.clock.now);
  for (const one of deskKinds)
    await drafts.begin(OFFICER, withHostileText(oneOfEach[one]), [
      { role: "approved", person: OFFICER, post: "permit-officer" },
    ]);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

/** Pages to begin at that not every link leads to. */
const starts = [
  ...Object.entries(portalRoutes)
    .filter(([route]) => route.startsWith("GET "))
    .map(([route, path]) => (path === "" ? route.slice("GET ".length) : path)),
  ...deskKinds.map((kind) => `/desk/acts/new/${kind}`),
  `/search?q=${encodeURIComponent(HOSTILE_LINES)}`,
];
const OWN = /^\/(?:desk|account|my|objections)\b/;
const at = (path: string): string => path.replace(/[?#].*$/, "");

/** Everything that somebody can reach, or the pages of their own, each answer looked at. */
async function everythingOf(
  persona: string | undefined,
  sees: (path: string, text: string, type: string) => void,
  isWalked = true,
): Promise<void> {
  const browser =
    persona === undefined ? undefined : await signedInAs(web, persona);
  const seen = new Set<string>();
  const ask = async (path: string): Promise<Response> => {
    // What nobody in particular sees was seen by nobody in particular.
    if (seen.has(path) || (persona !== undefined && !OWN.test(path)))
      return new Response("");
    seen.add(path);
    const response = await (browser === undefined
      ? web.ask(path, { headers: { Accept: "text/html,*/*;q=0.8" } })
      : browser.get(path));
    const type = response.headers.get("content-type") ?? "";
    const copy = response.clone();
    if (type.includes("spreadsheetml"))
      hasNoFormula(new Uint8Array(await copy.arrayBuffer()), path);
    else sees(path, await isInert(copy, `${path} as ${persona}`), type);
    return response;
  };
  for (const start of ["/", "/desk", "/account", "/my", ...starts])
    await (isWalked ? crawl(ask, "en", start) : ask(start));
  expect(web.bugs).toEqual([]);
}

function hasNoFormula(workbook: Uint8Array, path: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(workbook)))
    expect(strFromU8(bytes), `${path} ${name}`).not.toMatch(/<f>|<vt-evil/);
}

test("an act with such a title is drafted, ruled, signed and entered, and every page of it says it as text", async () => {
  const registrar = await atDesk(web, "registrar");
  await registrar.text("/desk/acts/new/organisation");
  const draft = await leadsTo(
    registrar.send("/desk/acts/new/organisation", {
      ...{ do: "keep", organisation: "evil", title: HOSTILE },
      class: "research",
    }),
  );
  for (const path of [draft, `${draft}/statement.json`, "/desk"])
    expect(await isInert(await registrar.get(path), path)).toContain("vt-evil");
  expect(await signs(registrar, draft)).toContain("Granted.");
  const { size } = office.house.office.register;
  await office.house.tick();
  for (const path of [
    draft,
    `/acts/${size - 1}`,
    "/organisations/evil",
    "/organisations/evil.json",
    "/search?q=evil",
    "/acts.atom",
  ])
    expect(await isInert(await registrar.get(path), path), path).toContain(
      path.endsWith(".atom") ? "evil" : "vt-evil",
    );
});

type Found = { readonly page: string; readonly form: PageForm };

/** Every form of the pages that somebody can reach, by where it goes and what it asks for. */
async function formsOf(persona: string | undefined): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  const sees = (page: string, text: string, type: string): void => {
    if (!type.startsWith("text/html")) return;
    for (const form of formsIn(text))
      if (!found.has(keyOf(form))) found.set(keyOf(form), { page, form });
  };
  // Of public pages one of a sort has the forms of all.
  await everythingOf(persona, sees, persona !== undefined);
  return [...found.values()];
}

function keyOf({ action, method, controls }: PageForm): string {
  const names = new Set(
    controls.map(({ name }) => name.replaceAll(/\.[0-9]+(?=\.|$)/g, ".0")),
  );
  const where = at(action).replaceAll(/[A-Za-z0-9_-]{16,}|\b[0-9]+\b/g, "ID");
  return `${method} ${where} ${[...names].join(" ")}`;
}

const SPOKEN = new Set(["text", "search", "textarea", "email", "url"]);

/** Hostile text in every field; or in those where people write and say nothing else yet, so that the form is taken. */
function filled(
  { controls }: PageForm,
  isAll: boolean,
): Readonly<Record<string, readonly string[]>> {
  const fields: Record<string, readonly string[]> = {};
  const button =
    controls.find(({ name, value }) => name === "do" && value === "keep") ??
    controls.find(({ type }) => type === "submit");
  const toSend = sentFrom({ ...EMPTY, controls }, button);
  for (const [name, value] of toSend)
    fields[name] = [...(fields[name] ?? []), value];
  for (const control of controls) {
    const { name, type } = control;
    if (type === "submit" || type === "button" || type === "file") continue;
    if (isAll) fields[name] = [HOSTILE_LINES];
    else if (SPOKEN.has(type) && control.value === "")
      fields[name] = [type === "textarea" ? HOSTILE_LINES : HOSTILE];
    else if (type === "select" && control.value === "")
      fields[name] = [lastOf(control)];
    else if (type === "checkbox") fields[name] = [control.value];
  }
  const { formToken: _, ...rest } = fields;
  return rest;
}
const EMPTY: PageForm = { action: "", method: "post", controls: [] };
const lastOf = ({ options }: Control): string => options.at(-1) ?? "";

/** Sends one form as it stands on its page now, filled in, with a file that is called so where it takes files. */
async function sends(
  browser: Visitor,
  { page, form }: Found,
  isAll: boolean,
): Promise<Response | undefined> {
  const now = formsIn(await browser.text(page)).find(
    (one) => keyOf(one) === keyOf(form),
  );
  if (now === undefined) return undefined;
  const fields = filled(now, isAll);
  if (now.method === "get") {
    const query = new URLSearchParams();
    for (const [name, values] of Object.entries(fields))
      for (const value of values) query.append(name, value);
    return browser.get(`${at(now.action)}?${query.toString()}`);
  }
  const file = now.controls.find(({ type }) => type === "file");
  if (file === undefined || isAll) return browser.send(now.action, fields);
  return browser.upload(
    now.action,
    Object.fromEntries(
      Object.entries(fields).map(([name, [value = ""]]) => [name, value]),
    ),
    [[file.name, new File([HOSTILE_LINES], `${HOSTILE}.txt`)]],
  );
}

const seen = { fields: new Set<string>(), forms: 0, taken: 0 };

test.each([undefined, ...everybody])(
  "every field of every form that %s is shown takes such text, or says at its field why not",
  async (persona) => {
    const found = await formsOf(persona);
    let browser = await signedInAs(web, persona ?? everybody[2]);
    for (const one of found)
      for (const isAll of [true, false]) {
        const session = browser.cookie("vitrine_session");
        const response = await sends(browser, one, isAll);
        if (response === undefined) continue;
        seen.forms++;
        if (response.status === 303) seen.taken++;
        for (const { name } of one.form.controls) seen.fields.add(name);
        await isInert(response, `${one.form.action} of ${one.page}`);
        expect(web.bugs, one.form.action).toEqual([]);
        // Some forms end the session, or begin another.
        if (browser.cookie("vitrine_session") !== session)
          browser = await signedInAs(web, persona ?? everybody[2]);
      }
    expect(found.length).toBeGreaterThan(2);
  },
);

test("the fields were those of the forms, rows and choices among them, and many forms were taken", () => {
  for (const name of [
    ...["title", "fields.0.meaning", "content.0.dataset", "paper.words"],
    ...["rulebook.purposes.0.title", "step.is", "titles.0.title", "text"],
  ])
    expect([...seen.fields], name).toContain(name);
  expect(seen.forms).toBeGreaterThan(200);
  expect(seen.taken).toBeGreaterThan(20);
});

test.each([undefined, ...everybody])(
  "every page, feed, table and file that %s sees afterwards says it as text, and no cell is a formula",
  async (persona) => {
    let said = 0;
    const cells: string[] = [];
    await everythingOf(persona, (path, text, type) => {
      if (type.startsWith("text/html") && text.includes("vtq&quot;")) said++;
      // Rows of data leave as they are; what the office writes itself does not.
      if (type.startsWith("text/csv") && !path.startsWith("/data"))
        cells.push(...deadCellsOf(text, path));
    });
    expect(said).toBeGreaterThan(persona === undefined ? 100 : 3);
    if (persona === undefined)
      expect(cells.find((cell) => cell.startsWith("'=vtq"))).toBeDefined();
  },
);
