import type { Context, Hono, MiddlewareHandler } from "hono";
import {
  KEYS_MAX,
  type TokenFault,
  TOKENS_MAX,
} from "../../accounts/access.ts";
import { TOKEN_DAYS_MAX } from "../../accounts/new-token.ts";
import { inForce } from "../../register/register.ts";
import { readForm } from "../account/form.tsx";
import { madeNow, showMade } from "../account/made.ts";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { examplesOf, TOKEN_IN_SHELL } from "../dataset-examples.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { type Applicant, applicantAt, notThere } from "./applicant.ts";
import type { Wrong } from "./fields.tsx";
import { RequestKeysPage } from "./request-keys-page.tsx";
import { permitsOf } from "../permits-of.ts";
import { NewTokenPage, TokensPage } from "./tokens-page.tsx";

const FORM_BYTES_MAX = 16 * 1024;

/** `/account/tokens` and `/account/keys`: with what an organisation's programs ask. */
export function accessRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/account/tokens", (c) =>
    showTokens(c, options, applicantAt(c, options)),
  );
  app.post("/account/tokens", sure, limited, (c) => makeToken(c, options));
  app.get("/account/tokens/new", (c) => showNewToken(c, options));
  app.post("/account/tokens/:id/end", sure, limited, async (c) => {
    const { id, access } = applicantAt(c, options);
    await readForm(c);
    return (await access.endToken(id, c.req.param("id") ?? ""))
      ? c.redirect("/account/tokens", 303)
      : notThere(c);
  });
  app.get("/account/keys", (c) =>
    showKeys(c, options, applicantAt(c, options), "", {}),
  );
  app.post("/account/keys", sure, limited, (c) => addKey(c, options));
  app.post("/account/keys/:key/end", sure, limited, async (c) => {
    const { id, access } = applicantAt(c, options);
    await readForm(c);
    return (await access.endKey(id, c.req.param("key") ?? ""))
      ? c.redirect("/account/keys", 303)
      : notThere(c);
  });
}

/** Permits for which a token can be made now. */
function permitsIn(options: AppOptions, organisation: string) {
  const { register } = options.office;
  const now = options.now();
  return permitsOf(register, "permitsOfOrganisation", organisation).filter(
    (one) => inForce(one, now),
  );
}

async function showTokens(
  c: Context,
  options: AppOptions,
  { id, access }: Applicant,
  given?: {
    readonly typed: {
      readonly permit: string;
      readonly system: string;
      readonly days: string;
    };
    readonly wrong: Wrong;
  },
): Promise<Response> {
  return showPage(
    c,
    <TokensPage
      tokens={(await access.tokens(id)).toReversed()}
      permits={permitsIn(options, id).map(({ act }) => act.permit)}
      now={options.now()}
      offsetMinutes={options.office.register.offsetMinutes}
      typed={given?.typed ?? { permit: "", system: "" }}
      wrong={given?.wrong ?? {}}
    />,
    given === undefined ? 200 : 422,
  );
}

async function makeToken(c: Context, options: AppOptions): Promise<Response> {
  const applicant = applicantAt(c, options);
  const { id, access } = applicant;
  const sent = await readForm(c);
  const { register } = options.office;
  if (!register.organisations.has(id)) return c.redirect("/account", 303);
  const typed = {
    permit: sent.text("permit"),
    system: sent.text("system"),
    days: sent.text("days"),
  };
  const made = await access.makeToken(register, id, typed);
  if ("why" in made)
    return showTokens(c, options, applicant, {
      typed,
      wrong: { [made.field]: sayFault(made) },
    });
  const { permit } = typed;
  return showMade(
    ...([c, options, { what: "token", ...made, permit }] as const),
    "/account/tokens/new",
  );
}

/** Shown for a minute: after it the page is the list of tokens, and no other one is made. */
function showNewToken(
  c: Context,
  options: AppOptions,
): Response | Promise<Response> {
  const { id: organisation } = applicantAt(c, options);
  const made = madeNow(c, options, "token");
  if (made === undefined) return c.redirect("/account/tokens", 303);
  const { token, id, permit } = made;
  const standing = permitsIn(options, organisation).find(
    ({ act }) => permit === "" || act.permit === permit,
  );
  return showPage(
    c,
    <NewTokenPage
      {...{ token, id }}
      examples={examplesFor(c, options, standing, token)}
    />,
  );
}

function sayFault({ why }: TokenFault): string {
  switch (why) {
    case "permit":
      return say("Choose a permit of yours that has not ended");
    case "system":
      return say("Write small letters, digits, dots and hyphens, or nothing");
    case "days":
      return say("Write a whole number from 1 to {max}", {
        max: TOKEN_DAYS_MAX,
      });
    case "tooMany":
      return say("Your organisation has {n} tokens in force: end one first", {
        n: TOKENS_MAX,
      });
  }
}

/** Ready to be copied, with the token in its place: this page alone shows it. */
function examplesFor(
  c: Context,
  { office: { register } }: AppOptions,
  standing: ReturnType<typeof permitsIn>[number] | undefined,
  token: string,
) {
  const product = register.products.get(standing?.act.product ?? "")?.act;
  const [part] = product?.content ?? [];
  const dataset = register.datasets.get(part?.dataset ?? "")?.act;
  if (product === undefined || dataset === undefined || standing === undefined)
    return [];
  const fields = [...standing.act.fields];
  const content = [{ dataset: dataset.dataset, fields }];
  const { origin } = new URL(c.req.url);
  return examplesOf(dataset, [{ ...product, content }], origin, false)
    .filter(({ name }) => name.startsWith("curl"))
    .map(({ name, text }) => ({
      name,
      text: text.replaceAll(TOKEN_IN_SHELL, token),
    }));
}

async function showKeys(
  c: Context,
  options: AppOptions,
  { id, access }: Applicant,
  typed: string,
  wrong: Wrong,
): Promise<Response> {
  return showPage(
    c,
    <RequestKeysPage
      {...{ typed, wrong }}
      keys={await access.keys(id)}
      offsetMinutes={options.office.register.offsetMinutes}
    />,
    Object.keys(wrong).length === 0 ? 200 : 422,
  );
}

async function addKey(c: Context, options: AppOptions): Promise<Response> {
  const applicant = applicantAt(c, options);
  const sent = await readForm(c);
  if (!options.office.register.organisations.has(applicant.id))
    return c.redirect("/account", 303);
  const text = sent.text("publicKey");
  const added = await applicant.access.addKey(applicant.id, text);
  if ("key" in added) return c.redirect("/account/keys", 303);
  const why = {
    form: say(
      "This is no Ed25519 public key in base64url or PEM; never send the private half",
    ),
    taken: say("This key has ended, or is another organisation's"),
    tooMany: say("Your organisation has {n} keys in force: end one first", {
      n: KEYS_MAX,
    }),
  }[added.why];
  return showKeys(c, options, applicant, text, { publicKey: why });
}
