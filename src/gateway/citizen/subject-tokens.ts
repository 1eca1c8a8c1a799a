import { createHmac } from "node:crypto";
import type { ReadRegister, StandingPermit } from "../../register/register.ts";
import { unseal } from "../../store/openings.ts";
import type { TokensIn } from "../../store/subjects.ts";
import { type Opened, parseOpened } from "../../uses/opening.ts";
import { tokensOf } from "../answer.ts";

/** As it was sealed: 32 bytes of nonce, then the private part. */
const NONCE_BYTES = 32;

export function openSealed(key: Uint8Array, sealed: Uint8Array) {
  const bytes = unseal(key, sealed);
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    content: bytes.subarray(NONCE_BYTES),
  };
}

/** Whom a sealed opening names. */
export function tokensIn(key: Uint8Array): TokensIn {
  return (sealed) => named(parseOpened(openSealed(key, sealed).content));
}

/** The subjects of a use, whose list was looked at, or whom an entry names that an auditor opened. */
export function named(opened: Opened): readonly string[] {
  switch (opened.kind) {
    case "look":
      return [opened.part.subject];
    case "settle":
      return [];
    case "use":
    case "audit":
      return opened.part.subjects;
  }
}

/** What stands for a person in the opening of a look: no token of any permit, and no other person's. */
export function listToken(key: Uint8Array, code: string): string {
  return keyed(key, "vitrine-list-v1", code).digest("base64url").slice(0, 22);
}

/** Who looked, as an id that tells nobody who. */
export function askerName(key: Uint8Array, code: string): string {
  const name = keyed(key, "vitrine-asker-v1", code).digest("hex").slice(0, 32);
  return `person-${name}`;
}

/** A line's entry in the table of questions. */
export function aboutToken(key: Uint8Array, leaf: string): string {
  return keyed(key, "vitrine-question-v1", leaf).digest("base64url");
}

/** The number of a question: of who asks what about which line, for the how manieth time. It tells nobody any of it. */
export function questionId(
  key: Uint8Array,
  asked: {
    readonly asker: string;
    readonly leaf: string;
    readonly text: string;
  },
  time: number,
): string {
  const { asker, leaf, text } = asked;
  const value = [asker, leaf, String(time), text].join("\n");
  return `q-${keyed(key, "vitrine-question-id-v1", value).digest("hex").slice(0, 16)}`;
}

function keyed(key: Uint8Array, domain: string, value: string) {
  return createHmac("sha256", key).update(`${domain}\n${value}`);
}

/**
 * The tokens that stand for a person under every permit that was ever given for data whose dataset says which field names
 * persons; the person's code is the value of that field.
 */
export function permitTokens(
  register: ReadRegister,
  key: Uint8Array,
  code: string,
): ReadonlyMap<string, StandingPermit> {
  const found = new Map<string, StandingPermit>();
  for (const permit of register.permits.values()) {
    const product = register.products.get(permit.act.product);
    const about = product?.act.content[0]?.dataset ?? "";
    if (register.datasets.get(about)?.act.subject === undefined) continue;
    found.set(tokensOf(key, permit.act.permit)(code), permit);
  }
  return found;
}
