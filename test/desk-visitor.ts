import { expect } from "vitest";
import { decoded } from "./page-forms.ts";
import { browserOf, type Visitor } from "./visitor.ts";
import type { Web } from "./web-office.ts";

/** An official of the demonstration, signed in, by the post that they hold. */
export async function atDesk(
  web: Pick<Web, "ask">,
  post: string,
): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  const came = await browser.send("/sign-in/demonstration", {
    ...{ persona: post, to: "/desk" },
  });
  expect(came.status).toBe(303);
  return browser;
}

/** Where a form that was taken leads. */
export async function leadsTo(sent: Promise<Response>): Promise<string> {
  const answer = await sent;
  const why = answer.status === 303 ? "" : await answer.text();
  expect(answer.status, why).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** Signs a draft as its page shows it, and gives the page that follows. */
export async function signs(official: Visitor, draft: string): Promise<string> {
  const page = await official.text(draft);
  const [, text = ""] = /name="statement" value="([^"]*)"/.exec(page) ?? [];
  const statement = decoded(text);
  expect(await leadsTo(official.send(`${draft}/sign`, { statement }))).toBe(
    draft,
  );
  return official.text(draft);
}
