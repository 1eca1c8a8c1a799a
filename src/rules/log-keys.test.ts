import { expect, test } from "vitest";
import {
  aBody,
  aGateway,
  aKeyEnd,
  aMachineKey,
} from "../../test/story-acts.ts";
import {
  day,
  DAY,
  HOUR,
  keyIdNamed,
  must,
  ORIGIN,
  posts,
  publicKeyOf,
  theGenesis,
} from "../../test/story-founding.ts";
import { aLogEnd, aLogKey } from "../../test/story-log-keys.ts";
import {
  act,
  approved,
  auditOf,
  check,
  enter,
  faultsOf,
  given,
  play,
  prepared,
  record,
  said,
  type Step,
} from "../../test/story.ts";
import { parseEntry } from "../acts/entry.ts";
import { doubtfulKeys } from "../register/doubtful.ts";
import { BOTH_SIGN_MS, logKeysAt } from "../register/log-keys.ts";

/** An office in which the registrar administers as well: two persons hold the power. */
const founded: Step = [
  day(0),
  theGenesis({ posts: posts("registrar", "administer") }),
  "granted",
];
const both = [approved("administrator"), approved("registrar")] as const;

check(
  "the log's key is named by two who administer, never by one alone",
  founded,
  [
    day(1),
    aLogKey("register-2"),
    approved("administrator"),
    "I4 breach approved-by 1, wanted 2",
  ],
  [
    day(1),
    aLogKey("register-2"),
    prepared("registrar"),
    approved("administrator"),
    "I4 breach approved-by 1, wanted 2",
  ],
  [
    day(1),
    aLogKey("register-2"),
    approved("administrator"),
    approved("head"),
    "I4 breach post head, lacks-power administer",
  ],
  [day(1), aLogKey("register-2"), ...both, "granted"],
);

check(
  "whoever names the next key holds it: it signs for this log, in place of the key of now",
  founded,
  [
    day(1),
    { ...aLogKey("register-2"), logKey: publicKeyOf("register-3") },
    ...both,
    "turned away: unsigned",
  ],
  [
    day(1),
    aLogKey("register-2", "register-9"),
    ...both,
    "turned away: unsigned",
  ],
  [day(1), aLogKey("register-2"), ...both, "granted"],
  [day(1), aLogKey("register-3"), ...both, "turned away: unsigned"],
  [day(1), aLogKey("register-3", "register-2"), ...both, "granted"],
);

check(
  "a log's key was never a key before: not its own, not a machine's, not a person's",
  founded,
  ...given(day(1), aGateway(), aMachineKey()),
  [
    day(2),
    aLogKey("register"),
    ...both,
    `V-NEW breach key ${keyIdNamed("register")}`,
  ],
  [
    day(2),
    aLogKey("person-3"),
    ...both,
    `V-NEW breach key ${keyIdNamed("person-3")}`,
  ],
  [
    day(2),
    aLogKey("importer"),
    ...both,
    `V-NEW breach key ${keyIdNamed("importer")}`,
  ],
  [day(2), aLogKey("register-2"), ...both, "granted"],
  [
    day(3),
    aLogKey("register", "register-2"),
    ...both,
    `V-NEW breach key ${keyIdNamed("register")}`,
  ],
);

test("both keys sign for 30 days by the entries' time, then the new one alone; a second change chains", () => {
  const { register } = play([
    founded,
    [day(1), aLogKey("register-2"), ...both, "granted"],
    [day(11), aLogKey("register-3", "register-2"), ...both, "granted"],
  ]);
  const signers = (entry: number, at: number): readonly string[] =>
    logKeysAt(register.logKeys, { entry, at });
  const [one, two, three] = ["register", "register-2", "register-3"].map(
    publicKeyOf,
  );
  expect(BOTH_SIGN_MS).toBe(30 * DAY);
  expect(signers(0, day(1))).toEqual([one]);
  expect(signers(1, day(1))).toEqual([one, two]);
  expect(signers(2, day(11))).toEqual([one, two, three]);
  expect(signers(3, day(31) - 1)).toEqual([one, two, three]);
  expect(signers(3, day(31))).toEqual([two, three]);
  expect(signers(3, day(41))).toEqual([three]);
  // However late it is read, what came before the change was signed by the first alone.
  expect(signers(0, day(400))).toEqual([]);
});

check(
  "a log is ended by two who administer; behind its end everything is turned away",
  founded,
  [
    day(1),
    aLogEnd(),
    approved("administrator"),
    "I4 breach approved-by 1, wanted 2",
  ],
  [
    day(1),
    aLogEnd({ successor: ORIGIN }),
    ...both,
    `V-FORM breach successor ${ORIGIN}`,
  ],
  [
    day(1),
    aLogEnd({ successor: "new.example/log" }),
    ...both,
    "V-FORM breach successor new.example/log",
  ],
  [day(1), aLogEnd({ successor: "new.example/register" }), ...both, "granted"],
  [day(2), aBody(), "turned away: ended"],
  [day(2), aLogEnd(), ...both, "turned away: ended"],
);

test("with the log its gateways and machines end", () => {
  const { register } = play([
    founded,
    ...given(day(1), aGateway(), aMachineKey()),
    [day(2), aLogEnd(), ...both, "granted"],
  ]);
  const end = { entry: 3, at: day(2) };
  expect(must(register.gateways.get("gate")).ended).toEqual(end);
  expect([...register.machineKeys.values()].map((key) => key.ended)).toEqual([
    end,
    end,
  ]);
  expect(register.ended).toEqual({ ...end, reason: "breach" });
});

test("whatever stands behind the end is a contradiction, whoever signed it", async () => {
  const house = play([founded, ...given(day(1), aMachineKey())]);
  const before = play([founded]);
  expect(said(act(house, day(2), aLogEnd(), ...both))).toBe("granted");
  act(before, day(3), aBody());
  enter(house, parseEntry(must(before.entries.at(-1))));
  const hash = Buffer.alloc(32, 7).toString("base64url");
  record(
    house,
    day(3),
    {
      kind: "vintage",
      dataset: "vehicles",
      vintage: 1,
      rows: 3,
      digest: hash,
      schema: hash,
    },
    "importer",
  );
  const { faults, register } = await auditOf(house);
  expect(faults.kept.map(({ code, index }) => [code, index])).toEqual([
    ["after-end", 3],
    ["after-end", 4],
  ]);
  expect(register.bodies.has("transport")).toBe(false);
});

test("what a key signed while it was doubted is found again, and every ruling stands", async () => {
  const house = play([
    founded,
    [day(1), aBody({ body: "before" }), "granted"],
    [day(3), aBody({ body: "in-doubt" }), "granted"],
    [day(3), aBody({ body: "in-doubt" }), "V-NEW breach body in-doubt"],
    [day(4), aMachineKey(), "granted"],
    [day(5), aBody({ body: "late" }), "granted"],
    [day(6), aKeyEnd("person-2", { doubtfulSince: day(2) }), "granted"],
  ]);
  expect(doubtfulKeys(house.register)).toEqual([
    {
      key: keyIdNamed("person-2"),
      person: 2,
      since: day(2),
      revoked: { entry: 6, at: day(6) },
      entries: [2, 5],
    },
  ]);
  expect(await faultsOf(house)).toEqual([]);
});

test("doubt begins with its first millisecond, and a key that was only replaced is not doubted", () => {
  const since = (doubtfulSince: number | undefined) =>
    doubtfulKeys(
      play([
        founded,
        [day(1), aBody(), "granted"],
        [
          day(1, 1),
          aKeyEnd(
            "person-2",
            doubtfulSince === undefined ? {} : { doubtfulSince },
          ),
          "granted",
        ],
      ]).register,
    ).map(({ entries }) => entries);
  expect(since(day(1))).toEqual([[1]]);
  expect(since(day(1) + 1)).toEqual([[]]);
  expect(since(day(1) + HOUR)).toEqual([[]]);
  expect(since(undefined)).toEqual([]);
});

test("a successor names the log that it follows, which is another", () => {
  const hash = Buffer.alloc(32, 7).toString("base64url");
  const predecessor = { origin: "old.example/register", size: 9, root: hash };
  const { register } = play([[day(0), theGenesis({ predecessor }), "granted"]]);
  expect(register.predecessor).toEqual(predecessor);
  const own = { ...predecessor, origin: ORIGIN };
  play([
    [
      day(0),
      theGenesis({ predecessor: own }),
      `V-FORM breach predecessor ${ORIGIN}`,
    ],
  ]);
});
