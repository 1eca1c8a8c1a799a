import type { FC } from "hono/jsx";
import { showInstant } from "../../acts/dates.ts";

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
  return showInstant(at, offsetMinutes).slice(0, 16).replace("T", " ");
}

export function dayOf(at: number, offsetMinutes: number): string {
  return showInstant(at, offsetMinutes).slice(0, 10);
}
