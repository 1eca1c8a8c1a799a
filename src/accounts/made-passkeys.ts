import type { Site } from "./accounts.ts";
import { ANSWER_MS } from "./challenges.ts";
import { createdAnswer, readAnswer } from "./passkey-answers.ts";

/** Ed25519, ES256, RS256: what every authenticator has one of, and what signs acts. */
const PASSKEY_ALGORITHMS = [-8, -7, -257];

/** Loaded when somebody uses it: no command but a running office needs it. */
export function webauthn() {
  return import("@simplewebauthn/server");
}

/** What a browser is asked to make a passkey by; `residentKey` says whether it is to be found without its id. */
export async function creationOptions(
  { host }: Site,
  office: string,
  name: string,
  but: readonly string[],
  residentKey: "required" | "discouraged",
) {
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: office,
    rpID: host,
    userName: name,
    userDisplayName: name,
    attestationType: "none",
    timeout: ANSWER_MS,
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    excludeCredentials: but.map((id) => ({ id })),
    authenticatorSelection: { residentKey, userVerification: "required" },
  });
}

/** A passkey that a browser says it made for that challenge, with its answer; undefined where that does not hold. */
export async function madePasskey(
  { origin, host }: Site,
  challenge: string,
  text: string,
) {
  const answer = readAnswer(createdAnswer, text);
  if (answer === undefined) return undefined;
  const { verifyRegistrationResponse } = await webauthn();
  // Whatever does not hold is thrown, with words for programmers.
  const seen = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
  }).catch(() => undefined);
  return seen?.verified === true
    ? { answer, info: seen.registrationInfo }
    : undefined;
}
