import type { Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Who } from "../../accounts/sessions.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { upTo } from "../body-guards.ts";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { localPath, nameOf } from "./around-request.ts";
import { giveSession, sessionToken, takeSession } from "./cookies.ts";
import { Form, readForm } from "./form.tsx";
import type { Persona } from "./personas.ts";
import { Forbidden } from "./refusals.ts";

const FORM_BYTES_MAX = 64 * 1024;

/** `GET /sign-in`, `POST /sign-in/demonstration`, `POST /sign-out`. */
export function signInRoutes(app: Hono, options: AppOptions): void {
  const limited = upTo(FORM_BYTES_MAX);
  app.get("/sign-in", async (c) => {
    const to = localPath(c.req.query("to") ?? "/");
    const personas = (await options.personas?.list()) ?? [];
    const named = personas.map((one) => ({
      one,
      called: called(one, options),
    }));
    return showPage(c, <SignInPage to={to} personas={named} />);
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

/**
 * A citizen comes for the list of who used their data, wherever they pressed "sign in"; everybody else goes on where they were, and begins
 * where their work is if they wanted to go nowhere in particular.
 */
export function landing(who: Who, wanted: string): string {
  const to = localPath(wanted);
  const isOwn = /^\/(?:my|objections|account)(?:[/?]|$)/.test(to);
  if (who.kind === "organisation" && to === "/") return "/account";
  if (who.kind === "official" && to === "/") return "/desk";
  return who.kind === "citizen" && !isOwn ? "/my" : to;
}

/** Where a session is begun, an older one of the same browser ends. */
export async function endSession(
  c: Context,
  { sessions }: AppOptions,
): Promise<void> {
  const token = sessionToken(c);
  if (token === undefined) return;
  await sessions?.end(token);
  takeSession(c);
}

function called({ who, name }: Persona, options: AppOptions): string {
  return who.kind === "citizen"
    ? say("resident {name}", { name: name.replace(/^resident-/, "") })
    : nameOf(who, options.office.register, options.now());
}

type Named = { readonly one: Persona; readonly called: string };

const SignInPage: FC<{ to: string; personas: readonly Named[] }> = ({
  to,
  personas,
}) => (
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
    {personas.length === 0 ? (
      <p class="notice">
        {say("No way to sign in is set up at this office yet.")}
      </p>
    ) : (
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
