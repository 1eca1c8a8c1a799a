import type { Child } from "hono/jsx";
import { around } from "../around.ts";
import { ZH } from "./zh.ts";

/** Every message of the pages, by its English words: one that has no Chinese does not compile. */
export type Message = keyof typeof ZH;

/** The names between braces in a message. */
type Names<M extends string> = M extends `${string}{${infer N}}${infer Rest}`
  ? N | Names<Rest>
  : never;
/** A message that is not known when the program is written names nothing. */
type Values<M extends string, V> = [Names<M>] extends [never]
  ? readonly []
  : Message extends M
    ? readonly []
    : readonly [{ readonly [N in Names<M>]: V }];

/** A message in the language of the page; what stands in braces is put in as it is given. */
export function say<M extends Message>(
  message: M,
  ...values: Values<M, string | number>
): string {
  return parts<string | number>(message, values[0] ?? {})
    .map(String)
    .join("");
}

/** The same, with pieces of a page (a link, a number set apart) in the places of the names. */
export function sayWith<M extends Message>(
  message: M,
  ...values: Values<M, Child>
): Child[] {
  return parts<Child>(message, values[0] ?? {});
}

/** One or many: English has two forms, Chinese has the second alone. Both may name `n`. */
export function sayCount<One extends Message, Many extends Message>(
  n: number,
  one: One,
  many: Many,
  values: { readonly [N in Names<One> | Names<Many>]: string | number },
): string {
  const message = around().lang === "en" && n === 1 ? one : many;
  return parts<string | number>(message, values).map(String).join("");
}

/**
 * What another program printed in English, said again in the language of the page: by the message of these that it was made with. Undefined
 * where none of them made it.
 */
export function sayAgain(
  printed: string,
  among: readonly Message[],
): string | undefined {
  for (const message of among) {
    const found = formOf(message).exec(printed);
    if (found !== null)
      return parts<string>(message, found.groups ?? {}).join("");
  }
  return undefined;
}

const forms = new Map<Message, RegExp>();

function formOf(message: Message): RegExp {
  const known = forms.get(message);
  if (known !== undefined) return known;
  const form = message
    .replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>.+)");
  const made = new RegExp(`^${form}$`, "s");
  forms.set(message, made);
  return made;
}

function parts<V>(
  message: Message,
  values: Readonly<Record<string, V>>,
): (V | string)[] {
  const text = around().lang === "zh" ? ZH[message] : message;
  return text.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    const value = values[part];
    if (value === undefined)
      throw new Error(`Cannot say "${message}": it wants a value for ${part}`);
    return value;
  });
}
