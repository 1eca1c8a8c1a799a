/** The page with which a stranger checks lies beside a built program, and not beside these tests. */
const BUILT = /^\/check$/;
/** As browsers say it: of what is no page they take anything. */
const BROWSER =
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/** Every rule of the law has a page, with feeds and acts of its own. */
const PAGES_MAX = 6_000;

export type Crawled = {
  /** Every address that was asked for. */
  readonly seen: readonly string[];
  /** Links behind which nothing is, each with a page that has it. */
  readonly dead: readonly string[];
};

/** Follows every link inside an office from its front page on, as a browser without a script would. */
export async function crawl(
  ask: (path: string, init?: RequestInit) => Promise<Response>,
  language: string,
  start = "/",
): Promise<Crawled> {
  const from = new Map([[start, "the beginning"]]);
  const dead: string[] = [];
  // What is added on the way is walked as well.
  for (const [path, page] of from) {
    if (from.size > PAGES_MAX)
      throw new Error(`Cannot crawl: more than ${PAGES_MAX} addresses`);
    const response = await ask(path, {
      headers: { Accept: BROWSER, "Accept-Language": language },
    });
    if (response.status >= 400)
      dead.push(`${response.status} ${path} on ${page}`);
    const isPage =
      response.headers.get("content-type")?.startsWith("text/html") ?? false;
    const text = await response.text();
    if (!isPage || response.status >= 400) continue;
    for (const next of linksIn(text, path))
      if (!from.has(next)) from.set(next, path);
  }
  return { seen: [...from.keys()], dead };
}

/** Addresses of the same office; a change of language and the way to the door are not followed again on every page. */
function linksIn(html: string, page: string): readonly string[] {
  return [
    ...html.matchAll(/<(?:a|link|img|script)\b[^>]*?\b(?:href|src)="([^"]*)"/g),
  ]
    .map(([, href = ""]) => new URL(decoded(href), `http://office.test${page}`))
    .filter(({ hostname }) => hostname === "office.test")
    .filter(({ searchParams }) => !searchParams.has("lang"))
    .filter(({ pathname }) => pathname !== "/sign-in")
    .map(({ pathname, search }) => `${pathname}${search}`)
    .filter((path) => !BUILT.test(path));
}

function decoded(attribute: string): string {
  return attribute
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
