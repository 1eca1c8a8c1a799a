import * as z from "zod/mini";
import { utf8ToBytes } from "../../acts/bytes.ts";
import { decode, encode, Malformed } from "../../acts/canonical.ts";
import { showInstant } from "../../acts/dates.ts";
import type { PersonKey } from "../../acts/shapes.ts";
import { signatureFault } from "../../acts/signatures.ts";
import {
  type Signature,
  signature as signatureSchema,
  statement as statementSchema,
  type Statement,
} from "../../acts/statement.ts";
import type { Sent } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import type { Desk } from "./desk.ts";
import { newKeyOf } from "./signing-keys.ts";
import type { NotSigned } from "./statement.ts";

/** A signature that holds, and the places among the signers that it fills. */
export type Placed = {
  readonly signature: Signature;
  readonly places: readonly number[];
};

/** What `vitrine sign` prints: the statement that was signed, and the signature. */
const signedElsewhere = z.strictObject({
  signature: signatureSchema,
  statement: statementSchema,
});

export function readSignedElsewhere(
  text: string,
): { readonly signature: Signature; readonly statement: string } | NotSigned {
  const read = signedElsewhere.safeParse(canonicalIn(text));
  return read.success
    ? {
        signature: read.data.signature,
        statement: encode(read.data.statement),
      }
    : {
        notSigned:
          "Cannot sign: want the whole line that vitrine sign prints, and nothing else",
      };
}

function canonicalIn(text: string): unknown {
  try {
    return decode(utf8ToBytes(text), "signature");
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** What the passkey that a page asked answered; in a demonstration its key signs in place of one, but never in place of a new key. */
export async function signatureIn(
  { options }: Desk,
  person: number,
  message: Uint8Array,
  sent: Sent,
): Promise<Signature | NotSigned> {
  const answer = {
    form: "webauthn",
    key: sent.text("key"),
    authenticatorData: sent.text("authenticatorData"),
    clientDataJSON: sent.text("clientDataJSON"),
    signature: sent.text("signature"),
  };
  if (options.demonstration && answer.signature === "") {
    const made = await options.personas?.sign(person, message);
    if (made === undefined)
      throw new Forbidden("this demonstration holds no key of that person");
    return made;
  }
  const read = signatureSchema.safeParse(answer);
  return read.success
    ? read.data
    : { notSigned: "Cannot sign: want the answer of a passkey" };
}

/**
 * Where a signature belongs among places that wait. It is verified before it is kept: whoever signs next must not find out that the first
 * does not hold, and an act that a key signs too early would be refused for ever.
 */
export function placed(
  { office: { register }, primitives, now }: AppOptions,
  { signers, act }: Statement,
  waiting: readonly number[],
  message: Uint8Array,
  signature: Signature,
): Placed | NotSigned {
  const enrolled = register.keys.get(signature.key);
  const added = newKeyOf(primitives, act);
  const keyAt = (place: number): PersonKey | undefined => {
    const signer = signers[place];
    if (signer?.role === "holder")
      return added?.id === signature.key ? added.key : undefined;
    return enrolled?.person === signer?.person &&
      enrolled?.revoked === undefined
      ? enrolled?.key
      : undefined;
  };
  const places = waiting.filter((place) => keyAt(place) !== undefined);
  const key = keyAt(places[0] ?? -1);
  if (key === undefined)
    return {
      notSigned: waiting.some((place) => signers[place]?.role === "holder")
        ? "Cannot sign: this is not the new key that the act enrols"
        : "Cannot sign: this key is not enrolled for whoever has to sign, or was revoked",
    };
  const from = enrolled?.activeFrom ?? 0;
  if (from > now())
    return {
      notSigned: `Cannot sign: this key signs from ${showInstant(from, register.offsetMinutes)} on`,
    };
  const fault = signatureFault(primitives, key, message, signature);
  return fault === undefined
    ? { signature, places }
    : { notSigned: `Cannot sign: the signature does not hold: ${fault}` };
}
