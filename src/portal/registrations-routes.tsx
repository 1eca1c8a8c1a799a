import type { Hono } from "hono";
import { html } from "hono/html";
import type { ReadRegister } from "../register/register.ts";
import { registrationsView } from "./registrations.ts";
import { RegistrationsPage } from "./registrations-page.tsx";

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
    c.html(html`<!doctype html>${(<RegistrationsPage view={view()} />)}`),
  );
  app.get("/registrations.json", (c) => c.json(view()));
}
