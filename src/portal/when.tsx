import type { Child, FC } from "hono/jsx";
import { around } from "./around.ts";
import { sayError } from "./lang/error-text.ts";
import { machineTime, sayTime } from "./lang/figures.ts";

/** A day or an instant as people read it, and as programs do. What is no time stands as it is. */
export const When: FC<{ at: string }> = ({ at }) => {
  const machine = machineTime(at);
  return machine === undefined ? (
    <>{at}</>
  ) : (
    <time datetime={machine}>{sayTime(at)}</time>
  );
};

const TIMES = /(?<![\w.-])(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)(?![\w-])/;

/** A sentence in which instants stand as programs write them. */
export function withTimes(sentence: string): Child[] {
  return sentence
    .split(TIMES)
    .map((part, index) =>
      index % 2 === 1 && machineTime(part) !== undefined ? (
        <When at={part} />
      ) : (
        part
      ),
    );
}

/** A text that is English wherever it comes from: on a page in another language it says so of itself, unless that language is in it too. */
export const English: FC<{ text: string }> = ({ text }) =>
  around().lang !== "en" &&
  /(?:^|[ ,;(])[a-z]{2,}(?:$|[ ,;).])/i.test(text) &&
  !/\p{Script=Han}/u.test(text) ? (
    <span lang="en">{text}</span>
  ) : (
    <>{text}</>
  );

/** What an error says, in the language of the page where its words are known; else in English, and it says so of itself. */
export const SaidError: FC<{ message: string }> = ({ message }) => {
  const said = sayError(message);
  return said === undefined ? <span lang="en">{message}</span> : <>{said}</>;
};
