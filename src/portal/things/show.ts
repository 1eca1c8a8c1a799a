import { NEVER } from "../../register/register.ts";
import { sayInstant, sayMoney, sayNumber } from "../lang/figures.ts";
import { say } from "../lang/say.ts";

/** How the pages of things write numbers, money and times: in one place, for all of them. */
export const inNumber = (n: number): string => sayNumber(n);

export const inMoney = (minor: number, currency: string | undefined): string =>
  sayMoney(minor, currency);

/** A time in the office's own time; what has no end says so. */
export function whenIn(offsetMinutes: number): (at: number) => string {
  return (at) => (at >= NEVER ? say("no end") : sayInstant(at, offsetMinutes));
}
export type When = ReturnType<typeof whenIn>;
