import type { Context, Hono } from "hono";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { accountRoutes, siteOf } from "./account-routes.tsx";
import { localPath, nameOf } from "./around-request.ts";
import { Attempts } from "./attempts.ts";
import { around } from "../around.ts";
import { giveChallenge, giveSession, sessionToken } from "./cookies.ts";
import { readForm } from "./form.tsx";
import { openidRoutes } from "./openid-routes.tsx";
import type { Persona } from "./personas.ts";
import { byName, publicAddress } from "./public-address.ts";
import { Forbidden } from "./refusals.ts";
import { isUnregistered } from "./registered.ts";
import { endSession, landing } from "./session-ends.ts";
import { passkeyFault, SignInPage, type WaysIn } from "./sign-in-page.tsx";

const FORM_BYTES_MAX = 64 * 1024;

/** `GET /sign-in`, `POST /sign-in/demonstration`, `POST /sign-out`; and the ways in that have files of their own. */
export function signInRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  const attempts = new Attempts(options);
  openidRoutes(app, options, attempts);
  accountRoutes(app, options, attempts);
  app.get("/sign-in", async (c) => {
    const to = localPath(c.req.query("to") ?? "/");
    const ways = await waysIn(c, options);
    c.header("Cache-Control", "no-store");
    const why = passkeyFault(c.req.query("why"));
    const isOver =
      sessionToken(c) !== undefined && around().session === undefined;
    return showPage(c, <SignInPage {...{ to, ways, why, isOver }} />);
  });
  app.post("/sign-in/demonstration", limited, async (c) => {
    const sent = await readForm(c);
    const personas = (await options.personas?.list()) ?? [];
    const chosen = personas.find(({ name }) => name === sent.text("persona"));
    if (chosen === undefined || options.sessions === undefined)
      throw new Forbidden("want one of the persons of a demonstration");
    await endSession(c, options);
    giveSession(
      c,
      await options.sessions.begin(chosen.who, { persona: chosen.name }),
    );
    return c.redirect(landing(chosen.who, sent.text("to")), 303);
  });
  app.post("/sign-out", limited, async (c) => {
    await readForm(c);
    await endSession(c, options);
    return c.redirect("/sign-in", 303);
  });
}

async function waysIn(c: Context, options: AppOptions): Promise<WaysIn> {
  const { accounts, openid } = options;
  const personas = (await options.personas?.list()) ?? [];
  const site = siteOf(options);
  const elsewhere = accounts === undefined ? undefined : byName(c, options);
  const begun =
    site === undefined || elsewhere !== undefined
      ? undefined
      : await accounts?.beginSignIn(site);
  if (begun !== undefined) giveChallenge(c, begun.cookie);
  return {
    personas: personas.map((one) => ({ one, called: called(one, options) })),
    providers:
      publicAddress(options) === undefined ? [] : (openid?.providers ?? []),
    ...(begun === undefined ? {} : { passkey: begun.options }),
    ...(elsewhere === undefined ? {} : { byName: elsewhere }),
  };
}

function called({ who, name }: Persona, options: AppOptions): string {
  if (isUnregistered(who, options.office.register))
    return say("a company that is not registered yet ({name})", { name });
  return who.kind === "citizen"
    ? say("resident {name}", { name: name.replace(/^resident-/, "") })
    : nameOf(who, options.office.register, options.now());
}
