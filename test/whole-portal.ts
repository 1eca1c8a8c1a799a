import { expect } from "vitest";
import { ROUTES } from "../src/portal/openapi-routes.ts";
import { portalRoutes } from "./portal-routes/all.ts";
import type { Persona } from "../src/portal/account/personas.ts";
import { applyingAt } from "./applicants.ts";
import { smallPersonas } from "./desk-office.ts";
import type { SmallOffice } from "./simulation/small-office.ts";
import { browserOf, type Visitor } from "./visitor.ts";
import type { Web } from "./web-office.ts";

const citizen: Persona = {
  name: "resident-0007",
  who: { kind: "citizen", by: "subject", person: "N7", subject: "N7" },
};
/** One of each kind who can sign in. */
export const everybody = ["permit-officer", "huaxing", citizen.name] as const;

/** The small office as a demonstration in which officials, organisations and a citizen can do all that they can. */
export function wholePortal(office: SmallOffice): Web {
  const { list, sign } = smallPersonas;
  return applyingAt(office, {
    list: async () => [...(await list()), citizen],
    sign,
  }).web;
}

export async function signedInAs(
  web: Pick<Web, "ask">,
  persona: string,
): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { persona, to: "/" });
  if (browser.cookie("vitrine_session") === "")
    throw new Error(`Cannot sign in as ${persona}`);
  return browser;
}

export type OwnSession = {
  readonly cookie: string;
  readonly formToken: string;
};

/** A session of each who can sign in: its cookie, and the token that its forms bring. */
export async function sessionsAt(
  web: Pick<Web, "ask">,
): Promise<ReadonlyMap<string, OwnSession>> {
  const sessions = new Map<string, OwnSession>();
  for (const persona of everybody) {
    const browser = await signedInAs(web, persona);
    sessions.set(persona, {
      cookie: `vitrine_session=${browser.cookie("vitrine_session")}`,
      formToken: await browser.formToken("/"),
    });
  }
  return sessions;
}

/** Every route with an address that fits it. */
export const routes = ROUTES.map(({ route, body }) => {
  const [method = "", pattern = ""] = route.split(" ");
  const own = portalRoutes[route] ?? "";
  const path =
    own === ""
      ? pattern.replaceAll(/\{[^}]*\}+/g, "").replaceAll(/:\w+|\*/g, "none")
      : own;
  const isForm = body !== undefined && "type" in body && /form/.test(body.type);
  return { route, method, path, isForm };
});
/** What a browser has to be told with every answer, good or bad. */
export function isGuarded(response: Response, what: string): void {
  const { headers } = response;
  expect(headers.get("x-content-type-options"), what).toBe("nosniff");
  expect(headers.get("referrer-policy"), what).toMatch(
    /same-origin|no-referrer/,
  );
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy, what).toMatch(/^(?:sandbox; )?default-src 'none'/);
  expect(policy, what).not.toMatch(
    /script-src[^;]*'unsafe-|script-src[^;]*(?:\*|https?:)/,
  );
  for (const cookie of headers.getSetCookie())
    // One that is taken away holds nothing.
    if (!/; Max-Age=0/.test(cookie))
      expect(cookie, what).toMatch(
        /; HttpOnly.*; SameSite=Lax|; SameSite=Lax.*; HttpOnly/,
      );
}
