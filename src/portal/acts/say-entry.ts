import { type Message, say } from "../lang/say.ts";
import type { EntryLine } from "./entry-line.ts";

const OUTCOMES = {
  granted: "granted",
  refused: "refused",
  recorded: "recorded by a machine",
} as const satisfies Readonly<Record<EntryLine["outcome"], Message>>;

export function sayOutcome(outcome: EntryLine["outcome"]): string {
  return say(OUTCOMES[outcome]);
}

/** By posts, never by persons. */
export function saySigned({ by }: Pick<EntryLine, "by">): string {
  return by.map(({ role, title }) => sayRole(role, title)).join(say(", "));
}

export function sayRole(role: string, post: string): string {
  switch (role) {
    case "prepared":
      return say("prepared by {post}", { post });
    case "approved":
      return say("approved by {post}", { post });
    case "published":
      return say("published by {post}", { post });
    default:
      return say("signed by {post}", { post });
  }
}
