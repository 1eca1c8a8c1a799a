import type { Hono } from "hono";
import type { ReadRegister } from "../register/register.ts";
import { dueView } from "./due.ts";
import { DuePage } from "./due-page.tsx";
import { showPage } from "./show-page.ts";

type DueOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** `GET /due` and its twin `/due.json`: what is due when, by which post, and what was missed. Public. */
export function dueRoutes(app: Hono, { office, now }: DueOptions): void {
  const view = () => dueView(office.register, now());
  app.get("/due", (c) => showPage(c, <DuePage view={view()} />));
  app.get("/due.json", (c) => c.json(view()));
}
