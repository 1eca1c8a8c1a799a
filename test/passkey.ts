import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signBytes,
} from "node:crypto";
import type { CDPSession, Page } from "playwright-core";
import { toBase64url } from "../src/acts/bytes.ts";
import type { PasskeyAlg } from "../src/acts/public-keys.ts";
import { personKeyId, type Signature } from "../src/acts/statement.ts";
import { assertionFault, type Passkey } from "../src/acts/webauthn.ts";
import { primitives } from "../src/store/crypto.ts";

/** What an authenticator or a browser says otherwise than it should. */
export type Twist = {
  /** Bytes that the challenge is of, where not of the message. */
  readonly of?: Uint8Array;
  /** Members of the client data in the place of the usual ones; `undefined` leaves one out. */
  readonly clientData?: Readonly<Record<string, unknown>>;
  /** The client data as text, made from what it would have been. */
  readonly text?: (usual: string) => string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly counter?: number;
  /** Behind the counter, as extensions stand there. */
  readonly more?: Uint8Array;
};

/** An authenticator made of software, for stories that need no browser. */
export type SoftwarePasskey = {
  /** As an act enrols it. */
  readonly key: Passkey;
  readonly id: string;
  readonly privateKey: KeyObject;
  /** The signature of a submission over these bytes (`signedBytes`, `signedBatchBytes`). */
  readonly sign: (message: Uint8Array, twist?: Twist) => PasskeySignature;
};
export type PasskeySignature = Extract<Signature, { form: "webauthn" }>;

type Made = Partial<
  Pick<Passkey, "alg" | "rpId" | "origins" | "backupEligible" | "backedUp">
>;

export const FLAGS = {
  present: 0x01,
  verified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
} as const;

export function makePasskey(made: Made = {}): SoftwarePasskey {
  const { alg = -7, rpId = "story.example" } = made;
  const { publicKey, privateKey } = pairOf(alg);
  const spki = publicKey.export({ format: "der", type: "spki" });
  const key: Passkey = {
    form: "webauthn",
    credential: toBase64url(randomBytes(16)),
    publicKey: toBase64url(spki),
    alg,
    rpId,
    origins: [...(made.origins ?? [`https://${rpId}`])],
    backupEligible: made.backupEligible ?? false,
    backedUp: made.backedUp ?? false,
  };
  const id = personKeyId(primitives, key);
  return {
    key,
    id,
    privateKey,
    sign: (message, twist = {}) => assertion(key, privateKey, message, twist),
  };
}

function pairOf(alg: PasskeyAlg): {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
} {
  switch (alg) {
    case -7:
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case -8:
      return generateKeyPairSync("ed25519");
    case -257:
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
  }
}

function assertion(
  key: Passkey,
  privateKey: KeyObject,
  message: Uint8Array,
  twist: Twist,
): PasskeySignature {
  const usual = JSON.stringify({
    type: "webauthn.get",
    challenge: toBase64url(sha256(twist.of ?? message)),
    origin: key.origins[0],
    crossOrigin: false,
    ...twist.clientData,
  });
  const clientDataJSON = Buffer.from(twist.text?.(usual) ?? usual);
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(twist.counter ?? 0);
  const authenticatorData = Buffer.concat([
    sha256(Buffer.from(twist.rpId ?? key.rpId)),
    Buffer.of(twist.flags ?? flagsOf(key)),
    counter,
    twist.more ?? Buffer.alloc(0),
  ]);
  const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
  const signature = signBytes(
    key.alg === -8 ? null : "sha256",
    signed,
    privateKey,
  );
  return {
    form: "webauthn",
    key: personKeyId(primitives, key),
    authenticatorData: toBase64url(authenticatorData),
    clientDataJSON: toBase64url(clientDataJSON),
    signature: toBase64url(signature),
  };
}

function flagsOf(key: Passkey): number {
  const { present, verified, backupEligible, backedUp } = FLAGS;
  return (
    present |
    verified |
    (key.backupEligible ? backupEligible : 0) |
    (key.backedUp ? backedUp : 0)
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

export function assertionHolds(
  ...of: Parameters<typeof assertionFault>
): boolean {
  return assertionFault(...of) === undefined;
}

const named = new Map<string, SoftwarePasskey>();

/** The passkey that stories call by this name: made at the first call, the same at every later one. */
export function passkeyNamed(name: string, made: Made = {}): SoftwarePasskey {
  const known = named.get(name);
  if (known !== undefined) return known;
  const passkey = makePasskey(made);
  named.set(name, passkey);
  return passkey;
}

/** Undefined where the name is that of another key. */
export function knownPasskey(name: string): SoftwarePasskey | undefined {
  return named.get(name);
}

/** An authenticator of Chromium's own, built in and without a finger to wait for. */
export type VirtualAuthenticator = {
  readonly id: string;
  readonly cdp: CDPSession;
  readonly remove: () => Promise<void>;
};

/**
 * Gives a page an authenticator that holds passkeys and whose user is always there (CDP, `WebAuthn`). The page must be at
 * https or at `http://localhost:PORT`; no RP id is an address of a machine.
 */
export async function addAuthenticator(
  page: Page,
  of: {
    readonly isUserVerified?: boolean;
    /** Whether it can ask for a PIN, a finger or a face at all. */
    readonly hasUserVerification?: boolean;
    readonly backupEligible?: boolean;
    readonly backedUp?: boolean;
  } = {},
): Promise<VirtualAuthenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId: id } = await cdp.send(
    "WebAuthn.addVirtualAuthenticator",
    {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: of.hasUserVerification ?? true,
        isUserVerified: of.isUserVerified ?? of.hasUserVerification ?? true,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: of.backupEligible ?? false,
        defaultBackupState: of.backedUp ?? false,
      },
    },
  );
  return {
    id,
    cdp,
    remove: async () => {
      await cdp.send("WebAuthn.removeVirtualAuthenticator", {
        authenticatorId: id,
      });
      await cdp.detach();
    },
  };
}
