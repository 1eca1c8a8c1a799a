import type { ActOf } from "../acts/act.ts";
import type { Entered, Kept, Registered } from "./register.ts";

type Awarded = { readonly name: "awarded" } & Omit<
  ActOf<"procedureAwarded">,
  "kind" | "procedure"
>;
export type Step = ActOf<"procedureStep">["step"] | Awarded;
export type StepName = Step["name"];

/** In the order in which they are taken. */
export const stepNames = [
  "review",
  "planDecided",
  "planFiled",
  "documentsIssued",
  "bidsClosed",
  "evaluated",
  "noticed",
  "awarded",
  "agreementDecided",
  "signed",
  "agreementFiled",
] as const satisfies readonly StepName[];

export function placeOf(name: StepName | undefined): number {
  return name === undefined ? -1 : stepNames.indexOf(name);
}

/** What was stated of each step, as far as it still counts. */
type Made = { readonly [N in StepName]?: Extract<Step, { readonly name: N }> };

export type Objection = Entered &
  Omit<Kept<ActOf<"objectionReceived">>, "procedure"> & {
    readonly answered?: Entered & {
      /** The day of the answer, in the office's own time. */
      readonly on: string;
      readonly outcome: ActOf<"objectionAnswered">["outcome"];
    };
    /** The procedure went back behind what it was about. */
    readonly past?: true;
  };

/** Everything that ever happened in it, in its order. */
export type Happened = Entered & {
  readonly what:
    | "opened"
    | StepName
    | "objection"
    | "answer"
    | "withdrawn"
    | "authorised"
    | "disowned";
  readonly on?: string;
  readonly of?: string;
};

/** A procedure, how far it has come, and who has signed for it. */
export type Procedure = Registered<Kept<ActOf<"procedureOpened">>> & {
  readonly last?: StepName;
  readonly made: Made;
  readonly objections: readonly Objection[];
  readonly history: readonly Happened[];
  readonly by: readonly number[];
  readonly withdrawn?: Entered & Pick<ActOf<"procedureWithdrawn">, "reason">;
  readonly authorised?: Entered & { readonly authorisation: string };
};

/** What another post found in a paper. */
export type Attestation = Entered & {
  readonly found: ActOf<"attested">["found"];
  readonly by: readonly number[];
};

export function stepOf(act: ActOf<"procedureStep" | "procedureAwarded">): Step {
  if (act.kind === "procedureStep") return act.step;
  const { bidder, on, paper } = act;
  return { name: "awarded", bidder, on, paper };
}

/**
 * The procedure once a step is taken. One that is taken again takes it back: what came behind it does not count any more, nor what was
 * objected to and answered.
 */
export function withStep(found: Procedure, step: Step): Procedure {
  const last = step.name;
  if (placeOf(last) > placeOf(found.last))
    return { ...found, last, made: { ...found.made, [last]: step } };
  const kept = Object.fromEntries(
    Object.entries(found.made).filter(
      ([name]) => stepNames.findIndex((one) => one === name) < placeOf(last),
    ),
  );
  return {
    ...found,
    last,
    made: { ...kept, [last]: step },
    objections: found.objections.map((one) =>
      one.answered === undefined ? one : { ...one, past: true },
    ),
  };
}

/**
 * The facts that its steps add up to, in the shape in which an authorisation tells them afterwards: the rules are the same for both. Of a
 * negotiation there is no tender to tell of.
 */
export function factsOf({ act, made, objections }: Procedure): object {
  const isTender = act.method.endsWith("Tender");
  const { review, planDecided, planFiled, signed } = made;
  const { agreementDecided, agreementFiled } = made;
  return {
    method: act.method,
    record: act.record,
    ...given("review", review),
    ...given("plan", act.plan),
    ...given("planDecision", planDecided),
    ...given("planFiling", planFiled),
    ...(isTender && made.documentsIssued !== undefined
      ? { tender: tenderOf(made, objections) }
      : {}),
    ...given("agreement", signed?.agreement),
    ...given("agreementDecision", agreementDecided),
    ...given("agreementFiling", agreementFiled),
  };
}

function tenderOf(made: Made, objections: readonly Objection[]): object {
  const { documentsIssued, bidsClosed, evaluated, noticed } = made;
  const committee = bidsClosed?.committee;
  return {
    ...given("documentsIssued", documentsIssued?.on),
    ...given("documentsUntil", documentsIssued?.until),
    ...given("bidsDue", documentsIssued?.bidsDue),
    ...given("bidders", bidsClosed?.bidders.length),
    ...given(
      "committee",
      committee && {
        members: committee.length,
        outside: committee.filter(({ outside }) => outside).length,
        interested: committee.filter(({ interest }) => interest).length,
      },
    ),
    ...given("evaluated", evaluated?.on),
    ...given("noticeFrom", noticed?.on),
    ...given("noticeUntil", noticed?.until),
    objections: objections
      .filter(({ stage, past }) => stage === "result" && past === undefined)
      .map(({ on, answered }) => ({ on, ...given("answered", answered?.on) })),
    ...given("awarded", made.awarded?.on),
    ...given("signed", made.signed?.on),
  };
}

function given(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

/** What papers are called by: their digest, or what commits to them. */
export function paperId(paper: ActOf<"attested">["papers"][number]): string {
  return "paper" in paper ? paper.paper : paper.commitment;
}

/** Neither withdrawn nor authorised. */
export function isRunning({ withdrawn, authorised }: Procedure): boolean {
  return withdrawn === undefined && authorised === undefined;
}

/** The first objection that stops it: a complaint is before its supervisor, and stops nothing by itself. */
export function openObjection({
  objections,
}: Procedure): Objection | undefined {
  return objections.find(
    ({ stage, answered }) => stage !== "complaint" && answered === undefined,
  );
}
