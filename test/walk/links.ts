/** What an element of a page leads to, or loads. */
export type Link = {
  /** Path and query inside the office. */
  readonly path: string;
  /** The place on that page, without its sign; empty where the link leads to the page itself. */
  readonly place: string;
};

/** Addresses of the same office that a page leads to or loads; the ways to the door and to the other language are not walked anew on every page. */
export function linksIn(html: string, page: string): readonly Link[] {
  return [
    ...html.matchAll(
      /<(?:a|link|img|script|form)\b[^>]*?\b(?:href|src|action)="([^"]*)"/g,
    ),
  ]
    .filter(([element]) => !/^<form\b[^>]*\bmethod="post"/.test(element))
    .map(([, href = ""]) => new URL(decoded(href), `http://office.test${page}`))
    .filter(({ hostname }) => hostname === "office.test")
    .filter(({ searchParams }) => !searchParams.has("lang"))
    .filter(({ pathname }) => pathname !== "/sign-in")
    .map(({ pathname, search, hash }) => ({
      path: `${pathname}${search}`,
      place: decodeURIComponent(hash.slice(1)),
    }));
}

/** Every place of a page to which a link may lead. */
export function placesIn(html: string): ReadonlySet<string> {
  return new Set(
    [...html.matchAll(/\bid="([^"]*)"/g)].map(([, id = ""]) => decoded(id)),
  );
}

function decoded(attribute: string): string {
  return attribute
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
