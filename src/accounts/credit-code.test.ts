import { expect, test } from "vitest";
import { isCreditCode } from "./credit-code.ts";

/** Of an invented company in a district that there is not; its last character was worked out by another program. */
const CODE = "91999999MA0TEXT0QJ";

test("the last character is what the others add up to, and a slip in any place is seen", () => {
  expect(isCreditCode(CODE)).toBe(true);
  for (let place = 0; place < CODE.length; place++) {
    const sign = CODE[place] === "7" ? "8" : "7";
    const slip = CODE.slice(0, place) + sign + CODE.slice(place + 1);
    expect(isCreditCode(slip), slip).toBe(false);
  }
});

test.each([
  ["nothing", ""],
  ["one short", CODE.slice(1)],
  ["small letters", CODE.toLowerCase()],
  ["a letter that no code has", CODE.replace("X", "O")],
  ["white space", CODE.replace("X", " ")],
])("%s is none", (_, code) => {
  expect(isCreditCode(code)).toBe(false);
});
