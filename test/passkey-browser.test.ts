import { createServer, type Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { fromBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import { isPublicKeyOf, type PasskeyAlg } from "../src/acts/public-keys.ts";
import { personKey } from "../src/acts/shapes.ts";
import { signedBatchBytes } from "../src/acts/statement.ts";
import type { Assertion, Passkey } from "../src/acts/webauthn.ts";
import { primitives } from "../src/store/crypto.ts";
import {
  primitives as pagePrimitives,
  signaturesHold,
} from "../src/page/primitives.ts";
import { launched } from "./browser.ts";
import { addAuthenticator, assertionHolds } from "./passkey.ts";
import { hasChromium } from "./scenarios/program.ts";

/** Passkeys as a real browser makes them: its own client data, its own authenticator, at a page of its own. */
describe.runIf(hasChromium)("passkeys of Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  let origin = "";

  beforeAll(async () => {
    server = createServer((_, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end(
        `<!doctype html><title>a page that signs</title><script>${SCRIPT}</script>`,
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    if (address === null || typeof address === "string")
      throw new Error("Cannot go on: the server has no port");
    origin = `http://localhost:${address.port}`;
    browser = await launched();
    page = await browser.newPage();
    await page.goto(origin);
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((done) => server.close(done));
  });

  test.each<[string, PasskeyAlg]>([
    ["ES256", -7],
    ["Ed25519", -8],
    ["RS256", -257],
  ])("sign acts with %s", async (_, alg) => {
    const authenticator = await addAuthenticator(page);
    const key = await createdIn(page, origin, alg);
    expect(key.alg).toBe(alg);
    expect(isPublicKeyOf(alg, fromBase64url(key.publicKey))).toBe(true);
    expect(personKey.safeParse(key).error?.issues).toBeUndefined();
    for (const message of [
      utf8ToBytes("vitrine-act-v1\n{}"),
      signedBatchBytes(primitives.sha256(utf8ToBytes("a root"))),
    ]) {
      const signed = await signedIn(page, key, message);
      expect(assertionHolds(primitives, key, message, signed)).toBe(true);
      const other = utf8ToBytes("vitrine-act-v1\n{ }");
      expect(assertionHolds(primitives, key, other, signed)).toBe(false);
      expect(assertionHolds(pagePrimitives, key, message, signed)).toBe(true);
      expect(await signaturesHold(() => undefined)).toBe(true);
    }
    await authenticator.remove();
  });

  test("that may be copied elsewhere say so in every signature", async () => {
    const authenticator = await addAuthenticator(page, {
      backupEligible: true,
      backedUp: true,
    });
    const key = await createdIn(page, origin, -7);
    expect(key).toMatchObject({ backupEligible: true, backedUp: true });
    const message = utf8ToBytes("an act");
    const signed = await signedIn(page, key, message);
    expect(assertionHolds(primitives, key, message, signed)).toBe(true);
    const asBound = { ...key, backupEligible: false, backedUp: false };
    expect(assertionHolds(primitives, asBound, message, signed)).toBe(false);
    await authenticator.remove();
  });

  test("without PIN or finger sign nothing that counts", async () => {
    const authenticator = await addAuthenticator(page);
    const key = await createdIn(page, origin, -7);
    const message = utf8ToBytes("an act");
    const signed = await signedIn(page, key, message, "discouraged");
    const flags = fromBase64url(signed.authenticatorData)[32] ?? 0;
    expect(assertionHolds(primitives, key, message, signed)).toBe(
      (flags & 0x04) !== 0,
    );
    await authenticator.cdp.send("WebAuthn.setUserVerified", {
      authenticatorId: authenticator.id,
      isUserVerified: false,
    });
    const unseen = await signedIn(page, key, message, "discouraged");
    expect((fromBase64url(unseen.authenticatorData)[32] ?? 0) & 0x04).toBe(0);
    expect(assertionHolds(primitives, key, message, unseen)).toBe(false);
    await authenticator.remove();
  });
});

async function createdIn(
  page: Page,
  origin: string,
  alg: PasskeyAlg,
): Promise<Passkey> {
  const made = z
    .object({
      credential: z.string(),
      publicKey: z.string(),
      alg: z.literal([-7, -8, -257]),
      flags: z.int(),
    })
    .parse(await page.evaluate(`made(${alg})`));
  return {
    form: "webauthn",
    credential: made.credential,
    publicKey: made.publicKey,
    alg: made.alg,
    rpId: "localhost",
    origins: [origin],
    backupEligible: (made.flags & 0x08) !== 0,
    backedUp: (made.flags & 0x10) !== 0,
  };
}

/** As a page that signs asks for it: the challenge is the hash of the bytes. */
async function signedIn(
  page: Page,
  key: Passkey,
  message: Uint8Array,
  userVerification: "required" | "discouraged" = "required",
): Promise<Assertion> {
  const asked = JSON.stringify({
    challenge: [...primitives.sha256(message)],
    credential: [...fromBase64url(key.credential)],
    userVerification,
  });
  return z
    .object({
      authenticatorData: z.string(),
      clientDataJSON: z.string(),
      signature: z.string(),
    })
    .parse(await page.evaluate(`signed(${asked})`));
}

/** What the page itself runs. */
const SCRIPT = `
const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
async function made(alg) {
  const { rawId, response } = await navigator.credentials.create({
    publicKey: {
      rp: { id: "localhost", name: "An office" },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: "person 1", displayName: "person 1" },
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      pubKeyCredParams: [{ type: "public-key", alg }],
      authenticatorSelection: { userVerification: "required" },
    },
  });
  return {
    credential: text(rawId),
    publicKey: text(response.getPublicKey()),
    alg: response.getPublicKeyAlgorithm(),
    flags: new Uint8Array(response.getAuthenticatorData())[32],
  };
}
async function signed({ challenge, credential, userVerification }) {
  const { response } = await navigator.credentials.get({
    publicKey: {
      challenge: Uint8Array.from(challenge),
      rpId: "localhost",
      allowCredentials: [{ type: "public-key", id: Uint8Array.from(credential) }],
      userVerification,
    },
  });
  return {
    authenticatorData: text(response.authenticatorData),
    clientDataJSON: text(response.clientDataJSON),
    signature: text(response.signature),
  };
}`;
