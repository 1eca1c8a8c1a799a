import type { Hono } from "hono";
import type { ReadRegister } from "../register/register.ts";
import { authorisationsView } from "./authorisations.ts";
import { AuthorisationsPage } from "./authorisations-page.tsx";
import { showPage } from "./show-page.ts";

type Options = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** `GET /authorisations` and its twin `/authorisations.json`: who operates what, and how it came to that. Public. */
export function authorisationRoutes(app: Hono, { office, now }: Options): void {
  const view = () => authorisationsView(office.register, now());
  app.get("/authorisations", (c) =>
    showPage(c, <AuthorisationsPage view={view()} />),
  );
  app.get("/authorisations.json", (c) => c.json(view()));
}
