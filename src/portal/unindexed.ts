/**
 * What is not for search engines, by its address, since twins and feeds have no head to say so: persons in their posts and their keys, single
 * entries, which may name one by number, what belongs to whoever is signed in, and what a search made.
 */
const UNINDEXED =
  /^\/(?:posts|keys|search|since|account|desk|my|sign-in|demonstration)(?:[/.]|$)|^\/acts\/\d|^\/log\/.+\/entries\/|^\/follow\/(?:post|confirm|stop|sent)(?:\/|$)|^\/objections\/./;

export function isUnindexed(url: URL): boolean {
  return UNINDEXED.test(url.pathname) || isAboutPost(url);
}

/** The list of acts, its feeds and the page for following, narrowed to a post. */
function isAboutPost({ pathname, searchParams }: URL): boolean {
  if (!/^\/(?:acts|follow)(?:\.|$)/.test(pathname)) return false;
  return (
    (searchParams.get("post") ?? "") !== "" ||
    searchParams.getAll("thing").some((thing) => thing.startsWith("post:"))
  );
}

/**
 * `/robots.txt`. What must not be indexed stands not in it: whoever may not fetch a page never reads that it says so. Data are in it since each
 * answer is a use, which is counted and entered, and no machine that follows links has asked for any.
 */
export const ROBOTS = `User-agent: *
Disallow: /data/
Disallow: /files/
Disallow: /*?lang=
Disallow: /*&lang=
`;
