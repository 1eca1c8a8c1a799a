import { expect, test } from "vitest";
import { makePasskey, type SoftwarePasskey } from "../../test/passkey.ts";
import { HOUR, rulebook } from "../../test/simulation/small-office-acts.ts";
import {
  entered,
  ORIGIN,
  type SmallOffice,
} from "../../test/simulation/small-office.ts";
import {
  leftOver,
  officeFor,
} from "../../test/simulation/small-office-story.ts";
import type { Act } from "../acts/act.ts";
import { toBase64url } from "../acts/bytes.ts";
import {
  type Signature,
  signedBytes,
  type Signer,
  type Submission,
} from "../acts/statement.ts";
import { draft, sign, type SignerKey } from "../cli/signing.ts";
import { keyFromSeed, primitives } from "../store/crypto.ts";

const keyOf = (person: number) =>
  keyFromSeed(primitives.sha256(Buffer.from(`person ${person}`)));
const head = { person: 1, post: "head", role: "approved" } as const;
const enrollers: readonly SignerKey[] = [
  { person: 2, post: "registrar", role: "approved", key: keyOf(2) },
  { person: 3, post: "administrator", role: "approved", key: keyOf(3) },
];

/** An act by these keys of files, and last by a passkey. */
function signed(
  office: SmallOffice,
  act: Act,
  by: readonly SignerKey[],
  last: Signer,
  passkey: SoftwarePasskey,
): Submission {
  const { size, root } = office.house.office.published;
  const seen = { size, root: toBase64url(root) };
  // The key in a file is the head's old one: it signs nothing here.
  const signers = [...by, { ...last, key: keyOf(last.person) }];
  const statement = draft(ORIGIN, seen, act, signers, office.clock.now);
  const signatures: Signature[] = [
    ...sign(statement, by).signatures,
    passkey.sign(signedBytes(statement)),
  ];
  return { statement, signatures };
}

test.each([-7, -8, -257] as const)(
  "an official with a passkey of alg %i signs acts, before and after a restart, and a stranger finds nothing",
  async (alg) => {
    const office = await officeFor("passkeys");
    const passkey = makePasskey({ alg, rpId: "office.example" });
    const enrolment: Act = {
      kind: "keyEnrolled",
      person: 1,
      key: passkey.key,
    };
    const holder = { person: 1, role: "holder" } as const;
    const enter = async (submission: Submission) => {
      office.clock.now += 1_000;
      return office.house.office.enter(submission);
    };
    const byOther = signed(office, enrolment, enrollers, holder, makePasskey());
    expect(await enter(byOther)).toMatchObject({ code: "unknownKey" });
    expect(
      entered(
        await enter(signed(office, enrolment, enrollers, holder, passkey)),
      ).ruling,
    ).toEqual({ outcome: "granted", flags: [] });
    office.clock.now += 25 * HOUR;
    await office.house.tick();
    for (const [name, orderly] of [
      ["one", true],
      ["two", false],
      ["three", undefined],
    ] as const) {
      const act: Act = {
        kind: "rulebookAdopted",
        rulebook: { ...rulebook(0), rulebook: name },
      };
      const good = signed(office, act, [], head, passkey);
      const [signature] = good.signatures;
      const bent = signed(office, act, [], head, passkey);
      expect(
        await enter({
          ...bent,
          signatures: signature === undefined ? [] : [signature],
        }),
      ).toMatchObject({ code: "unsigned" });
      expect(entered(await enter(good)).ruling.outcome).toBe("granted");
      if (orderly !== undefined) await office.restart({ orderly });
    }
    expect(await leftOver(office)).toEqual([]);
  },
);
