import type { Context, Hono } from "hono";
import {
  actOf,
  type Draft,
  DraftMoved,
  type EnteredDraft,
  isToSign,
  placesOf,
  type SigningDraft,
} from "../../accounts/drafts.ts";
import { bytesToHex } from "../../acts/bytes.ts";
import { encode } from "../../acts/canonical.ts";
import { signedBytes, type Statement } from "../../acts/statement.ts";
import { Form, readForm, type Sent } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { whenSure } from "../health.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import {
  deskOf,
  draftFor,
  type Desk,
  official,
  type Official,
} from "./desk.ts";
import { DraftPage } from "./draft-page.tsx";
import type { DraftView } from "./draft-view.ts";
import { signAndEnter } from "./enter.ts";
import { EnteredPage } from "./entered-page.tsx";
import { SignForm } from "./sign-form.tsx";
import { SIGN_SCRIPT } from "./sign-script.ts";
import { passkeysHere, signatureOf } from "./signature.ts";
import { readSigners } from "./signers-form.tsx";
import { statementNow, statementShown } from "./statement.ts";
import { WhatIf } from "./what-if-page.tsx";

const FORM_BYTES_MAX = 512 * 1024;

/** A draft on its way: read, signed by one after the other, entered or withdrawn. */
export function draftRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/sign.js", (c) =>
    c.body(SIGN_SCRIPT, 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "no-cache",
    }),
  );
  app.get("/desk/drafts/:id", async (c) => {
    const { desk, who, draft } = await found(c, options);
    return showDraft(c, desk, who, draft);
  });
  app.get("/desk/drafts/:id/statement.json", async (c) => {
    const { desk, draft } = await found(c, options);
    return saved(c, `${draft.id}.json`, encode(statementOf(desk, draft)));
  });
  app.get("/desk/drafts/:id/receipt.json", async (c) => {
    const { draft } = await found(c, options);
    if (draft.stage !== "entered") return c.notFound();
    return saved(c, `receipt-${draft.index}.json`, encode(draft.receipt));
  });
  app.post("/desk/drafts/:id/signers", limited, async (c) => {
    const { desk, who, draft } = await found(c, options);
    const sent = await readForm(c);
    if (draft.stage !== "open" || draft.by !== who.person)
      throw new Forbidden(
        "only whoever prepared a draft says who signs it, and only before anybody does",
      );
    const signers = readSigners(sent, draft.signers);
    if (signers.length === 0) throw new Forbidden("want at least one signer");
    await desk.drafts.change(draft, { signers });
    return c.redirect(`/desk/drafts/${draft.id}`, 303);
  });
  app.post("/desk/drafts/:id/withdraw", limited, async (c) => {
    const { desk, who, draft } = await found(c, options);
    await readForm(c);
    if (draft.stage === "entered" || draft.by !== who.person)
      throw new Forbidden(
        "only whoever prepared a draft withdraws it, and no entry is withdrawn",
      );
    await desk.drafts.withdraw(draft);
    return c.redirect("/desk", 303);
  });
  app.post("/desk/drafts/:id/sign", whenSure(options), limited, async (c) => {
    const { desk, who, draft } = await found(c, options);
    const sent = await readForm(c);
    return sign(c, desk, who, draft, sent);
  });
}

async function found(
  c: Context,
  options: AppOptions,
): Promise<{
  readonly desk: Desk;
  readonly who: Official;
  readonly draft: Draft;
}> {
  const who = official(c, options);
  const desk = deskOf(options);
  const draft = await draftFor(desk, who, c.req.param("id") ?? "");
  return { desk, who, draft };
}

function saved(c: Context, name: string, text: string): Response {
  return c.body(text, 200, {
    "Content-Type": "application/json",
    "Content-Disposition": `attachment; filename="${name}"`,
    "Cache-Control": "no-store",
  });
}

export function statementOf({ options }: Desk, draft: Draft): Statement {
  return draft.stage === "open"
    ? statementNow(options.office, draft, options.now())
    : draft.statement;
}

function showDraft(
  c: Context,
  desk: Desk,
  { person }: Official,
  draft: Draft,
  turnedAway?: string,
): Response | Promise<Response> {
  const { office, primitives, now, demonstration } = desk.options;
  const { register } = office;
  if (draft.stage === "entered") return showEntered(c, desk, draft);
  const statement = statementOf(desk, draft);
  const told = office.explain(statement);
  const digest = bytesToHex(primitives.sha256(signedBytes(statement)));
  const view: DraftView = {
    ...{ draft, statement, told, register, person, digest, now: now() },
    ...(turnedAway === undefined ? {} : { turnedAway }),
  };
  const isRefused = told.ruling.outcome === "refused";
  const isListed = draft.stage === "signing" && draft.batch !== undefined;
  const signing = !isToSign(draft, person) ? undefined : isListed ? (
    <Form action="/desk/batches" label={say("Sign")}>
      <input type="hidden" name="draft" value={draft.id} />
      <p>
        <button type="submit" class="main">
          {say("Go to the list that it is signed with")}
        </button>
      </p>
    </Form>
  ) : (
    <SignForm
      action={`/desk/drafts/${draft.id}/sign`}
      carries={[["statement", encode(statement)]]}
      digest={digest}
      signs="statement"
      isRefused={isRefused}
      label={isRefused ? say("Sign it, although it is refused") : say("Sign")}
      isDemonstration={demonstration}
      passkeys={passkeysHere(c, register, person)}
    />
  );
  const act = actOf(draft);
  return showPage(
    c,
    <DraftPage
      view={view}
      signing={signing}
      whatIf={
        act.kind === "feeStandard" ? (
          <WhatIf act={act} register={register} now={now()} />
        ) : undefined
      }
    />,
    turnedAway === undefined ? 200 : 422,
  );
}

function showEntered(
  c: Context,
  { options }: Desk,
  draft: EnteredDraft,
): Response | Promise<Response> {
  return showPage(
    c,
    <EnteredPage
      draft={draft}
      register={options.office.register}
      now={options.now()}
    />,
  );
}

async function sign(
  c: Context,
  desk: Desk,
  who: Official,
  draft: Draft,
  sent: Sent,
): Promise<Response> {
  const here = `/desk/drafts/${draft.id}`;
  if (draft.stage === "entered") return c.redirect(here, 303);
  const places = placesOf(draft, who.person);
  if (places.length === 0)
    throw new Forbidden(
      "your signature is not wanted here, or you have given it",
    );
  const { office, now } = desk.options;
  const text = sent.text("statement");
  const statement =
    draft.stage === "open"
      ? statementShown(office, draft, text, now())
      : fixed(draft, text);
  const made = await signatureOf(
    desk,
    who.person,
    signedBytes(statement),
    sent,
  );
  const before =
    draft.stage === "open"
      ? statement.signers.map(() => null)
      : draft.signatures;
  const signatures = before.map((one, place) =>
    places.includes(place) ? made : one,
  );
  const against = await signAndEnter(desk, draft, { statement, signatures });
  if (against !== undefined)
    return showDraft(c, desk, who, draft, against.turnedAway);
  return c.redirect(here, 303);
}

/** From the first signature on nobody signs other bytes. */
function fixed(draft: SigningDraft, text: string): Statement {
  if (draft.batch !== undefined)
    throw new Forbidden("this draft is signed with the list that it came in");
  if (encode(draft.statement) !== text)
    throw new DraftMoved("Cannot sign: the statement is not as it was shown");
  return draft.statement;
}
