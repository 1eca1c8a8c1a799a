import type { Hono } from "hono";
import { NOTES_MAX } from "../../accounts/desk-notes.ts";
import { readForm } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { official } from "./desk.ts";
import {
  noteNameAt,
  type NoteTyped,
  notesHere,
  pathOf,
  readPlace,
  wrongIn,
} from "./notes.ts";
import { NotesPage, showNoteForm } from "./notes-section.tsx";

const FORM_BYTES_MAX = 128 * 1024;

/** Notes of officials at a draft, a case or what came in (docs/decisions/0032-the-desk.md). */
export function notesRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/desk/notes", async (c) => {
    const who = official(c, options);
    const notes = await notesHere(options).of(
      who.isAuditor ? undefined : who.person,
    );
    const { register } = options.office;
    return showPage(c, <NotesPage {...{ notes, who, register }} />);
  });
  app.post("/desk/notes", limited, async (c) => {
    const who = official(c, options);
    const sent = await readForm(c);
    const notes = notesHere(options);
    const place = readPlace(sent.text("about"));
    const name = await noteNameAt(options, who, place);
    const said = { text: sent.text("text"), post: sent.text("post") };
    const isFull = (await notes.about(name)).length >= NOTES_MAX;
    const wrong: NoteTyped["wrong"] = isFull
      ? {
          text: say("{n} notes stand here, and no more are taken", {
            n: NOTES_MAX,
          }),
        }
      : wrongIn(who, said);
    if (Object.keys(wrong).length > 0)
      return showNoteForm(c, {
        ...{ place, who, typed: { ...said, wrong } },
        register: options.office.register,
      });
    await notes.write(name, who.person, said);
    return c.redirect(`${pathOf(place)}#notes`, 303);
  });
  app.post("/desk/notes/:id/strike", limited, async (c) => {
    const who = official(c, options);
    await readForm(c);
    const notes = notesHere(options);
    const id = c.req.param("id") ?? "";
    const note = await notes.read(id);
    if (note?.person !== who.person)
      throw new Forbidden("only whoever wrote a note strikes it out");
    // What is struck out twice was struck out the first time.
    await notes.strike(id, who.person);
    return c.redirect(`/desk/notes#${id}`, 303);
  });
}
