import type { Context, Hono, MiddlewareHandler } from "hono";
import { addDays, dayStart } from "./days.ts";
import { readForm } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { withLetters } from "../decision-letters/letter.ts";
import { showPage } from "../show-page.ts";
import { type Applicant, applicantAt, notThere, sentBy } from "./applicant.ts";
import { handIn, wrongText } from "./application-routes.tsx";
import type { Wrong } from "./fields.tsx";
import { PermitPage } from "./permit-page.tsx";
import { type PermitView, permitViews } from "./permit-view.ts";

const FORM_BYTES_MAX = 128 * 1024;

/** `/account/permits/:id`, and asking for another term of it. */
export function permitRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
): void {
  app.get("/account/permits/:id", (c) => {
    const applicant = applicantAt(c, options);
    const view = viewAt(c, options, applicant);
    return view === undefined
      ? notThere(c)
      : show(c, options, applicant, view, { text: "", to: "" }, {});
  });
  app.post("/account/permits/:id/renewal", sure, upTo(FORM_BYTES_MAX), (c) =>
    askRenewal(c, options),
  );
}

function viewAt(
  c: Context,
  options: AppOptions,
  { id }: Applicant,
): PermitView | undefined {
  const { office, gateway, now } = options;
  return permitViews(office.register, gateway(), id, now()).find(
    ({ standing }) => standing.act.permit === c.req.param("id"),
  );
}

async function show(
  c: Context,
  options: AppOptions,
  applicant: Applicant,
  view: PermitView,
  typed: { readonly text: string; readonly to: string },
  wrong: Wrong,
): Promise<Response> {
  const { id, access } = applicant;
  const { permit } = view.standing.act;
  const now = options.now();
  const tokens = (await access.tokens(id)).filter(
    (one) =>
      !one.revoked &&
      now < one.until &&
      (one.permit === null || one.permit === permit),
  );
  const renewal = (await sentBy(applicant, options)).find(
    ({ content, state }) =>
      content.kind === "renewal" &&
      content.permit === permit &&
      state === "waiting",
  );
  const { standing } = view;
  const letters = await withLetters(options.office, [
    standing.entry,
    standing.renewal?.decided?.entry,
    standing.ended?.entry,
  ]);
  return showPage(
    c,
    <PermitPage
      {...{ view, tokens, renewal, letters, typed, wrong }}
      register={options.office.register}
      address={new URL(c.req.url).origin}
    />,
    Object.keys(wrong).length === 0 ? 200 : 422,
  );
}

async function askRenewal(c: Context, options: AppOptions): Promise<Response> {
  const applicant = applicantAt(c, options);
  const sent = await readForm(c);
  const view = viewAt(c, options, applicant);
  if (view === undefined) return notThere(c);
  const typed = { text: sent.text("text"), to: sent.text("to") };
  const { offsetMinutes } = options.office.register;
  const day = typed.to === "" ? undefined : dayStart(typed.to, offsetMinutes);
  const text = wrongText(typed.text, say("Say why you go on needing it"));
  const wrong: Wrong = {
    ...(text === undefined ? {} : { text }),
    ...(typed.to !== "" && day === undefined
      ? { to: say("Write a day such as 2027-03-31, or nothing") }
      : day !== undefined && addDays(day, 1) <= view.standing.to
        ? { to: say("This day does not lie behind the end that it has") }
        : {}),
  };
  if (Object.keys(wrong).length > 0)
    return show(c, options, applicant, view, typed, wrong);
  const { permit } = view.standing.act;
  return handIn(c, applicant, `/account/permits/${permit}`, {
    ...{ kind: "renewal", permit, organisation: applicant.id },
    ...(day === undefined ? {} : { to: addDays(day, 1) }),
    ...{ text: typed.text, papers: [] },
  });
}
