import type { Context } from "hono";
import {
  actOf,
  type Draft,
  placesOf,
  signersOf,
} from "../../accounts/drafts.ts";
import type { Act } from "../../acts/act.ts";
import type { Primitives } from "../../acts/primitives.ts";
import type { PersonKey } from "../../acts/shapes.ts";
import { personKeyId } from "../../acts/statement.ts";
import type { Passkey } from "../../acts/webauthn.ts";
import type { EnrolledKey, ReadRegister } from "../../register/register.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";

/** A passkey that a page asks for, and its id in the register. */
export type AskedPasskey = Passkey & { readonly id: string };

/** Passkeys with which somebody may sign: those that answer at the page, and those that are for other pages. */
export type KeysHere = {
  readonly here: readonly AskedPasskey[];
  readonly elsewhere: readonly AskedPasskey[];
};

/** What becomes of a key of somebody's at a page. */
export type KeyUse = "here" | "elsewhere" | "file" | "later" | "revoked";

export function useOf(
  { key, revoked, activeFrom }: EnrolledKey,
  origin: URL,
  now: number,
): KeyUse {
  if (revoked !== undefined) return "revoked";
  if (activeFrom > now) return "later";
  if (key.form === "ed25519") return "file";
  return answersAt(key, origin) ? "here" : "elsewhere";
}

/** A browser asks for it only at pages of its host, and what it signs at another page than its enrolment names does not hold. */
function answersAt({ rpId, origins }: Passkey, origin: URL): boolean {
  const { hostname } = origin;
  return (
    (hostname === rpId || hostname.endsWith(`.${rpId}`)) &&
    origins.includes(origin.origin)
  );
}

/** Where the page stands, as its browser sees it. */
export function pageOrigin(c: Context): URL {
  const url = new URL(c.req.url);
  return new URL(`${around().secure ? "https:" : url.protocol}//${url.host}`);
}

/** The key that an act enrols: its holder signs with it before it is in the register. */
export function newKeyOf(
  p: Primitives,
  act: Act,
): { readonly id: string; readonly key: PersonKey } | undefined {
  return act.kind === "keyEnrolled"
    ? { id: personKeyId(p, act.key), key: act.key }
    : undefined;
}

/** Passkeys of a person that sign acts now. */
export function passkeysHere(
  c: Context,
  { office: { register }, now }: AppOptions,
  person: number,
): KeysHere {
  const origin = pageOrigin(c);
  const at = now();
  const as = (wanted: KeyUse): readonly AskedPasskey[] =>
    keysOfPerson(register, person).flatMap(([id, enrolled]) =>
      enrolled.key.form === "webauthn" && useOf(enrolled, origin, at) === wanted
        ? [{ ...enrolled.key, id }]
        : [],
    );
  return { here: as("here"), elsewhere: as("elsewhere") };
}

export function keysOfPerson(
  register: ReadRegister,
  person: number,
): readonly (readonly [id: string, key: EnrolledKey])[] {
  return [...register.keys].filter(([, key]) => key.person === person);
}

/** As what somebody has still to sign a draft: with the new key that it enrols, or with a key of the register. */
export function waitsFor(
  draft: Draft,
  person: number,
): { readonly newKey: boolean; readonly own: boolean } {
  const roles = placesOf(draft, person).map(
    (place) => signersOf(draft)[place]?.role,
  );
  return {
    newKey: roles.includes("holder"),
    own: roles.some((role) => role !== "holder"),
  };
}

/** What the page of a draft asks for. */
export function keysForDraft(
  c: Context,
  options: AppOptions,
  draft: Draft,
  person: number,
): KeysHere {
  const waits = waitsFor(draft, person);
  const own = waits.own
    ? passkeysHere(c, options, person)
    : { here: [], elsewhere: [] };
  const added = waits.newKey
    ? newKeyOf(options.primitives, actOf(draft))
    : undefined;
  if (added?.key.form !== "webauthn") return own;
  const asked = { ...added.key, id: added.id };
  return answersAt(added.key, pageOrigin(c))
    ? { ...own, here: [asked, ...own.here] }
    : { ...own, elsewhere: [asked, ...own.elsewhere] };
}

/** Whether a draft may be signed with others in a list: each new key signs its own enrolment. */
export function isSignedInLists(draft: Draft): boolean {
  return actOf(draft).kind !== "keyEnrolled";
}
