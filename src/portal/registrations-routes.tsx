import type { Hono } from "hono";
import type { ReadRegister } from "../register/register.ts";
import { registrationsView } from "./registrations.ts";
import { RegistrationsPage } from "./registrations-page.tsx";
import { showPage } from "./show-page.ts";

type RegistrationsOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** `GET /registrations` and its twin `/registrations.json`: what is registered, how far it has come, and to what one may object now. Public. */
export function registrationsRoutes(
  app: Hono,
  { office, now }: RegistrationsOptions,
): void {
  const view = () => registrationsView(office.register, now());
  app.get("/registrations", (c) =>
    showPage(c, <RegistrationsPage view={view()} />),
  );
  app.get("/registrations.json", (c) => c.json(view()));
}
