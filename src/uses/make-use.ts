import { toBase64url } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { type PermitAdmission, unitsOf } from "./admit.ts";
import { commitmentOf, type Opening, privatePartBytes } from "./opening.ts";
import type { Request } from "./plan.ts";
import { charge } from "./price.ts";
import { BYTES_PER_STEP, sizeClass, SLOT, type Use } from "./use.ts";

/** What was answered: to whom, when exactly, how much, about whom. */
export type Answer = {
  readonly organisation: string;
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly subjects: readonly string[];
  readonly vintage: number | undefined;
};

/** The entry of an admitted request that was answered, and the opening of its private part. `nonce`: 32 random bytes. */
export function makeUse(
  p: Primitives,
  request: Request,
  admission: PermitAdmission,
  answer: Answer,
  slot: number,
  nonce: Uint8Array,
): { readonly use: Use; readonly opening: Opening } {
  const { permit, product, price, slotName } = admission;
  const { organisation, bytes, rows, subjects, vintage } = answer;
  // The clock may have gone on since the slot was taken: what is opened says the slot that was entered.
  const last = slot + SLOT[slotName] - 1;
  const at = Math.min(Math.max(answer.at, slot), last);
  const opening: Opening = {
    nonce,
    content: privatePartBytes({
      at,
      organisation,
      plan: request.plan,
      rows,
      bytes: bytes.length,
      answer: toBase64url(p.sha256(bytes)),
      subjects: [...subjects],
      ...(vintage === undefined ? {} : { vintage }),
      ...(request.case === undefined ? {} : { case: request.case }),
    }),
  };
  const fee = price.fee?.act;
  const units = unitsOf(product, rows, bytes.length, BYTES_PER_STEP);
  const use: Use = {
    v: 1,
    kind: "use",
    permit: permit.act.permit,
    operation: request.plan.form,
    fields: admission.fields.toString(16),
    where: admission.where.toString(16),
    slot,
    units,
    subjects: sizeClass(subjects.length),
    ...(fee === undefined ? {} : { fee: fee.fee }),
    charge: charge(units, fee),
    state: "whole",
    private: commitmentOf(p, opening),
  };
  return { use, opening };
}
