import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import {
  actOf,
  type Draft,
  type EnteredDraft,
  isToSign,
  placesOf,
  signersOf,
} from "../../accounts/drafts.ts";
import { bytesToHex } from "../../acts/bytes.ts";
import { encode } from "../../acts/canonical.ts";
import { signedBytes, type Statement } from "../../acts/statement.ts";
import { Form, readForm, type Sent } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { whenSure } from "../health.ts";
import type { TurnedAway } from "../../rules/turn-away.ts";
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
import { settle, signAndEnter } from "./enter.ts";
import { EnteredPage } from "./entered-page.tsx";
import { SignForm } from "./sign-form.tsx";
import { SIGN_SCRIPT } from "./sign-script.ts";
import { notesAt } from "./notes-section.tsx";
import { HandIn, type HandedIn } from "./hand-in.tsx";
import {
  type Placed,
  placed,
  readSignedElsewhere,
  signatureIn,
} from "./signature.ts";
import { keysForDraft, newKeyOf, waitsFor } from "./signing-keys.ts";
import { readSigners } from "./signers-form.tsx";
import {
  NOT_AS_SHOWN,
  type NotSigned,
  statementNow,
  statementShown,
} from "./statement.ts";
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
    // The office stopped after its act was entered, and before that was written down here.
    if (draft.stage !== "entered" && (await settle(desk, draft)))
      return c.redirect(pathOf(draft), 303);
    return showDraft(c, desk, who, draft);
  });
  app.get("/desk/drafts/:id/statement.json", async (c) => {
    const { desk, draft } = await found(c, options);
    return saved(
      c,
      `statement-${draft.id}.json`,
      encode(statementOf(desk, draft)),
    );
  });
  app.get("/desk/drafts/:id/receipt.json", async (c) => {
    const { draft } = await found(c, options);
    if (draft.stage !== "entered" || draft.receipt === undefined)
      return c.notFound();
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
  const sure = whenSure(options);
  app.post("/desk/drafts/:id/signatures", sure, limited, async (c) => {
    const { desk, who, draft } = await found(c, options);
    const sent = await readForm(c);
    return handIn(c, desk, who, draft, sent.text("signed"));
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

async function showDraft(
  c: Context,
  desk: Desk,
  who: Official,
  draft: Draft,
  against?: NotSigned | TurnedAway,
  handed?: HandedIn,
): Promise<Response> {
  const { person } = who;
  const place = { what: "draft", id: draft.id } as const;
  const notes = await notesAt(desk.options, who, place);
  const { office, primitives, now, demonstration } = desk.options;
  const { register } = office;
  if (draft.stage === "entered") return showEntered(c, desk, draft, notes);
  const statement = statementOf(desk, draft);
  const told = office.explain(statement);
  const newKey = newKeyOf(primitives, actOf(draft));
  const digest = bytesToHex(primitives.sha256(signedBytes(statement)));
  const view: DraftView = {
    ...{ draft, statement, told, register, person, digest, now: now() },
    ...(against === undefined ? {} : { against }),
    ...(newKey === undefined ? {} : { newKey: newKey.id }),
  };
  const isRefused = told.ruling.outcome === "refused";
  const isListed = draft.stage === "signing" && draft.batch !== undefined;
  const waits = waitsFor(draft, person);
  const isByOffice = demonstration && waits.own;
  const passkeys = keysForDraft(c, desk.options, draft, person);
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
      isByNewKey={waits.newKey}
      {...{ isByOffice, passkeys }}
    />
  );
  const act = actOf(draft);
  return showPage(
    c,
    <DraftPage
      view={view}
      {...{ signing, notes }}
      handIn={
        !isListed && mayHandIn(draft, person) ? (
          <HandIn
            {...{ draft: draft.id, handed }}
            isOnlyWay={
              (waits.own || waits.newKey) &&
              !isByOffice &&
              passkeys.here.length === 0
            }
          />
        ) : undefined
      }
      whatIf={
        act.kind === "feeStandard" ? (
          <WhatIf act={act} register={register} now={now()} />
        ) : undefined
      }
    />,
    against === undefined && handed === undefined ? 200 : 422,
  );
}

function showEntered(
  c: Context,
  { options }: Desk,
  draft: EnteredDraft,
  notes: Child,
): Response | Promise<Response> {
  return showPage(
    c,
    <EnteredPage
      {...{ draft, notes }}
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
  if (draft.stage === "entered") return c.redirect(pathOf(draft), 303);
  const waiting = placesOf(draft, who.person);
  if (waiting.length === 0)
    throw new Forbidden(
      "your signature is not wanted here, or you have given it",
    );
  const statement = shownWith(desk, draft, sent.text("statement"));
  if ("notSigned" in statement)
    return showDraft(c, desk, who, draft, statement);
  const message = signedBytes(statement);
  const made = await signatureIn(desk, who.person, message, sent);
  if ("notSigned" in made) return showDraft(c, desk, who, draft, made);
  const put = placed(desk.options, statement, waiting, message, made);
  if ("notSigned" in put) return showDraft(c, desk, who, draft, put);
  return keepSigned(c, desk, who, draft, statement, put);
}

/** A signature by a key in a file, of whoever has still to sign. */
async function handIn(
  c: Context,
  desk: Desk,
  who: Official,
  draft: Draft,
  typed: string,
): Promise<Response> {
  if (draft.stage === "entered") return c.redirect(pathOf(draft), 303);
  if (!mayHandIn(draft, who.person))
    throw new Forbidden(
      "only whoever prepared a draft or signs it hands signatures in",
    );
  const again = ({ notSigned }: NotSigned) =>
    showDraft(c, desk, who, draft, undefined, { typed, notSigned });
  const read = readSignedElsewhere(typed);
  if ("notSigned" in read) return again(read);
  const statement = shownWith(desk, draft, read.statement);
  if ("notSigned" in statement) return again(statement);
  const waiting = signersOf(draft).flatMap(({ person }, place) =>
    placesOf(draft, person).includes(place) ? [place] : [],
  );
  const put = placed(
    ...([desk.options, statement, waiting] as const),
    ...([signedBytes(statement), read.signature] as const),
  );
  if ("notSigned" in put) return again(put);
  return keepSigned(c, desk, who, draft, statement, put);
}

/** Whose draft it is, in part at least: whoever only audits it settles nothing. */
function mayHandIn(draft: Draft, person: number): boolean {
  return (
    draft.by === person ||
    signersOf(draft).some((signer) => signer.person === person)
  );
}

async function keepSigned(
  c: Context,
  desk: Desk,
  who: Official,
  draft: Exclude<Draft, EnteredDraft>,
  statement: Statement,
  { signature, places }: Placed,
): Promise<Response> {
  const before =
    draft.stage === "open"
      ? statement.signers.map(() => null)
      : draft.signatures;
  const signatures = before.map((one, place) =>
    places.includes(place) ? signature : one,
  );
  const against = await signAndEnter(desk, draft, { statement, signatures });
  return against === undefined
    ? c.redirect(pathOf(draft), 303)
    : showDraft(c, desk, who, draft, against);
}

function pathOf({ id }: Draft): string {
  return `/desk/drafts/${id}`;
}

/** What was signed: of an open draft as it was shown, and from the first signature on nobody signs other bytes. */
function shownWith(
  { options: { office, now } }: Desk,
  draft: Exclude<Draft, EnteredDraft>,
  text: string,
): Statement | NotSigned {
  if (draft.stage === "open") return statementShown(office, draft, text, now());
  if (draft.batch !== undefined)
    throw new Forbidden("this draft is signed with the list that it came in");
  return encode(draft.statement) === text ? draft.statement : NOT_AS_SHOWN;
}
