import type { Context, Hono } from "hono";
import { foundedAt } from "../../register/founding.ts";
import { findEntries } from "../../reports/act-index.ts";
import { readThing, type ThingKey } from "../../rules/about.ts";
import type { ActLog } from "../acts/act-log.ts";
import { inAskedLanguage } from "../acts/acts-routes.tsx";
import { entryLine } from "../acts/entry-line.ts";
import {
  ATOM,
  atomFeed,
  type Feed,
  JSON_FEED,
  jsonFeed,
} from "../acts/feeds.ts";
import { readPlace, readThingKey } from "../acts/filter.ts";
import {
  actsAbout,
  sayThingKind,
  thingHref,
  thingsOf,
  thingTitle,
} from "../acts/thing.ts";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import { say } from "../lang/say.ts";
import { law } from "../../rules/law.ts";
import { showPage } from "../show-page.ts";
import type { Wrong } from "../applicant/fields.tsx";
import { type Followed, FollowPage } from "./follow-page.tsx";
import { mailFollowRoutes, type MailFollowing } from "./mail-routes.tsx";
import { NOTHING_TYPED, type TypedFollow } from "./mail-section.tsx";

const FEED_LINES = 50;

/**
 * `GET /follow`: how things are followed; `GET /follow/<kind>/<id>.atom` and `.json`: every entry about one thing, records among them. 404 where no
 * entry is about it and the register does not know it. What goes by e-mail is in `mail-routes.tsx`.
 */
export function followRoutes(
  app: Hono,
  log: ActLog,
  mail: MailFollowing,
): void {
  const show = (
    c: Context,
    thing: ThingKey | undefined,
    typed: TypedFollow,
    wrong: Wrong,
  ) => {
    if (thing !== undefined && !isKnown(log, thing)) return unknown(c, thing);
    return showPage(
      c,
      <FollowPage
        thing={thing === undefined ? undefined : followedThing(log, thing)}
        mail={{
          ...{ thing, typed, wrong },
          canSend: mail.lettersLead?.() !== undefined,
        }}
      />,
      Object.keys(wrong).length === 0 ? 200 : 422,
    );
  };
  app.get("/follow", (c) => {
    const given = c.req.query("thing");
    const thing =
      given === undefined || given === "" ? undefined : readThingKey(given);
    return show(c, thing, NOTHING_TYPED(), {});
  });
  mailFollowRoutes(app, log, mail, (thing) => isKnown(log, thing), show);
  app.get("/follow/:kind/:feed{[A-Za-z0-9._-]+\\.(?:atom|json)}", (c) =>
    inAskedLanguage(c, async () => {
      const [, id = "", form = ""] =
        /^(.*)\.(atom|json)$/.exec(c.req.param("feed")) ?? [];
      const thing = readThingKey(`${c.req.param("kind")}:${id}`);
      await log.ready();
      if (!isKnown(log, thing)) return unknown(c, thing);
      const feed = await feedAbout(c, log, thing);
      return form === "atom"
        ? c.body(atomFeed(feed), 200, { "Content-Type": ATOM })
        : c.body(JSON.stringify(jsonFeed(feed)), 200, {
            "Content-Type": JSON_FEED,
          });
    }),
  );
}

function followedThing({ register }: ActLog, thing: ThingKey): Followed {
  return {
    ...readThing(thing),
    title: thingTitle(register, thing),
    ...{ href: thingHref(register, thing), acts: actsAbout(thing) },
  };
}

async function feedAbout(
  c: Context,
  log: ActLog,
  thing: ThingKey,
): Promise<Feed> {
  const { register, index } = log;
  const url = new URL(c.req.url);
  const found = findEntries(index, {
    keys: [thing],
    ...readPlace(url.searchParams),
    most: FEED_LINES,
  });
  const entries = await log.entriesAt(found.entries);
  const lines = entries.map(([number, entry]) =>
    entryLine(entry, number, register),
  );
  const last = found.entries.at(-1);
  const next = new URL(url);
  if (last !== undefined) next.searchParams.set("before", String(last));
  return {
    title: say("Acts of {office} about {thing}", {
      office: register.title,
      thing: `${sayThingKind(readThing(thing).kind)} ${thingTitle(register, thing)}`,
    }),
    ...{ register, here: url.origin, name: thing, lines },
    home: `${url.origin}${actsAbout(thing)}`,
    self: url.href,
    next: found.hasOlder ? next.href : undefined,
    updatedMs: lines[0]?.atMs ?? foundedAt(register),
  };
}

/** What may be followed: what some entry is about, what the register has, and every rule of the law. */
function isKnown({ index, register }: ActLog, thing: ThingKey): boolean {
  const { kind, id } = readThing(thing);
  return (
    index.keys.has(thing) ||
    thingsOf(register, kind)?.has(id) === true ||
    (kind === "rule" && Object.hasOwn(law, id))
  );
}

function unknown(c: Context, thing: ThingKey): Response | Promise<Response> {
  const { kind, id } = readThing(thing);
  return showError(
    c,
    errorBody("notFound", `No entry is about ${kind} ${id}`),
    404,
  );
}
