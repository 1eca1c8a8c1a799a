import type { Context, Hono, MiddlewareHandler } from "hono";
import { isCreditCode } from "../../accounts/credit-code.ts";
import { payerClass, slug, title as titleShape } from "../../acts/shapes.ts";
import { hasPasskeys } from "../account/account-routes.tsx";
import { onlyFor, readForm } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { accessRoutes } from "./access-routes.tsx";
import { AccountPage } from "./account-page.tsx";
import { type Applicant, applicantAt, sentBy } from "./applicant.ts";
import { applicationsOf } from "./application-view.ts";
import { applicationRoutes, handIn, wrongText } from "./application-routes.tsx";
import { applyRoutes, takePapers } from "./apply-routes.tsx";
import { billCsv } from "./bill-csv.ts";
import type { Wrong } from "./fields.tsx";
import { permitRoutes } from "./permit-routes.tsx";
import { permitViews } from "./permit-view.ts";
import { receiptRoutes } from "./receipt-routes.tsx";
import {
  codeKinds,
  type Registering,
  RegistrationPage,
} from "./registration-page.tsx";
import type { FindEntry } from "../proof-routes.ts";

const FILES_BYTES_MAX = 32 * 1024 * 1024;

/** `/account` and everything under it, for whoever is signed in for an organisation. */
export function accountRoutes(
  app: Hono,
  options: AppOptions,
  find: FindEntry,
  sure: MiddlewareHandler,
): void {
  app.get("/account", (c) => account(c, options));
  app.get("/account/bill.csv", (c) => {
    const { id } = applicantAt(c, options);
    const views = permitViews(
      ...([options.office.register, options.gateway(), id] as const),
      options.now(),
    );
    return c.body(billCsv(views.flatMap(({ charges }) => charges)), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="bill.csv"`,
      "Cache-Control": "no-store",
    });
  });
  app.get("/account/registration", async (c) => {
    const applicant = applicantAt(c, options);
    return (await isRegisteredOrWaits(applicant, options))
      ? c.redirect("/account", 303)
      : showRegistration(c, applicant, EMPTY, {});
  });
  app.post(
    "/account/registration",
    sure,
    onlyFor("organisation"),
    upTo(FILES_BYTES_MAX),
    (c) => register(c, options),
  );
  accessRoutes(app, options, sure);
  // Before the pages of one application: its address would take `new` for an id.
  applyRoutes(app, options, sure);
  applicationRoutes(app, options, sure);
  permitRoutes(app, options, sure);
  receiptRoutes(app, options, find);
}

async function account(c: Context, options: AppOptions): Promise<Response> {
  const applicant = applicantAt(c, options);
  const { who, id, applications, access } = applicant;
  const { office } = options;
  const now = options.now();
  const { register } = office;
  const sent = await sentBy(applicant, options);
  return showPage(
    c,
    <AccountPage
      {...{ register, id, now }}
      known={register.organisations.get(id)?.act}
      permits={permitViews(register, options.gateway(), id, now)}
      applications={applicationsOf(register, id, sent, now)}
      drafts={await applications.drafts(who)}
      tokens={await access.tokens(id)}
      keys={await access.keys(id)}
      registering={sent.find(({ kind }) => kind === "organisation")}
      hasPasskeys={hasPasskeys(options)}
    />,
  );
}

const EMPTY: Registering = {
  ...{ title: "", class: "", code: "credit", registration: "", text: "" },
};

async function showRegistration(
  c: Context,
  { who, id, applications }: Applicant,
  typed: Registering,
  wrong: Wrong,
): Promise<Response> {
  const papers = await applications.papers.about(who, BUNDLE);
  return showPage(
    c,
    <RegistrationPage {...{ id, typed, papers, wrong }} />,
    Object.keys(wrong).length === 0 ? 200 : 422,
  );
}

const BUNDLE = "organisation registering";

async function register(c: Context, options: AppOptions): Promise<Response> {
  const applicant = applicantAt(c, options);
  const { who, id, applications } = applicant;
  const sent = await readForm(c);
  if (await isRegisteredOrWaits(applicant, options))
    return c.redirect("/account", 303);
  const typed: Registering = {
    title: sent.text("title"),
    class: sent.text("class"),
    code: sent.text("code"),
    registration: sent.text("registration"),
    text: sent.text("text"),
  };
  const outcome = await takePapers(applicant, BUNDLE, sent);
  if (outcome.wrong !== undefined)
    return showRegistration(c, applicant, typed, { papers: outcome.wrong });
  if (outcome.stay) return showRegistration(c, applicant, typed, {});
  const papers = await applications.papers.about(who, BUNDLE);
  const chosen = payerClass.safeParse(typed.class);
  const registration = registrationIn(typed);
  const wrong = wrongIn(typed, {
    hasPapers: papers.length > 0,
    isTaken: [...options.office.register.organisations.values()].some(
      ({ act }) => act.registration === registration,
    ),
  });
  if (Object.keys(wrong).length > 0 || !chosen.success)
    return showRegistration(c, applicant, typed, wrong);
  const answered = await handIn(c, applicant, "/account", {
    ...{ kind: "organisation", organisation: id, title: typed.title },
    class: chosen.data,
    registration,
    ...{ text: typed.text, papers: [...papers] },
  });
  if (answered.status === 303)
    await applications.papers.move(who, BUNDLE, "organisation");
  return answered;
}

async function isRegisteredOrWaits(
  applicant: Applicant,
  options: AppOptions,
): Promise<boolean> {
  return (
    options.office.register.organisations.has(applicant.id) ||
    (await sentBy(applicant, options)).some(
      ({ kind, state }) => kind === "organisation" && state === "waiting",
    )
  );
}

/** As the register has it: in small letters, whatever was typed. */
function registrationIn({ registration }: Registering): string {
  return registration.replaceAll(/\s/g, "").toLowerCase();
}

/** What a claim lowers prices for has to be shown; whoever claims nothing brings nothing. */
const NOTHING_CLAIMED = "enterprise";

function wrongIn(
  typed: Registering,
  {
    hasPapers,
    isTaken,
  }: { readonly hasPapers: boolean; readonly isTaken: boolean },
): Wrong {
  const said = wrongText(typed.text, say("Say whom the registrar can ask"));
  const chosen = payerClass.safeParse(typed.class);
  const code = wrongCode(typed, isTaken);
  return {
    ...(titleShape.safeParse(typed.title).success
      ? {}
      : { title: say("Write the name, in at most 200 characters") }),
    ...(chosen.success ? {} : { class: say("Choose what you are") }),
    ...(codeKinds.some((kind) => kind === typed.code)
      ? {}
      : { code: say("Choose which code it is") }),
    ...(code === undefined ? {} : { registration: code }),
    ...(said === undefined ? {} : { text: said }),
    ...(chosen.success && chosen.data !== NOTHING_CLAIMED && !hasPapers
      ? { papers: say("Bring a paper that shows what you are") }
      : {}),
  };
}

function wrongCode(typed: Registering, isTaken: boolean): string | undefined {
  const code = registrationIn(typed);
  if (typed.code === "credit" && !isCreditCode(code.toUpperCase()))
    return say(
      "Write the 18 characters of the code: the last one has to be what the others add up to",
    );
  if (!slug.safeParse(code).success)
    return say("Write small letters, digits, dots and hyphens");
  return isTaken
    ? say(
        "An organisation with this code is registered already: sign in for it",
      )
    : undefined;
}
