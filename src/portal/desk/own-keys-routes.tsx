import type { Context, Hono } from "hono";
import { personKey, type PersonKey } from "../../acts/shapes.ts";
import { personKeyId } from "../../acts/statement.ts";
import { siteOf } from "../account/account-routes.tsx";
import { giveChallenge, takeChallenge } from "../account/cookies.ts";
import { readForm } from "../account/form.tsx";
import { byName } from "../account/public-address.ts";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { beginDraft } from "./begin-draft.ts";
import { deskOf, type Official, official } from "./desk.ts";
import {
  enrollingFor,
  type Making,
  OwnKeysPage,
  type Unfit,
} from "./own-keys-page.tsx";
import { keysOfPerson, pageOrigin } from "./signing-keys.ts";

const FORM_BYTES_MAX = 64 * 1024;

/** The keys with which somebody signs, and the draft of the act that enrols another: `/desk/keys`. */
export function ownKeysRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/desk/keys", (c) => show(c, options, official(c, options)));
  app.post("/desk/keys", limited, async (c) => {
    const who = official(c, options);
    const sent = await readForm(c);
    const site = siteOf(options);
    if (options.accounts === undefined || site === undefined)
      throw new Forbidden("this office has no accounts with passkeys");
    const made = await options.accounts.signing.finish(
      ...([site, sent.text("answer"), takeChallenge(c)] as const),
    );
    return "failed" in made
      ? show(c, options, who, { wrong: made.failed })
      : enrol(c, options, who, made.key);
  });
  app.post("/desk/keys/file", limited, async (c) => {
    const who = official(c, options);
    const typed = (await readForm(c)).text("publicKey");
    const read = personKey.safeParse({ form: "ed25519", publicKey: typed });
    return read.success
      ? enrol(c, options, who, read.data)
      : show(c, options, who, { typed });
  });
}

async function enrol(
  c: Context,
  options: AppOptions,
  who: Official,
  key: PersonKey,
): Promise<Response> {
  const { office, primitives } = options;
  const { keys } = office.register;
  const isEnrolled =
    keys.has(personKeyId(primitives, key)) ||
    [...keys.values()].some(
      (one) =>
        one.key.form === "webauthn" &&
        key.form === "webauthn" &&
        one.key.credential === key.credential,
    );
  if (isEnrolled) return show(c, options, who, { wrong: "isEnrolled" });
  const { person } = who;
  const id = await beginDraft(deskOf(options), person, {
    ...{ kind: "keyEnrolled", person, key },
  });
  return c.redirect(`/desk/drafts/${id}`, 303);
}

async function show(
  c: Context,
  options: AppOptions,
  who: Official,
  shown: { readonly wrong?: Unfit; readonly typed?: string } = {},
): Promise<Response> {
  const { office, primitives, now } = options;
  const { register } = office;
  const drafts = await deskOf(options).drafts.of(who.person);
  const isRight = shown.wrong === undefined && shown.typed === undefined;
  c.header("Cache-Control", "no-store");
  return showPage(
    c,
    <OwnKeysPage
      {...{ who, register, primitives, ...shown }}
      now={now()}
      origin={pageOrigin(c)}
      drafts={enrollingFor(drafts, who.person)}
      making={await makingFor(c, options, who)}
    />,
    isRight ? 200 : 422,
  );
}

async function makingFor(
  c: Context,
  options: AppOptions,
  { person }: Official,
): Promise<Making> {
  const { accounts, office } = options;
  const site = siteOf(options);
  if (accounts === undefined || site === undefined) return "no address";
  const named = byName(c, options);
  if (named !== undefined) return { byName: named };
  const { register } = office;
  // Its label tells it from the passkey for signing in, where an authenticator lists both.
  const name = say("Signing acts: {who}", { who: around().signedInAs ?? "" });
  const enrolled = keysOfPerson(register, person).flatMap(([, { key }]) =>
    key.form === "webauthn" && key.rpId === site.host ? [key.credential] : [],
  );
  const begun = await accounts.signing.begin(
    ...([site, register.title, name, enrolled] as const),
  );
  giveChallenge(c, begun.cookie);
  return { options: begun.options, host: site.host };
}
