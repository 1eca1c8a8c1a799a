import type { Context, Hono } from "hono";
import { Malformed } from "../acts/canonical.ts";
import { ruleId } from "../acts/shapes.ts";
import { quote } from "../log/format-error.ts";
import type { ReadRegister } from "../register/register.ts";
import { mustBePlain } from "./canonical-id.ts";
import { errorBody } from "./errors.ts";
import { LawPage } from "./law-page.tsx";
import { atDay, lawView, ruleView } from "./law-view.ts";
import { purposesView } from "./purposes.ts";
import { PurposesPage } from "./purposes-page.tsx";
import { RulePage } from "./rule-page.tsx";
import { showPage } from "./show-page.ts";

type LawOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/**
 * `GET /law`, `GET /law/<rule>` and `GET /purposes`, each with a twin that ends in `.json`: the rules of the office, which of them counted
 * where and with which number, and the closed list of purposes, on the day `at` or now. Public. 400 for a day that does not exist, 404 for
 * a rule that nobody knows.
 */
export function lawRoutes(app: Hono, { office, now }: LawOptions): void {
  const day = (c: Context) => atDay(office.register, c.req.query("at"), now());
  const law = (c: Context) => lawView(office.register, day(c));
  const purposes = (c: Context) => purposesView(office.register, day(c));
  const rule = (c: Context, ending: string) => {
    mustBePlain(c);
    const text = c.req.param("rule") ?? "";
    const id = text.slice(0, text.length - ending.length);
    if (!ruleId.safeParse(id).success)
      throw new Malformed(
        `Cannot read rule ${quote(id)}: want an id such as CN-TND-03`,
      );
    const view = ruleView(office.register, id, day(c));
    return view ?? c.json(errorBody("notFound", `No rule ${id} is known`), 404);
  };
  app.get("/law", (c) => showPage(c, <LawPage view={law(c)} />));
  app.get("/law.json", (c) => c.json(law(c)));
  app.get("/law/:rule{.+\\.json}", (c) => {
    const view = rule(c, ".json");
    return view instanceof Response ? view : c.json(view);
  });
  app.get("/law/:rule", (c) => {
    const view = rule(c, "");
    return view instanceof Response
      ? view
      : showPage(c, <RulePage view={view} />);
  });
  app.get("/purposes", (c) => showPage(c, <PurposesPage view={purposes(c)} />));
  app.get("/purposes.json", (c) => c.json(purposes(c)));
}
