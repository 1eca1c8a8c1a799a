import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  endsInOrder,
  isUnchanged,
  stateOf,
  type Web,
} from "../../test/web-office.ts";
import {
  everybody,
  isGuarded,
  type OwnSession,
  routes,
  sessionsAt,
  signedInAs,
  wholePortal,
} from "../../test/whole-portal.ts";

/** What holds for every form, whoever sends it and whatever is in it. */

let office: SmallOffice;
let web: Web;
/** The cookie of each who can sign in, and the token that forms of the same session bring. */
let sessions: ReadonlyMap<string, OwnSession>;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("every_form")).url);
  web = wholePortal(office);
});
beforeEach(async () => {
  sessions = await sessionsAt(web);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const forms = routes.filter(({ isForm }) => isForm);

// RFC 8058: a mail provider ends a letter without a page of ours; the token of the letter is the right to it.
const ofLetters = "POST /follow/stop/";
test.each(forms.filter(({ route }) => !route.startsWith(ofLetters)))(
  "$route takes nothing but from a page of the same session",
  async ({ path, route }) => {
    const before = stateOf(office);
    for (const persona of everybody) {
      const own = sessions.get(persona) ?? { cookie: "", formToken: "" };
      const other = sessions.get(
        everybody.find((one) => one !== persona) ?? "",
      );
      const send = (formToken: string, headers: Record<string, string>) =>
        web.ask(path, {
          method: "POST",
          headers: { Cookie: own.cookie, Accept: "text/html", ...headers },
          body: new URLSearchParams({
            formToken,
            persona,
            text: "x",
            do: "keep",
          }),
        });
      for (const response of [
        await send("", {}),
        await send(other?.formToken ?? "", {}),
        await send(own.formToken, { Origin: "https://evil.example" }),
        await send(own.formToken, { Origin: "null" }),
        await send(own.formToken, { "Sec-Fetch-Site": "cross-site" }),
        await send(own.formToken, { "Sec-Fetch-Site": "same-site" }),
      ]) {
        expect(
          [403, 404],
          `${route} as ${persona}: ${response.status}`,
        ).toContain(response.status);
        expect(response.headers.getSetCookie(), route).toEqual([]);
        await response.body?.cancel();
      }
      const still = await web.ask("/", {
        headers: { Cookie: own.cookie, Accept: "text/html" },
      });
      expect(await still.text(), route).toContain("Signed in as");
    }
    isUnchanged(office, before);
  },
  120_000,
);

const HARD = "\u202e\u0000'\"><script>alert(1)</script>=1+1";
test.each(forms)(
  "$route hears nothing, too much and nonsense from its own page, and fails at nothing",
  async ({ path, route }) => {
    for (const persona of everybody)
      for (const value of [undefined, "", "x", HARD, "9".repeat(10_000)]) {
        // A form may sign out, or in as somebody else.
        const browser = await signedInAs(web, persona);
        await browser.text("/");
        const names =
          "text do to id product persona credential receipt receipt.0 answer title entry draft".split(
            " ",
          );
        const response = await browser.send(
          path,
          value === undefined
            ? {}
            : Object.fromEntries(names.map((name) => [name, value])),
        );
        expect(web.bugs, `${route} as ${persona}`).toEqual([]);
        expect(response.status, route).toBeLessThan(500);
        expect(await response.text(), route).not.toContain("<script>alert");
        isGuarded(response, route);
      }
  },
  120_000,
);

test("there are forms to try, and each is known as one", () => {
  const posted = web.app.routes.filter(
    ({ method }) => method === "POST" || method === "PUT",
  );
  const json = new Set(
    routes
      .filter(({ isForm, method }) => !isForm && method !== "GET")
      .map(({ route }) => route),
  );
  expect(forms.length).toBeGreaterThan(20);
  expect([...json].toSorted()).toEqual([
    "POST /acts",
    "POST /explain",
    "POST /my/uses/:leaf/question",
    "POST /query",
    "POST /query/explain",
    "POST /records",
    "POST /request-keys",
    "PUT /paper/:hex",
  ]);
  expect(posted.length).toBeGreaterThanOrEqual(forms.length);
});

test("what takes no form does not know whoever is signed in at the pages: another site gains nothing by their cookie", async () => {
  for (const persona of everybody) {
    const Cookie = sessions.get(persona)?.cookie ?? "";
    const plan = JSON.stringify({
      plan: {
        form: "records",
        dataset: "vehicles",
        product: "vehicles.records",
        limit: 5,
      },
    });
    const response = await web.post("/query", plan, { Cookie });
    expect([400, 401, 403]).toContain(response.status);
    const uses = await web.ask("/my/uses", { headers: { Cookie } });
    expect(uses.status).toBe(401);
  }
});

test("what is too large, or of another type, is told on a page to whoever sends it from a page", async () => {
  const { cookie = "", formToken = "" } = sessions.get("huaxing") ?? {};
  const send = (
    body: string | FormData,
    headers: Record<string, string> = {},
  ) =>
    web.ask("/account/registration", {
      method: "POST",
      headers: {
        Cookie: cookie,
        Accept: "text/html",
        "Accept-Language": "zh",
        ...headers,
      },
      body,
    });
  const form = new FormData();
  form.set("formToken", formToken);
  form.set("papers", new File([new Uint8Array(40 * 1024 * 1024)], "large.pdf"));
  for (const [response, status] of [
    [await send(form), 413],
    [await send("{}", { "Content-Type": "application/json" }), 400],
    [
      await send("x", { "Content-Type": "multipart/form-data; boundary=none" }),
      400,
    ],
    [
      await send(`formToken=${formToken}${"&a=b".repeat(2_001)}`, {
        "Content-Type": "application/x-www-form-urlencoded",
      }),
      400,
    ],
  ] as const) {
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    expect(await response.text()).toContain('lang="zh-Hans"');
  }
});
