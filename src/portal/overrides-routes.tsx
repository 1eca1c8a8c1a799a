import type { Hono } from "hono";
import { OverridesPage } from "./overrides-page.tsx";
import { overridesView } from "./overrides.ts";
import { type Proving, provedRoutes } from "./proved.tsx";

type OverridesOptions = Proving & { readonly now: () => number };

/** `GET /overrides` and its twin `/overrides.json`: every decision against a rule. Public. */
export function overridesRoutes(app: Hono, options: OverridesOptions): void {
  const { office, now } = options;
  provedRoutes(app, options, "/overrides", {
    view: () => overridesView(office.register, now()),
    restsOn: ({ overrides }) =>
      [...overrides.values()].flatMap((one) =>
        one.reviewed === undefined ? [one] : [one, one.reviewed],
      ),
    Page: OverridesPage,
  });
}
