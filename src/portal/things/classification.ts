import { isOpen, isPersonal } from "../../register/fields.ts";
import type { Dataset } from "../../register/register.ts";
import type { Classification } from "./terms.ts";

/** The strictest of its fields. */
export function classificationOf(dataset: Dataset): Classification {
  if (isOpen(dataset)) return "open";
  const has = (one: Classification) =>
    dataset.fields.some(({ classification }) => classification === one);
  if (has("sensitive")) return "sensitive";
  return isPersonal(dataset) ? "personal" : "restricted";
}
