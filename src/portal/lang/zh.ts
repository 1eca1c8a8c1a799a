import { account } from "./zh/account.ts";
import { actKinds } from "./zh/act-kinds.ts";
import { actsAndLog } from "./zh/acts-and-log.ts";
import { acts } from "./zh/acts.ts";
import { applying } from "./zh/applying.ts";
import { citizen } from "./zh/citizen.ts";
import { objections } from "./zh/citizen.ts";
import { check } from "./zh/check.ts";
import { common } from "./zh/common.ts";
import { datasets } from "./zh/datasets.ts";
import { deskCases } from "./zh/desk-cases.ts";
import { deskFields } from "./zh/desk-fields.ts";
import { deskIncoming } from "./zh/desk-incoming.ts";
import { deskKinds } from "./zh/desk-kinds.ts";
import { deskValues } from "./zh/desk-values.ts";
import { deskKeys } from "./zh/desk-keys.ts";
import { deskLetters } from "./zh/desk-letters.ts";
import { deskNotes } from "./zh/desk-notes.ts";
import { deskOpenings } from "./zh/desk-openings.ts";
import { desk } from "./zh/desk.ts";
import { follow } from "./zh/follow.ts";
import { frame } from "./zh/frame.ts";
import { law } from "./zh/law.ts";
import { deputies, letters } from "./zh/letters.ts";
import { mail } from "./zh/mail.ts";
import { office } from "./zh/office.ts";
import { organisation } from "./zh/organisation.ts";
import { plainly } from "./zh/plainly.ts";
import { proofs } from "./zh/proofs.ts";
import { reports } from "./zh/reports.ts";
import { rights } from "./zh/rights.ts";
import { search } from "./zh/search.ts";
import { signIn } from "./zh/sign-in.ts";
import { thingPlaces } from "./zh/thing-places.ts";
import { thingRights } from "./zh/thing-rights.ts";
import { thingTerms } from "./zh/thing-terms.ts";
import { things } from "./zh/things.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...account,
  ...actKinds,
  ...actsAndLog,
  ...acts,
  ...applying,
  ...citizen,
  ...objections,
  ...check,
  ...common,
  ...datasets,
  ...deskCases,
  ...deskFields,
  ...deskIncoming,
  ...deskKinds,
  ...deskValues,
  ...deskKeys,
  ...deskLetters,
  ...deskNotes,
  ...deskOpenings,
  ...desk,
  ...follow,
  ...frame,
  ...law,
  ...letters,
  ...deputies,
  ...mail,
  ...office,
  ...organisation,
  ...plainly,
  ...proofs,
  ...reports,
  ...rights,
  ...search,
  ...signIn,
  ...thingPlaces,
  ...thingRights,
  ...thingTerms,
  ...things,
} as const;
