import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  type Applying,
  applyingAt,
  begun,
  filledIn,
} from "../../../test/applicants.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { atDesk, leadsTo, signs } from "../../../test/desk-visitor.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY, founding } from "../../../test/simulation/small-office-acts.ts";
import { paperOf } from "../../../test/story-founding.ts";
import { anOpening } from "../../../test/story-procedure-steps.ts";
import {
  anAcceptance,
  anObjection,
  aPublicNotice,
  aRegistration,
  aReview,
} from "../../../test/story-registrations.ts";
import { leftOver } from "../../../test/simulation/small-office-story.ts";
import { endsInOrder, webOf } from "../../../test/web-office.ts";
import { encode } from "../../acts/canonical.ts";
import { showInstant } from "../../acts/dates.ts";
import { statement } from "../../acts/statement.ts";
import { accountsOf } from "../../cli/accounts-of.ts";
import { NotPublicYet } from "../../office/not-public-yet.ts";
import { holders } from "../../register/register.ts";

/** What whoever is signed in could try, or do by accident: nothing that an act rests on is lost, and nothing is read by the wrong post. */

let office: SmallOffice;
let at: Applying;
const day = (instant: number): string => showInstant(instant, 480).slice(0, 10);
const procedure = "vehicles-2026";
const pdf = new File(["%PDF-1.7 invented"], "plan.pdf");
/** Somebody whose last post ended, and who signs in as before. */
const personas = {
  ...smallPersonas,
  list: async () => [
    ...(await smallPersonas.list()),
    { name: "left", who: { kind: "official", person: 77 } as const },
  ],
};
const posts = founding(0, {
  ...{ origin: "", logKey: "", keyOf: () => "" },
  edition: { number: 1, digest: "" },
}).posts.map((post) =>
  post.post === "price-authority"
    ? { ...post, powers: [...post.powers, "registerResources" as const] }
    : post.post === "permit-officer"
      ? { ...post, auditor: "administrator" }
      : post.post === "registrar"
        ? { ...post, powers: [...post.powers, "applyRegistrations" as const] }
        : post,
);

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("hostile")).url, {
    founding: { posts },
  });
  at = applyingAt(office, personas);
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

const paper = async (
  visitor: Awaited<ReturnType<typeof atDesk>>,
  commitment: string,
) => (await visitor.get(`/desk/papers/${commitment}`)).status;

test("what was handed in is no draft any more: throwing it away takes no paper of it", async () => {
  const huaxing = await at.as("huaxing");
  const path = await begun(huaxing, "vehicles.records");
  await filledIn(huaxing, path);
  await huaxing.upload(`${path}/papers`, { more: "yes" }, [["papers", pdf]]);
  await huaxing.send(`${path}/papers`, {});
  await huaxing.text(`${path}/send`);
  await huaxing.send(`${path}/send`, {});
  const act = await at.enterNewest();
  if (act.kind !== "applicationReceived") throw new Error(act.kind);
  const { commitment } = act.paper;
  const officer = await atDesk(at.web, "permit-officer");
  const said = await officer.text(`/desk/papers/${commitment}`);
  const attached = /"commitment":"([^"]*)"/.exec(said)?.[1] ?? "";
  expect(await paper(officer, attached)).toBe(200);
  const id = path.split("/").at(-1) ?? "";
  await huaxing.text("/account");
  for (const about of [id, `${id} completion`, "organisation"])
    await huaxing.send(
      `/account/applications/${encodeURIComponent(about)}/discard`,
      {},
    );
  for (const one of [commitment, attached])
    expect(await paper(officer, one)).toBe(200);
});

test("nor does whoever typed a letter make its scans away, once it is entered", async () => {
  const officer = await atDesk(at.web, "permit-officer");
  const here = "/desk/letter-applications";
  await officer.text(here);
  const path = await leadsTo(
    officer.send(here, {
      ...{ organisation: "huaxing", product: "vehicles.records" },
    }),
  );
  await officer.text(path);
  const fields = {
    ...{ arrived: day(START), postmark: "", purpose: "trade" },
    ...{ text: "They price.", fields: "plate", where: "plate" },
    ...{ rowsMax: "20", calls: "", steps: "90", from: "", to: "2027-06-30" },
  };
  const draft = await leadsTo(officer.upload(path, fields, [["papers", pdf]]));
  const id = path.split("/").at(-1) ?? "";
  expect(await signs(officer, draft)).toContain(
    "Received. Nothing is granted by it.",
  );
  const { applications } = office.house.office.register;
  const commitment = applications.get(id)?.act.paper.commitment ?? "";
  const said = await officer.text(`/desk/papers/${commitment}`);
  const scan = /"commitment":"([^"]*)"/.exec(said)?.[1] ?? "";
  await officer.text("/desk");
  for (const about of [id, `${id} on paper`])
    await officer.send(`${here}/${encodeURIComponent(about)}/discard`, {});
  for (const one of [commitment, scan])
    expect(await paper(officer, one)).toBe(200);
});

test("an objection is read and settled by the post that enters it, and its paper by nobody else; whoever holds no post opens no case and no paper", async () => {
  const path = `/objections/procedure/${procedure}`;
  const huaxing = await at.as("huaxing");
  const hand = async (text: string): Promise<string> => {
    const before = (await at.incoming.list("waiting")).map(({ id }) => id);
    await huaxing.text(path);
    await leadsTo(huaxing.send(path, { name: "Real Name", text }));
    const waiting = await at.incoming.list("waiting");
    return waiting.find(({ id }) => !before.includes(id))?.id ?? "";
  };
  const item = await hand("first");
  // The power for objections against registrations is no power for those against a procedure.
  const other = await atDesk(at.web, "price-authority");
  expect((await other.get(`/desk/incoming/${item}`)).status).toBe(403);
  expect(await other.text("/desk/incoming")).not.toContain(item);
  await other.text("/desk");
  expect((await other.send(`/desk/incoming/${item}/return`, {})).status).toBe(
    403,
  );
  const registrar = await atDesk(at.web, "registrar");
  await registrar.text(`/desk/incoming/${item}`);
  const draft = await leadsTo(
    registrar.send(`/desk/incoming/${item}/enter`, {}),
  );
  await signs(registrar, draft);
  const { procedures, applications } = office.house.office.register;
  const [found] = procedures.get(procedure)?.objections ?? [];
  const commitment = found?.paper.commitment ?? "";
  expect(await paper(registrar, commitment)).toBe(200);
  expect(await paper(other, commitment)).toBe(403);
  // One whose act is refused is in nobody's register, and its paper as closed.
  const second = await hand("second");
  await registrar.text(`/desk/incoming/${second}`);
  const refused = await leadsTo(
    registrar.send(`/desk/incoming/${second}/enter`, {}),
  );
  const statementOf = await registrar.text(`${refused}/statement.json`);
  const [, unentered = ""] =
    /"paper":\{"commitment":"([A-Za-z0-9_-]{43})"/.exec(statementOf) ?? [];
  expect(await paper(registrar, unentered)).toBe(200);
  expect(await paper(other, unentered)).toBe(403);
  const left = await atDesk(at.web, "left");
  expect(await left.text("/desk")).toContain("You hold no post now");
  expect(await paper(left, commitment)).toBe(403);
  const [application = ""] = applications.keys();
  const cases = `/desk/applications/${application}`;
  expect((await left.get(cases)).status).toBe(403);
  expect((await registrar.get(cases)).status).toBe(200);
  await left.text("/desk");
  const tried = await left.send("/desk/acts/new/organisation", {
    ...{ do: "keep", organisation: "odd", title: "Odd", class: "enterprise" },
  });
  expect(tried.status).toBe(403);
});

test("the papers of an objection to a registration that came by the command line are read by the post that decides it, and by nobody else", async () => {
  const [body = ""] = office.house.office.register.bodies.keys();
  await office.granted(
    aRegistration({ registrant: { body }, registry: body }),
    "registrar",
  );
  const objection = anObjection({
    by: { kind: "objector", commitment: "B".repeat(42) + "A" },
    evidence: { kind: "objection", commitment: "C".repeat(42) + "A" },
  });
  for (const act of [
    ...[anAcceptance(), aReview()],
    aPublicNotice({ until: START + 20 * DAY }),
    objection,
  ])
    await office.granted(act, "price-authority");
  const registrar = await atDesk(at.web, "registrar");
  const registry = await atDesk(at.web, "price-authority");
  const reads = vi.spyOn(office.house.office, "entered");
  for (const { commitment } of [objection.by, objection.evidence].flatMap(
    (one) => one ?? [],
  )) {
    expect(await paper(registrar, commitment)).toBe(403);
    // The office has never had it: whoever may read it is told so.
    expect(await paper(registry, commitment)).toBe(404);
  }
  // Each entry is read once, and another paper asks the log for nothing.
  expect(await paper(registrar, "D".repeat(42) + "A")).toBe(404);
  expect(reads).toHaveBeenCalledTimes(1);
  reads.mockRestore();
});

test("no draft names signers that cannot be, and so closes nobody's desk", async () => {
  const registrar = await atDesk(at.web, "registrar");
  const head = await atDesk(at.web, "head");
  await registrar.text("/desk/acts/new/organisation");
  const draft = await leadsTo(
    registrar.send("/desk/acts/new/organisation", {
      ...{ do: "keep", organisation: "odd", title: "Odd", class: "enterprise" },
    }),
  );
  const crowd = Array<string>(20).fill("1 head");
  for (const holder of ["1 BAD_POST", crowd]) {
    await registrar.text(draft);
    await registrar.send(`${draft}/signers`, {
      ...{ holder, role: Array<string>(20).fill("approved") },
    });
    for (const visitor of [registrar, head])
      expect((await visitor.get("/desk")).status).toBe(200);
  }
  await registrar.text(draft);
  expect((await registrar.send(`${draft}/withdraw`, {})).status).toBe(303);
});

async function revocation(
  officer: Awaited<ReturnType<typeof atDesk>>,
  permit: string,
): Promise<{ readonly draft: string; readonly commitment: string }> {
  await officer.text("/desk/acts/new/permitRevoked");
  const draft = await leadsTo(
    officer.send("/desk/acts/new/permitRevoked", {
      ...{ do: "keep", permit, reason: "mistake" },
      "paper.words": `Words about ${permit}.`,
    }),
  );
  const statement = await officer.text(`${draft}/statement.json`);
  const [, commitment = ""] =
    /"commitment":"([A-Za-z0-9_-]{43})"/.exec(statement) ?? [];
  return { draft, commitment };
}

test("papers of an act stay: also while its publication waits, and where it was signed elsewhere", async () => {
  const { house } = office;
  const late = new Proxy(house.office, {
    get: (target, name): unknown => {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== "enter")
        return value instanceof Function
          ? (...given: unknown[]): unknown =>
              Reflect.apply(value, target, given)
          : value;
      return async (submission: Parameters<typeof target.enter>[0]) => {
        const result = await target.enter(submission);
        if ("turnedAway" in result) return result;
        const { receipt: _receipt, ...entered } = result;
        throw new NotPublicYet(entered, undefined);
      };
    },
  });
  const away = webOf(office, {
    ...{ demonstration: true, office: late },
    ...accountsOf(house, office.folder, () => office.clock.now),
    personas,
  });
  const officer = await atDesk(away, "permit-officer");
  const one = await revocation(officer, "other-vehicles");
  const page = await signs(officer, one.draft);
  expect(page).toContain(
    "It stands in the log, and this page did not hear of it in time",
  );
  const other = [...house.office.register.permits.values()].find(
    ({ ended }) => ended === undefined,
  );
  const two = await revocation(officer, other?.act.permit ?? "");
  const draft = statement.parse(
    JSON.parse(await officer.text(`${two.draft}/statement.json`)),
  );
  const submission = office.submission(draft.act, "permit-officer");
  const sent = await at.web.post("/acts", encode(submission));
  expect(sent.status, await sent.text()).toBe(201);
  await office.pass(31 * DAY);
  const later = await atDesk(at.web, "permit-officer");
  const [three = ""] = [...house.office.register.permits.keys()];
  await revocation(later, three);
  for (const { commitment } of [one, two])
    expect(await paper(later, commitment)).toBe(200);
});

test("a list that lost one after the first signature is signed by the second all the same", async () => {
  const { permits } = office.house.office.register;
  const officer = await atDesk(at.web, "permit-officer");
  const inForce = [...permits.values()].filter(
    ({ ended }) => ended === undefined,
  );
  const drafts: string[] = [];
  for (const { act } of inForce.slice(0, 3)) {
    const { draft } = await revocation(officer, act.permit);
    await officer.text(draft);
    const changed = await officer.send(`${draft}/signers`, {
      holder: [personOf("permit-officer"), personOf("head")],
      role: ["prepared", "approved"],
    });
    expect(changed.status).toBe(303);
    drafts.push(draft.split("/").at(-1) ?? "");
  }
  expect(drafts.length).toBe(3);
  const signList = async (
    visitor: typeof officer,
    shown: readonly string[],
    sent: readonly string[] = shown,
  ): Promise<number> => {
    await visitor.text("/desk");
    const list = await visitor.send("/desk/batches", { draft: shown });
    const page = await list.text();
    const statements = [
      ...page.matchAll(/name="statement" value="([^"]*)"/g),
    ].map(([, text = ""]) =>
      text.replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    );
    await visitor.text("/desk");
    const answer = await visitor.send("/desk/batches/sign", {
      ...{ draft: sent, statement: statements },
    });
    return answer.status;
  };
  expect(await signList(officer, drafts)).toBe(303);
  const [first = "", second = "", third = ""] = drafts;
  await officer.text(`/desk/drafts/${first}`);
  const gone = await officer.send(`/desk/drafts/${first}/withdraw`, {});
  expect(gone.status).toBe(303);
  const head = await atDesk(at.web, "head");
  expect(await signList(head, [second, third])).toBe(303);
  for (const id of [second, third])
    expect(await head.text(`/desk/drafts/${id}`)).toContain("It is entry");
});

test("a stranger who checks it all finds nothing wrong", async () => {
  expect(await leftOver(office)).toEqual([]);
});

/** As the form of signers names whoever holds a post. */
function personOf(post: string): string {
  const { clock, house } = office;
  const [found] = holders(house.office.register, post, clock.now);
  return `${found?.act.person ?? 0} ${post}`;
}
