import * as z from "zod/mini";
import {
  calendarYear,
  date,
  listOf,
  publicPaper,
  slug,
  weekday,
} from "./shapes.ts";

/**
 * The working days of one year, as they were announced. A calendar is dated data: the days off, and those that are worked to make up
 * for them, are set anew for each year.
 */
export const calendarAdopted = z.strictObject({
  kind: z.literal("calendarAdopted"),
  calendar: slug,
  year: calendarYear,
  /** Days of the week without work, from 1 for Monday to 7 for Sunday. */
  weekend: listOf(weekday, 0, 6),
  /** Days without work, whichever day of the week they are. */
  holidays: listOf(date, 0, 366),
  /** Days of the weekend that are worked. */
  makeUps: listOf(date, 0, 104),
  source: z.exactOptional(publicPaper),
});
