import type { ActOf } from "../src/acts/act.ts";
import { toBase64url } from "../src/acts/bytes.ts";
import { signedLogKeyBytes } from "../src/acts/office.ts";
import { keyOf, ORIGIN, publicKeyOf } from "./story-founding.ts";

/** The next key of the log by its name, in place of the one before, which holds when that one is in force. */
export const aLogKey = (
  name: string,
  before = "register",
): ActOf<"logKeyChanged"> => {
  const logKey = publicKeyOf(name);
  const message = signedLogKeyBytes(ORIGIN, publicKeyOf(before), logKey);
  const proof = toBase64url(keyOf(name).sign(message));
  return { kind: "logKeyChanged", logKey, proof };
};
export const aLogEnd = (
  change: Partial<ActOf<"logEnded">> = {},
): ActOf<"logEnded"> => ({ kind: "logEnded", reason: "breach", ...change });
