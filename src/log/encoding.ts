import { base64, utf8 } from "@scure/base";
import { FormatError } from "./format-error.ts";
import { HASH_BYTES } from "./hash.ts";

/** ASCII decimal without leading zeroes or sign, up to 2^53 - 1; undefined for anything else. */
export function decodeDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Strict standard base64 with padding (RFC 4648 section 4); undefined for anything else. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

/** One SHA-256 hash in base64; undefined for anything else. */
export function decodeHash(text: string): Uint8Array | undefined {
  const bytes = decodeBase64(text);
  return bytes?.length === HASH_BYTES ? bytes : undefined;
}

/** The text that came, as bytes or already as a string; never with replaced characters, since signatures cover the bytes. */
export function decodeText(input: Uint8Array | string, what: string): string {
  try {
    if (typeof input !== "string") return utf8.encode(input);
    utf8.decode(input);
    return input;
  } catch (cause) {
    throw new FormatError(what, "it is not valid UTF-8", { cause });
  }
}
