import { HOUR } from "../../acts/shapes.ts";
import { coverage } from "../../register/coverage.ts";
import type { ReadRegister } from "../../register/register.ts";

/** Ids by what they belong to, in the order of their entries. */
type Ids = ReadonlyMap<string, readonly string[]>;
type Pairs = Iterable<readonly [of: string | undefined, id: string]>;

/** What pages look for in the register from the other side, as pairs of what is looked under and what is found. */
const SIDES = {
  systemsOfBody: (r) => from(r.systems, ({ act }) => [[act.body, act.system]]),
  unitsOfBody: (r) => from(r.bodies, ({ act }) => [[act.parent, act.body]]),
  topBodies: (r) =>
    from(r.bodies, ({ act }) =>
      act.parent === undefined ? [["", act.body]] : [],
    ),
  postsOfBody: (r) => from(r.posts, ({ act }) => [[act.body, act.post]]),
  predecessorsOfBody: (r) =>
    from(r.bodies, ({ act, successors = [] }) =>
      successors.map((one) => [one, act.body]),
    ),
  datasetsOfSystem: (r) =>
    from(r.datasets, ({ act }) => [[act.system, act.dataset]]),
  datasetsOfContribution: (r) =>
    from(r.datasets, ({ act }) => [[act.contribution, act.dataset]]),
  productsOfDataset: (r) =>
    from(r.products, ({ act }) =>
      act.content.map(({ dataset }) => [dataset, act.product]),
    ),
  productsOfAuthorisation: (r) =>
    from(r.products, ({ act }) => [[act.authorisation, act.product]]),
  permitsOfProduct: (r) =>
    from(r.permits, ({ act }) => [[act.product, act.permit]]),
  permitsOfOrganisation: (r) =>
    from(r.permits, ({ act }) => [[act.organisation, act.permit]]),
  authorisationsOfOperator: (r) =>
    from(r.authorisations, ({ act }) => [[act.operator, act.authorisation]]),
  feesOfOrganisation: (r) =>
    from(r.fees, ({ act: { payee, fee } }) =>
      "organisation" in payee ? [[payee.organisation, fee]] : [],
    ),
  feesOfBody: (r) =>
    from(r.fees, ({ act: { payee, fee } }) =>
      "body" in payee ? [[payee.body, fee]] : [],
    ),
  contributionsOfOrganisation: (r) =>
    from(r.contributions, ({ act }) => [[act.contributor, act.contribution]]),
  refundsOfFee: (r) => from(r.refunds, ({ act }, key) => [[act.fee, key]]),
  withholdingsOfDataset: (r) =>
    from(r.withholdings, ({ act }) => [[act.dataset, act.withholding]]),
  tiesOfOrganisation: (r) =>
    from(r.ties, ({ act: { to, tie } }) =>
      "organisation" in to ? [[to.organisation, tie]] : [],
    ),
  reportedOfPost: (r) =>
    from(r.reported, ({ act }, key) =>
      act.kind === "reportedTenure" ? [[act.post, key]] : [],
    ),
  reportedOfOperator: (r) =>
    from(r.reported, ({ act }, key) =>
      act.kind === "reportedAuthorisation" ? [[act.operator, key]] : [],
    ),
  promisesOfPost: (r) =>
    from(r.promises, ({ act }) => [[act.post, act.promise]]),
  applicationsOfOrganisation: (r) =>
    from(r.applications, ({ act }) => [[act.organisation, act.application]]),
  appealsAgainst: (r) =>
    from(r.appeals, ({ act }) => [[String(act.against), act.appeal]]),
  ordersOn: (r) =>
    from(r.orders, ({ act }) =>
      act.effects.map(({ what, id }) => [`${what} ${id}`, act.order]),
    ),
  localLawOfBody: (r) =>
    from(r.localRulebooks, ({ act }) => [[act.body, act.rulebook]]),
} as const satisfies Record<string, (register: ReadRegister) => Pairs>;
export type Side = keyof typeof SIDES;

type Kept = {
  readonly granted: number;
  readonly sides: Map<Side, Ids>;
  served?: { readonly key: string; readonly systems: ReadonlySet<string> };
};
const known = new WeakMap<ReadRegister, Kept>();

/**
 * Ids that belong to something. Each list is made when it is first asked for, and anew when an act was granted since: records change
 * none of them.
 */
export function lookUp(
  register: ReadRegister,
  side: Side,
  id: string,
): readonly string[] {
  const { sides } = kept(register);
  const found = sides.get(side) ?? grouped(SIDES[side](register));
  sides.set(side, found);
  return found.get(id) ?? [];
}

/** Systems that are served now. Rights begin with an entry and end on whole hours: what is known holds until one of both comes. */
export function servedSystems(
  register: ReadRegister,
  now: number,
): ReadonlySet<string> {
  const found = kept(register);
  const key = `${register.vintages.size} ${Math.floor(now / HOUR)}`;
  if (found.served?.key !== key)
    found.served = { key, systems: new Set(coverage(register, now).served) };
  return found.served.systems;
}

/** Something that is worked out from the whole register, once for each of its versions. */
export function oncePerVersion<T>(
  make: (register: ReadRegister) => T,
): (register: ReadRegister) => T {
  const made = new WeakMap<
    ReadRegister,
    { readonly granted: number; readonly value: T }
  >();
  return (register) => {
    const { granted } = register.counts;
    const before = made.get(register);
    if (before?.granted === granted) return before.value;
    const value = make(register);
    made.set(register, { granted, value });
    return value;
  };
}

function kept(register: ReadRegister): Kept {
  const { granted } = register.counts;
  const before = known.get(register);
  if (before?.granted === granted) return before;
  const made: Kept = { granted, sides: new Map() };
  known.set(register, made);
  return made;
}

function* from<K, V>(
  map: ReadonlyMap<K, V>,
  pairs: (value: V, key: K) => Pairs,
): Pairs {
  for (const [key, value] of map) yield* pairs(value, key);
}

function grouped(pairs: Pairs): Ids {
  const groups = new Map<string, string[]>();
  for (const [of, id] of pairs) {
    if (of === undefined) continue;
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [id]);
    else if (group.at(-1) !== id) group.push(id);
  }
  return groups;
}
