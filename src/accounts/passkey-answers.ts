import * as z from "zod/mini";

/** What a browser answers, as WebAuthn Level 3 writes it in JSON. Nothing else of it is read. */
const base64url = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,20000}$/));
const common = {
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}),
} as const;

export const createdAnswer = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.exactOptional(
      z.array(z.string().check(z.regex(/^[a-z-]{1,20}$/))),
    ),
  }),
});
export const gotAnswer = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z.exactOptional(base64url),
  }),
});

/** Reads what a form brought; undefined where it is no such answer. */
export function readAnswer<T>(
  schema: z.ZodMiniType<T>,
  text: string,
): T | undefined {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    // No JSON: whoever sent it is told that it is no answer of a passkey.
    return undefined;
  }
}
