import { readFileSync } from "node:fs";
import type { Context, Hono } from "hono";
import type { Accounts, CameIn, Site } from "../../accounts/accounts.ts";
import type { Who } from "../../accounts/sessions.ts";
import { toBase64url } from "../../acts/bytes.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import {
  CredentialsPage,
  FAULTS,
  FirstPasskeyPage,
  InvitationPage,
} from "./account-pages.tsx";
import type { Attempts } from "./attempts.ts";
import {
  sessionToken,
  giveChallenge,
  giveSession,
  takeChallenge,
} from "./cookies.ts";
import { mustBe, readForm } from "./form.tsx";
import { madeNow, showMade } from "./made.ts";
import { PASSKEY_SCRIPT_PATH } from "./passkey-form.tsx";
import { byName, publicAddress } from "./public-address.ts";
import { Forbidden } from "./refusals.ts";
import { endSession, landing } from "./session-ends.ts";
import { TooOftenPage } from "./too-often-page.tsx";

const FORM_BYTES_MAX = 64 * 1024;
const SCRIPT = new URL("passkey-page.mjs", import.meta.url);
const NAME_MAX = 100;

/** Where passkeys of this office belong to; undefined where nobody has said at which address it is reached. */
export function siteOf(options: AppOptions): Site | undefined {
  const address = publicAddress(options);
  return address === undefined
    ? undefined
    : { origin: address.origin, host: address.hostname };
}

/** Whether `/account/credentials` has something to show. */
export function hasPasskeys(options: AppOptions): boolean {
  return options.accounts !== undefined && siteOf(options) !== undefined;
}

/** Passkeys for signing in: `POST /sign-in/passkey`, `/account/invitation`, `/account/first`, `/account/credentials`. */
export function accountRoutes(
  app: Hono,
  options: AppOptions,
  attempts: Attempts,
): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get(PASSKEY_SCRIPT_PATH, (c) =>
    c.body(readFileSync(SCRIPT, "utf8"), 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
    }),
  );
  const tried =
    (work: (c: Context, desk: Desk) => Promise<Response>) =>
    (c: Context): Response | Promise<Response> => {
      const wait = attempts.take(c);
      if (wait === 0) return work(c, deskOf(options));
      c.header("Retry-After", String(wait));
      return showPage(c, <TooOftenPage seconds={wait} />, 429);
    };
  app.post(
    "/sign-in/passkey",
    limited,
    tried((c, desk) => signIn(c, desk)),
  );
  app.get("/account/invitation", (c) => {
    const named = byName(c, options);
    return named === undefined
      ? showPage(c, <InvitationPage typed="" />)
      : c.redirect(named, 303);
  });
  app.post("/account/invitation", limited, tried(useInvitation));
  app.post("/account/first", limited, tried(makeFirst));
  credentialRoutes(app, options);
}

type Desk = {
  readonly accounts: Accounts;
  readonly site: Site;
  readonly options: AppOptions;
};

function deskOf(options: AppOptions): Desk {
  const site = siteOf(options);
  if (options.accounts === undefined || site === undefined)
    throw new Forbidden("this office has no accounts with passkeys");
  return { accounts: options.accounts, site, options };
}

async function signIn(
  c: Context,
  { accounts, site, options }: Desk,
): Promise<Response> {
  const sent = await readForm(c);
  const cookie = takeChallenge(c);
  const came = await accounts.finishSignIn(
    ...([site, sent.text("answer"), cookie, signingKeys(options)] as const),
  );
  if ("failed" in came) return c.redirect(`/sign-in?why=${came.failed}`, 303);
  return begin(c, options, came, sent.text("to"));
}

/** A session for whoever the register still knows. */
async function begin(
  c: Context,
  options: AppOptions,
  { who, passkey }: CameIn,
  to: string,
): Promise<Response> {
  const { persons, organisations } = options.office.register;
  const isKnown =
    who.kind === "official"
      ? persons.has(who.person)
      : who.kind === "organisation" && organisations.has(who.organisation);
  if (!isKnown || options.sessions === undefined)
    return c.redirect("/sign-in?why=unknown", 303);
  await endSession(c, options);
  giveSession(c, await options.sessions.begin(who, { passkey }));
  return c.redirect(landing(who, to), 303);
}

async function useInvitation(
  c: Context,
  { accounts, site, options }: Desk,
): Promise<Response> {
  const code = (await readForm(c)).text("code");
  const found = await accounts.invitation(code);
  if (found === undefined)
    return showPage(
      c,
      <InvitationPage typed={code} wrong={say(FAULTS.invitation)} />,
      422,
    );
  const { name } = found;
  const { title } = options.office.register;
  const begun = await accounts.beginRegistration(site, title, name);
  giveChallenge(c, begun.cookie);
  c.header("Cache-Control", "no-store");
  return showPage(
    c,
    <FirstPasskeyPage {...{ code, name }} options={begun.options} />,
  );
}

async function makeFirst(
  c: Context,
  { accounts, site, options }: Desk,
): Promise<Response> {
  const sent = await readForm(c);
  const code = sent.text("code");
  const made = await accounts.finishInvited(
    ...([
      site,
      code,
      sent.text("answer"),
      labelIn(sent.text("label")),
    ] as const),
    ...([takeChallenge(c), signingKeys(options)] as const),
  );
  if ("failed" in made)
    return showPage(
      c,
      <InvitationPage typed={code} wrong={say(FAULTS[made.failed])} />,
      422,
    );
  return begin(c, options, made, "/account/credentials");
}

function labelIn(text: string): string {
  return text === "" ? say("My passkey") : text;
}

/** Whether the register has a passkey among the keys that sign acts. */
function signingKeys({ office }: AppOptions): (credential: string) => boolean {
  return (credential) =>
    [...office.register.keys.values()].some(
      ({ key }) =>
        key.form === "webauthn" &&
        key.credential === toBase64url(Buffer.from(credential, "base64url")),
    );
}

function credentialRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  type Shown = { readonly code?: string; readonly wrong?: string };
  const show = async (c: Context, who: Who, shown: Shown = {}) => {
    const { accounts, site } = deskOf(options);
    const { title, offsetMinutes } = options.office.register;
    const account = await accounts.accountOf(who);
    const isPersona = around().session?.persona !== undefined;
    const begun =
      account === undefined || isPersona
        ? undefined
        : await accounts.beginRegistration(
            ...([site, title, around().signedInAs ?? "", account] as const),
          );
    if (begun !== undefined) giveChallenge(c, begun.cookie);
    return showPage(
      c,
      <CredentialsPage
        passkeys={account === undefined ? [] : await accounts.passkeys(account)}
        mayInvite={await accounts.isFirst(who)}
        {...(begun === undefined ? {} : { options: begun.options })}
        {...(shown.code === undefined ? {} : { code: shown.code })}
        {...(shown.wrong === undefined ? {} : { wrong: shown.wrong })}
        offsetMinutes={offsetMinutes}
      />,
      shown.wrong === undefined ? 200 : 422,
    );
  };
  app.get("/account/credentials", (c) => {
    const who = mustBe(c, "official", "organisation");
    return show(c, who, madeNow(c, options, "invitation"));
  });
  app.post("/account/credentials/add", limited, async (c) => {
    const who = mustBe(c, "official", "organisation");
    const sent = await readForm(c);
    const { accounts, site } = deskOf(options);
    const account = await ownAccount(accounts, who);
    const fault = await accounts.finishAdded(
      ...([site, account, sent.text("answer")] as const),
      ...([labelIn(sent.text("label")), takeChallenge(c)] as const),
      signingKeys(options),
    );
    return fault === undefined
      ? c.redirect("/account/credentials", 303)
      : show(c, who, { wrong: say(FAULTS[fault.failed]) });
  });
  app.post("/account/credentials/remove", limited, async (c) => {
    const who = mustBe(c, "official", "organisation");
    const sent = await readForm(c);
    const { accounts } = deskOf(options);
    const account = await ownAccount(accounts, who);
    const passkey = sent.text("passkey");
    // Whoever holds a device that was lost is out with it.
    if (await accounts.remove(account, passkey))
      await options.sessions?.endThoseBy(passkey, sessionToken(c) ?? "");
    return c.redirect("/account/credentials", 303);
  });
  app.post("/account/invite", limited, async (c) => {
    const who = mustBe(c, "organisation");
    const name = (await readForm(c)).text("name");
    const { accounts } = deskOf(options);
    if (!(await accounts.isFirst(who)))
      throw new Forbidden("only an organisation's first user invites others");
    if (name === "" || name.length > NAME_MAX)
      return show(c, who, { wrong: say("Say what your colleague is called") });
    const { organisation } = who;
    const holder = { kind: "organisation", organisation } as const;
    const code = await accounts.invite({ holder, name });
    return showMade(
      ...([c, options, { what: "invitation", code }] as const),
      "/account/credentials",
    );
  });
}

async function ownAccount(accounts: Accounts, who: Who): Promise<string> {
  const account =
    around().session?.persona === undefined
      ? await accounts.accountOf(who)
      : undefined;
  if (account !== undefined) return account;
  throw new Forbidden("you have no account with passkeys here");
}
