import type { Context, Hono } from "hono";
import type { Gateway } from "../gateway/gateway.ts";
import type { ReadRegister } from "../register/register.ts";
import { idIn } from "./canonical-id.ts";
import { ContributionPage, ContributionsPage } from "./contribution-page.tsx";
import { contributionsOf, contributionView } from "./contributions.ts";
import { errorBody } from "./errors.ts";
import { officeTitle } from "./lang/title-in.ts";
import { uncounted } from "./uncounted.ts";
import { showPage } from "./show-page.ts";

export type ContributionOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly gateway: () => Pick<Gateway, "shownTotals" | "desk"> | undefined;
  readonly now: () => number;
};

/**
 * `GET /contributions` and `GET /contributions/<id>`, each with a twin that ends in `.json`: what was lent, by whom and until
 * when; who may use it, at which price, and what the uses add up to. Public. 404 where no such contribution was entered, 400 for another spelling of an id.
 */
export function contributionRoutes(
  app: Hono,
  { office, gateway, now }: ContributionOptions,
): void {
  const all = () => contributionsOf(office.register, now());
  const one = (id: string) =>
    contributionView(
      office.register,
      id,
      {
        totals: gateway()?.shownTotals() ?? [],
        uncounted: uncounted(office.register, gateway()?.desk.options.name),
      },
      now(),
    );
  app.get("/contributions", (c) => {
    const title = officeTitle(office.register);
    const page = <ContributionsPage office={title} contributions={all()} />;
    return showPage(c, page);
  });
  app.get("/contributions.json", (c) => c.json({ contributions: all() }));
  const missing = (c: Context, id: string) =>
    c.json(
      errorBody("notFound", `No contribution ${id} was entered`, "V-REF"),
      404,
    );
  app.get("/contributions/:id{.+\\.json}", (c) => {
    const id = idIn(c, "id", ".json");
    const view = one(id);
    return view === undefined ? missing(c, id) : c.json(view);
  });
  app.get("/contributions/:id", (c) => {
    const title = officeTitle(office.register);
    const id = idIn(c, "id");
    const view = one(id);
    if (view === undefined) return missing(c, id);
    const page = <ContributionPage office={title} view={view} />;
    return showPage(c, page);
  });
}
