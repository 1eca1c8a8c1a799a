import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { applicantAt, notThere } from "../applicant/applicant.ts";
import type { AppOptions } from "../app.tsx";
import { holder } from "../desk/desk.ts";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import { type Message, say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { isFor, type Letter, letterAt, type NoLetter } from "./letter.ts";
import { LetterFile, LetterPage, type Shown } from "./letter-page.tsx";

/** Decision letters: at the desk every one, in an account those that are addressed to it. They are not public (docs/decisions/0032). */
export function letterRoutes(app: Hono, options: AppOptions): void {
  const at = (c: Context) => c.req.param("entry") ?? "";
  serve(app, options, {
    under: "/desk",
    says: "Back to your desk",
    find: (c) => {
      holder(c, options);
      return letterAt(options, at(c));
    },
    none: noLetter,
  });
  serve(app, options, {
    under: "/account",
    says: "Your account",
    find: (c) => {
      const { id } = applicantAt(c, options);
      // Another organisation's letter is nowhere, and is given no number because somebody asked for it.
      return letterAt(options, at(c), (addressee) => isFor({ addressee }, id));
    },
    none: (c) => notThere(c),
  });
}

type Side = {
  readonly under: "/desk" | "/account";
  readonly says: Message;
  readonly find: (c: Context) => Promise<Letter | NoLetter>;
  readonly none: (c: Context, why: NoLetter) => Response | Promise<Response>;
};

/** The page of a letter, and its file. */
function serve(
  app: Hono,
  options: AppOptions,
  { under, says, find, none }: Side,
): void {
  app.get(`${under}/letters/:entry`, async (c) => {
    const letter = await find(c);
    if (typeof letter === "string") return none(c, letter);
    return showPage(
      c,
      <LetterPage
        {...shownAt(c, options, letter)}
        here={`${under}/letters/${letter.entry}`}
        back={[under, say(says)]}
      />,
    );
  });
  app.get(`${under}/letters/:entry/letter.html`, async (c) => {
    const letter = await find(c);
    if (typeof letter === "string") return none(c, letter);
    return file(c, shownAt(c, options, letter));
  });
}

function shownAt(c: Context, options: AppOptions, letter: Letter): Shown {
  const address = options.address?.() ?? new URL(c.req.url).origin;
  return {
    ...{ letter, register: options.office.register },
    address: address.replace(/\/$/, ""),
  };
}

function file(c: Context, shown: Shown): Response | Promise<Response> {
  c.header("Cache-Control", "no-store");
  c.header(
    "Content-Disposition",
    `attachment; filename="letter-${shown.letter.entry}.html"`,
  );
  return c.html(html`<!doctype html>${(<LetterFile {...shown} />)}`);
}

function noLetter(c: Context, why: NoLetter): Response | Promise<Response> {
  const says = {
    noEntry: "No public entry of the register log has that number",
    noDecision:
      "This entry decides on nobody's application, right or question: it has no letter",
    refused:
      "This act was refused by the rules and takes no effect: it decides on nothing, and there is no letter to send",
  } as const satisfies Record<NoLetter, string>;
  return showError(c, errorBody("notFound", says[why]), 404);
}
