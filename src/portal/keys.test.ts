import { expect, test } from "vitest";
import { passkeyNamed } from "../../test/passkey.ts";
import {
  aBody,
  aKey,
  aKeyEnd,
  aMachineKey,
  aPerson,
  aWitnessPolicy,
} from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  must,
  p,
  posts,
  theGenesis,
} from "../../test/story-founding.ts";
import { aLogEnd, aLogKey } from "../../test/story-log-keys.ts";
import { approved, given, holder, play, type Step } from "../../test/story.ts";
import { keysOf } from "./keys.ts";

const founded: Step = [
  day(0),
  theGenesis({ posts: posts("registrar", "administer") }),
  "granted",
];
const shownOf = (...steps: readonly Step[]) => {
  const { register } = play([founded, ...steps]);
  return keysOf({ register, published: register }, p);
};

test("a new key of a person is shown with the day from which it counts, 24 hours after its entry", () => {
  const { persons } = shownOf(...given(day(1), aPerson(7), aKey(7)));
  const own = persons.filter(({ person }) => person === 7);
  expect(own).toEqual([
    {
      person: 7,
      ...{ posts: [], postTitles: [] },
      key: keyIdNamed("person-7"),
      entry: 2,
      at: "2026-03-03 00:00",
      countsFrom: "2026-03-04 00:00",
    },
  ]);
  expect(must(persons[0])).toMatchObject({
    person: 1,
    posts: ["head"],
    entry: 0,
    at: "2026-03-02 00:00",
    countsFrom: "2026-03-02 00:00",
  });
  expect(persons.map(({ person }) => person)).toEqual([1, 2, 3, 4, 5, 7]);
});

test("a passkey is shown with its host, and whether it may lie in several devices", () => {
  for (const [name, backupEligible] of [
    ["a bound one", false],
    ["a copied one", true],
  ] as const) {
    const { id, key } = passkeyNamed(name, { backupEligible });
    const { persons } = shownOf(...given(day(1), aPerson(7)), [
      day(1),
      { kind: "keyEnrolled", person: 7, key },
      ...[holder(7, name), approved("administrator")],
      "granted",
    ]);
    expect(persons.at(-1)).toMatchObject({
      person: 7,
      key: id,
      passkey: { rpId: "story.example", backupEligible },
    });
  }
});

test("a doubted key is shown with the acts that it signed in doubt", () => {
  const { persons } = shownOf(
    ...given(day(1), aBody({ body: "before" })),
    ...given(day(3), aBody({ body: "one" }), aBody({ body: "two" })),
    [day(4), aKeyEnd("person-2", { doubtfulSince: day(2) }), "granted"],
  );
  expect(persons.find(({ person }) => person === 2)).toMatchObject({
    revoked: { entry: 4, at: "2026-03-06 00:00" },
    doubtfulSince: "2026-03-04 00:00",
    doubtful: [2, 3],
  });
  expect(persons.filter((one) => "doubtful" in one)).toHaveLength(1);
});

test("the log's keys are shown with the days on which both sign, and the policies that were ever in force", () => {
  const changed = [
    ...given(day(1), aLogKey("register-2"), aWitnessPolicy),
  ] as const;
  const within = shownOf(...changed);
  expect(within.logKeys).toMatchObject([
    { entry: 0, signs: true, until: "2026-04-02 00:00" },
    { entry: 1, signs: true },
  ]);
  expect(within.logKeys[0]?.verifierKey).toMatch(
    /^story\.example\/register\+[0-9a-f]{8}\+/,
  );
  expect(within.policies.map(({ entry }) => entry)).toEqual([2]);
  const after = shownOf(...changed, [day(31), aBody(), "granted"]);
  expect(after.logKeys.map(({ signs }) => signs)).toEqual([false, true]);
});

test("the end of a log is shown, with its successor, and that it ended every machine's key", () => {
  const successor = "new.example/register";
  const { ended, machines } = shownOf(
    ...given(day(1), aMachineKey(), aLogEnd({ successor })),
  );
  expect(ended).toEqual({
    entry: 2,
    at: "2026-03-03 00:00",
    reason: "breach",
    successor,
  });
  expect(machines.map((one) => one.ended?.entry)).toEqual([2]);
});
