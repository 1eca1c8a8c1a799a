import type { FC } from "hono/jsx";
import { Form } from "../account/form.tsx";
import { say, sayWith } from "../lang/say.ts";
import { SaidError } from "../when.tsx";

/** A signature that was made elsewhere, and why it was not taken. */
export type HandedIn = { readonly typed: string; readonly notSigned: string };

/** For keys in files, and for whoever signs without a script: the statement goes to the command line, and its signature comes back. */
export const HandIn: FC<{
  draft: string;
  handed: HandedIn | undefined;
  /** Whoever looks at it has to sign, and nothing else on the page does. */
  isOnlyWay: boolean;
}> = ({ draft, handed, isOnlyWay }) => {
  const name = `statement-${draft}.json`;
  return (
    <details open={handed !== undefined || isOnlyWay}>
      <summary>{say("Sign with a key in a file")}</summary>
      <ol>
        <li>
          {sayWith("Save the statement as {file}.", {
            file: <a href={`/desk/drafts/${draft}/statement.json`}>{name}</a>,
          })}
        </li>
        <li>
          {say("Sign it where the key lies; no office is asked for that:")}
          <pre tabindex={0}>{`vitrine sign ${name} --key my.key`}</pre>
        </li>
        <li>
          {say(
            "Put what it prints in here. Whoever prepared this draft or signs it may do so for the others too.",
          )}
        </li>
      </ol>
      <Form
        action={`/desk/drafts/${draft}/signatures`}
        label={say("Sign with a key in a file")}
      >
        <label for="signed">{say("What vitrine sign printed")}</label>
        {handed !== undefined && (
          <p class="refused" id="signed-wrong">
            <SaidError message={handed.notSigned} />
          </p>
        )}
        <textarea
          id="signed"
          name="signed"
          rows={4}
          spellcheck={false}
          required
          {...(handed === undefined
            ? {}
            : { "aria-invalid": "true", "aria-describedby": "signed-wrong" })}
        >
          {handed?.typed ?? ""}
        </textarea>
        <p>
          <button type="submit">{say("Hand the signature in")}</button>
        </p>
      </Form>
    </details>
  );
};
