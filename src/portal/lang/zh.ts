import { acts } from "./zh/acts.ts";
import { common } from "./zh/common.ts";
import { datasets } from "./zh/datasets.ts";
import { frame } from "./zh/frame.ts";
import { law } from "./zh/law.ts";
import { office } from "./zh/office.ts";
import { proofs } from "./zh/proofs.ts";
import { reports } from "./zh/reports.ts";
import { rights } from "./zh/rights.ts";
import { signIn } from "./zh/sign-in.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...frame,
  ...signIn,
  ...common,
  ...office,
  ...proofs,
  ...law,
  ...rights,
  ...datasets,
  ...acts,
  ...reports,
} as const;
