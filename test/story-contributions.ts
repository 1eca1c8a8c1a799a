import type { ActOf } from "../src/acts/act.ts";
import { day, HOUR, paperOf, secretOf } from "./story-founding.ts";

export const aContribution = (
  change: Partial<ActOf<"contribution">> = {},
): ActOf<"contribution"> => ({
  kind: "contribution",
  contribution: "rail-data",
  title: "Data of the rail company",
  contributor: "sanhe",
  terms: paperOf("terms"),
  noticeDays: 30,
  to: day(400),
  ...change,
});
export const aNotice = (
  change: Partial<ActOf<"contributionNotice">> = {},
): ActOf<"contributionNotice"> => ({
  kind: "contributionNotice",
  contribution: "rail-data",
  ends: day(60),
  reason: "request",
  ...change,
});
export const aQuestion = (
  change: Partial<ActOf<"questionReceived">> = {},
): ActOf<"questionReceived"> => ({
  kind: "questionReceived",
  question: "question-1",
  due: day(10, 1) + HOUR,
  paper: secretOf("question"),
  ...change,
});
export const aQuestionAnswer = (
  change: Partial<ActOf<"questionAnswered">> = {},
): ActOf<"questionAnswered"> => ({
  kind: "questionAnswered",
  question: "question-1",
  paper: secretOf("answer"),
  ...change,
});
