import { afterAll, beforeAll, expect, test } from "vitest";
import { applyingAt, type Applying } from "../../../test/applicants.ts";
import { listOf, signedIn } from "../../../test/citizen.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  founding,
  isNamed,
  MINUTE,
  people,
} from "../../../test/simulation/small-office-acts.ts";
import {
  leftOver,
  shown,
} from "../../../test/simulation/small-office-story.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { fromBase64url } from "../../acts/bytes.ts";
import { primitives } from "../../store/crypto.ts";
import { commitmentOf } from "../../uses/opening.ts";

let office: SmallOffice;
let at: Applying;

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
  office = await SmallOffice.granted((await schemaFor("desk_openings")).url, {
    founding: { posts },
  });
  at = applyingAt(office, smallPersonas);
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

const listFor = async (person: string) =>
  listOf(office, at.web, await signedIn(office, person));

async function open(
  auditor: Visitor,
  leaf: string,
  why = "A complaint of 28 November.",
): Promise<{ readonly status: number; readonly page: string }> {
  await auditor.text("/desk/openings");
  const sent = await auditor.send("/desk/openings", {
    ...{ leaf, why, post: "price-authority" },
  });
  const to = sent.headers.get("location");
  return to === null
    ? { status: sent.status, page: await sent.text() }
    : { status: sent.status, page: await auditor.text(to) };
}

const codeAfter = (page: string, term: string): string =>
  new RegExp(`<dt>${term}</dt><dd><code>([^<]*)`).exec(page)?.[1] ?? "";

test("an auditor opens a use; whoever it names finds by which post and why, and a stranger who audits finds nothing wrong", async () => {
  await office.answered(isNamed("N7", "Name 7"), "huaxing");
  const [use] = (await listFor("N7")).uses;
  const leaf = use?.leaf ?? "";
  const auditor = await as("price-authority");
  expect(await auditor.text("/desk")).toContain('href="/desk/openings"');
  const { status, page } = await open(auditor, leaf);
  expect(status).toBe(303);
  expect(page).toContain("huaxing");
  expect(page).toContain("Name 7");
  const opening = {
    nonce: fromBase64url(codeAfter(page, "Nonce")),
    content: fromBase64url(codeAfter(page, "Content")),
  };
  const [line] = (await listFor("N7")).uses.filter(
    (one) => one.kind === "look" && one.by === "auditor",
  );
  expect(line).toMatchObject({
    ...{ of: leaf, why: "A complaint of 28 November." },
    post: { id: "price-authority" },
    opening: { nonce: expect.any(String) },
  });
  expect(page).toContain(line?.leaf);
  expect(
    (await listFor("N8")).uses.some(
      (one) => one.kind === "look" && one.by === "auditor",
    ),
  ).toBe(false);
  // The look can be opened as well, and that is one more.
  const again = await open(auditor, line?.leaf ?? "", "Who opened it?");
  expect(again.page).toContain("an auditor&#39;s look at another entry");
  await office.passHour();
  const entries = await shown(office);
  const entered = entries.map(({ entry }) => entry);
  expect(
    entered.filter((one) => one.kind === "look" && one.by === "auditor"),
  ).toHaveLength(2);
  expect(
    entered.find((one) => one.kind === "use" && "private" in one),
  ).toMatchObject({ private: commitmentOf(primitives, opening) });
  expect(await leftOver(office)).toEqual([]);
});

test("a use of several persons: each finds the look, and gets no opening that would name the others", async () => {
  await office.answered(people({ limit: 30 }), "huaxing");
  const [use] = (await listFor("N21")).uses;
  const auditor = await as("price-authority");
  expect((await open(auditor, use?.leaf ?? "")).status).toBe(303);
  for (const person of ["N7", "N21"]) {
    const looks = (await listFor(person)).uses.filter(
      (one) => one.kind === "look" && one.of === use?.leaf,
    );
    expect(looks).toHaveLength(1);
    expect(looks[0]?.opening).toHaveProperty("kept");
  }
});

test("the opened entry loaded anew, in the other language or asked for by the same form is one look; another reason, another minute or another session is not shown it", async () => {
  await office.answered(isNamed("N77", "Name 77"), "huaxing");
  // Whom no other test reads: the list has looks as well, and stands in the order of hashes.
  const use = (await listFor("N77")).uses.find(({ kind }) => kind === "use");
  const leaf = use?.leaf ?? "";
  const looks = async (): Promise<number> =>
    (await listFor("N77")).uses.filter(
      (one) => one.kind === "look" && one.of === leaf,
    ).length;
  const auditor = await as("price-authority");
  const { page } = await open(auditor, leaf);
  const here = `/desk/openings/${leaf}`;
  expect(await auditor.text(here)).toBe(page);
  await auditor.text(`${here}?lang=zh`);
  expect(await auditor.text(here)).toContain("仍属同一次查看");
  await auditor.text(`${here}?lang=en`);
  expect((await open(auditor, leaf)).page).toBe(page);
  expect(await looks()).toBe(1);

  for (const other of ["price-authority", "permit-officer"]) {
    const answer = await (await as(other)).get(here);
    expect([303, 403]).toContain(answer.status);
    expect(await answer.text()).not.toContain("Name 77");
  }
  await open(auditor, leaf, "Another complaint.");
  expect(await looks()).toBe(2);
  office.clock.now += MINUTE;
  expect((await auditor.get(here)).headers.get("location")).toBe(
    "/desk/openings",
  );
  expect(await looks()).toBe(2);
});

test("what is wrong is said at its field, and nothing is looked at", async () => {
  const auditor = await as("price-authority");
  const before = (await listFor("N7")).uses.length;
  for (const [leaf, why, says] of [
    ["12", "A complaint.", "Write its leaf hash"],
    ["A".repeat(43), "A complaint.", "No opening of this entry is kept"],
    ["A".repeat(43), "", "Say why"],
    ["A".repeat(43), "x".repeat(501), "Write at most 500 characters"],
  ] as const) {
    const { status, page } = await open(auditor, leaf, why);
    expect(status).toBe(422);
    expect(page).toContain(says);
    expect(page).toContain(`value="${leaf}"`);
  }
  // The list itself was looked at once in between.
  expect((await listFor("N7")).uses).toHaveLength(before + 1);
});

test("nobody opens who does not audit", async () => {
  const officer = await as("permit-officer");
  expect(await officer.text("/desk")).not.toContain("/desk/openings");
  expect((await officer.get("/desk/openings")).status).toBe(403);
  await officer.text("/desk");
  const sent = await officer.send("/desk/openings", {
    ...{ leaf: "A".repeat(43), why: "x", post: "price-authority" },
  });
  expect(sent.status).toBe(403);
});
