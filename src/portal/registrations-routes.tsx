import type { Hono } from "hono";
import { type Proving, provedRoutes } from "./proved.tsx";
import { registrationsView } from "./registrations.ts";
import { RegistrationsPage } from "./registrations-page.tsx";

type RegistrationsOptions = Proving & { readonly now: () => number };

/** `GET /registrations` and its twin `/registrations.json`: what is registered, how far it has come, and to what one may object now. Public. */
export function registrationsRoutes(
  app: Hono,
  options: RegistrationsOptions,
): void {
  const { office, now } = options;
  provedRoutes(app, options, "/registrations", {
    view: () => registrationsView(office.register, now()),
    restsOn: ({ registrations }) =>
      [...registrations.values()].flatMap(({ steps }) => steps),
    Page: RegistrationsPage,
  });
}
