import { createHmac } from "node:crypto";
import * as client from "openid-client";
import * as z from "zod/mini";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { slug } from "../acts/shapes.ts";
import { seal, unseal } from "../store/openings.ts";
import { isProvider, type OpenidProvider } from "./openid-settings.ts";
import type { Who } from "./sessions.ts";

/** What went wrong with signing in elsewhere, as a page can help with it. */
export type OpenidFault =
  | "unknown"
  | "denied"
  | "expired"
  | "otherBrowser"
  | "away"
  | "clock"
  | "refused"
  | "nobody";
export type OpenidFailed = { readonly failed: OpenidFault };
export type OpenidCame = { readonly who: Who; readonly to: string };

/** A provider with its secret read. */
export type ReadyProvider = OpenidProvider & { readonly secret?: string };

/** What lies in the browser's cookie, sealed, while somebody is at the provider. */
const begun = z.strictObject({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  until: z.number(),
});

export const BEGUN_SECONDS = 600;
const ANSWER_SECONDS = 10;
const SKEW_SECONDS = 60;
const KNOWN_MS = 3_600_000;
const BODY_BYTES_MAX = 1024 * 1024;
/** What an entry of the data may have as the code of a person, and an id of the register. */
const CODE = /^[\x21-\x7e]{1,64}$/;

/** 80 bits: nobody finds a second account with the same. */
const NEWCOMER_DIGITS = 20;

type Known = { readonly config: client.Configuration; readonly at: number };

/**
 * Sign-in at providers of identities by OpenID Connect: the code flow with PKCE, state and nonce, each bound to one browser. Nothing is asked
 * of any place but the issuer's own; tokens are read, used once and kept nowhere.
 */
export class OpenidSignIn {
  readonly providers: readonly ReadyProvider[];
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #tell: (line: string) => void;
  readonly #known = new Map<string, Known>();

  constructor(
    providers: readonly ReadyProvider[],
    key: Uint8Array,
    now: () => number,
    /** Hears which provider failed and how; never a token, a code or a claim. */
    tell: (line: string) => void,
  ) {
    this.providers = providers;
    this.#key = key;
    this.#now = now;
    this.#tell = tell;
  }

  /** Where the browser goes, and what it keeps meanwhile. */
  async begin(
    name: string,
    redirect: string,
    to: string,
    lang: string,
  ): Promise<{ readonly url: string; readonly cookie: string } | OpenidFailed> {
    const provider = this.#named(name);
    if (provider === undefined) return { failed: "unknown" };
    try {
      const config = await this.#configOf(provider);
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: provider.scope ?? "openid",
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ui_locales: lang,
        ...{ state, nonce },
      });
      if (!isAt(provider, url.href)) throw new Elsewhere(url.href);
      const value: z.infer<typeof begun> = {
        ...{ provider: name, state, nonce, verifier, to },
        until: this.#now() + BEGUN_SECONDS * 1000,
      };
      const bytes = Buffer.from(JSON.stringify(value));
      return { url: url.href, cookie: toBase64url(seal(this.#key, bytes)) };
    } catch (error) {
      return this.#failed(name, error);
    }
  }

  /** Who came back. `url` is the whole address that the provider sent the browser to. */
  async finish(
    name: string,
    redirect: string,
    query: URLSearchParams,
    cookie: string | undefined,
  ): Promise<OpenidCame | OpenidFailed> {
    const provider = this.#named(name);
    if (provider === undefined) return { failed: "unknown" };
    const kept = this.#opened(cookie);
    if (kept === undefined || kept.provider !== name)
      return { failed: "otherBrowser" };
    if (kept.until <= this.#now()) return { failed: "expired" };
    if (query.get("state") !== kept.state) return { failed: "otherBrowser" };
    if (query.get("error") === "access_denied") return { failed: "denied" };
    const url = new URL(redirect);
    for (const [member, value] of query) url.searchParams.append(member, value);
    try {
      const config = await this.#configOf(provider);
      const tokens = await client.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: kept.verifier,
        expectedState: kept.state,
        expectedNonce: kept.nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims() ?? {};
      const claims = { ...told, ...(await more(provider, config, tokens)) };
      const who = this.#whoIs(provider, claims);
      return who === undefined
        ? this.#say(name, "nobody", "its claims name nobody")
        : { who, to: kept.to };
    } catch (error) {
      return this.#failed(name, error);
    }
  }

  #whoIs(
    provider: ReadyProvider,
    claims: Readonly<Record<string, unknown>>,
  ): Who | undefined {
    const read = readerOf(claims);
    const person = read(provider.subjectClaim ?? "sub");
    if (person === undefined) return undefined;
    if (provider.for === "organisation") {
      const claimed = slug.safeParse(read(provider.organisationClaim));
      if (!claimed.success)
        this.#tell(
          `sign-in   openid ${provider.name}: its claim names no organisation that a register could have`,
        );
      return {
        kind: "organisation",
        organisation: claimed.success
          ? claimed.data
          : this.#newcomer(provider.name, person),
        account: person,
      };
    }
    const { representedClaim } = provider;
    const isFor =
      representedClaim !== undefined && claims[representedClaim] !== undefined;
    const subject = isFor ? read(representedClaim) : person;
    // A claim that says that somebody stands in, and not readably for whom, shows nobody's list.
    if (subject === undefined) return undefined;
    const by = subject === person ? "subject" : "representative";
    return { kind: "citizen", by, person, subject };
  }

  /**
   * The id that an organisation has if the provider names none: it follows from who signs in, by a key, so that nobody can ask for another's
   * and the register tells nobody whose it is.
   */
  #newcomer(provider: string, person: string): string {
    const mark = createHmac("sha256", this.#key)
      .update(`vitrine-newcomer-v1\n${provider}\n${person}`)
      .digest("hex");
    return `org-${mark.slice(0, NEWCOMER_DIGITS)}`;
  }

  #named(name: string): ReadyProvider | undefined {
    return this.providers.find((one) => one.name === name);
  }

  #opened(cookie: string | undefined): z.infer<typeof begun> | undefined {
    if (cookie === undefined) return undefined;
    try {
      const text = unseal(this.#key, fromBase64url(cookie)).toString("utf8");
      return begun.parse(JSON.parse(text));
    } catch {
      // Somebody made it themselves, or the office has another key since: nobody began with it.
      return undefined;
    }
  }

  async #configOf(provider: ReadyProvider): Promise<client.Configuration> {
    const known = this.#known.get(provider.name);
    if (known !== undefined && this.#now() - known.at < KNOWN_MS)
      return known.config;
    const { issuer, clientId, secret } = provider;
    const config = await client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: SKEW_SECONDS },
      secret === undefined ? client.None() : client.ClientSecretBasic(secret),
      {
        [client.customFetch]: fetchAt(provider),
        timeout: ANSWER_SECONDS,
        // isProvider let plain HTTP through for this machine alone.
        execute: issuer.startsWith("http:")
          ? [client.allowInsecureRequests]
          : [],
      },
    );
    this.#known.set(provider.name, { config, at: this.#now() });
    return config;
  }

  #failed(name: string, error: unknown): OpenidFailed {
    return this.#say(name, ...faultOf(error));
  }

  #say(name: string, failed: OpenidFault, why: string): OpenidFailed {
    this.#tell(`sign-in   openid ${name}: ${failed}, ${why}`);
    return { failed };
  }
}

/** Somewhere that the issuer was not meant to lead. */
class Elsewhere extends Error {
  override readonly name = "Elsewhere";

  constructor(address: string) {
    super(
      `Cannot ask ${URL.canParse(address) ? new URL(address).origin : "an address"}: want the issuer's own, or one of alsoAt`,
    );
  }
}

function isAt(
  { issuer, alsoAt = [] }: OpenidProvider,
  address: string,
): boolean {
  return (
    isProvider(address) &&
    [issuer, ...alsoAt].some(
      (one) => new URL(one).origin === new URL(address).origin,
    )
  );
}

/** Asks the provider's own places alone, follows nothing, and reads no endless answer. */
function fetchAt(provider: OpenidProvider): client.CustomFetch {
  return async (address, options) => {
    if (!isAt(provider, address)) throw new Elsewhere(address);
    const response = await fetch(address, {
      method: options.method,
      headers: options.headers,
      redirect: "manual",
      signal: options.signal ?? AbortSignal.timeout(ANSWER_SECONDS * 1000),
      ...(options.body === undefined || options.body === null
        ? {}
        : { body: options.body }),
    });
    const body = await bounded(response);
    const { status, headers } = response;
    const isEmpty = status === 204 || status === 304;
    return new Response(isEmpty ? null : body, { status, headers });
  };
}

async function bounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> = response.body;
  for await (const part of body) {
    size += part.length;
    if (size > BODY_BYTES_MAX)
      throw new Error(
        `Cannot read the provider's answer: it is over ${BODY_BYTES_MAX} bytes`,
      );
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

/** Some providers tell a claim at their userinfo endpoint alone. */
async function more(
  provider: OpenidProvider,
  config: client.Configuration,
  tokens: Tokens,
): Promise<object> {
  const claims = tokens.claims();
  const {
    subjectClaim = "sub",
    organisationClaim,
    representedClaim,
  } = provider;
  const isWhole = [subjectClaim, organisationClaim, representedClaim].every(
    (claim) => claim === undefined || claims?.[claim] !== undefined,
  );
  const endpoint = config.serverMetadata().userinfo_endpoint;
  if (isWhole || claims === undefined || endpoint === undefined) return {};
  return client.fetchUserInfo(config, tokens.access_token, claims.sub);
}

/** What a claim says, where it is a code. */
function readerOf(
  claims: Readonly<Record<string, unknown>>,
): (claim: string | undefined) => string | undefined {
  return (claim) => {
    const value = claim === undefined ? undefined : claims[claim];
    return typeof value === "string" && CODE.test(value) ? value : undefined;
  };
}

/** What an error of the library means for whoever signs in, and its name for the operator: names, never values. */
function faultOf(error: unknown): readonly [OpenidFault, string] {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === "access_denied"
      ? ["denied", "denied at the provider"]
      : ["refused", `the provider answered ${nameOf(error.error)}`];
  if (error instanceof client.ResponseBodyError)
    return ["refused", `the provider answered ${nameOf(error.error)}`];
  const code =
    error instanceof client.ClientError ? (error.code ?? "") : undefined;
  switch (code) {
    case "OAUTH_JWT_TIMESTAMP_CHECK_FAILED":
      return ["clock", "its times do not fit this machine's clock"];
    case "OAUTH_TIMEOUT":
    case "OAUTH_ABORT":
    case "OAUTH_RESPONSE_IS_NOT_CONFORM":
      return ["away", code];
    case undefined:
    case "":
      break;
    default:
      return ["refused", code];
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Elsewhere) return ["refused", cause.message];
  return ["away", cause instanceof Error ? nameOf(cause.name) : "no answer"];
}

function nameOf(text: string): string {
  return /^[A-Za-z_]{1,64}$/.test(text) ? text : "an error that has no name";
}
