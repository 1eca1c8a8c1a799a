import { createPublicKey } from "node:crypto";
import { toBase64url } from "../acts/bytes.ts";
import { personKey, type PersonKey } from "../acts/shapes.ts";
import { passkeyOf } from "../store/accounts.ts";
import type { Sql } from "../store/database.ts";
import type { Begun, Site } from "./accounts.ts";
import type { Challenges } from "./challenges.ts";
import { creationOptions, madePasskey } from "./made-passkeys.ts";

/** Why what a browser made is no key for acts. */
export type UnfitPasskey = "expired" | "used" | "isSignInKey" | "notHeld";

/**
 * New passkeys for signing acts. None is kept here: it becomes the key of an act, which the new passkey has to sign itself, and that is what
 * proves that its holder has it.
 */
export class SigningPasskeys {
  readonly #sql: Sql;
  readonly #challenges: Challenges;

  constructor(sql: Sql, challenges: Challenges) {
    this.#sql = sql;
    this.#challenges = challenges;
  }

  /**
   * Its user handle is new each time, so that no authenticator puts it in the place of another passkey of this office; and it asks not to be
   * found without its id, as pages for signing in look for theirs.
   */
  async begin(
    site: Site,
    office: string,
    name: string,
    enrolled: readonly string[],
  ): Promise<Begun> {
    const options = await creationOptions(
      ...([site, office, name, enrolled, "discouraged"] as const),
    );
    const cookie = this.#challenges.keep("enrol", options.challenge);
    return { options, cookie };
  }

  /** The key as an act enrols it (docs/spec/2-statement.md). */
  async finish(
    site: Site,
    text: string,
    cookie: string | undefined,
  ): Promise<{ readonly key: PersonKey } | { readonly failed: UnfitPasskey }> {
    const challenge = await this.#challenges.burn("enrol", cookie);
    if (typeof challenge !== "string") return challenge;
    const made = await madePasskey(site, challenge, text);
    if (made === undefined) return { failed: "notHeld" };
    const { credential, credentialDeviceType, credentialBackedUp } = made.info;
    if ((await passkeyOf(this.#sql, credential.id)) !== undefined)
      return { failed: "isSignInKey" };
    const read = personKey.safeParse({
      form: "webauthn",
      credential: credential.id,
      ...(await publicKeyIn(credential.publicKey)),
      rpId: site.host,
      origins: [site.origin],
      backupEligible: credentialDeviceType === "multiDevice",
      backedUp: credentialBackedUp,
    });
    return read.success ? { key: read.data } : { failed: "notHeld" };
  }
}

/** The SubjectPublicKeyInfo of a key that an authenticator wrote in COSE (RFC 9053), and its algorithm; nothing for one of another kind. */
async function publicKeyIn(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ readonly alg?: unknown; readonly publicKey?: string }> {
  const { cose, decodeCredentialPublicKey } =
    await import("@simplewebauthn/server/helpers");
  const key = decodeCredentialPublicKey(bytes);
  const text = (part: Uint8Array | undefined): string =>
    toBase64url(part ?? new Uint8Array());
  const { COSEKEYS } = cose;
  const jwk = cose.isCOSEPublicKeyEC2(key)
    ? {
        ...{ kty: "EC", crv: "P-256" },
        ...{ x: text(key.get(COSEKEYS.x)), y: text(key.get(COSEKEYS.y)) },
      }
    : cose.isCOSEPublicKeyOKP(key)
      ? { kty: "OKP", crv: "Ed25519", x: text(key.get(COSEKEYS.x)) }
      : cose.isCOSEPublicKeyRSA(key)
        ? {
            kty: "RSA",
            ...{ n: text(key.get(COSEKEYS.n)), e: text(key.get(COSEKEYS.e)) },
          }
        : undefined;
  if (jwk === undefined) return {};
  try {
    const spki = createPublicKey({ key: jwk, format: "jwk" }).export({
      ...{ format: "der", type: "spki" },
    });
    return { alg: key.get(COSEKEYS.alg), publicKey: toBase64url(spki) };
  } catch {
    // Numbers that are no point of the curve, or no key of this kind.
    return {};
  }
}
