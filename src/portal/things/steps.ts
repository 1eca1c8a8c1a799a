import type { ActOf } from "../../acts/act.ts";
import type { Happened, StepName } from "../../register/procedures.ts";
import type { Message } from "../lang/say.ts";

/** What can happen in a procedure, and to an agreement behind it. */
export const STEPS = {
  opened: "opened",
  review: "review of competition",
  planDecided: "plan decided together",
  planFiled: "plan filed",
  documentsIssued: "documents issued",
  bidsClosed: "bids closed, committee named",
  evaluated: "bids evaluated",
  noticed: "notice of who is to win",
  awarded: "awarded",
  agreementDecided: "agreement decided together",
  signed: "agreement signed",
  agreementFiled: "agreement filed",
  objection: "objection",
  answer: "answer to an objection",
  withdrawn: "withdrawn",
  authorised: "authorised",
  disowned: "authorisation disowned",
} as const satisfies Record<Happened["what"], Message>;

type Told = NonNullable<ActOf<"authorisation">["procedure"]>;

/** The days that an authorisation tells afterwards of how its operator was chosen, in the order of the steps. */
export function toldDays(
  told: Told | undefined,
): readonly { readonly what: StepName; readonly on: string }[] {
  const days: readonly (readonly [StepName, string | undefined])[] = [
    ["review", told?.review?.on],
    ["planDecided", told?.planDecision?.on],
    ["planFiled", told?.planFiling?.on],
    ["documentsIssued", told?.tender?.documentsIssued],
    ["bidsClosed", told?.tender?.bidsDue],
    ["evaluated", told?.tender?.evaluated],
    ["noticed", told?.tender?.noticeFrom],
    ["awarded", told?.tender?.awarded],
    ["agreementDecided", told?.agreementDecision?.on],
    ["signed", told?.tender?.signed],
    ["agreementFiled", told?.agreementFiling?.on],
  ];
  return days.flatMap(([what, on]) => (on === undefined ? [] : [{ what, on }]));
}

/** Parts of a procedure that an authorisation says nothing of. */
export const PARTS = {
  procedure: "how the operator was chosen",
  review: "a review of competition",
  plan: "the plan",
  planDecision: "the decision on the plan",
  tender: "who bid and who judged",
  agreement: "the agreement",
  agreementDecision: "the decision on the agreement",
} as const satisfies Record<string, Message>;
export type Part = keyof typeof PARTS;

export function partsLacking(told: Told | undefined): readonly Part[] {
  if (told === undefined) return ["procedure"];
  const parts = [
    "review",
    "plan",
    "planDecision",
    "tender",
    "agreement",
    "agreementDecision",
  ] as const;
  return parts.filter((one) => told[one] === undefined);
}
