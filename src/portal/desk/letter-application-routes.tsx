import type { Context, Hono } from "hono";
import type { Attached } from "../../accounts/applicant-contents.ts";
import {
  type ApplicationDraft,
  type Applications,
  DRAFTS_MAX,
} from "../../accounts/applications.ts";
import { DraftMoved } from "../../accounts/drafts.ts";
import { actOfLetter } from "../../accounts/incoming-acts.ts";
import type { Who } from "../../accounts/sessions.ts";
import { bytesToHex } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import type { Product } from "../../register/register.ts";
import { powersFor } from "../../rules/signing.ts";
import { readForm } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { tooMuchToday } from "../applicant/applicant.ts";
import { takePapers } from "../applicant/apply-routes.tsx";
import {
  allFields,
  firstTyped,
  offered,
  permitOf,
  toSend,
} from "../applicant/extent.ts";
import type { Wrong } from "../applicant/fields.tsx";
import { upTo } from "../body-guards.ts";
import { whenSure } from "../health.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { beginDraft } from "./begin-draft.ts";
import { deskOf, official } from "./desk.ts";
import { typedIn, wrongInLetter } from "./letter-form.ts";
import {
  CHOICES_MAX,
  findOrganisation,
  type FoundOrganisation,
} from "../find-organisation.ts";
import { type Chosen, LetterPage, NewLetterPage } from "./letter-page.tsx";
import { postWith } from "./who-signs.ts";

const FORM_BYTES_MAX = 16 * 1024;
const FILES_BYTES_MAX = 32 * 1024 * 1024;

/** Applications that came by letter: typed by the post that receives them, and entered by the same act as any other. */
export function letterApplicationRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  const sure = whenSure(options);
  app.get("/desk/letter-applications", async (c) => {
    const chosen = { organisation: "", product: "", among: [] };
    return showNew(c, options, chosen, {});
  });
  app.post("/desk/letter-applications", sure, limited, (c) =>
    begin(c, options),
  );
  app.get("/desk/letter-applications/:id", async (c) => {
    const found = await draftAt(c, options);
    const { register } = options.office;
    const { draft, product, papers } = found;
    return showPage(
      c,
      <LetterPage {...{ register, draft, product, papers }} wrong={{}} />,
    );
  });
  app.post(
    "/desk/letter-applications/:id",
    ...([sure, upTo(FILES_BYTES_MAX)] as const),
    (c) => keep(c, options),
  );
  app.post("/desk/letter-applications/:id/discard", limited, async (c) => {
    const { by, applications } = typist(c, options);
    await readForm(c);
    await applications.discard(by, c.req.param("id") ?? "");
    return c.redirect("/desk/letter-applications", 303);
  });
}

type Typist = {
  readonly by: Who & { readonly kind: "official" };
  readonly post: string;
  readonly applications: Applications;
};

/** Whoever holds a post that enters applications. */
function typist(c: Context, options: AppOptions): Typist {
  const { person } = official(c, options);
  const { applications, office, now } = options;
  if (applications === undefined)
    throw new Unavailable("Cannot type applications: this office keeps none");
  const post = postWith(
    ...([office.register, person] as const),
    powersFor("applicationReceived", true),
    now(),
  );
  if (post === undefined)
    throw new Forbidden(
      "applications are entered by the post that prepares permits",
    );
  return { by: { kind: "official", person }, post, applications };
}

type Found = Typist & {
  readonly draft: ApplicationDraft;
  readonly product: Product;
  readonly papers: readonly Attached[];
};

async function draftAt(c: Context, options: AppOptions): Promise<Found> {
  const who = typist(c, options);
  const draft = await who.applications.draft(who.by, c.req.param("id") ?? "");
  const product = options.office.register.products.get(
    draft?.typed.product ?? "",
  )?.act;
  if (draft === undefined || product === undefined)
    throw new Forbidden(
      "there is no such draft, or it is not yours, or it was finished",
    );
  const papers = await who.applications.papers.about(who.by, draft.id);
  return { ...who, draft, product, papers };
}

async function showNew(
  c: Context,
  options: AppOptions,
  chosen: Chosen,
  wrong: Wrong,
): Promise<Response> {
  const { by, applications } = typist(c, options);
  const { register } = options.office;
  const begun = await applications.drafts(by);
  const products = offered(register, options.now());
  return showPage(
    c,
    <NewLetterPage {...{ register, products, begun, chosen, wrong }} />,
    Object.keys(wrong).length === 0 ? 200 : 422,
  );
}

async function begin(c: Context, options: AppOptions): Promise<Response> {
  const { by, applications } = typist(c, options);
  const { register } = options.office;
  const sent = await readForm(c);
  const typed = sent.text("organisation");
  const meant = findOrganisation(register, typed);
  const { among = [] } = "among" in meant ? meant : {};
  const which = sent.text("which");
  // What was typed may have changed since the choice was offered.
  const organisation =
    "found" in meant ? meant.found : among.find((one) => one === which);
  const chosen = { organisation: typed, product: sent.text("product"), among };
  const product = offered(register, options.now()).find(
    (one) => one.product === chosen.product,
  );
  const wrong = {
    ...(organisation === undefined ? wrongIn(meant, typed) : {}),
    ...(product === undefined
      ? { product: say("Choose one of the products on offer") }
      : {}),
  };
  if (organisation === undefined || product === undefined)
    return showNew(c, options, chosen, wrong);
  const arrived = showInstant(options.now(), register.offsetMinutes);
  const id = await applications.begin(by, {
    ...firstTyped(product),
    onPaper: { organisation, arrived: arrived.slice(0, 10), postmark: "" },
  });
  return id === undefined
    ? tooMuchToday(c, DRAFTS_MAX)
    : c.redirect(`/desk/letter-applications/${id}`, 303);
}

function wrongIn(meant: FoundOrganisation, typed: string): Wrong {
  if ("found" in meant) return {};
  if (typed.trim() === "") return { organisation: say("Fill this in") };
  if (meant.more)
    return {
      organisation: say(
        "More than {n} organisations have this in their names: write more of it, or choose one",
        { n: CHOICES_MAX },
      ),
    };
  return meant.among.length === 0
    ? { organisation: say("No organisation of the register is called so") }
    : { which: say("Choose which of these wrote") };
}

/** Keeps what was typed and its scans, right or wrong; where nothing is wrong with it, it becomes a draft of the act. */
async function keep(c: Context, options: AppOptions): Promise<Response> {
  const found = await draftAt(c, options);
  const { by, applications, product } = found;
  const sent = await readForm(c);
  const ticksAll = sent.text("tick") === "all";
  const typed = {
    ...typedIn(sent, found.draft.typed),
    ...(ticksAll ? allFields(product) : {}),
  };
  const draft = { ...found.draft, typed };
  const here = `/desk/letter-applications/${draft.id}`;
  await applications.save(by, draft.id, draft.typed);
  const taken = await takePapers({ who: by, applications }, draft.id, sent);
  if ((taken.stay || ticksAll) && taken.wrong === undefined)
    return c.redirect(here, 303);
  const papers = await applications.papers.about(by, draft.id);
  const { register } = options.office;
  const now = options.now();
  const wrong = {
    ...wrongInLetter(register, product, draft.typed, papers.length, now),
    ...(taken.wrong === undefined ? {} : { papers: taken.wrong }),
  };
  if (Object.keys(wrong).length > 0)
    return showPage(
      c,
      <LetterPage {...{ register, draft, product, papers, wrong }} />,
      422,
    );
  const id = await finish(options, { ...found, draft, papers });
  return c.redirect(`/desk/drafts/${id}`, 303);
}

/** From here on it is the draft of an act like any other. */
async function finish(
  options: AppOptions,
  { by, post, applications, draft, papers }: Found,
): Promise<string> {
  const { office, now, primitives } = options;
  const { register } = office;
  const { onPaper } = draft.typed;
  if (onPaper === undefined)
    throw new Error(`Cannot enter ${draft.id}: it was not typed off a letter`);
  const { organisation, arrived, postmark } = onPaper;
  const scans: string[] = [];
  for (const { commitment } of papers) {
    const scan = await applications.papers.open(commitment);
    // Taken out again in another window: the act must not commit to what is not there.
    if (scan === undefined)
      throw new DraftMoved(`Cannot enter ${draft.id}: a scan was taken out`);
    scans.push(bytesToHex(primitives.sha256(scan.content)));
  }
  const permit = permitOf(register, organisation, draft, now());
  const { product, purpose } = permit;
  const paper = await applications.keepLetter(by, {
    ...toSend(permit, draft, papers),
    onPaper: {
      ...{ arrived, post, scans },
      ...(postmark === "" ? {} : { postmark }),
    },
  });
  const act = actOfLetter(
    register,
    { application: draft.id, organisation, product, purpose, arrived, paper },
    now(),
  );
  const id = await beginDraft(deskOf(options), by.person, act);
  await applications.discard(by, draft.id);
  return id;
}
