import type * as z from "zod/mini";
import { readRequest, type Request } from "../../uses/plan.ts";
import type { pattern } from "../read-as.ts";

/** Who asks for what, how often: the demonstration's data users. */
export type Pattern = z.infer<typeof pattern>;

/** A session: several requests in one minute of a working day. */
export type Session = {
  readonly day: number;
  readonly minute: number;
  readonly organisation: string | undefined;
  readonly requests: readonly Request[];
};

const KEYS_WITH_A_SKEW = 2000;

/** The sessions of all patterns, in the order of time. Deterministic: the same patterns give the same requests. */
export function sessionsOf(patterns: readonly Pattern[]): readonly Session[] {
  const sessions: Session[] = [];
  for (const [index, pattern] of patterns.entries()) {
    for (
      let day = pattern.from;
      day < (pattern.to ?? 0);
      day += pattern.everyDays
    ) {
      const dice = diceOf(index * 7919 + (day + 1000) * 31);
      const minute = 9 * 60 + dice(8 * 60);
      const requests = Array.from({ length: pattern.uses }, () =>
        requestOf(pattern, dice),
      );
      sessions.push({
        day,
        minute,
        organisation: pattern.organisation,
        requests,
      });
    }
  }
  return sessions.sort((a, b) => a.day - b.day || a.minute - b.minute);
}

function requestOf(
  { dataset, ask, plan }: Pattern,
  dice: (sides: number) => number,
): Request {
  if (ask !== "answer")
    return readRequest({
      plan: {
        form: ask,
        dataset,
        ...(ask === "records" ? { order: [] } : {}),
        ...plan,
      },
    });
  return {
    plan: dataset === "degrees" ? degreeAnswer(dice) : vehicleAnswer(dice),
  };
}

/** Few keys are asked for often, many seldom; one in five is not on record, one in ten names the wrong person. */
function skewed(dice: (sides: number) => number): number {
  return 1 + dice(1 + dice(KEYS_WITH_A_SKEW));
}

function degreeAnswer(dice: (sides: number) => number): Request["plan"] {
  const resident = skewed(dice);
  const year = 2000 + ((44 - Math.floor((resident - 1) / 8000)) % 25);
  const miss = dice(5) === 0;
  const number = miss
    ? `D-1999-${String(resident).padStart(4, "0")}`
    : `D-${year}-${String(((resident - 1) % 8000) + 1).padStart(4, "0")}`;
  const named = dice(10) === 0 ? resident + 1 : resident;
  return {
    form: "answer",
    dataset: "degrees",
    key: [{ field: "number", value: number }],
    values: [
      { field: "name", value: `Resident ${String(named).padStart(4, "0")}` },
    ],
  };
}

function vehicleAnswer(dice: (sides: number) => number): Request["plan"] {
  const plate = `澜${dice(5) === 0 ? "Z" : "A"}${String(skewed(dice)).padStart(5, "0")}`;
  return {
    form: "answer",
    dataset: "vehicles",
    key: [{ field: "plate", value: plate }],
    values: [
      {
        field: "make",
        value: ["Lanma", "Yunche", "Quill", "Aster"][dice(4)] ?? "Lanma",
      },
    ],
  };
}

/** A small deterministic generator (mulberry32): nothing secret depends on it. */
function diceOf(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}
