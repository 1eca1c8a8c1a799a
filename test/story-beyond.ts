import fc from "fast-check";
import type { Act, ActOf } from "../src/acts/act.ts";
import type { Power } from "../src/acts/shapes.ts";
import { day, HOUR, paperOf, secretOf } from "./story-founding.ts";

type Of<K extends Act["kind"]> = Partial<ActOf<K>>;

export const anAppeal = (
  change: Of<"appealLodged"> = {},
): ActOf<"appealLodged"> => ({
  ...{ kind: "appealLodged", appeal: "appeal-1", against: 1 },
  ...{ forum: "reviewOrdinary", on: "2026-03-03" },
  paper: secretOf("appeal"),
  ...change,
});
export const aLongerAppeal = (
  change: Of<"appealExtended"> = {},
): ActOf<"appealExtended"> => ({
  ...{ kind: "appealExtended", appeal: "appeal-1" },
  paper: secretOf("longer"),
  ...change,
});
export const anAppealDecision = (
  change: Of<"appealDecided"> = {},
): ActOf<"appealDecided"> => ({
  ...{ kind: "appealDecided", appeal: "appeal-1", body: "price-authority" },
  ...{ outcome: "upheld", binding: true, effects: [] },
  paper: secretOf("decision"),
  ...change,
});
export const anOrder = (
  change: Of<"orderReceived"> = {},
): ActOf<"orderReceived"> => ({
  ...{ kind: "orderReceived", order: "order-1", body: "price-authority" },
  effects: [{ does: "ends", what: "permit", id: "huaxing-vehicles" }],
  paper: secretOf("order"),
  ...change,
});
export const aDutyDone = (change: Of<"dutyDone"> = {}): ActOf<"dutyDone"> => ({
  ...{ kind: "dutyDone", duty: "duty-1", entry: 1 },
  ...change,
});
export const anOverride = (
  inside: ActOf<"override">["act"],
  change: Of<"override"> = {},
): ActOf<"override"> => ({
  ...{ kind: "override", override: "override-1", against: ["CN-OPS-10"] },
  ...{ reason: paperOf("reason"), opinion: paperOf("opinion") },
  ...{ review: day(300), act: inside },
  ...change,
});
export const aReview = (
  change: Of<"overrideReviewed"> = {},
): ActOf<"overrideReviewed"> => ({
  ...{ kind: "overrideReviewed", override: "override-1" },
  ...{ outcome: "confirmed", paper: paperOf("review") },
  ...change,
});
export const aDisowning = (entry: number): ActOf<"disowned"> => ({
  kind: "disowned",
  entry,
});

export const aTie = (change: Of<"tieDeclared"> = {}): ActOf<"tieDeclared"> => ({
  ...{ kind: "tieDeclared", tie: "tie-1", person: 1 },
  ...{ to: { organisation: "huaxing" }, nature: "family", from: "2020" },
  paper: secretOf("tie"),
  ...change,
});
export const aTieEnd = (change: Of<"tieEnded"> = {}): ActOf<"tieEnded"> => ({
  ...{ kind: "tieEnded", tie: "tie-1", paper: secretOf("no tie") },
  ...change,
});
export const aRecusal = (change: Of<"recused"> = {}): ActOf<"recused"> => ({
  ...{ kind: "recused", person: 1, from: { organisation: "huaxing" } },
  paper: secretOf("recusal"),
  ...change,
});
export const aPromise = (change: Of<"promised"> = {}): ActOf<"promised"> => ({
  ...{ kind: "promised", promise: "rail", post: "head", about: "dataset" },
  ...{ title: "Railway stations", due: day(30) },
  ...change,
});
export const aKeeping = (
  change: Of<"promiseKept"> = {},
): ActOf<"promiseKept"> => ({
  ...{ kind: "promiseKept", promise: "rail" },
  ...change,
});
export const aGivingUp = (
  change: Of<"promiseEnded"> = {},
): ActOf<"promiseEnded"> => ({
  ...{ kind: "promiseEnded", promise: "rail", reason: "request" },
  ...change,
});
export const aRenewalAsked = (
  change: Of<"renewalAsked"> = {},
): ActOf<"renewalAsked"> => ({
  ...{ kind: "renewalAsked", permit: "huaxing-vehicles" },
  paper: secretOf("renewal"),
  ...change,
});
export const aRenewal = (
  change: Of<"renewalGranted"> = {},
): ActOf<"renewalGranted"> => ({
  ...{ kind: "renewalGranted", permit: "huaxing-vehicles", to: day(700) },
  ...change,
});
export const aRenewalRefused = (
  change: Of<"renewalRefused"> = {},
): ActOf<"renewalRefused"> => ({
  ...{ kind: "renewalRefused", permit: "huaxing-vehicles", rule: "V-PUR" },
  ...{ redress: ["administrativeReview"], redressUntil: day(400) },
  paper: secretOf("no renewal"),
  ...change,
});

type BeyondKind =
  | "appealLodged"
  | "appealExtended"
  | "appealDecided"
  | "orderReceived"
  | "dutyDone"
  | "override"
  | "overrideReviewed"
  | "tieDeclared"
  | "tieEnded"
  | "recused"
  | "promised"
  | "promiseKept"
  | "promiseEnded"
  | "renewalAsked"
  | "renewalGranted"
  | "renewalRefused";

/** Who may approve what, and who prepares it: written down a second time, by hand. */
export const mayBeyond = {
  appealLodged: ["receiveOrders"],
  appealExtended: ["receiveOrders"],
  appealDecided: ["receiveOrders"],
  orderReceived: ["receiveOrders"],
  dutyDone: ["receiveOrders"],
  override: ["override"],
  overrideReviewed: ["override"],
  tieDeclared: ["appoint"],
  tieEnded: ["appoint"],
  recused: ["appoint"],
  promised: ["promise"],
  promiseKept: ["promise"],
  promiseEnded: ["promise"],
  renewalAsked: ["preparePermits"],
  renewalGranted: ["permit", "preparePermits"],
  renewalRefused: ["permit", "preparePermits"],
} as const satisfies Record<
  BeyondKind,
  readonly [approve: Power, prepare?: Power]
>;

/** Who signs them where a story does not say otherwise. */
export const usualBeyond = <S>(
  approved: (post: string) => S,
  prepared: (post: string) => S,
): Readonly<Record<BeyondKind, readonly S[]>> => {
  const registrar = [approved("registrar")];
  const personnel = [approved("personnel")];
  const head = [approved("head")];
  const both = [prepared("registrar"), approved("head")];
  return {
    ...{ appealLodged: registrar, appealExtended: registrar },
    ...{ appealDecided: registrar, orderReceived: registrar },
    ...{ dutyDone: registrar, renewalAsked: registrar },
    override: [...both, approved("price-officer")],
    overrideReviewed: [approved("administrator")],
    ...{ tieDeclared: personnel, tieEnded: personnel, recused: personnel },
    ...{ promised: head, promiseKept: head, promiseEnded: head },
    ...{ renewalGranted: both, renewalRefused: both },
  };
};

/** In an order in which an office could grant them, but for the two ways in which a promise and a renewal end. */
export const oneOfEachBeyond = (
  anAuthorisation: (change: Of<"authorisation">) => ActOf<"authorisation">,
): { readonly [K in BeyondKind | "disowned"]: ActOf<K> } => ({
  appealLodged: anAppeal(),
  appealExtended: aLongerAppeal(),
  appealDecided: anAppealDecision(),
  orderReceived: anOrder({
    effects: [
      {
        ...{ does: "obliges", duty: "duty-1", what: "permit" },
        ...{ id: "huaxing-vehicles", by: day(30) },
      },
    ],
  }),
  override: anOverride(
    anAuthorisation({
      ...{ authorisation: "long", datasets: ["vehicles"] },
      to: day(6 * 365),
    }),
  ),
  // The act before this one stands in the 26th entry.
  dutyDone: aDutyDone({ entry: 28 }),
  overrideReviewed: aReview(),
  tieDeclared: aTie({ to: { organisation: "sanhe" } }),
  tieEnded: aTieEnd(),
  recused: aRecusal({ person: 3, from: { organisation: "sanhe" } }),
  promised: aPromise(),
  promiseKept: aKeeping(),
  promiseEnded: aGivingUp(),
  renewalAsked: aRenewalAsked(),
  renewalGranted: aRenewal(),
  renewalRefused: aRenewalRefused(),
  disowned: aDisowning(1),
});

type Dated = (hour: number) => Act;
const of = <const T>(...all: readonly T[]): fc.Arbitrary<T> =>
  fc.constantFrom<T[]>(...all);
const hours = of(-1, 1, 24, 24 * 30, 24 * 300, 24 * 400);
const permit = of("huaxing-vehicles", "permit-2", "permit-3");
const two = of("one", "two");
const person = of(1, 2, 7);
const party = of("huaxing", "sanhe");
const rules = of<readonly string[]>(
  ["CN-OPS-10"],
  ["CN-OPS-10"],
  ["CN-PRC-09"],
  ["CN-OPS-10", "I5"],
  ["I3"],
  ["V-REF"],
);

const ended = of(
  { does: "ends", what: "permit" },
  { does: "ends", what: "fee" },
  { does: "suspends", what: "permit" },
  { does: "suspends", what: "fee" },
  { does: "suspends", what: "authorisation" },
  { does: "suspends", what: "product" },
);
const things = {
  permit,
  fee: of("vehicles-fee", "fee-2"),
  authorisation: of("sanhe-vehicles", "second-right"),
  product: of("vehicle-records", "second"),
};
type Effect = ActOf<"orderReceived">["effects"][number];
const effect: fc.Arbitrary<(hour: number) => Effect> = fc.oneof(
  ended.chain((one) =>
    fc.tuple(things[one.what], hours).map(
      ([id, more]) =>
        (hour: number): Effect =>
          one.does === "ends"
            ? { ...one, does: "ends", id }
            : { ...one, does: "suspends", id, until: hour + more * HOUR },
    ),
  ),
  fc
    .tuple(two, permit, hours)
    .map(([duty, id, more]) => (hour: number): Effect => ({
      ...{ does: "obliges", duty, what: "permit", id },
      by: hour + more * HOUR,
    })),
);
const still = <T>(
  one: fc.Arbitrary<T>,
  make: (value: T) => Act,
): fc.Arbitrary<Dated> => one.map((value) => () => make(value));

/** Longer than the rulebook lets, mostly. */
const inside = fc
  .tuple(
    of("second-right", "third-right", "fourth-right", "sanhe-vehicles"),
    of(24 * 300, 24 * 1900, 24 * 1900),
  )
  .map(([authorisation, more]) => (hour: number): ActOf<"authorisation"> => ({
    ...{ kind: "authorisation", authorisation, operator: "sanhe" },
    ...{ datasets: ["vehicles"], exclusive: false },
    to: hour + more * HOUR,
  }));

/** What is past the rules, in every order and out of it. */
export const beyond: Readonly<
  Record<BeyondKind | "disowned", fc.Arbitrary<Dated>>
> = {
  appealLodged: still(
    fc.tuple(two, fc.nat({ max: 30 }), of("2026-03-05", "2026-04-01")),
    ([appeal, against, on]) => anAppeal({ appeal, against, on }),
  ),
  appealExtended: still(two, (appeal) => aLongerAppeal({ appeal })),
  appealDecided: fc
    .tuple(
      two,
      of("upheld", "annulled"),
      fc.boolean(),
      fc.array(effect, { maxLength: 2 }),
    )
    .map(
      ([appeal, outcome, binding, effects]): Dated =>
        (hour) =>
          anAppealDecision({
            ...{ appeal, outcome, binding },
            effects: effects.map((one) => one(hour)),
          }),
    ),
  orderReceived: fc
    .tuple(
      of("order-1", "order-2", "order-3"),
      fc.array(effect, { minLength: 1, maxLength: 2 }),
    )
    .map(
      ([order, effects]): Dated =>
        (hour) =>
          anOrder({ order, effects: effects.map((one) => one(hour)) }),
    ),
  dutyDone: still(fc.tuple(two, fc.nat({ max: 60 })), ([duty, entry]) =>
    aDutyDone({ duty, entry }),
  ),
  override: fc.tuple(two, rules, hours, inside).map(
    ([id, against, more, make]): Dated =>
      (hour) =>
        anOverride(make(hour), {
          ...{ override: id, against: [...against] },
          review: hour + more * HOUR,
        }),
  ),
  overrideReviewed: still(
    fc.tuple(two, of("confirmed", "ended")),
    ([override, outcome]) => aReview({ override, outcome }),
  ),
  tieDeclared: still(
    fc.tuple(
      of("tie-1", "tie-2", "tie-3"),
      person,
      fc.oneof(
        party.map((organisation) => ({ organisation })),
        person.map((other) => ({ person: other })),
      ),
      of("family", "employment"),
      of("2019", "2026-04"),
    ),
    ([tie, who, to, nature, from]) =>
      aTie({ ...{ tie, person: who, to, nature, from } }),
  ),
  tieEnded: still(of("tie-1", "tie-2", "tie-3"), (tie) => aTieEnd({ tie })),
  recused: still(fc.tuple(person, party), ([who, organisation]) =>
    aRecusal({ person: who, from: { organisation } }),
  ),
  promised: fc.tuple(two, of("head", "registrar"), hours).map(
    ([promise, post, more]): Dated =>
      (hour) =>
        aPromise({ promise, post, due: hour + more * HOUR }),
  ),
  promiseKept: still(two, (promise) => aKeeping({ promise })),
  promiseEnded: still(two, (promise) => aGivingUp({ promise })),
  renewalAsked: fc
    .tuple(permit, fc.option(hours, { nil: undefined, freq: 1 }))
    .map(
      ([id, more]): Dated =>
        (hour) =>
          aRenewalAsked({
            permit: id,
            ...(more === undefined ? {} : { silentTo: hour + more * HOUR }),
          }),
    ),
  renewalGranted: fc.tuple(permit, hours).map(
    ([id, more]): Dated =>
      (hour) =>
        aRenewal({ permit: id, to: hour + more * HOUR }),
  ),
  disowned: fc.integer({ min: 1, max: 24 }).map(
    (entry): Dated =>
      () =>
        aDisowning(entry),
  ),
  renewalRefused: fc.tuple(permit, of(-1, 24 * 61)).map(
    ([id, more]): Dated =>
      (hour) =>
        aRenewalRefused({ permit: id, redressUntil: hour + more * HOUR }),
  ),
};
