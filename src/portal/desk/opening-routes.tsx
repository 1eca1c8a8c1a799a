import type { Hono } from "hono";
import { toBase64url } from "../../acts/bytes.ts";
import type { AuditedEntry } from "../../gateway/citizen/citizen-desk.ts";
import { whichEntry } from "../../log/prove.ts";
import { readForm } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import type { Wrong } from "../applicant/fields.tsx";
import { upTo } from "../body-guards.ts";
import { whenSure } from "../health.ts";
import { KeptLooks, sessionMark } from "../kept-looks.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { auditing, official } from "./desk.ts";
import {
  AskOpeningPage,
  OpenedPage,
  type OpeningTyped,
  WHY_CHARACTERS_MAX,
} from "./opening-page.tsx";

const FORM_BYTES_MAX = 16 * 1024;

/** Sealed entries, for auditors alone: every opening is a look that is entered before anything is shown (docs/decisions/0032-the-desk.md). */
export function openingRoutes(app: Hono, options: AppOptions): void {
  const { office, citizens } = options;
  const postsOfAuditor = (c: Parameters<typeof official>[0]) => {
    const posts = auditing(office.register, official(c, options).posts);
    if (posts.length === 0)
      throw new Forbidden("sealed entries are opened by posts that audit");
    return posts;
  };
  app.get("/desk/openings", (c) => {
    const posts = postsOfAuditor(c);
    const typed = { leaf: "", why: "", post: posts[0] ?? "" };
    const { register } = office;
    return showPage(
      c,
      <AskOpeningPage {...{ posts, typed, register }} wrong={{}} />,
    );
  });
  const kept = new KeptLooks<{
    readonly typed: OpeningTyped;
    readonly entry: AuditedEntry;
  }>();
  // Loaded anew, or in the other language, it is the same look: nothing is entered.
  app.get("/desk/openings/:leaf", (c) => {
    postsOfAuditor(c);
    const leaf = c.req.param("leaf");
    const look = kept.shown(sessionMark(), leaf, options.now());
    if (look === undefined) return c.redirect("/desk/openings", 303);
    const { entry } = look;
    const { register } = office;
    return showPage(c, <OpenedPage {...{ entry, register, leaf }} />);
  });
  app.post(
    "/desk/openings",
    whenSure(options),
    upTo(FORM_BYTES_MAX),
    async (c) => {
      const posts = postsOfAuditor(c);
      const sent = await readForm(c);
      const typed: OpeningTyped = {
        leaf: sent.text("leaf"),
        why: sent.text("why"),
        post: sent.text("post"),
      };
      const { register } = office;
      const again = (wrong: Wrong) =>
        showPage(
          c,
          <AskOpeningPage {...{ posts, typed, register, wrong }} />,
          422,
        );
      const leaf = leafIn(typed.leaf);
      const wrong = {
        ...wrongIn(posts, typed),
        ...(leaf === undefined
          ? { leaf: say("Write its leaf hash, in base64url or in hex") }
          : {}),
      };
      if (leaf === undefined || Object.keys(wrong).length > 0)
        return again(wrong);
      const name = toBase64url(leaf);
      const here = `/desk/openings/${name}`;
      const before = kept.shown(sessionMark(), name, options.now())?.typed;
      // The same form, sent once more.
      if (before?.why === typed.why && before.post === typed.post)
        return c.redirect(here, 303);
      const entry = await citizens.openFor({
        ...{ leaf, post: typed.post, why: typed.why },
      });
      if (entry === undefined)
        return again({
          leaf: say(
            "No opening of this entry is kept: none has this hash, it was never sealed, or its opening was erased",
          ),
        });
      kept.keep(sessionMark(), name, { typed, entry }, options.now());
      return c.redirect(here, 303);
    },
  );
}

function leafIn(text: string): Uint8Array | undefined {
  const which = whichEntry(text);
  return typeof which === "number" ? undefined : which;
}

function wrongIn(posts: readonly string[], { why, post }: OpeningTyped): Wrong {
  return {
    ...(why === ""
      ? { why: say("Say why: whoever the entry names reads it") }
      : {}),
    ...(why.length > WHY_CHARACTERS_MAX
      ? {
          why: say("Write at most {n} characters", { n: WHY_CHARACTERS_MAX }),
        }
      : {}),
    ...(posts.includes(post)
      ? {}
      : { post: say("Choose the post in which you open it") }),
  };
}
