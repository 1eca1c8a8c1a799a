import { ParseError, parseItem } from "structured-headers";
import { Malformed } from "../../acts/canonical.ts";
import { quote } from "../../log/format-error.ts";

const WANT = "want 1 to 200 visible ASCII characters, bare or in quotes";

/**
 * The key of an `Idempotency-Key` field (draft-ietf-httpapi-idempotency-key-header): a quoted string as the draft has it,
 * or the bare text that most clients send; `"k-1"` and `k-1` are the same key.
 */
export function readIdempotencyKey(
  field: string | null | undefined,
): string | undefined {
  if (field === null || field === undefined) return undefined;
  const key = field.startsWith('"') ? unquoted(field) : field;
  if (key === undefined || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Malformed(`Cannot read Idempotency-Key ${quote(field)}: ${WANT}`);
  return key;
}

function unquoted(field: string): string | undefined {
  try {
    const item: readonly unknown[] = parseItem(field);
    const [value, parameters] = item;
    return typeof value === "string" &&
      parameters instanceof Map &&
      parameters.size === 0
      ? value
      : undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
