import type { Act, ActOf } from "../src/acts/act.ts";
import { parseEntry } from "../src/acts/entry.ts";
import type { Spent } from "../src/uses/admit.ts";
import type { Request } from "../src/uses/plan.ts";
import type { Use } from "../src/uses/use.ts";
import {
  newestFee,
  isStayed,
  plainly,
  renewedTo,
  touches,
} from "./story-model-beyond.ts";

/**
 * Admission and price as docs/spec/4-usage-log.md has them, small, slow and obvious: every question goes through the whole
 * list of granted acts. It shares no code with src/uses and src/register, and looks at no register.
 */
export type Granted = { readonly at: number; readonly act: Act };

export function grantedIn(entries: readonly Uint8Array[]): readonly Granted[] {
  const acts = entries.map(parseEntry).flatMap((entry) => {
    const isGranted =
      entry.type === "act" && entry.ruling.outcome === "granted";
    return isGranted ? [{ at: entry.at, act: entry.statement.act }] : [];
  });
  return plainly(acts);
}

export type Model =
  | { readonly outcome: "open" }
  | { readonly outcome: "refused" }
  | { readonly outcome: "admitted"; readonly permits: readonly string[] };

export function modelAdmit(
  history: readonly Granted[],
  { product: named, purpose, plan, case: number }: Request,
  who: string | undefined,
  at: number,
  spent: (permit: string) => Spent,
  known: { readonly permit?: string; readonly rows?: number } = {},
): Model {
  const dataset = all(history, "dataset").find(
    ({ act }) => act.dataset === plan.dataset,
  )?.act;
  if (dataset === undefined) return { outcome: "refused" };
  if (
    named === undefined &&
    plan.form !== "answer" &&
    dataset.fields.every((field) => field.classification === "open")
  ) {
    if (!isLent(history, plan.dataset, at, 60_000))
      return { outcome: "refused" };
    return { outcome: "open" };
  }
  const id = named ?? `${plan.dataset}.${plan.form}`;
  const product = all(history, "product").find(
    ({ act }) => act.product === id,
  )?.act;
  if (
    product === undefined ||
    product.form !== plan.form ||
    product.content[0]?.dataset !== plan.dataset
  )
    return { outcome: "refused" };
  const fields =
    plan.form === "records" || plan.form === "file"
      ? plan.fields
      : plan.form === "answer"
        ? plan.values.map((v) => v.field)
        : [
            ...plan.by,
            ...plan.measures.flatMap((m) =>
              m.measure === "sum" ? [m.field] : [],
            ),
          ];
  const where =
    plan.form === "records"
      ? [...plan.where.map((c) => c.field), ...plan.order.map((o) => o.field)]
      : plan.form === "answer"
        ? plan.key.map((k) => k.field)
        : plan.form === "file"
          ? []
          : plan.where.map((c) => c.field);
  const rows =
    "limit" in plan ? plan.limit : plan.form === "file" ? (known.rows ?? 1) : 1;
  const steps = Math.max(1, Math.ceil(rows / product.rowsPerStep));
  const permits = all(history, "permit").filter(
    ({ act }) =>
      act.organisation === who &&
      act.product === id &&
      (purpose === undefined || act.purpose === purpose) &&
      (known.permit === undefined || act.permit === known.permit),
  );
  const good = permits.filter(({ act }) => {
    const used = spent(act.permit);
    return (
      stands(history, act.permit, at) &&
      fields.every((name) => act.fields.includes(name)) &&
      where.every((name) => act.where.includes(name)) &&
      rows <= act.rowsMax &&
      (number !== undefined || !wantsCase(history, act.purpose)) &&
      used.calls + 1 <= (act.quota.calls ?? Infinity) &&
      used.steps + steps <= (act.quota.steps ?? Infinity)
    );
  });
  return good.length === 0
    ? { outcome: "refused" }
    : { outcome: "admitted", permits: good.map(({ act }) => act.permit) };
}

function wantsCase(history: readonly Granted[], purpose: string): boolean {
  return (
    rulebook(history)?.purposes.find((one) => one.purpose === purpose)?.case ===
    true
  );
}

/** Whether an entered use is right, at the end of a history. */
export function modelAgain(
  history: readonly Granted[],
  use: Use,
  slotName: "hour" | "minute",
  spent: Spent,
): boolean {
  const permit = all(history, "permit").find(
    ({ act }) => act.permit === use.permit,
  )?.act;
  const product = all(history, "product").find(
    ({ act }) => act.product === permit?.product,
  )?.act;
  if (
    permit === undefined ||
    product === undefined ||
    !stands(history, permit.permit, use.slot)
  )
    return false;
  const content = product.content.flatMap((part) => part.fields);
  const named = (bits: string): readonly (string | undefined)[] =>
    BigInt(`0x${bits}`)
      .toString(2)
      .split("")
      .toReversed()
      .flatMap((bit, i) => (bit === "1" ? [content[i]] : []));
  const { calls, steps } = use.units;
  const stepsMax = Math.max(1, Math.ceil(permit.rowsMax / product.rowsPerStep));
  const right = modelPrice(history, permit.permit, use.slot);
  return (
    slotName === (personal(history, product) ? "hour" : "minute") &&
    use.operation === product.form &&
    named(use.fields).every(
      (name) => name !== undefined && permit.fields.includes(name),
    ) &&
    named(use.where).every(
      (name) => name !== undefined && permit.where.includes(name),
    ) &&
    calls === 1 &&
    steps >= 1 &&
    steps <= stepsMax &&
    spent.calls + calls <= (permit.quota.calls ?? Infinity) &&
    spent.steps + steps <= (permit.quota.steps ?? Infinity) &&
    (use.subjects === 0 || /^10*$/.test(String(use.subjects))) &&
    use.fee === right?.fee &&
    use.charge ===
      (right === undefined
        ? 0
        : right.amount * (right.unit === "call" ? calls : steps))
  );
}

/** The fee in force for the product and the payer's class under the slot, the one entered last, where it may be charged; none for public purposes. */
export function modelPrice(
  history: readonly Granted[],
  id: string,
  at: number,
): ActOf<"feeStandard"> | undefined {
  const permit = all(history, "permit").find(
    ({ act }) => act.permit === id,
  )?.act;
  const product = all(history, "product").find(
    ({ act }) => act.product === permit?.product,
  )?.act;
  if (permit === undefined || product === undefined) return undefined;
  if (
    rulebook(history)?.purposes.find((one) => one.purpose === permit.purpose)
      ?.class !== "industry"
  )
    return undefined;
  const payer = all(history, "organisation").find(
    ({ act }) => act.organisation === permit.organisation,
  )?.act.class;
  const length = slotLength(history, product);
  const inTime = all(history, "feeStandard").filter(
    ({ at: entered, act }) =>
      act.product === permit.product &&
      payer !== undefined &&
      act.classes.includes(payer) &&
      touches(act.from ?? entered, act.to, at, length),
  );
  const fee = newestFee(
    inTime.map(({ act }) => act),
    (id) => isStayed(history, "fee", id, at),
    all(history, "feeEnded"),
  );
  return fee !== undefined && isCharged(history, fee, at, length)
    ? fee
    : undefined;
}

/** I3 on that day: under the ceiling entered last, and on a ground that the rulebook still has. */
function isCharged(
  history: readonly Granted[],
  fee: ActOf<"feeStandard">,
  at: number,
  length: number,
): boolean {
  const ceiling = all(history, "feeCeiling").findLast(
    ({ at: entered, act }) =>
      act.product === fee.product &&
      act.unit === fee.unit &&
      act.currency === fee.currency &&
      touches(act.from ?? entered, act.to, at, length),
  )?.act;
  const payee =
    "body" in fee.payee
      ? "body"
      : fee.payee.organisation === lenderOf(history, fee.product)
        ? "contributor"
        : "operator";
  return (
    fee.amount <= (ceiling?.amount ?? -1) &&
    rulebook(history)?.grounds.some(
      (one) =>
        one.ground === fee.ground &&
        one.payee === payee &&
        one.purposes.includes("industry"),
    ) === true
  );
}

/** Who lent the dataset of a product's first part. */
function lenderOf(history: readonly Granted[], id: string): string | undefined {
  const part = all(history, "product").find(({ act }) => act.product === id)
    ?.act.content[0]?.dataset;
  const lent = all(history, "dataset").find(({ act }) => act.dataset === part)
    ?.act.contribution;
  return all(history, "contribution").find(
    ({ act }) => act.contribution === lent,
  )?.act.contributor;
}

/** Data that somebody lends are there as long as they are lent. */
function isLent(
  history: readonly Granted[],
  dataset: string | undefined,
  at: number,
  length: number,
): boolean {
  const id = all(history, "dataset").find(({ act }) => act.dataset === dataset)
    ?.act.contribution;
  if (id === undefined) return true;
  const lent = all(history, "contribution").find(
    ({ act }) => act.contribution === id,
  );
  const notices = all(history, "contributionNotice")
    .filter(({ act }) => act.contribution === id)
    .map(({ act }) => act.ends);
  return (
    lent !== undefined &&
    touches(
      lent.act.from ?? lent.at,
      Math.min(lent.act.to ?? Infinity, ...notices),
      at,
      length,
    )
  );
}

/** A permit, its product, the authorisation behind it and its purpose, under the slot of an instant. */
function stands(history: readonly Granted[], id: string, at: number): boolean {
  const permit = all(history, "permit").find(({ act }) => act.permit === id);
  const product = all(history, "product").find(
    ({ act }) => act.product === permit?.act.product,
  );
  if (permit === undefined || product === undefined) return false;
  const length = slotLength(history, product.act);
  if (all(history, "permitRevoked").some(({ act }) => act.permit === id))
    return false;
  if (
    all(history, "productWithdrawn").some(
      ({ act }) => act.product === product.act.product,
    )
  )
    return false;
  if (
    !touches(
      permit.act.from ?? permit.at,
      renewedTo(history, id, permit.act.to),
      ...([at, length] as const),
    ) ||
    !touches(product.at, undefined, at, length) ||
    isStayed(history, "permit", id, at) ||
    isStayed(history, "product", product.act.product, at)
  )
    return false;
  if (!isLent(history, product.act.content[0]?.dataset, at, length))
    return false;
  if (
    rulebook(history)?.purposes.every(
      (one) => one.purpose !== permit.act.purpose,
    ) !== false
  )
    return false;
  return (
    product.act.authorisation === undefined ||
    rightStands(history, product.act.authorisation, at, length)
  );
}

function rightStands(
  history: readonly Granted[],
  id: string,
  at: number,
  length: number,
): boolean {
  if (
    isStayed(history, "authorisation", id, at) ||
    all(history, "authorisationEnded").some(
      ({ act }) => act.authorisation === id,
    )
  )
    return false;
  const right = all(history, "authorisation").find(
    ({ act }) => act.authorisation === id,
  );
  if (right !== undefined)
    return touches(right.act.from ?? right.at, right.act.to, at, length);
  const confirmed = all(history, "confirmed").find(
    ({ act }) => act.authorisation === id,
  );
  const original = all(history, "reportedAuthorisation").find(
    ({ act }) => act.reported === confirmed?.act.reported,
  )?.act;
  if (confirmed === undefined || original === undefined) return false;
  // The earliest that a partial date can mean, eight hours east of UTC.
  const [year = 0, month = 1, day = 1] = (original.to ?? "9999")
    .split("-")
    .map(Number);
  const end = Math.min(
    confirmed.act.to ?? Infinity,
    Date.UTC(year, month - 1, day) - 8 * 3_600_000,
  );
  return touches(confirmed.at, end, at, length);
}

/** Something is in force under a slot when it began before the slot's end and ends after the slot's beginning. */
function slotLength(
  history: readonly Granted[],
  product: ActOf<"product">,
): number {
  return personal(history, product) ? 3_600_000 : 60_000;
}

function personal(
  history: readonly Granted[],
  product: ActOf<"product">,
): boolean {
  return product.content.some((part) => {
    const dataset = all(history, "dataset").find(
      ({ act }) => act.dataset === part.dataset,
    )?.act;
    return (
      dataset?.subject !== undefined ||
      dataset?.fields.some(
        (field) =>
          field.classification === "personal" ||
          field.classification === "sensitive",
      ) === true
    );
  });
}

function rulebook(
  history: readonly Granted[],
): ActOf<"rulebookAdopted">["rulebook"] | undefined {
  return (
    all(history, "rulebookAdopted").at(-1)?.act.rulebook ??
    all(history, "genesis")[0]?.act.rulebook
  );
}

export function all<K extends Act["kind"]>(
  history: readonly Granted[],
  kind: K,
): readonly { readonly at: number; readonly act: ActOf<K> }[] {
  return history.filter(
    (one): one is { at: number; act: ActOf<K> } => one.act.kind === kind,
  );
}
