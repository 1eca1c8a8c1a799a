import { createHash, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import {
  accountOf,
  accountsFor,
  dropPasskey,
  invitationOf,
  keepInvitation,
  keepInvited,
  keepPasskey,
  type KeptAccount,
  type KeptPasskey,
  notePasskey,
  passkeyOf,
  passkeysOf,
} from "../store/accounts.ts";
import type { Sql } from "../store/database.ts";
import { seal, unseal } from "../store/openings.ts";
import { ANSWER_MS, Challenges } from "./challenges.ts";
import { creationOptions, madePasskey, webauthn } from "./made-passkeys.ts";
import { gotAnswer, readAnswer } from "./passkey-answers.ts";
import type { Who } from "./sessions.ts";
import { SigningPasskeys } from "./signing-passkeys.ts";

/** Whose an account is: a person of the register, or somebody of an organisation. */
const holder = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("official"), person: z.int() }),
  z.strictObject({
    kind: z.literal("organisation"),
    organisation: z.string(),
  }),
]);
export type Holder = z.infer<typeof holder>;
const invited = z.strictObject({ holder, name: z.string() });
export type Invited = z.infer<typeof invited>;

/** A page on which somebody answers with a passkey: the host names it belongs to. */
export type Site = { readonly origin: string; readonly host: string };
export type Passkey = {
  readonly id: string;
  readonly label: string;
  readonly created: number;
  readonly used?: number;
};
/** Why a passkey was not taken. */
export type PasskeyFault =
  "expired" | "used" | "unknown" | "notHeld" | "invitation" | "isSigningKey";
export type PasskeyFailed = { readonly failed: PasskeyFault };
/** Who came in, and with which passkey. */
export type CameIn = { readonly who: Who; readonly passkey: string };
/** What the browser gets, and what it keeps sealed until it answers. */
export type Begun = { readonly options: object; readonly cookie: string };

const DAY = 86_400_000;
export const INVITED_MS = DAY;
const LABEL_MAX = 60;

/**
 * Accounts with passkeys for signing in. They say who somebody is at the pages and no more: an act is signed by a key of the register, which
 * none of these is (design, section 7).
 */
export class Accounts {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #challenges: Challenges;
  /** The other kind, made by whoever is signed in; kept nowhere but in the act that enrols them. */
  readonly signing: SigningPasskeys;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
    this.#challenges = new Challenges(sql, key, now);
    this.signing = new SigningPasskeys(sql, this.#challenges);
  }

  /** Gives the code, which is kept nowhere. It is used once, within a day. */
  async invite(of: Invited): Promise<string> {
    const code = newCode();
    const now = this.#now();
    await keepInvitation(
      this.#sql,
      ...([digestOf(code), this.#sealed(of)] as const),
      ...([now + INVITED_MS, now] as const),
    );
    return code;
  }

  async invitation(typed: string): Promise<Invited | undefined> {
    const found = await invitationOf(
      ...([this.#sql, digestOf(readCode(typed)), this.#now()] as const),
    );
    return found === undefined ? undefined : this.#unsealed(invited, found);
  }

  /** The account of whoever is signed in; none where something else than a passkey identified them. */
  async accountOf(who: Who): Promise<string | undefined> {
    if (who.kind === "official")
      return (await accountsFor(this.#sql, "official", String(who.person)))[0]
        ?.id;
    if (who.kind === "citizen" || who.account === "") return undefined;
    const kept = await accountOf(this.#sql, who.account);
    return kept?.of === who.organisation ? kept.id : undefined;
  }

  /** Whoever came first for an organisation invites its others. */
  async isFirst(who: Who): Promise<boolean> {
    if (who.kind !== "organisation") return false;
    const [first] = await accountsFor(
      ...([this.#sql, "organisation", who.organisation] as const),
    );
    return first !== undefined && first.id === who.account;
  }

  async passkeys(account: string): Promise<readonly Passkey[]> {
    return (await passkeysOf(this.#sql, account)).map((one) => ({
      id: one.credential,
      label: unseal(this.#key, one.sealed).toString("utf8"),
      created: one.created,
      ...(one.used === null ? {} : { used: one.used }),
    }));
  }

  /** False for the last one, and for one of somebody else. */
  remove(account: string, credential: string): Promise<boolean> {
    return dropPasskey(this.#sql, account, credential);
  }

  async beginSignIn({ host }: Site): Promise<Begun> {
    const { generateAuthenticationOptions } = await webauthn();
    const options = await generateAuthenticationOptions({
      rpID: host,
      userVerification: "required",
      timeout: ANSWER_MS,
    });
    return {
      options,
      cookie: this.#challenges.keep("signIn", options.challenge),
    };
  }

  async finishSignIn(
    { origin, host }: Site,
    text: string,
    cookie: string | undefined,
    isSigningKey: (credential: string) => boolean,
  ): Promise<CameIn | PasskeyFailed> {
    const challenge = await this.#challenges.burn("signIn", cookie);
    if (typeof challenge !== "string") return challenge;
    const answer = readAnswer(gotAnswer, text);
    if (answer !== undefined && isSigningKey(answer.id))
      return { failed: "isSigningKey" };
    const kept =
      answer === undefined ? undefined : await passkeyOf(this.#sql, answer.id);
    if (answer === undefined || kept === undefined)
      return { failed: "unknown" };
    const { verifyAuthenticationResponse } = await webauthn();
    // Whatever does not hold is thrown, with words for programmers.
    const seen = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: true,
      credential: {
        id: kept.credential,
        publicKey: new Uint8Array(kept.public_key),
        counter: kept.counter,
      },
    }).catch(() => undefined);
    if (seen?.verified !== true) return { failed: "notHeld" };
    const noted = await notePasskey(
      ...([this.#sql, kept.credential, kept.counter] as const),
      ...([seen.authenticationInfo.newCounter, this.#now()] as const),
    );
    const account = await accountOf(this.#sql, kept.account);
    if (!noted || account === undefined) return { failed: "notHeld" };
    return { who: whoOf(account), passkey: kept.credential };
  }

  /** For an invitation, or for an account that has passkeys already. */
  async beginRegistration(
    site: Site,
    office: string,
    name: string,
    account?: string,
  ): Promise<Begun> {
    const own =
      account === undefined ? [] : await passkeysOf(this.#sql, account);
    const known = own.map(({ credential }) => credential);
    const options = await creationOptions(
      ...([site, office, name, known, "required"] as const),
    );
    return {
      options,
      cookie: this.#challenges.keep("register", options.challenge),
    };
  }

  /** The first passkey of whoever was invited. */
  async finishInvited(
    site: Site,
    code: string,
    text: string,
    label: string,
    cookie: string | undefined,
    isSigningKey: (credential: string) => boolean,
  ): Promise<CameIn | PasskeyFailed> {
    const found = await this.invitation(code);
    if (found === undefined) return { failed: "invitation" };
    const account = await this.#accountFor(found);
    const made = await this.#made(
      ...([site, text, label, cookie, account.id, isSigningKey] as const),
    );
    if ("failed" in made) return made;
    const digest = digestOf(readCode(code));
    return (await keepInvited(
      ...([this.#sql, digest, account, made, this.#now()] as const),
    ))
      ? { who: whoOf(account), passkey: made.credential }
      : { failed: "invitation" };
  }

  /** One passkey more. */
  async finishAdded(
    site: Site,
    account: string,
    text: string,
    label: string,
    cookie: string | undefined,
    isSigningKey: (credential: string) => boolean,
  ): Promise<PasskeyFailed | undefined> {
    const made = await this.#made(
      ...([site, text, label, cookie, account, isSigningKey] as const),
    );
    if ("failed" in made) return made;
    await keepPasskey(this.#sql, made);
    return undefined;
  }

  async #made(
    site: Site,
    text: string,
    label: string,
    cookie: string | undefined,
    account: string,
    isSigningKey: (credential: string) => boolean,
  ): Promise<KeptPasskey | PasskeyFailed> {
    const challenge = await this.#challenges.burn("register", cookie);
    if (typeof challenge !== "string") return challenge;
    const made = await madePasskey(site, challenge, text);
    if (made === undefined) return { failed: "notHeld" };
    const { credential } = made.info;
    if (isSigningKey(credential.id)) return { failed: "isSigningKey" };
    if ((await passkeyOf(this.#sql, credential.id)) !== undefined)
      return { failed: "used" };
    return {
      ...{ credential: credential.id, account, used: null },
      public_key: credential.publicKey,
      counter: credential.counter,
      transports: (made.answer.response.transports ?? []).join(","),
      sealed: seal(this.#key, Buffer.from(label.slice(0, LABEL_MAX))),
      created: this.#now(),
    };
  }

  /** An official has one account, however often they were invited; of an organisation everybody has their own. */
  async #accountFor({ holder: of, name }: Invited): Promise<KeptAccount> {
    const [kind, whose] =
      of.kind === "official"
        ? (["official", String(of.person)] as const)
        : (["organisation", of.organisation] as const);
    const [known] =
      kind === "official" ? await accountsFor(this.#sql, kind, whose) : [];
    return (
      known ?? {
        id: `a-${randomBytes(12).toString("hex")}`,
        ...{ kind, of: whose, sealed: seal(this.#key, Buffer.from(name)) },
        created: this.#now(),
      }
    );
  }

  #sealed(value: object): Uint8Array {
    return seal(this.#key, Buffer.from(JSON.stringify(value)));
  }

  #unsealed<T>(schema: z.ZodMiniType<T>, sealed: Uint8Array): T {
    const text = unseal(this.#key, sealed).toString("utf8");
    return schema.parse(JSON.parse(text));
  }
}

function whoOf({ id, kind, of }: KeptAccount): Who {
  return kind === "official"
    ? { kind: "official", person: Number(of) }
    : { kind: "organisation", organisation: of, account: id };
}

/** No letters that are mistaken for digits, or for one another. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Twenty letters, 100 bits, to be read aloud and typed. */
function newCode(): string {
  const letters = [...randomBytes(20)].map((byte) => LETTERS[byte % 32] ?? "");
  return (letters.join("").match(/.{5}/g) ?? []).join("-");
}

function readCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return (letters.match(/.{1,5}/g) ?? []).join("-");
}

function digestOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
