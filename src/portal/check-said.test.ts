import { expect, test } from "vitest";
import {
  officeCase,
  placeOf,
  vectorEditions,
} from "../../test/vector-office.ts";
import { check } from "../cli/verify/check.ts";
import { reportLines } from "../cli/verify/print.ts";
import { speaking } from "./around.ts";
import { sayChecked } from "./check-said.ts";

/** What the office's own check keeps of what the program prints (`src/cli/self-check.ts`). */
const KEPT = /^(?:not checked|in force|times) /;

test.each(["founding", "policy-of-the-office", "cosigned"])(
  "every line that the check of %s prints and the front page shows is said in Chinese, with its numbers",
  async (name) => {
    const office = officeCase("valid", name);
    const result = await check(placeOf(office), {
      ...{ editions: vectorEditions, receipts: [], also: [] },
      now: () => office.now + 5 * 3_600_000,
    });
    const lines = reportLines(result, {
      ...{ genesisGiven: false, policyGiven: false },
    });
    const shown = [
      ...lines.filter((line) => KEPT.test(line)),
      lines.at(-1) ?? "",
    ];
    expect(shown.length).toBeGreaterThan(4);
    for (const line of shown) {
      const said = speaking("zh", () => sayChecked(line)) ?? "";
      expect(said, line).toMatch(/\p{Script=Han}/u);
      expect(said, line).not.toMatch(/[a-z]{3,} [a-z]{3,}/);
      expect(said.match(/\d+/g) ?? []).toHaveLength(
        line.match(/\d+/g)?.length ?? 0,
      );
      expect(speaking("en", () => sayChecked(line))).toBe(line);
    }
  },
);

test("a line that nobody foresaw stays as it was printed", () => {
  expect(
    speaking("zh", () => sayChecked("not checked  the weather of tomorrow")),
  ).toBeUndefined();
});
