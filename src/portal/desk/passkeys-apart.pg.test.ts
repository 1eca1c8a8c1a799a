import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../../test/axe.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import {
  handIn,
  KeysOffice,
  makePasskeyAt,
  signAt,
} from "../../../test/keys-office.ts";
import { makePasskey, type SoftwarePasskey } from "../../../test/passkey.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import type { ActOf } from "../../acts/act.ts";
import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { personKeyId, type Signer, signedBytes } from "../../acts/statement.ts";
import { primitives } from "../../store/crypto.ts";
import { statementNow } from "./statement.ts";

const OFFICER = 5;

describe.runIf(hasChromium)(
  "passkeys that are for something else, in Chromium",
  () => {
    let at: KeysOffice;
    beforeAll(async () => {
      at = await KeysOffice.open("desk_keys_apart");
    });
    afterAll(() => at.close());

    test("a passkey for signing in signs no act, and one for signing acts lets nobody in", async () => {
      const { page, context, authenticator } = await at.at(OFFICER);
      const code = await at.accounts.invite({
        holder: { kind: "official", person: OFFICER },
        name: "the permit officer",
      });
      await page.goto(`${at.address}/account/invitation`);
      await page.fill("#code", code);
      await page.getByRole("button", { name: "Go on" }).click();
      await page.getByRole("button", { name: "Make the passkey" }).click();
      await page.waitForURL(`${at.address}/account/credentials`);
      await page.getByRole("link", { name: "Your keys for signing" }).click();
      await makePasskeyAt(page);
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
      await signAt(page);
      await page
        .getByText(
          "the signature does not hold: it does not verify with this key",
        )
        .waitFor();
      // An authenticator that has neither gives no answer.
      await asksFor("AAAAAAAAAAAAAAAAAAAAAA");
      await signAt(page);
      await page.getByText("the passkey gave no answer").waitFor();
      await page.goto(draft);
      await signAt(page);
      await page.getByText("Stands until").waitFor();
      await handIn(page, await at.signedInFile(page, at.keyFile(3)));
      await page.goto(draft);
      await handIn(page, await at.signedInFile(page, at.keyFile(2)));
      await page.getByText("Granted.", { exact: true }).waitFor();

      await context.clearCookies({ name: "vitrine_session" });
      await page.goto(`${at.address}/sign-in`);
      await page.evaluate(
        change(
          `asked.allowCredentials = [{ type: "public-key", id: ${JSON.stringify(url(signing?.credentialId))} }];`,
        ),
      );
      await page
        .getByRole("button", { name: "Sign in with a passkey" })
        .click();
      await page.waitForURL(`${at.address}/sign-in?why=isSigningKey`);
      await page.getByText("This passkey signs acts.").waitFor();
      await page
        .getByRole("button", { name: "Sign in with a passkey" })
        .click();
      await page.waitForURL(`${at.address}/desk`);

      // Without PIN, finger or face none is made, and none signs, whatever the page asks for.
      await at.prepareRevocation(page, "unverified");
      const unsigned = page.url();
      await at.later();
      await at.comesIn(context, OFFICER);
      await authenticator.cdp.send("WebAuthn.setUserVerified", {
        authenticatorId: authenticator.id,
        isUserVerified: false,
      });
      const bare = await at.at(OFFICER, { hasUserVerification: false });
      await bare.page.goto(`${at.address}/desk/keys`);
      await makePasskeyAt(bare.page);
      await bare.page.getByText("Nothing came of it").waitFor();
      await bare.page.evaluate(change(NO_PIN));
      await makePasskeyAt(bare.page);
      await bare.page
        .getByText("What the passkey answered does not hold")
        .waitFor();
      expect(await accessible(bare.page)).toEqual([]);
      await bare.context.close();
      await page.goto(unsigned);
      await signAt(page);
      await page.getByText("the passkey gave no answer").waitFor();
      await page.evaluate(
        `const get = navigator.credentials.get.bind(navigator.credentials);
       navigator.credentials.get = ({ publicKey }) => get({ publicKey: { ...publicKey, userVerification: "discouraged" } });`,
      );
      await signAt(page);
      await page
        .getByText("the authenticator asked for no PIN, finger or face")
        .waitFor();
      await context.close();
    });

    test("passkeys of other pages are named and never asked for; those of two hosts have a button each", async () => {
      const host = at.address.replace("localhost", "acts.desk.localhost");
      const own = { rpId: "acts.desk.localhost", origins: [host] };
      const above = { rpId: "desk.localhost", origins: [host] };
      const away = { rpId: "data.example", origins: ["https://data.example"] };
      const port = { rpId: "localhost", origins: ["http://localhost:1"] };
      const made: SoftwarePasskey[] = [];
      for (const of of [own, above, away, port])
        made.push(await enrolled(4, of));
      await at.later();
      const { page, context, authenticator } = await at.at(4, { url: host });
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
        .getByText(
          "does not sign here: it was enrolled for https://data.example",
        )
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
      await page.getByText("Granted.", { exact: true }).waitFor();
      const { signed } = at.office.house.office.register;
      // Each its own enrolment, and one of them this act.
      expect(made.map(({ id }) => signed.get(id)?.entries.length)).toEqual([
        ...[1, 2, 1, 1],
      ]);
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
        ...([at.office.house.office, { act, signers, statementId }] as const),
        at.office.clock.now,
      );
      const message = signedBytes(statement);
      const others = await Promise.all(
        [2, 3].map((one) => smallPersonas.sign(one, message)),
      );
      const result = await at.office.house.office.enter({
        statement,
        signatures: [
          passkey.sign(message),
          ...others.flatMap((one) => one ?? []),
        ],
      });
      expect(result).toMatchObject({ ruling: { outcome: "granted" } });
      return passkey;
    }
  },
);

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
