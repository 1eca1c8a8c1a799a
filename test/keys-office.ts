import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Accounts } from "../src/accounts/accounts.ts";
import { Sessions } from "../src/accounts/sessions.ts";
import type { EnrolledKey } from "../src/register/register.ts";
import { addSign } from "../src/cli/sign-statement.ts";
import { keyFromSeed, primitives } from "../src/store/crypto.ts";
import { launched } from "./browser.ts";
import { runInProcess } from "./in-process.ts";
import { listening, type Listening } from "./listening.ts";
import { addAuthenticator, type VirtualAuthenticator } from "./passkey.ts";
import { schemaFor } from "./postgres.ts";
import { SmallOffice } from "./simulation/small-office.ts";
import { DAY, permit } from "./simulation/small-office-acts.ts";
import { endsInOrder, type Web, webOf } from "./web-office.ts";

/** An official at a browser of their own, with an authenticator. */
export type AtBrowser = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly authenticator: VirtualAuthenticator;
};

/** The small office behind its pages, no demonstration: who signs there does so with passkeys, or with key files at the command line. */
export class KeysOffice {
  readonly office: SmallOffice;
  readonly accounts: Accounts;
  readonly #web: Web;
  readonly #server: Listening;
  readonly #browser: Browser;
  readonly #folder = mkdtempSync(join(tmpdir(), "vitrine-keys-"));

  private constructor(
    office: SmallOffice,
    accounts: Accounts,
    web: Web,
    server: Listening,
    browser: Browser,
  ) {
    this.office = office;
    this.accounts = accounts;
    this.#web = web;
    this.#server = server;
    this.#browser = browser;
  }

  static async open(schema: string): Promise<KeysOffice> {
    const office = await SmallOffice.granted((await schemaFor(schema)).url);
    const { house, clock } = office;
    const accounts = new Accounts(
      ...([house.sql, house.keys.seal, () => clock.now] as const),
    );
    const web = webOf(office, {
      accounts,
      address: () => `http://localhost:${server.port}`,
    });
    const server = await listening(web);
    return new KeysOffice(
      ...([office, accounts, web, server, await launched()] as const),
    );
  }

  get address(): string {
    return `http://localhost:${this.#server.port}`;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    rmSync(this.#folder, { recursive: true });
    await endsInOrder(this.office, this.#web);
    await this.office.close();
  }

  /** The key file of a person: one that the office knows, or a new one of that name. */
  keyFile(person: number, name = `person ${person}`): string {
    const file = join(this.#folder, `${name}.key`);
    const pair = keyFromSeed(primitives.sha256(Buffer.from(name)));
    writeFileSync(file, JSON.stringify({ ...pair, person }));
    return file;
  }

  async at(
    person: number,
    of: {
      readonly hasUserVerification?: boolean;
      readonly lang?: "zh";
      readonly url?: string;
      readonly javaScriptEnabled?: boolean;
    } = {},
  ): Promise<AtBrowser> {
    const { javaScriptEnabled = true, lang = "en", url = this.address } = of;
    const context = await this.#browser.newContext({ javaScriptEnabled });
    await context.addCookies([{ name: "vitrine_language", value: lang, url }]);
    await this.comesIn(context, person, url);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    return { page, context, authenticator: await addAuthenticator(page, of) };
  }

  async comesIn(
    context: BrowserContext,
    person: number,
    url = this.address,
  ): Promise<void> {
    const { house, clock } = this.office;
    const sessions = new Sessions(house.sql, house.keys.seal, () => clock.now);
    const value = await sessions.begin({ kind: "official", person });
    await context.addCookies([{ name: "vitrine_session", value, url }]);
  }

  /** Two days later, when new keys sign. */
  async later(): Promise<void> {
    this.office.clock.now += 2 * DAY;
    await this.office.house.tick();
  }

  passkeysOf(person: number): readonly (readonly [string, EnrolledKey])[] {
    return [...this.office.house.office.register.keys].filter(
      ([, key]) => key.person === person && key.key.form === "webauthn",
    );
  }

  /** Signs the statement of the draft that a page shows, at the command line. */
  async signedInFile(page: Page, key: string): Promise<string> {
    const [draft = ""] = /^.*\/desk\/drafts\/[^/]+/.exec(page.url()) ?? [];
    const answer = await page.request.get(`${draft}/statement.json`);
    const [, name = ""] =
      /filename="([^"]+)"/.exec(
        answer.headers()["content-disposition"] ?? "",
      ) ?? [];
    const file = join(this.#folder, name);
    writeFileSync(file, await answer.body());
    const ran = await runInProcess(addSign, "sign", file, "--key", key);
    if (ran.code !== 0 || !/^signs {5}\S/.test(ran.err))
      throw new Error(`Cannot go on: vitrine sign said ${ran.err}`);
    return ran.out;
  }

  /** Has a new permit, and a draft that ends it. */
  async prepareRevocation(page: Page, id: string): Promise<void> {
    await this.office.granted(permit({ permit: id, purpose: "safety" }));
    await page.goto(`${this.address}/desk/acts/new/permitRevoked?permit=${id}`);
    await page.getByLabel("Reason").selectOption("breach");
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
  }
}

export const makePasskeyAt = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Make a passkey for signing" }).click();

export const signAt = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Sign", exact: true }).click();

export async function handIn(page: Page, signed: string): Promise<void> {
  const field = page.locator("#signed");
  if (!(await field.isVisible()))
    await page.locator("details", { has: field }).locator("summary").click();
  await field.fill(signed);
  await page.locator("form", { has: field }).getByRole("button").click();
}
