import { showInstant } from "../../acts/dates.ts";
import { showCount, showMoney } from "../../audit/says.ts";
import { NEVER } from "../../register/register.ts";
import { say } from "../lang/say.ts";

/** How the pages of things write numbers, money and times: in one place, for all of them. */
export const inNumber = (n: number): string => showCount(n);

export const inMoney = (minor: number, currency: string | undefined): string =>
  showMoney(minor, currency);

/** A time in the office's own time; what has no end says so. */
export function whenIn(offsetMinutes: number): (at: number) => string {
  return (at) => (at >= NEVER ? say("no end") : showInstant(at, offsetMinutes));
}
export type When = ReturnType<typeof whenIn>;
