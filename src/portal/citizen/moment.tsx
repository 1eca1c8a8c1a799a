import type { FC } from "hono/jsx";
import { showInstant } from "../../acts/dates.ts";
import { sayInstant, sayTime } from "../lang/figures.ts";

/** A time in the office's own zone, to the minute; a program reads the exact one. */
export const Moment: FC<{ at: number; offsetMinutes: number }> = ({
  at,
  offsetMinutes,
}) => (
  <time datetime={showInstant(at, offsetMinutes)}>
    {minuteOf(at, offsetMinutes)}
  </time>
);

export function minuteOf(at: number, offsetMinutes: number): string {
  return sayInstant(at, offsetMinutes);
}

export function dayOf(at: number, offsetMinutes: number): string {
  return sayTime(showInstant(at, offsetMinutes).slice(0, 10));
}
