import { expect, test } from "vitest";
import { toBase64url } from "../acts/bytes.ts";
import { entryBytes, signedRecordBytes } from "../acts/entry.ts";
import type { LogRecord } from "../acts/record.ts";
import { keyIdOf } from "../acts/statement.ts";
import { officeFor } from "../../test/simulation/small-office-story.ts";
import { ORIGIN } from "../../test/simulation/small-office.ts";
import { webOf } from "../../test/web-office.ts";
import {
  generateKey,
  primitives,
  type SigningKey,
  signingKey,
} from "../store/crypto.ts";

const root = toBase64url(new Uint8Array(32));
const log = "data.small.example/gate-2/minute/2026q4";
const head = (change: object = {}): LogRecord => ({
  ...{ kind: "head", log, size: 5, root, anchored: 20 },
  ...change,
});
const totals: LogRecord = {
  ...{ kind: "totals", log },
  rows: [
    {
      ...{ permit: "huaxing-vehicles", month: "2026-11", uses: 1, calls: 1 },
      ...{ steps: 1, charged: 80, fee: "vehicles-fee", currency: "CNY" },
    },
  ],
};

test("a gateway elsewhere enters heads and totals of its own logs, each once and in its time, and nobody else enters anything", async () => {
  const office = await officeFor("record_routes");
  const web = webOf(office);
  const pair = generateKey();
  const own = signingKey(pair);
  await office.granted({
    ...{ kind: "gatewayOpened", gateway: "gate-2", title: "Second" },
    publicKey: pair.publicKey,
  });
  const signed = (
    record: LogRecord,
    at: number,
    key: SigningKey = own,
    said = record,
  ): Buffer =>
    Buffer.from(
      entryBytes({
        ...{ v: 1, type: "record", at, record: said },
        key: keyIdOf(primitives, key.publicKey),
        signature: toBase64url(key.sign(signedRecordBytes(ORIGIN, at, record))),
      }),
    );
  const sends = async (bytes: Buffer): Promise<string> => {
    const answer = await web.post("/records", new Uint8Array(bytes));
    return `${answer.status} ${await answer.text()}`;
  };
  const next = (): number => (office.clock.now += 10);
  const before = office.house.office.register.size;
  const early = office.house.office.register.at;
  const refused: readonly [string, Buffer, string][] = [
    ["no JSON", Buffer.from("{"), "400"],
    [
      "by an unknown key",
      signed(head(), next(), signingKey(generateKey())),
      "403",
    ],
    [
      "about another's log",
      signed(head({ log: log.replace("gate-2", "gate") }), next()),
      "403",
    ],
    [
      "of another kind",
      signed({ kind: "suspended", log, size: 1 }, next()),
      "403",
    ],
    [
      "signed for another",
      signed(head(), next(), own, head({ size: 6 })),
      "403",
    ],
    [
      "by the office's own gateway",
      signed(head(), next(), office.house.keys.gateway),
      "403",
    ],
    ["of a time that is over", signed(head(), early), "409"],
    ["ahead of the clock", signed(head(), next() + 5_000), "409"],
  ];
  for (const [what, bytes, status] of refused)
    expect([what, (await sends(bytes)).slice(0, 3)]).toEqual([what, status]);
  expect(office.house.office.register.size).toBe(before);
  const good = signed(head(), next());
  expect(await sends(good)).toBe(`201 {"index":${before}}`);
  // What that gateway was used for the office does not know yet, and its pages say so.
  const front = async () => (await web.ask("/")).text();
  expect(await front()).toContain("Not counted here: the open logs of gate-2,");
  expect(await sends(good)).toMatch(/^409 .*"at":\d+/);
  expect(await sends(signed(head({ size: 4 }), next()))).toContain(
    "size 4 on anchor 20 comes after size 5 on anchor 20",
  );
  expect(await sends(signed(totals, next()))).toBe(
    `201 {"index":${before + 1}}`,
  );
  expect(await sends(signed(totals, next()))).toBe('200 {"index":null}');
  const last = head({ closed: true });
  expect((await sends(signed(last, next()))).slice(0, 3)).toBe("201");
  expect(await sends(signed(last, next()))).toBe('200 {"index":null}');
  expect(await front()).not.toContain("Not counted here");
  expect(await sends(signed(head({ size: 9 }), next()))).toContain(
    "the log is closed",
  );
  expect(office.house.office.register.size).toBe(before + 3);
  const checkpoint = await web.ask("/records/checkpoint?asked=1");
  expect(await checkpoint.text()).toBe(office.house.office.newestCheckpoint());
  expect(web.bugs).toEqual([]);
});
