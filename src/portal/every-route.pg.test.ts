import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { visibleWords } from "../../test/visible-words.ts";
import { endsInOrder, type Web } from "../../test/web-office.ts";
import {
  everybody,
  isGuarded,
  type OwnSession,
  routes,
  sessionsAt,
  wholePortal,
} from "../../test/whole-portal.ts";

/** What holds at every address, asked by everybody. */

let office: SmallOffice;
let web: Web;
/** The cookie of each who can sign in, and the token that forms of the same session bring. */
let sessions: ReadonlyMap<string, OwnSession>;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("every_route")).url);
  web = wholePortal(office);
});
beforeEach(async () => {
  sessions = await sessionsAt(web);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const pages = routes.filter(({ method }) => method === "GET");

const EVIL = [
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "%2F%2Fevil.example",
  "/%5Cevil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
] as const;
const LEADING = ["to", "next", "back", "return", "url", "from", "redirect"];

describe.each([undefined, ...everybody])("asked by %s", (persona) => {
  const headersOf = (accept: string) => ({
    Accept: accept,
    Cookie: sessions.get(persona ?? "")?.cookie ?? "",
  });

  test("every address answers with its guards, and never with an error of the office's own", async () => {
    for (const { method, path, route } of routes)
      for (const accept of ["text/html", "application/json"]) {
        const response = await web.ask(path, {
          method,
          headers: headersOf(accept),
          ...(method === "GET"
            ? {}
            : { body: new URLSearchParams({ field: "" }) }),
        });
        isGuarded(response, `${route} ${accept}`);
        expect(response.status, route).not.toBe(500);
        expect(web.bugs, route).toEqual([]);
        // A page of its own says why nobody came in, or that a link of a letter is over.
        if (
          response.status >= 400 &&
          !/\/failed\/|\/follow\/confirm\//.test(route)
        )
          expect(response.headers.get("content-type"), route).toMatch(
            accept === "text/html" && !path.endsWith(".json")
              ? /^text\/html|^text\/plain|^application\/json/
              : /^application\/json|^text\/plain/,
          );
        await response.body?.cancel();
      }
    expect(web.bugs).toEqual([]);
  }, 300_000);

  test("no address leads out of the office, whatever it is told", async () => {
    for (const [index, { path, route }] of pages.entries())
      for (const lang of ["", "lang=zh&"]) {
        const told = LEADING.map((name, at) => {
          const evil = EVIL[(index + at) % EVIL.length] ?? "";
          return `${name}=${encodeURIComponent(evil)}`;
        });
        const at = path + (path.includes("?") ? "&" : "?");
        const response = await web.ask(`${at}${lang}${told.join("&")}`, {
          headers: headersOf("text/html"),
        });
        const to = response.headers.get("location") ?? "/";
        expect(to, route).toMatch(/^\/(?![/\\])/);
        expect(response.headers.get("refresh"), route).toBeNull();
        await response.body?.cancel();
      }
  }, 300_000);
});

test("no address is that of a route itself, whatever stands for its parameter", async () => {
  for (const { route, method } of routes) {
    const [, pattern = ""] = route.split(" ");
    if (!pattern.includes(":")) continue;
    for (const path of [pattern, pattern.replaceAll(/\{.*?\}+/g, "")]) {
      const response = await web.ask(path, {
        method,
        headers: { Accept: "text/html" },
      });
      // The gate's own addresses say what they want of a plan.
      expect([404, 405], `${method} ${path}`).toContain(response.status);
      await response.body?.cancel();
    }
  }
  expect(web.bugs).toEqual([]);
});

test("no path leads out of the office either", async () => {
  for (const path of [
    "//evil.example",
    "/.//evil.example",
    "/%2F%2Fevil.example",
    "/%5Cevil.example",
    "/%09/evil.example",
    "///evil.example/%2e%2e",
  ]) {
    const response = await web.ask(`http://office.test${path}?lang=zh`, {
      headers: { Accept: "text/html" },
    });
    const to = response.headers.get("location") ?? "/";
    expect(new URL(to, "http://office.test").host, path).toBe("office.test");
    expect(to, path).toMatch(/^\/(?![/\\])/);
  }
});

const ODD_IDS = [
  "%00",
  "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  "..%2F..%2Fetc%2Fpasswd",
  "%F0%9F%92%A9".repeat(200),
  "__proto__",
];
test.each([undefined, ...everybody])(
  "as %s no id in a path or a question is too odd to be told that nothing is there",
  async (persona) => {
    const { cookie = "" } = sessions.get(persona ?? "") ?? {};
    for (const { route, method } of pages)
      for (const odd of ODD_IDS) {
        const pattern = route
          .slice("GET ".length)
          .replaceAll(/\{[^}]*\}+/g, "");
        const path = pattern.replaceAll(/:\w+|\*/g, odd);
        const asked =
          "application like draft product q kind thing entry after before case cursor from to at organisation fields limit show form page week year outcome"
            .split(" ")
            .map((name) => `${name}=${odd}`)
            .join("&");
        for (const at of odd === "%00"
          ? [path, `${path}?${asked}`]
          : [`${path}?${asked}`]) {
          const response = await web.ask(at, {
            method,
            headers: { Cookie: cookie, Accept: "text/html" },
          });
          expect(web.bugs, at).toEqual([]);
          expect(response.status, at).toBeLessThan(500);
          if (
            response.headers.get("content-type")?.startsWith("text/html") ===
            true
          )
            expect(await response.text(), at).not.toContain("<script>alert");
          else await response.body?.cancel();
        }
      }
  },
  300_000,
);

test("a session that somebody brought along is not taken over, and its cookie is bound to the host over HTTPS", async () => {
  const fixed = "A".repeat(43);
  const signIn = (address: string, cookie: string) =>
    web.ask(`${address}/sign-in/demonstration`, {
      method: "POST",
      headers: { Cookie: cookie },
      body: new URLSearchParams({ persona: "huaxing" }),
    });
  const plain = await signIn("http://office.test", `vitrine_session=${fixed}`);
  const given =
    plain.headers
      .getSetCookie()
      .find((one) => /vitrine_session=[^;]{20}/.test(one)) ?? "";
  expect(given).not.toContain(fixed);
  expect(given).toMatch(/; Path=\//);
  expect(given).toMatch(/; HttpOnly/);
  expect(given).toMatch(/; SameSite=Lax/);
  expect(given).not.toMatch(/Domain|Max-Age=[1-9]|Expires/i);
  const secure = await signIn("https://office.test", "");
  const [bound = ""] = secure.headers.getSetCookie();
  expect(bound).toMatch(/^__Host-vitrine_session=/);
  expect(bound).toMatch(/; Secure/);
  // Over HTTPS the name without the prefix is nobody's.
  const [token = ""] = bound.replace("__Host-vitrine_session=", "").split(";");
  const page = await web.ask("https://office.test/", {
    headers: { Cookie: `vitrine_session=${token}`, Accept: "text/html" },
  });
  expect(await page.text()).not.toContain("Signed in as");
});

test.each([
  ["no pair", "nonsense"],
  ["a session of no form", "vitrine_session=%00%ff; vitrine_language=%zz"],
  ["a session that is very long", `vitrine_session=${"A".repeat(7_000)}`],
  ["two sessions", "vitrine_session=a; vitrine_session=b"],
  ["a language that nobody speaks", "vitrine_language=../../etc"],
  ["what was begun elsewhere", "vitrine_begun=AAAA; vitrine_challenge=AAAA"],
])("a cookie that is %s leaves its reader a visitor", async (_, cookie) => {
  for (const path of [
    "/",
    "/sign-in",
    "/nothing-is-here",
    "/sign-in/openid/none/callback?code=x&state=y",
  ]) {
    const response = await web.ask(path, {
      headers: { Cookie: cookie, Accept: "text/html" },
    });
    expect(response.status, path).toBeLessThan(500);
    expect(await response.text()).not.toContain("Signed in as");
  }
  expect(web.bugs).toEqual([]);
});

test.each([
  ["/nothing-is-here", "GET", 404, "Nothing is at this address", "此地址"],
  ["/datasets/none", "GET", 404, "none", "none"],
  ["/due", "DELETE", 405, "This address is asked in another way", "此地址"],
  ["/due", "PATCH", 405, "This address is asked in another way", "此地址"],
  [`/search?q=${"a".repeat(6_000)}`, "GET", 400, "want at most 200", "最多"],
  [`/acts?${"kind=permit&".repeat(600)}`, "GET", 200, "Acts", "行为"],
  ["/acts/99999999999999999999", "GET", 400, "want its number", "记录号"],
] as const)(
  "%s (%s) says %d on a page in the reader's language, and JSON to programs",
  async (path, method, status, en, zh) => {
    for (const [lang, word] of [
      ["en", en],
      ["zh", zh],
    ] as const) {
      const response = await web.ask(path, {
        method,
        headers: { Accept: "text/html", "Accept-Language": lang },
      });
      expect(response.status).toBe(status);
      const html = await response.text();
      expect(html).toContain(
        `<html lang="${lang === "zh" ? "zh-Hans" : "en"}"`,
      );
      expect(visibleWords(html)).toContain(word);
      expect(html).not.toMatch(/ at .*\.tsx?:\d+|node_modules|Error:/);
    }
    if (status === 200) return;
    const json = await web.ask(path, { method });
    expect(json.status).toBe(status);
    expect(await json.json()).toHaveProperty("error.message");
  },
);
