import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { dayOf } from "../register/calendar.ts";
import {
  isRunning,
  openObjection,
  placeOf,
  type Procedure,
  type Step,
  type StepName,
  stepNames,
  stepOf,
} from "../register/procedures.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import {
  cameInTime,
  decideObjection,
  decideObjectionAnswered,
  openComplaints,
} from "./objections.ts";
import { taken, unknown } from "./registration.ts";

export type ProcedureAct = ActOf<
  | "procedureOpened"
  | "procedureStep"
  | "procedureAwarded"
  | "procedureWithdrawn"
  | "objectionReceived"
  | "objectionAnswered"
>;

/** Steps that an office takes where it adopted the rule that wants them. */
const wantedBy: Readonly<Partial<Record<StepName, string>>> = {
  review: "CN-CMP-02",
  planDecided: "CN-OPS-07",
  planFiled: "CN-OPS-07",
  agreementDecided: "CN-OPS-09",
  agreementFiled: "CN-OPS-09",
};

/** A procedure goes from step to step, in their order, until somebody is authorised or it is withdrawn. */
export function decideProcedure(
  register: ReadRegister,
  act: ProcedureAct,
  at: number,
): Verdict {
  if (act.kind === "procedureOpened") return decideOpened(register, act);
  const found = register.procedures.get(act.procedure);
  if (found === undefined)
    return { findings: [missing("V-REF", ["procedure", act.procedure])] };
  // Whoever objected in time is heard and has an answer, however the procedure ended.
  const isHeard =
    act.kind === "objectionAnswered" ||
    (act.kind === "objectionReceived" && cameInTime(found, act));
  const ended = when(!isRunning(found) && !isHeard, () =>
    breach("V-ENDED", ["procedure", act.procedure]),
  );
  const verdict = decideInside(register, found, act, at);
  return { ...verdict, findings: [...ended, ...verdict.findings] };
}

function decideInside(
  register: ReadRegister,
  found: Procedure,
  act: Exclude<ProcedureAct, { kind: "procedureOpened" }>,
  at: number,
): Verdict {
  switch (act.kind) {
    case "procedureStep":
    case "procedureAwarded":
      return decideStep(register, found, stepOf(act), at);
    case "procedureWithdrawn":
      return { findings: [] };
    case "objectionReceived":
      return decideObjection(register, found, act, at, nextStep);
    case "objectionAnswered":
      return decideObjectionAnswered(register, found, act, at);
  }
}

function decideOpened(
  register: ReadRegister,
  act: ActOf<"procedureOpened">,
): Verdict {
  return {
    findings: [
      ...taken(register.procedures, "procedure", act.procedure),
      ...unknown(register.bodies, "body", act.body),
      ...act.datasets.flatMap((id) =>
        when(!register.datasets.has(id), () => missing("I1", ["dataset", id])),
      ),
    ],
  };
}

function decideStep(
  register: ReadRegister,
  found: Procedure,
  step: Step,
  at: number,
): Verdict {
  const { procedure } = found.act;
  const today = localDay(register, at);
  const objection = openObjection(found);
  return {
    findings: [
      ...when(!mayTake(register, found, step.name), () =>
        breach(
          "V-PROCEDURE",
          ["procedure", procedure],
          ...(objection === undefined
            ? []
            : [["objection", objection.objection] as const]),
          ["step", step.name],
          ["next-step", nextStep(register, found)],
        ),
      ),
      ...decideDay(found, step, today),
      ...decideWho(register, found, step),
    ],
    flags: [
      ...when(isTold(step) && dayOf(step.on) < today, () =>
        breach("V-TOLD", ["fact", `${step.name}.on`], ["on", step.on]),
      ),
      ...overtaken(found, step),
      ...(step.name === "awarded" ? openComplaints(found) : []),
    ],
  };
}

/** The public has its days from such a step on. */
function isTold({ name }: Step): boolean {
  return name === "documentsIssued" || name === "noticed";
}

/** What is to be done next: the step that the rules want, an answer, or the authorisation. */
export function nextStep(register: ReadRegister, found: Procedure): string {
  const objection = openObjection(found);
  if (objection !== undefined) return "objectionAnswered";
  const upheld = found.objections.find(
    ({ answered, past }) => answered?.outcome === "upheld" && past !== true,
  );
  if (upheld !== undefined && found.made.documentsIssued !== undefined)
    return upheld.stage === "documents" || found.made.bidsClosed === undefined
      ? "documentsIssued"
      : "evaluated";
  const place = placeOf(found.last);
  const next = stepNames.find((name, i) => {
    const rule = wantedBy[name];
    return (
      i > place &&
      (rule === undefined || adoptedRule(register, rule) !== undefined)
    );
  });
  return next ?? "authorisation";
}

/**
 * The next step; one before it that no adopted rule wants; or, as long as nothing is awarded, the documents or the evaluation once more.
 */
function mayTake(
  register: ReadRegister,
  found: Procedure,
  name: StepName,
): boolean {
  if (openObjection(found) !== undefined) return false;
  const next = nextStep(register, found);
  if (next === name) return true;
  const again =
    name === "documentsIssued"
      ? found.last === "documentsIssued"
      : name === "evaluated" &&
        (found.last === "evaluated" || found.last === "noticed");
  const until = stepNames.findIndex((one) => one === next);
  const place = placeOf(name);
  return (
    again ||
    (wantedBy[name] !== undefined &&
      place > placeOf(found.last) &&
      (next === "authorisation" || place < until))
  );
}

/** A step lies no earlier than what came before it was over, and is not told before it was taken. */
function decideDay(
  found: Procedure,
  step: Step,
  today: number,
): readonly Finding[] {
  const before = stepNames
    .slice(0, placeOf(step.name))
    .findLast((name) => found.made[name] !== undefined);
  const last = before === undefined ? undefined : found.made[before];
  const fact = ["fact", `${step.name}.on`] as const;
  return [
    ...when(last !== undefined && dayOf(step.on) < overOn(last), () =>
      breach("V-PROCEDURE", fact, ["before", before ?? ""]),
    ),
    ...when(!isTold(step) && dayOf(step.on) > today, () =>
      breach("V-PROCEDURE", fact, ["after", "entry"]),
    ),
    ...when(isTold(step) && overOn(step) < dayOf(step.on), () =>
      breach("V-PROCEDURE", fact, ["after", "until"]),
    ),
  ];
}

function overOn(step: Step): number {
  if (step.name === "documentsIssued") return dayOf(step.bidsDue);
  return dayOf(step.name === "noticed" ? step.until : step.on);
}

/** Whom a step names: who bid stands in the register, everybody who bid is judged, and one of them wins. */
function decideWho(
  register: ReadRegister,
  { made }: Procedure,
  step: Step,
): readonly Finding[] {
  const bidders = made.bidsClosed?.bidders ?? [];
  switch (step.name) {
    case "planDecided":
    case "agreementDecided":
      return unknown(register.bodies, "body", step.body);
    case "bidsClosed":
      return [
        ...step.bidders.flatMap((id) =>
          unknown(register.organisations, "organisation", id),
        ),
        ...twice(step.bidders),
      ];
    case "evaluated": {
      const judged = step.scores.map(({ bidder }) => bidder);
      return [
        ...twice(judged),
        ...judged
          .filter((id) => !bidders.includes(id))
          .map((id) => breach("V-SCOPE", ["bidder", id])),
        ...bidders
          .filter((id) => !judged.includes(id))
          .map((id) => missing("V-PROCEDURE", ["score-of", id])),
      ];
    }
    case "noticed":
      return when(!bidders.includes(step.bidder), () =>
        breach("V-SCOPE", ["bidder", step.bidder]),
      );
    case "awarded":
      return when(made.noticed?.bidder !== step.bidder, () =>
        breach(
          "V-SCOPE",
          ["bidder", step.bidder],
          ["noticed", made.noticed?.bidder ?? "nobody"],
        ),
      );
    default:
      return [];
  }
}

function twice(ids: readonly string[]): readonly Finding[] {
  return ids
    .filter((id, place) => ids.indexOf(id) !== place)
    .map((id) => breach("V-NEW", ["bidder", id]));
}

/** Who is to win has fewer points than another: it may have its reasons, and is seen. */
function overtaken({ made }: Procedure, step: Step): readonly Finding[] {
  if (step.name !== "noticed") return [];
  const scores = made.evaluated?.scores ?? [];
  const own = scores.find(({ bidder }) => bidder === step.bidder)?.score ?? 0;
  return scores
    .filter(({ score }) => score > own)
    .map(({ bidder, score }) =>
      breach(
        "V-POINTS",
        ["bidder", step.bidder],
        ["points", own],
        ["other", bidder],
        ["other-points", score],
      ),
    );
}

/**
 * An authorisation is what its procedure came to: the same datasets, whoever was awarded them, and exclusive only where that was tendered.
 * Without one it goes past none.
 */
export function decideProcedureOf(
  register: ReadRegister,
  act: ActOf<"authorisation">,
): Verdict {
  const { procedureOf, datasets } = act;
  if (procedureOf === undefined)
    return decidePastProcedures(register, datasets);
  const found = register.procedures.get(procedureOf);
  if (found === undefined)
    return { findings: [missing("V-REF", ["procedure", procedureOf])] };
  const next = nextStep(register, found);
  const ofProcedure = new Set(found.act.datasets);
  const others = datasets.filter((id) => !ofProcedure.has(id));
  const winner = found.made.awarded?.bidder;
  const id = ["procedure", procedureOf] as const;
  return {
    findings: [
      ...when(!isRunning(found), () => breach("V-ENDED", id)),
      ...when(next !== "authorisation", () =>
        breach("V-PROCEDURE", id, ["next-step", next]),
      ),
      ...when(act.procedure !== undefined, () =>
        breach("V-PROCEDURE", id, ["told", "twice"]),
      ),
      ...others.map((dataset) => breach("V-SCOPE", id, ["dataset", dataset])),
      ...[...ofProcedure]
        .filter((dataset) => !datasets.includes(dataset))
        .map((dataset) => missing("V-SCOPE", id, ["dataset", dataset])),
      ...when(winner !== undefined && winner !== act.operator, () =>
        breach(
          "V-SCOPE",
          id,
          ["operator", act.operator],
          ["awarded", winner ?? ""],
        ),
      ),
      ...when(act.exclusive !== found.act.exclusive, () =>
        breach("V-SCOPE", id, ["exclusive", act.exclusive ? "yes" : "no"]),
      ),
    ],
    flags: openComplaints(found),
  };
}

/**
 * A right that comes from no procedure of the register goes past none that runs, nor past an objection in one that was withdrawn: as long
 * as nobody has answered it, the datasets are given by a new procedure or not at all.
 */
export function decidePastProcedures(
  register: ReadRegister,
  datasets: readonly string[],
): Verdict {
  const about = [
    ...proceduresOver(register, register.runningOver, datasets),
    ...proceduresOver(register, register.withdrawnOver, datasets),
  ];
  return {
    findings: about.flatMap((one) => {
      const id = ["procedure", one.act.procedure] as const;
      if (isRunning(one))
        return [
          breach("V-PROCEDURE", id, ["next-step", nextStep(register, one)]),
        ];
      const open = one.withdrawn === undefined ? undefined : openObjection(one);
      return open === undefined
        ? []
        : [
            breach(
              "V-PROCEDURE",
              id,
              ["objection", open.objection],
              ["next-step", "procedureOpened"],
            ),
          ];
    }),
    flags: about.flatMap(withdrawal),
  };
}

/** That a procedure about the same datasets was withdrawn is not forgotten when they are given without one. */
function withdrawal({ act, withdrawn }: Procedure): readonly Finding[] {
  return withdrawn === undefined
    ? []
    : [
        breach(
          "V-WITHDRAWN",
          ["procedure", act.procedure],
          ["reason", withdrawn.reason],
        ),
      ];
}

/** Each once. */
function proceduresOver(
  register: ReadRegister,
  over: ReadonlyMap<string, readonly string[]>,
  datasets: readonly string[],
): readonly Procedure[] {
  const ids = datasets.flatMap((id) => over.get(id) ?? []);
  return [...new Set(ids)].flatMap((id) => register.procedures.get(id) ?? []);
}
