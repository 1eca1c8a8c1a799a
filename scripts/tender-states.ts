import { anAuthorisation, registered } from "../test/story-acts.ts";
import { without } from "../test/story-founding.ts";
import {
  anAward,
  anObjection,
  anObjectionAnswer,
  anOpening,
  aProcedureEnd,
  aStep,
} from "../test/story-procedure-steps.ts";
import { all } from "../test/story-proceeding.ts";
import { dateAt, founded, on, type Procedure } from "./procedure-scenes.ts";

const rules = all.map(({ rule }) => rule);
const authorisation = without(
  anAuthorisation({ procedureOf: "vehicles-2026" }),
  "procedure",
);

/** An operator is chosen in an open tender, under every rule about it; 4 March is the second day. */
export function tenders(): Procedure {
  const opened = [...registered.map(on(1)), on(1)(anOpening())];
  const reviewed = [...opened, on(1)(aStep("review", { on: "2026-03-03" }))];
  const decided = [...reviewed, on(1)(aStep("planDecided"))];
  const planned = [...decided, on(1)(aStep("planFiled"))];
  const issued = [...planned, on(2)(aStep("documentsIssued"))];
  const closed = [...issued, on(22)(aStep("bidsClosed"))];
  const evaluated = [...closed, on(24)(aStep("evaluated"))];
  const noticed = [...evaluated, on(25)(aStep("noticed"))];
  const objected = [...noticed, on(26)(anObjection())];
  const awarded = [...noticed, on(29)(anAward())];
  const agreed = [...awarded, on(31)(aStep("agreementDecided"))];
  const signed = [...agreed, on(32)(aStep("signed"))];
  const filed = [...signed, on(34)(aStep("agreementFiled"))];
  const after = founded(...rules);
  return {
    name: "How an operator is chosen: a tender",
    states: {
      "not opened": after(1, ...registered.map(on(1))),
      opened: after(1, ...opened),
      reviewed: after(1, ...reviewed),
      "plan decided": after(1, ...decided),
      "plan filed": after(2, ...planned),
      "documents issued": after(22, ...issued),
      "bids closed": after(24, ...closed),
      evaluated: after(25, ...evaluated),
      "in notice": after(26, ...noticed),
      "objection open": after(29, ...objected),
      "objection answered": after(29, ...objected, on(28)(anObjectionAnswer())),
      "notice over": after(29, ...noticed),
      awarded: after(31, ...awarded),
      "agreement decided": after(32, ...agreed),
      signed: after(34, ...signed),
      "agreement filed": after(35, ...filed),
      authorised: after(36, ...filed, on(35)(authorisation)),
      withdrawn: after(30, ...noticed, on(29)(aProcedureEnd())),
    },
    acts: acts(),
  };
}

/** Each on the day on which it is entered. */
function acts(): Procedure["acts"] {
  const step = (name: Parameters<typeof aStep>[0]) => (at: number) => [
    aStep(name, { on: dateAt(at) }),
  ];
  const objection = (stage: "documents" | "result") => (at: number) => [
    anObjection({ objection: "asked", stage, on: dateAt(at) }),
  ];
  return {
    procedureOpened: () => [anOpening()],
    "step review": step("review"),
    "step planDecided": step("planDecided"),
    "step planFiled": step("planFiled"),
    "step documentsIssued": (at) => [
      aStep("documentsIssued", {
        ...{ on: dateAt(at), until: dateAt(at, 5), bidsDue: dateAt(at, 20) },
      }),
    ],
    "step bidsClosed": step("bidsClosed"),
    "step evaluated": step("evaluated"),
    "step noticed": (at) => [
      aStep("noticed", { on: dateAt(at), until: dateAt(at, 3) }),
    ],
    "objectionReceived, documents": objection("documents"),
    "objectionReceived, result": objection("result"),
    "objectionReceived, complaint": (at) => [
      anObjection({
        ...{ objection: "asked", stage: "complaint" },
        ...{ on: dateAt(at), knew: dateAt(at) },
      }),
    ],
    objectionAnswered: () => [anObjectionAnswer()],
    procedureAwarded: (at) => [anAward({ on: dateAt(at) })],
    "step agreementDecided": step("agreementDecided"),
    "step signed": step("signed"),
    "step agreementFiled": step("agreementFiled"),
    "authorisation that ends it": () => [authorisation],
    procedureWithdrawn: () => [aProcedureEnd()],
  };
}
