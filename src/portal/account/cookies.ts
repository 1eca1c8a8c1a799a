import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { BEGUN_SECONDS } from "../../accounts/openid.ts";
import { around } from "../around.ts";
import type { Lang } from "../lang/lang.ts";

const SESSION = "vitrine_session";
const BEGUN = "vitrine_begun";
const CHALLENGE = "vitrine_challenge";
const MADE = "vitrine_made";
const LANGUAGE = "vitrine_language";
const YEAR_SECONDS = 31_536_000;

/**
 * Over HTTPS a session's cookie is bound to the host by its name, and never leaves in the clear. Behind a proxy that speaks TLS for the
 * office a request does not show it: the office's public address does.
 */
const isSecure = (c: Context): boolean =>
  around().secure || new URL(c.req.url).protocol === "https:";

export function sessionToken(c: Context): string | undefined {
  return isSecure(c) ? getCookie(c, SESSION, "host") : getCookie(c, SESSION);
}

/** Without an end of its own: it goes with the browser, and the office ends it earlier. */
export function giveSession(c: Context, token: string): void {
  const base = { httpOnly: true, sameSite: "Lax", path: "/" } as const;
  if (isSecure(c))
    setCookie(c, SESSION, token, { ...base, secure: true, prefix: "host" });
  else setCookie(c, SESSION, token, base);
}

export function takeSession(c: Context): void {
  if (isSecure(c))
    deleteCookie(c, SESSION, { path: "/", secure: true, prefix: "host" });
  else deleteCookie(c, SESSION, { path: "/" });
}

/** What was begun here and goes on elsewhere. */
export function giveBegun(c: Context, value: string): void {
  giveShort(c, BEGUN, value);
}

export function takeBegun(c: Context): string | undefined {
  return takeShort(c, BEGUN);
}

/** What a passkey is to answer. */
export function giveChallenge(c: Context, value: string): void {
  giveShort(c, CHALLENGE, value);
}

export function takeChallenge(c: Context): string | undefined {
  return takeShort(c, CHALLENGE);
}

/**
 * What was made by a form, for the page that the form leads to: whoever loads that page anew sends no form again, and so makes nothing twice. It
 * is sealed for the session, and goes by time: a look that took it away could be one at the headers alone, or one before the language is changed.
 */
export function giveMade(c: Context, value: string, seconds: number): void {
  giveShort(c, MADE, value, seconds);
}

export function keptMade(c: Context): string | undefined {
  return isSecure(c) ? getCookie(c, MADE, "host") : getCookie(c, MADE);
}

/** For some minutes, and Lax: whoever leads back is another site. */
function giveShort(
  c: Context,
  name: string,
  value: string,
  maxAge = BEGUN_SECONDS,
): void {
  const base = { httpOnly: true, sameSite: "Lax", path: "/" } as const;
  if (isSecure(c))
    setCookie(c, name, value, {
      ...{ ...base, maxAge, secure: true, prefix: "host" },
    });
  else setCookie(c, name, value, { ...base, maxAge });
}

/** Reads it and takes it away. */
function takeShort(c: Context, name: string): string | undefined {
  const value = isSecure(c) ? getCookie(c, name, "host") : getCookie(c, name);
  if (isSecure(c))
    deleteCookie(c, name, { path: "/", secure: true, prefix: "host" });
  else deleteCookie(c, name, { path: "/" });
  return value;
}

export function chosenLanguage(c: Context): string | undefined {
  return getCookie(c, LANGUAGE);
}

export function keepLanguage(c: Context, lang: Lang): void {
  setCookie(c, LANGUAGE, lang, {
    path: "/",
    sameSite: "Lax",
    maxAge: YEAR_SECONDS,
    httpOnly: true,
    secure: isSecure(c),
  });
}
