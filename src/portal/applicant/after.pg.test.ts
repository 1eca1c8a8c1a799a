import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Applying,
  applyingAt,
  begun,
  filledIn,
} from "../../../test/applicants.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import type { Visitor } from "../../../test/visitor.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { ApplicantPapers } from "../../accounts/applicant-papers.ts";

/** What comes after an application, beside the permit that was hoped for. */

let office: SmallOffice;
let at: Applying;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("applied")).url);
  at = applyingAt(office);
});
afterAll(async () => {
  await endsInOrder(office, at.web);
  await office.close();
});

/** Handed in and entered; its address. */
async function entered(who: Visitor): Promise<string> {
  const path = await begun(who, "vehicles.records");
  await filledIn(who, path);
  await who.text(`${path}/send`);
  expect((await who.send(`${path}/send`, {})).status).toBe(303);
  await at.enterNewest();
  return path;
}

const idOf = (path: string): string => path.split("/").at(-1) ?? "";

/** A letter of the office, as it is kept here. */
async function letter(text: string): Promise<string> {
  const { house, clock } = office;
  const papers = new ApplicantPapers(
    ...([house.sql, house.keys.seal, () => clock.now] as const),
  );
  const kept = await papers.keep({ kind: "official", person: 5 }, "letter", {
    ...{ name: "letter.txt", type: "text/plain" },
    content: Buffer.from(text),
  });
  return kept.commitment;
}

test("what is missing is asked for, brought with papers, and entered; then it is refused with reasons and a way to go against it", async () => {
  const huaxing = await at.as("huaxing");
  const path = await entered(huaxing);
  expect(await huaxing.text(`${path}/completion`)).toContain("Status 404");
  await office.granted(
    {
      ...{ kind: "completionAsked", application: idOf(path), left: 10 },
      by: START + 20 * DAY,
      paper: {
        commitment: await letter("The plan lacks a page."),
        kind: "letter",
      },
    },
    "permit-officer",
  );
  await office.house.office.publish();
  expect(await huaxing.text("/account")).toContain(`${path}/completion`);
  expect(await huaxing.text(path)).toContain("The plan lacks a page.");
  await huaxing.text(`${path}/completion`);
  const page = new File(["%PDF-1.7 page"], "page.pdf");
  // A paper is kept also where a word is missing, and the word where a paper is wrong.
  const wordless = await huaxing.upload(`${path}/completion`, { text: "" }, [
    ["papers", page],
  ]);
  expect(wordless.status).toBe(422);
  expect(await wordless.text()).toMatch(/id="text-wrong"[\s\S]*page\.pdf/);
  const bad = await huaxing.upload(
    `${path}/completion`,
    { text: "Here it is." },
    [["papers", new File(["no"], "x.exe")]],
  );
  expect(await bad.text()).toContain("Here it is.");
  const sent = await huaxing.upload(
    `${path}/completion`,
    { text: "Here it is." },
    [],
  );
  expect(sent.headers.get("location")).toBe(path);
  expect(await huaxing.text(path)).toMatch(/You answered at[\s\S]*page\.pdf/);
  expect(await at.enterNewest()).toMatchObject({
    ...{ kind: "completionReceived", application: idOf(path) },
  });
  expect(await huaxing.text(path)).toContain("received; being decided");
  await office.granted(
    {
      ...{ kind: "applicationRefused", application: idOf(path) },
      ...{ rule: "V-PUR", redress: ["administrativeReview", "court"] },
      redressUntil: START + 90 * DAY,
      paper: {
        commitment: await letter("Lorries are not on the list."),
        kind: "letter",
      },
    },
    "permit-officer",
  );
  await office.house.office.publish();
  const refused = await huaxing.text(path);
  expect(refused).toContain("Lorries are not on the list.");
  expect(refused).toContain("administrative review, a court");
  expect(refused).toContain("2027-01-31");
  expect(refused).toContain("(V-PUR)");
  expect(await (await at.as("other")).text(path)).toContain("Status 404");
});

test("whoever is refused what others alike have is told so, and finds what was decided for them before", async () => {
  const huaxing = await at.as("huaxing");
  const path = await entered(huaxing);
  // The refusal of the story before, and the permit of somebody alike.
  const waiting = await huaxing.text(path);
  expect(waiting).toMatch(
    />refused<[\s\S]*Organisation huaxing \(the same organisation\)/,
  );
  expect(waiting).toContain("granted, in force");
  await office.granted(
    {
      ...{ kind: "applicationRefused", application: idOf(path) },
      ...{ rule: "V-SCOPE", redress: ["court"] },
      redressUntil: START + 90 * DAY,
      paper: { commitment: await letter("Not now."), kind: "letter" },
    },
    "permit-officer",
  );
  await office.house.office.publish();
  const refused = await huaxing.text(path);
  expect(refused).toMatch(
    /one is refused what another of its class was permitted[\s\S]*V-ALIKE[\s\S]*other-vehicles/,
  );
  // A list says of both entries what became of the application, and not that the rules let them be entered.
  for (const list of ["/acts", "/organisations/huaxing"]) {
    const page = await huaxing.text(list);
    expect(page).toContain('<span class="refused">application refused</span>');
    expect(page).toContain(
      '<span class="refused">received; refused since</span>',
    );
  }
  const feed = await huaxing.text("/acts.atom");
  expect(feed).toContain("<title>application refused: ");
  const entry = /href="(\/acts\/\d+)"/.exec(refused)?.[1] ?? "";
  expect(await huaxing.text(entry)).toMatch(/<strong class="refused">/);
});

test("an application is withdrawn by its applicant, once, and entered by the post", async () => {
  const huaxing = await at.as("huaxing");
  const path = await entered(huaxing);
  await huaxing.text(path);
  const silent = await huaxing.send(`${path}/withdrawal`, { text: "" });
  expect(silent.status).toBe(422);
  const sent = await huaxing.send(`${path}/withdrawal`, { text: "No need." });
  expect(sent.status).toBe(303);
  expect(await huaxing.text(path)).not.toContain("Withdraw the application");
  await huaxing.send(`${path}/withdrawal`, { text: "No need." });
  expect(await at.incoming.list("waiting")).toHaveLength(1);
  expect((await at.enterNewest()).kind).toBe("applicationWithdrawn");
  expect(await huaxing.text(path)).toContain("You withdrew it");
});

test("another term of a permit is asked for", async () => {
  const huaxing = await at.as("huaxing");
  const path = "/account/permits/huaxing-vehicles";
  await huaxing.text(path);
  const wrong = await huaxing.send(`${path}/renewal`, {
    ...{ text: "", to: "2027-01-01" },
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/id="to-wrong"[\s\S]*id="text-wrong"/);
  await huaxing.send(`${path}/renewal`, {
    text: "We go on.",
    to: "2041-01-01",
  });
  expect(await huaxing.text(path)).toContain("the office has to enter it");
  expect(await at.enterNewest()).toMatchObject({
    ...{ kind: "renewalAsked", permit: "huaxing-vehicles" },
  });
  expect(await huaxing.text(path)).toContain("the office decides it");
});

test("tokens and request keys are an organisation's own", async () => {
  const huaxing = await at.as("huaxing");
  await huaxing.text("/account/tokens");
  const wrong = await huaxing.send("/account/tokens", {
    ...{ permit: "other-vehicles", system: "", days: "30" },
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain("Choose a permit of yours");
  const many = await huaxing.send("/account/tokens", {
    ...{ permit: "", system: "Big System", days: "30" },
  });
  expect(await many.text()).toMatch(/id="system-wrong"[\s\S]*Big System/);
  const sent = await huaxing.send("/account/tokens", {
    ...{ permit: "", system: "desk", days: "30" },
  });
  expect(sent.headers.get("location")).toBe("/account/tokens/new");
  const made = await huaxing.text("/account/tokens/new");
  await staysAMinute(huaxing, made);
  const list = await huaxing.text("/account/tokens");
  expect(list.match(/account\/tokens\/[\w-]{8}\/end/g)).toHaveLength(1);
  const [, id = ""] = /Its id is ([A-Za-z0-9_-]{8});/.exec(made) ?? [];
  const other = await at.as("other");
  const foreign = await other.send(`/account/tokens/${id}/end`, {});
  expect(foreign.status).toBe(404);
  expect((await huaxing.send(`/account/tokens/${id}/end`, {})).status).toBe(
    303,
  );
  expect((await huaxing.send(`/account/tokens/${id}/end`, {})).status).toBe(
    404,
  );

  const { publicKey } = generateKeyPairSync("ed25519");
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const rsa = generateKeyPairSync("ec", { namedCurve: "P-256" })
    .publicKey.export({ type: "spki", format: "pem" })
    .toString();
  await other.text("/account/keys");
  expect((await other.send("/account/keys", { publicKey: rsa })).status).toBe(
    422,
  );
  expect((await other.send("/account/keys", { publicKey: pem })).status).toBe(
    303,
  );
  const keys = await other.text("/account/keys");
  const [, key = ""] =
    /\/account\/keys\/([A-Za-z0-9_-]{22})\/end/.exec(keys) ?? [];
  expect((await huaxing.send(`/account/keys/${key}/end`, {})).status).toBe(404);
  expect((await other.send(`/account/keys/${key}/end`, {})).status).toBe(303);
  const ended = await other.send("/account/keys", { publicKey: pem });
  expect(await ended.text()).toContain("This key has ended");
});

/** A token that was made just now: no look takes it away, it makes no other one, and only the session that made it is shown it. */
async function staysAMinute(huaxing: Visitor, made: string): Promise<void> {
  const shown = (page: string) => /id="token">\s*([\w-]{43})/.exec(page)?.[1];
  const token = shown(made);
  expect(token).toBeDefined();
  const cookie = huaxing.cookie("vitrine_made");
  const as = async (session: string, kept: string, method = "GET") =>
    at.web.ask("/account/tokens/new", {
      method,
      headers: {
        Accept: "text/html",
        Cookie: `vitrine_session=${session}; vitrine_made=${kept}`,
      },
    });
  const own = huaxing.cookie("vitrine_session");
  const head = await as(own, cookie, "HEAD");
  expect([head.status, head.headers.getSetCookie()]).toEqual([200, []]);
  // As the link of the page does it.
  await huaxing.text("/account/tokens/new?lang=zh");
  const chinese = await huaxing.text("/account/tokens/new");
  expect(chinese).toContain('lang="zh-Hans"');
  expect(shown(chinese)).toBe(token);
  await huaxing.text("/account?lang=en");

  // Another organisation's session opens nothing of it, nor the same organisation's other session; what was altered is nothing.
  const other = (await at.as("other")).cookie("vitrine_session");
  const later = (await at.as("huaxing")).cookie("vitrine_session");
  const altered = `${cookie.slice(0, 30)}${cookie[30] === "A" ? "B" : "A"}${cookie.slice(31)}`;
  for (const [session, kept] of [
    ...[other, later].map((one) => [one, cookie] as const),
    ...["", "A", altered].map((one) => [own, one] as const),
  ]) {
    const answer = await as(session, kept);
    expect(answer.headers.get("location")).toBe("/account/tokens");
  }

  office.clock.now += 59_000;
  expect(shown(await (await as(own, cookie)).text())).toBe(token);
  office.clock.now += 1_000;
  expect((await as(own, cookie)).headers.get("location")).toBe(
    "/account/tokens",
  );
}

test("somebody whom the register does not know asks to be registered, and then can apply", async () => {
  const newcomer = await at.as("newcomer");
  expect(await newcomer.text("/account")).toContain("/account/registration");
  await newcomer.text("/account/registration");
  const wrong = await newcomer.upload(
    "/account/registration",
    {
      ...{ title: "New Roads Ltd", class: "state", text: "" },
      ...{ code: "other", registration: "A_B" },
    },
    [],
  );
  expect(wrong.status).toBe(422);
  const page = await wrong.text();
  expect(page).toContain("New Roads Ltd");
  for (const field of ["class", "registration", "text"])
    expect(page).toContain(`id="${field}-wrong"`);
  const asked = {
    ...{ title: "New Roads Ltd", class: "research", text: "Ms N." },
    ...{ code: "credit", registration: "91999999MA0TEXT0QJ" },
  };
  // A slip of the hand, and a class that lowers prices without a paper for it.
  const slip = await newcomer.upload(
    "/account/registration",
    { ...asked, registration: "91999999MA0TEXT0QK" },
    [],
  );
  const slipped = await slip.text();
  for (const field of ["registration", "papers"])
    expect(slipped).toContain(`id="${field}-wrong"`);
  expect(slipped).toContain('value="91999999MA0TEXT0QK"');
  // Until the register knows it, nothing else is open.
  for (const path of ["tokens", "keys", "applications/new", "credentials"]) {
    expect(await newcomer.text(`/account/${path}`), path).toBe("");
    const tried = await newcomer.send(`/account/${path}`, {});
    expect(tried.headers.get("location"), path).toBe("/account");
  }
  await newcomer.text("/account/registration");
  const sent = await newcomer.upload("/account/registration", asked, [
    ["papers", new File(["%PDF-1.7 charter"], "charter.pdf")],
  ]);
  expect(sent.headers.get("location")).toBe("/account");
  expect(await newcomer.text("/account")).toContain(
    "the registrar has to enter you",
  );
  expect(await at.enterNewest()).toEqual({
    ...{ kind: "organisation", organisation: "newcomer" },
    ...{ title: "New Roads Ltd", class: "research" },
    registration: "91999999ma0text0qj",
  });
  expect(await newcomer.text("/account")).toContain("apply for a product");
  expect(await begun(newcomer, "vehicles.records")).toMatch(/ap-/);
});
