import type { FC } from "hono/jsx";
import type { Application } from "../../register/register.ts";
import { say } from "../lang/say.ts";

/** Entries of a case that have a letter, the oldest first. */
export function lettersOf({
  asked,
  extended,
  decided,
}: Pick<Application, "asked" | "extended" | "decided">): readonly number[] {
  return [asked, extended, decided]
    .flatMap((one) => (one === undefined ? [] : [one.entry]))
    .toSorted((a, b) => a - b);
}

/** The letters of a case or a permit, at the desk or in an account. */
export const LetterLinks: FC<{
  under: "/desk" | "/account";
  entries: readonly number[];
}> = ({ under, entries }) =>
  entries.length === 0 ? null : (
    <section aria-labelledby="letters">
      <h2 id="letters">{say("Letters, to print")}</h2>
      <ul class="links">
        {entries.map((entry) => (
          <li>
            <a href={`${under}/letters/${entry}`}>
              {say("entry {entry}", { entry })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
