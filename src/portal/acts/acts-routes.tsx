import type { Context, Hono } from "hono";
import { Malformed } from "../../acts/canonical.ts";
import { parseEntry } from "../../acts/entry.ts";
import { quote } from "../../log/format-error.ts";
import { foundedAt } from "../../register/founding.ts";
import type { AppOptions } from "../app.tsx";
import { around, speaking } from "../around.ts";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import { readLang } from "../lang/lang.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import type { Proofs } from "../things/proof.ts";
import type { ActLog } from "./act-log.ts";
import { ActsPage } from "./acts-page.tsx";
import {
  actsFound,
  type ActsView,
  actsView,
  type Asked,
  linesOf,
} from "./acts-view.ts";
import { EntryPage } from "./entry-page.tsx";
import { entryView } from "./entry-view.ts";
import { ATOM, actsCsv, atomFeed, CSV, JSON_FEED, jsonFeed } from "./feeds.ts";
import { entryNumber, readFilter, readPlace } from "./filter.ts";

const PAGE_LINES = 50;
const CSV_LINES_MAX = 1_000;

/**
 * `GET /acts` and its feeds `/acts.atom`, `/acts.json` (JSON Feed 1.1) and `/acts.csv`, all with the same filters; `GET /acts/<number>`, its twin
 * `/acts/<number>.json` and its bytes. Public. 400 where a filter is none, 404 where no entry of that number is public.
 */
export function actsRoutes(
  app: Hono,
  log: ActLog,
  proofs: Proofs,
  options: AppOptions,
): void {
  const { now, primitives } = options;
  const asked = (c: Context, path: string, most = PAGE_LINES): Asked => {
    const { searchParams } = new URL(c.req.url);
    return {
      ...{ filter: readFilter(searchParams), place: readPlace(searchParams) },
      ...{ path, most },
    };
  };
  const view = (c: Context, path: string) =>
    actsView(log, asked(c, path), now());
  app.get("/acts", async (c) =>
    showPage(c, <ActsPage view={await view(c, "/acts")} />),
  );
  app.get("/acts.atom", (c) =>
    inAskedLanguage(c, async () => {
      const feed = feedOf(c, log, await view(c, "/acts.atom"));
      return c.body(atomFeed(feed), 200, { "Content-Type": ATOM });
    }),
  );
  app.get("/acts.json", (c) =>
    inAskedLanguage(c, async () => {
      const feed = feedOf(c, log, await view(c, "/acts.json"));
      return c.body(JSON.stringify(jsonFeed(feed)), 200, {
        "Content-Type": JSON_FEED,
      });
    }),
  );
  app.get("/acts.csv", (c) =>
    inAskedLanguage(c, async () => {
      const found = await actsFound(log, asked(c, "/acts.csv", CSV_LINES_MAX));
      if (found.older !== undefined)
        c.header("Link", `<${found.older}>; rel="next"`);
      const lines = linesOf(log, found.entries, around().lang);
      return c.body(asTaken(actsCsv(lines)), 200, {
        "Content-Type": CSV,
        "Content-Disposition": 'attachment; filename="acts.csv"',
      });
    }),
  );
  app.get("/acts/:entry/bytes", async (c) => {
    const number = entryNumber(c.req.param("entry"));
    const raw = await log.raw(number);
    if (raw === undefined) return notPublic(c, number, log.size);
    return c.body(new Uint8Array(raw), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename="register-${number}.json"`,
      "Cache-Control": "public, max-age=604800, immutable",
    });
  });
  app.get("/acts/:entry", async (c) => {
    const given = c.req.param("entry");
    const isTwin = given.endsWith(".json");
    const number = entryNumber(isTwin ? given.slice(0, -5) : given);
    const raw = await log.raw(number);
    if (raw === undefined) return notPublic(c, number, log.size);
    const about = await entryView(log, raw, number, parseEntry(raw), {
      ...{ proofs, primitives },
    });
    if (isTwin) return c.json(about);
    const { offsetMinutes } = log.register;
    return showPage(
      c,
      <EntryPage view={about} offsetMinutes={offsetMinutes} />,
    );
  });
}

/** Pieces of a text as the client takes them. */
function asTaken(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: async () => void (await pieces.return(undefined)),
    },
    { highWaterMark: 0 },
  );
}

function notPublic(
  c: Context,
  number: number,
  size: number,
): Response | Promise<Response> {
  return showError(
    c,
    errorBody(
      "notFound",
      `Entry ${number} is not public: the newest checkpoint has ${size} entries`,
    ),
    404,
  );
}

function feedOf(c: Context, log: ActLog, view: ActsView) {
  const { origin: here } = new URL(c.req.url);
  const { register } = log;
  const office =
    register.title === "" ? say("Not founded yet") : register.title;
  return {
    title:
      view.about === undefined
        ? say("Acts of {office}", { office })
        : say("Acts of {office} about {thing}", { office, thing: view.about }),
    ...{ register, here, name: `acts${new URL(c.req.url).search}` },
    home: `${here}/acts`,
    self: c.req.url,
    next: view.older === undefined ? undefined : `${here}${view.older}`,
    lines: view.lines,
    updatedMs: view.lines[0]?.atMs ?? foundedAt(register),
  };
}

/** A feed is fetched by a program that sends no cookie: `in=zh` asks for its language. */
export function inAskedLanguage<T>(
  c: Context,
  work: () => Promise<T>,
): Promise<T> {
  const asked = c.req.query("in");
  const lang = asked === undefined ? around().lang : readLang(asked);
  if (lang === undefined)
    throw new Malformed(
      `Cannot speak ${quote(asked ?? "")}: want in=en or in=zh`,
    );
  c.header("Vary", "Accept-Language, Cookie", { append: true });
  return speaking(lang, work);
}
