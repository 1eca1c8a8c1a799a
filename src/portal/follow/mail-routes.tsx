import type { Context, Hono } from "hono";
import { isMailAddress } from "../../accounts/mail-address.ts";
import { rhythms, type Wish } from "../../accounts/follows.ts";
import { RateLimiter } from "../../gateway/asking/rate-limit.ts";
import type { ThingKey } from "../../rules/about.ts";
import { Attempts } from "../account/attempts.ts";
import { readForm } from "../account/form.tsx";
import { TooOftenPage } from "../account/too-often-page.tsx";
import type { ActLog } from "../acts/act-log.ts";
import { readThingKey } from "../acts/filter.ts";
import type { AppOptions } from "../app.tsx";
import type { Wrong } from "../applicant/fields.tsx";
import { upTo } from "../body-guards.ts";
import { readLang } from "../lang/lang.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { askedLetter, followedTitle } from "./follow-letters.ts";
import {
  ConfirmedPage,
  ConfirmPage,
  LinkOverPage,
  SentPage,
  StoppedPage,
  StopPage,
} from "./mail-pages.tsx";
import type { TypedFollow } from "./mail-section.tsx";

const FORM_BYTES_MAX = 16 * 1024;
/** Letters that are asked for from one address of a network, and in the whole office. */
const SENDER = { perSecond: 1 / 60, burst: 10 };
const EVERYBODY = { perSecond: 1 / 10, burst: 200 };
const TOKEN = "{[A-Za-z0-9_-]{43}}";

export type MailFollowing = Pick<
  AppOptions,
  "follows" | "lettersLead" | "proxies"
>;
type Again = (
  c: Context,
  thing: ThingKey,
  typed: TypedFollow,
  wrong: Wrong,
) => Response | Promise<Response>;

/**
 * `POST /follow` asks an address whether it wants letters; `/follow/confirm/:token` and `/follow/stop/:token` are what letters lead to. Each
 * changes something with POST alone, and says the same whether the office knows the address or not.
 */
export function mailFollowRoutes(
  app: Hono,
  log: ActLog,
  { follows, lettersLead, proxies }: MailFollowing,
  isKnown: (thing: ThingKey) => boolean,
  again: Again,
): void {
  const limited = upTo(FORM_BYTES_MAX);
  const senders = new Attempts({ proxies }, "follow", SENDER);
  const everybody = new RateLimiter("follow-all", EVERYBODY);
  const titleOf = (follow: { readonly thing: string }) =>
    followedTitle(log, follow);

  app.post("/follow", limited, async (c) => {
    const sent = await readForm(c);
    const thing = readThingKey(sent.text("thing"));
    const typed: TypedFollow = {
      address: sent.text("address"),
      lang: sent.text("lang"),
      rhythm: sent.text("rhythm"),
    };
    await log.ready();
    const leads = lettersLead?.();
    const read = readTyped(typed);
    // Of nothing that the office does not know, and where nothing is sent, the page says why there is no form.
    if (leads === undefined || !isKnown(thing))
      return again(c, thing, typed, {});
    if ("wrong" in read) return again(c, thing, typed, read.wrong);
    // Whoever is refused for themselves takes nothing from what is there for everybody.
    const wait =
      senders.take(c) ||
      everybody.take("all", performance.now()).retryInSeconds;
    if (wait > 0) return tooOften(c, wait, thing);
    await follows.ask(
      ...([{ ...read, thing }, log.size] as const),
      askedLetter(log, leads),
    );
    return c.redirect("/follow/sent", 303);
  });
  app.get("/follow/sent", (c) => showPage(c, <SentPage />));
  app.get(`/follow/confirm/:token${TOKEN}`, async (c) => {
    const token = c.req.param("token");
    const follow = await follows.asked(token);
    if (follow === undefined) return shown(c, <LinkOverPage />, 404);
    const thing = titleOf(follow);
    return shown(
      c,
      follow.isConfirmed ? (
        <ConfirmedPage {...{ follow, thing }} />
      ) : (
        <ConfirmPage {...{ follow, thing, token }} />
      ),
    );
  });
  app.post(`/follow/confirm/:token${TOKEN}`, limited, async (c) => {
    await readForm(c);
    const { offsetMinutes } = log.register;
    const token = c.req.param("token");
    const follow = await follows.confirm(token, log.size, offsetMinutes);
    return follow === undefined
      ? shown(c, <LinkOverPage />, 404)
      : shown(c, <ConfirmedPage {...{ follow, thing: titleOf(follow) }} />);
  });
  app.get(`/follow/stop/:token${TOKEN}`, async (c) => {
    const token = c.req.param("token");
    const follow = await follows.followed(token);
    return follow === undefined
      ? shown(c, <StoppedPage />)
      : shown(c, <StopPage {...{ token, thing: titleOf(follow) }} />);
  });
  // RFC 8058: a mail provider sends this without a session, a page or an origin of ours, and wants no redirect. The token is the right.
  app.post(`/follow/stop/:token${TOKEN}`, limited, async (c) => {
    await c.req.arrayBuffer();
    await follows.stop(c.req.param("token"));
    return shown(c, <StoppedPage />);
  });
}

type Read = Omit<Wish, "thing">;

function readTyped(typed: TypedFollow): Read | { readonly wrong: Wrong } {
  const lang = readLang(typed.lang);
  const rhythm = rhythms.find((one) => one === typed.rhythm);
  const { address } = typed;
  if (lang !== undefined && rhythm !== undefined && isMailAddress(address))
    return { address, lang, rhythm };
  return {
    wrong: {
      ...(isMailAddress(address)
        ? {}
        : {
            address: say(
              "Write one address, such as name@data.example, without a name and without others",
            ),
          }),
      ...(rhythm === undefined ? { rhythm: say("Choose how often") } : {}),
      ...(lang === undefined ? { lang: say("Choose a language") } : {}),
    },
  };
}

/** A token stands in the address: nothing on the way keeps such a page. */
function shown(
  c: Context,
  page: unknown,
  status: 200 | 404 = 200,
): Response | Promise<Response> {
  c.header("Cache-Control", "no-store");
  return showPage(c, page, status);
}

function tooOften(
  c: Context,
  wait: number,
  thing: ThingKey,
): Response | Promise<Response> {
  c.header("Retry-After", String(wait));
  const href = `/follow?thing=${encodeURIComponent(thing)}`;
  const tried = { title: say("Too many letters were asked for"), href };
  return showPage(c, <TooOftenPage {...{ seconds: wait, tried }} />, 429);
}
