import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Lang } from "../lang/lang.ts";

const SESSION = "vitrine_session";
const LANGUAGE = "vitrine_language";
const YEAR_SECONDS = 31_536_000;

/** Over HTTPS a session's cookie is bound to the host by its name, and never leaves in the clear. */
const isSecure = (c: Context): boolean =>
  new URL(c.req.url).protocol === "https:";

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
