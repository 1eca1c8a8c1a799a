import type { Dataset, Product } from "./register.ts";

/** The fields of a product in the order of its bit sets. */
export function contentFields(product: Product): readonly string[] {
  return product.content.flatMap((part) => part.fields);
}

/** Bit i is the i-th of the content's fields. Names outside the content are left out: ask `beyond` about them. */
export function bitsOf(
  content: readonly string[],
  names: readonly string[],
): bigint {
  let low = 0;
  let bits = 0n;
  for (const name of names) {
    const index = content.indexOf(name);
    // Products have few fields: their bits are gathered in a number, which is many times faster.
    if (index >= 30) bits |= 1n << BigInt(index);
    else if (index >= 0) low |= 1 << index;
  }
  return bits | BigInt(low);
}

/** The names behind bits, in the content's order. */
export function namesOf(
  content: readonly string[],
  bits: bigint,
): readonly string[] {
  return content.filter((_, i) => ((bits >> BigInt(i)) & 1n) === 1n);
}

export function beyond(
  content: readonly string[],
  names: readonly string[],
): readonly string[] {
  return names.filter((name) => !content.includes(name));
}

export function isPersonal(dataset: Dataset): boolean {
  return (
    dataset.subject !== undefined ||
    dataset.fields.some(
      (f) =>
        f.classification === "personal" || f.classification === "sensitive",
    )
  );
}

export function isOpen(dataset: Dataset): boolean {
  return dataset.fields.every((f) => f.classification === "open");
}
