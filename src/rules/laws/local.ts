import { house, type Law } from "../law-shape.ts";

/** Rulebooks of provinces, cities and other bodies. */
export const local: Readonly<Record<string, Law>> = {
  "V-LOCAL": {
    ...house(
      "convention LOCAL",
      "a local rulebook holds for the data of one body and its units, rests on a parent that holds there, ends no later, and is adopted by a post of that body or of one above",
      "let the body adopt it for itself, under a parent in force, with an end inside the parent's",
      "地方规则只适用于一个机构及其下属单位的数据，依据在该处有效的上位规则制定，不得晚于上位规则失效，并由该机构或者其上级机构的岗位通过",
    ),
    harm: "people in one place are held to numbers that nobody with power over it adopted",
  },
  "V-PILOT": {
    ...house(
      "convention PILOT",
      "a pilot is tried in a part of where its parent holds, for 24 months at most, and is promoted once while it stands",
      "limit the pilot to a body below its parent's and to 24 months, and promote it before it ends",
      "试点只在上位规则适用范围的一部分内进行，期限不超过二十四个月，并且只能在有效期内推广一次",
    ),
    harm: "what was only to be tried becomes the rule everywhere, and nobody decided that",
  },
};
