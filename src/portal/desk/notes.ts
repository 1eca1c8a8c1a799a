import {
  type DeskNotes,
  NOTE_CHARACTERS_MAX,
} from "../../accounts/desk-notes.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { say } from "../lang/say.ts";
import { deskOf, draftFor, type Official } from "./desk.ts";
import { incomingAt } from "./incoming.ts";

/** Where a note is written. */
export type NotePlace = {
  readonly what: "draft" | "application" | "incoming";
  readonly id: string;
};
/** What somebody typed, and what is wrong with it. */
export type NoteTyped = {
  readonly text: string;
  readonly post: string;
  readonly wrong: { readonly text?: string; readonly post?: string };
};

/** An office without its database has no notes. */
export function notesHere({ notes }: AppOptions): DeskNotes {
  if (notes === undefined)
    throw new Unavailable("Cannot show notes: this office keeps none");
  return notes;
}

export function readPlace(text: string): NotePlace {
  const [, what, id = ""] = /^(\S+) (\S{1,200})$/.exec(text) ?? [];
  if (what !== "draft" && what !== "application" && what !== "incoming")
    throw new Forbidden("a note stands at a draft, an application or an item");
  return { what, id };
}

/**
 * Under which name the notes of a place are kept, for whoever may open it; nobody else is told that there are any. Notes at what an
 * applicant sent about an application are notes of its case.
 */
export async function noteNameAt(
  options: AppOptions,
  who: Official,
  { what, id }: NotePlace,
): Promise<string> {
  if (who.posts.length === 0)
    throw new Forbidden("notes are for those who hold a post of the office");
  switch (what) {
    case "draft":
      await draftFor(deskOf(options), who, id);
      return `draft ${id}`;
    case "application":
      if (!options.office.register.applications.has(id))
        throw new Forbidden("there is no such application");
      return `application ${id}`;
    case "incoming": {
      const { content } = await incomingAt(options, who, id);
      return "application" in content
        ? `application ${content.application}`
        : `incoming ${id}`;
    }
  }
}

export function pathOf({ what, id }: NotePlace): string {
  switch (what) {
    case "draft":
      return `/desk/drafts/${id}`;
    case "application":
      return `/desk/applications/${id}`;
    case "incoming":
      return `/desk/incoming/${id}`;
  }
}

export function wrongIn(
  { posts }: Official,
  { text, post }: Omit<NoteTyped, "wrong">,
): NoteTyped["wrong"] {
  return {
    ...(text === ""
      ? { text: say("Write what is to be noted") }
      : text.length > NOTE_CHARACTERS_MAX
        ? {
            text: say("This has {n} characters; at most {max} are taken", {
              ...{ n: text.length, max: NOTE_CHARACTERS_MAX },
            }),
          }
        : {}),
    ...(posts.includes(post)
      ? {}
      : { post: say("Choose a post that you hold now") }),
  };
}
