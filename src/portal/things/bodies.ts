import { bodiesAbove, localsOver } from "../../register/local-law.ts";
import type { ReadRegister } from "../../register/register.ts";
import { deadlines } from "../deadlines.ts";
import { dueHref, sayDue } from "../due.ts";
import { titleIn } from "../lang/title-in.ts";
import { feeLines } from "./fee-lines.ts";
import { lookUp, oncePerVersion, servedSystems } from "./look-up.ts";
import { promiseLine } from "./promises.ts";
import { refsTo, refTo } from "./ref.ts";
import { baseOf, historyOf, pageOf, spanOf, type World } from "./world.ts";

const SHOWN = 50;

/** Every body with its units behind it, as a tree that was written down in lines. */
const inTreeOrder = oncePerVersion((register) => {
  const lines: { readonly body: string; readonly depth: number }[] = [];
  const seen = new Set<string>();
  const add = (body: string, depth: number): void => {
    // A unit that took over what stood above it must not lead in circles.
    if (seen.has(body)) return;
    seen.add(body);
    lines.push({ body, depth });
    for (const unit of lookUp(register, "unitsOfBody", body))
      add(unit, depth + 1);
  };
  for (const body of lookUp(register, "topBodies", "")) add(body, 0);
  for (const body of register.bodies.keys()) add(body, 0);
  return lines;
});

export function bodiesView(world: World, page: number) {
  const { register, now } = world;
  const served = servedSystems(register, now);
  const list = pageOf(inTreeOrder(register), page, ({ body, depth }) => {
    const act = register.bodies.get(body)?.act;
    const systems = lookUp(register, "systemsOfBody", body);
    return {
      body: refTo(register, "body", body),
      depth,
      level: act?.level ?? "national",
      ...(act?.parent === undefined
        ? {}
        : { parent: refTo(register, "body", act.parent) }),
      isOver: register.bodies.get(body)?.successors !== undefined,
      units: lookUp(register, "unitsOfBody", body).length,
      posts: lookUp(register, "postsOfBody", body).length,
      systems: systems.length,
      served: systems.filter((one) => served.has(one)).length,
    };
  });
  return { ...baseOf(world), ...list };
}
export type BodiesView = ReturnType<typeof bodiesView>;

export async function bodyView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.bodies.get(id);
  if (found === undefined) return undefined;
  const { act, successors } = found;
  const served = servedSystems(register, now);
  const systems = lookUp(register, "systemsOfBody", id);
  const datasets = datasetsOf(register, systems);
  const posts = lookUp(register, "postsOfBody", id);
  const predecessors = lookUp(register, "predecessorsOfBody", id);
  const fees = lookUp(register, "feesOfBody", id);
  return {
    ...baseOf(world),
    body: act,
    entry: found.entry,
    ...(act.parent === undefined
      ? {}
      : { parent: refTo(register, "body", act.parent) }),
    successors: refsTo(register, "body", successors ?? []),
    predecessors: refsTo(register, "body", predecessors),
    /** Those of bodies whose work it took over: no act moves a system. */
    systemsOfPredecessors: predecessors.reduce(
      (sum, one) => sum + lookUp(register, "systemsOfBody", one).length,
      0,
    ),
    units: refsTo(register, "body", lookUp(register, "unitsOfBody", id)),
    systems: systems.slice(0, SHOWN).map((system) => ({
      system: refTo(register, "system", system),
      served: served.has(system),
      described: register.systems.get(system)?.act.description === "described",
      datasets: lookUp(register, "datasetsOfSystem", system).length,
    })),
    systemsInAll: systems.length,
    systemsServed: systems.filter((one) => served.has(one)).length,
    datasets: refsTo(register, "dataset", datasets.slice(0, SHOWN)),
    datasetsInAll: datasets.length,
    posts: posts.map((post) => ({
      post: refTo(register, "post", post),
      powers: register.posts.get(post)?.act.powers ?? [],
    })),
    fees: feeLines(register, fees.slice(-SHOWN).toReversed(), now),
    feesInAll: fees.length,
    due: dueAt(register, now, new Set(posts)),
    promises: posts
      .flatMap((post) => lookUp(register, "promisesOfPost", post))
      .slice(-SHOWN)
      .toReversed()
      .flatMap((one) => promiseLine(register, one, now) ?? []),
    localLaw: localLawOf(register, id, now),
    proof: await proofs.of([found]),
    history: await historyOf(world, [acts.about("body", id)]),
  };
}
export type BodyView = NonNullable<Awaited<ReturnType<typeof bodyView>>>;

function datasetsOf(
  register: ReadRegister,
  systems: readonly string[],
): readonly string[] {
  return systems.flatMap((one) => lookUp(register, "datasetsOfSystem", one));
}

/** What one of these posts may do, and has not; the earliest first. */
function dueAt(
  register: ReadRegister,
  now: number,
  posts: ReadonlySet<string>,
) {
  if (posts.size === 0) return [];
  const { due, missed } = deadlines(register, now);
  return [...missed.filter(({ done }) => done === undefined), ...due]
    .filter((one) => one.posts.some((post) => posts.has(post)))
    .slice(0, SHOWN)
    .map(({ what, id, by, rule, posts: may }) => ({
      ...{ what, id, by, rule, isMissed: by <= now },
      ...{ says: sayDue(what), href: dueHref(register, { what, id }) },
      posts: refsTo(
        register,
        "post",
        may.filter((post) => posts.has(post)),
      ),
    }));
}

/** Local rulebooks that this body made, and those that hold over its data. */
function localLawOf(register: ReadRegister, body: string, now: number) {
  const holding = new Set(
    localsOver(register, [...bodiesAbove(register, body)], now).map(
      ({ act }) => act.rulebook,
    ),
  );
  const own = lookUp(register, "localLawOfBody", body);
  return [...new Set([...own, ...holding])].flatMap((id) => {
    const local = register.localRulebooks.get(id);
    if (local === undefined) return [];
    return [
      {
        rulebook: local.act.rulebook,
        title: titleIn(local.act),
        body: refTo(register, "body", local.act.body),
        isPilot: local.act.pilot === true && local.promoted === undefined,
        holdsHere: holding.has(id),
        span: spanOf(local, now),
        entry: local.entry,
      },
    ];
  });
}
