import type { ActOf } from "../src/acts/act.ts";
import { planItems } from "../src/acts/procedures.ts";
import { paperOf, secretOf } from "./story-founding.ts";

export type Procedure = NonNullable<ActOf<"authorisation">["procedure"]>;
export type Tender = NonNullable<Procedure["tender"]>;
/** A tender of last autumn, in which every term is kept to the day. */
export const inTender: Tender = {
  ...{ documentsIssued: "2025-11-01", documentsUntil: "2025-11-06" },
  ...{ bidsDue: "2025-11-21", bidders: 3 },
  committee: { members: 5, outside: 4, interested: 0 },
  ...{ evaluated: "2025-11-24", noticeFrom: "2025-11-27" },
  ...{ noticeUntil: "2025-11-30", objections: [] },
  ...{ awarded: "2025-12-01", signed: "2025-12-31" },
};
/** How an operator was chosen, as every rule of the law wants it. */
export const whole: Procedure = {
  ...{ method: "openTender", record: paperOf("tender"), tender: inTender },
  review: {
    ...{ conclusion: "noRestriction", on: "2025-09-01" },
    paper: paperOf("review"),
  },
  plan: { paper: paperOf("plan"), items: [...planItems] },
  planDecision: {
    ...{ body: "data-office", on: "2025-10-01" },
    minutes: secretOf("plan"),
  },
  agreement: { paper: paperOf("agreement"), items: 13 },
  agreementDecision: {
    ...{ body: "data-office", on: "2025-12-20" },
    minutes: secretOf("agreement"),
  },
  planFiling: { on: "2025-10-01", paper: paperOf("plan-filing") },
  agreementFiling: { on: "2026-01-05", paper: paperOf("filing") },
};

/** What stands where the members of a path lead. */
export function factAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, member) =>
        typeof found === "object" && found !== null
          ? Reflect.get(found, member)
          : undefined,
      value,
    );
}
