import type { Product } from "../register/register.ts";
import type { AnswerPlan } from "./plan.ts";

/**
 * The first field by which a plan's key is not the one that the product is asked by. With a field too many or too few the
 * same person would be another subject, and could be asked about without end.
 */
export function strayKey(
  { key = [] }: Pick<Product, "key">,
  plan: AnswerPlan,
): string | undefined {
  const asked = plan.key.map(({ field }) => field);
  return (
    asked.find((name) => !key.includes(name)) ??
    key.find((name) => !asked.includes(name))
  );
}
