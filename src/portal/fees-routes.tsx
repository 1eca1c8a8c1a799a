import type { Hono } from "hono";
import type { ReadRegister } from "../register/register.ts";
import { feesView } from "./fees.ts";
import { FeesPage } from "./fees-page.tsx";
import { showPage } from "./show-page.ts";

type FeesOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** `GET /fees` and its twin `/fees.json`: every price with what it rests on, and what operators may take and took. Public. */
export function feesRoutes(app: Hono, { office, now }: FeesOptions): void {
  const view = () => feesView(office.register, now());
  app.get("/fees", (c) => showPage(c, <FeesPage view={view()} />));
  app.get("/fees.json", (c) => c.json(view()));
}
