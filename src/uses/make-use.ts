import { toBase64url } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { type PermitAdmission, unitsOf } from "./admit.ts";
import {
  commitmentOf,
  type Opening,
  privatePartBytes,
  settlePartBytes,
} from "./opening.ts";
import type { Request } from "./plan.ts";
import { charge } from "./price.ts";
import {
  BYTES_PER_STEP,
  sizeClass,
  SLOT,
  type Settle,
  stepsOf,
  type Use,
} from "./use.ts";

/** How much was given: rows, bytes, and the SHA-256 of the bytes as they left. */
export type Given = {
  readonly rows: number;
  readonly bytes: number;
  readonly answer: string;
};

export function givenOf(p: Primitives, bytes: Uint8Array, rows: number): Given {
  return { rows, bytes: bytes.length, answer: toBase64url(p.sha256(bytes)) };
}

/** What was answered: to whom, when exactly, about whom; and how much, or at most how many rows where it only begins. */
export type Answer = {
  readonly organisation: string;
  readonly at: number;
  readonly given: Given | { readonly rowsMax: number };
  readonly subjects: readonly string[];
  readonly vintage: number | undefined;
  readonly user?: string;
  readonly signature?: string;
  readonly keyed?: boolean;
};

type Made = { readonly use: Use; readonly opening: Opening };

/** The entry of an admitted request that was answered, and the opening of its private part. `nonce`: 32 random bytes. */
export function makeUse(
  p: Primitives,
  request: Request,
  admission: PermitAdmission,
  answer: Answer,
  slot: number,
  nonce: Uint8Array,
): Made {
  const { permit, product, price } = admission;
  const { given, subjects } = answer;
  const opening = openingOf(request, admission, answer, slot, nonce);
  const fee = price.fee?.act;
  const units =
    "rowsMax" in given
      ? {
          calls: 1,
          steps: stepsOf(given.rowsMax, product.rowsPerStep),
          bytes: 0,
        }
      : unitsOf(product, given.rows, given.bytes, BYTES_PER_STEP);
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
    state: "rowsMax" in given ? "open" : "whole",
    ...(answer.keyed === true ? { keyed: true } : {}),
    private: commitmentOf(p, opening),
  };
  return { use, opening };
}

/** The private part of a use, or of its being answered anew. */
export function openingOf(
  request: Request,
  { slotName }: Pick<PermitAdmission, "slotName">,
  answer: Answer,
  slot: number,
  nonce: Uint8Array,
): Opening {
  const { organisation, given, subjects, vintage, user, signature } = answer;
  // The clock may have gone on since the slot was taken: what is opened says the slot that was entered.
  const last = slot + SLOT[slotName] - 1;
  const at = Math.min(Math.max(answer.at, slot), last);
  return {
    nonce,
    content: privatePartBytes({
      at,
      organisation,
      plan: request.plan,
      ...("rowsMax" in given ? {} : given),
      subjects: [...subjects],
      ...(vintage === undefined ? {} : { vintage }),
      ...(request.case === undefined ? {} : { case: request.case }),
      ...(user === undefined ? {} : { user }),
      ...(signature === undefined ? {} : { requestSignature: signature }),
    }),
  };
}

/** What an open use came to. What broke is free; what was cut short is charged as far as it went. */
export function makeSettle(
  p: Primitives,
  of: { readonly use: Use; readonly leaf: string },
  result: Settle["result"],
  given: Given,
  { at, rowsPerStep }: { readonly at: number; readonly rowsPerStep: number },
  fee: Parameters<typeof charge>[1],
  nonce: Uint8Array,
): { readonly settle: Settle; readonly opening: Opening } {
  const opening = { nonce, content: settlePartBytes({ at, ...given }) };
  const units = {
    calls: 1,
    steps: stepsOf(given.rows, rowsPerStep),
    bytes: stepsOf(given.bytes, BYTES_PER_STEP),
  };
  const settle: Settle = {
    v: 1,
    kind: "settle",
    of: of.leaf,
    result,
    units,
    subjects: of.use.subjects,
    charge: result === "broken" ? 0 : charge(units, fee),
    private: commitmentOf(p, opening),
  };
  return { settle, opening };
}
