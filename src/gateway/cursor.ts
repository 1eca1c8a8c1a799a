import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import type { Place } from "../engine/source.ts";
import type { Cell } from "../engine/values.ts";
import type { Plan } from "../uses/plan.ts";

/** What a cursor belongs to: a plan under one permit (or none, for open data) over one vintage. */
export type Page = {
  readonly plan: Plan;
  readonly permit: string | undefined;
  /** The vintage's digest, or "live" where rows come from a source that has no vintages. */
  readonly vintage: string;
};

export const WRONG_CURSOR =
  "Cannot run plan: its cursor was not given out for this plan, under this permit and over the dataset's present vintage; ask again without it";

const LABEL = "vitrine-cursor-v2";
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** A place is padded to one of these: its length would say something about the values in it. */
const SIZES = [32, 256, 1_024, 2_944] as const;

/**
 * A cursor names the place behind which a plan goes on: salt, then that place sealed with AES-256-GCM. Only the gateway can make one:
 * were it otherwise, a row that somebody named would be answered or not by what stands in it, with no entry. And it shows nothing,
 * since a plan may be in the order of a field that its asker may not see. Each has a key of its own (HKDF-SHA-256 over the salt):
 * a nonce can never meet the same key twice, however many are given out.
 */
export function sealCursor(key: Uint8Array, page: Page, place: Place): string {
  const text = Buffer.from(JSON.stringify(place));
  const size = SIZES.find((one) => text.length <= one);
  if (size === undefined || place.some(isLost))
    throw new RangeError(
      `Cannot give a cursor: its place has ${text.length} bytes, want at most ${SIZES.at(-1)} and finite numbers`,
    );
  const padded = Buffer.alloc(size, " ");
  padded.set(text);
  const salt = randomBytes(SALT_BYTES);
  const { secret, nonce } = secretsOf(key, salt);
  const cipher = createCipheriv("aes-256-gcm", secret, nonce);
  cipher.setAAD(belongingOf(page));
  const sealed = [cipher.update(padded), cipher.final(), cipher.getAuthTag()];
  return toBase64url(Buffer.concat([salt, ...sealed]));
}

/** The place behind which a plan goes on; throws `Malformed`, always the same, for a cursor that does not belong to the page. */
export function openCursor(key: Uint8Array, page: Page): Place | undefined {
  const { plan } = page;
  if (plan.form !== "records" || plan.cursor === undefined) return undefined;
  try {
    return placeOf(unsealed(key, page, fromBase64url(plan.cursor)));
  } catch (cause) {
    throw new Malformed(WRONG_CURSOR, { cause });
  }
}

function unsealed(key: Uint8Array, page: Page, bytes: Uint8Array): string {
  const end = bytes.length - TAG_BYTES;
  if (!SIZES.some((size) => size === end - SALT_BYTES))
    throw new Malformed(WRONG_CURSOR);
  const { secret, nonce } = secretsOf(key, bytes.subarray(0, SALT_BYTES));
  const decipher = createDecipheriv("aes-256-gcm", secret, nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(belongingOf(page));
  decipher.setAuthTag(bytes.subarray(end));
  return Buffer.concat([
    decipher.update(bytes.subarray(SALT_BYTES, end)),
    decipher.final(),
  ]).toString();
}

function placeOf(text: string): Place {
  const place: unknown = JSON.parse(text);
  if (!Array.isArray(place) || !place.every(isCell))
    throw new TypeError("Cannot read a place: want a list of cells");
  return place;
}

function isCell(value: unknown): value is Cell {
  return (
    value === null || ["string", "number", "boolean"].includes(typeof value)
  );
}

/** JSON has no such number, and would make it another value. */
const isLost = (cell: Cell): boolean =>
  typeof cell === "number" && !Number.isFinite(cell);

function secretsOf(key: Uint8Array, salt: Uint8Array) {
  const bytes = Buffer.from(hkdfSync("sha256", key, salt, LABEL, 44));
  return { secret: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

/** The size of a page may change from page to page; everything else may not. */
function belongingOf({ plan, permit, vintage }: Page): Buffer {
  const { limit: _, cursor: __, ...rest } = { cursor: "", limit: 0, ...plan };
  return Buffer.from(encode({ permit: permit ?? "", plan: rest, vintage }));
}
