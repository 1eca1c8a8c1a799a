import type { Hono } from "hono";
import { feesView } from "./fees.ts";
import { FeesPage } from "./fees-page.tsx";
import { type Proving, provedRoutes } from "./proved.tsx";

type FeesOptions = Proving & { readonly now: () => number };

/** `GET /fees` and its twin `/fees.json`: every price with what it rests on, and what operators may take and took. Public. */
export function feesRoutes(app: Hono, options: FeesOptions): void {
  const { office, now } = options;
  provedRoutes(app, options, "/fees", {
    view: () => feesView(office.register, now()),
    restsOn: ({ fees, ceilings, revenues, incomes, refunds }) => [
      ...[...fees.values(), ...ceilings.values()],
      ...[...revenues.values(), ...refunds.values()],
      ...[...incomes.values()].flat(),
    ],
    Page: FeesPage,
  });
}
