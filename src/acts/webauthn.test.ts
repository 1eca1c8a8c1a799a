import { sign as signBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assertionHolds,
  FLAGS,
  makePasskey,
  type Twist,
} from "../../test/passkey.ts";
import { primitives as p } from "../store/crypto.ts";
import {
  concatBytes,
  fromBase64url,
  toBase64url,
  utf8ToBytes,
} from "./bytes.ts";
import { readClientData } from "./client-data.ts";
import type { PasskeyAlg } from "./public-keys.ts";
import { signedBatchBytes } from "./statement.ts";
import { type Assertion, ecdsaSignature } from "./webauthn.ts";

const message: Uint8Array = utf8ToBytes("vitrine-act-v1\n{}");
const ALGS: readonly PasskeyAlg[] = [-7, -8, -257];
const passkeys = ALGS.map((alg) => makePasskey({ alg }));
const [first = makePasskey()] = passkeys;
const { present, verified, backupEligible, backedUp } = FLAGS;

describe.each(passkeys)("a passkey of alg $key.alg", ({ key, sign }) => {
  const holds = (twist: Twist, of = message): boolean =>
    assertionHolds(p, key, of, sign(of, twist));

  test("signs an act, and a batch", () => {
    expect(holds({})).toBe(true);
    expect(holds({}, signedBatchBytes(p.sha256(message)))).toBe(true);
  });

  test.each<[string, Twist]>([
    [
      "a member that nobody knows",
      { clientData: { hint: [{ a: null }, 1.5] } },
    ],
    ["crossOrigin left out", { clientData: { crossOrigin: undefined } }],
    ["white space", { text: (usual) => `${usual}\n` }],
    ["any counter", { counter: 4_294_967_295 }],
    ["extensions", { flags: present | verified | 0x80, more: Buffer.of(0xa0) }],
  ])("holds with %s", (_, twist) => {
    expect(holds(twist)).toBe(true);
  });

  test.each<[string, Twist]>([
    ["the challenge of other bytes", { of: utf8ToBytes("another act") }],
    ["no challenge", { clientData: { challenge: undefined } }],
    [
      "the bytes themselves for a challenge",
      { clientData: { challenge: toBase64url(message) } },
    ],
    [
      "a padded challenge",
      { clientData: { challenge: `${toBase64url(p.sha256(message))}=` } },
    ],
    ["the type of an enrolment", { clientData: { type: "webauthn.create" } }],
    ["the type of a payment", { clientData: { type: "payment.get" } }],
    ["another origin", { clientData: { origin: "https://stories.example" } }],
    [
      "the origin's port",
      { clientData: { origin: "https://story.example:1" } },
    ],
    [
      "an origin in capitals",
      { clientData: { origin: "https://Story.example" } },
    ],
    ["no origin", { clientData: { origin: undefined } }],
    ["a list for an origin", { clientData: { origin: [key.origins[0]] } }],
    ["crossOrigin true", { clientData: { crossOrigin: true } }],
    ["crossOrigin null", { clientData: { crossOrigin: null } }],
    ["crossOrigin as text", { clientData: { crossOrigin: "false" } }],
    ["another RP id", { rpId: "stories.example" }],
    ["nobody there", { flags: verified }],
    ["nobody verified", { flags: present }],
    [
      "a key that may be copied",
      { flags: present | verified | backupEligible },
    ],
    ["a copy that cannot be", { flags: present | verified | backedUp }],
    ["a member twice", { text: (usual) => usual.replace("{", '{"type":"",') }],
    [
      "a member twice, once escaped",
      {
        text: (usual) =>
          usual.replace("{", String.raw`{"ori\u0067in":"https://a.example",`),
      },
    ],
    ["a byte order mark", { text: (usual) => `\ufeff${usual}` }],
    ["a list around it", { text: (usual) => `[${usual}]` }],
    ["a comma too many", { text: (usual) => usual.replace("}", ",}") }],
    ["bytes behind it", { text: (usual) => `${usual}{}` }],
    ["nothing", { text: () => "" }],
  ])("does not hold with %s", (_, twist) => {
    expect(holds(twist)).toBe(false);
  });

  test("a bit anywhere else, and it does not hold", () => {
    const good = sign(message);
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...(["authenticatorData", "clientDataJSON", "signature"] as const),
        ),
        fc.nat(),
        fc.nat({ max: 7 }),
        (member, place, bit) => {
          const bytes = fromBase64url(good[member]);
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
          const bent = { ...good, [member]: toBase64url(bytes) };
          expect(assertionHolds(p, key, message, bent)).toBe(false);
        },
      ),
    );
  });

  test("cut short or made longer it does not hold, and nothing throws", () => {
    const good = sign(message);
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...(["authenticatorData", "clientDataJSON", "signature"] as const),
        ),
        fc.uint8Array({ maxLength: 80 }),
        (member, other) => {
          const longer = concatBytes(fromBase64url(good[member]), other);
          for (const bytes of [other, ...(other.length > 0 ? [longer] : [])])
            expect(
              assertionHolds(p, key, message, {
                ...good,
                [member]: toBase64url(bytes),
              }),
            ).toBe(false);
        },
      ),
    );
  });

  test("another key of the same kind, or another kind, does not verify it", () => {
    const good = sign(message);
    for (const alg of ALGS) {
      const { publicKey } = makePasskey({ alg }).key;
      for (const other of [
        { ...key, publicKey },
        { ...key, alg },
        { ...key, alg, publicKey },
      ])
        if (other.alg !== key.alg || other.publicKey !== key.publicKey)
          expect(assertionHolds(p, other, message, good)).toBe(false);
    }
  });
});

test("a passkey that may be copied says so in every signature, copied or not yet", () => {
  const { key, sign } = makePasskey({ backupEligible: true });
  const holds = (flags: number) =>
    assertionHolds(p, key, message, sign(message, { flags }));
  expect(holds(present | verified | backupEligible)).toBe(true);
  expect(holds(present | verified | backupEligible | backedUp)).toBe(true);
  expect(holds(present | verified)).toBe(false);
});

test("each page on the list may ask, and no other", () => {
  const origins = ["https://story.example", "https://acts.story.example:8443"];
  const { key, sign } = makePasskey({ origins });
  for (const origin of [...origins, "https://b.story.example"])
    expect(
      assertionHolds(
        p,
        key,
        message,
        sign(message, { clientData: { origin } }),
      ),
    ).toBe(origins.includes(origin));
});

test("RSA with another hash or padding does not hold", () => {
  const passkey = makePasskey({ alg: -257 });
  const good = passkey.sign(message);
  const signed = concatBytes(
    fromBase64url(good.authenticatorData),
    p.sha256(fromBase64url(good.clientDataJSON)),
  );
  const by = (hash: string, padding: number): Assertion => ({
    ...good,
    signature: toBase64url(
      signBytes(hash, signed, { key: passkey.privateKey, padding }),
    ),
  });
  const [pkcs1, pss] = [1, 6];
  const holds = (one: Assertion) =>
    assertionHolds(p, passkey.key, message, one);
  expect(holds(by("sha256", pkcs1))).toBe(true);
  expect(holds(by("sha1", pkcs1))).toBe(false);
  expect(holds(by("sha512", pkcs1))).toBe(false);
  expect(holds(by("sha256", pss))).toBe(false);
});

describe("an ECDSA signature", () => {
  const ORDER =
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const integer = (value: bigint): Uint8Array => {
    const hex = value.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    const digits = Buffer.from(even, "hex");
    const zero = (digits[0] ?? 0) >= 0x80 ? [0] : [];
    return Uint8Array.of(0x02, digits.length + zero.length, ...zero, ...digits);
  };
  const der = (...parts: Uint8Array[]): Uint8Array => {
    const content = concatBytes(...parts);
    return Uint8Array.of(0x30, content.length, ...content);
  };
  const number = fc.oneof(
    fc.bigInt({ min: 1n, max: ORDER - 1n }),
    fc.bigInt({ min: 1n, max: 70_000n }),
  );
  const raw = (r: bigint, s: bigint): string =>
    r.toString(16).padStart(64, "0") + s.toString(16).padStart(64, "0");

  test("is read out of its DER, whatever its numbers are", () => {
    fc.assert(
      fc.property(number, number, (r, s) => {
        const read = ecdsaSignature(der(integer(r), integer(s)));
        expect(Buffer.from(read ?? []).toString("hex")).toBe(raw(r, s));
      }),
    );
  });

  test("has one form: what is read is made again to the same bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        number,
        number,
        (bytes, r, s) => {
          const good = der(integer(r), integer(s));
          for (const one of [
            bytes,
            concatBytes(good.subarray(0, bytes.length), bytes),
            concatBytes(good, bytes),
          ]) {
            const read = ecdsaSignature(one);
            if (read === undefined) continue;
            const hex = Buffer.from(read).toString("hex");
            const again = [hex.slice(0, 64), hex.slice(64)].map((half) =>
              integer(BigInt(`0x${half}`)),
            );
            expect(one).toEqual(der(...again));
          }
        },
      ),
    );
  });

  test.each<[string, Uint8Array]>([
    [
      "a number with a zero too many",
      der(Uint8Array.of(2, 2, 0, 1), integer(1n)),
    ],
    ["a number that is negative", der(Uint8Array.of(2, 1, 0x80), integer(1n))],
    ["a number of no bytes", der(Uint8Array.of(2, 0), integer(1n))],
    ["zero", der(Uint8Array.of(2, 1, 0), integer(1n))],
    ["three numbers", der(integer(1n), integer(1n), integer(1n))],
    ["one number", der(integer(1n))],
    ["a length in two bytes", Uint8Array.of(0x30, 0x81, 6, 2, 1, 1, 2, 1, 1)],
    ["33 bytes", der(integer(1n << 256n), integer(1n))],
    ["r and s without DER", new Uint8Array(64)],
  ])("is none with %s", (_, bytes) => {
    expect(ecdsaSignature(bytes)).toBeUndefined();
  });

  test("counts with s and with the order less s", () => {
    const good = first.sign(message);
    const read = Buffer.from(
      ecdsaSignature(fromBase64url(good.signature)) ?? [],
    ).toString("hex");
    const [r, s] = [read.slice(0, 64), read.slice(64)].map((half) =>
      BigInt(`0x${half}`),
    );
    if (r === undefined || s === undefined) throw new Error("no numbers");
    for (const [value, counts] of [
      [s, true],
      [ORDER - s, true],
      [s + 1n, false],
    ] as const)
      expect(
        assertionHolds(p, first.key, message, {
          ...good,
          signature: toBase64url(der(integer(r), integer(value))),
        }),
      ).toBe(counts);
  });
});

describe("client data", () => {
  const read = (text: string) => readClientData(utf8ToBytes(text));

  test("is any object of JSON whose members are each there once", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })),
        (value) => {
          const text = JSON.stringify(value);
          expect(read(text)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  test("with one of its members again is none", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), {
          minKeys: 1,
        }),
        fc.nat(),
        (value, which) => {
          const names = Object.keys(value);
          const name = names[which % names.length] ?? "";
          const text = JSON.stringify(value);
          const again = `${text.slice(0, -1)},${JSON.stringify(name)}:0}`;
          expect(read(again)).toBeUndefined();
        },
      ),
    );
  });

  test("is not read where a machine might give up, or where it is no UTF-8", () => {
    expect(read(`{"a":${"[".repeat(7)}${"]".repeat(7)}}`)).toBeDefined();
    expect(read(`{"a":${"[".repeat(8)}${"]".repeat(8)}}`)).toBeUndefined();
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(read(`{"a":${deep}}`)).toBeUndefined();
    expect(readClientData(Uint8Array.of(0x7b, 0xff, 0x7d))).toBeUndefined();
  });

  test("made of anything is read or not, and nothing throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]":,\\a0 '.split("")) }),
        (text) => {
          let value: unknown;
          try {
            value = JSON.parse(text);
          } catch {
            value = undefined;
          }
          const found = read(text);
          if (found !== undefined) expect(found).toEqual(value);
        },
      ),
    );
  });
});
