import type { FC } from "hono/jsx";
import { Form } from "../account/form.tsx";
import { sayList } from "../lang/figures.ts";
import { say, sayCount } from "../lang/say.ts";
import type { AskedPasskey, KeysHere } from "./signing-keys.ts";

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
  /** Whether the office's demonstration keys sign. */
  isByOffice: boolean;
  /** Whether a key that is not enrolled yet signs, to prove that somebody has it. */
  isByNewKey: boolean;
  passkeys: KeysHere;
}> = (props) => {
  const { action, carries, digest, signs, isByOffice } = props;
  const { here, elsewhere } = props.passkeys;
  // A browser is asked for passkeys of one host at a time.
  const hosts = [...new Set(here.map(({ rpId }) => rpId))];
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
      {isByOffice && (
        <p class="quiet">
          {say(
            "This is a demonstration: the office holds this person's key for signing and signs with it. In a real office they sign here themselves, with their own passkey for signing or key file.",
          )}
        </p>
      )}
      {props.isByNewKey && (
        <p>
          {say(
            "You sign with the new key itself: that proves that you have it. It signs nothing else before it is enrolled.",
          )}
        </p>
      )}
      {!isByOffice && here.length > 0 && <Asked {...{ here, digest, signs }} />}
      {!isByOffice && elsewhere.length > 0 && <Elsewhere {...{ elsewhere }} />}
      {!isByOffice && here.length === 0 && (
        <p class="notice">
          {say("You have no passkey that signs at this page.")}{" "}
          <a href="/desk/keys">{say("Your keys for signing")}</a>
        </p>
      )}
      {isByOffice || hosts.length === 1 ? (
        <p>
          <button type="submit" class="main" value={hosts[0]}>
            {props.label}
          </button>
        </p>
      ) : (
        hosts.map((host) => (
          <p>
            <button type="submit" class="main" value={host}>
              {say("{label}, with a passkey of {host}", {
                ...{ label: props.label, host },
              })}
            </button>
          </p>
        ))
      )}
    </Form>
  );
};

/** What the script asks for, and what it says. */
const Asked: FC<{
  here: readonly AskedPasskey[];
  digest: string;
  signs: "statement" | "list";
}> = ({ here, digest, signs }) => (
  <div
    id="passkey"
    data-list={signs === "list" ? "yes" : "no"}
    data-digest={digest}
    data-other={say("The page does not hold together: nothing was signed.")}
    data-away={say("Nothing was signed: the passkey gave no answer.")}
  >
    {here.map((one) => (
      <span
        data-credential={one.credential}
        data-key={one.id}
        data-host={one.rpId}
        hidden
      />
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
);

/** Passkeys of theirs that this page cannot ask for: no browser gives an answer of them that would hold. */
const Elsewhere: FC<{ elsewhere: readonly AskedPasskey[] }> = ({
  elsewhere,
}) => {
  const pages = sayList([
    ...new Set(elsewhere.flatMap(({ origins }) => origins)),
  ]);
  const n = elsewhere.length;
  return (
    <p>
      {sayCount(
        n,
        "{n} passkey of yours was enrolled for other pages and cannot sign here: {pages}.",
        "{n} passkeys of yours were enrolled for other pages and cannot sign here: {pages}.",
        { n, pages },
      )}
    </p>
  );
};
