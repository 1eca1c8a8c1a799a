import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { dayOf, workingDaysIn } from "../register/calendar.ts";
import type { Objection, Procedure } from "../register/procedures.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";

type NextStep = (register: ReadRegister, found: Procedure) => string;

/**
 * Whoever objects is heard while it can still be mended: to the documents before the bids, to the result while its notice stands. Behind
 * that a complaint goes to the supervisor, whenever. Nobody is turned away for being late: that is flagged.
 */
export function decideObjection(
  register: ReadRegister,
  found: Procedure,
  act: ActOf<"objectionReceived">,
  at: number,
  nextStep: NextStep,
): Verdict {
  const { stage, objection, on, knew } = act;
  const isHeldBack = isBehind(found, act) && cameInTime(found, act);
  const isOpen =
    isHeldBack ||
    stage === "complaint" ||
    found.last === (stage === "documents" ? "documentsIssued" : "noticed");
  return {
    findings: [
      ...when(isKnown(found, objection), () =>
        breach("V-NEW", ["objection", objection]),
      ),
      ...when(!isOpen, () =>
        breach(
          "V-PROCEDURE",
          ["procedure", found.act.procedure],
          ["stage", stage],
          [
            "next-step",
            found.last === undefined ? nextStep(register, found) : "complaint",
          ],
        ),
      ),
      ...when(dayOf(on) > localDay(register, at), () =>
        breach("V-PROCEDURE", ["fact", "on"], ["after", "entry"]),
      ),
      ...when((stage === "complaint") !== (knew !== undefined), () =>
        missing("V-PROCEDURE", ["stage", stage], ["fact", "knew"]),
      ),
    ],
    flags: [
      ...when(isHeldBack, () =>
        breach("V-RECEIVED", ["objection", objection], ["on", on]),
      ),
      ...late(register, found, act),
    ],
  };
}

/** The procedure has gone on, or is over. */
function isBehind(
  { last, withdrawn, authorised }: Procedure,
  { stage }: ActOf<"objectionReceived">,
): boolean {
  const isOver = withdrawn !== undefined || authorised !== undefined;
  return (
    isOver || last !== (stage === "documents" ? "documentsIssued" : "noticed")
  );
}

/** Whoever objected while it could be mended is heard, whenever somebody enters it. */
export function cameInTime(
  { made: { documentsIssued, noticed } }: Procedure,
  { stage, on }: ActOf<"objectionReceived">,
): boolean {
  const [from, to] =
    stage === "documents"
      ? [documentsIssued?.on, documentsIssued?.bidsDue]
      : stage === "result"
        ? [noticed?.on, noticed?.until]
        : [];
  return (
    from !== undefined &&
    to !== undefined &&
    dayOf(from) <= dayOf(on) &&
    dayOf(on) <= dayOf(to)
  );
}

function isKnown({ objections }: Procedure, id: string): boolean {
  return objections.some(({ objection }) => objection === id);
}

/** Behind the days that whoever objects has. */
function late(
  register: ReadRegister,
  { made }: Procedure,
  { stage, on, knew = on }: ActOf<"objectionReceived">,
): readonly Finding[] {
  const isComplaint = stage === "complaint";
  const rule = isComplaint ? "CN-TND-06" : "CN-TND-05-BEFORE";
  const number = adoptedRule(register, rule)?.number;
  if (number === undefined || stage === "result") return [];
  const left = dayOf(made.documentsIssued?.bidsDue ?? on) - dayOf(on);
  const days = isComplaint ? dayOf(on) - dayOf(knew) : Math.max(0, left);
  return when(isComplaint ? days > number : days < number, () =>
    breach(rule, ["days", days], ["wanted", number]),
  );
}

/** An objection is answered once. An answer behind its days stands, flagged; what that means for an award is for the rules of the award. */
export function decideObjectionAnswered(
  register: ReadRegister,
  found: Procedure,
  act: ActOf<"objectionAnswered">,
  at: number,
): Verdict {
  const { objection: id, admitted } = act;
  const asked = found.objections.find(({ objection }) => objection === id);
  if (asked === undefined)
    return { findings: [missing("V-REF", ["objection", id])] };
  const isComplaint = asked.stage === "complaint";
  const today = localDay(register, at);
  return {
    findings: [
      ...when(asked.answered !== undefined, () =>
        breach("V-ENDED", ["objection", id]),
      ),
      ...when(!isComplaint && act.outcome === "notAdmitted", () =>
        breach("V-PROCEDURE", ["objection", id], ["outcome", act.outcome]),
      ),
      ...when(
        isComplaint &&
          admitted === undefined &&
          (act.outcome === "upheld" || act.outcome === "rejected"),
        () => missing("V-PROCEDURE", ["objection", id], ["fact", "admitted"]),
      ),
      ...when(
        admitted !== undefined &&
          (!isComplaint ||
            dayOf(admitted) < dayOf(asked.on) ||
            dayOf(admitted) > today),
        () =>
          breach(
            "V-PROCEDURE",
            ["objection", id],
            ["admitted", admitted ?? ""],
          ),
      ),
    ],
    flags: isComplaint
      ? lateDecision(register, asked, admitted, today)
      : lateAnswer(register, asked, today),
  };
}

function lateAnswer(
  register: ReadRegister,
  { stage, on }: Objection,
  today: number,
): readonly Finding[] {
  const rule = answerRule(stage);
  const number = adoptedRule(register, rule)?.number;
  const days = today - dayOf(on);
  return when(number !== undefined && days > number, () =>
    breach(rule, ["days", days], ["wanted", number ?? 0]),
  );
}

/** The rule that says by when an objection is answered. */
export function answerRule(stage: Objection["stage"]): string {
  if (stage === "documents") return "CN-TND-05";
  return stage === "result" ? "CN-TND-04" : "CN-TND-06-DECIDE";
}

/** A complaint is admitted or not, and decided, in working days. */
function lateDecision(
  register: ReadRegister,
  { on }: Objection,
  admitted: string | undefined,
  today: number,
): readonly Finding[] {
  const calendar = register.rulebook?.act.calendar ?? "";
  const spans = [
    [
      "CN-TND-06-ADMIT",
      dayOf(on),
      admitted === undefined ? today : dayOf(admitted),
    ],
    ["CN-TND-06-DECIDE", dayOf(admitted ?? on), today],
  ] as const;
  return spans.flatMap(([rule, from, to]) => {
    const number = adoptedRule(register, rule)?.number;
    const days = workingDaysIn(register, calendar, from + 1, to);
    return when(number !== undefined && days > number, () =>
      breach(rule, ["working-days", days], ["wanted", number ?? 0]),
    );
  });
}

/** A complaint that nobody has decided stops nothing by itself; it is seen on what is done meanwhile. */
export function openComplaints({ objections }: Procedure): readonly Finding[] {
  return objections
    .filter(
      ({ stage, answered }) => stage === "complaint" && answered === undefined,
    )
    .map(({ objection }) => breach("CN-TND-06", ["complaint", objection]));
}
