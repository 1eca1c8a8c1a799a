import { earliest } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import type { Appeal } from "../register/beyond.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import type { Missed } from "./due-shape.ts";
import { postsWith } from "./posts.ts";
import { isReview } from "./remedies.ts";

const DAY = 24 * HOUR;
/** A summary review is decided in so many days; either is extended by as many, once. */
const SUMMARY_DAYS = 30;
const EXTENSION_DAYS = 30;

/** What is due past the rules, done or not. */
export function dueBeyond(
  register: ReadRegister,
  now: number,
): readonly Missed[] {
  const done = (found: { readonly at: number } | undefined) =>
    found === undefined ? {} : { done: found.at };
  const review = adoptedRule(register, "CN-REV-01")?.number;
  const byOrders = postsWith(register, "receiveOrders");
  return [
    ...[...register.appeals.values()].flatMap((appeal): Missed[] =>
      review === undefined || !isReview(appeal.act.forum)
        ? []
        : [
            {
              ...{ what: "appeal", id: appeal.act.appeal, rule: "CN-REV-01" },
              ...{ by: decidedBy(register, appeal, review), posts: byOrders },
              ...done(appeal.decided),
            },
          ],
    ),
    ...[...register.duties].map(([duty, one]): Missed => ({
      ...{ what: "duty", id: `${duty} ${one.what} ${one.id}`, by: one.by },
      ...{ rule: "V-ORDERED", posts: byOrders, ...done(one.done) },
    })),
    ...[...register.overrides.values()].map(({ act, reviewed }): Missed => ({
      ...{ what: "override", id: act.override, by: act.review },
      ...{ rule: "V-OVERRIDE", posts: postsWith(register, "override") },
      ...done(reviewed),
    })),
    ...[...register.promises.values()].map((one): Missed => ({
      ...{ what: "promise", id: one.act.promise, by: one.act.due },
      ...{ rule: "V-PROMISE", posts: [one.act.post], ...done(one.done) },
    })),
    ...renewals(register, now, postsWith(register, "permit")),
  ];
}

/** Where silence renewed it, nothing is left to be decided: it was missed at that hour. */
function renewals(
  register: ReadRegister,
  now: number,
  posts: readonly string[],
): readonly Missed[] {
  return [...register.permits.values()].flatMap(
    ({ act, renewal }): Missed[] => {
      if (renewal === undefined) return [];
      const { end, isSilent, decided } = renewal;
      const at = decided?.at ?? (isSilent && end <= now ? end : undefined);
      return [
        {
          ...{ what: "permitRenewal", id: act.permit, by: end },
          ...{ rule: "CN-LIC-02", posts },
          ...(at === undefined ? {} : { done: at }),
        },
      ];
    },
  );
}

/** Counted from the day after it came; the term is over with its last day. */
function decidedBy(
  { offsetMinutes }: ReadRegister,
  { act, extended }: Appeal,
  number: number,
): number {
  const days =
    (act.forum === "reviewSummary" ? Math.min(SUMMARY_DAYS, number) : number) +
    (extended === undefined ? 0 : EXTENSION_DAYS);
  const begins = earliest(act.on, offsetMinutes) + (days + 1) * DAY;
  return Math.floor(begins / HOUR) * HOUR;
}
