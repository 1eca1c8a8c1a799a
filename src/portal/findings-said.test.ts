import { expect, test } from "vitest";
import { day, must } from "../../test/story-founding.ts";
import { scene, under } from "../../test/story-guided.ts";
import { aRevenue } from "../../test/story-revenue.ts";
import { act, given, play } from "../../test/story.ts";
import type { Act } from "../acts/act.ts";
import { rulingLines } from "./findings.ts";

/** The facts of the first finding, as a terminal shows them. */
function factsOf(what: Act): string {
  const house = play([...scene, ...given(day(2), aRevenue())]);
  const ruling = act(house, day(3), what);
  if ("turnedAway" in ruling) return ruling.code;
  return must(rulingLines(what, ruling, 1, 480)[2]).trim();
}

test("money in what a ruling found is said as money, in the currency of the act; a rate and a volume are not", () => {
  expect(factsOf(under({ amount: 550 }))).toBe(
    "year 2026, ceilings 55.00 CNY, revenue 9.00 CNY",
  );
  expect(factsOf(aRevenue({ revenue: "next", total: 901 }))).toBe(
    "total 9.01 CNY, wanted 9.00 CNY",
  );
  expect(factsOf(aRevenue({ revenue: "next", rate: 781, total: 906 }))).toBe(
    "rate 781, most 780",
  );
  expect(factsOf(under({ volume: 0 }))).toBe("volume 0, least 1");
});
