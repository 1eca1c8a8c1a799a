import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aFee,
  aGateway,
  aGatewayEnd,
  aKey,
  aPerson,
  aMachineKey,
  aPermit,
  aRevocation,
  aSuccession,
  aBody,
  aKeyEnd,
  aConfirmation,
  aReport,
  oneOfEach,
  offered,
  priced,
} from "../../test/story-acts.ts";
import { leadingToAward } from "../../test/story-procedure-steps.ts";
import {
  day,
  HOUR,
  keyIdNamed,
  must,
  p,
  publicKeyOf,
  posts,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { aDisowning } from "../../test/story-beyond.ts";
import { oneOfEachRegistration } from "../../test/story-registrations.ts";
import {
  actUnsigned,
  beginning,
  type Move,
  move,
  signersFor,
} from "../../test/story-moves.ts";
import { USED } from "../../test/story-revenue.ts";
import { asked, asks, closes, heads } from "../../test/story-uses.ts";
import {
  act,
  emptyHouse,
  faultsOf,
  given,
  type House,
  play,
  record,
  statementOf,
  usual,
} from "../../test/story.ts";
import { type Act, actKinds } from "../acts/act.ts";
import { parseEntry } from "../acts/entry.ts";
import { apply } from "./apply.ts";
import { emptyRegister, type Register } from "./register.ts";

function fold(register: Register, entries: readonly Uint8Array[]): Register {
  for (const raw of entries) apply(p, register, parseEntry(raw));
  return register;
}

function grow(moves: readonly Move[]): House {
  const house = play(given(day(1), ...beginning, aGateway(), aMachineKey()));
  let at = day(2);
  for (const next of moves) {
    at += next.after;
    const what = next.act(at - (at % HOUR));
    act(house, at, what, ...signersFor(what, next.by));
  }
  const vintage = {
    kind: "vintage" as const,
    dataset: "vehicles",
    vintage: 1,
    rows: 3,
    digest: keyHash(1),
    schema: keyHash(2),
  };
  record(house, at, vintage, "importer");
  return house;
}
const keyHash = (n: number): string =>
  Buffer.alloc(32, n).toString("base64url");

test("a register from its entries is the register from a snapshot, anywhere, and the rest", () => {
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 5, maxLength: 40, size: "max" }),
      fc.nat(),
      (moves, at) => {
        const { entries, register } = grow(moves);
        const cut = at % (entries.length + 1);
        const snapshot: unknown = deserialize(
          serialize(fold(emptyRegister(), entries.slice(0, cut))),
        );
        const again = fold(snapshot as Register, entries.slice(cut));
        expect(again).toEqual(register);
        expect(fold(emptyRegister(), entries)).toEqual(register);
      },
    ),
    { numRuns: 40 },
  );
});

test("a snapshot in the middle of a log with uses, heads and totals is as good as any", async () => {
  const house = play([
    ...given(day(1), ...priced, aGateway(), aPermit()),
    asks(day(2), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    [day(3), aRevocation(), "granted"],
    heads(day(3)),
    closes(day(32)),
  ]);
  expect(await faultsOf(house)).toEqual([]);
  for (let cut = 0; cut <= house.entries.length; cut++) {
    const snapshot: unknown = deserialize(
      serialize(fold(emptyRegister(), house.entries.slice(0, cut))),
    );
    expect(fold(snapshot as Register, house.entries.slice(cut))).toEqual(
      house.register,
    );
  }
});

test("a refused act changes the counts and the ids that may not come again, and nothing else", () => {
  const house = play(given(day(1), ...priced));
  const before: unknown = deserialize(serialize(house.register));
  act(house, day(2), without(aPermit(), "to"));
  act(house, day(2), aFee({ fee: "dear", amount: 1000 }));
  const { counts, size, at, statements } = house.register;
  expect(house.register).toEqual({
    ...(before as Register),
    counts: { ...counts, refused: 2 },
    size,
    at,
    statements,
  });
  expect(counts).toEqual({ acts: 14, granted: 12, refused: 2, records: 0 });
});

test("an id is kept as long as its statement could be repeated, and not for ever", () => {
  const house = emptyHouse();
  actUnsigned(house, day(0), theGenesis(), usual.genesis);
  for (let i = 0; i < 1100; i++)
    actUnsigned(house, day(1) + i * 24 * HOUR, aBody(), usual.body);
  const { counts, statements, at } = house.register;
  expect(counts.acts).toBe(1101);
  expect(statements.size).toBeLessThan(100);
  expect(
    [...statements.values()].filter((until) => until >= at).length,
  ).toBeGreaterThan(0);
});

test("an id is forgotten when its statement's time is over, and not at its last millisecond", () => {
  const house = emptyHouse();
  actUnsigned(house, day(0), theGenesis(), usual.genesis);
  const kept = statementOf(house, day(1), aBody(), [
    { slip: { seen: { size: 0, root: "" }, until: day(2) } },
  ]);
  const over = { ...kept, id: keyIdNamed("over"), until: day(2) - 1 };
  const granted = { outcome: "granted" as const, flags: [] };
  for (const statement of [kept, over])
    apply(p, house.register, {
      v: 1,
      type: "act",
      at: day(1),
      edition: 1,
      statement,
      signatures: [],
      ruling: granted,
    });
  while (house.register.counts.acts < 1024)
    actUnsigned(house, day(2), aBody(), usual.body);
  expect([
    house.register.statements.has(kept.id),
    house.register.statements.has(over.id),
  ]).toEqual([true, false]);
});

test("records are kept by what they are about: the newest head, all totals, the newest vintage", () => {
  const house = play(
    given(
      day(1),
      aGateway(),
      aMachineKey(),
      aGateway({ gateway: "second", publicKey: publicKeyOf("second") }),
    ),
  );
  const { register } = house;
  const log = "story.example/gate/minute/2026q1";
  const row = (permit: string) => ({
    permit,
    month: "2026-03",
    uses: 1,
    calls: 1,
    steps: 1,
    charged: 0,
  });
  const head = (size: number) => ({
    kind: "head" as const,
    log,
    size,
    root: keyHash(size),
    anchored: 0,
  });
  const vintage = (n: number) => ({
    kind: "vintage" as const,
    dataset: "vehicles",
    vintage: n,
    rows: n,
    digest: keyHash(n),
    schema: keyHash(0),
  });
  record(house, day(2), head(1), "gate");
  record(house, day(2), head(2), "gate");
  record(house, day(2), { kind: "totals", log, rows: [row("a")] }, "gate");
  record(house, day(2), { kind: "totals", log, rows: [row("b")] }, "gate");
  record(house, day(2), vintage(1), "importer");
  record(house, day(3), vintage(2), "importer");
  expect([...register.heads]).toEqual([
    [log, { entry: 5, at: day(2), head: head(2) }],
  ]);
  expect([...register.closedTotals]).toEqual([[log, [row("a"), row("b")]]]);
  expect([...register.vintages]).toEqual([
    ["vehicles", { entry: 9, at: day(3), vintage: vintage(2) }],
  ]);
  expect(register.counts).toEqual({
    acts: 4,
    granted: 4,
    refused: 0,
    records: 6,
  });
  act(house, day(4), aGatewayEnd());
  const ended = [...register.machineKeys.values()].map((key) => [
    key.gateway,
    key.ended?.entry,
  ]);
  expect(ended).toEqual([
    ["gate", 10],
    [undefined, undefined],
    ["second", undefined],
  ]);
});

test("the founders' keys were enrolled by the other founders, later ones by their enrollers", () => {
  const house = play(given(day(1), aPerson(7), aKey(7)));
  const by = (name: string) => must(house.register.keys.get(keyIdNamed(name)));
  expect(by("person-1")).toMatchObject({
    person: 1,
    enrolledBy: [2, 3, 4, 5],
    activeFrom: day(0),
  });
  expect(by("person-7")).toMatchObject({
    person: 7,
    enrolledBy: [3, 2],
    activeFrom: day(2),
  });
});

/** What was refused cannot be withdrawn any more, nor what went its way be refused. */
const inTheWay: Readonly<Record<string, readonly string[]>> = {
  applicationWithdrawn: ["applicationRefused"],
  promiseEnded: ["promiseKept"],
  renewalRefused: ["renewalGranted"],
  registrationRevoked: ["registrationCancelled"],
  registrationRefused: Object.keys(oneOfEachRegistration).filter(
    (kind) => kind !== "registrationApplied",
  ),
};
const inOrder = Object.keys(oneOfEach);
/** A public notice takes its time. */
const timeOf = (kind: string): number =>
  inOrder.indexOf(kind) < inOrder.indexOf("registrationCoded")
    ? day(1)
    : day(20);

const withDelay = {
  ...theRulebook,
  limits: { ...theRulebook.limits, effectDelayHours: 240 },
};
/** An entry that the head signed, and that has not taken effect. */
const delayedOfHead = ({ register }: House): number =>
  must([...register.delayed].find(([, { signers }]) => signers.includes(1)))[0];

/** Where each kind of act is seen in the register. */
test.each(actKinds.filter((kind) => kind !== "genesis"))(
  "%s leaves its mark in the register",
  (kind) => {
    const story: Act[] = [];
    for (const one of Object.values(oneOfEach)) {
      if (one.kind === kind) break;
      const isInTheWay = inTheWay[kind]?.includes(one.kind) ?? false;
      if (one.kind !== "genesis" && !isInTheWay) story.push(one);
    }
    // The log's key is changed by two who administer.
    const house = play([
      [
        day(0),
        theGenesis({
          posts: posts("registrar", "administer"),
          ...(kind === "disowned" ? { rulebook: withDelay } : {}),
        }),
        "granted",
      ],
    ]);
    const more = kind === "procedureAwarded" ? leadingToAward : [];
    for (const one of [...story, ...more]) act(house, timeOf(one.kind), one);
    if (kind === "refunded")
      record(
        house,
        day(1),
        {
          ...{ kind: "head", log: USED, size: 1, anchored: 0 },
          root: keyHash(1),
        },
        "gate",
      );
    const before: unknown = deserialize(
      serialize({
        ...house.register,
        counts: 0,
        statements: 0,
        size: 0,
        signed: 0,
      }),
    );
    const result = act(
      ...([house, timeOf(kind)] as const),
      kind === "disowned" ? aDisowning(delayedOfHead(house)) : oneOfEach[kind],
    );
    expect(result, JSON.stringify(result)).toMatchObject({
      outcome: "granted",
    });
    expect({
      ...house.register,
      counts: 0,
      statements: 0,
      size: 0,
      signed: 0,
    }).not.toEqual(before);
  },
);

test("what was ended stays ended by the entry that ended it", () => {
  const house = play([
    ...given(day(1), ...priced, aPermit(), aRevocation()),
    [day(2), aRevocation(), "V-ENDED breach permit huaxing-vehicles"],
  ]);
  expect(must(house.register.permits.get("huaxing-vehicles")).ended).toEqual({
    entry: 13,
    at: day(1),
  });
});

test("keys, successors and confirmed rights are kept as they were said", () => {
  const house = play([
    ...given(
      day(1),
      ...offered,
      aBody({ body: "mobility" }),
      aSuccession(),
      aReport(),
      aKeyEnd("person-5", { doubtfulSince: day(0) }),
    ),
    [
      day(2),
      aConfirmation(),
      "granted, V-CONFIRMED breach reported franchise-2019",
    ],
  ]);
  const { bodies, keys, authorisations, machineKeys } = house.register;
  expect(must(bodies.get("transport")).successors).toEqual(["mobility"]);
  expect(must(keys.get(keyIdNamed("person-5"))).revoked).toEqual({
    entry: 13,
    at: day(1),
    doubtfulSince: day(0),
  });
  expect(must(authorisations.get("sanhe-old"))).toMatchObject({
    from: day(2),
    to: Date.UTC(2027, 4, 31, 16),
    act: { confirms: "franchise-2019", operator: "sanhe", exclusive: false },
  });
  expect(machineKeys.size).toBe(0);
});
