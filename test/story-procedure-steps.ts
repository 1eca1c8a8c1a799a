import fc from "fast-check";
import type { Act, ActKind, ActOf } from "../src/acts/act.ts";
import { civilAt, showDate } from "../src/acts/dates.ts";
import { planItems } from "../src/acts/procedures.ts";
import { HOUR, OFFSET, paperOf, secretOf } from "./story-founding.ts";

type Of<K extends ActKind> = Partial<ActOf<K>>;
type Step = ActOf<"procedureStep">["step"];
type StepOf<N extends Step["name"]> = Extract<Step, { readonly name: N }>;

export const procedureKinds = [
  "procedureOpened",
  "procedureStep",
  "procedureAwarded",
  "procedureWithdrawn",
  "objectionReceived",
  "objectionAnswered",
  "attested",
] as const satisfies readonly ActKind[];

/** Who signs them: whoever prepares, whoever decides, both, and somebody from another house. */
export const signersOfProcedures = <S>(
  registrar: S,
  head: S,
  both: S,
  other: S,
): { readonly [K in (typeof procedureKinds)[number]]: S } => ({
  ...{ procedureOpened: registrar, procedureStep: registrar },
  ...{ procedureAwarded: both, procedureWithdrawn: head },
  ...{ objectionReceived: registrar, objectionAnswered: both },
  attested: other,
});

/** Tender dates lie in March and April 2026: the story's office is founded on 2 March. */
export const anOpening = (
  change: Of<"procedureOpened"> = {},
): ActOf<"procedureOpened"> => ({
  ...{ kind: "procedureOpened", procedure: "vehicles-2026" },
  ...{ body: "data-office", datasets: ["vehicles", "owners"] },
  ...{ exclusive: false, method: "openTender" },
  plan: { paper: paperOf("plan"), items: [...planItems] },
  record: paperOf("opening"),
  ...change,
});

/** What is stated of each step where a story does not say otherwise. */
const steps: { readonly [N in Step["name"]]: StepOf<N> } = {
  review: {
    ...{ name: "review", conclusion: "noRestriction", on: "2026-03-02" },
    paper: paperOf("review"),
  },
  planDecided: {
    ...{ name: "planDecided", body: "data-office", on: "2026-03-03" },
    minutes: secretOf("plan minutes"),
  },
  planFiled: {
    ...{ name: "planFiled", on: "2026-03-03" },
    paper: paperOf("plan filing"),
  },
  documentsIssued: {
    ...{ name: "documentsIssued", on: "2026-03-04", until: "2026-03-09" },
    ...{ bidsDue: "2026-03-24", paper: paperOf("notice") },
  },
  bidsClosed: {
    ...{ name: "bidsClosed", on: "2026-03-24", bidders: ["sanhe", "huaxing"] },
    committee: [1, 2, 3, 4, 5].map((one) => ({
      ...{ outside: one > 1, interest: false },
      declaration: secretOf(`declaration ${one}`),
    })),
    paper: paperOf("bids"),
  },
  evaluated: {
    ...{ name: "evaluated", on: "2026-03-26", paper: paperOf("reasons") },
    scores: [
      { bidder: "sanhe", score: 8_750 },
      { bidder: "huaxing", score: 8_125 },
    ],
  },
  noticed: {
    ...{ name: "noticed", bidder: "sanhe", on: "2026-03-27" },
    ...{ until: "2026-03-30", paper: paperOf("notice of award") },
  },
  agreementDecided: {
    ...{ name: "agreementDecided", body: "data-office", on: "2026-04-02" },
    minutes: secretOf("agreement minutes"),
  },
  signed: {
    ...{ name: "signed", on: "2026-04-03" },
    agreement: { paper: paperOf("agreement"), items: 13 },
  },
  agreementFiled: {
    ...{ name: "agreementFiled", on: "2026-04-05" },
    paper: paperOf("agreement filing"),
  },
};
export const aStep = <N extends Step["name"]>(
  name: N,
  change: Partial<StepOf<N>> = {},
): ActOf<"procedureStep"> => ({
  ...{ kind: "procedureStep", procedure: "vehicles-2026" },
  step: { ...steps[name], ...change },
});
/** The same in another procedure. */
export const inProcedure = <A extends { readonly procedure: string }>(
  procedure: string,
  act: A,
): A => ({ ...act, procedure });

export const anAward = (
  change: Of<"procedureAwarded"> = {},
): ActOf<"procedureAwarded"> => ({
  ...{ kind: "procedureAwarded", procedure: "vehicles-2026" },
  ...{ bidder: "sanhe", on: "2026-03-31", paper: paperOf("award") },
  ...change,
});
export const aProcedureEnd = (
  change: Of<"procedureWithdrawn"> = {},
): ActOf<"procedureWithdrawn"> => ({
  ...{ kind: "procedureWithdrawn", procedure: "vehicles-2026" },
  ...{ reason: "disputed", paper: paperOf("withdrawal") },
  ...change,
});
export const anObjection = (
  change: Of<"objectionReceived"> = {},
): ActOf<"objectionReceived"> => ({
  ...{ kind: "objectionReceived", procedure: "vehicles-2026" },
  ...{ objection: "objection-1", stage: "result", on: "2026-03-28" },
  paper: secretOf("objection"),
  ...change,
});
export const anObjectionAnswer = (
  change: Of<"objectionAnswered"> = {},
): ActOf<"objectionAnswered"> => ({
  ...{ kind: "objectionAnswered", procedure: "vehicles-2026" },
  ...{ objection: "objection-1", outcome: "rejected" },
  paper: secretOf("answer"),
  ...change,
});
export const anAttestation = (
  change: Of<"attested"> = {},
): ActOf<"attested"> => ({
  ...{ kind: "attested", attestation: "plan-of-vehicles" },
  papers: [paperOf("plan")],
  found: { what: "plan", items: [...planItems] },
  ...change,
});

const DAY_1 = "2026-03-03";
/** What leads to an award on the day behind the founding, in a procedure of its own. */
export const leadingToAward: readonly Act[] = [
  anOpening({ datasets: ["vehicles"] }),
  aStep("documentsIssued", { on: DAY_1, until: DAY_1, bidsDue: DAY_1 }),
  aStep("bidsClosed", { on: DAY_1, bidders: ["sanhe"] }),
  aStep("evaluated", { on: DAY_1, scores: [{ bidder: "sanhe", score: 1 }] }),
  aStep("noticed", { on: DAY_1, until: DAY_1 }),
].map((act) => inProcedure("awarded-at-once", act));

/** In an order in which an office could grant them; what leads to the award stands above. */
export const oneOfEachProcedureAct = {
  procedureOpened: anOpening({ datasets: ["vehicles"] }),
  procedureStep: aStep("documentsIssued"),
  objectionReceived: anObjection({ stage: "documents", on: "2026-03-02" }),
  objectionAnswered: anObjectionAnswer(),
  procedureWithdrawn: aProcedureEnd(),
  procedureAwarded: anAward({ procedure: "awarded-at-once", on: DAY_1 }),
  attested: anAttestation(),
} as const;

/** How far back the latest step lies behind the entry. */
const daysBack = fc.constantFrom(0, 0, 1, 3, 25);
const procedure = fc.constantFrom("vehicles-2026", "second-procedure");
const bidder = fc.constantFrom("sanhe", "sanhe", "huaxing", "rival");
const objection = fc.constantFrom("objection-1", "objection-2", "objection-3");
const dateAt = (hour: number, days: number): string =>
  showDate(civilAt(hour + days * 24 * HOUR, OFFSET));
type Dated = (hour: number) => Act;

const randomStep = fc
  .tuple(
    procedure,
    fc.constantFrom(...Object.values(steps)),
    daysBack,
    bidder,
    fc.boolean(),
  )
  .map(([id, step, back, who, isQuick]): Dated => (hour) => {
    const on = dateAt(hour, isQuick ? 0 : -back);
    const dated: Step = { ...step, on };
    // Quick ones are over on their own day, so that a history comes as far as an award.
    const until = dateAt(hour, isQuick ? 0 : 3);
    return {
      ...{ kind: "procedureStep", procedure: id },
      step:
        dated.name === "documentsIssued"
          ? { ...dated, until, bidsDue: until }
          : dated.name === "noticed"
            ? { ...dated, bidder: who, until }
            : dated,
    };
  });

/** Procedures in every order, with objections at every time. */
export const proceeding = {
  procedureOpened: fc
    .tuple(
      procedure,
      fc.subarray(["vehicles", "owners", "stations"], { minLength: 1 }),
      fc.constantFrom("openTender" as const, "negotiation" as const),
    )
    .map(
      ([id, datasets, method]): Dated =>
        () =>
          anOpening({ procedure: id, datasets, method }),
    ),
  procedureStep: randomStep,
  procedureAwarded: fc.tuple(procedure, bidder, daysBack).map(
    ([id, who, back]): Dated =>
      (hour) =>
        anAward({ procedure: id, bidder: who, on: dateAt(hour, -back) }),
  ),
  procedureWithdrawn: procedure.map(
    (id): Dated =>
      () =>
        aProcedureEnd({ procedure: id }),
  ),
  objectionReceived: fc
    .tuple(
      procedure,
      objection,
      fc.constantFrom(
        "documents" as const,
        "result" as const,
        "complaint" as const,
      ),
    )
    .map(
      ([id, which, stage]): Dated =>
        (hour) =>
          anObjection({
            ...{ procedure: id, objection: which, stage },
            on: dateAt(hour, 0),
            ...(stage === "complaint" ? { knew: dateAt(hour, -12) } : {}),
          }),
    ),
  objectionAnswered: fc
    .tuple(
      procedure,
      objection,
      fc.constantFrom(
        "rejected" as const,
        "upheld" as const,
        "notAdmitted" as const,
      ),
      fc.boolean(),
    )
    .map(
      ([id, which, outcome, isAdmitted]): Dated =>
        (hour) =>
          anObjectionAnswer({
            ...{ procedure: id, objection: which, outcome },
            ...(isAdmitted ? { admitted: dateAt(hour, 0) } : {}),
          }),
    ),
  attested: fc.constantFrom("plan-of-vehicles", "second-look").map(
    (attestation): Dated =>
      () =>
        anAttestation({ attestation }),
  ),
};
