import { civilAt, startOf } from "../acts/dates.ts";
import { type ReadRegister } from "../register/register.ts";
import { foundedAt } from "../register/founding.ts";

/** A year of the office: its first instant, and the first behind it, in the office's own time. */
export type Year = {
  readonly year: number;
  readonly from: number;
  readonly to: number;
};
/** Why there is no report of a year, in one line. */
export type NoReport = { readonly says: string };

/** A year that the office was there in, if only for a part of it. */
export function yearOf(
  register: ReadRegister,
  year: number,
  now: number,
): Year | NoReport {
  const { offsetMinutes } = register;
  const [founded, current] = [foundedAt(register), now].map(
    (at) => civilAt(at, offsetMinutes).year,
  );
  if (founded === undefined || current === undefined || year < founded)
    return {
      says: `the office was founded in ${founded}, and its register holds nothing of ${year}`,
    };
  if (year > current)
    return { says: `${year} has not begun: it is ${current} here` };
  const start = (of: number) =>
    startOf({ year: of, month: 1, day: 1 }, offsetMinutes);
  return { year, from: start(year), to: start(year + 1) };
}

/** The year before this one: the one that reports are due of. */
export function lastYear(
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
  now: number,
): number {
  return civilAt(now, offsetMinutes).year - 1;
}
