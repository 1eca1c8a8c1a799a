import type { Context, Hono, MiddlewareHandler } from "hono";
import type { ToSend } from "../../accounts/applicant-contents.ts";
import { INCOMING_MAX_PER_DAY } from "../../accounts/incoming.ts";
import type { Application } from "../../register/register.ts";
import { onlyFor, readForm } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { findingOf } from "../findings-of.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import {
  type Applicant,
  applicantAt,
  notThere,
  sentBy,
  tooMuchToday,
} from "./applicant.ts";
import { ApplicationPage, mayWithdraw } from "./application-page.tsx";
import {
  actAt,
  type ApplicationState,
  applicationState,
  entryAt,
  hasSent,
} from "./application-view.ts";
import { takePapers } from "./apply-routes.tsx";
import { CompletionPage } from "./completion-page.tsx";
import { TEXT_CHARACTERS_MAX } from "./extent.ts";
import type { Wrong } from "./fields.tsx";
import { textOfPaper } from "./reasons.ts";
import type { Refusal } from "./refusal.tsx";

const FORM_BYTES_MAX = 128 * 1024;
const FILES_BYTES_MAX = 32 * 1024 * 1024;

/** An application that was handed in: how it stands, what is missing, and its withdrawal. */
export function applicationRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
): void {
  app.get("/account/applications/:id", async (c) => {
    const applicant = applicantAt(c, options);
    const id = c.req.param("id");
    const { who, applications } = applicant;
    if ((await applications.draft(who, id)) !== undefined)
      return c.redirect(`/account/applications/${id}/purpose`, 303);
    const state = await stateAt(c, options, applicant);
    return state === undefined ? notThere(c) : show(c, options, state);
  });
  app.post(
    "/account/applications/:id/withdrawal",
    sure,
    upTo(FORM_BYTES_MAX),
    (c) => withdraw(c, options),
  );
  app.get("/account/applications/:id/completion", async (c) => {
    const applicant = applicantAt(c, options);
    const state = await stateAt(c, options, applicant);
    return state === undefined || !maySend(state)
      ? notThere(c)
      : complete(c, options, applicant, state, { text: "", wrong: {} });
  });
  app.post(
    "/account/applications/:id/completion",
    sure,
    onlyFor("organisation"),
    upTo(FILES_BYTES_MAX),
    (c) => sendCompletion(c, options),
  );
  app.get("/account/papers/:commitment", async (c) => {
    const { who, applications } = applicantAt(c, options);
    const paper = await applications.papers.own(who, c.req.param("commitment"));
    if (paper === undefined) return notThere(c);
    // Never shown inside the office's pages: what somebody brought is theirs, and a browser might run it.
    return c.body(Uint8Array.from(paper.content), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(paper.name)}`,
      "Cache-Control": "no-store",
      "Content-Security-Policy": "sandbox; default-src 'none'",
    });
  });
}

async function stateAt(
  c: Context,
  options: AppOptions,
  applicant: Applicant,
): Promise<ApplicationState | undefined> {
  return applicationState(
    ...([options.office.register, applicant.id] as const),
    c.req.param("id") ?? "",
    await sentBy(applicant, options),
    options.now(),
  );
}

async function show(
  c: Context,
  options: AppOptions,
  state: ApplicationState,
  given?: { readonly wrong: Wrong; readonly typed: string },
): Promise<Response> {
  const { register } = options.office;
  const { entered, stage } = state;
  const asked =
    stage === "waiting"
      ? await actAt(options.office, entered?.asked?.entry)
      : undefined;
  return showPage(
    c,
    <ApplicationPage
      {...{ register, state }}
      now={options.now()}
      refusal={
        stage === "refused" ? await refusalOf(options, entered) : undefined
      }
      missing={await textOfPaper(
        options,
        asked?.kind === "completionAsked" ? asked.paper.commitment : undefined,
      )}
      wrong={given?.wrong ?? {}}
      typed={given?.typed ?? ""}
    />,
    given === undefined ? 200 : 422,
  );
}

async function refusalOf(
  options: AppOptions,
  application: Application | undefined,
): Promise<Refusal | undefined> {
  const { office } = options;
  const entry = application?.decided?.entry;
  const found = await entryAt(office, entry);
  if (entry === undefined || found === undefined) return undefined;
  const { statement, ruling, at } = found;
  const { act } = statement;
  if (act.kind !== "applicationRefused") return undefined;
  return {
    ...{ entry, act },
    reasons: await textOfPaper(options, act.paper.commitment),
    noted:
      ruling.outcome === "granted"
        ? ruling.flags.map((one) => findingOf(office.register, act, one, at))
        : [],
  };
}

async function withdraw(c: Context, options: AppOptions): Promise<Response> {
  const applicant = applicantAt(c, options);
  const sent = await readForm(c);
  const state = await stateAt(c, options, applicant);
  if (state === undefined) return notThere(c);
  const path = `/account/applications/${state.id}`;
  if (!mayWithdraw(state)) return c.redirect(path, 303);
  const text = sent.text("text");
  const wrong = wrongText(text, say("Say in a sentence why you withdraw it"));
  if (wrong !== undefined)
    return show(c, options, state, { wrong: { text: wrong }, typed: text });
  const organisation = applicant.id;
  return handIn(c, applicant, path, {
    ...{ kind: "withdrawal", application: state.id, organisation, text },
    papers: [],
  });
}

/** What was asked for is sent once; the office may give it back. */
function maySend(state: ApplicationState): boolean {
  return (
    state.stage === "waiting" && hasSent(state, "completion") === undefined
  );
}

async function complete(
  c: Context,
  options: AppOptions,
  { who, applications }: Applicant,
  state: ApplicationState,
  { text, wrong }: { readonly text: string; readonly wrong: Wrong },
): Promise<Response> {
  const papers = await applications.papers.about(who, bundle(state));
  const asked = await actAt(options.office, state.entered?.asked?.entry);
  return showPage(
    c,
    <CompletionPage
      {...{ state, papers, text, wrong }}
      register={options.office.register}
      missing={await textOfPaper(
        options,
        asked?.kind === "completionAsked" ? asked.paper.commitment : undefined,
      )}
    />,
    Object.keys(wrong).length === 0 ? 200 : 422,
  );
}

function bundle({ id }: ApplicationState): string {
  return `${id} completing`;
}

async function sendCompletion(
  c: Context,
  options: AppOptions,
): Promise<Response> {
  const applicant = applicantAt(c, options);
  const sent = await readForm(c);
  const state = await stateAt(c, options, applicant);
  if (state === undefined || !maySend(state)) return notThere(c);
  const { who, id, applications } = applicant;
  const text = sent.text("text");
  const outcome = await takePapers(applicant, bundle(state), sent);
  if (outcome.wrong !== undefined)
    return complete(c, options, applicant, state, {
      ...{ text, wrong: { papers: outcome.wrong } },
    });
  if (outcome.stay)
    return complete(c, options, applicant, state, { text, wrong: {} });
  const wrong = wrongText(text, say("Say what you bring"));
  if (wrong !== undefined)
    return complete(c, options, applicant, state, {
      ...{ text, wrong: { text: wrong } },
    });
  const papers = await applications.papers.about(who, bundle(state));
  const answered = await handIn(
    c,
    applicant,
    `/account/applications/${state.id}`,
    {
      ...{ kind: "completion", application: state.id, organisation: id },
      ...{ text, papers: [...papers] },
    },
  );
  if (answered.status === 303)
    await applications.papers.move(
      who,
      bundle(state),
      `${state.id} completion`,
    );
  return answered;
}

export function wrongText(text: string, none: string): string | undefined {
  if (text === "") return none;
  return text.length > TEXT_CHARACTERS_MAX
    ? say("This has {n} characters; at most {max} are taken", {
        n: text.length,
        max: TEXT_CHARACTERS_MAX,
      })
    : undefined;
}

/** Sends it, and goes to where it is seen how it stands. */
export async function handIn(
  c: Context,
  { who, applications }: Applicant,
  path: string,
  of: ToSend,
): Promise<Response> {
  return (await applications.send(who, of)) === undefined
    ? tooMuchToday(c, INCOMING_MAX_PER_DAY)
    : c.redirect(path, 303);
}
