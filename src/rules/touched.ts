import type { Act } from "../acts/act.ts";
import type { ReadRegister } from "../register/register.ts";

/** Whose interest an act touches, for good or ill. */
export type Touched = {
  readonly organisations: readonly string[];
  readonly persons: readonly number[];
  readonly applications: readonly string[];
};

export function touchedBy(register: ReadRegister, act: Act): Touched {
  const { permits, applications } = register;
  switch (act.kind) {
    case "permit": {
      const { organisation, decides } = act;
      return organisations(
        [organisation],
        decides === undefined ? [] : [decides],
      );
    }
    case "permitRevoked":
    case "renewalAsked":
    case "renewalGranted":
    case "renewalRefused":
      return organisations([permits.get(act.permit)?.act.organisation]);
    case "applicationReceived":
      return organisations([act.organisation]);
    case "completionAsked":
    case "completionReceived":
    case "applicationExtended":
    case "applicationRefused":
    case "applicationWithdrawn": {
      const { application } = act;
      const found = applications.get(application)?.act.organisation;
      return organisations([found], [application]);
    }
    case "authorisation":
      return organisations([act.operator]);
    case "authorisationEnded":
      return organisations([operatorOf(register, act.authorisation)]);
    case "confirmed": {
      const reported = register.reported.get(act.reported)?.act;
      return organisations([
        reported?.kind === "reportedAuthorisation"
          ? reported.operator
          : undefined,
      ]);
    }
    case "product":
      return organisations([operatorOf(register, act.authorisation)]);
    case "productWithdrawn":
    case "feeCeiling":
      return organisations([offererOf(register, act.product)]);
    case "feeStandard":
      return organisations([payeeIn(act), offererOf(register, act.product)]);
    case "feeEnded": {
      const fee = register.fees.get(act.fee)?.act;
      return organisations(fee === undefined ? [] : [payeeIn(fee)]);
    }
    case "contribution":
      return organisations([act.contributor]);
    case "contributionNotice":
      return organisations([
        register.contributions.get(act.contribution)?.act.contributor,
      ]);
    case "override":
      return touchedBy(register, act.act);
    case "tenure":
    case "tenureEnded":
    case "keyEnrolled":
      return { ...organisations([]), persons: [act.person] };
    default:
      return organisations([]);
  }
}

function organisations(
  found: readonly (string | undefined)[],
  applications: readonly string[] = [],
): Touched {
  return {
    organisations: found.filter((one) => one !== undefined),
    persons: [],
    applications,
  };
}

function operatorOf(
  register: ReadRegister,
  authorisation: string | undefined,
): string | undefined {
  return register.authorisations.get(authorisation ?? "")?.act.operator;
}

function offererOf(
  register: ReadRegister,
  product: string,
): string | undefined {
  return operatorOf(
    register,
    register.products.get(product)?.act.authorisation,
  );
}

function payeeIn({
  payee,
}: {
  readonly payee: { readonly organisation: string } | { readonly body: string };
}): string | undefined {
  return "organisation" in payee ? payee.organisation : undefined;
}
