import type { ActOf } from "../acts/act.ts";
import { earliest } from "../acts/dates.ts";
import { applyDecision } from "./apply-applications.ts";
import { applyAuthorised } from "./apply-procedures.ts";
import { type Entered, NEVER, type Register } from "./register.ts";
import { isPersonal, bitsOf, contentFields } from "./fields.ts";
import { applyScope, applySupply } from "./apply-registrations.ts";
import { end, push, span, standing } from "./standing.ts";

type Right = ActOf<
  | "product"
  | "productWithdrawn"
  | "feeCeiling"
  | "feeStandard"
  | "feeEnded"
  | "authorisation"
  | "authorisationEnded"
  | "agreementChanged"
  | "permit"
  | "permitRevoked"
  | "reportedAuthorisation"
  | "reportedDecision"
  | "confirmed"
  | "contribution"
  | "contributionNotice"
  | "withheld"
  | "withheldEnded"
>;

/** Acts about products, prices and rights, and about what is withheld. */
export function applyRight(
  register: Register,
  act: Right,
  where: Entered,
): void {
  switch (act.kind) {
    case "product":
      register.products.set(act.product, {
        ...standing(act, where),
        fields: contentFields(act),
        personal: act.content.some((c) => personalDataset(register, c.dataset)),
      });
      return applySupply(register, act, where.at);
    case "productWithdrawn":
      return end(register.products, act.product, where);
    case "feeCeiling":
      return applyCeiling(register, act, where);
    case "feeStandard":
      return applyFee(register, act, where);
    case "feeEnded":
      return end(register.fees, act.fee, where);
    case "authorisation": {
      register.authorisations.set(act.authorisation, standing(act, where));
      applyScope(register, act.authorisation, act.datasets);
      return applyAuthorised(register, act, where);
    }
    case "agreementChanged": {
      const found = register.authorisations.get(act.authorisation);
      if (found === undefined) return;
      const { changes = [], ...before } = found.act;
      const { how, to } = act;
      register.authorisations.set(act.authorisation, {
        ...found,
        ...(to === undefined ? {} : { to }),
        act: { ...before, changes: [...changes, { how, ...where }] },
      });
      return;
    }
    case "authorisationEnded":
      return end(register.authorisations, act.authorisation, where);
    case "permit": {
      const product = register.products.get(act.product);
      if (product === undefined) return;
      register.permits.set(act.permit, {
        ...standing(act, where),
        fieldBits: bitsOf(product.fields, act.fields),
        whereBits: bitsOf(product.fields, act.where),
      });
      if (act.decides !== undefined)
        applyDecision(register, act.decides, where);
      return push(
        register.permitsOf,
        `${act.organisation} ${act.product}`,
        act.permit,
      );
    }
    case "permitRevoked":
      return end(register.permits, act.permit, where);
    case "reportedAuthorisation":
    case "reportedDecision":
      register.reported.set(act.reported, { act, ...where });
      return;
    case "confirmed":
      return applyConfirmed(register, act, where);
    case "contribution":
      register.contributions.set(act.contribution, standing(act, where));
      return;
    case "withheld":
      register.withholdings.set(act.withholding, standing(act, where));
      return;
    case "withheldEnded":
      return end(register.withholdings, act.withholding, where);
    case "contributionNotice": {
      const lent = register.contributions.get(act.contribution);
      if (lent !== undefined)
        register.contributions.set(act.contribution, {
          ...lent,
          to: Math.min(lent.to, act.ends),
        });
      return;
    }
  }
}

function applyCeiling(
  register: Register,
  act: ActOf<"feeCeiling">,
  where: Entered,
): void {
  register.ceilings.set(act.ceiling, standing(act, where));
  push(register.ceilingsOf, act.product, act.ceiling);
  const right = register.products.get(act.product)?.act.authorisation;
  if (right !== undefined) push(register.ceilingsUnder, right, act.ceiling);
}

function applyFee(
  register: Register,
  act: ActOf<"feeStandard">,
  where: Entered,
): void {
  register.fees.set(act.fee, standing(act, where));
  push(register.feesOf, act.product, act.fee);
  const right = register.products.get(act.product)?.act.authorisation;
  if (right !== undefined) push(register.feesUnder, right, act.fee);
}

function applyConfirmed(
  register: Register,
  act: ActOf<"confirmed">,
  where: Entered,
): void {
  const reported = register.reported.get(act.reported)?.act;
  if (reported?.kind !== "reportedAuthorisation") return;
  const original =
    reported.to === undefined
      ? NEVER
      : earliest(reported.to, register.offsetMinutes);
  const { operator, datasets, exclusive = false } = reported;
  const right = {
    authorisation: act.authorisation,
    operator,
    datasets,
    exclusive,
    ...(act.exclusivity === undefined ? {} : { exclusivity: act.exclusivity }),
    confirms: act.reported,
  };
  register.authorisations.set(
    act.authorisation,
    span(right, undefined, Math.min(act.to ?? NEVER, original), where),
  );
  applyScope(register, act.authorisation, datasets);
}

function personalDataset(register: Register, id: string): boolean {
  const dataset = register.datasets.get(id)?.act;
  return dataset !== undefined && isPersonal(dataset);
}
