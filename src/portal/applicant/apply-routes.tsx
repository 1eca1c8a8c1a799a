import type { Context, Hono, MiddlewareHandler } from "hono";
import {
  type NotKept,
  PAPER_BYTES_MAX,
  PAPERS_MAX,
} from "../../accounts/applicant-papers.ts";
import {
  type ApplicationDraft,
  DRAFTS_MAX,
  type Typed,
} from "../../accounts/applications.ts";
import type { Who } from "../../accounts/sessions.ts";
import { INCOMING_MAX_PER_DAY } from "../../accounts/incoming.ts";
import type { Product } from "../../register/register.ts";
import { onlyFor, readForm, type Sent } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { type Message, say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import {
  type Applicant,
  applicantAt,
  notThere,
  tooMuchToday,
} from "./applicant.ts";
import {
  ExtentStep,
  NewApplicationPage,
  PapersStep,
  PurposeStep,
} from "./apply-page.tsx";
import {
  allFields,
  firstTyped,
  offered,
  permitOf,
  type Step,
  steps,
  toSend,
  wrongIn,
} from "./extent.ts";
import type { Wrong } from "./fields.tsx";
import { estimateOf, foreseen, othersWith } from "./foresee.ts";
import { SendStep } from "./send-step.tsx";

const FORM_BYTES_MAX = 128 * 1024;
const FILES_BYTES_MAX = 32 * 1024 * 1024;

/** An application from its first step until it is handed in. */
export function applyRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/account/applications/new", (c) => {
    const { id } = applicantAt(c, options);
    const { register } = options.office;
    if (!register.organisations.has(id)) return c.redirect("/account", 303);
    return showPage(
      c,
      <NewApplicationPage
        products={offered(register, options.now())}
        chosen={c.req.query("product") ?? ""}
        wrong={{}}
      />,
    );
  });
  app.post("/account/applications/new", sure, limited, (c) =>
    begin(c, options),
  );
  for (const step of steps) {
    const path = `/account/applications/:id/${step}`;
    app.get(path, async (c) => {
      const found = await draftAt(c, options);
      return found === undefined ? notThere(c) : show(c, options, found, step);
    });
    app.post(
      path,
      sure,
      onlyFor("organisation"),
      step === "papers" ? upTo(FILES_BYTES_MAX) : limited,
      (c) => keepStep(c, options, step),
    );
  }
  app.post("/account/applications/:id/discard", sure, limited, async (c) => {
    const { who, applications } = applicantAt(c, options);
    await readForm(c);
    await applications.discard(who, c.req.param("id") ?? "");
    return c.redirect("/account", 303);
  });
}

type Found = {
  readonly applicant: Applicant;
  readonly draft: ApplicationDraft;
  readonly product: Product;
};

/** A draft of whoever is signed in, whose product is still known. */
async function draftAt(
  c: Context,
  options: AppOptions,
): Promise<Found | undefined> {
  const applicant = applicantAt(c, options);
  const { who, applications } = applicant;
  const draft = await applications.draft(who, c.req.param("id") ?? "");
  const product = options.office.register.products.get(
    draft?.typed.product ?? "",
  )?.act;
  return draft === undefined || product === undefined
    ? undefined
    : { applicant, draft, product };
}

async function begin(c: Context, options: AppOptions): Promise<Response> {
  const { who, id, applications } = applicantAt(c, options);
  const { register } = options.office;
  const sent = await readForm(c);
  if (!register.organisations.has(id)) return c.redirect("/account", 303);
  const products = offered(register, options.now());
  const chosen = sent.text("product");
  const product = products.find((one) => one.product === chosen);
  if (product === undefined) {
    const wrong = { product: say("Choose one of the products on offer") };
    return showPage(
      c,
      <NewApplicationPage {...{ products, chosen, wrong }} />,
      422,
    );
  }
  const draft = await applications.begin(who, firstTyped(product));
  if (draft === undefined) return tooMuchToday(c, DRAFTS_MAX);
  return c.redirect(`/account/applications/${draft}/purpose`, 303);
}

/** Keeps what was typed, right or wrong, and goes on where nothing is wrong with it. */
async function keepStep(
  c: Context,
  options: AppOptions,
  step: Step,
): Promise<Response> {
  const found = await draftAt(c, options);
  const sent = await readForm(c);
  if (found === undefined) return notThere(c);
  if (step === "papers") return keepPapers(c, options, found, sent);
  if (step === "send") return handIn(c, options, found);
  const { applicant, draft, product } = found;
  const ticksAll = sent.text("tick") === "all";
  const typed = {
    ...typedIn(sent, draft.typed, step),
    ...(ticksAll ? allFields(product) : {}),
  };
  const isKept = await applicant.applications.save(
    ...([applicant.who, draft.id, typed] as const),
  );
  if (!isKept) return c.redirect(`/account/applications/${draft.id}`, 303);
  if (ticksAll)
    return c.redirect(`/account/applications/${draft.id}/${step}`, 303);
  const { register } = options.office;
  const wrong = wrongIn(register, product, typed, step, options.now());
  if (Object.keys(wrong).length > 0)
    return show(c, options, { ...found, draft: { ...draft, typed } }, step, {
      wrong,
    });
  const next = step === "purpose" ? "extent" : "papers";
  return c.redirect(`/account/applications/${draft.id}/${next}`, 303);
}

const KEPT_CHARACTERS_MAX = 40_000;

function typedIn(sent: Sent, before: Typed, step: "purpose" | "extent"): Typed {
  if (step === "purpose")
    return {
      ...before,
      purpose: sent.text("purpose"),
      text: sent.text("text").slice(0, KEPT_CHARACTERS_MAX),
    };
  return {
    ...before,
    ...{ fields: [...sent.texts("fields")], where: [...sent.texts("where")] },
    ...{ rowsMax: sent.text("rowsMax"), calls: sent.text("calls") },
    ...{ steps: sent.text("steps"), from: sent.text("from") },
    to: sent.text("to"),
  };
}

async function keepPapers(
  c: Context,
  options: AppOptions,
  found: Found,
  sent: Sent,
): Promise<Response> {
  const { applicant, draft } = found;
  const path = `/account/applications/${draft.id}`;
  const outcome = await takePapers(applicant, draft.id, sent);
  if (outcome.wrong !== undefined)
    return show(c, options, found, "papers", {
      wrong: { papers: outcome.wrong },
    });
  return c.redirect(`${path}/${outcome.stay ? "papers" : "send"}`, 303);
}

const NOT_KEPT = {
  empty: "{name} is empty",
  tooLarge: "{name} is larger than {megabytes} megabytes",
  tooMany: "{name} is one paper too many: at most {n} are taken",
  kind: "{name} is none of the kinds that are taken, or not what its name says",
} as const satisfies Record<NotKept, Message>;

/** Keeps the papers of a form, or takes one out again. Whoever pressed neither button goes on. */
export async function takePapers(
  {
    who,
    applications: { papers },
  }: {
    readonly who: Who;
    readonly applications: Pick<Applicant["applications"], "papers">;
  },
  about: string,
  sent: Sent,
): Promise<{ readonly wrong?: string; readonly stay: boolean }> {
  const dropped = sent.text("drop");
  if (dropped !== "") {
    await papers.drop(who, about, dropped);
    return { stay: true };
  }
  for (const file of sent.files("papers")) {
    const content = new Uint8Array(await file.arrayBuffer());
    const kept = await papers.add(who, about, { name: file.name, content });
    if (typeof kept !== "string") continue;
    const { name } = file;
    return {
      stay: true,
      wrong:
        kept === "tooLarge"
          ? say(NOT_KEPT.tooLarge, {
              name,
              megabytes: PAPER_BYTES_MAX / 1024 / 1024,
            })
          : kept === "tooMany"
            ? say(NOT_KEPT.tooMany, { name, n: PAPERS_MAX })
            : say(NOT_KEPT[kept], { name }),
    };
  }
  return { stay: sent.text("more") !== "" };
}

/** Sends it where nothing is wrong with any step; else to the first step that has something wrong. */
async function handIn(
  c: Context,
  options: AppOptions,
  { applicant, draft, product }: Found,
): Promise<Response> {
  const { who, id, applications } = applicant;
  const { register } = options.office;
  const now = options.now();
  const first = steps.find(
    (step) =>
      Object.keys(wrongIn(register, product, draft.typed, step, now)).length >
      0,
  );
  const path = `/account/applications/${draft.id}`;
  if (first !== undefined) return c.redirect(`${path}/${first}?mend=yes`, 303);
  const papers = await applications.papers.about(who, draft.id);
  const permit = permitOf(register, id, draft, now);
  const taken = await applications.send(who, toSend(permit, draft, papers));
  return taken === undefined
    ? tooMuchToday(c, INCOMING_MAX_PER_DAY)
    : c.redirect(path, 303);
}

async function show(
  c: Context,
  options: AppOptions,
  { applicant, draft, product }: Found,
  step: Step,
  given?: { readonly wrong: Wrong },
): Promise<Response> {
  const { register } = options.office;
  const now = options.now();
  const { who, id, applications } = applicant;
  const papers = await applications.papers.about(who, draft.id);
  // Whoever comes back from the last step sees what has to be mended.
  const wrong =
    given?.wrong ??
    (c.req.query("mend") === undefined
      ? {}
      : wrongIn(register, product, draft.typed, step, now));
  const props = { register, product, draft, papers, wrong };
  const status = given === undefined ? 200 : 422;
  switch (step) {
    case "purpose":
      return showPage(c, <PurposeStep {...props} />, status);
    case "extent":
      return showPage(c, <ExtentStep {...props} />, status);
    case "papers":
      return showPage(c, <PapersStep {...props} />, status);
    case "send": {
      const unready = steps.find(
        (one) =>
          Object.keys(wrongIn(register, product, draft.typed, one, now))
            .length > 0,
      );
      if (unready !== undefined)
        return c.redirect(
          `/account/applications/${draft.id}/${unready}?mend=yes`,
          303,
        );
      const permit = permitOf(register, id, draft, now);
      return showPage(
        c,
        <SendStep
          {...props}
          estimate={estimateOf(register, permit, now)}
          ruling={foreseen(options.office, permit, now)}
          others={othersWith(register, product.product, id, now)}
          organisation={id}
          now={now}
        />,
      );
    }
  }
}
