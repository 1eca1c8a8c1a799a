import { tokensOf } from "./amount-tokens.ts";
import { type DecimalStyle, digitsOf } from "./separators.ts";
import { isChinese, plainText } from "./width.ts";

const SAMPLE_CHARACTERS_MAX = 200;

/**
 * The decimal mark of a column, if some of its amounts show one and none shows the other. A column that shows both, or
 * only amounts such as 1,234 that show neither, has none: a person decides.
 */
export function decimalStyleOf(
  samples: Iterable<string>,
): DecimalStyle | undefined {
  const shown = new Set<DecimalStyle>();
  for (const sample of samples) {
    for (const style of stylesOf(sample)) shown.add(style);
    if (shown.size === 2) return undefined;
  }
  const [style] = shown;
  return style;
}

function stylesOf(sample: string): readonly DecimalStyle[] {
  if (!/[,.\uff0c\uff0e]/.test(sample) || sample.length > SAMPLE_CHARACTERS_MAX)
    return [];
  const text = plainText(sample);
  const tokens = tokensOf(text);
  if ("problem" in tokens) return [];
  return tokens.flatMap((token) => {
    if (token.kind !== "number") return [];
    const digits = digitsOf(token.text, undefined);
    if (digits === "ungrouped") return [];
    if (digits === "ambiguous")
      return isChinese(text) && token.text.includes(",") ? ["point"] : [];
    return digits.shows ?? [];
  });
}
