import type { Hono } from "hono";
import type { AppOptions } from "../app.tsx";
import { readForm } from "../account/form.tsx";
import { upTo } from "../body-guards.ts";
import { showPage } from "../show-page.ts";
import { deskOf, official } from "./desk.ts";
import { explainAs } from "./explain-as.ts";
import {
  actToEnter,
  hasPlace,
  incomingAt,
  incomingFor,
  incomingToSettle,
  mayEnter,
  settledFor,
} from "./incoming.ts";
import { IncomingItemPage, IncomingPage } from "./incoming-page.tsx";
import { notesAt } from "./notes-section.tsx";
import { proposedSigners } from "./who-signs.ts";

const FORM_BYTES_MAX = 16 * 1024;

/** What came in over the pages: looked at, entered by the act that follows from it, or given back. */
export function incomingRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/desk/incoming", async (c) => {
    const who = official(c, options);
    const items = await incomingFor(options, who);
    const settled = await settledFor(options, who);
    const { register } = options.office;
    return showPage(c, <IncomingPage {...{ items, settled, register }} />);
  });
  app.get("/desk/incoming/:id", async (c) => {
    const who = official(c, options);
    const item = await incomingAt(options, who, c.req.param("id"));
    const { register } = options.office;
    return showPage(
      c,
      <IncomingItemPage
        {...{ item, register }}
        canEnter={hasPlace(options, item)}
        may={mayEnter(options, who, item)}
        notes={await notesAt(options, who, {
          ...({ what: "incoming", id: item.id } as const),
        })}
      />,
    );
  });
  app.post("/desk/incoming/:id/enter", limited, async (c) => {
    const who = official(c, options);
    await readForm(c);
    const item = await incomingToSettle(
      ...([options, who, c.req.param("id") ?? ""] as const),
    );
    const here = `/desk/incoming/${item.id}`;
    // Somebody else entered it, or gave it back, since the page was shown: it says so.
    if (item.state !== "waiting") return c.redirect(here, 303);
    const act = await actToEnter(options, item);
    if (act === undefined) return c.redirect(here, 303);
    const { office, now } = options;
    const signers = proposedSigners(
      ...([office.register, act, who.person, now()] as const),
      (tried) => {
        const { ruling } = explainAs(office, act, tried, now());
        return ruling.outcome === "refused" ? ruling.findings : [];
      },
    );
    const draft = await deskOf(options).drafts.begin(who.person, act, signers);
    return c.redirect(`/desk/drafts/${draft}`, 303);
  });
  app.post("/desk/incoming/:id/return", limited, async (c) => {
    const who = official(c, options);
    await readForm(c);
    const item = await incomingToSettle(
      ...([options, who, c.req.param("id") ?? ""] as const),
    );
    await options.incoming?.settle(item.id, "returned");
    return c.redirect("/desk/incoming", 303);
  });
}
