import type { Finding } from "../acts/entry.ts";
import {
  inForceDuring,
  isBetweenTerms,
  isSuspended,
  type Product,
  type ReadRegister,
  type Standing,
  type StandingPermit,
} from "../register/register.ts";
import { isOpen, beyond, bitsOf } from "../register/fields.ts";
import { breach, missing } from "../rules/findings.ts";
import { isNoLongerRegistered, isNoLongerSold } from "../rules/registered.ts";
import { fieldsOf, type Request } from "./plan.ts";
import { type Price, priceOf } from "./price.ts";
import { rowsMost } from "./rows-most.ts";
import { SLOT, type SlotName, stepsOf, type Units } from "./use.ts";

/** Every answer is one call. */
export const CALLS_PER_USE = 1;

/** What is known beside the register and the request: a token may be for one permit alone, and a file has its rows. */
export type Known = { readonly permit?: string; readonly rows?: number };

export type Spent = { readonly calls: number; readonly steps: number };

/** Open data: no permit, no price; counted, not traced. */
export type OpenAdmission = {
  readonly outcome: "open";
  readonly dataset: string;
  readonly basis: number;
};
export type PermitAdmission = {
  readonly outcome: "admitted";
  readonly permit: StandingPermit;
  readonly product: Product;
  readonly slotName: SlotName;
  readonly price: Price;
  readonly fields: bigint;
  readonly where: bigint;
  /** The latest entry that the admission rests on: an anchor must lie behind it. */
  readonly basis: number;
};
export type Refusal = {
  readonly outcome: "refused";
  readonly findings: readonly Finding[];
  readonly product: string;
  readonly dataset: string;
};
export type Admission = OpenAdmission | PermitAdmission | Refusal;

/** Uses of personal data are public under the hour, all others under the minute. */
export function slotNameOf(personal: boolean): SlotName {
  return personal ? "hour" : "minute";
}

/** The product a request is for: the one it names, or by convention the dataset's product of that form. */
export function productOf({ product, plan }: Request): string {
  return product ?? `${plan.dataset}.${plan.form}`;
}

/**
 * May this organisation have this? Decided from the register and the slot alone; `spent` gives what a permit has used
 * of its quota. A refusal explains itself in full, because nothing but public facts was looked at.
 */
export function admit(
  register: ReadRegister,
  request: Request,
  organisation: string | undefined,
  at: number,
  spent: (permit: string) => Spent,
  known: Known = {},
): Admission {
  const { plan } = request;
  const product = productOf(request);
  const refuse = (...findings: readonly Finding[]): Refusal => ({
    outcome: "refused",
    findings,
    product,
    dataset: plan.dataset,
  });
  const dataset = register.datasets.get(plan.dataset);
  if (dataset === undefined)
    return refuse(missing("I1", ["dataset", plan.dataset]));
  if (
    request.product === undefined &&
    plan.form !== "answer" &&
    isOpen(dataset.act)
  ) {
    const lent = lentOf(register, plan.dataset);
    const [slot, length] = slotAt(at, false);
    if (lent !== undefined && !inForceDuring(lent.standing, slot, length))
      return refuse(ended("I2", "contribution", lent.id, lent.standing, slot));
    return { outcome: "open", dataset: plan.dataset, basis: dataset.entry };
  }
  const standing = register.products.get(product);
  if (standing === undefined)
    return refuse(missing("I1", ["product", product]));
  if (
    standing.act.content[0]?.dataset !== plan.dataset ||
    standing.act.form !== plan.form
  ) {
    return refuse(
      breach(
        "V-SCOPE",
        ["product", product],
        ["dataset", plan.dataset],
        ["form", plan.form],
      ),
    );
  }
  const permits = permitsOf(register, organisation, product).filter(
    (p) =>
      (request.purpose === undefined || p.act.purpose === request.purpose) &&
      (known.permit === undefined || p.act.permit === known.permit),
  );
  if (permits.length === 0)
    return refuse(missing("I2", ["permit-for", product]));
  const touched = fieldsOf(plan);
  const outside = beyond(standing.fields, [
    ...touched.fields,
    ...touched.where,
  ]);
  if (outside.length > 0)
    return refuse(
      ...outside.map((name) =>
        breach("V-SCOPE", ["product", product], ["field", name]),
      ),
    );
  const asked: Asked = {
    operation: plan.form,
    fields: bitsOf(standing.fields, touched.fields),
    where: bitsOf(standing.fields, touched.where),
    rows: rowsMost(plan, known),
  };
  let nearest: readonly Finding[] = [];
  for (const permit of permits) {
    const findings = examine(
      register,
      permit,
      asked,
      at,
      spent(permit.act.permit),
    );
    if ("findings" in findings) nearest = findings.findings;
    else if (lacksCase(register, permit, request))
      nearest = [missing("V-CASE", ["purpose", permit.act.purpose])];
    else return findings;
  }
  return refuse(...nearest);
}

function lacksCase(
  register: ReadRegister,
  { act }: StandingPermit,
  request: Request,
): boolean {
  return (
    request.case === undefined &&
    (register.rulebook?.act.purposes.some(
      (one) => one.purpose === act.purpose && one.case === true,
    ) ??
      false)
  );
}

/** Data that were lent are served as long as their holder lends them. */
function lentOf(register: ReadRegister, dataset: string) {
  const id = register.datasets.get(dataset)?.act.contribution;
  return id === undefined
    ? undefined
    : { id, standing: register.contributions.get(id) };
}

function slotAt(at: number, personal: boolean): [number, number] {
  const length = SLOT[slotNameOf(personal)];
  return [at - (at % length), length];
}

function permitsOf(
  register: ReadRegister,
  organisation: string | undefined,
  product: string,
): readonly StandingPermit[] {
  const found: StandingPermit[] = [];
  for (const id of register.permitsOf.get(`${organisation ?? ""} ${product}`) ??
    []) {
    const permit = register.permits.get(id);
    // Those that ended come last: they explain a refusal, and must not hide a permit that stands.
    if (permit !== undefined) found.push(permit);
  }
  return found.length < 2
    ? found
    : found.sort(
        (a, b) => Number(a.ended !== undefined) - Number(b.ended !== undefined),
      );
}

type Asked = {
  readonly operation: string;
  readonly fields: bigint;
  readonly where: bigint;
  readonly rows: number;
};

/** One permit against what is asked: shared by the gateway that admits and by everybody who admits again. */
export function examine(
  register: ReadRegister,
  permit: StandingPermit,
  asked: Asked,
  at: number,
  spent: Spent,
): PermitAdmission | { findings: readonly Finding[] } {
  const id = permit.act.permit;
  const product = register.products.get(permit.act.product);
  const slotName = slotNameOf(product?.personal ?? true);
  const [slot, length] = slotAt(at, product?.personal ?? true);
  const stop = (...findings: readonly Finding[]) => ({ findings });
  if (!inForceDuring(permit, slot, length))
    return stop(ended("I2", "permit", id, permit, slot));
  if (product === undefined || !inForceDuring(product, slot, length))
    return stop(ended("I1", "product", permit.act.product, product, slot));
  const authorisation =
    product.act.authorisation === undefined
      ? undefined
      : register.authorisations.get(product.act.authorisation);
  if (
    product.act.authorisation !== undefined &&
    !inForceDuring(authorisation, slot, length)
  ) {
    return stop(
      ended(
        "I2",
        "authorisation",
        product.act.authorisation,
        authorisation,
        slot,
      ),
    );
  }
  const dataset = product.act.content[0]?.dataset ?? "";
  const lent = lentOf(register, dataset);
  if (lent !== undefined && !inForceDuring(lent.standing, slot, length))
    return stop(ended("I2", "contribution", lent.id, lent.standing, slot));
  const code = register.codes.get(dataset);
  if (
    code !== undefined &&
    isNoLongerRegistered(register, dataset, code, slot, length)
  )
    return stop(
      ended("CN-REG-01", "registration", code.act.registration, code, slot),
    );
  const sold = register.productCodes.get(permit.act.product);
  if (sold !== undefined && isNoLongerSold(register, sold, slot, length))
    return stop(
      ended("CN-REG-02", "registration", sold.act.registration, sold, slot),
    );
  if (!(
    register.rulebook?.act.purposes.some(
      (one) => one.purpose === permit.act.purpose,
    ) ?? false
  ))
    return stop(breach("V-PUR", ["purpose", permit.act.purpose]));
  if (asked.operation !== product.act.form)
    return stop(breach("V-SCOPE", ["permit", id], ["form", asked.operation]));
  if ((asked.fields & ~permit.fieldBits) !== 0n)
    return stop(
      breach(
        "V-SCOPE",
        ["permit", id],
        ["fields", (asked.fields & ~permit.fieldBits).toString(16)],
      ),
    );
  if ((asked.where & ~permit.whereBits) !== 0n)
    return stop(
      breach(
        "V-SCOPE",
        ["permit", id],
        ["where", (asked.where & ~permit.whereBits).toString(16)],
      ),
    );
  if (asked.rows > permit.act.rowsMax)
    return stop(
      breach(
        "V-SCOPE",
        ["permit", id],
        ["rows", asked.rows],
        ["rows-max", permit.act.rowsMax],
      ),
    );
  const { calls, steps } = permit.act.quota;
  if (calls !== undefined && spent.calls + 1 > calls)
    return stop(breach("V-QUOTA", ["permit", id], ["calls", calls]));
  const need = stepsOf(asked.rows, product.act.rowsPerStep);
  if (steps !== undefined && spent.steps + need > steps)
    return stop(breach("V-QUOTA", ["permit", id], ["steps", steps]));
  const price = priceOf(register, permit.act, slot, length);
  const basis = Math.max(
    permit.entry,
    product.entry,
    authorisation?.entry ?? 0,
    lent?.standing?.entry ?? 0,
    code?.entry ?? 0,
    sold?.entry ?? 0,
    price.basis,
  );
  return {
    outcome: "admitted",
    permit,
    product: product.act,
    slotName,
    price,
    fields: asked.fields,
    where: asked.where,
    basis,
  };
}

function ended(
  rule: string,
  what: string,
  id: string,
  standing: Standing<unknown> | undefined,
  slot: number,
): Finding {
  if (standing === undefined) return missing(rule, [what, id]);
  const { suspended } = standing;
  if (
    standing.ended === undefined &&
    suspended !== undefined &&
    isSuspended(standing, slot)
  )
    return breach(
      rule,
      [what, id],
      ["suspended-until", suspended.until],
      ["by-entry", suspended.entry],
    );
  const from = notBefore(standing, slot);
  if (standing.ended === undefined && from !== undefined)
    return breach(rule, [what, id], ["in-force-from", from]);
  return breach(
    rule,
    [what, id],
    standing.ended === undefined
      ? ["until", standing.to]
      : ["ended-by-entry", standing.ended.entry],
  );
}

/** Granted, and not in force yet: since it begins later, or takes effect after the delay of the rulebook. */
function notBefore(
  standing: Standing<unknown>,
  slot: number,
): number | undefined {
  if (isBetweenTerms(standing, slot)) return standing.longer?.until;
  return standing.from > slot ? standing.from : undefined;
}

/** The units of one whole answer. */
export function unitsOf(
  product: Product,
  rows: number,
  bytes: number,
  bytesPerStep: number,
): Units {
  return {
    calls: CALLS_PER_USE,
    steps: stepsOf(rows, product.rowsPerStep),
    bytes: Math.max(1, Math.ceil(bytes / bytesPerStep)),
  };
}
