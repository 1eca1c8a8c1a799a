import { createHash, createPublicKey } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import {
  FLAGS,
  makePasskey,
  type SoftwarePasskey,
} from "../../test/passkey.ts";
import { schemaFor } from "../../test/postgres.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { openDatabase, type Sql } from "../store/database.ts";
import { Accounts } from "./accounts.ts";

/** What an authenticator answers where it makes a passkey for signing, written by hand: browsers would not say most of this. */

const SITE = { origin: "https://data.example", host: "data.example" } as const;
const clock = { now: Date.UTC(2026, 10, 2) };
let sql: Sql;
let accounts: Accounts;
let challenge = "";
let cookie = "";

const asked = z.object({
  challenge: z.string(),
  user: z.object({ id: z.string() }),
});

beforeAll(async () => {
  sql = await openDatabase((await schemaFor("signing_passkeys")).url);
  accounts = new Accounts(sql, Buffer.alloc(32, 1), () => clock.now);
});
beforeEach(async () => {
  const begun = await accounts.signing.begin(SITE, "Office", "Signing", []);
  ({ challenge } = asked.parse(begun.options));
  ({ cookie } = begun);
});
afterAll(() => sql.end());

type Told = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly challenge?: string;
  readonly type?: string;
  readonly publicKey?: Map<number, number | Uint8Array>;
};

/** A new passkey's answer, with what it tells otherwise than it should. */
function answerOf({ key }: SoftwarePasskey, told: Told = {}): string {
  const credential = Buffer.from(fromBase64url(key.credential));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(credential.length);
  const authData = Buffer.concat([
    sha256(told.rpId ?? SITE.host),
    Buffer.of(0x40 | (told.flags ?? FLAGS.present | FLAGS.verified)),
    Buffer.alloc(4 + 16),
    ...[length, credential],
    isoCBOR.encode(told.publicKey ?? coseOf(key)),
  ]);
  const attestationObject = isoCBOR.encode(
    new Map<string, string | Map<string, string> | Uint8Array>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", new Uint8Array(authData)],
    ]),
  );
  const clientDataJSON = JSON.stringify({
    type: told.type ?? "webauthn.create",
    challenge: told.challenge ?? challenge,
    origin: told.origin ?? SITE.origin,
    crossOrigin: false,
  });
  return JSON.stringify({
    ...{ id: key.credential, rawId: key.credential, type: "public-key" },
    clientExtensionResults: {},
    response: {
      clientDataJSON: toBase64url(Buffer.from(clientDataJSON)),
      attestationObject: toBase64url(attestationObject),
    },
  });
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** The public key as authenticators write it (RFC 9053). */
function coseOf({
  alg,
  publicKey,
}: SoftwarePasskey["key"]): Map<number, number | Uint8Array> {
  const made = createPublicKey({
    key: Buffer.from(fromBase64url(publicKey)),
    ...{ format: "der", type: "spki" },
  });
  const jwk = made.export({ format: "jwk" });
  const part = (name: "x" | "y" | "n" | "e") =>
    new Uint8Array(fromBase64url(jwk[name] ?? ""));
  switch (alg) {
    case -7:
      return new Map<number, number | Uint8Array>([
        ...([
          [1, 2],
          [3, alg],
          [-1, 1],
        ] as const),
        ...([
          [-2, part("x")],
          [-3, part("y")],
        ] as const),
      ]);
    case -8:
      return new Map<number, number | Uint8Array>([
        ...([
          [1, 1],
          [3, alg],
          [-1, 6],
          [-2, part("x")],
        ] as const),
      ]);
    case -257:
      return new Map<number, number | Uint8Array>([
        ...([
          [1, 3],
          [3, alg],
          [-1, part("n")],
          [-2, part("e")],
        ] as const),
      ]);
  }
}

const finish = (answer: string) =>
  accounts.signing.finish(SITE, answer, cookie);
const here = { rpId: SITE.host, origins: [SITE.origin] };

test.each([-7, -8, -257] as const)(
  "a passkey of alg %i is read as an act enrols it",
  async (alg) => {
    const passkey = makePasskey({ ...here, alg });
    expect(await finish(answerOf(passkey))).toEqual({ key: passkey.key });
  },
);

test("that it may be copied, and was, stands in its key", async () => {
  const { present, verified, backupEligible, backedUp } = FLAGS;
  const flags = present | verified | backupEligible;
  const passkey = makePasskey(here);
  expect(await finish(answerOf(passkey, { flags }))).toMatchObject({
    key: { backupEligible: true, backedUp: false },
  });
  const again = await accounts.signing.begin(SITE, "Office", "Signing", []);
  ({ challenge } = asked.parse(again.options));
  ({ cookie } = again);
  expect(
    await finish(answerOf(passkey, { flags: flags | backedUp })),
  ).toMatchObject({ key: { backupEligible: true, backedUp: true } });
});

test.each<[string, Told]>([
  ["for another RP id", { rpId: "other.example" }],
  ["at another page", { origin: "https://other.example" }],
  ["without PIN, finger or face", { flags: FLAGS.present }],
  ["without anybody there", { flags: FLAGS.verified }],
  ["for another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
  ["that is an assertion", { type: "webauthn.get" }],
  [
    "whose numbers are no point of the curve",
    {
      publicKey: new Map<number, number | Uint8Array>([
        ...([
          [1, 2],
          [3, -7],
          [-1, 1],
        ] as const),
        ...([
          [-2, new Uint8Array(32)],
          [-3, new Uint8Array(32)],
        ] as const),
      ]),
    },
  ],
  [
    "of another curve under the same name",
    {
      publicKey: new Map<number, number | Uint8Array>([
        ...([
          [1, 2],
          [3, -7],
          [-1, 2],
        ] as const),
        ...([
          [-2, new Uint8Array(48)],
          [-3, new Uint8Array(48)],
        ] as const),
      ]),
    },
  ],
])("one made %s is no key", async (_, told) => {
  expect(await finish(answerOf(makePasskey(here), told))).toEqual({
    failed: "notHeld",
  });
});

test("an answer is good once, for ten minutes, and not for what was asked for signing in", async () => {
  const answer = answerOf(makePasskey(here));
  expect(await finish(answer)).toHaveProperty("key");
  expect(await finish(answer)).toEqual({ failed: "used" });
  expect(await accounts.signing.finish(SITE, answer, undefined)).toEqual({
    failed: "expired",
  });
  const begun = await accounts.beginRegistration(SITE, "Office", "In");
  ({ challenge } = asked.parse(begun.options));
  expect(
    await accounts.signing.finish(
      ...([SITE, answerOf(makePasskey(here)), begun.cookie] as const),
    ),
  ).toEqual({ failed: "expired" });
  const late = await accounts.signing.begin(SITE, "Office", "Signing", []);
  ({ challenge } = asked.parse(late.options));
  clock.now += 600_000;
  expect(
    await accounts.signing.finish(
      ...([SITE, answerOf(makePasskey(here)), late.cookie] as const),
    ),
  ).toEqual({ failed: "expired" });
});

test("a passkey that signs somebody in is no key for acts", async () => {
  const passkey = makePasskey(here);
  const code = await accounts.invite({
    holder: { kind: "official", person: 2 },
    name: "somebody",
  });
  const begun = await accounts.beginRegistration(SITE, "Office", "In");
  ({ challenge } = asked.parse(begun.options));
  expect(
    await accounts.finishInvited(
      ...([SITE, code, answerOf(passkey), "mine", begun.cookie] as const),
      () => false,
    ),
  ).toHaveProperty("who");
  const again = await accounts.signing.begin(SITE, "Office", "Signing", []);
  ({ challenge } = asked.parse(again.options));
  expect(
    await accounts.signing.finish(
      ...([SITE, answerOf(passkey), again.cookie] as const),
    ),
  ).toEqual({ failed: "isSignInKey" });
});

test("each is asked for under a user handle of its own, and not to be found without its id", async () => {
  const begun = await Promise.all(
    [1, 2].map(() =>
      accounts.signing.begin(SITE, "Office", "Signing", ["AAAA"]),
    ),
  );
  const handles = begun.map(({ options }) => asked.parse(options).user.id);
  expect(new Set(handles).size).toBe(2);
  expect(begun[0]?.options).toMatchObject({
    rp: { id: SITE.host },
    authenticatorSelection: {
      residentKey: "discouraged",
      userVerification: "required",
    },
    excludeCredentials: [{ id: "AAAA" }],
  });
});
