import type { Use } from "../../uses/use.ts";
import { type Attempt, type Betrayal, FILES_ALONE } from "./betrayal.ts";
import { goOn, nextPaidUse } from "./serving.ts";
import type { Stage } from "./stage.ts";

export const overcharge: Betrayal = {
  name: "overcharge",
  title: "charge more than the fee",
  does: "serves the next request and charges more for it than the approved fee",
  who: "whoever runs the gateway and holds its key",
  finds:
    "every charge is computed again from the fee in force at the use's anchor, and every answer is one call; rows and bytes are held against the opening that comes with the payer's receipt",
  needs:
    "nothing but the office's files; for rows and bytes, the payer's receipt",
  run: async (stage) => {
    const use = nextPaidUse(stage.history);
    return [await dearer(stage, use), await twice(stage, use)];
  },
};

async function dearer(stage: Stage, use: Use): Promise<Attempt> {
  const entered = { ...use, charge: Math.ceil(use.charge * 2.5) };
  return {
    done: "a request is entered at two and a half times the fee; head and checkpoint are the gateway's and the office's own",
    checks: [
      await stage.ask(await stage.show(goOn(stage.history, [entered])), {
        having: FILES_ALONE,
        expected: ["charge"],
      }),
    ],
  };
}

/** The charge is right for what was entered; but an answer is whole, and is one call. */
async function twice(stage: Stage, use: Use): Promise<Attempt> {
  const counted = {
    ...use,
    charge: use.charge * 2,
    units: { ...use.units, calls: 2 },
  };
  return {
    done: "the fee is right, but one answer is entered as two calls",
    checks: [
      await stage.ask(await stage.show(goOn(stage.history, [counted])), {
        having: FILES_ALONE,
        expected: ["use"],
      }),
    ],
  };
}
