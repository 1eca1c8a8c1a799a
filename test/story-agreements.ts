import type { ActOf } from "../src/acts/act.ts";
import { paperOf, secretOf } from "./story-founding.ts";

/** The agreement of the stories' operator, decided and filed anew. */
export const anAgreementChange = (
  change: Partial<ActOf<"agreementChanged">> = {},
): ActOf<"agreementChanged"> => ({
  ...{ kind: "agreementChanged", authorisation: "sanhe-vehicles" },
  ...{ how: "amended", agreement: paperOf("another agreement") },
  decision: { body: "data-office", on: "2026-03-01", minutes: secretOf("m") },
  filing: { on: "2026-03-01", paper: paperOf("filed") },
  ...change,
});

export const changed = (authorisation: string): ActOf<"agreementChanged"> =>
  anAgreementChange({ authorisation });
