import { faultsOfHtml } from "../valid-html.ts";
import { familyOf } from "./family.ts";
import { linksIn, placesIn } from "./links.ts";

/** As browsers say it: of what is no page they take anything. */
const BROWSER =
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/** The page with which a stranger checks is one whole file of scripts and states its own policy: check-page.test.ts walks it. */
const ALONE = "/check";

/** Somebody who goes through the office: as whom, and in which language. */
export type Walker = {
  readonly address: string;
  /** Undefined for whoever is not signed in. */
  readonly persona: string | undefined;
  readonly lang: "en" | "zh";
};

export type Page = {
  readonly path: string;
  readonly family: string;
  readonly html: string;
  readonly walker: Walker;
  readonly cookie: string;
};

export type Walked = {
  readonly pages: readonly Page[];
  /** What is wrong, each with the page on which the link stands. */
  readonly faults: readonly string[];
};

/** Comes in as one of the persons of a demonstration, and says the cookie that shows it. */
async function cookieOf({ address, persona, lang }: Walker): Promise<string> {
  const chosen = `vitrine_language=${lang}`;
  if (persona === undefined) return chosen;
  const came = await fetch(`${address}/sign-in/demonstration`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ persona }),
  });
  const [session = ""] =
    /^[^;]+/.exec(came.headers.getSetCookie()[0] ?? "") ?? [];
  if (session === "") throw new Error(`Cannot sign in as ${persona}`);
  return `${chosen}; ${session}`;
}

/**
 * Follows the links from the front page on, some of each family. What was seen of a family by whoever walked before counts where
 * `known` has it: then one look says whether the links work for this walker as well.
 */
export async function walk(
  walker: Walker,
  most: number,
  known: ReadonlySet<string>,
): Promise<Walked> {
  const cookie = await cookieOf(walker);
  const from = new Map([
    ["/", "the beginning"],
    ["/sign-in", "the beginning"],
  ]);
  const seen = new Map<string, number>();
  const pages: Page[] = [];
  const faults: string[] = [];
  const leads: (readonly [page: string, path: string, place: string])[] = [];
  // What is added on the way is walked as well.
  for (const [path, page] of from) {
    const family = familyOf(path);
    const count = seen.get(family) ?? 0;
    if (count >= (known.has(family) ? 1 : most)) continue;
    seen.set(family, count + 1);
    const response = await fetch(`${walker.address}${path}`, {
      redirect: "manual",
      headers: { Accept: BROWSER, Cookie: cookie },
    });
    const text = await response.text();
    const said = faultOf(response, text, walker);
    if (said !== undefined) faults.push(`${path} ${said}, linked on ${page}`);
    if (!isPage(response) || path === ALONE) continue;
    pages.push({ path, family, html: text, walker, cookie });
    for (const link of linksIn(text, path)) {
      if (!from.has(link.path)) from.set(link.path, path);
      if (link.place !== "") leads.push([path, link.path, link.place]);
    }
  }
  const places = new Map(pages.map((one) => [one.path, placesIn(one.html)]));
  for (const [page, path, place] of leads)
    if (places.get(path)?.has(place) === false)
      faults.push(`${path} has no place ${place}, linked on ${page}`);
  for (const { family, path, html } of pages)
    if (!known.has(family))
      for (const one of await faultsOfHtml(html)) faults.push(`${path} ${one}`);
  return { pages, faults };
}

/** A page that a browser shows, and does not put away as a file. */
const isPage = ({ status, headers }: Response): boolean =>
  status === 200 &&
  headers.get("content-disposition") === null &&
  headers.get("content-type")?.startsWith("text/html") === true;

/** What is wrong with an answer itself. Whoever is not signed in is led to the door, a newcomer to where they register, and nobody elsewhere. */
function faultOf(
  { status, headers }: Response,
  text: string,
  { persona, lang }: Walker,
): string | undefined {
  const to = headers.get("location") ?? "";
  if (status === 303)
    return to === "/account" ||
      (persona === undefined && to.startsWith("/sign-in?to="))
      ? undefined
      : `leads to ${to}`;
  if (status !== 200) return `answers ${status}`;
  if (headers.get("x-content-type-options") !== "nosniff")
    return "may be taken for another type";
  if (!/default-src 'none'/.test(headers.get("content-security-policy") ?? ""))
    return "has no policy";
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("application/json")) {
    try {
      JSON.parse(text);
    } catch {
      return "is no JSON";
    }
  }
  if (!type.startsWith("text/html") || headers.get("content-language") === null)
    return undefined;
  if (headers.get("content-language") !== { en: "en", zh: "zh-Hans" }[lang])
    return "is in the other language";
  return / on[a-z]+="|<script(?![^>]* src=")|javascript:/i.test(text)
    ? "has a script inside"
    : undefined;
}
