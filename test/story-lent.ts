import fc from "fast-check";
import type { Act } from "../src/acts/act.ts";
import {
  aContribution,
  aNotice,
  aQuestion,
  aQuestionAnswer,
} from "./story-contributions.ts";
import { HOUR } from "./story-founding.ts";

type Dated = (hour: number) => Act;
const contribution = fc.constantFrom("rail-data", "other-data");
const question = fc.constantFrom("question-1", "question-2");
const purposes = fc.constantFrom<string[] | undefined>(
  undefined,
  undefined,
  ["vehicle-trade", "insurance"],
  ["curiosity"],
);

/** What somebody lends and takes back, and what citizens ask. */
export const lent = {
  contribution: fc
    .tuple(
      contribution,
      fc.constantFrom("sanhe", "huaxing", "rival"),
      purposes,
      fc.constantFrom(-1, 24 * 100, 24 * 400),
    )
    .map(
      ([id, contributor, allowed, hours]): Dated =>
        (hour) =>
          aContribution({
            contribution: id,
            contributor,
            to: hour + hours * HOUR,
            ...(allowed === undefined ? {} : { purposes: allowed }),
          }),
    ),
  contributionNotice: fc
    .tuple(contribution, fc.constantFrom(-1, 1, 24 * 29, 24 * 30, 24 * 31))
    .map(
      ([id, hours]): Dated =>
        (hour) =>
          aNotice({ contribution: id, ends: hour + hours * HOUR }),
    ),
  questionReceived: fc
    .tuple(question, fc.constantFrom(-1, 1, 24 * 15, 24 * 16, 24 * 17))
    .map(
      ([id, hours]): Dated =>
        (hour) =>
          aQuestion({ question: id, due: hour + hours * HOUR }),
    ),
  questionAnswered: question.map(
    (id): Dated =>
      () =>
        aQuestionAnswer({ question: id }),
  ),
};
