import { describe, expect, onTestFinished, test } from "vitest";
import type { Act } from "../acts/act.ts";
import { toBase64url } from "../acts/bytes.ts";
import type { Statement, Submission } from "../acts/statement.ts";
import {
  DAY,
  fee,
  HOUR,
  organisation,
  permit,
  revocation,
  rulebook,
  system,
} from "../../test/simulation/small-office-acts.ts";
import {
  entered,
  ORIGIN,
  SmallOffice,
  START,
} from "../../test/simulation/small-office.ts";
import {
  databaseFor,
  leftOver,
  letGo,
  officeFor,
} from "../../test/simulation/small-office-story.ts";
import { Road } from "../../test/simulation/road.ts";
import { draft, nothingSeen, sign, type SignerKey } from "../cli/signing.ts";
import { rootWhen } from "../log/nodes.ts";
import {
  generateKey,
  keyFromSeed,
  type KeyPair,
  primitives,
} from "../store/crypto.ts";

const keyOf = (person: number): KeyPair =>
  keyFromSeed(primitives.sha256(Buffer.from(`person ${person}`)));
const registrar: SignerKey = {
  person: 2,
  post: "registrar",
  role: "approved",
  key: keyOf(2),
};
type Change = Partial<Omit<Statement, "act">> & { readonly act?: Act };

/** A statement as it is signed, with something about it that is not as it must be. */
function signed(
  office: SmallOffice,
  change: Change,
  signers: readonly SignerKey[] = [registrar],
): Submission {
  const { act = organisation("new"), ...rest } = change;
  const { size, root } = office.house.office.published;
  const seen = { size, root: toBase64url(root) };
  const made = draft(ORIGIN, seen, act, signers, office.clock.now);
  return sign({ ...made, ...rest }, signers);
}

const anyRoot = toBase64url(Buffer.alloc(32, 7));
type Wrong = readonly [string, string, (office: SmallOffice) => Submission];
const wrong: readonly Wrong[] = [
  [
    "for another office",
    "misdirected",
    (office) => signed(office, { office: "other.example/register" }),
  ],
  [
    "a second founding",
    "misdirected",
    (office) => office.submission(office.founding()),
  ],
  [
    "whose signers had seen nothing of this log",
    "unseen",
    (office) => signed(office, { seen: nothingSeen }),
  ],
  [
    "whose signers had seen another root",
    "unseen",
    (office) => signed(office, { seen: { size: 3, root: anyRoot } }),
  ],
  [
    "whose signers had seen more than is public",
    "unseen",
    (office) => signed(office, { seen: { size: 9_999, root: anyRoot } }),
  ],
  [
    "whose time is over",
    "expired",
    (office) => signed(office, { until: office.clock.now - 1 }),
  ],
  [
    "that would stay good for more than fourteen days",
    "expired",
    (office) => signed(office, { until: office.clock.now + 14 * DAY + 1 }),
  ],
  [
    "by a key that nobody enrolled",
    "unknownKey",
    (office) => signed(office, {}, [{ ...registrar, key: generateKey() }]),
  ],
  [
    "by the key of another person",
    "unknownKey",
    (office) => signed(office, {}, [{ ...registrar, key: keyOf(1) }]),
  ],
  [
    "that was changed after it was signed",
    "unsigned",
    (office) => {
      const { statement, signatures } = signed(office, {});
      const act = organisation("changed");
      return { statement: { ...statement, act }, signatures };
    },
  ],
  [
    "that one of its signers did not sign",
    "unsigned",
    (office) => {
      const { statement, signatures } = office.submission(fee("one", 70));
      return { statement, signatures: signatures.slice(1) };
    },
  ],
  [
    "by nobody but the holder of a new key",
    "unknownKey",
    (office) => {
      const key = generateKey();
      const { publicKey } = key;
      const act: Act = {
        kind: "keyEnrolled",
        person: 2,
        key: { form: "ed25519", publicKey },
      };
      return signed(office, { act }, [{ person: 2, role: "holder", key }]);
    },
  ],
];

describe("an act is turned away and leaves nothing", () => {
  test.each(wrong)("%s", async (_, code, make) => {
    const office = await officeFor("office");
    const { register } = office.house.office;
    const before = [register.size, register.at, { ...register.counts }];
    office.clock.now += 1_000;
    const result = await office.house.office.enter(make(office));
    expect(result).toMatchObject({ code });
    expect([register.size, register.at, register.counts]).toEqual(before);
    expect(await leftOver(office)).toEqual([]);
  });

  test("that comes a second time, at once or after a restart, and the first one stands", async () => {
    const office = await officeFor("office");
    const submission = office.submission(organisation("new"));
    const { office: first } = office.house;
    const [one, two] = await Promise.all([
      first.enter(submission),
      first.enter(submission),
    ]);
    expect(entered(one).ruling.outcome).toBe("granted");
    expect(two).toMatchObject({ code: "repeated" });
    for (const orderly of [true, false]) {
      await office.restart({ orderly });
      const again = await office.house.office.enter(submission);
      expect(again).toMatchObject({ code: "repeated" });
    }
    office.clock.now += 25 * HOUR;
    await office.house.tick();
    expect(await office.house.office.enter(submission)).toMatchObject({
      code: "expired",
    });
    expect(await leftOver(office)).toEqual([]);
  });
});

test("an act whose signers had seen what is not public yet is turned away until it is", async () => {
  const road = await Road.open(await databaseFor("office"));
  onTestFinished(() => road.close());
  const office = await officeFor("office", { url: road.url });
  const { office: desk } = office.house;
  road.block();
  const first = office.granted(organisation("one"));
  const { size } = desk.register;
  const root = rootWhen(primitives, desk.nodes, size) ?? new Uint8Array();
  const early = signed(office, { seen: { size, root: toBase64url(root) } });
  expect(await desk.enter(early)).toMatchObject({ code: "unseen" });
  road.clear();
  await first;
  expect(entered(await desk.enter(early)).index).toBe(size);
  expect(await leftOver(office)).toEqual([]);
});

describe("an act that is refused", () => {
  test("is an entry like any other: with its findings, a receipt, and nothing in force", async () => {
    const office = await officeFor("office");
    const dear = entered(await office.enter(fee("dear", 501)));
    expect(dear.ruling).toMatchObject({
      outcome: "refused",
      findings: [{ rule: "CN-PRC-03" }],
    });
    const alone = entered(await office.enter(fee("alone", 70), "head"));
    expect(alone.ruling.outcome).toBe("refused");
    expect([...office.house.office.register.fees.keys()]).toEqual([
      "vehicles-fee",
    ]);
    expect(alone.index).toBe(dear.index + 1);
    expect(await leftOver(office)).toEqual([]);
    expect((await office.check()).counts.refused).toBe(2);
  });

  test("may be explained before: trying enters nothing, and says what is ruled", async () => {
    const office = await officeFor("office");
    const { office: desk } = office.house;
    for (const act of [fee("dear", 501), fee("fair", 70), revocation("none")]) {
      const submission = office.submission(act);
      const { size } = desk.register;
      const said = desk.explain(submission.statement);
      expect(desk.explain(submission.statement)).toEqual(said);
      expect(desk.register.size).toBe(size);
      const { ruling } = entered(await desk.enter(submission));
      expect(ruling).toEqual(said.ruling);
    }
    expect(await leftOver(office)).toEqual([]);
  });
});

test("fifty acts at once stand one after the other, are published together, and each has its receipt", async () => {
  const office = await officeFor("office");
  const { office: desk } = office.house;
  const before = desk.register.size;
  let published = 0;
  desk.onPublished(() => published++);
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      office.enter(
        i % 5 === 4
          ? permit({ permit: `p${i}`, product: "none" })
          : system(`s${i}`),
      ),
    ),
  );
  const indexes = results.map((one) => entered(one).index);
  expect(indexes).toEqual(Array.from({ length: 50 }, (_, i) => before + i));
  const refused = results.filter(
    (one) => entered(one).ruling.outcome === "refused",
  );
  expect(refused).toHaveLength(10);
  expect(published).toBeLessThan(10);
  const entries = await desk.entries(before, before + 50);
  expect(results.map((one) => entered(one).receipt.entry)).toEqual(
    entries.map((raw) => toBase64url(raw)),
  );
  expect(await leftOver(office)).toEqual([]);
});

test("what an act takes and what it gives is decided in the order of the entries, however many come at once", async () => {
  const office = await officeFor("office");
  const results = await Promise.all([
    office.enter(organisation("twin")),
    office.enter(organisation("twin")),
    office.enter(permit({ permit: "for-twin", organisation: "twin" })),
    office.enter(revocation("for-twin")),
    office.enter(revocation("for-twin")),
  ]);
  expect(results.map((one) => entered(one).ruling.outcome)).toEqual([
    ...["granted", "refused", "granted", "granted", "refused"],
  ]);
  expect(await leftOver(office)).toEqual([]);
});

describe("the founding", () => {
  async function unfounded(): Promise<SmallOffice> {
    const office = await SmallOffice.open(await databaseFor("office"));
    letGo(office);
    return office;
  }

  const over = { ...rulebook(START), until: START - HOUR };
  test.each([
    ["names another office", { origin: "other.example/register" }],
    ["names another log key", { logKey: generateKey().publicKey }],
    ["breaks a rule", { rulebook: over }],
  ])(
    "that %s is turned away, and the right one may still come",
    async (_, change) => {
      const office = await unfounded();
      const act = office.founding(change);
      const { statement } = office.submission(act);
      const signers = statement.signers.map((one): SignerKey => {
        return { ...one, key: keyOf(one.person) };
      });
      const founding = sign({ ...statement, office: act.origin }, signers);
      expect(await office.house.office.enter(founding)).toMatchObject({
        code: "misdirected",
      });
      expect(office.house.office.register.size).toBe(0);
      const { index } = await office.found();
      expect(index).toBe(0);
      expect(await office.faults()).toEqual([]);
    },
  );

  test("comes first: before it nothing is entered, and nothing is published", async () => {
    const office = await unfounded();
    const { office: desk } = office.house;
    const before = signed(office, { seen: nothingSeen });
    expect(await desk.enter(before)).toHaveProperty("turnedAway");
    await desk.tick();
    expect([desk.register.size, desk.published.note]).toEqual([0, ""]);
    await office.restart();
    await office.found();
    expect(await office.faults()).toEqual([]);
  });
});
