import type { Hono } from "hono";
import { bytesToHex, fromBase64url } from "../../acts/bytes.ts";
import { onlyFor } from "../account/form.tsx";
import type { ActLog } from "../acts/act-log.ts";
import type { AppOptions } from "../app.tsx";
import { showPage } from "../show-page.ts";
import { actRoutes } from "./act-routes.tsx";
import { batchRoutes } from "./batch-routes.tsx";
import { CasePage } from "./case-page.tsx";
import { saidInCase } from "./case-papers.ts";
import { DeputiesPage } from "./deputies-page.tsx";
import { deskOf, holder, official } from "./desk.ts";
import { draftRoutes } from "./draft-routes.tsx";
import { incomingFor, mayReadPaper } from "./incoming.ts";
import { incomingRoutes } from "./incoming-routes.tsx";
import { inboxOf } from "./inbox.ts";
import { hasPasskeys } from "../account/account-routes.tsx";
import { InboxPage } from "./inbox-page.tsx";
import { letterApplicationRoutes } from "./letter-application-routes.tsx";
import { openingRoutes } from "./opening-routes.tsx";
import { notesRoutes } from "./notes-routes.tsx";
import { notesAt } from "./notes-section.tsx";
import { ownKeysRoutes } from "./own-keys-routes.tsx";
import { RegistrationObjections } from "./registration-objections.ts";
import { maySign } from "./who-signs.ts";

/** What officials work at: their inbox, cases, forms, drafts and signatures. */
export function deskRoutes(app: Hono, options: AppOptions, log: ActLog): void {
  const { office, now } = options;
  const toRegistrations = new RegistrationObjections(office);
  app.use("/desk/*", onlyFor("official"));
  app.get("/desk", async (c) => {
    const who = official(c, options);
    const { drafts } = deskOf(options);
    const known = await (who.isAuditor ? drafts.all() : drafts.of(who.person));
    const { register } = office;
    const at = now();
    const inbox = inboxOf(register, who, known, at);
    const incoming = await incomingFor(options, who);
    return showPage(
      c,
      <InboxPage
        {...{ inbox, who, register, incoming }}
        now={at}
        hasPasskeys={hasPasskeys(options)}
      />,
    );
  });
  app.get("/desk/deputies", (c) => {
    const who = official(c, options);
    const { register } = office;
    return showPage(c, <DeputiesPage {...{ who, register }} now={now()} />);
  });
  app.get("/desk/applications/:id", async (c) => {
    const who = holder(c, options);
    const { register } = office;
    const application = register.applications.get(c.req.param("id"));
    if (application === undefined) return c.notFound();
    const said = await saidInCase(deskOf(options), application);
    const at = now();
    return showPage(
      c,
      <CasePage
        view={{
          ...{ application, ...said, register, now: at },
          may: (kind) => maySign(register, who.person, kind, at),
        }}
        notes={await notesAt(options, who, {
          ...({
            what: "application",
            id: application.act.application,
          } as const),
        })}
      />,
    );
  });
  app.get("/desk/papers/:commitment", async (c) => {
    const who = holder(c, options);
    const commitment = c.req.param("commitment");
    if (!/^[A-Za-z0-9_-]{43}$/.test(commitment)) return c.notFound();
    await mayReadPaper(options, who, commitment, toRegistrations);
    const bytes = await deskOf(options).papers.privateBytes(commitment);
    if (bytes === undefined) return c.notFound();
    // Whatever a stranger sent is saved and not shown by the browser.
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename="paper-${bytesToHex(fromBase64url(commitment)).slice(0, 16)}"`,
      "Cache-Control": "no-store",
    });
  });
  actRoutes(app, options, log);
  draftRoutes(app, options);
  batchRoutes(app, options);
  incomingRoutes(app, options);
  notesRoutes(app, options);
  ownKeysRoutes(app, options);
  openingRoutes(app, options);
  letterApplicationRoutes(app, options);
}
