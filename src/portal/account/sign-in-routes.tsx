import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { OpenidProvider } from "../../accounts/openid-settings.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { upTo } from "../body-guards.ts";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { localPath, nameOf } from "./around-request.ts";
import { giveSession } from "./cookies.ts";
import { Form, readForm } from "./form.tsx";
import type { Persona } from "./personas.ts";
import { openidRoutes } from "./openid-routes.tsx";
import { Attempts } from "./attempts.ts";
import { publicAddress } from "./public-address.ts";
import { Forbidden } from "./refusals.ts";
import { endSession, landing } from "./session-ends.ts";

const FORM_BYTES_MAX = 64 * 1024;

/** `GET /sign-in`, `POST /sign-in/demonstration`, `POST /sign-out`. */
export function signInRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  const attempts = new Attempts(options);
  openidRoutes(app, options, attempts);
  app.get("/sign-in", async (c) => {
    const to = localPath(c.req.query("to") ?? "/");
    const personas = (await options.personas?.list()) ?? [];
    const named = personas.map((one) => ({
      one,
      called: called(one, options),
    }));
    return showPage(
      c,
      <SignInPage
        to={to}
        personas={named}
        providers={
          publicAddress(options) === undefined
            ? []
            : (options.openid?.providers ?? [])
        }
      />,
    );
  });
  app.post("/sign-in/demonstration", limited, async (c) => {
    const sent = await readForm(c);
    const personas = (await options.personas?.list()) ?? [];
    const chosen = personas.find(({ name }) => name === sent.text("persona"));
    if (chosen === undefined || options.sessions === undefined)
      throw new Forbidden("want one of the persons of a demonstration");
    await endSession(c, options);
    giveSession(c, await options.sessions.begin(chosen.who, chosen.name));
    return c.redirect(landing(chosen.who, sent.text("to")), 303);
  });
  app.post("/sign-out", limited, async (c) => {
    await readForm(c);
    await endSession(c, options);
    return c.redirect("/sign-in", 303);
  });
}

function called({ who, name }: Persona, options: AppOptions): string {
  return who.kind === "citizen"
    ? say("resident {name}", { name: name.replace(/^resident-/, "") })
    : nameOf(who, options.office.register, options.now());
}

type Named = { readonly one: Persona; readonly called: string };

const SignInPage: FC<{
  to: string;
  personas: readonly Named[];
  providers: readonly OpenidProvider[];
}> = ({ to, personas, providers }) => (
  <Frame
    title={say("Sign in")}
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
    <Elsewhere {...{ to, providers }} for="citizen" />
    <Elsewhere {...{ to, providers }} for="organisation" />
    {personas.length === 0 && providers.length === 0 && (
      <p class="notice">
        {say("No way to sign in is set up at this office yet.")}
      </p>
    )}
    {personas.length > 0 && (
      <section>
        <h2>{say("A demonstration: choose who you are")}</h2>
        <p class="notice">
          {say(
            "The persons, bodies and companies are invented. In an office that is no demonstration nobody can sign in so: this office holds the demonstration's keys and signs for whoever you choose.",
          )}
        </p>
        <Choice title={say("Officials")} of="official" {...{ to, personas }} />
        <Choice
          title={say("Data users")}
          of="organisation"
          {...{ to, personas }}
        />
        <Choice title={say("Citizens")} of="citizen" {...{ to, personas }} />
      </section>
    )}
  </Frame>
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
