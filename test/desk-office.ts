import type { AppOptions } from "../src/portal/app.tsx";
import type { Personas } from "../src/portal/account/personas.ts";
import { toBase64url } from "../src/acts/bytes.ts";
import { keyIdOf } from "../src/acts/statement.ts";
import { keyFromSeed, primitives, signingKey } from "../src/store/crypto.ts";
import { posts } from "./simulation/small-office-acts.ts";

/** The small office as a demonstration: its officials by post, with the keys that the office's tests sign with. */
export const smallPersonas: Personas = {
  list: () =>
    Promise.resolve(
      posts.map((name, index) => ({
        name,
        who: { kind: "official", person: index + 1 },
      })),
    ),
  sign: (person, message) => {
    const key = keyFromSeed(primitives.sha256(Buffer.from(`person ${person}`)));
    const { publicKey, sign } = signingKey(key);
    return Promise.resolve({
      form: "ed25519",
      key: keyIdOf(primitives, publicKey),
      signature: toBase64url(sign(message)),
    });
  },
};

export const asDemonstration: Partial<AppOptions> = {
  demonstration: true,
  personas: smallPersonas,
};
