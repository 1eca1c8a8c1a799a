import type { Finding } from "../acts/entry.ts";
import { NEVER, type ReadRegister } from "../register/register.ts";
import { isPersonal, namesOf } from "../register/fields.ts";
import { breach } from "../rules/findings.ts";
import {
  admit,
  type Admission,
  CALLS_PER_USE,
  type Known,
  type PermitAdmission,
  productOf,
  slotNameOf,
  type Spent,
} from "./admit.ts";
import type { ExplainedPrice, Rest, Thing, UseExplained } from "./explained.ts";
import { nearestOf } from "./nearest.ts";
import { rowsMost } from "./rows-most.ts";
import { type AskedPlan, fieldsOf, type Request } from "./plan.ts";
import { charge } from "./price.ts";
import { strayKey } from "./stray-key.ts";
import { SLOT, slotOf, stepsOf } from "./use.ts";

export type Asking = {
  readonly register: ReadRegister;
  readonly request: Request;
  readonly organisation: string | undefined;
  readonly at: number;
  /** What permits have used of their quotas; undefined where the asker may not know it. */
  readonly spent?: (permit: string) => Spent;
  readonly known?: Known;
};

/**
 * What would become of a request, and why: the same decision as the gate's, told. Nothing is entered, charged or counted, no
 * engine is asked, and no value of the request is looked at.
 */
export function explainUse(asking: Asking): UseExplained {
  const { register, request, organisation, at, spent } = asking;
  const { plan } = request;
  const rows = register.vintages.get(plan.dataset)?.vintage.rows;
  const known = { ...(rows === undefined ? {} : { rows }), ...asking.known };
  const admission = admit(
    ...([register, request, organisation, at] as const),
    spent ?? (() => ({ calls: 0, steps: 0 })),
    known,
  );
  const asked = rowsMost(plan, known);
  const common = commonOf(asking, asked);
  const findings = findingsOf(admission, plan);
  if (findings.length > 0 || admission.outcome === "refused") {
    const wanted = { register, request, organisation, at, known };
    return {
      outcome: "refused",
      ...common,
      findings: [...findings],
      nearest: [...nearestOf({ ...wanted, rows: asked, spent })],
    };
  }
  if (admission.outcome === "open")
    return {
      outcome: "open",
      ...common,
      rule: "I2",
      price: { because: "open data", most: 0 },
      rests: [
        ...restOf("dataset", plan.dataset, register.datasets),
        ...lentIn(register, plan.dataset),
      ],
    };
  return { ...common, ...admitted(asking, admission, asked) };
}

function findingsOf(admission: Admission, plan: AskedPlan): readonly Finding[] {
  if (admission.outcome === "refused") return admission.findings;
  if (admission.outcome === "open" || plan.form !== "answer") return [];
  const stray = strayKey(admission.product, plan);
  const { product } = admission.product;
  return stray === undefined
    ? []
    : [breach("V-SCOPE", ["product", product], ["key", stray])];
}

function commonOf(
  { register, request, organisation, at }: Asking,
  rows: number,
) {
  const { plan } = request;
  const dataset = register.datasets.get(plan.dataset)?.act;
  const product = productOf(request);
  const name = slotNameOf(
    register.products.get(product)?.personal ??
      (dataset !== undefined && isPersonal(dataset)),
  );
  const from = slotOf(at, SLOT[name]);
  const { fields, where } = fieldsOf(plan);
  return {
    slot: { name, from, to: from + SLOT[name] },
    ...(organisation === undefined ? {} : { organisation }),
    dataset: plan.dataset,
    product,
    form: plan.form,
    ...(request.purpose === undefined ? {} : { purpose: request.purpose }),
    asked: { fields: [...fields], where: [...where], rows },
  };
}

function admitted(
  { register, spent }: Asking,
  { permit, product, price, outcome }: PermitAdmission,
  rows: number,
) {
  const { act } = permit;
  const names = register.products.get(act.product)?.fields ?? [];
  const purpose = register.rulebook?.act.purposes.find(
    (one) => one.purpose === act.purpose,
  );
  const used = spent?.(act.permit);
  const { calls, steps } = act.quota;
  const { authorisation } = product;
  const dataset = product.content[0]?.dataset ?? "";
  return {
    outcome,
    rule: "I2",
    permit: {
      permit: act.permit,
      organisation: act.organisation,
      purpose: act.purpose,
      ...(purpose === undefined ? {} : { purposeClass: purpose.class }),
      fields: [...namesOf(names, permit.fieldBits)],
      where: [...namesOf(names, permit.whereBits)],
      ...(act.rows === undefined ? {} : { rows: [...act.rows] }),
      rowsMax: act.rowsMax,
      quota: act.quota,
      ...(used === undefined
        ? {}
        : {
            left: {
              ...(calls === undefined
                ? {}
                : { calls: Math.max(0, calls - used.calls) }),
              ...(steps === undefined
                ? {}
                : { steps: Math.max(0, steps - used.steps) }),
            },
          }),
    },
    price: priced(register, price, stepsOf(rows, product.rowsPerStep)),
    rests: [
      ...restOf("permit", act.permit, register.permits),
      ...restOf("product", act.product, register.products),
      ...restOf("authorisation", authorisation, register.authorisations),
      ...lentIn(register, dataset),
      ...restOf("fee", price.fee?.act.fee, register.fees),
      ...restOf("ceiling", price.ceiling?.act.ceiling, register.ceilings),
      ...(register.rulebook === undefined
        ? []
        : [
            {
              what: "rulebook" as const,
              id: register.rulebook.act.rulebook,
              entry: register.rulebook.entry,
            },
          ]),
    ],
  };
}

function priced(
  register: ReadRegister,
  { because, fee, ceiling }: PermitAdmission["price"],
  steps: number,
): ExplainedPrice {
  const units = { calls: CALLS_PER_USE, steps, bytes: 0 };
  const most = charge(units, fee?.act);
  if (fee === undefined) return { because, most };
  const { amount, currency, unit, payee, ground } = fee.act;
  const rule = register.rulebook?.act.grounds.find(
    (one) => one.ground === ground,
  )?.rule;
  return {
    because,
    most,
    fee: {
      ...{ fee: fee.act.fee, amount, currency, unit, payee },
      ...(ground === undefined ? {} : { ground }),
      ...(rule === undefined ? {} : { rule }),
      ...(ceiling === undefined
        ? {}
        : {
            ceiling: {
              ceiling: ceiling.act.ceiling,
              amount: ceiling.act.amount,
            },
          }),
    },
  };
}

function restOf(
  what: Thing,
  id: string | undefined,
  among: ReadonlyMap<string, { readonly entry: number; readonly to?: number }>,
): readonly Rest[] {
  const found = id === undefined ? undefined : among.get(id);
  if (id === undefined || found === undefined) return [];
  const { to = NEVER } = found;
  const until = to === NEVER ? {} : { until: to };
  return [{ what, id, entry: found.entry, ...until }];
}

function lentIn(register: ReadRegister, dataset: string): readonly Rest[] {
  const { contribution } = register.datasets.get(dataset)?.act ?? {};
  return restOf("contribution", contribution, register.contributions);
}
