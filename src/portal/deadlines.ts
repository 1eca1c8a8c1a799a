import { deadlinesOf } from "../rules/due.ts";
import { perMinute } from "./per-minute.ts";

/** What is due and what was missed, for every page that tells of it. */
export const deadlines = perMinute(deadlinesOf);
