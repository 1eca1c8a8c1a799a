import { expect, test } from "vitest";
import { aBody, aGateway, aPermit, priced } from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  keyOf,
  must,
  ORIGIN,
  p,
} from "../../test/story-founding.ts";
import { asked, asks, heads, logAt } from "../../test/story-uses.ts";
import { auditOf, given, type House, play } from "../../test/story.ts";
import { toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { rootOfLeaves } from "../log/tree.ts";
import { type Receipt, signedReceiptBytes } from "../uses/receipt.ts";
import { auditReceipts, promisedBy } from "./receipts.ts";
import { noFaults } from "./report.ts";

const scene = [
  ...given(day(1), ...priced, aGateway(), aPermit()),
  asks(day(2), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  heads(day(2)),
];
const minute = logAt("minute", day(2));
const due = day(2) + 60_000 + 600_000;

/** A receipt of one entry that was synced alone. */
function receiptOf(
  log: string,
  entry: Uint8Array,
  publishBy: number,
  key: string,
): Receipt {
  const root = rootOfLeaves(p, [leafHash(p, entry)]);
  return {
    v: 1,
    log,
    entry: toBase64url(entry),
    publishBy,
    group: { position: 0, count: 1, root: toBase64url(root), path: [] },
    key: keyIdNamed(key),
    signature: toBase64url(
      keyOf(key).sign(signedReceiptBytes(log, 1, root, publishBy)),
    ),
  };
}

async function found(house: House, receipts: readonly Receipt[], now: number) {
  const promised = promisedBy(p, receipts);
  const { register } = await auditOf(house, { promised, now });
  const faults = noFaults();
  const counts = auditReceipts(p, faults, register, receipts, promised, now);
  return {
    ...counts,
    says: faults.kept.map(
      ({ code, says }) => `${code}: ${says.replace(/[A-Za-z0-9_-]{43}/, "…")}`,
    ),
  };
}

const house = play(scene);
const use = must(house.usage.get(minute)?.[2]);
const act = must(house.entries[1]);
const good = receiptOf(minute, use, due, "gate");
const ofAct = receiptOf(ORIGIN, act, day(1) + 60_000, "register");

test("promises that were kept are counted, of uses and of acts", async () => {
  expect(await found(house, [good, ofAct], due + 1)).toMatchObject({
    kept: 2,
    notDue: 0,
    opened: 0,
    says: [],
  });
});

test("where the entry of an act stands is no part of what is signed, and is looked for", async () => {
  const at = async (index: number, now = due + 1) => {
    const { kept, says } = await found(house, [{ ...ofAct, index }], now);
    return [kept, ...says];
  };
  expect(await at(1)).toEqual([1]);
  expect(await at(7_001)).toEqual([
    1,
    "receipt: receipt 1: it says entry 7001, and its entry is entry 1",
  ]);
  const twice = await found(house, [ofAct, { ...ofAct, index: 0 }], due + 1);
  expect([twice.kept, twice.says]).toEqual([
    2,
    ["receipt: receipt 2: it says entry 0, and its entry is entry 1"],
  ]);
});

const lost = receiptOf(
  minute,
  Buffer.from(
    Buffer.from(use).toString().replace('"charge":80', '"charge":81'),
  ),
  due,
  "gate",
);

test("an entry that is nowhere is a broken promise after the moment at which it was due", async () => {
  expect(await found(house, [lost], due - 1)).toMatchObject({
    kept: 0,
    notDue: 1,
    opened: 0,
    says: [],
  });
  const missing = await found(house, [good, lost], due + 1);
  expect([missing.kept, missing.notDue, missing.says]).toEqual([
    1,
    0,
    [expect.stringContaining("receipt-missing: receipt 2")],
  ]);
});

test("a receipt that came with a name is called by it", async () => {
  const promised = promisedBy(p, [good, lost]);
  const now = due + 1;
  const { register } = await auditOf(house, { promised, now });
  const faults = noFaults();
  const names = ["good.json", "lost.json"];
  auditReceipts(p, faults, register, [good, lost], promised, now, names);
  expect(faults.kept.map(({ says }) => says)).toEqual([
    expect.stringMatching(/^receipt lost\.json: entry /),
  ]);
});

test("a promise is not broken at the very millisecond at which it is due", async () => {
  expect(await found(house, [lost], due)).toMatchObject({
    kept: 0,
    notDue: 1,
    opened: 0,
    says: [],
  });
});

test("a promise by another machine, of another time or about nothing is no receipt", async () => {
  const says = async (receipt: Receipt) =>
    (await found(house, [receipt], due - 1)).says;
  expect(await says(receiptOf(minute, use, due, "stranger"))).toEqual([
    expect.stringContaining("was never enrolled for log"),
  ]);
  expect(
    await says(
      receiptOf(
        logAt("hour", day(2)).replace("gate", "other"),
        use,
        due,
        "gate",
      ),
    ),
  ).toEqual([expect.stringContaining("was never enrolled for log")]);
  expect(await says(receiptOf(minute, use, due + 1, "gate"))).toEqual([
    expect.stringContaining("it promises its entry later than"),
  ]);
  expect(await says(receiptOf(minute, utf8ToBytes("{}"), due, "gate"))).toEqual(
    ["receipt: receipt 1: its entry cannot be read"],
  );
  expect(
    await says(receiptOf(ORIGIN, act, day(1) + 60_001, "register")),
  ).toContainEqual(expect.stringContaining("it promises its entry later than"));
  expect(
    await says(receiptOf(ORIGIN, utf8ToBytes("{}"), due, "register")),
  ).toEqual(["receipt: receipt 1: its entry cannot be read"]);
  expect(await says({ ...good, signature: ofAct.signature })).toEqual([
    "receipt: receipt 1: its signature does not verify",
  ]);
  expect(
    await says({
      ...good,
      opening: { nonce: good.group.root, content: "AAAA" },
    }),
  ).toEqual([
    "receipt: receipt 1: its opening does not open the entry's commitment",
  ]);
});

test("a receipt for an act of the register is signed by the log's own key", async () => {
  const other = play([...scene, [day(3), aBody({ body: "b" }), "granted"]]);
  const receipt = receiptOf(
    ORIGIN,
    must(other.entries.at(-1)),
    day(3),
    "register",
  );
  expect(await found(other, [receipt], day(4))).toMatchObject({
    kept: 1,
    notDue: 0,
    opened: 0,
    says: [],
  });
  const forged = receiptOf(ORIGIN, must(other.entries.at(-1)), day(3), "gate");
  expect((await found(other, [forged], day(4))).says).toEqual([
    expect.stringMatching(
      /^receipt: receipt 1: key \S+ was not this log's at its entry$/,
    ),
  ]);
});
