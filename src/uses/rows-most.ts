import type { Known } from "./admit.ts";
import type { AskedPlan } from "./plan.ts";

/** The most rows that a plan can give; a file has those of its vintage. */
export function rowsMost(plan: AskedPlan, { rows = 1 }: Known): number {
  switch (plan.form) {
    case "answer":
      return 1;
    case "file":
      return rows;
    case "records":
    case "aggregate":
      return plan.limit;
  }
}
