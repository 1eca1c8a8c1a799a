import { HOUR } from "../../acts/shapes.ts";
import { classificationOf } from "./classification.ts";
import { isOffered, isServed } from "../../register/offered.ts";
import type { ReadRegister } from "../../register/register.ts";

/** Ids by what they belong to, in the order of their entries. */
type Ids = Map<string, string[]>;
type Pairs = Iterable<readonly [of: string | undefined, id: string]>;
/** Where a register keeps things of one kind, and what each of them is found under. */
type Side = (register: ReadRegister, taken: number) => Pairs;

/** What pages look for in the register from the other side, as pairs of what is looked under and what is found. */
const SIDES = {
  systemsOfBody: (r, n) =>
    from(r.systems, n, ({ act }) => [[act.body, act.system]]),
  unitsOfBody: (r, n) =>
    from(r.bodies, n, ({ act }) => [[act.parent, act.body]]),
  topBodies: (r, n) =>
    from(r.bodies, n, ({ act }) =>
      act.parent === undefined ? [["", act.body]] : [],
    ),
  postsOfBody: (r, n) => from(r.posts, n, ({ act }) => [[act.body, act.post]]),
  predecessorsOfBody: (r, n) =>
    from(r.bodies, n, ({ act, successors = [] }) =>
      successors.map((one) => [one, act.body]),
    ),
  datasetsOfSystem: (r, n) =>
    from(r.datasets, n, ({ act }) => [[act.system, act.dataset]]),
  datasetsOfClassification: (r, n) =>
    from(r.datasets, n, ({ act }) => [[classificationOf(act), act.dataset]]),
  datasetsOfContribution: (r, n) =>
    from(r.datasets, n, ({ act }) => [[act.contribution, act.dataset]]),
  productsOfDataset: (r, n) =>
    from(r.products, n, ({ act }) =>
      act.content.map(({ dataset }) => [dataset, act.product]),
    ),
  productsOfAuthorisation: (r, n) =>
    from(r.products, n, ({ act }) => [[act.authorisation, act.product]]),
  permitsOfProduct: (r, n) =>
    from(r.permits, n, ({ act }) => [[act.product, act.permit]]),
  permitsOfOrganisation: (r, n) =>
    from(r.permits, n, ({ act }) => [[act.organisation, act.permit]]),
  authorisationsOfOperator: (r, n) =>
    from(r.authorisations, n, ({ act }) => [[act.operator, act.authorisation]]),
  feesOfOrganisation: (r, n) =>
    from(r.fees, n, ({ act: { payee, fee } }) =>
      "organisation" in payee ? [[payee.organisation, fee]] : [],
    ),
  feesOfBody: (r, n) =>
    from(r.fees, n, ({ act: { payee, fee } }) =>
      "body" in payee ? [[payee.body, fee]] : [],
    ),
  contributionsOfOrganisation: (r, n) =>
    from(r.contributions, n, ({ act }) => [
      [act.contributor, act.contribution],
    ]),
  refundsOfFee: (r, n) =>
    from(r.refunds, n, ({ act }, key) => [[act.fee, key]]),
  withholdingsOfDataset: (r, n) =>
    from(r.withholdings, n, ({ act }) => [[act.dataset, act.withholding]]),
  tiesOfOrganisation: (r, n) =>
    from(r.ties, n, ({ act: { to, tie } }) =>
      "organisation" in to ? [[to.organisation, tie]] : [],
    ),
  reportedOfPost: (r, n) =>
    from(r.reported, n, ({ act }, key) =>
      act.kind === "reportedTenure" ? [[act.post, key]] : [],
    ),
  reportedOfOperator: (r, n) =>
    from(r.reported, n, ({ act }, key) =>
      act.kind === "reportedAuthorisation" ? [[act.operator, key]] : [],
    ),
  promisesOfPost: (r, n) =>
    from(r.promises, n, ({ act }) => [[act.post, act.promise]]),
  applicationsOfOrganisation: (r, n) =>
    from(r.applications, n, ({ act }) => [[act.organisation, act.application]]),
  appealsAgainst: (r, n) =>
    from(r.appeals, n, ({ act }) => [[String(act.against), act.appeal]]),
  ordersOn: (r, n) =>
    from(r.orders, n, ({ act }) =>
      act.effects.map(({ what, id }) => [`${what} ${id}`, act.order]),
    ),
  localLawOfBody: (r, n) =>
    from(r.localRulebooks, n, ({ act }) => [[act.body, act.rulebook]]),
} as const satisfies Record<string, Side>;
export type SideName = keyof typeof SIDES;
const sideNames = Object.keys(SIDES).filter((name): name is SideName =>
  Object.hasOwn(SIDES, name),
);

/** What stood there already can get more of these. */
const CHANGING: ReadonlySet<SideName> = new Set(["predecessorsOfBody"]);

type MadeSide = { readonly ids: Ids; taken: number };
type Kept = {
  readonly sides: Map<SideName, MadeSide>;
  /** The version for which those that change were made. */
  granted: number;
  readonly lists: Map<object, string[]>;
  served?: { readonly key: string; readonly systems: ReadonlySet<string> };
};
const known = new WeakMap<ReadRegister, Kept>();

/**
 * Ids that belong to something. An id is taken once and stays what it is (V-NEW), so a list that was made only grows by what came into the
 * register since.
 */
export function lookUp(
  register: ReadRegister,
  name: SideName,
  id: string,
): readonly string[] {
  const side = sideOf(register, name);
  side.taken += add(side.ids, SIDES[name](register, side.taken), Infinity);
  return side.ids.get(id) ?? [];
}

const AT_ONCE = 20_000;

/**
 * Makes the lists before anybody asks for one, a piece at a time so that others are answered in between: in an old office the first reader of
 * a page would wait for seconds, and everybody else with that reader. How many things were taken into lists.
 */
export async function lookAhead(
  register: ReadRegister,
  atOnce = AT_ONCE,
): Promise<number> {
  let inAll = 0;
  for (const name of sideNames) {
    const side = sideOf(register, name);
    for (let taken = atOnce; taken === atOnce;) {
      await new Promise((resolve) => setImmediate(resolve));
      taken = add(side.ids, SIDES[name](register, side.taken), atOnce);
      side.taken += taken;
      inAll += taken;
    }
  }
  return inAll;
}

function sideOf(register: ReadRegister, name: SideName): MadeSide {
  const { sides } = kept(register);
  const side = sides.get(name) ?? { ids: new Map(), taken: 0 };
  sides.set(name, side);
  return side;
}

/** Every id of one kind, in the order of their entries. */
export function idsIn(
  register: ReadRegister,
  things: ReadonlyMap<string, unknown>,
): readonly string[] {
  const { lists } = kept(register);
  const list = lists.get(things) ?? [];
  lists.set(things, list);
  if (list.length < things.size) {
    let place = 0;
    const { length } = list;
    for (const id of things.keys()) if (place++ >= length) list.push(id);
  }
  return list;
}

/** Systems of which somebody could be given something now, as `coverage` counts them. Rights end on whole hours. */
export function servedSystems(
  register: ReadRegister,
  now: number,
): ReadonlySet<string> {
  const found = kept(register);
  const { granted } = register.counts;
  const key = `${granted} ${register.vintages.size} ${Math.floor(now / HOUR)}`;
  if (found.served?.key !== key)
    found.served = {
      key,
      systems: new Set(
        [...register.systems.keys()].filter((one) =>
          lookUp(register, "datasetsOfSystem", one).some((dataset) =>
            isDatasetServed(register, dataset, now),
          ),
        ),
      ),
    };
  return found.served.systems;
}

/** As `coverage` says of its system. */
export function isDatasetServed(
  register: ReadRegister,
  id: string,
  now: number,
): boolean {
  const act = register.datasets.get(id)?.act;
  return (
    act !== undefined &&
    isServed(
      ...([register, act] as const),
      () =>
        lookUp(register, "productsOfDataset", id).some((product) =>
          isOffered(register, register.products.get(product), now),
        ),
      now,
    )
  );
}

/** Something small that is worked out from the whole register, once for each of its versions. */
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
  if (before === undefined) {
    const made: Kept = { granted, sides: new Map(), lists: new Map() };
    known.set(register, made);
    return made;
  }
  if (before.granted !== granted) {
    before.granted = granted;
    for (const name of CHANGING) before.sides.delete(name);
  }
  return before;
}

/** Behind the first `taken`, which are known; each thing gives a pair for each of what it is found under, or one with nothing. */
function* from<K, V>(
  map: ReadonlyMap<K, V>,
  taken: number,
  pairs: (value: V, key: K) => Pairs,
): Pairs {
  if (map.size === taken) return;
  let place = 0;
  for (const [key, value] of map) {
    if (place++ < taken) continue;
    yield NEXT;
    yield* pairs(value, key);
  }
}
/** Stands before the pairs of each thing, to count them by. */
const NEXT: readonly [undefined, string] = [undefined, ""];

/** Takes in pairs of so many things at most; how many they were of. */
function add(ids: Ids, pairs: Pairs, most: number): number {
  let things = 0;
  for (const pair of pairs) {
    if (pair === NEXT && things++ === most) return most;
    const [of, id] = pair;
    if (of === undefined) continue;
    const group = ids.get(of);
    if (group === undefined) ids.set(of, [id]);
    else if (group.at(-1) !== id) group.push(id);
  }
  return things;
}
