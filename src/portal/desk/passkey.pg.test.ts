import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../../../test/browser.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import {
  addAuthenticator,
  makePasskey,
  type SoftwarePasskey,
} from "../../../test/passkey.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { ORIGIN, SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  DAY,
  founding,
  permit,
  rulebook,
  vehicles,
} from "../../../test/simulation/small-office-acts.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { type Mail, Mails } from "../../accounts/mails.ts";
import { Sessions } from "../../accounts/sessions.ts";
import type { ActOf } from "../../acts/act.ts";
import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { type Signer, signedBytes } from "../../acts/statement.ts";
import { mailChore } from "../../cli/mail/mailing.ts";
import { statementNow } from "./statement.ts";

/** Three posts enrol keys, so that two others can for each of them. */
const enrolling = founding(0, {
  ...{ origin: ORIGIN, logKey: "", keyOf: () => "" },
  edition: { number: 1, digest: "" },
}).posts.map((one) =>
  one.post === "head"
    ? { ...one, powers: [...one.powers, "enrol" as const] }
    : one,
);

/** An office that is no demonstration: whoever signs does so with a passkey of their own. */
describe.runIf(hasChromium)("signing with a passkey in Chromium", () => {
  let office: SmallOffice;
  let web: Web;
  let server: Listening;
  let browser: Browser;
  let address = "";
  const passkeys = new Map<number, SoftwarePasskey>();

  beforeAll(async () => {
    const { url } = await schemaFor("desk_passkey");
    office = await SmallOffice.granted(url, { founding: { posts: enrolling } });
    web = webOf(office);
    server = await listening(web);
    address = `http://localhost:${server.port}`;
    for (const person of [1, 2, 5])
      passkeys.set(person, await enrolled(person));
    office.clock.now += 2 * DAY;
    await office.house.tick();
    browser = await launched();
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
    await endsInOrder(office, web);
    await office.close();
  });

  /** Enrols a passkey for somebody: its holder signs with it, and two others with the keys that they have. */
  async function enrolled(person: number): Promise<SoftwarePasskey> {
    const passkey = makePasskey({ rpId: "localhost", origins: [address] });
    const act: ActOf<"keyEnrolled"> = {
      kind: "keyEnrolled",
      person,
      key: passkey.key,
    };
    const enrollers = [
      { person: 1, post: "head" },
      { person: 2, post: "registrar" },
      { person: 3, post: "administrator" },
    ].filter((one) => one.person !== person);
    const signers: readonly Signer[] = [
      { person, role: "holder" },
      ...enrollers.map((one) => ({ ...one, role: "approved" as const })),
    ];
    const statementId = toBase64url(Buffer.alloc(16, person));
    const statement = statementNow(
      ...([office.house.office, { act, signers, statementId }] as const),
      office.clock.now,
    );
    const message = signedBytes(statement);
    const others = await Promise.all(
      enrollers.map((one) => smallPersonas.sign(one.person, message)),
    );
    const result = await office.house.office.enter({
      statement,
      signatures: [
        passkey.sign(message),
        ...others.flatMap((one) => (one === undefined ? [] : [one])),
      ],
    });
    expect(result).toMatchObject({ ruling: { outcome: "granted" } });
    return passkey;
  }

  async function at(person: number): Promise<Page> {
    const sessions = new Sessions(
      ...([office.house.sql, office.house.keys.seal] as const),
      () => office.clock.now,
    );
    const token = await sessions.begin({ kind: "official", person });
    const context = await browser.newContext();
    await context.addCookies([
      { name: "vitrine_session", value: token, url: address },
    ]);
    const page = await context.newPage();
    const authenticator = await addAuthenticator(page);
    const own = passkeys.get(person);
    if (own !== undefined)
      await authenticator.cdp.send("WebAuthn.addCredential", {
        authenticatorId: authenticator.id,
        credential: {
          credentialId: Buffer.from(fromBase64url(own.key.credential)).toString(
            "base64",
          ),
          isResidentCredential: false,
          rpId: "localhost",
          privateKey: own.privateKey
            .export({ format: "der", type: "pkcs8" })
            .toString("base64"),
          signCount: 1,
        },
      });
    return page;
  }

  /** What the gate says to a request for a purpose. */
  async function asksFor(purpose: string): Promise<string> {
    const answer = await office.ask(vehicles(), "huaxing", { purpose });
    if (answer.outcome === "answered") return "answered";
    return answer.findings
      .map(({ rule, facts }) => `${rule} ${facts[1]?.[0]}`)
      .join(", ");
  }

  const signed = async (page: Page): Promise<string> => {
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.waitForLoadState();
    return (await page.textContent("main")) ?? "";
  };

  test("two sign one act, each at their own page", async () => {
    const page = await at(2);
    await page.goto(`${address}/desk/acts/new/feeStandard?like=vehicles-fee`);
    await page.getByLabel("Price per unit").fill("0.70");
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("Stands until").waitFor();
    const second = await at(1);
    await second.goto(`${address}/desk`);
    await second.getByRole("link", { name: "Set a price" }).first().click();
    await second.getByRole("button", { name: "Sign", exact: true }).click();
    await second.getByText("Granted.", { exact: true }).waitFor();
  });

  test("what the page shows and what would be signed must be the same", async () => {
    const page = await at(2);
    await page.goto(`${address}/desk/acts/new/organisation`);
    await page.getByLabel("Organisation", { exact: true }).fill("newcomer");
    await page.getByLabel("Title", { exact: true }).fill("A newcomer");
    await page.getByLabel("Class of payers").selectOption("enterprise");
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
    await page.evaluate(
      `document.querySelector("[name=statement]").value = document.querySelector("[name=statement]").value.replace("newcomer", "newcomes")`,
    );
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("The page does not hold together").waitFor();
    await page.reload();
    expect(await signed(page)).toBeDefined();
    await page.getByText("Granted.", { exact: true }).waitFor();
  });

  test("one touch signs a list of like acts, each ruled on by itself", async () => {
    const page = await at(2);
    for (const amount of ["0.60", "0.61"]) {
      await page.goto(`${address}/desk/acts/new/feeStandard?like=vehicles-fee`);
      await page.getByLabel("Price per unit").fill(amount);
      await page.getByLabel("Id of the price").fill(`fee-${amount}`);
      await page
        .getByRole("button", { name: "See how the rules would rule" })
        .last()
        .click();
      await page.waitForURL(/drafts/);
    }
    for (const person of [2, 1]) {
      const own = await at(person);
      await own.goto(`${address}/desk`);
      await own.getByText("Sign several of one kind together").click();
      for (const box of await own.getByRole("checkbox").all())
        await box.check();
      await own
        .getByRole("button", { name: "See how the rules would rule" })
        .click();
      await own.getByText("One signature stands under all").waitFor();
      await own.getByRole("button", { name: "Sign all of them" }).click();
      await own.waitForURL(`${address}/desk`);
    }
    const { fees } = office.house.office.register;
    expect(
      [...fees.values()]
        .slice(-2)
        .map(({ act }) => act.amount)
        .toSorted((a, b) => a - b),
    ).toEqual([60, 61]);
  });

  test("a stolen key permits something on an evening: the letter comes, its signer disowns it with a passkey, and the gate never served", async () => {
    const now = office.clock.now;
    await office.granted({
      kind: "rulebookAdopted",
      rulebook: {
        ...rulebook(now),
        limits: { ...rulebook(now).limits, effectDelayHours: 72 },
      },
    });
    const mails = new Mails({
      ...{ sql: office.house.sql, key: office.house.keys.seal },
      ...{ office: office.house.office.origin, now: () => office.clock.now },
    });
    await mails.setContact(5, { address: "permits@data.example", lang: "en" });
    const letters: Mail[] = [];
    const { work } = mailChore(office.house.office, {
      ...{ mails, address, failed: () => undefined },
      send: (letter) => Promise.resolve(void letters.push(letter)),
    });
    await work();
    const taken = permit({ permit: "friend", purpose: "safety" });
    await office.granted(taken);
    const entry = office.house.office.register.size - 1;
    await office.house.office.publish();
    await work();
    const letter = letters.at(-1)?.text ?? "";
    expect(letter).toContain("It takes effect at ");
    const [link = ""] = /http\S+disowned\?entry=\d+/.exec(letter) ?? [];
    expect(link).toBe(`${address}/desk/acts/new/disowned?entry=${entry}`);
    expect(await asksFor("safety")).toMatch(/^I2 in-force-from/);

    const page = await at(5);
    await page.goto(`${address}/acts/${entry}`);
    await page.getByText("after the delay of the rulebook").waitFor();
    await page.goto(link);
    expect(
      await page
        .getByLabel("Number of the entry that is disowned")
        .inputValue(),
    ).toBe(String(entry));
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.waitForURL(/drafts/);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("Granted.", { exact: true }).waitFor();

    expect(await asksFor("safety")).toMatch(/^I2 ended-by-entry/);
    await office.pass(4 * DAY);
    expect(await asksFor("safety")).toMatch(/^I2 ended-by-entry/);
    await page.goto(`${address}/acts/${entry}`);
    await page.getByText("It is no verdict on who signed.").waitFor();
    await page.goto(address);
    await page
      .getByRole("heading", { name: "Disowned by whoever had signed" })
      .waitFor();
    expect(await office.faults()).toEqual([]);
  });

  test("too late it would be refused, as the form says before the signature; what it granted is revoked instead", async () => {
    await office.granted(permit({ permit: "late", purpose: "safety" }));
    const entry = office.house.office.register.size - 1;
    await office.pass(4 * DAY);
    expect(await asksFor("safety")).toBe("answered");
    const page = await at(5);
    await page.goto(`${address}/desk/acts/new/disowned?entry=${entry}`);
    await page
      .getByRole("button", { name: "See how the rules would rule" })
      .last()
      .click();
    await page.getByText("It would be refused.").waitFor();
    await page.getByText("revoke or end what it granted").waitFor();
    await office.granted({
      ...{ kind: "permitRevoked", permit: "late", reason: "breach" },
    });
    expect(await asksFor("safety")).toMatch(/^I2 ended-by-entry/);
    await office.passHour();
    expect(await office.faults()).toEqual([]);
  });
});
