import { earliest, latestDay } from "../../acts/dates.ts";
import type { ReadRegister } from "../../register/register.ts";
import { idsIn, lookUp } from "./look-up.ts";
import { permitLines } from "./permit-lines.ts";
import { promiseLine } from "./promises.ts";
import { refTo } from "./ref.ts";
import { baseOf, historyOf, pageOf, spanOf, type World } from "./world.ts";

const DAY = 86_400_000;

export function postsView(world: World, page: number) {
  const { register } = world;
  const list = pageOf(idsIn(register, register.posts), page, (id) => {
    const act = register.posts.get(id)?.act;
    return {
      post: refTo(register, "post", id),
      body: refTo(register, "body", act?.body ?? ""),
      powers: act?.powers ?? [],
    };
  });
  return { ...baseOf(world), ...list };
}
export type PostsView = ReturnType<typeof postsView>;

/** One post: what is signed for it is counted here, and nowhere by the person who did. */
export async function postView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.posts.get(id);
  if (found === undefined) return undefined;
  const { act } = found;
  const tenures = register.tenures.get(id) ?? [];
  const promises = lookUp(register, "promisesOfPost", id);
  return {
    ...baseOf(world),
    post: act,
    entry: found.entry,
    body: refTo(register, "body", act.body),
    ...(act.superior === undefined
      ? {}
      : { superior: refTo(register, "post", act.superior) }),
    ...(act.auditor === undefined
      ? {}
      : { auditor: refTo(register, "post", act.auditor) }),
    holders: tenures.map((tenure) => ({
      person: tenure.act.person,
      mode: tenure.act.mode,
      ...(tenure.act.delegator === undefined
        ? {}
        : { delegator: tenure.act.delegator }),
      span: spanOf(tenure, now),
      entry: tenure.entry,
    })),
    reportedHolders: reportedHolders(register, id),
    promises: promises
      .toReversed()
      .flatMap((one) => promiseLine(register, one, now) ?? []),
    signed: await historyOf(world, [acts.signedBy(id)]),
    restsOn: await rightsThatRestOn(world, id),
    proof: await proofs.of([found, ...tenures.slice(-5)]),
    history: await historyOf(world, [acts.about("post", id)]),
  };
}
export type PostView = NonNullable<Awaited<ReturnType<typeof postView>>>;

/** Tenures from before the office: what a source says as far as it knows it, and what that can mean at most and at least. */
function reportedHolders(register: ReadRegister, post: string) {
  const { offsetMinutes } = register;
  return lookUp(register, "reportedOfPost", post).flatMap((id) => {
    const told = register.reported.get(id);
    if (told?.act.kind !== "reportedTenure") return [];
    const { person, mode, from, to } = told.act;
    return [
      {
        ...{ person, mode, from, entry: told.entry },
        ...(to === undefined ? {} : { to }),
        possibleFrom: earliest(from, offsetMinutes),
        certainFrom: latestDay(from, offsetMinutes),
        ...(to === undefined
          ? {}
          : {
              certainTo: earliest(to, offsetMinutes),
              possibleTo: latestDay(to, offsetMinutes) + DAY,
            }),
      },
    ];
  });
}

const LOOKED_THROUGH = 200;
const SHOWN = 20;

/** Rights that are still in force and that an act signed for this post granted: of the newest acts of it. */
async function rightsThatRestOn(world: World, post: string) {
  const { register, now, acts, log } = world;
  const { entries } = await acts.signedBy(post);
  const looked = entries.slice(-LOOKED_THROUGH);
  const permits: string[] = [];
  const others: ReturnType<typeof refTo>[] = [];
  for (const index of looked.toReversed()) {
    const entry = await log.entry(index);
    if (entry?.type !== "act" || entry.ruling.outcome !== "granted") continue;
    const { act } = entry.statement;
    if (act.kind === "permit" && isStill(register.permits, act.permit, index))
      permits.push(act.permit);
    if (
      act.kind === "product" &&
      isStill(register.products, act.product, index)
    )
      others.push(refTo(register, "product", act.product));
    if (act.kind === "feeStandard" && isStill(register.fees, act.fee, index))
      others.push(refTo(register, "fee", act.fee));
    if (
      act.kind === "authorisation" &&
      isStill(register.authorisations, act.authorisation, index)
    )
      others.push(refTo(register, "authorisation", act.authorisation));
  }
  return {
    lookedThrough: looked.length,
    inAll: entries.length,
    permits: permitLines(register, permits.slice(0, SHOWN), now),
    others: others.slice(0, SHOWN),
  };

  function isStill(
    map: ReadonlyMap<string, Parameters<typeof spanOf>[0]>,
    id: string,
    index: number,
  ): boolean {
    const standing = map.get(id);
    return (
      standing?.entry === index && spanOf(standing, now).state === "inForce"
    );
  }
}
