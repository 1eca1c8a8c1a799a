import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallPersonas } from "../../../test/desk-office.ts";
import { atDesk, leadsTo } from "../../../test/desk-visitor.ts";
import { textOf } from "../../../test/files.ts";
import { formsIn, sentFrom } from "../../../test/page-forms.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { oneOfEach } from "../../../test/story-acts.ts";
import type { Visitor } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { Drafts } from "../../accounts/drafts.ts";
import { type Act, act as actSchema } from "../../acts/act.ts";
import { encode } from "../../acts/canonical.ts";
import { statement } from "../../acts/statement.ts";
import { deskKinds } from "./kinds.ts";

/** Every act through the form of its kind, over the pages and with the database: that nothing is lost on the way is in round-trip.test.ts. */

let office: SmallOffice;
let web: Web;
let drafts: Drafts;
let registrar: Visitor;
/** The second person of the office holds this post. */
const REGISTRAR = 2;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("act_forms")).url);
  const { house, clock } = office;
  drafts = new Drafts(house.sql, house.keys.seal, () => clock.now);
  web = webOf(office, {
    ...{ demonstration: true, personas: smallPersonas, drafts },
  });
  registrar = await atDesk(web, "registrar");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

type Came = { readonly act: Act; readonly page: string };

/** Opens a draft of an act in its form, sends it as it stands there, and gives the act that would be signed then, and the draft's page. */
async function throughItsForm(act: Act): Promise<Came> {
  const id = await drafts.begin(REGISTRAR, act, [
    { role: "approved", person: REGISTRAR, post: "registrar" },
  ]);
  const page = await registrar.text(`/desk/acts/new/${act.kind}?draft=${id}`);
  const action = `/desk/acts/new/${act.kind}`;
  const form = formsIn(page).find((one) => one.action === action);
  if (form === undefined) throw new Error(`Cannot find a form at ${action}`);
  const sent: Record<string, string[]> = {};
  for (const [name, value] of sentFrom(form, { name: "do", value: "keep" }))
    sent[name] = [...(sent[name] ?? []), value];
  const { formToken: _, ...fields } = sent;
  expect(await leadsTo(registrar.send(action, fields))).toBe(
    `/desk/drafts/${id}`,
  );
  const told = await registrar.text(`/desk/drafts/${id}/statement.json`);
  return {
    act: statement.parse(JSON.parse(told)).act,
    page: await registrar.text(`/desk/drafts/${id}`),
  };
}

/** What is decided about a case, beside which others' cases stand. */
const DECIDING: ReadonlySet<string> = new Set([
  ...["permit", "applicationReceived", "applicationRefused"],
  ...["applicationExtended", "renewalAsked"],
  ...["renewalGranted", "renewalRefused"],
]);

test.each(deskKinds)(
  "%s: the statement to sign says what the form was opened with",
  async (kind) => {
    const { act, page } = await throughItsForm(oneOfEach[kind]);
    expect(encode(act)).toBe(encode(oneOfEach[kind]));
    expect(page).toContain("How the rules would rule now");
    expect(page.includes("How cases like this one were decided")).toBe(
      DECIDING.has(kind),
    );
  },
);

/** A rulebook as a lawyer writes it, its dates counted from the founding on. */
function rulebookIn(file: string): Act {
  const text = textOf(`examples/rulebooks/${file}`).replaceAll(
    /"@\+([0-9]+)"/g,
    (_, days) => String(START + Number(days) * DAY),
  );
  const { act: given, ...rulebook } = JSON.parse(text);
  return actSchema.parse(given ?? { kind: "rulebookAdopted", rulebook });
}

const rulebooks = readdirSync("examples/rulebooks").filter((one) =>
  one.endsWith(".json"),
);
test.each(rulebooks)(
  "the rulebook of %s can be changed at the desk, long as it is",
  async (file) => {
    const given = rulebookIn(file);
    const { act } = await throughItsForm(given);
    expect(encode(act)).toBe(encode(given));
  },
);
