import type { Context, Hono } from "hono";
import { Malformed } from "../acts/canonical.ts";
import { ruleId } from "../acts/shapes.ts";
import { quote } from "../log/format-error.ts";
import type { Entered, ReadRegister } from "../register/register.ts";
import { mustBePlain } from "./canonical-id.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";
import { LawPage } from "./law-page.tsx";
import { spansOf } from "./law-spans.ts";
import { atDay, lawView, type RuleView, ruleView } from "./law-view.ts";
import { purposesView } from "./purposes.ts";
import { PurposesPage } from "./purposes-page.tsx";
import { RulePage } from "./rule-page.tsx";
import { type Proving, provedBy, provedRoutes } from "./proved.tsx";
import { showPage } from "./show-page.ts";

type LawOptions = Proving & { readonly now: () => number };

/**
 * `GET /law`, `GET /law/<rule>` and `GET /purposes`, each with a twin that ends in `.json`: the rules of the office, which of them counted
 * where and with which number, and the closed list of purposes, on the day `at` or now. Public. 400 for a day that does not exist, 404 for
 * a rule that nobody knows.
 */
export function lawRoutes(app: Hono, options: LawOptions): void {
  const { office, now } = options;
  const day = (c: Context) => {
    const at = c.req.query("at");
    // A form whose field was left empty asks for today.
    return atDay(office.register, at === "" ? undefined : at, now());
  };
  const rule = async (c: Context, ending: string) => {
    mustBePlain(c);
    const text = c.req.param("rule") ?? "";
    const id = text.slice(0, text.length - ending.length);
    if (!ruleId.safeParse(id).success)
      throw new Malformed(
        `Cannot read rule ${quote(id)}: want an id such as CN-TND-03`,
      );
    const view = ruleView(office.register, id, day(c));
    const error = errorBody("notFound", `No rule ${id} is known`);
    return view ?? showError(c, error, 404, {}, [["/law", "The law"]]);
  };
  provedRoutes(app, options, "/law", {
    view: (c) => lawView(office.register, day(c)),
    restsOn: (register) => textsIn(register),
    Page: LawPage,
  });
  app.get("/law/:rule{.+\\.json}", async (c) => {
    const view = await rule(c, ".json");
    if (view instanceof Response) return view;
    const { proof } = await provedBy(options, ruleEntries(office, view));
    return c.json({ ...view, proof });
  });
  app.get("/law/:rule", async (c) => {
    const view = await rule(c, "");
    if (view instanceof Response) return view;
    const { shown } = await provedBy(options, ruleEntries(office, view));
    return showPage(c, <RulePage view={view}>{shown}</RulePage>);
  });
  provedRoutes(app, options, "/purposes", {
    view: (c) => purposesView(office.register, day(c)),
    restsOn: ({ rulebooks, purposesRefused }, { entry }) => [
      ...rulebooks.filter((one) => one.entry === entry),
      ...purposesRefused.values(),
    ],
    Page: PurposesPage,
  });
}

/** The entries that brought rulebooks into force, each at the instant from which its text holds. */
function textsIn(register: ReadRegister): readonly Entered[] {
  return spansOf(register).map(({ entry, from }) => ({ entry, at: from }));
}

/** Those by which a rule was adopted or changed here; one that counts without adoption rests on none. */
function ruleEntries(
  { register }: LawOptions["office"],
  { texts, changes }: RuleView,
): readonly Entered[] {
  const named = new Set([...texts, ...changes].map(({ entry }) => entry));
  return textsIn(register).filter(({ entry }) => named.has(entry));
}
