import { describe, expect, test } from "vitest";
import {
  aBody,
  aFee,
  aGateway,
  aGatewayEnd,
  aKeyEnd,
  aMachineKey,
  aPermit,
  anOrganisation,
  aReport,
  aConfirmation,
  aRulebook,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  keyOf,
  ORIGIN,
  p,
  publicKeyOf,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { logAt } from "../../test/story-uses.ts";
import { anyway, codesOf, granted, run } from "../../test/story-faults.ts";
import {
  act,
  approved,
  auditOf,
  emptyHouse,
  enter,
  given,
  play,
  record,
  rootText,
  sign,
  signersOf,
  sourceOf,
  statementOf,
  type Step,
} from "../../test/story.ts";
import { toBase64url } from "../acts/bytes.ts";
import { type Ruling, signedRecordBytes } from "../acts/entry.ts";
import type { LogRecord } from "../acts/record.ts";

/** Each thing that a dishonest office or gateway can enter, with what a stranger finds: that, and nothing else. */
const minute = logAt("minute", day(3));
const hash = publicKeyOf("anything");

const scene = given(
  day(1),
  ...priced,
  ownerCheck(),
  aGateway(),
  aMachineKey(),
  aPermit(),
);

describe("in the register", () => {
  test.each<[string, readonly Step[], readonly string[]]>([
    [
      "a permit without an end that was granted all the same",
      [anyway(without(aPermit({ permit: "friend" }), "to"))],
      ["ruling"],
    ],
    [
      "a body's fee that was granted all the same",
      [anyway(aFee({ fee: "body", payee: { body: "transport" } }))],
      ["ruling"],
    ],
    [
      "a looser rulebook that was granted all the same",
      [
        anyway(
          aRulebook({
            limits: { ...theRulebook.limits, permitMonthsMax: 120 },
          }),
        ),
      ],
      ["ruling"],
    ],
    [
      "an act that was refused for no reason",
      [
        anyway(aBody({ body: "b" }), [], {
          ruling: {
            outcome: "refused",
            findings: [{ rule: "I4", result: "breach", facts: [] }],
          },
        }),
      ],
      ["ruling"],
    ],
    [
      "a refusal for another reason than the law's",
      [
        anyway(aBody(), [], {
          ruling: {
            outcome: "refused",
            findings: [
              { rule: "V-NEW", result: "breach", facts: [["body", "other"]] },
            ],
          },
        }),
      ],
      ["ruling"],
    ],
    [
      "a confirmed right without its flag",
      [...given(day(2), aReport()), anyway(aConfirmation())],
      ["ruling"],
    ],
    [
      "a flag that nobody earned",
      [
        anyway(aBody({ body: "b" }), [], {
          ruling: {
            outcome: "granted",
            flags: [{ rule: "V-CONFIRMED", result: "breach", facts: [] }],
          },
        }),
      ],
      ["ruling"],
    ],
    [
      "a ruling by an edition that was not adopted",
      [anyway(aBody({ body: "b" }), [], { edition: 2 })],
      ["edition"],
    ],
    ["a second founding act", [anyway(theGenesis())], ["genesis"]],
    [
      "an act for another office",
      [
        anyway(aBody({ body: "b" }), [
          { slip: { office: "other.example/register" } },
        ]),
      ],
      ["misdirected"],
    ],
    [
      "an act whose signers had seen another history",
      [
        anyway(aBody({ body: "b" }), [
          { slip: { seen: { size: 3, root: hash } } },
        ]),
      ],
      ["unseen"],
    ],
    [
      "an act whose signers had seen nothing",
      [
        (house) =>
          run(
            house,
            anyway(aBody({ body: "b" }), [
              { slip: { seen: { size: 0, root: rootText(house, 0) } } },
            ]),
          ),
      ],
      ["unseen"],
    ],
    [
      "an act held back beyond its time",
      [anyway(aBody({ body: "b" }), [{ slip: { until: day(3) - 1 } }])],
      ["expired"],
    ],
    [
      "an act that was good for a year",
      [anyway(aBody({ body: "b" }), [{ slip: { until: day(365) } }])],
      ["expired"],
    ],
    [
      "an act by a stranger's key",
      [
        anyway(aBody({ body: "b" }), [
          approved("registrar", { key: "stranger" }),
        ]),
      ],
      ["unknown-key"],
    ],
    [
      "an act by another person's key",
      [
        anyway(aBody({ body: "b" }), [
          approved("registrar", { key: "person-1" }),
        ]),
      ],
      ["unknown-key"],
    ],
    [
      "an act by a revoked key",
      [...given(day(2), aKeyEnd("person-2")), anyway(aBody({ body: "b" }))],
      ["unknown-key"],
    ],
    [
      "time that falls",
      [
        [day(4), aBody({ body: "b" }), "granted"],
        [day(4) - 1, aBody({ body: "c" }), "granted"],
      ],
      ["at-falls"],
    ],
  ])("%s", async (_, steps, codes) => {
    const house = play(scene);
    for (const step of steps) run(house, step);
    expect(await codesOf(house)).toEqual(codes);
  });

  test("a statement entered a second time", async () => {
    const house = play(scene);
    const submission = sign(
      statementOf(house, day(3), anOrganisation({ organisation: "o" })),
      signersOf("organisation", []),
    );
    for (const at of [day(3), day(3) + 1])
      enter(house, {
        v: 1,
        type: "act",
        at,
        edition: 1,
        ...submission,
        ruling: granted,
      });
    expect(await codesOf(house)).toEqual(["repeated"]);
  });

  test("a signature that is not over the statement", async () => {
    const house = play(scene);
    const by = signersOf("body", []);
    const { signatures } = sign(
      statementOf(house, day(3), aBody({ body: "b" })),
      by,
    );
    enter(house, {
      v: 1,
      type: "act",
      at: day(3),
      edition: 1,
      statement: statementOf(house, day(3), aBody({ body: "c" })),
      signatures,
      ruling: granted,
    });
    expect(await codesOf(house)).toEqual(["unsigned"]);
  });

  test("a log without a founding act, and one whose founding act was refused", async () => {
    const house = play([]);
    const other = emptyHouse();
    const refused: Ruling = {
      outcome: "refused",
      findings: [{ rule: "I17", result: "missing", facts: [] }],
    };
    run(other, anyway(theGenesis(), [], { ruling: refused }));
    expect(await codesOf(other)).toEqual(["genesis"]);
    act(house, day(1), aBody());
    const register = sourceOf(ORIGIN, house.entries.slice(1));
    expect([
      ...(await auditOf(house, { register })).faults.counts.keys(),
    ]).toEqual(["genesis"]);
  });
});

describe("records", () => {
  const vintage: LogRecord = {
    kind: "vintage",
    dataset: "vehicles",
    vintage: 1,
    rows: 1,
    digest: hash,
    schema: hash,
  };
  const headOf = (log: string): LogRecord => ({
    kind: "head",
    log,
    size: 0,
    root: toBase64url(p.sha256(new Uint8Array(0))),
    anchored: 99,
  });

  test.each<[string, readonly Step[], readonly string[]]>([
    [
      "by a key that nobody enrolled",
      [(house) => record(house, day(2), vintage, "stranger")],
      ["record-key"],
    ],
    [
      "by a person's key",
      [(house) => record(house, day(2), vintage, "person-3")],
      ["record-key"],
    ],
    [
      "of a kind that the key is not for",
      [
        (house) =>
          record(
            house,
            day(2),
            { kind: "suspended", log: minute, size: 0 },
            "importer",
          ),
      ],
      ["record-key"],
    ],
    [
      "by a key whose time is over, to the hour",
      [(house) => record(house, day(365), vintage, "importer")],
      ["record-key"],
    ],
    [
      "by a key in its last millisecond",
      [(house) => record(house, day(365) - 1, vintage, "importer")],
      [],
    ],
    [
      "about another gateway's log",
      [
        (house) =>
          record(
            house,
            day(2),
            headOf("story.example/other/minute/2026q1"),
            "gate",
          ),
      ],
      ["record-key"],
    ],
    [
      "about a log of no slot length",
      [
        (house) =>
          record(
            house,
            day(2),
            headOf("story.example/gate/day/2026q1"),
            "gate",
          ),
      ],
      ["record-key"],
    ],
    [
      "by a gateway that was closed",
      [
        ...given(day(2), aGatewayEnd()),
        (house) => record(house, day(2), headOf(minute), "gate"),
      ],
      ["record-key"],
    ],
  ])("%s", async (_, steps, codes) => {
    const house = play(scene);
    for (const step of steps) run(house, step);
    expect(await codesOf(house)).toEqual(codes);
  });

  test("with a signature over another time or another office", async () => {
    for (const [origin, at] of [
      ["story.example/register", day(2) + 1],
      ["other.example/register", day(2)],
    ] as const) {
      const house = play(scene);
      const signature = toBase64url(
        keyOf("importer").sign(signedRecordBytes(origin, at, vintage)),
      );
      enter(house, {
        v: 1,
        type: "record",
        at: day(2),
        key: keyIdNamed("importer"),
        record: vintage,
        signature,
      });
      expect(await codesOf(house)).toEqual(["record-signature"]);
    }
  });
});
