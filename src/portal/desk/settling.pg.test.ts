import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applying, applyingAt } from "../../../test/applicants.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { atDesk, leadsTo, signs } from "../../../test/desk-visitor.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { paperOf, secretOf } from "../../../test/story-founding.ts";
import { anOpening } from "../../../test/story-procedure-steps.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { showInstant } from "../../acts/dates.ts";

/** What came in is settled by the act that was entered for it, and by nothing else. */

let office: SmallOffice;
let at: Applying;
const day = (instant: number): string => showInstant(instant, 480).slice(0, 10);
const procedure = "vehicles-2026";

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("settling")).url);
  at = applyingAt(office, smallPersonas);
  const [body = ""] = office.house.office.register.bodies.keys();
  await office.granted(anOpening({ body, datasets: ["vehicles"] }));
  await office.granted({
    ...{ kind: "procedureStep", procedure },
    step: {
      ...{ name: "documentsIssued", on: day(START), until: day(START + DAY) },
      ...{ bidsDue: day(START + 20 * DAY), paper: paperOf("notice") },
    },
  });
});
afterAll(async () => {
  await endsInOrder(office, at.web);
  await office.close();
});

async function handedIn(text: string): Promise<string> {
  const path = `/objections/procedure/${procedure}`;
  const huaxing = await at.as("huaxing");
  await huaxing.text(path);
  await leadsTo(huaxing.send(path, { name: "Huaxing <Analytics>", text }));
  const line = (await at.incoming.list("waiting")).at(-1);
  return line?.id ?? "";
}

test("an objection is entered by one click, and is settled with its entry and its answer", async () => {
  const item = await handedIn("The scores favour one bidder.");
  const objection = item.replace("in-", "ob-");
  await office.pass(DAY);

  // A refused act is public, and settles nothing.
  const late = await office.enter({
    ...{ kind: "objectionReceived", procedure, objection, stage: "result" },
    ...{ on: day(START), paper: secretOf("objection") },
  });
  expect(late).toMatchObject({ ruling: { outcome: "refused" } });
  const registrar = await atDesk(at.web, "registrar");
  expect(await registrar.text("/desk")).toContain("1 item came in");
  const page = await registrar.text(`/desk/incoming/${item}`);
  expect(page).toContain("The scores favour one bidder.");

  const draft = await leadsTo(
    registrar.send(`/desk/incoming/${item}/enter`, {}),
  );
  // A draft is no act: until it is signed the item waits.
  expect(await registrar.text("/desk")).toContain("1 item came in");
  expect(await signs(registrar, draft)).toContain(
    "Received. Nothing is granted by it.",
  );
  const [found] =
    office.house.office.register.procedures.get(procedure)?.objections ?? [];
  expect(found).toMatchObject({ objection, on: day(START) });

  expect(await registrar.text("/desk")).not.toContain("item came in");
  const entry = `href="/acts/${found?.entry}"`;
  expect(await registrar.text("/desk/incoming")).toContain(entry);
  const settled = await registrar.text(`/desk/incoming/${item}`);
  expect(settled).toContain(entry);
  expect(settled).not.toContain(`${item}/enter`);
  const huaxing = await at.as("huaxing");
  expect(await huaxing.text("/objections")).toContain(entry);
  const paper = await registrar.text(
    `/desk/papers/${found?.paper.commitment ?? ""}`,
  );
  expect(JSON.parse(paper)).toMatchObject({
    ...{ name: "Huaxing <Analytics>", text: "The scores favour one bidder." },
  });

  const { index } = await office.granted(
    {
      ...{ kind: "objectionAnswered", procedure, objection },
      ...{ outcome: "rejected", paper: secretOf("answer") },
    },
    ...(["registrar", "head"] as const),
  );
  expect(await huaxing.text("/objections")).toContain(
    `answered by entry ${index}`,
  );
});

test("what was given back, or entered by somebody else meanwhile, is entered by nobody again", async () => {
  const given = await handedIn("Again.");
  const registrar = await atDesk(at.web, "registrar");
  await registrar.text(`/desk/incoming/${given}`);
  await leadsTo(registrar.send(`/desk/incoming/${given}/return`, {}));
  expect(await registrar.text(`/desk/incoming/${given}`)).toContain(
    "given back without an act",
  );
  const here = `/desk/incoming/${given}`;
  expect(await leadsTo(registrar.send(`${here}/enter`, {}))).toBe(here);
  const other = await atDesk(at.web, "price-authority");
  expect(await other.text(here)).toContain("This is not open to you");
});
