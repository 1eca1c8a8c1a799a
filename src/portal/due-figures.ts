import { civilAt, startOf } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Missed } from "../rules/due-shape.ts";
import { deadlines } from "./deadlines.ts";
import { titleOf } from "./lang/title-in.ts";
import { perMinute } from "./per-minute.ts";

const DAY = 24 * HOUR;
/** A front page names so many of those that missed something; the list has all. */
const NAMED_MAX = 3;

/** How much the office has to do yet and by tonight, and how much was not done in time, by whom. */
export type DueFigures = {
  readonly open: number;
  readonly today: { readonly applications: number; readonly others: number };
  readonly missed: number;
  /** The bodies whose posts were to do it, whoever missed most first, and how many each missed; and how many bodies are not named. */
  readonly missedBy: readonly { readonly body: string; readonly n: number }[];
  readonly missedByMore: number;
};

export function dueFigures(register: ReadRegister, now: number): DueFigures {
  const { bodies, ...counts } = counted(register, now);
  return {
    ...counts,
    missedBy: bodies.slice(0, NAMED_MAX).map(([body, n]) => ({
      body: titleOf(register.bodies.get(body), body),
      n,
    })),
    missedByMore: Math.max(0, bodies.length - NAMED_MAX),
  };
}

/** The same for a minute; how a body is called depends on who reads. */
const counted = perMinute((register, now) => {
  const { due, missed } = deadlines(register, now);
  const { offsetMinutes } = register;
  const tonight = startOf(civilAt(now + DAY, offsetMinutes), offsetMinutes);
  const today = due.filter(({ by }) => by <= tonight);
  const applications = today.filter(
    ({ what }) => what === "application",
  ).length;
  return {
    open: due.length,
    today: { applications, others: today.length - applications },
    missed: missed.length,
    bodies: missing(register, missed),
  };
});

function missing(
  { posts }: ReadRegister,
  missed: readonly Missed[],
): readonly (readonly [body: string, n: number])[] {
  const counts = new Map<string, number>();
  for (const one of missed)
    for (const body of new Set(
      one.posts.flatMap((post) => posts.get(post)?.act.body ?? []),
    ))
      counts.set(body, (counts.get(body) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
