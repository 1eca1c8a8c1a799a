import type { FC } from "hono/jsx";
import type { Passkey, PasskeyFault } from "../../accounts/accounts.ts";
import { around } from "../around.ts";
import { Moment } from "../citizen/moment.tsx";
import { Frame } from "../frame.tsx";
import { type Message, say, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { Form } from "./form.tsx";
import { PASSKEY_SCRIPT_PATH, PasskeyForm } from "./passkey-form.tsx";

export const FAULTS = {
  expired:
    "It took longer than ten minutes, or cookies are not allowed here. Begin again.",
  used: "This answer was used before, or this passkey is known already. Begin again.",
  unknown:
    "This passkey is not known here. It may belong to another office, or was removed.",
  notHeld:
    "What the passkey answered does not hold: it was for another place, without PIN, fingerprint or face, or from a copy.",
  invitation:
    "No invitation has this code. It is used once and lasts one day: ask for a new one.",
  isSigningKey:
    "This passkey signs acts. Signing in and signing acts take different ones, so that nobody who has you sign in has a signature of yours.",
} as const satisfies Record<PasskeyFault, Message>;

/** Where a code that somebody was given leads to a first passkey. */
export const InvitationPage: FC<{ wrong?: string; typed: string }> = ({
  wrong,
  typed,
}) => {
  const title = say("Begin with an invitation");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "Officials get a code from the office's administrator, people of an organisation from the administrator or from their first colleague here. It is used once and lasts one day.",
            )}
          </p>
        </>
      }
    >
      <Form action="/account/invitation" label={title}>
        <label for="code">{say("The code")}</label>
        {wrong !== undefined && (
          <p class="refused" id="code-wrong">
            {wrong}
          </p>
        )}
        <input
          id="code"
          name="code"
          value={typed}
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
          required
          {...(wrong === undefined
            ? {}
            : { "aria-invalid": "true", "aria-describedby": "code-wrong" })}
        />
        <button type="submit">{say("Go on")}</button>
      </Form>
    </Frame>
  );
};

/** Makes the first passkey of whoever was invited. */
export const FirstPasskeyPage: FC<{
  code: string;
  name: string;
  options: object;
}> = ({ code, name, options }) => {
  const title = say("Make your passkey for signing in");
  return (
    <Frame
      title={title}
      unindexed
      script={PASSKEY_SCRIPT_PATH}
      lead={
        <>
          <h1>{title}</h1>
          <p>{say("This invitation is for {name}.", { name })}</p>
        </>
      }
    >
      <PasskeyForm
        action="/account/first"
        kind="create"
        {...{ options, label: title, button: say("Make the passkey") }}
      >
        <input type="hidden" name="code" value={code} />
        <Label />
      </PasskeyForm>
      <p>
        {say(
          "It lets you in at these pages and signs nothing. Acts are signed with another key, which an act of its own enrols.",
        )}
      </p>
    </Frame>
  );
};

const Label: FC = () => (
  <>
    <label for="label">{say("What you call it")}</label>
    <input
      id="label"
      name="label"
      maxlength={60}
      value={say("My passkey")}
      required
    />
  </>
);

/** One's own passkeys; how to come back when they are lost. */
export const CredentialsPage: FC<{
  passkeys: readonly Passkey[];
  /** What adds one; absent where somebody was identified otherwise. */
  options?: object;
  mayInvite: boolean;
  /** An invitation that was made within the last minute. */
  code?: string;
  wrong?: string;
  offsetMinutes: number;
}> = ({ passkeys, options, mayInvite, code, wrong, offsetMinutes }) => {
  const title = say("Your passkeys for signing in");
  return (
    <Frame
      title={title}
      unindexed
      script={PASSKEY_SCRIPT_PATH}
      lead={<h1>{title}</h1>}
    >
      {wrong !== undefined && (
        <p class="notice refused" role="alert">
          {wrong}
        </p>
      )}
      {options === undefined ? (
        <p class="notice">
          {say(
            "You did not come in with a passkey of this office: whoever identified you looks after how you sign in. Persons of a demonstration have none.",
          )}
        </p>
      ) : (
        <>
          <List {...{ passkeys, offsetMinutes }} />
          <h2>{say("One more")}</h2>
          <PasskeyForm
            action="/account/credentials/add"
            kind="create"
            {...{
              options,
              label: say("One more"),
              button: say("Add a passkey"),
            }}
          >
            <Label />
          </PasskeyForm>
        </>
      )}
      {around().session?.who.kind === "official" && (
        <p>
          {say("Acts are signed with other keys:")}{" "}
          <a href="/desk/keys">{say("Your keys for signing")}</a>
        </p>
      )}
      {mayInvite && <Invite {...(code === undefined ? {} : { code })} />}
      <h2>{say("If you lose them")}</h2>
      <p>
        {say(
          "There is no password and no question that brings you back. Ask the office's administrator, or your first colleague here, for a new invitation, and remove what was lost from this list.",
        )}
      </p>
    </Frame>
  );
};

const List: FC<{ passkeys: readonly Passkey[]; offsetMinutes: number }> = ({
  passkeys,
  offsetMinutes,
}) => (
  <Table
    label={say("Your passkeys for signing in")}
    caption={say("The last one cannot be removed; add another first.")}
    none=""
    head={[
      [say("Name"), false],
      [say("Added"), false],
      [say("Last used"), false],
      [say("Remove"), false],
    ]}
    rows={passkeys.map(({ id, label, created, used }) => [
      label,
      <Moment {...{ at: created, offsetMinutes }} />,
      used === undefined ? (
        say("not yet")
      ) : (
        <Moment {...{ at: used, offsetMinutes }} />
      ),
      passkeys.length === 1 ? (
        say("the last one")
      ) : (
        <Form
          action="/account/credentials/remove"
          label={say("Remove {name}", { name: label })}
        >
          <input type="hidden" name="passkey" value={id} />
          <button type="submit">{say("Remove {name}", { name: label })}</button>
        </Form>
      ),
    ])}
  />
);

const Invite: FC<{ code?: string }> = ({ code }) => (
  <>
    <h2>{say("Invite a colleague")}</h2>
    {code !== undefined && (
      <p class="notice">
        {sayWith(
          "Give this code to your colleague: {code}. It is shown for a minute, is used once at {page}, and lasts one day.",
          {
            code: <code>{code}</code>,
            page: <a href="/account/invitation">/account/invitation</a>,
          },
        )}
      </p>
    )}
    <Form action="/account/invite" label={say("Invite a colleague")}>
      <label for="name">{say("What your colleague is called here")}</label>
      <input id="name" name="name" maxlength={100} required />
      <button type="submit">{say("Make an invitation")}</button>
    </Form>
  </>
);
