import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { toBase64url, utf8ToBytes } from "../../acts/bytes.ts";
import { encode } from "../../acts/canonical.ts";
import { publicBy } from "../../audit/heads.ts";
import { namesOf } from "../../register/fields.ts";
import { primitives } from "../../store/crypto.ts";
import { writeUse } from "../../uses/codec.ts";
import { receiptsOf } from "../../uses/make-receipt.ts";
import {
  commitmentOf,
  type Opening,
  privatePartBytes,
} from "../../uses/opening.ts";
import type { Use } from "../../uses/use.ts";
import { registerAt } from "./history.ts";
import { hourLog, permitOf } from "./serving.ts";
import type { Stage } from "./stage.ts";

/** A use with the commitment to one true request, and the receipt that the payer got for it, in a file. */
export async function withReceipt(
  stage: Stage,
  name: string,
  like: Use,
): Promise<{ readonly use: Use; readonly receipt: string }> {
  const { history, keys, dir } = stage;
  const opening = openingOf(stage, like);
  const use = { ...like, private: commitmentOf(primitives, opening) };
  const entry = utf8ToBytes(writeUse(use));
  const group = { entries: [entry], publishBy: publicBy("hour", use.slot) };
  const { publicKey, sign } = keys.gateway;
  const make = receiptsOf(primitives, hourLog(history), publicKey, sign);
  const made = make({ index: 0, position: 0, group }, entry, { opening });
  const receipt = join(dir, `${name}.receipt.json`);
  await fs.writeFile(receipt, encode(made));
  return { use, receipt };
}

/** What a payer asked and got: one answer, with the fields that the entry names. */
function openingOf({ history }: Stage, like: Use): Opening {
  const register = registerAt(history, history.lines.length);
  const { organisation, product } = permitOf(register, like.permit).act;
  const standing = register.products.get(product);
  const named = (bits: string): readonly string[] =>
    namesOf(standing?.fields ?? [], BigInt(`0x${bits}`));
  const answer = utf8ToBytes('{"answer":"yes"}');
  return {
    nonce: randomBytes(32),
    content: privatePartBytes({
      at: like.slot,
      organisation,
      plan: {
        form: "answer",
        dataset: standing?.act.content[0]?.dataset ?? product,
        key: named(like.where).map((field) => ({
          field,
          value: "D-2019-0042",
        })),
        values: named(like.fields).map((field) => ({
          field,
          value: "Resident 0042",
        })),
      },
      rows: 1,
      bytes: answer.length,
      answer: toBase64url(primitives.sha256(answer)),
      subjects: like.subjects === 0 ? [] : ["Resident 0042"],
    }),
  };
}
