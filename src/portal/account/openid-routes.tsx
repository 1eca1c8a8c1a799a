import type { Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type {
  OpenidFailed,
  OpenidFault,
  OpenidSignIn,
} from "../../accounts/openid.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { Frame } from "../frame.tsx";
import { TAGS } from "../lang/lang.ts";
import { type Message, say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { localPath } from "./around-request.ts";
import type { Attempts } from "./attempts.ts";
import { giveBegun, giveSession, takeBegun } from "./cookies.ts";
import { byName, publicAddress } from "./public-address.ts";
import { isUnregistered } from "./registered.ts";
import { TooOftenPage } from "./too-often-page.tsx";
import { endSession, landing } from "./session-ends.ts";

type Fault = OpenidFault | "notRegistered";

/** `GET /sign-in/openid/:name` leads to a provider of identities, `…/callback` is where it leads back; `/sign-in/failed/:fault` helps. */
export function openidRoutes(
  app: Hono,
  options: AppOptions,
  attempts: Attempts,
): void {
  const { openid } = options;
  app.get("/sign-in/openid/:name", async (c) => {
    // A link, because a form may lead nowhere outside (form-action); cookies stay with the host's name.
    const named = byName(c, options);
    if (named !== undefined) return c.redirect(named, 303);
    const wait = attempts.take(c);
    if (wait > 0) return tooOften(c, wait);
    const name = c.req.param("name");
    const redirect = redirectOf(options, name);
    if (openid === undefined || redirect === undefined)
      return failed(c, { failed: "unknown" });
    const to = localPath(c.req.query("to") ?? "/");
    const begun = await openid.begin(name, redirect, to, TAGS[around().lang]);
    if ("failed" in begun) return failed(c, begun);
    giveBegun(c, begun.cookie);
    c.header("Cache-Control", "no-store");
    return c.redirect(begun.url, 303);
  });
  app.get("/sign-in/openid/:name/callback", async (c) => {
    const wait = attempts.take(c);
    if (wait > 0) return tooOften(c, wait);
    // Used once, whatever comes of it.
    const cookie = takeBegun(c);
    const name = c.req.param("name");
    const redirect = redirectOf(options, name);
    if (openid === undefined || redirect === undefined)
      return failed(c, { failed: "unknown" });
    return come(c, options, openid, { name, redirect, cookie });
  });
  app.get("/sign-in/failed/:fault", (c) => {
    const fault = faults.find((one) => one === c.req.param("fault"));
    c.header("Cache-Control", "no-store");
    return fault === undefined
      ? c.redirect("/sign-in", 303)
      : showPage(c, <FailedPage fault={fault} />, STATUS[fault]);
  });
}

async function come(
  c: Context,
  options: AppOptions,
  openid: OpenidSignIn,
  {
    name,
    redirect,
    cookie,
  }: {
    readonly name: string;
    readonly redirect: string;
    readonly cookie: string | undefined;
  },
): Promise<Response> {
  const query = new URL(c.req.url).searchParams;
  const came = await openid.finish(name, redirect, query, cookie);
  if ("failed" in came) return failed(c, came);
  const { who, to } = came;
  const isNewcomer = isUnregistered(who, options.office.register);
  if (isNewcomer && options.applications === undefined)
    return failed(c, { failed: "notRegistered" });
  if (options.sessions === undefined) return failed(c, { failed: "unknown" });
  await endSession(c, options);
  giveSession(c, await options.sessions.begin(who));
  c.header("Cache-Control", "no-store");
  return c.redirect(
    isNewcomer ? "/account/registration" : landing(who, to),
    303,
  );
}

/** Exactly one for each provider, from what the operator says alone. */
function redirectOf(options: AppOptions, name: string): string | undefined {
  const address = publicAddress(options);
  return address === undefined
    ? undefined
    : new URL(`/sign-in/openid/${encodeURIComponent(name)}/callback`, address)
        .href;
}

const SAYS = {
  unknown: "This way to sign in is not set up here.",
  denied: "You, or the provider, said no. Nothing was passed on.",
  expired:
    "It took longer than ten minutes, so the office forgot that you had begun.",
  otherBrowser:
    "This answer belongs to no sign-in that was begun in this browser, or was used before. Open the sign-in page and begin there; cookies have to be allowed.",
  away: "The provider does not answer now. It is not the office's own, and the office cannot mend it.",
  clock:
    "The provider's clock and the office's differ by more than a minute. Tell the office: its administrator can mend it.",
  refused:
    "What the provider answered could not be accepted: it was for somebody else, used before, or not signed as it should be.",
  nobody:
    "The provider did not say by which code the office's data know you. Tell the office: what it asks the provider for has to be changed.",
  notRegistered:
    "The provider names an organisation that this office has not registered.",
} as const satisfies Record<Fault, Message>;

const STATUS = {
  ...{ unknown: 404, denied: 403, expired: 400, otherBrowser: 400 },
  ...{ away: 503, clock: 503, refused: 403, nobody: 403, notRegistered: 403 },
} as const satisfies Record<Fault, ContentfulStatusCode>;

const faults = [
  ...(["unknown", "denied", "expired", "otherBrowser", "away"] as const),
  ...(["clock", "refused", "nobody", "notRegistered"] as const),
] satisfies readonly Fault[];

/** At an address of its own: what the provider sent along stays in no history and in no link. */
function failed(
  c: Context,
  { failed: fault }: OpenidFailed | { readonly failed: Fault },
): Response {
  c.header("Cache-Control", "no-store");
  return c.redirect(`/sign-in/failed/${fault}`, 303);
}

function tooOften(c: Context, wait: number): Response | Promise<Response> {
  c.header("Retry-After", String(wait));
  return showPage(c, <TooOftenPage seconds={wait} />, 429);
}

const FailedPage: FC<{ fault: Fault }> = ({ fault }) => {
  const title = say("You are not signed in");
  return (
    <Frame title={title} unindexed lead={<h1>{title}</h1>}>
      <p class="notice">{say(SAYS[fault])}</p>
      <h2>{say("What you can do")}</h2>
      <ul>
        <li>
          <a href="/sign-in">{say("Begin again on the sign-in page")}</a>
        </li>
        <li>
          <a href="/">{say("Go to the front page")}</a>
        </li>
      </ul>
      {fault === "notRegistered" && (
        <p>
          {say(
            "An organisation is registered by an act; apply for it before you sign in for it.",
          )}
        </p>
      )}
    </Frame>
  );
};
