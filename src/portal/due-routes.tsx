import type { Hono } from "hono";
import { html } from "hono/html";
import type { ReadRegister } from "../register/register.ts";
import { dueView } from "./due.ts";
import { DuePage } from "./due-page.tsx";

type DueOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** `GET /due` and its twin `/due.json`: what is due when, by which post, and what was missed. Public. */
export function dueRoutes(app: Hono, { office, now }: DueOptions): void {
  const view = () => dueView(office.register, now());
  app.get("/due", (c) =>
    c.html(html`<!doctype html>${(<DuePage view={view()} />)}`),
  );
  app.get("/due.json", (c) => c.json(view()));
}
