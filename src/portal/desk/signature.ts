import type { Context } from "hono";
import { signatureFault } from "../../acts/signatures.ts";
import type { Signature } from "../../acts/statement.ts";
import { signature as signatureSchema } from "../../acts/statement.ts";
import type { ReadRegister } from "../../register/register.ts";
import type { Sent } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { Desk } from "./desk.ts";
import { passkeysAt, type SigningKeyOf } from "./sign-form.tsx";

/** Keys of a person that are enrolled and not revoked. */
export function keysOfPerson(
  register: ReadRegister,
  person: number,
): readonly SigningKeyOf[] {
  return [...register.keys].flatMap(([id, enrolled]) =>
    enrolled.person === person && enrolled.revoked === undefined
      ? [{ id, key: enrolled.key }]
      : [],
  );
}

export function passkeysHere(
  c: Context,
  register: ReadRegister,
  person: number,
): ReturnType<typeof passkeysAt> {
  return passkeysAt(
    keysOfPerson(register, person),
    new URL(c.req.url).hostname,
  );
}

/**
 * A person's signature under these bytes: of the demonstration, or of the passkey that the page asked. It is verified before it is kept:
 * whoever signs next must not find out that the first does not hold.
 */
export async function signatureOf(
  { options }: Desk,
  person: number,
  message: Uint8Array,
  sent: Sent,
): Promise<Signature> {
  if (options.demonstration) {
    const made = await options.personas?.sign(person, message);
    if (made === undefined)
      throw new Forbidden("this demonstration holds no key of that person");
    return made;
  }
  const read = signatureSchema.safeParse({
    form: "webauthn",
    key: sent.text("key"),
    authenticatorData: sent.text("authenticatorData"),
    clientDataJSON: sent.text("clientDataJSON"),
    signature: sent.text("signature"),
  });
  if (!read.success) throw new Forbidden("want the answer of a passkey");
  const key = keysOfPerson(options.office.register, person).find(
    ({ id }) => id === read.data.key,
  );
  if (key === undefined)
    throw new Forbidden("this passkey is not enrolled for you, or was revoked");
  const fault = signatureFault(
    ...([options.primitives, key.key, message, read.data] as const),
  );
  if (fault !== undefined)
    throw new Forbidden(`the passkey's signature does not hold: ${fault}`);
  return read.data;
}
