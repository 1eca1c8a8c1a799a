import type { Act, ActKind } from "../acts/act.ts";
import type { ReadRegister } from "../register/register.ts";

/** Acts about data that a body holds. All others are about the office as a whole. */
const placed: ReadonlySet<string> = new Set<ActKind>([
  "dataset",
  "product",
  "productWithdrawn",
  "feeCeiling",
  "feeStandard",
  "feeEnded",
  "authorisation",
  "authorisationEnded",
  "permit",
  "permitRevoked",
  "confirmed",
  "withheld",
  "withheldEnded",
  "applicationReceived",
  "completionAsked",
  "completionReceived",
  "applicationExtended",
  "applicationRefused",
  "applicationWithdrawn",
]);

export function isPlaced(kind: string): boolean {
  return placed.has(kind);
}

/** The bodies that hold what an act is about: the dataset's system is run by one. */
export function bodiesOf(register: ReadRegister, act: Act): readonly string[] {
  return act.kind === "dataset"
    ? holdersOf(register, [act.system])
    : bodiesOfDatasets(register, datasetsOf(register, act));
}

export function bodiesOfDatasets(
  register: ReadRegister,
  ids: readonly string[],
): readonly string[] {
  return holdersOf(
    register,
    ids.map((id) => register.datasets.get(id)?.act.system ?? ""),
  );
}

function holdersOf(
  { systems }: Pick<ReadRegister, "systems">,
  ids: readonly string[],
): readonly string[] {
  const found = new Set<string>();
  for (const id of ids) {
    const body = systems.get(id)?.act.body;
    if (body !== undefined) found.add(body);
  }
  return [...found];
}

function datasetsOf(register: ReadRegister, act: Act): readonly string[] {
  const ofProduct = (id: string | undefined): readonly string[] =>
    register.products
      .get(id ?? "")
      ?.act.content.map(({ dataset }) => dataset) ?? [];
  switch (act.kind) {
    case "authorisation":
      return act.datasets;
    case "authorisationEnded":
      return register.authorisations.get(act.authorisation)?.act.datasets ?? [];
    case "confirmed": {
      const reported = register.reported.get(act.reported)?.act;
      return reported?.kind === "reportedAuthorisation"
        ? reported.datasets
        : [];
    }
    case "product":
      return act.content.map(({ dataset }) => dataset);
    case "productWithdrawn":
    case "feeCeiling":
    case "feeStandard":
    case "permit":
    case "applicationReceived":
      return ofProduct(act.product);
    case "feeEnded":
      return ofProduct(register.fees.get(act.fee)?.act.product);
    case "permitRevoked":
      return ofProduct(register.permits.get(act.permit)?.act.product);
    case "withheld":
      return [act.dataset];
    case "withheldEnded": {
      const found = register.withholdings.get(act.withholding);
      return found === undefined ? [] : [found.act.dataset];
    }
    case "completionAsked":
    case "completionReceived":
    case "applicationExtended":
    case "applicationRefused":
    case "applicationWithdrawn":
      return ofProduct(register.applications.get(act.application)?.act.product);
    default:
      return [];
  }
}
