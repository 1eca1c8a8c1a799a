import { SLOT, slotOf, type Use } from "../../uses/use.ts";
import type { Betrayal } from "./betrayal.ts";
import { withReceipt } from "./payer.ts";
import { hourLog, lastSlot, nextPaidUse } from "./serving.ts";
import type { Stage } from "./stage.ts";

const TWO_HOURS = 2 * SLOT.hour;

export const serve: Betrayal = {
  name: "serve",
  title: "serve without an entry",
  does: "answers a request, gives the receipt for it, and never enters it",
  who: "whoever runs the gateway and holds its key",
  finds:
    "nothing in the files, and no witness: what was never written contradicts nothing. The receipt is the gateway's signed promise that it would be",
  needs: "the receipt of whoever was served",
  run: async (stage) => {
    const shown = await stage.showBuilt(stage.built);
    const { receipt } = await withReceipt(stage, "never-entered", due(stage));
    return [
      {
        done: "a request was answered and a receipt was given; the logs are exactly as they were before",
        checks: [
          await stage.ask(shown, {
            having: "without a receipt",
            expected: [],
            because: "What was never written down contradicts nothing.",
          }),
          await stage.ask(shown, {
            having: "with the receipt, beside those that others kept",
            expected: ["receipt-missing"],
            receipt: [receipt, ...stage.receipts],
          }),
        ],
      },
    ];
  },
};

/** Of a slot that is long over: the entry was due in public. */
function due({ history }: Stage): Use {
  const now = slotOf(Date.now(), SLOT.hour);
  const last = lastSlot(history, hourLog(history));
  return { ...nextPaidUse(history), slot: Math.min(last, now - TWO_HOURS) };
}
