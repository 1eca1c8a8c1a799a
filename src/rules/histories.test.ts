import fc from "fast-check";
import { expect, test } from "vitest";
import type { Act, ActOf } from "../acts/act.ts";
import type { Ruling } from "../acts/entry.ts";
import type { Power } from "../acts/shapes.ts";
import type { TurnedAway } from "./turn-away.ts";
import { NEVER } from "../register/register.ts";
import {
  day,
  HOUR,
  must,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import {
  actUnsigned,
  beginning,
  may,
  type Move,
  move,
  signersFor,
} from "../../test/story-moves.ts";
import {
  act,
  auditOf,
  emptyHouse,
  type House,
  said,
  type Signing,
  usual,
} from "../../test/story.ts";

/**
 * Histories that nobody planned: acts of every kind over few ids, with random dates, signed by the right people or by
 * anybody. Whatever was granted must hold what the invariants say, read here from the acts themselves.
 */
const outcomes = new Map<string, number>();

type Enter = (
  house: House,
  at: number,
  what: Act,
  by: readonly Signing[],
) => Ruling | TurnedAway;
const signed: Enter = (house, at, what, by) => act(house, at, what, ...by);

function run(moves: readonly Move[], prepared: boolean, enter: Enter): House {
  const house = emptyHouse();
  enter(house, day(0), theGenesis(), usual.genesis);
  if (prepared)
    for (const one of beginning)
      enter(house, day(1), one, signersFor(one, undefined));
  let at = day(2);
  for (const next of moves) {
    at += next.after;
    const what = next.act(at - (at % HOUR));
    const by = signersFor(what, next.by);
    const result = said(enter(house, at, what, by));
    const granted = result.startsWith("granted");
    const outcome = `${what.kind} ${granted ? "granted" : result.startsWith("turned") ? "turned away" : "refused"}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (granted) mustHold(house, what, by, at);
  }
  return house;
}

/** I3 I4 I5 I14 I17 for one act that was just granted. */
function mustHold(
  house: House,
  what: Act,
  by: readonly Signing[],
  at: number,
): void {
  if (what.kind === "override") return mustBeOverridden(house, what, by);
  const { register } = house;
  const rulebook = must(register.rulebook).act;
  const approvers = by.filter((one) => one.role === "approved");
  expect(approvers.length, "I4: somebody approved").toBeGreaterThan(0);
  if (what.kind === "disowned") {
    const { signers } = must(register.delayed.get(what.entry));
    expect(by.every(({ person }) => signers.includes(person))).toBe(true);
    return;
  }
  for (const one of by) {
    if (one.role === "holder") continue;
    const powers = must(register.posts.get(must(one.post))).act.powers;
    const [approve, prepare] = may[what.kind];
    expect(
      powers.includes(approve) ||
        (one.role === "prepared" &&
          prepare !== undefined &&
          powers.includes(prepare)),
      `I4: ${one.post} signs ${what.kind}`,
    ).toBe(true);
  }
  const right = what.kind === "confirmed" ? "authorisation" : what.kind;
  if (
    theRulebook.separated.includes(right) &&
    rulebook.separated.includes(right)
  ) {
    expect(
      by.some(
        (one) =>
          one.role === "prepared" &&
          approvers.every((other) => other.person !== one.person),
      ),
      `I4: ${what.kind} by two`,
    ).toBe(true);
  }
  if ("from" in what && typeof what.from === "number")
    expect(what.from, "I14").toBeGreaterThanOrEqual(at);
  if (what.kind === "tenure") {
    for (const { post } of by) {
      const signer = register.posts.get(post ?? "")?.act;
      expect([post, signer?.superior, signer?.auditor], "I17").not.toContain(
        what.post,
      );
    }
    if (what.mode !== "full") expect(what.to, "I5").toBeDefined();
  }
  if (
    what.kind === "permit" ||
    what.kind === "feeStandard" ||
    what.kind === "feeCeiling" ||
    what.kind === "authorisation"
  ) {
    const months =
      what.kind === "authorisation"
        ? rulebook.limits.authorisationMonthsMax
        : what.kind === "permit"
          ? rulebook.limits.permitMonthsMax
          : rulebook.limits.feeMonthsMax;
    expect(must(what.to), "I5").toBeLessThanOrEqual(
      (what.from ?? at) + months * 31 * 24 * HOUR,
    );
    expect(rulebook.until, "I5: the rulebook").toBeGreaterThan(at);
  }
  if (what.kind === "feeStandard") {
    const kind = "body" in what.payee ? "body" : "operator";
    const ground = rulebook.grounds.find((one) => one.ground === what.ground);
    expect(ground?.payee, "I3: ground").toBe(kind);
    const above = [...register.ceilings.values()].filter(
      ({ act: c }) =>
        c.product === what.product &&
        c.unit === what.unit &&
        c.currency === what.currency,
    );
    expect(
      above.some(
        (c) =>
          c.act.amount >= what.amount &&
          c.from <= (what.from ?? at) &&
          must(what.to) <= c.to,
      ),
      "I3: ceiling",
    ).toBe(true);
    const purposes = must(register.products.get(what.product)).act.purposes;
    const industry = rulebook.purposes.some(
      (one) => one.class === "industry" && purposes.includes(one.purpose),
    );
    const listed = rulebook.purposes.some((one) =>
      purposes.includes(one.purpose),
    );
    expect(what.amount === 0 || industry || !listed, "CN-PRC-01").toBe(true);
  }
  if (what.kind === "product" && what.form === "aggregate") {
    const set = register.datasets.get(what.content[0]?.dataset ?? "")?.act;
    expect(set?.subject, "I12").toBeUndefined();
  }
}

/** Nothing but what binds in principle, and never by one alone. */
function mustBeOverridden(
  { register }: House,
  { act: inside, against }: ActOf<"override">,
  by: readonly Signing[],
): void {
  const approve = may[inside.kind][0];
  const approvers = by.filter(({ role }) => role === "approved");
  const having = (power: Power) =>
    approvers.filter(({ post }) =>
      must(register.posts.get(must(post))).act.powers.includes(power),
    );
  expect(
    having(approve).some((one) =>
      having("override").some(({ person }) => person !== one.person),
    ),
    "V-OVERRIDE: two persons",
  ).toBe(true);
  expect(new Set(against)).toEqual(new Set(["CN-OPS-10"]));
  expect(must(inside.to), "I5").toBeLessThan(NEVER);
}

/** What stands in a register at any time. */
function standing(house: House): void {
  const { permits, fees, ceilings, authorisations, tenures } = house.register;
  for (const right of [
    ...permits.values(),
    ...fees.values(),
    ...ceilings.values(),
    ...authorisations.values(),
  ]) {
    expect(right.to, "I5: an end").toBeLessThan(NEVER);
    expect(right.from, "I14").toBeGreaterThanOrEqual(right.at);
  }
  for (const permit of permits.values())
    expect(house.register.products.has(permit.act.product), "I1").toBe(true);
  for (const held of tenures.values()) {
    const full = held.filter((one) => one.act.mode === "full");
    const both = full.some((a, i) =>
      full
        .slice(i + 1)
        .some(
          (b) =>
            a.from < (b.ended?.at ?? b.to) &&
            b.from < (a.ended?.at ?? a.to) &&
            a.to > a.from,
        ),
    );
    expect(both, "one full holder at a time").toBe(false);
  }
}

const histories = fc.array(move, { minLength: 10, maxLength: 60, size: "max" });
const prepared = fc.integer({ min: 0, max: 3 }).map((n) => n > 0);

test("no random history reaches a right without an end, a fee without ground or ceiling, or a post that appoints itself", () => {
  fc.assert(
    fc.property(histories, prepared, (moves, ready) =>
      standing(run(moves, ready, actUnsigned)),
    ),
    { numRuns: 700 },
  );
});

test("and those histories were no waste: acts of nearly every kind were granted and refused in them", () => {
  const kinds = [
    "feeStandard",
    "feeCeiling",
    "permit",
    "authorisation",
    "tenure",
    "product",
    "post",
    "keyEnrolled",
    "confirmed",
    "rulebookAdopted",
    "override",
    "orderReceived",
    "renewalAsked",
    "promised",
  ];
  expect(
    kinds
      .flatMap((kind) => [`${kind} granted`, `${kind} refused`])
      .filter((outcome) => (outcomes.get(outcome) ?? 0) < 5),
  ).toEqual([]);
});

test("the audit of every random history, signed by the right people or anybody, finds nothing and comes to the same register", async () => {
  await fc.assert(
    fc.asyncProperty(histories, prepared, async (moves, ready) => {
      const house = run(moves, ready, signed);
      const { faults, register, counts } = await auditOf(house);
      expect(faults.kept).toEqual([]);
      expect([counts.alike, register]).toEqual([counts.acts, house.register]);
    }),
    { numRuns: 40 },
  );
  expect(
    [...outcomes.keys()].some((outcome) => outcome.endsWith("turned away")),
  ).toBe(true);
});
