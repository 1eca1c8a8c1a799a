import * as z from "zod/mini";

const text = z.string("text");
const name = z
  .string("a short name")
  .check(
    z.regex(
      /^[a-z0-9][a-z0-9-]{0,31}$/,
      "a short name of small letters, digits and hyphens",
    ),
  );
const place = z
  .string("an address such as https://login.example")
  .check(
    z.refine(
      isProvider,
      "an https address such as https://login.example, or http on this machine itself",
    ),
  );

/** One provider of identities, as `office.json` names it. */
export const openidProvider = z
  .strictObject({
    name,
    /** What the button says, in each language. */
    titles: z.strictObject({ en: text, zh: text }),
    issuer: place,
    clientId: text,
    clientSecretFile: z.exactOptional(text),
    clientSecretEnv: z.exactOptional(text),
    scope: z.exactOptional(text),
    /** The claim that says which code the office's data know this person by; `sub` where none is named. */
    subjectClaim: z.exactOptional(text),
    /** For whom: a citizen with a list, or somebody of an organisation. */
    for: z.enum(["citizen", "organisation"], "citizen or organisation"),
    /** The claim that names the organisation, by its id in the register. */
    organisationClaim: z.exactOptional(text),
    /** The claim that names whose list it is, where somebody stands in for somebody else. */
    representedClaim: z.exactOptional(text),
    /** Where else its endpoints may lie; without this, at the issuer alone. */
    alsoAt: z.exactOptional(z.array(place)),
  })
  .check(
    z.refine(
      (one) =>
        (one.for === "organisation") === (one.organisationClaim !== undefined),
      "organisationClaim with for: organisation, and not without",
    ),
    z.refine(
      (one) =>
        one.clientSecretFile === undefined || one.clientSecretEnv === undefined,
      "clientSecretFile or clientSecretEnv, not both",
    ),
  );
export type OpenidProvider = z.infer<typeof openidProvider>;

/** What is meant to leave this machine goes over TLS. */
export function isProvider(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return protocol === "https:" || (protocol === "http:" && isHere);
}
