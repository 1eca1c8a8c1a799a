import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { asDemonstration, smallPersonas } from "../../../test/desk-office.ts";
import { runInProcess } from "../../../test/in-process.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import {
  addAuthenticator,
  makePasskey,
  type SoftwarePasskey,
  type VirtualAuthenticator,
} from "../../../test/passkey.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { DAY, permit } from "../../../test/simulation/small-office-acts.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { Accounts } from "../../accounts/accounts.ts";
import { Sessions } from "../../accounts/sessions.ts";
import type { ActOf } from "../../acts/act.ts";
import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { personKeyId, type Signer, signedBytes } from "../../acts/statement.ts";
import { addSign } from "../../cli/sign-statement.ts";
import { keyFromSeed, primitives } from "../../store/crypto.ts";
import { statementNow } from "./statement.ts";

/** The permit officer, whose post grants something: two others enrol their keys, the registrar and the administrator. */
const OFFICER = 5;

describe.runIf(hasChromium)("keys for signing in Chromium", () => {
  let office: SmallOffice;
  let accounts: Accounts;
  let web: Web;
  let server: Listening;
  let browser: Browser;
  let address = "";
  let folder = "";

  beforeAll(async () => {
    office = await SmallOffice.granted((await schemaFor("desk_keys")).url);
    const { house, clock } = office;
    accounts = new Accounts(house.sql, house.keys.seal, () => clock.now);
    web = webOf(office, { accounts, address: () => address });
    server = await listening(web);
    address = `http://localhost:${server.port}`;
    browser = await launched();
    folder = mkdtempSync(join(tmpdir(), "vitrine-keys-"));
    for (const person of [1, 2, 3, 4, 5])
      writeFileSync(
        keyFile(person),
        JSON.stringify({
          ...keyFromSeed(primitives.sha256(Buffer.from(`person ${person}`))),
          person,
        }),
      );
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
    rmSync(folder, { recursive: true });
    await endsInOrder(office, web);
    await office.close();
  });

  const keyFile = (person: number): string =>
    join(folder, `person-${person}.key`);

  type Official = {
    readonly page: Page;
    readonly context: BrowserContext;
    readonly authenticator: VirtualAuthenticator;
  };
  async function at(
    person: number,
    of: {
      readonly hasUserVerification?: boolean;
      readonly lang?: "zh";
      readonly host?: string;
      readonly javaScriptEnabled?: boolean;
    } = {},
  ): Promise<Official> {
    const { javaScriptEnabled = true, lang = "en", host = address } = of;
    const context = await browser.newContext({ javaScriptEnabled });
    await context.addCookies([
      { name: "vitrine_language", value: lang, url: host },
    ]);
    await comesIn(context, person, host);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    return { page, context, authenticator: await addAuthenticator(page, of) };
  }

  async function comesIn(
    context: BrowserContext,
    person: number,
    url = address,
  ): Promise<void> {
    const { house, clock } = office;
    const sessions = new Sessions(house.sql, house.keys.seal, () => clock.now);
    const value = await sessions.begin({ kind: "official", person });
    await context.addCookies([{ name: "vitrine_session", value, url }]);
  }

  const make = (page: Page) =>
    page.getByRole("button", { name: "Make a passkey for signing" }).click();
  const sign = (page: Page) =>
    page.getByRole("button", { name: "Sign", exact: true }).click();

  /** Signs the statement of a draft's page at the command line, with the key file of somebody. */
  async function signedWith(page: Page, key: string): Promise<string> {
    const [draft = ""] = /^.*\/desk\/drafts\/[^/]+/.exec(page.url()) ?? [];
    const answer = await page.request.get(`${draft}/statement.json`);
    const name = /filename="([^"]+)"/.exec(
      answer.headers()["content-disposition"] ?? "",
    )?.[1];
    const file = join(folder, name ?? "");
    writeFileSync(file, await answer.body());
    const ran = await runInProcess(addSign, "sign", file, "--key", key);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.err).toMatch(/^signs {5}\S/);
    return ran.out;
  }

  async function handIn(page: Page, signed: string): Promise<void> {
    const field = page.getByLabel("What vitrine sign printed");
    if (!(await field.isVisible()))
      await page.getByText("Sign with a key in a file").click();
    await field.fill(signed);
    await page.getByRole("button", { name: "Hand the signature in" }).click();
  }

  const keysOf = (person: number) =>
    [...office.house.office.register.keys].filter(
      ([, key]) => key.person === person && key.key.form === "webauthn",
    );

  async function prepareRevocation(page: Page, id: string): Promise<void> {
    await office.granted(permit({ permit: id, purpose: "safety" }));
    await page.goto(`${address}/desk/acts/new/permitRevoked?permit=${id}`);
    await page.getByLabel("Reason").selectOption("breach");
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
  }

  test("an official makes one, two others enrol it with their key files, and a day later it signs the next act", async () => {
    const { page, context } = await at(OFFICER);
    await page.goto(`${address}/desk`);
    await page.getByRole("link", { name: "Your keys for signing" }).click();
    expect(await accessible(page)).toEqual([]);
    expect(await page.textContent("main")).toContain(
      "2 other persons sign it, who enrol keys: registrar, administrator",
    );
    await make(page);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    expect(await accessible(page)).toEqual([]);
    await page.getByText("It would be granted.").waitFor();
    // Who has it proves so before anybody else signs.
    await page.getByText("You sign with the new key itself").waitFor();
    await sign(page);
    await page.getByText("Stands until").waitFor();
    await page.goto(`${address}/desk/keys`);
    await page.getByText("waits for whoever enrols it").waitFor();

    await page.goto(draft);
    await handIn(page, await signedWith(page, keyFile(2)));
    await page.goto(draft);
    await handIn(page, await signedWith(page, keyFile(3)));
    await page.getByText("Granted.").waitFor();
    const [[id, enrolled] = ["", undefined]] = keysOf(OFFICER);
    expect(enrolled?.enrolledBy).toEqual([2, 3]);
    expect(enrolled?.key).toMatchObject({
      ...{ rpId: "localhost", origins: [address] },
      ...{ backupEligible: false, backedUp: false },
    });

    await page.goto(`${address}/desk/keys`);
    await page.getByText("signs from").waitFor();
    await prepareRevocation(page, "first");
    await page
      .getByText("You have no passkey that signs at this page")
      .waitFor();
    office.clock.now += 2 * DAY;
    await office.house.tick();
    await comesIn(context, OFFICER);
    await page.reload();
    await sign(page);
    await page.getByText("Granted.").waitFor();
    expect([...office.house.office.register.signed.keys()]).toContain(id);

    // The same authenticator makes no second one: it says that it is known.
    await page.goto(`${address}/desk/keys`);
    await page.getByText("signs here").waitFor();
    await make(page);
    await page.getByText("This passkey is known here already.").waitFor();
    await context.close();
  });

  test("a passkey for signing in signs no act, and one for signing acts lets nobody in", async () => {
    const { page, context, authenticator } = await at(OFFICER);
    const code = await accounts.invite({
      holder: { kind: "official", person: OFFICER },
      name: "the permit officer",
    });
    await page.goto(`${address}/account/invitation`);
    await page.fill("#code", code);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Make the passkey" }).click();
    await page.waitForURL(`${address}/account/credentials`);
    await page.getByRole("link", { name: "Your keys for signing" }).click();
    await make(page);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    const { credentials } = await authenticator.cdp.send(
      "WebAuthn.getCredentials",
      { authenticatorId: authenticator.id },
    );
    const [signIn, signing] = [true, false].map((isFound) =>
      credentials.find(({ isResidentCredential }) =>
        isFound ? isResidentCredential : !isResidentCredential,
      ),
    );
    expect(signIn?.userHandle).not.toBe(signing?.userHandle);
    expect(signing?.userDisplayName).toMatch(/^Signing acts: /);

    // A page that asks for the other one gets a signature, and the office refuses that.
    const asksFor = (credential: string) =>
      page.evaluate(
        `document.querySelector("#passkey span").dataset.credential = ${JSON.stringify(credential)}`,
      );
    await asksFor(url(signIn?.credentialId));
    await sign(page);
    await page
      .getByText(
        "the signature does not hold: it does not verify with this key",
      )
      .waitFor();
    // An authenticator that has neither gives no answer.
    await asksFor("AAAAAAAAAAAAAAAAAAAAAA");
    await sign(page);
    await page.getByText("the passkey gave no answer").waitFor();
    await page.goto(draft);
    await sign(page);
    await page.getByText("Stands until").waitFor();
    await handIn(page, await signedWith(page, keyFile(3)));
    await page.goto(draft);
    await handIn(page, await signedWith(page, keyFile(2)));
    await page.getByText("Granted.").waitFor();

    await context.clearCookies({ name: "vitrine_session" });
    await page.goto(`${address}/sign-in`);
    await page.evaluate(
      change(
        `asked.allowCredentials = [{ type: "public-key", id: ${JSON.stringify(url(signing?.credentialId))} }];`,
      ),
    );
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.waitForURL(`${address}/sign-in?why=isSigningKey`);
    await page.getByText("This passkey signs acts.").waitFor();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.waitForURL(`${address}/desk`);

    // Without PIN, finger or face none is made, and none signs, whatever the page asks for.
    await prepareRevocation(page, "unverified");
    const unsigned = page.url();
    office.clock.now += 2 * DAY;
    await office.house.tick();
    await comesIn(context, OFFICER);
    await authenticator.cdp.send("WebAuthn.setUserVerified", {
      authenticatorId: authenticator.id,
      isUserVerified: false,
    });
    const bare = await at(OFFICER, { hasUserVerification: false });
    await bare.page.goto(`${address}/desk/keys`);
    await make(bare.page);
    await bare.page.getByText("Nothing came of it").waitFor();
    await bare.page.evaluate(change(NO_PIN));
    await make(bare.page);
    await bare.page
      .getByText("What the passkey answered does not hold")
      .waitFor();
    expect(await accessible(bare.page)).toEqual([]);
    await bare.context.close();
    await page.goto(unsigned);
    await sign(page);
    await page.getByText("the passkey gave no answer").waitFor();
    await page.evaluate(
      `const get = navigator.credentials.get.bind(navigator.credentials);
       navigator.credentials.get = ({ publicKey }) => get({ publicKey: { ...publicKey, userVerification: "discouraged" } });`,
    );
    await sign(page);
    await page
      .getByText("the authenticator asked for no PIN, finger or face")
      .waitFor();
    await context.close();
  });

  test("passkeys of other pages are named and never asked for; those of two hosts have a button each", async () => {
    const host = address.replace("localhost", "acts.desk.localhost");
    const own = { rpId: "acts.desk.localhost", origins: [host] };
    const above = { rpId: "desk.localhost", origins: [host] };
    const away = { rpId: "data.example", origins: ["https://data.example"] };
    const port = { rpId: "localhost", origins: ["http://localhost:1"] };
    const made: SoftwarePasskey[] = [];
    for (const of of [own, above, away, port]) made.push(await enrolled(4, of));
    office.clock.now += 2 * DAY;
    await office.house.tick();
    const { page, context, authenticator } = await at(4, { host });
    for (const { key, privateKey } of made)
      await authenticator.cdp.send("WebAuthn.addCredential", {
        authenticatorId: authenticator.id,
        credential: {
          credentialId: Buffer.from(fromBase64url(key.credential)).toString(
            "base64",
          ),
          isResidentCredential: false,
          rpId: key.rpId,
          privateKey: privateKey
            .export({ format: "der", type: "pkcs8" })
            .toString("base64"),
          signCount: 1,
        },
      });
    await page.goto(`${host}/desk/keys`);
    await page
      .getByText("does not sign here: it was enrolled for https://data.example")
      .waitFor();
    expect(await page.getByText("signs here").count()).toBe(2);
    await page.goto(`${host}/desk/acts/new/feeCeiling`);
    await page
      .getByLabel("Product", { exact: true })
      .selectOption({ index: 1 });
    await page.getByLabel("Highest price per unit").fill("9.00");
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
    await page
      .getByText(
        "2 passkeys of yours were enrolled for other pages and cannot sign here: https://data.example, http://localhost:1.",
      )
      .waitFor();
    expect(await accessible(page)).toEqual([]);
    await page
      .getByRole("button", { name: "with a passkey of desk.localhost" })
      .click();
    await page.waitForLoadState();
    await page
      .getByText(/Granted\.|Refused\./)
      .first()
      .waitFor();
    expect([...office.house.office.register.keys.keys()]).toContain(
      made[1]?.id,
    );
    await context.close();
  });

  /** Enrols a passkey of somebody's without the pages. */
  async function enrolled(
    person: number,
    of: { readonly rpId: string; readonly origins: readonly string[] },
  ): Promise<SoftwarePasskey> {
    const passkey = makePasskey({ ...of, origins: [...of.origins] });
    const act: ActOf<"keyEnrolled"> = {
      ...{ kind: "keyEnrolled", person, key: passkey.key },
    };
    const signers: readonly Signer[] = [
      { person, role: "holder" },
      { person: 2, post: "registrar", role: "approved" },
      { person: 3, post: "administrator", role: "approved" },
    ];
    const statementId = personKeyId(primitives, passkey.key).slice(0, 22);
    const statement = statementNow(
      ...([office.house.office, { act, signers, statementId }] as const),
      office.clock.now,
    );
    const message = signedBytes(statement);
    const others = await Promise.all(
      [2, 3].map((one) => smallPersonas.sign(one, message)),
    );
    const result = await office.house.office.enter({
      statement,
      signatures: [
        passkey.sign(message),
        ...others.flatMap((one) => one ?? []),
      ],
    });
    expect(result).toMatchObject({ ruling: { outcome: "granted" } });
    return passkey;
  }

  test("without a script a key file does, on a page in Chinese; what is no key and no signature is said at the field", async () => {
    const { page, context } = await at(1, {
      lang: "zh",
      javaScriptEnabled: false,
    });
    const own = join(folder, "new.key");
    const pair = keyFromSeed(primitives.sha256(Buffer.from("a new one")));
    writeFileSync(own, JSON.stringify({ ...pair, person: 1 }));
    await page.goto(`${address}/desk/keys`);
    expect(await page.textContent("noscript")).toContain(
      "没有 JavaScript 则无法使用",
    );
    await page.getByText("文件密钥（无须通行密钥和脚本）").click();
    const enrol = async (publicKey: string) => {
      await page.getByLabel("所输出的公钥").fill(publicKey);
      await page.getByRole("button", { name: "拟制登记该密钥的行为" }).click();
    };
    await enrol("no key");
    await page.getByText("须为 public 之后的 43 个字符").waitFor();
    expect(await page.getByLabel("所输出的公钥").inputValue()).toBe("no key");
    await enrol(
      keyFromSeed(primitives.sha256(Buffer.from("person 2"))).publicKey,
    );
    await page.getByText("该密钥已经登记在您或者他人名下").waitFor();
    await enrol(pair.publicKey);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    const field = page.getByLabel("vitrine sign 的输出");
    const put = async (signed: string) => {
      await page.goto(draft);
      await page.getByText("以文件密钥签署").click();
      await field.fill(signed);
      await page.getByRole("button", { name: "提交签名" }).click();
    };
    await put("a signature");
    await page.getByText("须为 vitrine sign 输出的整行内容").waitFor();
    expect(await field.inputValue()).toBe("a signature");
    const statement = await signedWith(page, own);
    await put(statement.replace(/"signature":"..../, '"signature":"AAAA'));
    await page.getByText("签名不成立：不能以该密钥验证").waitFor();
    await put(statement.replace('"until":1', '"until":2'));
    await page.getByText("草案已被修改").waitFor();
    await put(statement.replace(/"key":"...../, '"key":"AAAAA'));
    await page.getByText("这不是该行为所登记的新密钥").waitFor();
    await put(statement);
    await page.waitForURL(draft);
    for (const person of [2, 3]) {
      await page.goto(draft);
      await put(await signedWith(page, keyFile(person)));
    }
    await page.getByText("已准予").first().waitFor();
    // It was entered a moment ago: what it signs now would be refused for ever, so it is not taken.
    await page.goto(`${address}/desk/acts/new/feeEnded?fee=vehicles-fee`);
    await page.getByLabel("理由").first().selectOption("breach");
    await page
      .getByRole("button", { name: "查看规则将如何裁定" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
    const signed = await signedWith(page, own);
    await page.getByText("以文件密钥签署").click();
    await field.fill(signed);
    await page.getByRole("button", { name: "提交签名" }).click();
    await page.getByText("起方可签署").waitFor();
    await context.close();
  });

  test("in a demonstration the new key signs itself, and the office signs for those who enrol it", async () => {
    const demonstration = webOf(office, {
      ...{ ...asDemonstration, accounts, address: () => shown },
    });
    const other = await listening(demonstration);
    const shown = `http://localhost:${other.port}`;
    const { page, context } = await at(4, { host: shown });
    await page.goto(`${shown}/desk/keys`);
    await make(page);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    await page.getByText("You sign with the new key itself").waitFor();
    await sign(page);
    await page.getByText("Stands until").waitFor();
    for (const person of [2, 3]) {
      await comesIn(context, person, shown);
      await page.goto(draft);
      await page.getByText("the office holds the key").waitFor();
      await sign(page);
      await page.waitForLoadState();
    }
    await page.getByText("Granted.").waitFor();
    expect(demonstration.bugs).toEqual([]);
    await context.close();
    await other.close();
  });
});

const NO_PIN = `asked.authenticatorSelection.userVerification = "discouraged";`;

/** Has a page ask the browser for something else. */
function change(what: string): string {
  return `for (const form of document.querySelectorAll("form[data-passkey]")) {
    const asked = JSON.parse(form.dataset.options);
    ${what}
    form.dataset.options = JSON.stringify(asked);
  }`;
}

function url(base64: string | undefined): string {
  return toBase64url(Buffer.from(base64 ?? "", "base64"));
}
