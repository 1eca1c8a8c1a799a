import fc from "fast-check";
import { expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import { civilAt, showDate } from "../acts/dates.ts";
import { openObjection, stepNames } from "../register/procedures.ts";
import type { Register } from "../register/register.ts";
import { anAuthorisation, registered } from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  must,
  OFFSET,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import { actUnsigned, signersFor } from "../../test/story-moves.ts";
import {
  anAward,
  anObjectionAnswer,
  anOpening,
  aStep,
  inProcedure,
  proceeding,
} from "../../test/story-procedure-steps.ts";
import type { Dated } from "../../test/story-random.ts";
import { emptyHouse, usual } from "../../test/story.ts";
import { nextStep } from "./procedures.ts";

/**
 * Random histories of procedures, whatever their rulebook: nobody is awarded or authorised while an objection is open, after a withdrawal,
 * or without every step. What is open is counted here a second time, from the granted acts alone.
 */
type Told = {
  readonly open: Set<string>;
  /** Objections to the documents and to the result that were found right, and not mended yet. */
  readonly right: Map<string, "documentsIssued" | "evaluated">;
  readonly steps: Set<string>;
  noticed?: string;
  isOver: boolean;
};

/** What each act does to what is told of its procedure, if it was granted; what is wrong with that. */
function tell(told: Map<string, Told>, act: Act): string | undefined {
  if (act.kind === "procedureOpened") {
    told.set(act.procedure, {
      ...{ open: new Set(), right: new Map(), steps: new Set(), isOver: false },
    });
    return undefined;
  }
  if (act.kind === "authorisation") {
    for (const [id, one] of told) {
      const isOfIt = act.procedureOf === id;
      // What is told afterwards goes past every procedure that runs; one of them may end beside another.
      if (!isOfIt && act.procedureOf !== undefined) continue;
      if (isOfIt && !one.steps.has("signed")) return "not signed";
      if (isOfIt && one.isOver) return "over";
      if (!isOfIt && !one.isOver) return "past a procedure that runs";
      if (isOfIt && one.open.size > 0)
        return "authorised over an open objection";
      if (isOfIt) one.isOver = true;
    }
    return undefined;
  }
  if (!("procedure" in act) || typeof act.procedure !== "string")
    return undefined;
  const one = told.get(act.procedure);
  if (one === undefined) return "no such procedure";
  if (one.isOver && !act.kind.startsWith("objection")) return "over";
  switch (act.kind) {
    case "procedureWithdrawn":
      one.isOver = true;
      return undefined;
    case "objectionReceived":
      if (act.stage !== "complaint") one.open.add(act.objection);
      return undefined;
    case "objectionAnswered":
      if (one.open.delete(act.objection) && act.outcome === "upheld")
        one.right.set(
          act.objection,
          one.steps.has("bidsClosed") ? "evaluated" : "documentsIssued",
        );
      return undefined;
    case "procedureStep": {
      const { name } = act.step;
      if (one.open.size > 0) return `${name} over an open objection`;
      if (name === "noticed") one.noticed = act.step.bidder;
      for (const [id, mended] of one.right)
        if (mended === name) one.right.delete(id);
      one.steps.add(name);
      return undefined;
    }
    case "procedureAwarded":
      one.steps.add("awarded");
      if (one.open.size > 0) return "awarded over an open objection";
      if (one.right.size > 0) return "awarded over one that is right";
      return one.noticed === act.bidder ? undefined : "awarded to another";
    default:
      return undefined;
  }
}

/** Every procedure of these histories is about the vehicles. */
const authorising = fc
  .tuple(
    fc.nat(99_999),
    fc.constantFrom("vehicles-2026", "second-procedure", undefined),
    fc.constantFrom("sanhe", "huaxing"),
  )
  .map(([n, procedureOf, operator]): Dated => () => {
    const { procedure, ...rest } = anAuthorisation({
      ...{ authorisation: `right-${n}`, operator },
      datasets: ["vehicles"],
    });
    return procedureOf === undefined
      ? { ...rest, ...(procedure === undefined ? {} : { procedure }) }
      : { ...rest, procedureOf };
  });
/** What would be next, by a procedure's own word: random steps alone come to few awards. */
const onward = fc.constantFrom("vehicles-2026", "second-procedure");
function stepOnward(register: Register, procedure: string, hour: number): Act {
  const found = must(register.procedures.get(procedure));
  const on = showDate(civilAt(hour, OFFSET));
  const next = nextStep(register, found);
  const act = stepNames.find((name) => name === next);
  if (next === "objectionAnswered")
    return anObjectionAnswer({
      procedure,
      objection: must(openObjection(found)).objection,
    });
  if (act === undefined || act === "awarded")
    return anAward({
      procedure,
      on,
      bidder: found.made.noticed?.bidder ?? "sanhe",
    });
  const dated = {
    documentsIssued: { on, until: on, bidsDue: on },
    noticed: { on, until: on },
  };
  return inProcedure(
    procedure,
    aStep(
      act,
      act === "documentsIssued" || act === "noticed" ? dated[act] : { on },
    ),
  );
}

const move = fc.oneof(
  { arbitrary: onward, weight: 40 },
  { arbitrary: proceeding.procedureStep, weight: 4 },
  { arbitrary: proceeding.procedureAwarded, weight: 20 },
  { arbitrary: proceeding.objectionReceived, weight: 20 },
  { arbitrary: proceeding.objectionAnswered, weight: 12 },
  { arbitrary: proceeding.procedureWithdrawn, weight: 1 },
  { arbitrary: authorising, weight: 8 },
);
const opened: readonly Act[] = ["vehicles-2026", "second-procedure"].map(
  (procedure) => anOpening({ procedure, datasets: ["vehicles"] }),
);

test("no sequence of random acts reaches an award with an open objection", () => {
  const reached = { awards: 0, authorised: 0, stopped: 0 };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(move, fc.nat({ max: 8 })), {
        ...{ minLength: 20, maxLength: 80, size: "max" },
      }),
      fc.subarray(["CN-TND-04", "CN-TND-05", "CN-CMP-02"]),
      (moves, rules) => {
        const house = emptyHouse();
        const told = new Map<string, Told>();
        const rulebook = {
          ...theRulebook,
          rules: rules.map((rule) => ({ rule })),
        };
        actUnsigned(house, day(0), theGenesis({ rulebook }), usual.genesis);
        for (const act of [...registered, ...opened]) {
          actUnsigned(house, day(1), act, signersFor(act, undefined));
          tell(told, act);
        }
        let at = day(2);
        for (const [make, hours] of moves) {
          at += hours * HOUR;
          const act =
            typeof make === "string"
              ? stepOnward(house.register, make, at)
              : make(at);
          const isStopped = [...told.values()].some(
            ({ open, isOver }) => open.size > 0 && !isOver,
          );
          const { outcome } = actUnsigned(
            house,
            at,
            act,
            signersFor(act, undefined),
          );
          if (outcome === "refused") {
            if (act.kind === "procedureAwarded" && isStopped) reached.stopped++;
            continue;
          }
          expect(tell(told, act), JSON.stringify(act)).toBeUndefined();
          if (act.kind === "procedureAwarded") reached.awards++;
          if (act.kind === "authorisation" && act.procedureOf !== undefined)
            reached.authorised++;
        }
      },
    ),
    { numRuns: process.env["SOAK"] === "1" ? 5_000 : 400 },
  );
  // It came to awards, to rights, and to awards that were stopped.
  expect(reached.awards).toBeGreaterThan(20);
  expect(reached.stopped).toBeGreaterThan(20);
  expect(reached.authorised).toBeGreaterThan(2);
});
