import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { toBase64url, utf8ToBytes } from "../../acts/bytes.ts";
import { encode } from "../../acts/canonical.ts";
import { publicBy } from "../../audit/heads.ts";
import { primitives } from "../../store/crypto.ts";
import { writeUse } from "../../uses/codec.ts";
import { receiptsOf } from "../../uses/make-receipt.ts";
import { commitmentOf, privatePartBytes } from "../../uses/opening.ts";
import type { Receipt } from "../../uses/receipt.ts";
import { SLOT, slotOf, type Use } from "../../uses/use.ts";
import type { Betrayal } from "./betrayal.ts";
import { registerAt } from "./history.ts";
import { hourLog, lastSlot, nextPaidUse, permitOf } from "./serving.ts";
import type { Stage } from "./stage.ts";

const TWO_HOURS = 2 * SLOT.hour;

export const serve: Betrayal = {
  name: "serve",
  title: "serve without an entry",
  does: "answers a request, gives the receipt for it, and never enters it",
  who: "whoever runs the gateway and holds its key",
  finds:
    "nothing in the files, and no witness: what was never written contradicts nothing. The receipt is the gateway's signed promise that it was",
  needs: "the receipt of whoever was served",
  run: async (stage) => {
    const shown = await stage.showBuilt(stage.built);
    const receipt = join(stage.dir, "unkept-receipt.json");
    await fs.writeFile(receipt, encode(receiptForNothing(stage)));
    return [
      {
        done: "a request was answered and a receipt was given; the logs are exactly as they were before",
        checks: [
          await stage.ask(shown, {
            having: "no receipt",
            expected: [],
            because: "What was never written down contradicts nothing.",
          }),
          await stage.ask(shown, {
            having: "the receipt, beside those of others",
            expected: ["receipt-missing"],
            receipt: [receipt, ...stage.receipts],
          }),
        ],
      },
    ];
  },
};

/** The receipt is a true one: only the entry that it promises is nowhere. */
function receiptForNothing(stage: Stage): Receipt {
  const { history, keys } = stage;
  const log = hourLog(history);
  const now = slotOf(Date.now(), SLOT.hour);
  const slot = Math.min(lastSlot(history, log), now - TWO_HOURS);
  const like = nextPaidUse(history);
  const opening = openingOf(stage, like, slot);
  const use: Use = {
    ...like,
    slot,
    private: commitmentOf(primitives, opening),
  };
  const entry = utf8ToBytes(writeUse(use));
  const group = { entries: [entry], publishBy: publicBy("hour", slot) };
  const make = receiptsOf(
    primitives,
    log,
    keys.gateway.publicKey,
    keys.gateway.sign,
  );
  return make({ index: 0, position: 0, group }, entry, { opening });
}

function openingOf({ history }: Stage, { permit }: Use, slot: number) {
  const register = registerAt(history, history.lines.length);
  const { organisation, product } = permitOf(register, permit).act;
  const content = register.products.get(product)?.act;
  const dataset = content?.content[0]?.dataset ?? product;
  return {
    nonce: randomBytes(32),
    content: privatePartBytes({
      at: slot,
      organisation,
      plan: {
        form: "answer",
        dataset,
        key: [{ field: content?.key?.[0] ?? "number", value: "D-2019-0042" }],
        values: [{ field: "name", value: "Resident 0042" }],
      },
      rows: 1,
      bytes: 16,
      answer: toBase64url(primitives.sha256(utf8ToBytes('{"answer":"yes"}'))),
      subjects: ["Resident 0042"],
    }),
  };
}
