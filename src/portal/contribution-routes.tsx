import type { Context, Hono } from "hono";
import type { Gateway } from "../gateway/gateway.ts";
import type { Entered } from "../register/register.ts";
import { idIn } from "./canonical-id.ts";
import { ContributionPage, ContributionsPage } from "./contribution-page.tsx";
import {
  contributionsOf,
  type ContributionView,
  contributionView,
} from "./contributions.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";
import { officeTitle } from "./lang/title-in.ts";
import { type Proving, provedBy } from "./proved.tsx";
import { uncounted } from "./uncounted.ts";
import { showPage } from "./show-page.ts";

export type ContributionOptions = Proving & {
  readonly gateway: () => Pick<Gateway, "shownTotals" | "desk"> | undefined;
  readonly now: () => number;
};

/**
 * `GET /contributions` and `GET /contributions/<id>`, each with a twin that ends in `.json`: what was lent, by whom and until
 * when; who may use it, at which price, and what the uses add up to. Public. 404 where no such contribution was entered, 400 for another spelling of an id.
 */
export function contributionRoutes(
  app: Hono,
  options: ContributionOptions,
): void {
  const { office, gateway, now } = options;
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
  app.get("/contributions", async (c) => {
    const title = officeTitle(office.register);
    const { shown } = await provedBy(options, allOf(office));
    return showPage(
      c,
      <ContributionsPage office={title} contributions={all()}>
        {shown}
      </ContributionsPage>,
    );
  });
  app.get("/contributions.json", async (c) => {
    const { proof } = await provedBy(options, allOf(office));
    return c.json({ contributions: all(), proof });
  });
  const missing = (c: Context, id: string) =>
    showError(
      c,
      errorBody("notFound", `No contribution ${id} was entered`, "V-REF"),
      404,
      {},
      [["/contributions", "What was lent"]],
    );
  app.get("/contributions/:id{.+\\.json}", async (c) => {
    const id = idIn(c, "id", ".json");
    const view = one(id);
    if (view === undefined) return missing(c, id);
    const { proof } = await provedBy(options, entriesOf(office, view));
    return c.json({ ...view, proof });
  });
  app.get("/contributions/:id", async (c) => {
    const title = officeTitle(office.register);
    const id = idIn(c, "id");
    const view = one(id);
    if (view === undefined) return missing(c, id);
    const { shown } = await provedBy(options, entriesOf(office, view));
    return showPage(
      c,
      <ContributionPage office={title} view={view}>
        {shown}
      </ContributionPage>,
    );
  });
}

type Of = ContributionOptions["office"];

const allOf = ({ register }: Of): readonly Entered[] => [
  ...register.contributions.values(),
];

/** The loan itself with the notice that ended it, what is offered of it, and who has a permit for that. */
function entriesOf(
  { register }: Of,
  { contribution, products, permits }: ContributionView,
): readonly Entered[] {
  const lent = register.contributions.get(contribution);
  return [
    lent,
    lent?.ended,
    ...products.map(({ product }) => register.products.get(product)),
    ...permits.map(({ permit }) => register.permits.get(permit)),
  ].filter((one) => one !== undefined);
}
