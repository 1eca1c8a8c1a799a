import { afterAll, beforeAll, expect, test } from "vitest";
import { tells } from "../../../test/citizen.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { browserOf } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import type { Persona } from "./personas.ts";

let office: SmallOffice;
let web: Web;
const personas: readonly Persona[] = [
  { name: "registrar", who: { kind: "official", person: 2 } },
  {
    name: "resident-0042",
    who: { kind: "citizen", by: "subject", person: "N7", subject: "N7" },
  },
];
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_sign_in")).url);
  web = webOf(office, {
    demonstration: true,
    personas: {
      list: () => Promise.resolve(personas),
      sign: () => Promise.resolve(undefined),
    },
  });
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

test("a visitor of a demonstration comes in as somebody, is named by post, and goes", async () => {
  const browser = browserOf(web);
  expect(await browser.text("/sign-in?to=/due")).toContain("resident 0042");
  const came = await browser.send("/sign-in/demonstration", {
    persona: "registrar",
    to: "/due",
  });
  expect(came.status).toBe(303);
  expect(came.headers.get("location")).toBe("/due");
  const page = await browser.text("/due");
  expect(page).toMatch(/Signed in as [^<]+/);
  expect(tells(page, "N7")).toBe(false);
  const token = browser.cookie("vitrine_session");
  await browser.send("/sign-out", {});
  expect(await browser.text("/due")).not.toContain("Signed in as");
  // The token itself is over, also for whoever kept it.
  const kept = await web.ask("/due", {
    headers: { Cookie: `vitrine_session=${token}` },
  });
  expect(await kept.text()).not.toContain("Signed in as");
});

test("a session gets a new token when somebody else comes in, and ends when nobody asks", async () => {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { persona: "registrar" });
  const first = browser.cookie("vitrine_session");
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { persona: "resident-0042" });
  const second = browser.cookie("vitrine_session");
  expect(second).not.toBe(first);
  const page = await web.ask("/due", {
    headers: { Cookie: `vitrine_session=${first}` },
  });
  expect(await page.text()).not.toContain("Signed in as");
  office.clock.now += 16 * 60_000;
  expect(await browser.text("/due")).not.toContain("Signed in as");
});

test("however busy somebody is, after twelve hours they sign in again", async () => {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { persona: "registrar" });
  for (let halves = 0; halves < 23; halves++) {
    office.clock.now += 30 * 60_000;
    expect(await browser.text("/due")).toContain("Signed in as");
  }
  office.clock.now += 30 * 60_000;
  expect(await browser.text("/due")).not.toContain("Signed in as");
});

test("a form from another site, another session or without its token changes nothing", async () => {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { persona: "registrar" });
  const cookie = `vitrine_session=${browser.cookie("vitrine_session")}`;
  const forged = (headers: Record<string, string>, formToken = "") =>
    web.ask("/sign-out", {
      method: "POST",
      headers: { Cookie: cookie, Accept: "text/html", ...headers },
      body: new URLSearchParams({ formToken }),
    });
  const token = await browser.formToken("/due");
  for (const response of [
    await forged({}),
    await forged({}, "AAAAAAAAAAAAAAAAAAAAAA"),
    await forged({ Origin: "https://evil.example" }, token),
    await forged({ "Sec-Fetch-Site": "cross-site" }, token),
  ])
    expect(response.status).toBe(403);
  expect(await browser.text("/due")).toContain("Signed in as");
});

test("nobody is led out of the office by an address", async () => {
  const browser = browserOf(web);
  for (const to of [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
  ]) {
    await browser.text("/sign-in");
    const came = await browser.send("/sign-in/demonstration", {
      persona: "registrar",
      to,
    });
    expect(came.headers.get("location")).toBe("/desk");
  }
  const doubled = await web.ask("http://office.test//evil.example?lang=zh");
  expect(doubled.headers.get("location")).toBe("/");
});

test("a chosen language stays, an accepted one is taken, and data keeps its columns", async () => {
  const browser = browserOf(web);
  const chosen = await web.ask("/due?lang=zh");
  expect(chosen.status).toBe(303);
  expect(chosen.headers.get("location")).toBe("/due");
  expect(chosen.headers.get("set-cookie")).toMatch(/vitrine_language=zh/);
  const page = await web.ask("/due", {
    headers: { Cookie: "vitrine_language=zh", "Accept-Language": "en" },
  });
  expect(await page.text()).toContain('lang="zh-Hans"');
  const accepted = await web.ask("/due", {
    headers: { "Accept-Language": "zh-CN" },
  });
  expect(await accepted.text()).toContain("登录");
  expect((await web.ask("/data/stations?lang=zh")).status).toBe(400);
  expect(await browser.text("/due")).toContain('lang="en"');
});

test("whoever asks with a browser for what is not there gets a page that helps, a program JSON", async () => {
  const page = await web.ask("/nothing", { headers: { Accept: "text/html" } });
  expect(page.status).toBe(404);
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  expect(await page.text()).toContain("Nothing is at this address");
  const json = await web.ask("/nothing");
  expect(json.headers.get("content-type")).toMatch(/^application\/json/);
  const method = await web.ask("/due", {
    method: "POST",
    headers: { Accept: "text/html" },
  });
  expect(method.status).toBe(405);
  expect(method.headers.get("allow")).toBe("GET, HEAD");
});
