import type {
  Contribution,
  FeeStandard,
  ReadRegister,
  Standing,
} from "./register.ts";

export type PayeeKind = "body" | "operator" | "contributor";

/** Under whose terms the data of a product are here, where their holder is no public body. */
export function contributionOf(
  register: ReadRegister,
  product: string,
): Standing<Contribution> | undefined {
  const dataset = register.products.get(product)?.act.content[0]?.dataset;
  const { contribution } = register.datasets.get(dataset ?? "")?.act ?? {};
  return contribution === undefined
    ? undefined
    : register.contributions.get(contribution);
}

/** Which kind of payee a fee names: whoever lent the data, an operator, or a public body. */
export function payeeKindOf(
  register: ReadRegister,
  { payee, product }: Pick<FeeStandard, "payee" | "product">,
): PayeeKind {
  if ("body" in payee) return "body";
  const lent = contributionOf(register, product)?.act.contributor;
  return lent === payee.organisation ? "contributor" : "operator";
}
