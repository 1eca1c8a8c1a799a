import type { ActOf } from "../acts/act.ts";
import { timeOfEntry } from "./entry-time.ts";
import type {
  Entered,
  Register,
  Standing,
  StandingPermit,
  Suspension,
} from "./register.ts";
import { end, push } from "./standing.ts";

export type BeyondAct = ActOf<
  | "appealLodged"
  | "appealExtended"
  | "appealDecided"
  | "orderReceived"
  | "dutyDone"
  | "overrideReviewed"
  | "tieDeclared"
  | "tieEnded"
  | "recused"
  | "promised"
  | "promiseKept"
  | "promiseEnded"
  | "renewalAsked"
  | "renewalGranted"
  | "renewalRefused"
>;
type Effect = ActOf<"orderReceived">["effects"][number];

/** What others decided, what is looked at again, and what binds people. */
export function applyBeyond(
  register: Register,
  act: BeyondAct,
  where: Entered,
): void {
  switch (act.kind) {
    case "appealLodged":
      register.appeals.set(act.appeal, {
        ...{ act, ...where },
        decisionAt: timeOfEntry(register, act.against) ?? where.at,
      });
      return;
    case "appealExtended":
      return change(register.appeals, act.appeal, { extended: where });
    case "appealDecided":
      for (const effect of act.effects)
        applyEffect(register, effect, act.body, where);
      return change(register.appeals, act.appeal, {
        decided: { ...where, outcome: act.outcome },
      });
    case "orderReceived":
      for (const effect of act.effects)
        applyEffect(register, effect, act.body, where);
      register.orders.set(act.order, { act, ...where });
      return;
    case "dutyDone":
      return change(register.duties, act.duty, {
        done: { ...where, by: act.entry },
      });
    case "overrideReviewed":
      return applyReview(register, act, where);
    case "tieDeclared":
      register.ties.set(act.tie, { act, ...where });
      push(register.tiesOf, act.person, act.tie);
      if ("person" in act.to) push(register.tiesOf, act.to.person, act.tie);
      return;
    case "tieEnded":
      return change(register.ties, act.tie, { ended: where });
    case "recused":
      return push(register.recusals, act.person, { act, ...where });
    case "promised":
      register.promises.set(act.promise, { act, ...where });
      return;
    case "promiseKept":
    case "promiseEnded":
      return change(register.promises, act.promise, {
        done: { ...where, isKept: act.kind === "promiseKept" },
      });
    case "renewalAsked": {
      const found = register.permits.get(act.permit);
      if (found === undefined) return;
      register.permits.set(act.permit, {
        ...found,
        to: act.silentTo ?? found.to,
        renewal: {
          ...{ ...where, end: found.to, began: lastTermFrom(found) },
          isSilent: act.silentTo !== undefined,
          wasSilent: wasRenewedBySilence(found.renewal, where.at),
        },
      });
      return;
    }
    case "renewalGranted":
    case "renewalRefused":
      return applyRenewal(register, act, where);
  }
}

/** A permit that was renewed has a term from the end that it had before. */
export function lastTermFrom({ from, to, renewal }: StandingPermit): number {
  if (renewal === undefined) return from;
  return to > renewal.end ? renewal.end : renewal.began;
}

function wasRenewedBySilence(
  renewal: StandingPermit["renewal"],
  at: number,
): boolean {
  if (renewal === undefined) return false;
  const { wasSilent, isSilent, decided, end: before } = renewal;
  return wasSilent || (isSilent && decided === undefined && before <= at);
}

/** Whoever decides in time takes away what silence would have given. */
function applyRenewal(
  register: Register,
  act: ActOf<"renewalGranted" | "renewalRefused">,
  where: Entered,
): void {
  const found = register.permits.get(act.permit);
  if (found?.renewal === undefined) return;
  const { renewal } = found;
  register.permits.set(act.permit, {
    ...found,
    to: act.kind === "renewalGranted" ? act.to : renewal.end,
    renewal: { ...renewal, decided: where },
  });
}

function applyEffect(
  register: Register,
  effect: Effect,
  body: string,
  where: Entered,
): void {
  switch (effect.does) {
    case "ends":
      return onStanding(register, effect, (map) => {
        suspend(map, effect.id, body);
        end(map, effect.id, where);
      });
    case "suspends":
      return onStanding(register, effect, (map) =>
        suspend(map, effect.id, body, { ...where, until: effect.until }),
      );
    case "obliges": {
      const { duty, what, id, by } = effect;
      register.duties.set(duty, { what, id, by, ...where });
    }
  }
}

function onStanding(
  register: Register,
  { what }: Exclude<Effect, { does: "obliges" }>,
  doTo: <S extends Standing<unknown>>(map: Map<string, S>) => void,
): void {
  switch (what) {
    case "permit":
      return doTo(register.permits);
    case "authorisation":
      return doTo(register.authorisations);
    case "fee":
      return doTo(register.fees);
    case "product":
      return doTo(register.products);
    case "withholding":
      return doTo(register.withholdings);
  }
}

/** A body's order takes the place of its own before, and never of another body's: of those the latest end counts. */
function suspend<S extends Standing<unknown>>(
  map: Map<string, S>,
  id: string,
  body: string,
  news?: Omit<Suspension, "body">,
): void {
  const found = map.get(id);
  if (found === undefined) return;
  const { suspensions: before = [] } = found;
  const suspensions = [
    ...before.filter((one) => one.body !== body),
    ...(news === undefined ? [] : [{ ...news, body }]),
  ];
  const [longest] = suspensions.toSorted((a, b) => b.until - a.until);
  map.set(id, {
    ...found,
    suspensions,
    suspended: longest,
  });
}

function applyReview(
  register: Register,
  { override, outcome }: ActOf<"overrideReviewed">,
  where: Entered,
): void {
  const act = register.overrides.get(override)?.act.act;
  change(register.overrides, override, { reviewed: { ...where, outcome } });
  if (outcome !== "ended") return;
  switch (act?.kind) {
    case "authorisation":
    case "confirmed":
      return end(register.authorisations, act.authorisation, where);
    case "feeCeiling":
      return end(register.ceilings, act.ceiling, where);
    case "feeStandard":
      return end(register.fees, act.fee, where);
    case undefined:
      return;
  }
}

function change<K, V>(map: Map<K, V>, id: K, news: Partial<V>): void {
  const found = map.get(id);
  if (found !== undefined) map.set(id, { ...found, ...news });
}
