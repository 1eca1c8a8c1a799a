import type { Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { readForm } from "../account/form.tsx";
import type { ActLog } from "../acts/act-log.ts";
import { entryNumber } from "../acts/filter.ts";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { showPage } from "../show-page.ts";
import { sinceView } from "./since.ts";
import { SincePage } from "./since-page.tsx";

const READ_UP_TO = "vitrine_read_up_to";
const YEAR_SECONDS = 31_536_000;
const FORM_BYTES_MAX = 4_096;

/**
 * `GET /since?entry=<number>` and `/since.json`: what changed behind an entry; without one behind that which the browser keeps, else the newest.
 * `POST /since/mark` keeps an entry in a cookie on the visitor's machine, and nowhere else.
 */
export function sinceRoutes(
  app: Hono,
  log: ActLog,
  { now }: Pick<AppOptions, "now">,
): void {
  const asked = (c: Context): number => {
    const entry = c.req.query("entry");
    if (entry !== undefined && entry !== "") return entryNumber(entry);
    return keptBy(c) ?? Math.max(0, log.size - 1);
  };
  app.get("/since", async (c) =>
    showPage(
      c,
      <SincePage
        view={await sinceView(log, asked(c), now())}
        kept={keptBy(c)}
      />,
    ),
  );
  app.get("/since.json", async (c) =>
    c.json(await sinceView(log, asked(c), now())),
  );
  app.post("/since/mark", upTo(FORM_BYTES_MAX), async (c) => {
    const sent = await readForm(c);
    const entry = sent.text("entry");
    const secure = new URL(c.req.url).protocol === "https:";
    if (entry === "") deleteCookie(c, READ_UP_TO, { path: "/since" });
    else
      setCookie(c, READ_UP_TO, String(entryNumber(entry)), {
        ...{ path: "/since", sameSite: "Lax", httpOnly: true, secure },
        maxAge: YEAR_SECONDS,
      });
    return c.redirect("/since", 303);
  });
}

/** What a cookie brings is the visitor's own: a broken one is none. */
function keptBy(c: Context): number | undefined {
  const kept = getCookie(c, READ_UP_TO);
  return kept !== undefined && /^[0-9]{1,15}$/.test(kept)
    ? Number(kept)
    : undefined;
}
