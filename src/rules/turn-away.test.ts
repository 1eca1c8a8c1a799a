import { expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import { toBase64url } from "../acts/bytes.ts";
import {
  signedBatchBytes,
  signedBytes,
  statementBytes,
  type Submission,
} from "../acts/statement.ts";
import { leafHash } from "../log/hash.ts";
import { pathInLeaves, rootOfLeaves } from "../log/tree.ts";
import { aBody, aKey, aKeyEnd, aPerson } from "../../test/story-acts.ts";
import {
  DAY,
  day,
  must,
  p,
  publicKeyOf,
  theGenesis,
} from "../../test/story-founding.ts";
import {
  act,
  approved,
  check,
  emptyHouse,
  faultsOf,
  given,
  holder,
  type House,
  play,
  prepared,
  rootText,
  said,
  sign,
  statementOf,
  submit,
} from "../../test/story.ts";
import { signatureBy } from "../../test/story-signatures.ts";

/** I16: whatever is signed is for one office, one entry and a short time. What is turned away is never entered. */

const registrar = approved("registrar");
const DAYS_14 = 14 * DAY;
const idOf = (n: number): string => `${String(n).padStart(21, "A")}A`;

check(
  "an act that was signed for another office is turned away, though the same people sign there",
  [
    day(1),
    aBody(),
    { slip: { office: "other.example/register" } },
    "turned away: misdirected",
  ],
  [day(1), aBody(), "granted"],
);

test("there is one founding act", () => {
  const house = play([]);
  expect(said(act(house, day(1), theGenesis()))).toBe(
    "turned away: misdirected",
  );
  expect(
    said(act(house, day(1), theGenesis({ origin: "other.example/register" }))),
  ).toBe("turned away: misdirected");
  expect(house.entries).toHaveLength(1);
});

test("a founding act founds the office whose origin it names, and has seen an empty log", () => {
  const house = emptyHouse();
  const elsewhere = { slip: { office: "other.example/register" } };
  expect(said(act(house, day(0), theGenesis(), elsewhere))).toBe(
    "turned away: misdirected",
  );
  const { root } = statementOf(house, day(0), theGenesis()).seen;
  expect(
    said(
      act(house, day(0), theGenesis(), { slip: { seen: { size: 1, root } } }),
    ),
  ).toBe("turned away: unseen");
  expect(
    said(
      act(house, day(0), theGenesis(), {
        slip: { seen: { size: 0, root: publicKeyOf("x") } },
      }),
    ),
  ).toBe("turned away: unseen");
  expect(house.entries).toEqual([]);
});

test("who signs has seen this log: not nothing, not another history, not the future", async () => {
  const house = play([
    [day(1), aBody(), "granted"],
    [day(1), aBody({ body: "a" }), "granted"],
  ]);
  const seen = (size: number, root: string): string =>
    said(
      act(house, day(2), aBody({ body: `seen-${size}` }), {
        slip: { seen: { size, root } },
      }),
    );
  expect(seen(0, rootText(house, 0))).toBe("turned away: unseen");
  expect(seen(4, rootText(house, 3))).toBe("turned away: unseen");
  expect(seen(2, rootText(house, 3))).toBe("turned away: unseen");
  expect(seen(3, publicKeyOf("another history"))).toBe("turned away: unseen");
  expect(house.entries).toHaveLength(3);
  for (const size of [1, 2, 3])
    expect(seen(size, rootText(house, size))).toBe("granted");
  expect(await faultsOf(house)).toEqual([]);
});

test("a statement is good to its last millisecond and for two weeks at most", async () => {
  const house = play([]);
  const until = (at: number, body: string): string =>
    said(act(house, day(1), aBody({ body }), { slip: { until: at } }));
  expect(until(day(1) - 1, "a")).toBe("turned away: expired");
  expect(until(day(1), "a")).toBe("granted");
  expect(until(day(1) + DAYS_14 + 1, "b")).toBe("turned away: expired");
  expect(until(day(1) + DAYS_14, "b")).toBe("granted");
  expect(await faultsOf(house)).toEqual([]);
});

check(
  "a statement is entered once, also when it was refused: a held-back copy is worth nothing",
  [day(1), aBody(), { slip: { id: idOf(1), until: day(3) } }, "granted"],
  [
    day(1),
    aBody({ body: "a" }),
    { slip: { id: idOf(1) } },
    "turned away: repeated",
  ],
  [
    day(2),
    aBody(),
    { slip: { id: idOf(2), until: day(3) } },
    "V-NEW breach body transport",
  ],
  [
    day(2),
    aBody({ body: "a" }),
    { slip: { id: idOf(2) } },
    "turned away: repeated",
  ],
  [
    day(3),
    aBody({ body: "a" }),
    { slip: { id: idOf(2) } },
    "turned away: repeated",
  ],
  [day(3) + 1, aBody({ body: "a" }), { slip: { id: idOf(2) } }, "granted"],
  [
    day(3) + 1,
    aBody({ body: "b" }),
    { slip: { id: idOf(2) } },
    "turned away: repeated",
  ],
  [day(3) + 1, aBody({ body: "b" }), { slip: { id: idOf(1) } }, "granted"],
);

test("everybody who is named signs, in the order in which they are named", async () => {
  const house = play([]);
  const by = [prepared("registrar"), approved("registrar"), approved("head")];
  const statement = statementOf(house, day(1), aBody(), by);
  const { signatures } = sign(statement, by);
  const turned = (given: Submission["signatures"]) =>
    said(submit(house, day(1), { statement, signatures: given }));
  expect(turned(signatures.slice(0, 2))).toBe("turned away: unsigned");
  expect(turned([...signatures, ...signatures.slice(0, 1)])).toBe(
    "turned away: unsigned",
  );
  expect(turned(signatures.toReversed())).toBe("turned away: unknownKey");
  expect(house.entries).toHaveLength(1);
});

test("a signature is over these bytes and no others", () => {
  const house = play([]);
  const statement = statementOf(house, day(1), aBody());
  const other = { ...statement, until: statement.until - 1 };
  const turned = (bytes: Uint8Array) =>
    said(
      submit(house, day(1), {
        statement,
        signatures: [signatureBy("person-2", bytes)],
      }),
    );
  expect(turned(signedBytes(other))).toBe("turned away: unsigned");
  expect(turned(statementBytes(statement))).toBe("turned away: unsigned");
  const short = {
    ...signatureBy("person-2", signedBytes(statement)),
    form: "webauthn" as const,
    authenticatorData: "",
    clientDataJSON: "",
  };
  expect(said(submit(house, day(1), { statement, signatures: [short] }))).toBe(
    "turned away: unsigned",
  );
  expect(turned(signedBytes(statement))).toBe("granted");
});

check(
  "a key signs for its own holder, and only when the office knows it",
  ...given(day(1), aPerson(7)),
  [
    day(1),
    aBody(),
    approved("registrar", { key: "stranger" }),
    "turned away: unknownKey",
  ],
  [
    day(1),
    aBody(),
    approved("registrar", { key: "person-1" }),
    "turned away: unknownKey",
  ],
  [
    day(1),
    aBody(),
    approved("registrar", { person: 1, key: "person-2" }),
    "turned away: unknownKey",
  ],
  [
    day(1),
    aBody(),
    approved("registrar", { person: 7 }),
    "turned away: unknownKey",
  ],
  [day(2), aKey(7), "granted"],
  [
    day(3),
    aBody(),
    approved("registrar", { person: 7 }),
    "I4 breach not-held-by-signer registrar",
  ],
);

check(
  "a key that is being enrolled signs for its own enrolment alone, and not alone",
  ...given(day(1), aPerson(7), aPerson(8)),
  [day(1), aKey(7), holder(7), "turned away: unknownKey"],
  [
    day(1),
    aKey(7),
    holder(7, "other"),
    approved("administrator"),
    "turned away: unknownKey",
  ],
  [
    day(1),
    aKey(7),
    holder(8, "person-7"),
    approved("administrator"),
    "turned away: unknownKey",
  ],
  [day(1), aBody(), holder(7), registrar, "turned away: unknownKey"],
  [day(1), aBody(), holder(2), "turned away: unknownKey"],
);

check(
  "a revoked key signs nothing any more, not its own return either",
  ...given(day(1), aPerson(7), aKey(7), aKeyEnd("person-2")),
  [day(2), aBody(), "turned away: unknownKey"],
  [
    day(2),
    aKey(2, "fresh"),
    holder(2, "fresh"),
    approved("administrator"),
    "I4 breach enrolled-by 1, wanted 2",
  ],
);

const bodies: readonly Act[] = ["a", "b", "c", "d", "e"].map((body) =>
  aBody({ body }),
);

/** Statements that the registrar signs once: those of them that are asked for, with their place. */
function batchOf(
  house: House,
  acts: readonly Act[],
  only: readonly number[] = acts.map((_, index) => index),
): readonly Submission[] {
  const statements = acts.map((one) => statementOf(house, day(1), one));
  const leaves = statements.map((one) => leafHash(p, statementBytes(one)));
  const signature = signatureBy(
    "person-2",
    signedBatchBytes(rootOfLeaves(p, leaves)),
  );
  return only.map((index) => ({
    statement: must(statements[index]),
    signatures: [signature],
    batch: {
      index,
      count: acts.length,
      path: pathInLeaves(p, leaves, index).map(toBase64url),
    },
  }));
}

test("a batch is signed once, and each statement enters by itself", async () => {
  const house = play([]);
  for (const one of batchOf(house, bodies))
    expect(said(submit(house, day(1), one))).toBe("granted");
  const single = must(batchOf(house, [aBody({ body: "alone" })])[0]);
  expect(single.batch?.path).toEqual([]);
  expect(said(submit(house, day(1), single))).toBe("granted");
  expect(await faultsOf(house)).toEqual([]);
});

test("a statement that is not in the batch is not signed by it", () => {
  const house = play([]);
  const one = must(batchOf(house, bodies)[0]);
  const two = must(batchOf(house, bodies)[1]);
  const batch = must(one.batch);
  const turned = (change: Partial<Submission>) =>
    said(submit(house, day(1), { ...one, ...change }));
  expect(turned({ statement: two.statement })).toBe("turned away: unsigned");
  expect(turned({ batch: must(two.batch) })).toBe("turned away: unsigned");
  expect(turned({ batch: { ...batch, index: 1 } })).toBe(
    "turned away: unsigned",
  );
  expect(turned({ batch: { ...batch, index: 5 } })).toBe(
    "turned away: unsigned",
  );
  expect(turned({ batch: { ...batch, count: 4 } })).toBe(
    "turned away: unsigned",
  );
  expect(turned({ batch: { ...batch, count: 0, index: 0 } })).toBe(
    "turned away: unsigned",
  );
  expect(turned({ batch: { ...batch, path: batch.path.slice(1) } })).toBe(
    "turned away: unsigned",
  );
  expect(
    turned({
      batch: { ...batch, path: [...batch.path, ...batch.path.slice(0, 1)] },
    }),
  ).toBe("turned away: unsigned");
  expect(turned({ batch: { ...batch, path: batch.path.toReversed() } })).toBe(
    "turned away: unsigned",
  );
  const { batch: _, ...alone } = one;
  expect(said(submit(house, day(1), alone))).toBe("turned away: unsigned");
  expect(turned({})).toBe("granted");
});

test("a batch holds 1,024 statements and not one more", () => {
  const house = play([]);
  const last = (count: number) => {
    const acts = Array.from({ length: count }, (_, i) =>
      aBody({ body: `body-${i}` }),
    );
    return must(batchOf(house, acts, [count - 1])[0]);
  };
  expect(said(submit(house, day(1), last(1025)))).toBe("turned away: unsigned");
  expect(said(submit(house, day(1), last(1024)))).toBe("granted");
});

test("a signature over one statement does not sign a batch whose root is those bytes, nor the other way round", () => {
  const house = play([]);
  const statement = statementOf(house, day(1), aBody());
  const root = leafHash(p, statementBytes(statement));
  const batch = { index: 0, count: 1, path: [] };
  expect(
    said(
      submit(house, day(1), {
        statement,
        signatures: [signatureBy("person-2", signedBytes(statement))],
        batch,
      }),
    ),
  ).toBe("turned away: unsigned");
  expect(
    said(
      submit(house, day(1), {
        statement,
        signatures: [signatureBy("person-2", signedBatchBytes(root))],
      }),
    ),
  ).toBe("turned away: unsigned");
  expect(
    said(
      submit(house, day(1), {
        statement,
        signatures: [signatureBy("person-2", signedBatchBytes(root))],
        batch,
      }),
    ),
  ).toBe("granted");
});
