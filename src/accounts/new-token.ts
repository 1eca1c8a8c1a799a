import { randomBytes } from "node:crypto";
import { toBase64url } from "../acts/bytes.ts";
import { primitives } from "../store/crypto.ts";

export const TOKEN_DAYS_DEFAULT = 365;
export const TOKEN_DAYS_MAX = 3_650;

export type NewToken = {
  readonly token: string;
  readonly id: string;
  readonly digest: Uint8Array;
};

/** A token that nobody has yet. Its id, the first 8 characters of its digest, begins with no hyphen: it is typed behind options. */
export function newToken(): NewToken {
  for (;;) {
    const token = toBase64url(randomBytes(32));
    const digest = primitives.sha256(Buffer.from(token));
    const id = toBase64url(digest).slice(0, 8);
    if (![id, token].some((text) => text.startsWith("-")))
      return { token, id, digest };
  }
}
