import type { Use } from "../../uses/use.ts";
import { type Attempt, type Betrayal, FILES_ALONE } from "./betrayal.ts";
import { withReceipt } from "./payer.ts";
import { goOn, nextPaidUse } from "./serving.ts";
import type { Stage } from "./stage.ts";

export const overcharge: Betrayal = {
  name: "overcharge",
  title: "charge more than the fee",
  does: "serves the next request and charges more for it than the approved fee",
  who: "whoever runs the gateway and holds its key",
  finds:
    "every charge is computed again from the fee in force at the use's anchor; that more was counted than was asked only the payer can see, who has the receipt",
  needs:
    "nothing but the office's files; for quantities, the payer who reads the receipt",
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

/** The log is consistent: two calls cost twice as much. That there was one, its payer knows. */
async function twice(stage: Stage, use: Use): Promise<Attempt> {
  const counted = {
    ...use,
    charge: use.charge * 2,
    units: { ...use.units, calls: 2 },
  };
  const entered = await withReceipt(stage, "two-calls", counted);
  const shown = await stage.show(goOn(stage.history, [entered.use]));
  const because =
    "Quantities are the payer's to compare: the receipt says two calls, the payer made one.";
  return {
    done: "the fee is right, but one answer is entered as two calls",
    checks: [
      await stage.ask(shown, { having: FILES_ALONE, expected: [], because }),
      await stage.ask(shown, {
        having: "with the payer's receipt",
        expected: [],
        because,
        receipt: [entered.receipt],
      }),
    ],
  };
}
