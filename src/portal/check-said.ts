import { around } from "./around.ts";
import { check } from "./lang/zh/check.ts";
import { type Message, say, sayAgain } from "./lang/say.ts";

const MESSAGES = Object.keys(check).filter(
  (one): one is keyof typeof check => one !== "{label}: {text}",
) satisfies readonly Message[];

const LABELS = {
  "not checked": "not checked",
  "in force": "in force",
  times: "times",
} as const satisfies Readonly<Record<string, Message>>;

/**
 * A line of the stranger's check in the language of the page: it comes from a program of its own, which prints English. Undefined where no
 * message is known that made it.
 */
export function sayChecked(line: string): string | undefined {
  if (around().lang === "en") return line;
  const [, label = "", text = line] =
    /^(not checked|in force|times) +(.*)$/s.exec(line) ?? [];
  const said =
    sayAgain(text, MESSAGES) ??
    whole(text.split(TIMES).map((part) => sayAgain(part, MESSAGES)));
  if (said === undefined || label === "") return said;
  return say("{label}: {text}", { label: say(labelIn(label)), text: said });
}

/** What is said of times stands in up to three parts. */
const TIMES = /; (?=after it |the last )/;

function whole(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((one) => one !== undefined)
    ? parts.join(say("; "))
    : undefined;
}

function labelIn(label: string): Message {
  const found = Object.entries(LABELS).find(([one]) => one === label)?.[1];
  if (found === undefined) throw new Error(`Cannot say label ${label}`);
  return found;
}
