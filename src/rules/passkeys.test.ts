import { expect, test } from "vitest";
import {
  aBody,
  aKeyEnd,
  anOrganisation,
  aPerson,
  aPost,
  aTenure,
} from "../../test/story-acts.ts";
import { day, p, theGenesis } from "../../test/story-founding.ts";
import {
  approved,
  check,
  faultsOf,
  given,
  holder,
  play,
  said,
  sign,
  statementOf,
  submit,
  usual,
} from "../../test/story.ts";
import { makePasskey, passkeyNamed, type Twist } from "../../test/passkey.ts";
import type { ActOf } from "../acts/act.ts";
import { toBase64url } from "../acts/bytes.ts";
import {
  personKeyId,
  signedBatchBytes,
  signedBytes,
  statementBytes,
} from "../acts/statement.ts";
import type { Passkey } from "../acts/webauthn.ts";
import { leafHash } from "../log/hash.ts";
import { pathInLeaves, rootOfLeaves } from "../log/tree.ts";

const p256 = passkeyNamed("a passkey of P-256");
const ed25519 = passkeyNamed("a passkey of Ed25519", { alg: -8 });
const rsa = passkeyNamed("a passkey of RSA", { alg: -257 });

const enrolling = (
  key: Passkey,
  change: Partial<Passkey> = {},
): ActOf<"keyEnrolled"> => ({
  kind: "keyEnrolled",
  person: 7,
  key: { ...key, ...change },
});
const byAdministrator = approved("administrator");
const by = (key: string) => approved("clerk", { person: 7, key });
/** A clerk who may register comes without a key of any kind. */
const arrival = given(
  day(1),
  aPerson(7),
  aPost({ powers: ["register"] }),
  aTenure(),
);
const named = (name: string) => aBody({ body: name });

for (const [name, passkey] of [
  ["a passkey of P-256", p256],
  ["a passkey of Ed25519", ed25519],
  ["a passkey of RSA", rsa],
] as const) {
  check(
    `${name} is enrolled by its own signature and another's, signs a day later and is revoked as any key`,
    ...arrival,
    [day(2), enrolling(passkey.key), byAdministrator, "I4 missing role holder"],
    [
      day(2),
      enrolling(passkey.key),
      holder(7, "person-7"),
      byAdministrator,
      "turned away: unknownKey",
    ],
    [
      day(2),
      enrolling(passkey.key),
      holder(7, name),
      byAdministrator,
      "granted",
    ],
    [
      day(3) - 1,
      anOrganisation(),
      by(name),
      `I4 breach key ${passkey.id}, signs-from ${day(3)}`,
    ],
    [day(3), anOrganisation(), by(name), "granted"],
    [
      day(3),
      enrolling(passkey.key),
      holder(7, name),
      byAdministrator,
      `V-NEW breach key ${passkey.id}`,
    ],
    [day(3), { ...aKeyEnd("person-7"), key: passkey.id }, "granted"],
    [day(3), named("late"), by(name), "turned away: unknownKey"],
  );
}

check(
  "an office is founded by passkeys",
  [
    day(0),
    theGenesis({
      keys: theGenesis().keys.map((one) =>
        one.person === 2 ? { person: 2, key: p256.key } : one,
      ),
    }),
    ...usual.genesis.map((one) =>
      one.person === 2 ? { ...one, key: "a passkey of P-256" } : one,
    ),
    "granted",
  ],
  [
    day(0, 1),
    aBody(),
    approved("registrar", { key: "a passkey of P-256" }),
    "granted",
  ],
  [day(0, 1), named("b"), approved("registrar"), "turned away: unknownKey"],
);

test.each<[string, Partial<Passkey>, string]>([
  ["of a whole country", { rpId: "example" }, "rp-id example"],
  ["of an address", { rpId: "127.0.0.1" }, "rp-id 127.0.0.1"],
  [
    "without encryption",
    { origins: ["http://story.example"] },
    "origin http://story.example",
  ],
  [
    "at another host",
    { origins: ["https://story.example", "https://stories.example"] },
    "origin https://stories.example",
  ],
  [
    "at a host that only ends alike",
    { origins: ["https://history.example"] },
    "origin https://history.example",
  ],
  [
    "at the host above",
    { rpId: "office.story.example" },
    "origin https://story.example",
  ],
  [
    "at a port that no browser says",
    { origins: ["https://story.example:443"] },
    "origin https://story.example:443",
  ],
  [
    "at one page twice",
    { origins: ["https://story.example", "https://story.example"] },
    "origin https://story.example",
  ],
  [
    "that was copied and cannot be",
    { backedUp: true },
    "backed-up not-backup-eligible",
  ],
])("a passkey %s is enrolled for nobody", async (_, change, fact) => {
  const house = play(arrival);
  const act = enrolling(p256.key, change);
  const statement = statementOf(house, day(2), act, [byAdministrator]);
  const found = said(submit(house, day(2), sign(statement, [byAdministrator])));
  expect(found).toContain(`V-KEY breach ${fact}`);
  expect(found).toContain("I4 missing role holder");
  expect(await faultsOf(house)).toEqual([]);
});

test("a passkey at hosts below its own, or at this machine, is enrolled as it stands", () => {
  for (const [rpId, origins] of [
    ["story.example", ["https://acts.story.example:8443"]],
    ["localhost", ["http://localhost:8080", "https://localhost"]],
  ] as const) {
    const name = `a passkey at ${origins[0]}`;
    const passkey = passkeyNamed(name, { rpId, origins: [...origins] });
    const house = play(arrival);
    const signers = [holder(7, name), byAdministrator];
    const statement = statementOf(
      house,
      day(2),
      enrolling(passkey.key),
      signers,
    );
    expect(said(submit(house, day(2), sign(statement, signers)))).toBe(
      "granted",
    );
  }
});

/** An office in which person 7 signs with a passkey alone. */
const enrolled = () =>
  play([
    ...arrival,
    [
      day(2),
      enrolling(p256.key),
      holder(7, "a passkey of P-256"),
      byAdministrator,
      "granted",
    ],
  ]);

test.each<[string, Twist]>([
  ["over other bytes", { of: new Uint8Array(4) }],
  ["at another page", { clientData: { origin: "https://stories.example" } }],
  ["inside another page", { clientData: { crossOrigin: true } }],
  ["without PIN or finger", { flags: 0x01 }],
  ["for another host", { rpId: "stories.example" }],
])("an act signed by a passkey %s is turned away", (_, twist) => {
  const house = enrolled();
  const signers = [by("a passkey of P-256")];
  const statement = statementOf(house, day(4), named("b"), signers);
  const turned = (how: Twist) =>
    said(
      submit(house, day(4), {
        statement,
        signatures: [p256.sign(signedBytes(statement), how)],
      }),
    );
  const before = house.entries.length;
  expect(turned(twist)).toBe("turned away: unsigned");
  expect(house.entries).toHaveLength(before);
  expect(turned({})).toBe("granted");
});

test("the same assertion signs no second act, and no key of the other form takes it", () => {
  const house = enrolled();
  const signers = [by("a passkey of P-256")];
  const statement = statementOf(house, day(4), named("b"), signers);
  const signature = p256.sign(signedBytes(statement));
  const other = statementOf(house, day(4), named("c"), signers);
  const turned = (
    of: typeof statement,
    one: ReturnType<typeof p256.sign> | ReturnType<typeof asEd25519>,
  ) => said(submit(house, day(4), { statement: of, signatures: [one] }));
  const asEd25519 = () => ({
    form: "ed25519" as const,
    key: p256.id,
    signature: toBase64url(new Uint8Array(64)),
  });
  expect(turned(other, signature)).toBe("turned away: unsigned");
  expect(turned(statement, asEd25519())).toBe("turned away: unsigned");
  const stranger = makePasskey().sign(signedBytes(statement));
  expect(turned(statement, stranger)).toBe("turned away: unknownKey");
  expect(turned(statement, { ...stranger, key: p256.id })).toBe(
    "turned away: unsigned",
  );
  expect(turned(statement, signature)).toBe("granted");
});

test("a batch is signed by one touch of a passkey, and audited", async () => {
  const house = enrolled();
  const signers = [by("a passkey of P-256")];
  const statements = ["b", "c", "d"].map((name) =>
    statementOf(house, day(4), named(name), signers),
  );
  const leaves = statements.map((one) => leafHash(p, statementBytes(one)));
  const message = signedBatchBytes(rootOfLeaves(p, leaves));
  const signature = p256.sign(message);
  for (const [index, statement] of statements.entries()) {
    const path = pathInLeaves(p, leaves, index).map(toBase64url);
    const batch = { index, count: 3, path };
    expect(
      said(
        submit(house, day(4), { statement, signatures: [signature], batch }),
      ),
    ).toBe("granted");
  }
  expect(await faultsOf(house)).toEqual([]);
});

test("a key's id is of its SubjectPublicKeyInfo, whatever else was said of it", () => {
  const { key, id } = p256;
  expect(personKeyId(p, { ...key, credential: "AAAA", alg: -8 })).toBe(id);
  expect(id).not.toBe(personKeyId(p, rsa.key));
});

test("whoever is turned away is told what the passkey, the browser or the page did not do", () => {
  const house = enrolled();
  const signers = [by("a passkey of P-256")];
  const statement = statementOf(house, day(4), named("b"), signers);
  const told = (twist: Twist) => {
    const signatures = [p256.sign(signedBytes(statement), twist)];
    const turned = submit(house, day(4), { statement, signatures });
    return "turnedAway" in turned ? turned.turnedAway : "granted";
  };
  const why = (fault: string) =>
    `Cannot enter act body: signature 1 does not hold: ${fault}`;
  expect(told({ flags: 0x01 })).toBe(
    why("the authenticator asked for no PIN, finger or face"),
  );
  expect(told({ clientData: { origin: "https://a.example" } })).toBe(
    why("the page that asked is not on this key's list of origins"),
  );
  expect(told({ of: new Uint8Array(1) })).toBe(
    why("its challenge is not the hash of what was to be signed"),
  );
});
