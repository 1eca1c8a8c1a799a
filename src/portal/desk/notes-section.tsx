import type { Context } from "hono";
import type { Child, FC } from "hono/jsx";
import {
  type DeskNote,
  NOTE_CHARACTERS_MAX,
  NOTE_MONTHS,
} from "../../accounts/desk-notes.ts";
import type { ReadRegister } from "../../register/register.ts";
import { Form } from "../account/form.tsx";
import { LongField, SelectField, WrongSummary } from "../applicant/fields.tsx";
import type { AppOptions } from "../app.tsx";
import { sayInstant } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";
import { showPage } from "../show-page.ts";
import { sayCapacity } from "./capacity.ts";
import type { Official } from "./desk.ts";
import { DeskPage } from "./desk-page.tsx";
import {
  noteNameAt,
  notesHere,
  type NotePlace,
  type NoteTyped,
  pathOf,
} from "./notes.ts";

type Props = {
  readonly notes: readonly DeskNote[];
  readonly place: NotePlace;
  readonly who: Official;
  readonly register: ReadRegister;
  readonly typed: NoteTyped;
};

/** The notes at a draft, a case or an item, and the form for another; nothing for whoever holds no post. */
export async function notesAt(
  options: AppOptions,
  who: Official,
  place: NotePlace,
): Promise<Child> {
  if (who.posts.length === 0) return null;
  const notes = await notesHere(options).about(
    await noteNameAt(options, who, place),
  );
  const { register } = options.office;
  const typed = { text: "", post: who.posts[0] ?? "", wrong: {} };
  return <NotesSection {...{ notes, place, who, register, typed }} />;
}

const NotesSection: FC<Props> = (props) => {
  const { notes, who, register } = props;
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{say("Internal notes")}</h2>
      {notes.length === 0 ? (
        <p>{say("Nobody has noted anything here.")}</p>
      ) : (
        <ul class="plain">
          {notes.map((note) => (
            <li>
              <Note {...{ note, who, register }} />
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{say("Write a note")}</summary>
        <NoteForm {...props} />
      </details>
    </section>
  );
};

/** One note: by post and day, struck out where its writer did so, and with a button for them alone. */
export const Note: FC<{
  note: DeskNote;
  who: Official;
  register: ReadRegister;
}> = ({ note, who, register }) => {
  const at = (instant: number): string =>
    sayInstant(instant, register.offsetMinutes);
  return (
    <article class="note" id={note.id}>
      <p>
        <strong>{sayCapacity(register, note, note.at)}</strong>, {at(note.at)}
      </p>
      {note.struck === undefined ? (
        <p class="own-words">{note.text}</p>
      ) : (
        <>
          <p>
            {say("Struck out by its writer on {at}; it said:", {
              at: at(note.struck),
            })}
          </p>
          <p class="own-words">
            <del>{note.text}</del>
          </p>
        </>
      )}
      <p class="quiet">
        {say("Kept until {until}.", { until: at(note.until) })}
      </p>
      {note.struck === undefined && note.person === who.person && (
        <Form
          action={`/desk/notes/${note.id}/strike`}
          label={say("Strike it out")}
        >
          <button type="submit" class="mild">
            {say("Strike it out; it stays readable")}
          </button>
        </Form>
      )}
    </article>
  );
};

const NoteForm: FC<Omit<Props, "notes">> = ({
  place,
  who,
  register,
  typed,
}) => (
  <>
    <p class="notice">
      {say(
        "A note is no act: it decides nothing, nothing may rest on it, and it never enters the log. Whoever may open this case at the desk reads it with your post. It is part of the file: whoever has a right by law to see the file, the person concerned, a court or an auditor, can ask for it, struck out or not.",
      )}
    </p>
    <Form action="/desk/notes" label={say("Write a note")}>
      <input type="hidden" name="about" value={`${place.what} ${place.id}`} />
      {who.posts.length === 1 ? (
        <input type="hidden" name="post" value={who.posts[0]} />
      ) : (
        <SelectField
          {...{ id: "post", wrong: typed.wrong, value: typed.post }}
          label={say("As which post")}
          options={who.posts.map((post) => ({
            value: post,
            says: titleOf(register.posts.get(post), post),
          }))}
        />
      )}
      <LongField
        {...{ id: "text", wrong: typed.wrong, value: typed.text }}
        label={say("Note")}
        hint={say(
          "At most {n} characters. Kept sealed for {months} months; it can be struck out, not changed.",
          { n: NOTE_CHARACTERS_MAX, months: NOTE_MONTHS },
        )}
      />
      <p>
        <button type="submit">{say("Keep this note")}</button>
      </p>
    </Form>
  </>
);

/** The form again, with what was typed and what is wrong with it. */
export function showNoteForm(
  c: Context,
  props: Omit<Props, "notes">,
): Response | Promise<Response> {
  const title = say("Write a note");
  return showPage(
    c,
    <DeskPage
      title={title}
      lead={
        <a href={pathOf(props.place)}>{say("Back to where it is noted")}</a>
      }
    >
      <WrongSummary wrong={props.typed.wrong} says={say("It was not kept:")} />
      <NoteForm {...props} />
    </DeskPage>,
    422,
  );
}

/** Every note of one's own, or of all for whoever audits: also those whose draft is gone. */
export const NotesPage: FC<{
  notes: readonly DeskNote[];
  who: Official;
  register: ReadRegister;
}> = ({ notes, who, register }) => {
  const title = say("Internal notes");
  return (
    <DeskPage
      title={title}
      lead={
        who.isAuditor
          ? say("Of everybody, the newest first: your post audits.")
          : say("What you wrote, the newest first.")
      }
    >
      {notes.length === 0 ? (
        <p>{say("There are none.")}</p>
      ) : (
        <ul class="plain">
          {notes.map((note) => (
            <li>
              <p>
                <About note={note} register={register} />
              </p>
              <Note {...{ note, who, register }} />
            </li>
          ))}
        </ul>
      )}
    </DeskPage>
  );
};

/** A draft that is gone keeps its number here and leads nowhere. */
const About: FC<{ note: DeskNote; register: ReadRegister }> = ({
  note: { about },
  register,
}) => {
  const [what = "", id = ""] = about.split(" ");
  if (what === "draft")
    return <a href={`/desk/drafts/${id}`}>{say("Draft {id}", { id })}</a>;
  if (what === "incoming")
    return <a href={`/desk/incoming/${id}`}>{say("Item {id}", { id })}</a>;
  const said = say("Application {id}", { id });
  return register.applications.has(id) ? (
    <a href={`/desk/applications/${id}`}>{said}</a>
  ) : (
    <>{said}</>
  );
};
