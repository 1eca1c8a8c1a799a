import type { DeskKind } from "./kinds.ts";
import { type Message, say } from "../lang/say.ts";
import { FIELD_WORDS } from "./field-words.ts";
import { VALUE_WORDS } from "./value-words.ts";

type Words = readonly [label: Message, hint?: Message];

/** What a field is called: by kind and name, by the member before and name, or by the name alone. */
export function wordsOf(kind: DeskKind, path: string): Words | undefined {
  const names = path.split(".").filter((one) => !/^[0-9]+$/.test(one));
  const name = names.at(-1) ?? "";
  return (
    FIELD_WORDS[`${kind}.${names.join(".")}`] ??
    FIELD_WORDS[names.slice(-2).join(".")] ??
    FIELD_WORDS[name]
  );
}

export function sayField(kind: DeskKind, path: string): string {
  const words = wordsOf(kind, path);
  if (words === undefined)
    throw new Error(`Cannot say field ${path} of ${kind}: it has no words`);
  return say(words[0]);
}

export function sayHint(kind: DeskKind, path: string): string | undefined {
  const hint = wordsOf(kind, path)?.[1];
  return hint === undefined ? undefined : say(hint);
}

/** A word of the vocabulary, as people say it; what has no words is an id and says itself. */
export function sayValue(value: string): string {
  const words = Object.hasOwn(VALUE_WORDS, value)
    ? VALUE_WORDS[value]
    : undefined;
  return words === undefined ? value : say(words);
}
