import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import { expect } from "vitest";
import * as z from "zod/mini";
import { issueToken } from "../src/cli/issue-token.ts";
import { Drafts } from "../src/accounts/drafts.ts";
import { Sessions } from "../src/accounts/sessions.ts";
import { appOf } from "../src/cli/app-parts.ts";
import { type AppOptions, createApp } from "../src/portal/app.tsx";
import type { SmallOffice } from "./simulation/small-office.ts";

type Body = string | Uint8Array<ArrayBuffer>;

/** An office behind its web routes, put together as `vitrine serve` does it; nothing listens, requests are handed in. */
export type Web = {
  readonly app: Hono;
  /** What the process would have stopped for, and what it would have written down as its own fault. */
  readonly halts: Error[];
  readonly bugs: unknown[];
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** JSON as a body; headers that are given replace its own. */
  readonly post: (
    path: string,
    body: Body,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
};

export function webOf(
  { house, folder, clock }: SmallOffice,
  change: Partial<AppOptions> = {},
): Web {
  const halts: Error[] = [];
  const bugs: unknown[] = [];
  const app = createApp({
    ...appOf(house, folder),
    sessions: new Sessions(house.sql, house.keys.seal, () => clock.now),
    drafts: new Drafts(house.sql, house.keys.seal, () => clock.now),
    demonstration: false,
    lastCheck: () => undefined,
    now: () => clock.now,
    onHalt: (error) => void halts.push(error),
    onBug: (error) => void bugs.push(error),
    ...change,
  });
  const ask: Web["ask"] = async (path, init) => app.request(path, init);
  const post: Web["post"] = (path, body, headers = {}) =>
    ask(path, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", ...headers },
    });
  return { app, halts, bugs, ask, post };
}

/** The header of an organisation's requests, with a new token. */
export async function asking(
  { house }: SmallOffice,
  organisation: string,
): Promise<{ readonly Authorization: string }> {
  const token = await issueToken(house.sql, organisation);
  return { Authorization: `Bearer ${token}` };
}

const errorBody = z.strictObject({
  error: z.strictObject({
    code: z.string().check(z.regex(/^[a-z][A-Za-z]*$/)),
    message: z.string().check(z.maxLength(600)),
    rule: z.optional(z.string()),
    cites: z.optional(z.string()),
  }),
  findings: z.optional(
    z.array(
      z.strictObject({
        rule: z.string(),
        says: z.string(),
        cites: z.string(),
        facts: z.string(),
        next: z.string(),
      }),
    ),
  ),
});
export type Refused = z.infer<typeof errorBody>["error"] & {
  readonly findings: z.infer<typeof errorBody>["findings"];
};

/** The one error shape: JSON and nothing beside it, in one line that breaks nothing where it is shown. */
export async function refusedIn(response: Response): Promise<Refused> {
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const { error, findings } = errorBody.parse(await response.json());
  expect(error.message).toMatch(
    /^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$/,
  );
  expect(error.cites === undefined).toBe(error.rule === undefined);
  return { ...error, findings };
}

/** A request whose form is wrong: refused with that status, in those words. */
export async function refuses(
  asked: Promise<Response>,
  [status, message]: readonly [status: number, message: string | RegExp],
): Promise<void> {
  const response = await asked;
  const refused = await refusedIn(response);
  expect(refused.message).toMatch(message);
  expect(response.status).toBe(status);
  expect(refused.code).toBe(codes[status]);
}
const codes: Readonly<Record<number, string>> = {
  400: "malformed",
  401: "unauthorised",
  404: "notFound",
  405: "methodNotAllowed",
  413: "tooLarge",
  415: "unsupportedType",
};

/** How every story over the web ends: none of it was an error of our own, and the public's audit finds nothing. */
/** Pages as a browser gets them: whole, as one line of text, and held against sentences. */
export function readerOf(web: () => Pick<Web, "ask">) {
  const html = async (path: string, language = "en"): Promise<string> => {
    const response = await web().ask(path, {
      headers: { Accept: "text/html", "Accept-Language": language },
    });
    expect(response.status, path).toBe(200);
    return response.text();
  };
  const text = async (path: string, language = "en"): Promise<string> =>
    (await html(path, language))
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/ ([:,.)])/g, "$1");
  const says = async (
    path: string,
    ...sentences: readonly (string | RegExp)[]
  ): Promise<void> => {
    const page = await text(path);
    for (const one of sentences) expect(page, path).toMatch(one);
  };
  return { html, text, says };
}

export async function endsInOrder(
  office: SmallOffice,
  { halts, bugs }: Pick<Web, "halts" | "bugs">,
): Promise<void> {
  expect(halts).toEqual([]);
  expect(bugs).toEqual([]);
  await office.passHour();
  expect(await office.faults()).toEqual([]);
}

export function isUnchanged(office: SmallOffice, before: object): void {
  expect(stateOf(office)).toEqual(before);
}

/** Everything that a request could change: the log, what was used, and every file of the office. */
export function stateOf({ house, folder }: SmallOffice): object {
  const { office, gateway } = house;
  return {
    size: office.register.size,
    published: office.published.size,
    totals: gateway?.totals(),
    files: readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => ({ name, ...sizeOf(join(folder, name)) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function sizeOf(path: string): { readonly size: number } {
  const stat = statSync(path);
  return { size: stat.isFile() ? stat.size : 0 };
}
