import { startOf } from "../../acts/dates.ts";
import { date, HOUR } from "../../acts/shapes.ts";

const DAY = 24 * HOUR;

/** The first whole hour of a day such as 2027-03-31 in the office's own time; undefined where there is no such day. */
export function dayStart(
  text: string,
  offsetMinutes: number,
): number | undefined {
  if (!date.safeParse(text).success) return undefined;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return Math.ceil(startOf({ year, month, day }, offsetMinutes) / HOUR) * HOUR;
}

/** Office time has no hours that are left out or come twice. */
export function addDays(at: number, days: number): number {
  return at + days * DAY;
}
