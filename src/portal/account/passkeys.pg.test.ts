import { serve } from "@hono/node-server";
import type {
  Browser,
  BrowserContext,
  CDPSession,
  Page,
} from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../../../test/browser.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { browserOf } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { Accounts } from "../../accounts/accounts.ts";
import { gotAnswer, readAnswer } from "../../accounts/passkey-answers.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { keyIdOf, signedBytes } from "../../acts/statement.ts";
import { primitives } from "../../store/crypto.ts";

/** Passkeys for signing in, made and used in Chromium with an authenticator of its own. */

let office: SmallOffice;
let accounts: Accounts;
let web: Web;
let server: ReturnType<typeof serve>;
let address: string;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_passkeys")).url);
  const { house, clock } = office;
  accounts = new Accounts(house.sql, house.keys.seal, () => clock.now);
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
  web = webOf(office, { address: () => address, accounts });
});
afterAll(async () => {
  server.close();
  await endsInOrder(office, web);
  await office.close();
});

const registrar = { kind: "official", person: 2 } as const;
const invite = (name = "the registrar") =>
  accounts.invite({ holder: registrar, name });
async function invitations(): Promise<number> {
  const found = await office.house.sql`select 1 from invitation`;
  return found.length;
}

describe.runIf(hasChromium)("in a browser (skipped without Chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser.close());

  type Held = {
    readonly page: Page;
    readonly context: BrowserContext;
    readonly cdp: CDPSession;
    readonly authenticator: string;
  };
  async function withAuthenticator(
    story: (held: Held) => Promise<void>,
    verified = true,
  ): Promise<void> {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(8_000);
      const cdp = await context.newCDPSession(page);
      await cdp.send("WebAuthn.enable");
      const { authenticatorId } = await cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
          options: {
            protocol: "ctap2",
            transport: "internal",
            hasResidentKey: true,
            hasUserVerification: true,
            isUserVerified: verified,
            automaticPresenceSimulation: true,
          },
        },
      );
      await story({ page, context, cdp, authenticator: authenticatorId });
    } finally {
      await context.close();
    }
  }
  async function begin(page: Page, code: string): Promise<void> {
    await page.goto(`${address}/account/invitation`);
    await page.fill("#code", code.toLowerCase().replaceAll("-", " "));
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Make the passkey" }).click();
  }
  const signOut = (page: Page) =>
    page.getByRole("button", { name: "Sign out" }).click();
  async function signIn(page: Page, to = "/due"): Promise<void> {
    await page.goto(`${address}/sign-in?to=${encodeURIComponent(to)}`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  }

  test("an official makes a passkey with an invitation, signs in with it, adds another and removes the first", async () => {
    await withAuthenticator(async ({ page }) => {
      await begin(page, await invite());
      await page.waitForURL(`${address}/account/credentials`);
      expect(await page.textContent(".who")).toContain("Signed in as");
      expect(await page.textContent("table")).toContain("the last one");
      await signOut(page);
      await signIn(page);
      await page.waitForURL(`${address}/due`);
      await withAuthenticator(async (other) => {
        await other.context.addCookies(await page.context().cookies());
        await other.page.goto(`${address}/account/credentials`);
        await other.page.fill("#label", "A key at home");
        await other.page.getByRole("button", { name: "Add a passkey" }).click();
        await other.page.getByText("A key at home").first().waitFor();
      });
      await page.goto(`${address}/account/credentials`);
      await page.getByRole("button", { name: "Remove My passkey" }).click();
      await page.getByText("the last one", { exact: true }).waitFor();
      await signOut(page);
      await signIn(page);
      await page.waitForURL(`${address}/sign-in?why=unknown`);
      expect(await page.textContent("[role=alert]")).toContain("was removed");
    });
  });

  test("an invitation is used once, and not after a day", async () => {
    const code = await invite();
    const late = await invite();
    await withAuthenticator(async ({ page }) => {
      await begin(page, code);
      await page.waitForURL(`${address}/account/credentials`);
      await page.goto(`${address}/account/invitation`);
      for (const one of [code, "AAAAA-AAAAA-AAAAA-AAAAA", ""])
        expect(await accounts.invitation(one)).toBeUndefined();
      office.clock.now += 86_400_000;
      expect(await accounts.invitation(late)).toBeUndefined();
      await page.fill("#code", late);
      await page.getByRole("button", { name: "Go on" }).click();
      expect(await page.textContent("#code-wrong")).toContain("lasts one day");
      expect(await page.inputValue("#code")).toBe(late);
    });
    await office.passHour();
  });

  test("without PIN, fingerprint or face nobody makes one and nobody comes in", async () => {
    await withAuthenticator(async ({ page }) => {
      await begin(page, await invite());
      await page.getByText("Nothing came of it").waitFor();
    }, false);
    await withAuthenticator(async ({ page, cdp, authenticator }) => {
      await begin(page, await invite());
      await page.waitForURL(`${address}/account/credentials`);
      await signOut(page);
      await cdp.send("WebAuthn.setUserVerified", {
        authenticatorId: authenticator,
        isUserVerified: false,
      });
      await signIn(page);
      await page.getByText("Nothing came of it").waitFor();
      // A page that does not ask for it gets an answer, and the office refuses that.
      await page.goto(`${address}/sign-in`);
      await page.evaluate(
        `for (const form of document.querySelectorAll("form[data-passkey]"))
          form.dataset.options = form.dataset.options.replace('"required"', '"discouraged"');`,
      );
      await page
        .getByRole("button", { name: "Sign in with a passkey" })
        .click();
      await page.waitForURL(`${address}/sign-in?why=notHeld`);
    });
  });

  test("a copy of a passkey is seen once either of the two was used after the other", async () => {
    await withAuthenticator(async ({ page, cdp, authenticator }) => {
      await begin(page, await invite());
      await page.waitForURL(`${address}/account/credentials`);
      await signOut(page);
      const id = { authenticatorId: authenticator };
      const {
        credentials: [copy],
      } = await cdp.send("WebAuthn.getCredentials", id);
      if (copy === undefined) throw new Error("No passkey was made");
      for (let i = 0; i < 2; i++) {
        await signIn(page);
        await page.waitForURL(`${address}/due`);
        await signOut(page);
      }
      await withAuthenticator(async (thief) => {
        await thief.cdp.send("WebAuthn.addCredential", {
          authenticatorId: thief.authenticator,
          credential: copy,
        });
        await signIn(thief.page);
        await thief.page.waitForURL(`${address}/sign-in?why=notHeld`);
      });
    });
  });

  test("an answer is worth nothing a second time, in another browser, or late", async () => {
    await withAuthenticator(async ({ page, context }) => {
      await begin(page, await invite());
      await page.waitForURL(`${address}/account/credentials`);
      await signOut(page);
      let body = "";
      page.on("request", (request) => {
        if (request.url().endsWith("/sign-in/passkey"))
          body = request.postData() ?? "";
      });
      await page.goto(`${address}/sign-in`);
      const kept = (await context.cookies(address)).find(
        ({ name }) => name === "vitrine_challenge",
      );
      await page
        .getByRole("button", { name: "Sign in with a passkey" })
        .click();
      await page.waitForURL(`${address}/desk`);
      const again = (cookie: string) =>
        web.ask("/sign-in/passkey", {
          method: "POST",
          headers: {
            Cookie: cookie,
            "Content-Type": "application/x-www-form-urlencoded",
          },
          body,
        });
      expect(body).toContain("clientDataJSON");
      const cookie = `vitrine_challenge=${kept?.value ?? ""}`;
      const where = (response: Response) => response.headers.get("location");
      expect(where(await again(cookie))).toBe("/sign-in?why=used");
      expect(where(await again(""))).toBe("/sign-in?why=expired");
      const browser = browserOf(web);
      await browser.text("/sign-in");
      const other = `vitrine_challenge=${browser.cookie("vitrine_challenge")}`;
      expect(where(await again(other))).toBe("/sign-in?why=notHeld");
    });
  });

  test("a passkey for signing in signs no act, also where a page has it sign the bytes of one", async () => {
    const sent = office.submission({
      ...{ kind: "organisation", organisation: "forged", title: "Forged" },
      class: "enterprise",
    });
    const { statement } = sent;
    const challenge = toBase64url(primitives.sha256(signedBytes(statement)));
    await withAuthenticator(async ({ page }) => {
      await begin(page, await invite());
      await page.waitForURL(`${address}/account/credentials`);
      await page.goto(`${address}/sign-in`);
      await page.evaluate(
        `for (const form of document.querySelectorAll("form[data-passkey]"))
          form.dataset.options = form.dataset.options.replace(/"challenge":"[^"]*"/, '"challenge":"${challenge}"');`,
      );
      const [request] = await Promise.all([
        page.waitForRequest(`${address}/sign-in/passkey`),
        page.getByRole("button", { name: "Sign in with a passkey" }).click(),
      ]);
      await page.waitForURL(`${address}/sign-in?why=notHeld`);
      const fields = new URLSearchParams(request.postData() ?? "");
      const answer = readAnswer(gotAnswer, fields.get("answer") ?? "");
      if (answer === undefined) throw new Error("No answer was sent");
      const [kept] = await office.house.sql<
        { public_key: Uint8Array }[]
      >`select public_key from sign_in_passkey where credential = ${answer.id}`;
      const { clientDataJSON, authenticatorData, signature } = answer.response;
      const result = await office.house.office.enter({
        statement,
        signatures: [
          {
            form: "webauthn",
            key: keyIdOf(primitives, kept?.public_key ?? new Uint8Array()),
            ...{ clientDataJSON, authenticatorData, signature },
          },
        ],
      });
      expect(result).toHaveProperty("turnedAway");
    });
  });

  test("an organisation's first user invites others, and they invite nobody", async () => {
    const holder = { kind: "organisation", organisation: "huaxing" } as const;
    const code = await accounts.invite({ holder, name: "Somebody first" });
    let colleague = "";
    await withAuthenticator(async ({ page }) => {
      await begin(page, code);
      await page.waitForURL(`${address}/account/credentials`);
      await page.fill("#name", "Somebody else");
      await page.getByRole("button", { name: "Make an invitation" }).click();
      colleague = (await page.textContent(".notice code")) ?? "";
      expect(await page.textContent(".who")).toContain("Organisation huaxing");
      // Loaded anew within the minute it is the same code; after it none, and never a second one.
      const waiting = await invitations();
      await page.reload();
      expect(await page.textContent(".notice code")).toBe(colleague);
      office.clock.now += 60_000;
      await page.reload();
      expect(await page.locator(".notice code").count()).toBe(0);
      expect(await invitations()).toBe(waiting);
    });
    await withAuthenticator(async ({ page }) => {
      await begin(page, colleague);
      await page.waitForURL(`${address}/account/credentials`);
      expect(await page.textContent("main")).not.toContain(
        "Invite a colleague",
      );
    });
    const [row] = await office.house.sql<
      { all: string }[]
    >`select string_agg(encode(sealed, 'escape'), '') as all from account`;
    expect(row?.all).not.toContain("Somebody");
  });

  test("by the number of the machine the page says to come by its name", async () => {
    await withAuthenticator(async ({ page }) => {
      const byNumber = address.replace("localhost", "127.0.0.1");
      await page.goto(`${byNumber}/sign-in?to=%2Fdue`);
      await page.click(`a[href="${address}/sign-in?to=%2Fdue"]`);
      await page
        .getByRole("button", { name: "Sign in with a passkey" })
        .waitFor();
    });
  });
});

test("what is no answer of a passkey is refused, and nobody adds one to an account that is not theirs", async () => {
  const browser = browserOf(web);
  for (const answer of ["", "{}", "null", '{"id":"x"}']) {
    await browser.text("/sign-in");
    const sent = await browser.send("/sign-in/passkey", { answer });
    expect(sent.headers.get("location")).toBe("/sign-in?why=unknown");
  }
  const nobody = await web.ask("/account/credentials", {
    headers: { Accept: "text/html" },
  });
  expect(nobody.headers.get("location")).toMatch(/^\/sign-in\?to=/);
});
