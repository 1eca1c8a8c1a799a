import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../../test/axe.ts";
import { asDemonstration } from "../../../test/desk-office.ts";
import {
  handIn,
  KeysOffice,
  makePasskeyAt,
  signAt,
} from "../../../test/keys-office.ts";
import { listening } from "../../../test/listening.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { faultsOfHtml } from "../../../test/valid-html.ts";
import { webOf } from "../../../test/web-office.ts";
import { keyFromSeed, primitives } from "../../store/crypto.ts";

/** The permit officer, whose post grants something: two others enrol their keys, the registrar and the administrator. */
const OFFICER = 5;

/** Nothing against it by a validator and by axe. */
async function isSound(page: Page): Promise<void> {
  const answer = await page.request.get(page.url());
  expect(await faultsOfHtml(await answer.text())).toEqual([]);
  expect(await accessible(page)).toEqual([]);
}

describe.runIf(hasChromium)("keys for signing in Chromium", () => {
  let at: KeysOffice;
  beforeAll(async () => {
    at = await KeysOffice.open("desk_keys");
  });
  afterAll(() => at.close());

  test("an official makes one, two others enrol it with their key files, and a day later it signs the next act", async () => {
    const { page, context } = await at.at(OFFICER);
    await page.goto(`${at.address}/desk`);
    await page.getByRole("link", { name: "Your keys for signing" }).click();
    await isSound(page);
    // Only what was shown last can be answered.
    await page.reload();
    expect(await page.textContent("main")).toContain(
      "2 other persons sign it, who enrol keys: registrar, administrator",
    );
    await makePasskeyAt(page);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    await isSound(page);
    await page.getByText("It would be granted.").waitFor();
    // Who has it proves so before anybody else signs.
    await page.getByText("You sign with the new key itself").waitFor();
    await signAt(page);
    await page.getByText("Stands until").waitFor();
    await page.goto(`${at.address}/desk/keys`);
    await page.getByText("waits for whoever enrols it").waitFor();

    await page.goto(draft);
    await handIn(page, await at.signedInFile(page, at.keyFile(2)));
    await page.goto(draft);
    await handIn(page, await at.signedInFile(page, at.keyFile(3)));
    await page.getByText("Granted.", { exact: true }).waitFor();
    const [[id, enrolled] = ["", undefined]] = at.passkeysOf(OFFICER);
    expect(enrolled?.enrolledBy).toEqual([2, 3]);
    expect(enrolled?.key).toMatchObject({
      ...{ rpId: "localhost", origins: [at.address] },
      ...{ backupEligible: false, backedUp: false },
    });

    await page.goto(`${at.address}/desk/keys`);
    await page.getByText("signs from").waitFor();
    await at.prepareRevocation(page, "first");
    await page
      .getByText("You have no passkey that signs at this page")
      .waitFor();
    await at.later();
    await at.comesIn(context, OFFICER);
    await page.reload();
    await signAt(page);
    await page.getByText("Granted.", { exact: true }).waitFor();
    const signed = at.office.house.office.register.signed.get(id);
    expect(signed?.entries).toHaveLength(2);

    // The same authenticator makes no second one: it says that it is known.
    await page.goto(`${at.address}/desk/keys`);
    await page.getByText("signs here").waitFor();
    await makePasskeyAt(page);
    await page.getByText("This passkey is known here already.").waitFor();
    await context.close();
  });

  test("without a script a key file does, on a page in Chinese; what is no key and no signature is said at the field", async () => {
    const { page, context } = await at.at(1, {
      lang: "zh",
      javaScriptEnabled: false,
    });
    const own = at.keyFile(1, "a new one");
    const { publicKey } = keyFromSeed(
      primitives.sha256(Buffer.from("a new one")),
    );
    await page.goto(`${at.address}/desk/keys`);
    expect(await page.textContent("noscript")).toContain(
      "没有 JavaScript 则无法使用",
    );
    await page.getByText("文件密钥（无须通行密钥和脚本）").click();
    const enrol = async (typed: string) => {
      await page.getByLabel("所输出的公钥").fill(typed);
      await page.getByRole("button", { name: "拟制登记该密钥的行为" }).click();
    };
    await enrol("no key");
    await page.getByText("须为 public 之后的 43 个字符").waitFor();
    expect(await page.getByLabel("所输出的公钥").inputValue()).toBe("no key");
    await enrol(
      keyFromSeed(primitives.sha256(Buffer.from("person 2"))).publicKey,
    );
    await page.getByText("该密钥已经登记在您或者他人名下").waitFor();
    await enrol(publicKey);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    const field = page.getByLabel("vitrine sign 的输出");
    const put = async (signed: string) => {
      await page.goto(draft);
      await handIn(page, signed);
    };
    await put("a signature");
    await page.getByText("须为 vitrine sign 输出的整行内容").waitFor();
    expect(await field.inputValue()).toBe("a signature");
    const statement = await at.signedInFile(page, own);
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
      await put(await at.signedInFile(page, at.keyFile(person)));
    }
    await page.getByText("已准予").first().waitFor();
    // It was entered a moment ago: what it signs now would be refused for ever, so it is not taken.
    await page.goto(`${at.address}/desk/acts/new/feeEnded?fee=vehicles-fee`);
    await page.getByLabel("理由").first().selectOption("breach");
    await page
      .getByRole("button", { name: "查看规则将如何裁定" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
    const signed = await at.signedInFile(page, own);
    await handIn(page, signed);
    await page.getByText("起方可签署").waitFor();
    await context.close();
  });

  test("in a demonstration the new key signs itself, and the office signs for those who enrol it", async () => {
    const demonstration = webOf(at.office, {
      ...{ ...asDemonstration, accounts: at.accounts },
      address: () => shown,
    });
    const other = await listening(demonstration);
    const shown = `http://localhost:${other.port}`;
    const { page, context } = await at.at(4, { url: shown });
    await page.goto(`${shown}/desk/keys`);
    await makePasskeyAt(page);
    await page.waitForURL(/drafts/);
    const draft = page.url();
    await page.getByText("You sign with the new key itself").waitFor();
    await signAt(page);
    await page.getByText("Stands until").waitFor();
    for (const person of [2, 3]) {
      await at.comesIn(context, person, shown);
      await page.goto(draft);
      await page.getByText("the office holds this person's key").waitFor();
      await signAt(page);
      await page.waitForLoadState();
    }
    await page.getByText("Granted.", { exact: true }).waitFor();
    expect(demonstration.bugs).toEqual([]);
    await context.close();
    await other.close();
  });
});
