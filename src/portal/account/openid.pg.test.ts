import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../../../test/browser.ts";
import {
  CLIENT,
  openidProvider,
  type RealProvider,
} from "../../../test/openid-provider.ts";
import { tells } from "../../../test/citizen.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { isNamed } from "../../../test/simulation/small-office-acts.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { OpenidSignIn, type ReadyProvider } from "../../accounts/openid.ts";

/** Signing in at a real provider on this machine, in a real browser; and what somebody tries who is not whom they say. */

const CLAIMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wang: { code: "N7" },
  guardian: { code: "N300", represents: "N7" },
  trader: { code: "t-1", organisation: "huaxing" },
  spaced: { code: "has spaces in it" },
};
let office: SmallOffice;
let web: Web;
let real: RealProvider;
let server: ReturnType<typeof serve>;
let address: string;
const told: string[] = [];

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_openid")).url);
  await office.answered(isNamed("N7", "Name 7"), "huaxing");
  address = await new Promise((resolve) => {
    server = serve(
      {
        fetch: (request, env) => web.app.fetch(request, env),
        port: 0,
        hostname: "127.0.0.1",
      },
      ({ port }) => resolve(`http://localhost:${port}`),
    );
  });
  real = await openidProvider(
    () =>
      ["citizens", "companies", "other"].map(
        (name) => `${address}/sign-in/openid/${name}/callback`,
      ),
    (account) => CLAIMS[account] ?? {},
  );
  web = webOf(office, {
    address: () => address,
    openid: signInAt(provider("citizens"), provider("other"), {
      ...provider("companies"),
      ...{ for: "organisation", organisationClaim: "organisation" },
    }),
  });
});
afterAll(async () => {
  await real.close();
  server.close();
  await endsInOrder(office, web);
  await office.close();
});

const provider = (
  name: string,
  change: Partial<ReadyProvider> = {},
): ReadyProvider => ({
  ...{ name, issuer: real.issuer, clientId: CLIENT.id, secret: CLIENT.secret },
  titles: { en: "the state's sign-in", zh: "政务身份" },
  ...{ scope: "openid person", subjectClaim: "code", for: "citizen" },
  ...(name === "companies" ? {} : { representedClaim: "represents" }),
  ...change,
});
const signInAt = (...providers: readonly ReadyProvider[]): OpenidSignIn =>
  new OpenidSignIn(
    providers,
    office.house.keys.seal,
    () => office.clock.now,
    (line) => void told.push(line),
  );

describe.runIf(hasChromium)("in a browser (skipped without Chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser.close());

  const inBrowser = async (
    story: (page: Page, context: BrowserContext) => Promise<void>,
  ) => {
    const context = await browser.newContext();
    try {
      await story(await context.newPage(), context);
    } finally {
      await context.close();
    }
  };
  /** From the office's sign-in page to where the provider leads back. */
  async function signIn(page: Page, account: string, name = "citizens") {
    await page.goto(`${address}/sign-in?to=%2Fdue`);
    await page.locator(`a[href^="/sign-in/openid/${name}?"]`).click();
    await page.waitForURL(`${real.issuer}/interaction/**`);
    await page.fill("input[name=login]", account);
    await page.fill("input[name=password]", "any");
    await page.click("button[type=submit]");
    await page.getByText("Continue").waitFor();
    await page.click("button[type=submit]");
    await page.waitForURL(`${address}/**`);
  }

  test("a citizen comes from the provider to their own list, and their code stands in no page and no address", async () => {
    await inBrowser(async (page, context) => {
      await context.addCookies([
        { name: "vitrine_session", value: "fixed-by-another", url: address },
      ]);
      await signIn(page, "wang");
      expect(page.url()).toBe(`${address}/my`);
      expect(await page.locator(".three dt").allTextContents()).toEqual([
        ...["Who", "Why", "May they"],
      ]);
      expect(tells(await page.content(), "N7")).toBe(false);
      const cookies = await context.cookies(address);
      const session = cookies.find(({ name }) => name === "vitrine_session");
      expect(session?.value).not.toBe("fixed-by-another");
      expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
      expect(cookies.map(({ name }) => name)).not.toContain("vitrine_begun");
    });
  });

  test("whoever stands in is told so; somebody of an organisation goes on where they were", async () => {
    await inBrowser(async (page) => {
      await signIn(page, "guardian");
      expect(await page.textContent("header")).toContain("You stand in");
    });
    await inBrowser(async (page) => {
      await signIn(page, "trader", "companies");
      expect(page.url()).toBe(`${address}/due`);
      expect(await page.textContent(".who")).toContain("Organisation huaxing");
    });
  });

  test.each([
    ["spaced", "companies", "nobody"],
    ["spaced", "citizens", "nobody"],
    ["nameless", "citizens", "nobody"],
  ])("%s at %s is not signed in: %s", async (account, name, fault) => {
    await inBrowser(async (page) => {
      await signIn(page, account, name);
      expect(page.url()).toBe(`${address}/sign-in/failed/${fault}`);
      expect(await page.textContent("h1")).toBe("You are not signed in");
      expect(await page.textContent(".who")).not.toContain("Signed in as");
    });
  });

  test("whoever says no at the provider gets a page that helps", async () => {
    await inBrowser(async (page) => {
      await page.goto(`${address}/sign-in/openid/citizens`);
      await page.getByText("[ Cancel ]").click();
      await page.waitForURL(`${address}/sign-in/failed/denied`);
      expect(await page.textContent("main")).toContain("Nothing was passed on");
    });
  });

  test("the answer of a provider is worth nothing a second time, in another browser, or late", async () => {
    let answer = "";
    let kept: Promise<string | null> = Promise.resolve(null);
    await inBrowser(async (page) => {
      page.on("request", (request) => {
        if (!request.url().includes("/callback?")) return;
        answer = request.url();
        kept = request.headerValue("cookie");
      });
      await signIn(page, "wang");
      const cookie = (await kept) ?? "";
      expect(cookie).toContain("vitrine_begun=");
      await page.goto(answer);
      expect(page.url()).toMatch(/failed\/otherBrowser$/);
      // Whoever kept the browser's own cookie has the code refused by the provider.
      const again = await web.ask(answer, { headers: { Cookie: cookie } });
      expect(faultOf(again)).toBe("refused");
    });
    await inBrowser(async (page) => {
      await page.goto(answer);
      expect(page.url()).toMatch(/failed\/otherBrowser$/);
    });
  });
});

/** The way by hand: what a browser would keep and send. */
async function begun(name = "citizens", at: Web = web) {
  const response = await at.ask(`${address}/sign-in/openid/${name}?to=/due`);
  const [set = ""] = response.headers.getSetCookie();
  return {
    url: new URL(response.headers.get("location") ?? "", address),
    cookie: set.split(";")[0] ?? "",
    set,
  };
}
const back = (
  query: Readonly<Record<string, string>>,
  cookie: string,
  name = "citizens",
  at: Web = web,
) =>
  at.ask(
    `${address}/sign-in/openid/${name}/callback?${new URLSearchParams(query).toString()}`,
    { headers: { Cookie: cookie } },
  );
const faultOf = (response: Response): string => {
  const where = response.headers.get("location") ?? "";
  const setsSession = response.headers
    .getSetCookie()
    .some((line) => /^vitrine_session=[^;]/.test(line));
  expect(setsSession).toBe(false);
  return where.replace("/sign-in/failed/", "");
};

test("what leaves is one exact address to lead back to, PKCE, state and nonce; the cookie is sealed and this browser's", async () => {
  const one = await begun();
  expect(one.url.origin).toBe(real.issuer);
  const asked = Object.fromEntries(one.url.searchParams);
  expect(asked).toMatchObject({
    redirect_uri: `${address}/sign-in/openid/citizens/callback`,
    ...{ response_type: "code", code_challenge_method: "S256" },
    ...{ scope: "openid person", client_id: CLIENT.id },
  });
  expect(one.set).toMatch(/HttpOnly/);
  expect(one.set).toMatch(/SameSite=Lax/);
  const { state = "", nonce = "" } = asked;
  expect(one.cookie).not.toContain(state);
  const two = await begun();
  expect(two.url.searchParams.get("state")).not.toBe(state);
  expect(two.url.searchParams.get("nonce")).not.toBe(nonce);
});

test.each([
  ["another state", { state: "x" }, "otherBrowser"],
  ["no state", {}, "otherBrowser"],
])("%s is refused", async (_name, query, fault) => {
  const { cookie } = await begun();
  expect(faultOf(await back({ code: "c", ...query }, cookie))).toBe(fault);
});

test("a cookie of another provider, of nobody's making, or older than ten minutes is refused", async () => {
  const { cookie, url } = await begun();
  const state = url.searchParams.get("state") ?? "";
  const query = { code: "c", state };
  expect(faultOf(await back(query, cookie, "other"))).toBe("otherBrowser");
  expect(faultOf(await back(query, "vitrine_begun=AAAA"))).toBe("otherBrowser");
  expect(faultOf(await back(query, cookie))).toBe("refused");
  office.clock.now += 601_000;
  expect(faultOf(await back(query, cookie))).toBe("expired");
  expect(told.join("\n")).not.toContain(state);
  await office.passHour();
});

test("nobody is led out of the office by an address, nor by the name of a host", async () => {
  const { url } = await begun();
  const other = await web.ask(`https://evil.example/sign-in/openid/citizens`);
  const sent = new URL(other.headers.get("location") ?? "");
  expect(sent.searchParams.get("redirect_uri")).toBe(
    url.searchParams.get("redirect_uri"),
  );
  const byNumber = await web.ask(
    `${address.replace("localhost", "127.0.0.1")}/sign-in/openid/citizens?to=/my`,
  );
  expect(byNumber.headers.get("location")).toBe(
    `${address}/sign-in/openid/citizens?to=/my`,
  );
});

describe("a provider that is not what it says", () => {
  type Answers = Readonly<Record<string, (issuer: string) => object | number>>;
  async function withProvider(
    answers: Answers,
    story: (at: Web, asked: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const asked: string[] = [];
    let issuer = "";
    const one = createServer((request, response) => {
      asked.push(request.url ?? "");
      const answer = answers[request.url ?? ""]?.(issuer) ?? 404;
      if (typeof answer === "number") {
        response.writeHead(answer, { Location: "http://127.0.0.1:9/" }).end();
        return;
      }
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(answer));
    });
    const at = await new Promise<AddressInfo | string | null>((resolve) =>
      one.listen(0, "127.0.0.1", () => resolve(one.address())),
    );
    if (typeof at !== "object" || at === null) throw new Error("no port");
    issuer = `http://localhost:${at.port}`;
    try {
      const openid = signInAt(provider("citizens", { issuer }));
      const web = webOf(office, { address: () => address, openid });
      await story(web, asked);
    } finally {
      one.closeAllConnections();
      one.close();
    }
  }
  const discovery = "/.well-known/openid-configuration";
  const whole = (issuer: string) => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  });

  test.each([
    [
      "names another issuer",
      () => ({ ...whole("https://login.example") }),
      "refused",
    ],
    [
      "leads browsers elsewhere",
      (issuer: string) => ({
        ...whole(issuer),
        authorization_endpoint: "https://evil.example/auth",
      }),
      "refused",
    ],
    ["redirects the office elsewhere", () => 302, "away"],
    ["has broken down", () => 500, "away"],
  ])("%s: nobody is sent there", async (_name, answer, fault) => {
    await withProvider({ [discovery]: answer }, async (at) => {
      const begin = await at.ask(`${address}/sign-in/openid/citizens`);
      expect(faultOf(begin)).toBe(fault);
    });
  });

  test("a token endpoint inside another network is never asked", async () => {
    const answer = (issuer: string) => ({
      ...whole(issuer),
      token_endpoint: "https://10.0.0.1/token",
    });
    await withProvider({ [discovery]: answer }, async (at, asked) => {
      const { cookie, url } = await begun("citizens", at);
      const state = url.searchParams.get("state") ?? "";
      const response = await back({ code: "c", state }, cookie, "citizens", at);
      expect(faultOf(response)).toBe("refused");
      expect(asked).toEqual([discovery]);
      expect(told.at(-1)).toContain("https://10.0.0.1");
    });
  });

  test("an ID token with another nonce, another issuer, for another client, or from another time is refused", async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "k", alg: "RS256" };
    let token = "";
    const answers: Answers = {
      [discovery]: whole,
      "/jwks": () => ({ keys: [jwk] }),
      "/token": () => ({
        ...{ access_token: "a", token_type: "Bearer", id_token: token },
      }),
    };
    await withProvider(answers, async (at) => {
      const now = Math.floor(Date.now() / 1000);
      const tried = async (change: object): Promise<string> => {
        const { cookie, url } = await begun("citizens", at);
        const state = url.searchParams.get("state") ?? "";
        const claims = {
          ...{ sub: "wang", code: "N7", aud: CLIENT.id },
          ...{ iss: url.origin, iat: now, exp: now + 300 },
          nonce: url.searchParams.get("nonce"),
          ...change,
        };
        token = await new SignJWT(claims)
          .setProtectedHeader({ alg: "RS256", kid: "k" })
          .sign(privateKey);
        const query = { code: "c", state };
        const response = await back(query, cookie, "citizens", at);
        const where = response.headers.get("location") ?? "";
        return where === "/my" ? where : faultOf(response);
      };
      expect(await tried({})).toBe("/my");
      expect(await tried({ nonce: "another" })).toBe("refused");
      expect(await tried({ iss: "https://login.example" })).toBe("refused");
      expect(await tried({ aud: "another" })).toBe("refused");
      expect(await tried({ exp: now - 3_600 })).toBe("clock");
      expect(await tried({ nbf: now + 3_600 })).toBe("clock");
      expect(await tried({ code: undefined })).toBe("nobody");
      expect(await tried({ represents: 7 })).toBe("nobody");
    });
  });
});
