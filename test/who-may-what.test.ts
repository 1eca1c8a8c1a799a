import { expect, test } from "vitest";
import { procedures } from "../scripts/procedure-states.ts";
import { whoMayWhat } from "../scripts/who-may-what.ts";
import { actKinds } from "../src/acts/act.ts";
import { law } from "../src/rules/law.ts";
import { textOf } from "./files.ts";
import { founders } from "./story-founding.ts";

/** What docs/who-may-what.md must hold, whichever procedures it is asked about; that it is what the rules say is in docs.test.ts. */
const lines = whoMayWhat(textOf).split("\n");
const cellsOf = (line = ""): readonly string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

test("every kind of act has a power that approves it, and a post of the demonstration that holds it", () => {
  for (const kind of actKinds) {
    const [, approved = ""] = cellsOf(
      lines.find((line) => line.startsWith(`| ${kind} |`)),
    );
    // Whoever signed an entry disowns it: no power is wanted, and no post has one.
    if (kind === "disowned") {
      expect(approved).toBe("by whoever signed the entry");
      continue;
    }
    expect(approved, kind).toMatch(/^`[a-zA-Z]+` \([a-z, -]+\)$/);
    expect(approved, kind).not.toContain("nobody");
  }
});

test.each(procedures)(
  "$name: each act is lawful in one state or more and refused in another, by a post or by a known rule",
  ({ name, acts, states }) => {
    const table = lines.slice(lines.indexOf(`## ${name}`));
    for (const act of Object.keys(acts)) {
      const [, ...cells] = cellsOf(
        table.find((line) => line.startsWith(`| ${act} |`)),
      );
      expect(cells.length).toBe(Object.keys(states).length);
      const isPost = (one: string) => Object.hasOwn(founders, one);
      for (const one of cells.flatMap((cell) => cell.split(", ")))
        expect(isPost(one) || law[one] !== undefined, `${act}: ${one}`).toBe(
          true,
        );
      expect(
        new Set(cells.map((cell) => isPost(cell.split(", ")[0] ?? ""))),
      ).toEqual(new Set([true, false]));
    }
  },
);
