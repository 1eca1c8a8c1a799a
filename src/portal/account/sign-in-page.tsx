import type { FC } from "hono/jsx";
import type { OpenidProvider } from "../../accounts/openid-settings.ts";
import { around } from "../around.ts";
import { Frame } from "../frame.tsx";
import { say, sayWith } from "../lang/say.ts";
import { FAULTS } from "./account-pages.tsx";
import { Form } from "./form.tsx";
import { PASSKEY_SCRIPT_PATH, PasskeyForm } from "./passkey-form.tsx";
import type { Persona } from "./personas.ts";

/** Somebody of a demonstration, and what they are called. */
export type Named = { readonly one: Persona; readonly called: string };
export type WaysIn = {
  readonly personas: readonly Named[];
  readonly providers: readonly OpenidProvider[];
  /** What a passkey is asked. */
  readonly passkey?: object;
  /** Where passkeys can be used, for whoever came by a number. */
  readonly byName?: string;
};
type Fault = keyof typeof FAULTS;

export function passkeyFault(why: string | undefined): Fault | undefined {
  return why !== undefined && isFault(why) ? why : undefined;
}

function isFault(why: string): why is Fault {
  return Object.hasOwn(FAULTS, why);
}

/** Every way that is set up here, and no other. */
export const SignInPage: FC<{
  to: string;
  ways: WaysIn;
  why: Fault | undefined;
  /** The browser brought the cookie of a session that is over. */
  isOver: boolean;
}> = ({ to, ways, why, isOver }) => {
  const { personas, providers, passkey, byName } = ways;
  const hasPasskeys = passkey !== undefined || byName !== undefined;
  return (
    <Frame
      title={say("Sign in")}
      {...(passkey === undefined ? {} : { script: PASSKEY_SCRIPT_PATH })}
      lead={
        <>
          <h1>{say("Sign in")}</h1>
          <p>
            {say(
              "Whoever reads needs no account. Signing in is for those who decide, who use data under a permit, and who ask what was done with data about themselves.",
            )}
          </p>
        </>
      }
    >
      {around().session !== undefined && (
        <p class="notice">
          {say("Signed in as {who}", { who: around().signedInAs ?? "" })}
        </p>
      )}
      {isOver && (
        <p class="notice">
          {say(
            "You were signed in, and that session is over: nobody asked for anything for a while, or the office was set up anew. Sign in again to go on.",
          )}
        </p>
      )}
      {why !== undefined && (
        <p class="notice refused" role="alert">
          {say(FAULTS[why])}
        </p>
      )}
      {personas.length > 0 && <Invented {...{ to, personas }} />}
      <Elsewhere {...{ to, providers }} for="citizen" />
      <Elsewhere {...{ to, providers }} for="organisation" />
      {hasPasskeys && <WithPasskey {...{ to, ways }} />}
      {personas.length === 0 && providers.length === 0 && !hasPasskeys && (
        <p class="notice">
          {say("No way to sign in is set up at this office yet.")}
        </p>
      )}
    </Frame>
  );
};

/** The persons of a demonstration. */
const Invented: FC<{ to: string; personas: readonly Named[] }> = ({
  to,
  personas,
}) => (
  <section>
    <h2>{say("A demonstration: choose who you are")}</h2>
    <p class="notice">
      {say(
        "The persons, bodies and companies are invented. In an office that is no demonstration nobody can sign in so: this office holds the demonstration's keys and signs for whoever you choose.",
      )}
    </p>
    <Choice title={say("Officials")} of="official" {...{ to, personas }} />
    <Choice title={say("Data users")} of="organisation" {...{ to, personas }} />
    <Choice title={say("Citizens")} of="citizen" {...{ to, personas }} />
  </section>
);

const Choice: FC<{
  title: string;
  of: Persona["who"]["kind"];
  to: string;
  personas: readonly Named[];
}> = ({ title, of, to, personas }) => (
  <>
    <h3>{title}</h3>
    <Form action="/sign-in/demonstration" label={title}>
      <input type="hidden" name="to" value={to} />
      <ul class="choices">
        {personas
          .filter(({ one }) => one.who.kind === of)
          .map(({ one, called }) => (
            <li>
              <button type="submit" name="persona" value={one.name}>
                {called}
              </button>
            </li>
          ))}
      </ul>
    </Form>
  </>
);

/** Links to providers of identities, for those whom they identify. */
const Elsewhere: FC<{
  to: string;
  providers: readonly OpenidProvider[];
  for: OpenidProvider["for"];
}> = ({ to, providers, for: whom }) => {
  const own = providers.filter((one) => one.for === whom);
  if (own.length === 0) return <></>;
  return (
    <section>
      <h2>
        {whom === "citizen" ? say("As a citizen") : say("For an organisation")}
      </h2>
      <p>
        {say(
          "Somebody whom the office trusts for it identifies you. The office learns the code by which its data know you, and keeps it sealed while you are signed in.",
        )}
      </p>
      <ul class="links">
        {own.map(({ name, titles }) => (
          <li>
            <a
              class="button"
              href={`/sign-in/openid/${name}?to=${encodeURIComponent(to)}`}
              rel="nofollow"
            >
              {say("Sign in with {provider}", {
                provider: titles[around().lang],
              })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** For officials, and for people of organisations. */
const WithPasskey: FC<{ to: string; ways: WaysIn }> = ({
  to,
  ways: { passkey, byName },
}) => (
  <section>
    <h2>{say("With a passkey")}</h2>
    {byName !== undefined && (
      <p class="notice">
        {sayWith(
          "A passkey belongs to the name of a host, and you came by a number. Open {page}.",
          { page: <a href={byName}>{byName}</a> },
        )}
      </p>
    )}
    {passkey !== undefined && (
      <PasskeyForm
        action="/sign-in/passkey"
        kind="get"
        options={passkey}
        label={say("With a passkey")}
        button={say("Sign in with a passkey")}
      >
        <input type="hidden" name="to" value={to} />
      </PasskeyForm>
    )}
    <p>
      {say(
        "For officials, and for people of organisations. A passkey for signing in signs no act: for that an official has another one, for signing, which an act enrols.",
      )}{" "}
      <a href="/account/invitation">{say("Begin with an invitation")}</a>
    </p>
  </section>
);
