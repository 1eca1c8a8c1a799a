import { TrieRouter } from "hono/router/trie-router";
import { ROUTES } from "../../src/portal/openapi-routes.ts";

const router = new TrieRouter<string>();
for (const { route } of ROUTES) {
  const [method = "", pattern = ""] = route.split(" ");
  if (method === "GET") router.add(method, pattern, pattern);
}

/**
 * Pages that one piece of the office makes: the pattern of their route, and which parameter they have. What looks at a few of each
 * has looked at all that differs in more than its figures.
 */
export function familyOf(path: string): string {
  const { pathname, searchParams } = new URL(path, "http://office.test");
  const [handlers] = router.match("GET", pathname);
  const pattern = handlers.at(-1)?.[0] ?? pathname;
  const names = [...new Set(searchParams.keys())].toSorted();
  if (names.length === 0) return pattern;
  // Facets make every combination of them an address of its own.
  return `${pattern}?${names.length === 1 ? names.join() : "several"}`;
}

/** The same, whatever the parameters are: what looks alike. */
export const lookOf = (family: string): string => family.replace(/\?.*$/, "?");
