import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { applicantAt, notThere } from "../applicant/applicant.ts";
import type { AppOptions } from "../app.tsx";
import { official } from "../desk/desk.ts";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { isFor, type Letter, letterAt, type NoLetter } from "./letter.ts";
import { LetterFile, LetterPage, type Shown } from "./letter-page.tsx";

/** Decision letters: at the desk every one, in an account those that are addressed to it. They are not public (docs/decisions/0032). */
export function letterRoutes(app: Hono, options: AppOptions): void {
  app.get("/desk/letters/:entry", async (c) => {
    official(c, options);
    const letter = await letterAt(options, c.req.param("entry"));
    if (typeof letter === "string") return noLetter(c, letter);
    return showPage(
      c,
      <LetterPage
        {...shownAt(c, options, letter)}
        here={`/desk/letters/${letter.entry}`}
        back={["/desk", say("Back to your desk")]}
      />,
    );
  });
  app.get("/desk/letters/:entry/letter.html", async (c) => {
    official(c, options);
    const letter = await letterAt(options, c.req.param("entry"));
    if (typeof letter === "string") return noLetter(c, letter);
    return file(c, shownAt(c, options, letter));
  });
  app.get("/account/letters/:entry", async (c) => {
    const letter = await ownLetter(c, options);
    if (typeof letter === "string") return notThere(c);
    return showPage(
      c,
      <LetterPage
        {...shownAt(c, options, letter)}
        here={`/account/letters/${letter.entry}`}
        back={["/account", say("Your account")]}
      />,
    );
  });
  app.get("/account/letters/:entry/letter.html", async (c) => {
    const letter = await ownLetter(c, options);
    if (typeof letter === "string") return notThere(c);
    return file(c, shownAt(c, options, letter));
  });
}

/** Another organisation's letter is nowhere, and is given no number because somebody asked for it. */
function ownLetter(
  c: Context,
  options: AppOptions,
): Promise<Letter | NoLetter> {
  const { id } = applicantAt(c, options);
  return letterAt(options, c.req.param("entry") ?? "", (addressee) =>
    isFor({ addressee }, id),
  );
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
