import { serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../../../test/browser.ts";
import {
  CLIENT,
  openidProvider,
  type RealProvider,
} from "../../../test/openid-provider.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { actOfIncoming } from "../../accounts/incoming-acts.ts";
import { IncomingItems } from "../../accounts/incoming.ts";
import { OpenidSignIn } from "../../accounts/openid.ts";

/** Organisations that the register does not know, from a real provider on this machine to their account. */

const CLAIMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stranger: { code: "t-2", organisation: "nobody-registered" },
  unnamed: { code: "t-3" },
  another: { code: "t-4" },
};
let office: SmallOffice;
let web: Web;
let real: RealProvider;
let server: ReturnType<typeof serve>;
let address: string;
const told: string[] = [];

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_newcomer")).url);
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
    () => [`${address}/sign-in/openid/companies/callback`],
    (account) => CLAIMS[account] ?? {},
  );
  web = webOf(office, {
    address: () => address,
    openid: new OpenidSignIn(
      [
        {
          ...{ name: "companies", for: "organisation", issuer: real.issuer },
          ...{ clientId: CLIENT.id, secret: CLIENT.secret },
          titles: { en: "the company register", zh: "企业身份" },
          ...{ scope: "openid person", subjectClaim: "code" },
          organisationClaim: "organisation",
        },
      ],
      office.house.keys.seal,
      () => office.clock.now,
      (line) => void told.push(line),
    ),
  });
});
afterAll(async () => {
  await real.close();
  server.close();
  await endsInOrder(office, web);
  await office.close();
});

const incoming = () =>
  new IncomingItems(
    office.house.sql,
    office.house.keys.seal,
    () => office.clock.now,
  );

describe.runIf(hasChromium)("in a browser (skipped without Chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser.close());

  const inBrowser = async (story: (page: Page) => Promise<void>) => {
    const context = await browser.newContext();
    try {
      await story(await context.newPage());
    } finally {
      await context.close();
    }
  };
  /** From the office's sign-in page to where the provider leads back. */
  async function signIn(page: Page, account: string) {
    await page.goto(`${address}/sign-in?to=%2Fdue`);
    await page.locator(`a[href^="/sign-in/openid/companies?"]`).click();
    await page.waitForURL(`${real.issuer}/interaction/**`);
    await page.fill("input[name=login]", account);
    await page.fill("input[name=password]", "any");
    await page.click("button[type=submit]");
    await page.getByText("Continue").waitFor();
    await page.click("button[type=submit]");
    await page.waitForURL(`${address}/**`);
  }

  test.each([
    ["stranger", "whom the claim names", "nobody-registered"],
    ["unnamed", "whom no claim names", undefined],
  ])(
    "%s, of an organisation %s and the register does not know, asks to be registered, and comes in when it is",
    async (account, _, named) => {
      await inBrowser(async (page) => {
        await signIn(page, account);
        expect(page.url()).toBe(`${address}/account/registration`);
        const who = (await page.textContent(".who span")) ?? "";
        const id = named ?? /org-[0-9a-f]{20}/.exec(who)?.[0] ?? "";
        expect(who).toContain(id);
        await page.goto(`${address}/account/tokens`);
        expect(page.url()).toBe(`${address}/account`);
        await page.getByText("Register your organisation").click();
        await page.fill("#title", "Newcomers Ltd (invented)");
        await page.getByText("Research", { exact: false }).first().click();
        await page.getByText("Another register's number").click();
        await page.fill("#registration", `no-${id}`);
        await page.fill("#text", "The front desk");
        await page.setInputFiles("#papers", {
          ...{ name: "charter.pdf", mimeType: "application/pdf" },
          buffer: Buffer.from("%PDF-1.7 charter"),
        });
        await page.getByText("Ask to be registered").click();
        await page.waitForURL(`${address}/account`);
        expect(await page.textContent("main")).toContain(
          "the registrar has to enter you",
        );
        const [line] = await incoming().list("waiting");
        const item = await incoming().open(line?.id ?? "");
        expect(item?.content).toMatchObject({ organisation: id });
        const { register } = office.house.office;
        const content = item?.content;
        if (item === undefined || content?.kind !== "organisation")
          throw new Error("nothing to enter");
        const { received } = item;
        const act = actOfIncoming(
          ...([register, { content, received }, office.clock.now] as const),
        );
        if (act === undefined) throw new Error("no act follows");
        expect(act).toMatchObject({
          ...{ kind: "organisation", organisation: id, class: "research" },
          registration: `no-${id}`,
        });
        await office.granted(act);
        await page.goto(`${address}/account/tokens`);
        expect(page.url()).toBe(`${address}/account/tokens`);
        expect(await incoming().settle(line?.id ?? "", "entered")).toBe(true);
      });
      await inBrowser(async (page) => {
        await signIn(page, account);
        expect(page.url()).toBe(`${address}/due`);
        expect(await page.textContent(".who")).toContain("Newcomers Ltd");
        await page.goto(`${address}/account`);
        expect(await page.textContent("main")).toContain("apply for a product");
      });
      // Somebody else whom no claim names is of another organisation.
      await inBrowser(async (page) => {
        await signIn(page, "another");
        expect(page.url()).toBe(`${address}/account/registration`);
      });
      expect(told.join("\n")).not.toMatch(/t-3|t-4/);
    },
  );
});
