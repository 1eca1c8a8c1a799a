import type { Act, ActOf } from "../src/acts/act.ts";
import type { Granted } from "./story-model.ts";

/** What orders, overrides and renewals come to for admission, as docs/rules.md has it, for test/story-model.ts. */

const reason = "order";

/** An act with the acts that it amounts to: what an override contains, what an order ends. */
export function plainly(history: readonly Granted[]): readonly Granted[] {
  return history.flatMap(({ at, act }) => [
    { at, act },
    ...amountsTo(act, history).map((one) => ({ at, act: one })),
  ]);
}

function amountsTo(act: Act, history: readonly Granted[]): readonly Act[] {
  if (act.kind === "override") return [act.act];
  if (act.kind === "overrideReviewed" && act.outcome === "ended")
    return history.flatMap(({ act: one }) =>
      one.kind === "override" &&
      one.override === act.override &&
      one.act.kind === "authorisation"
        ? [endOf("authorisation", one.act.authorisation)]
        : [],
    );
  if (act.kind === "orderReceived" || act.kind === "appealDecided")
    return act.effects.flatMap((one) =>
      one.does === "ends" && one.what !== "withholding"
        ? [endOf(one.what, one.id)]
        : [],
    );
  return [];
}

type Thing = "permit" | "authorisation" | "fee" | "product";

function endOf(what: Thing, id: string): Act {
  switch (what) {
    case "permit":
      return { kind: "permitRevoked", permit: id, reason };
    case "authorisation":
      return { kind: "authorisationEnded", authorisation: id, reason };
    case "fee":
      return { kind: "feeEnded", fee: id, reason };
    case "product":
      return { kind: "productWithdrawn", product: id, reason };
  }
}

/** The last order about it says until when it is suspended. */
export function isStayed(
  history: readonly Granted[],
  what: Thing,
  id: string | undefined,
  at: number,
): boolean {
  // Each body has one word: its newest.
  const stays = new Map<string, number>();
  for (const { act } of history)
    if (act.kind === "orderReceived" || act.kind === "appealDecided")
      for (const one of act.effects)
        if (one.what === what && one.id === id && one.does === "suspends")
          stays.set(act.body, one.until);
  return [...stays.values()].some((until) => at < until);
}

/** The end that a permit has by now: its own, what silence gave, or what was granted or refused instead. */
export function renewedTo(
  history: readonly Granted[],
  permit: string,
  own: number | undefined,
): number | undefined {
  let [to, before] = [own, own];
  for (const { act } of history) {
    if (!("permit" in act) || act.permit !== permit) continue;
    if (act.kind === "renewalAsked") {
      before = to;
      to = act.silentTo ?? to;
    }
    if (act.kind === "renewalGranted") to = act.to;
    if (act.kind === "renewalRefused") to = before;
  }
  return to;
}

type Fee = ActOf<"feeStandard">;
/** The newest price that was not stopped; none where one behind it that was stopped is lower, or in another measure. */
export function newestFee(
  inTime: readonly Fee[],
  stayed: (fee: string) => boolean,
  ended: readonly { readonly act: ActOf<"feeEnded"> }[],
): Fee | undefined {
  const stands = ({ fee }: Fee) =>
    !stayed(fee) && !ended.some(({ act }) => act.fee === fee);
  const place = inTime.findLastIndex(stands);
  const found = inTime[place];
  const isDearer = ({ amount, unit, currency }: Fee): boolean =>
    found !== undefined &&
    found.amount > 0 &&
    (found.amount > amount ||
      found.unit !== unit ||
      found.currency !== currency);
  return inTime.slice(place + 1).some(isDearer) ? undefined : found;
}

/** Whether some part of the slot lies in a span. */
export function touches(
  from: number,
  to: number | undefined,
  at: number,
  length: number,
): boolean {
  const slot = Math.floor(at / length) * length;
  return from < slot + length && slot < (to ?? Infinity);
}
