import { expect, test } from "vitest";
import { hashesLast } from "./hashes.ts";

const HASH = `-${"A".repeat(42)}`;
const LONG = `--${"bC".repeat(20)}d`;
const FIELD = `--${"f".repeat(41)}`;

test.each<[string, string, string]>([
  ["a hash is no option", `ask ${HASH} --text x`, `ask --text x -- ${HASH}`],
  [
    "two hyphens make no option of it either",
    `prove here log ${LONG} -o out`,
    `prove here log -o out -- ${LONG}`,
  ],
  [
    "behind an option it is the option's value",
    `ask --token ${HASH} leaf`,
    `ask --token ${HASH} leaf`,
  ],
  [
    "behind such a value stands a word of its own",
    `ask --token ${HASH} ${HASH} --text x`,
    `ask --token ${HASH} --text x -- ${HASH}`,
  ],
  [
    "an option that brought its value takes none",
    `ask --text=x ${HASH}`,
    `ask --text=x -- ${HASH}`,
  ],
  [
    "a flag before an option does not make its name a value",
    `query v --json --token ${HASH}`,
    `query v --json --token ${HASH}`,
  ],
  [
    "a long name of a field is an option",
    `answer v ${FIELD} ${HASH}`,
    `answer v ${FIELD} ${HASH}`,
  ],
  ["what is behind -- stays", `ask -- ${HASH}`, `ask -- ${HASH}`],
  ["other words stay", "verify here --json", "verify here --json"],
])("%s", (_, line, wanted) => {
  expect(hashesLast(line.split(" ")).join(" ")).toBe(wanted);
});
