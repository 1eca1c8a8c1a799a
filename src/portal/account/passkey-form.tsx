import type { Child, FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import { Form } from "./form.tsx";

export const PASSKEY_SCRIPT_PATH = "/passkey.js";

/** A form whose answer a passkey gives: the script of the page puts it in, and sends the form. */
export const PasskeyForm: FC<{
  action: string;
  kind: "get" | "create";
  options: object;
  label: string;
  button: string;
  children?: Child;
}> = ({ action, kind, options, label, button, children }) => (
  <Form
    action={action}
    label={label}
    passkey={{ kind, options: JSON.stringify(options) }}
  >
    {children}
    <input type="hidden" name="answer" value="" />
    <button type="submit">{button}</button>
    <p
      role="status"
      data-says=""
      data-waits={say("Waiting for your passkey")}
      data-missing={say("This browser knows no passkeys.")}
      data-cancelled={say(
        "Nothing came of it: it was cancelled, took too long, or there is no passkey for this office here.",
      )}
      data-known={say("This passkey is known here already.")}
    ></p>
    <noscript>
      <p class="notice">
        {say(
          "A passkey is asked for by a script of this office's own; without JavaScript it cannot be used. Everything that is public can be read without.",
        )}
      </p>
    </noscript>
  </Form>
);
