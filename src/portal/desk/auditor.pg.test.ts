import { afterAll, beforeAll, expect, test } from "vitest";
import {
  applyingAt,
  type Applying,
  begun,
  filledIn,
} from "../../../test/applicants.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { founding } from "../../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder } from "../../../test/web-office.ts";

let office: SmallOffice;
let at: Applying;
/** A draft that the permit officer prepared. */
let draft = "";

/** The small office, whose price authority audits the permit officer. */
const posts = founding(0, {
  ...{ origin: "", logKey: "", keyOf: () => "" },
  edition: { number: 1, digest: "" },
}).posts.map((post) =>
  post.post === "permit-officer"
    ? { ...post, auditor: "price-authority" }
    : post,
);

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("desk_auditor")).url, {
    founding: { posts },
  });
  at = applyingAt(office, smallPersonas);
  for (const product of ["vehicles.records", "vehicles.records"]) {
    const huaxing = await at.as("huaxing");
    const path = await begun(huaxing, product);
    await filledIn(huaxing, path);
    await huaxing.text(`${path}/send`);
    await huaxing.send(`${path}/send`, {});
  }
  await at.enterNewest();
  await office.house.tick();
  const officer = await as("permit-officer");
  await officer.text("/desk/acts/new/permitRevoked");
  const kept = await officer.send("/desk/acts/new/permitRevoked", {
    ...{ do: "keep", permit: "other-vehicles", reason: "mistake" },
    "paper.words": "It was meant for another.",
  });
  draft = kept.headers.get("location") ?? "";
});
afterAll(async () => {
  await endsInOrder(office, at.web);
  await office.close();
});

async function as(persona: string): Promise<Visitor> {
  const browser = browserOf(at.web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { ...{ persona, to: "/" } });
  return browser;
}

function linkIn(page: string, under: string): string {
  return new RegExp(`href="(${under}/[^"/?]+)"`).exec(page)?.[1] ?? "none";
}

test("an auditor sees what waits for every post: applications, what came in, drafts and papers", async () => {
  const auditor = await as("price-authority");
  const desk = await auditor.text("/desk");
  expect(desk).toContain("Your post audits");
  // An auditor decides nothing: what is listed waits for others.
  expect(desk).toContain("Applications that wait for others");
  expect(desk).not.toContain("Applications to decide");
  expect(desk).toContain(draft);
  const application = await auditor.text(linkIn(desk, "/desk/applications"));
  expect(application).toContain("Your posts may read this case");
  const incoming = await auditor.text("/desk/incoming");
  const item = await auditor.text(linkIn(incoming, "/desk/incoming"));
  expect(item).toContain("What was said");
  const page = await auditor.text(draft);
  expect(page).toContain("It would be granted.");
  const commitment = /"commitment":"([A-Za-z0-9_-]{43})"/.exec(
    await auditor.text(`${draft}/statement.json`),
  )?.[1];
  expect(await auditor.text(`/desk/papers/${commitment}`)).toBe(
    "It was meant for another.",
  );
});

test("an auditor finds no button to sign, enter or give back what is another's, and a form that is made by hand is refused with the reason", async () => {
  const auditor = await as("price-authority");
  const page = await auditor.text(draft);
  for (const button of ["/sign", "/signers", "/withdraw"])
    expect(page).not.toContain(`action="${draft}${button}"`);
  for (const [to, fields] of [
    [`${draft}/sign`, { statement: "{}" }],
    [`${draft}/signers`, { holder: "4 price-authority", role: "approved" }],
    [`${draft}/withdraw`, {}],
    ["/desk/batches", { draft: draft.split("/").at(-1) ?? "" }],
  ] as const) {
    await auditor.text(draft);
    const answer = await auditor.send(to, fields);
    expect(answer.status, to).toBe(403);
    expect(await answer.text(), to).toContain("This is not open to you");
  }
  const item = linkIn(await auditor.text("/desk/incoming"), "/desk/incoming");
  const shown = await auditor.text(item);
  expect(shown).not.toContain(`action="${item}`);
  expect(shown).toContain("Your post sees this item and does not settle it");
  for (const does of ["enter", "return"]) {
    await auditor.text(item);
    const answer = await auditor.send(`${item}/${does}`, {});
    expect(answer.status, does).toBe(403);
    expect(await answer.text()).toContain("settle none of its kind");
  }
  const officer = await as("permit-officer");
  expect(await officer.text(item)).toContain(`action="${item}/enter"`);
});

test("who neither audits nor signs is told of none of it", async () => {
  const other = await as("registrar");
  const desk = await other.text("/desk");
  expect(desk).not.toContain("Your post audits");
  expect(desk).not.toContain(draft);
  await other.text(draft);
  expect((await other.send(`${draft}/withdraw`, {})).status).toBe(403);
});
