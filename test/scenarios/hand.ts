import type { BrowserContext, Locator, Page } from "playwright-core";
import type { Message } from "../../src/portal/lang/say.ts";
import { ZH } from "../../src/portal/lang/zh.ts";

export type Lang = "en" | "zh";

/** What the page says in a language, by its English words; what stands in braces is anything. */
export function words(lang: Lang, message: Message): string {
  return lang === "zh" ? ZH[message] : message;
}

export function pattern(lang: Lang, message: Message): RegExp {
  const text = words(lang, message).replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(text.replaceAll(/\{\w+\}/g, ".*?"), "s");
}

/** Seconds that a person is granted, on the careful side: to find and press, to fill in a field, to look over a page. */
const SECONDS = { click: 3, field: 7, page: 6 } as const;

/** What is whose own, and how the bar calls it. */
const OWN = [
  ["/desk", "Your desk"],
  ["/account", "Your account"],
  ["/my", "Who used my data"],
] as const satisfies readonly (readonly [path: string, says: Message])[];

/** A file as somebody has it on their disk. */
export type Paper = {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
};

export type Walked = {
  readonly clicks: number;
  readonly fields: number;
  readonly pages: number;
  /** How long the machine took. */
  readonly took: number;
  /** How long somebody needs who never saw it. */
  readonly person: number;
};

/** One person at a browser, who can only do what a page offers by its name; what they do is counted. */
export class Hand {
  readonly page: Page;
  readonly lang: Lang;
  readonly #address: string;
  readonly wrong: string[] = [];
  #clicks = 0;
  #fields = 0;
  #pages = 0;
  #since = Date.now();

  private constructor(page: Page, lang: Lang, address: string) {
    this.page = page;
    this.lang = lang;
    this.#address = address;
    page.setDefaultTimeout(30_000);
    page.on("pageerror", ({ message }) => void this.wrong.push(message));
    page.on("console", (line) => {
      // What is wrong at a provider's own pages is the provider's.
      if (line.type() === "error" && line.location().url.startsWith(address))
        this.wrong.push(line.text());
    });
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.#pages++;
    });
  }

  /** Opens the front page, and switches it to the language as a visitor would. */
  static async at(
    context: BrowserContext,
    address: string,
    lang: Lang,
  ): Promise<Hand> {
    const hand = new Hand(await context.newPage(), lang, address);
    await hand.page.goto(address);
    if (lang === "zh")
      await hand.page.getByText("中文", { exact: true }).click();
    await hand.reads("Acts");
    return hand;
  }

  says(message: Message): string {
    return words(this.lang, message);
  }

  async press(message: Message): Promise<void> {
    await this.#press(
      this.page.getByRole("button", { name: this.says(message), exact: true }),
    );
  }

  async follow(message: Message): Promise<void> {
    await this.#press(
      this.page
        .getByRole("link", { name: this.says(message), exact: true })
        .first(),
    );
  }

  async followTo(href: string): Promise<void> {
    await this.#press(this.page.locator(`a[href="${href}"]`).first());
  }

  /** To the first page whose address begins so. */
  async followUnder(path: string): Promise<void> {
    await this.#press(this.page.locator(`a[href^="${path}"]`).first());
  }

  async open(message: Message): Promise<void> {
    await this.#press(
      this.page.locator("summary", { hasText: this.says(message) }).first(),
    );
  }

  async fill(message: Message, value: string): Promise<void> {
    await this.#field(message).fill(value);
    this.#fields++;
  }

  async choose(message: Message, value: string): Promise<void> {
    await this.#field(message).selectOption(value);
    this.#fields++;
  }

  async tick(name: string): Promise<void> {
    await this.page.locator(`input[type=checkbox][value="${name}"]`).check();
    this.#fields++;
  }

  async untick(name: string): Promise<void> {
    await this.page.locator(`input[type=checkbox][value="${name}"]`).uncheck();
    this.#fields++;
  }

  async pick(value: string): Promise<void> {
    await this.page.locator(`input[type=radio][value="${value}"]`).check();
    this.#fields++;
  }

  async attach(message: Message, paper: Paper): Promise<void> {
    await this.page
      .getByLabel(this.says(message), { exact: true })
      .setInputFiles(paper);
    this.#fields++;
  }

  /** Through the bar of the page, as whoever is somebody else now has to. */
  async signIn(persona: string): Promise<void> {
    await this.#toSignIn();
    await this.#press(this.page.locator(`button[value="${persona}"]`));
    // Whoever signs in elsewhere than at the front page is brought back there; the bar leads to what is theirs.
    const { pathname } = new URL(this.page.url());
    if (OWN.some(([path]) => path === pathname)) return;
    const [desk, account, my] = OWN.map(([, says]) =>
      this.page.locator(".bar-top").getByText(this.says(says)),
    );
    if (desk !== undefined && account !== undefined && my !== undefined)
      await this.#press(desk.or(account).or(my).first());
  }

  /** At a provider of identities, whose own pages are used as they are; it leads back. */
  async signInAt(provider: string, account: string): Promise<void> {
    await this.#toSignIn();
    await this.#press(
      this.page.locator(`a[href^="/sign-in/openid/${provider}?"]`),
    );
    await this.page.fill("input[name=login]", account);
    await this.page.fill("input[name=password]", "any");
    this.#fields += 2;
    await this.#press(this.page.locator("button[type=submit]"));
    await this.page.getByText("Continue").waitFor();
    await this.#press(this.page.locator("button[type=submit]"));
    await this.page.waitForURL(`${this.#address}/**`);
  }

  async #toSignIn(): Promise<void> {
    const out = this.page.getByRole("button", { name: this.says("Sign out") });
    if ((await out.count()) > 0) await this.#press(out);
    // Whoever has just signed out may stand at the sign-in page already.
    if (!new URL(this.page.url()).pathname.startsWith("/sign-in"))
      await this.follow("Sign in");
  }

  /** Waits for the words. */
  async reads(message: Message): Promise<void> {
    await this.page
      .getByText(pattern(this.lang, message))
      .first()
      .waitFor({ state: "attached" });
  }

  async main(): Promise<string> {
    return (await this.page.locator("main").textContent()) ?? "";
  }

  /** The first line for a terminal that the page offers to be copied. */
  async copied(): Promise<string> {
    return this.page
      .locator("pre", { hasText: /^\s*(?:ASK_\w+=\S*\s+)*curl / })
      .first()
      .innerText();
  }

  async goes(path: string): Promise<void> {
    await this.page.goto(`${this.#address}${path}`);
  }

  /** From here on it is counted anew. */
  begin(): void {
    this.#clicks = this.#fields = this.#pages = 0;
    this.#since = Date.now();
  }

  walked(): Walked {
    const [clicks, fields, pages] = [this.#clicks, this.#fields, this.#pages];
    return {
      ...{ clicks, fields, pages },
      took: (Date.now() - this.#since) / 1000,
      person:
        clicks * SECONDS.click + fields * SECONDS.field + pages * SECONDS.page,
    };
  }

  #field(message: Message): Locator {
    const name = this.says(message);
    const empty = this.says("{field} (may be left empty)");
    return this.page
      .getByLabel(name, { exact: true })
      .or(this.page.getByLabel(empty.replace("{field}", name), { exact: true }))
      .and(this.page.locator("input, select, textarea"))
      .first();
  }

  async #press(what: Locator): Promise<void> {
    await what.click();
    await this.page.waitForLoadState();
    this.#clicks++;
  }
}
