import type { Hono } from "hono";
import type { ReadRegister } from "../register/register.ts";
import { OverridesPage } from "./overrides-page.tsx";
import { overridesView } from "./overrides.ts";
import { showPage } from "./show-page.ts";

type OverridesOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** `GET /overrides` and its twin `/overrides.json`: every decision against a rule. Public. */
export function overridesRoutes(
  app: Hono,
  { office, now }: OverridesOptions,
): void {
  const view = () => overridesView(office.register, now());
  app.get("/overrides", (c) => showPage(c, <OverridesPage view={view()} />));
  app.get("/overrides.json", (c) => c.json(view()));
}
