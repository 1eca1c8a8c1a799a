import type { FC } from "hono/jsx";
import type { PersonKey } from "../../acts/shapes.ts";
import { Form } from "../account/form.tsx";
import { say } from "../lang/say.ts";

/** A key with which somebody may sign here, and its id in the register. */
export type SigningKeyOf = { readonly id: string; readonly key: PersonKey };

type Passkey = Extract<PersonKey, { form: "webauthn" }>;

/** What a passkey can be asked for at this page: those of the host. */
export function passkeysAt(
  keys: readonly SigningKeyOf[],
  host: string,
): readonly (Passkey & { readonly id: string })[] {
  return keys.flatMap(({ id, key }) =>
    key.form === "webauthn" &&
    (host === key.rpId || host.endsWith(`.${key.rpId}`))
      ? [{ ...key, id }]
      : [],
  );
}

/**
 * The button that signs. In a demonstration the office's demonstration keys sign; elsewhere a passkey does, which the script of this page
 * asks for over the very bytes that the form carries.
 */
export const SignForm: FC<{
  action: string;
  /** Names and values that the form carries: what is signed among them. */
  carries: readonly (readonly [name: string, value: string])[];
  /** SHA-256 of the signed bytes, in hex. */
  digest: string;
  /** One statement, or the root of a list of them: the form carries each. */
  signs: "statement" | "list";
  isRefused: boolean;
  label: string;
  isDemonstration: boolean;
  passkeys: readonly (Passkey & { readonly id: string })[];
}> = (props) => {
  const { action, carries, digest, signs, isDemonstration, passkeys } = props;
  const canSign = isDemonstration || passkeys.length > 0;
  return (
    <Form action={action} id="sign-form" label={say("Sign")}>
      {carries.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {props.isRefused && (
        <p class="notice">
          {say(
            "Signed as it is, it is entered as refused: everybody can read who asked for what, by post, and why the rules refused it. It takes no effect.",
          )}
        </p>
      )}
      {isDemonstration && (
        <p class="quiet">
          {say(
            "This is a demonstration: the office holds the key and signs in place of a passkey.",
          )}
        </p>
      )}
      {!isDemonstration && passkeys.length > 0 && (
        <div
          id="passkey"
          data-list={signs === "list" ? "yes" : "no"}
          data-digest={digest}
          data-host={passkeys[0]?.rpId ?? ""}
          data-other={say(
            "The page does not hold together: nothing was signed.",
          )}
          data-away={say("Nothing was signed: the passkey gave no answer.")}
        >
          {passkeys.map((one) => (
            <span data-credential={one.credential} data-key={one.id} hidden />
          ))}
          <noscript>
            <p class="notice">
              {say(
                "A passkey signs with the help of a script, which is switched off here. Everything else on these pages does without.",
              )}
            </p>
          </noscript>
          <p id="passkey-says" role="status" />
        </div>
      )}
      {canSign ? (
        <p>
          <button type="submit" class="main">
            {props.label}
          </button>
        </p>
      ) : (
        <p class="notice">
          {say(
            "You have no passkey that signs at this page. With a key in a file the statement below is signed at the command line: vitrine act.",
          )}
        </p>
      )}
    </Form>
  );
};
