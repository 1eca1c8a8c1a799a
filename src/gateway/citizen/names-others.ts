import type { Dataset } from "../../register/register.ts";
import type { PrivatePart } from "../../uses/opening.ts";

/**
 * Whether the private part of a use may name somebody beside the one person whom it concerned. Its plan says whom else somebody looked
 * for and did not find, or whose name was held against this person's record: only a key that led here is this person's own.
 */
export function mayNameOthers(
  { plan, subjects }: Pick<PrivatePart, "plan" | "subjects">,
  dataset: Dataset | undefined,
): boolean {
  if (dataset === undefined || subjects.length !== 1) return true;
  const identifiers = new Set(
    dataset.fields
      .filter(({ name, identifier }) => identifier || name === dataset.subject)
      .map(({ name }) => name),
  );
  const identifies = ({ field }: { readonly field: string }): boolean =>
    identifiers.has(field);
  switch (plan.form) {
    case "answer":
      return plan.values.some(identifies);
    case "records":
    case "aggregate":
      return plan.where.some((one) => {
        if (!identifies(one) || one.op === "missing") return false;
        return one.op === "in" ? one.value.length > 1 : one.op !== "eq";
      });
    case "file":
      return false;
  }
}
