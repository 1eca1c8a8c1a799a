import type { FC } from "hono/jsx";
import { showCount } from "../../audit/says.ts";
import { Frame } from "../frame.tsx";
import { type Message, say, sayCount, sayWith } from "../lang/say.ts";
import { type FacetName, facetNames } from "./facets.ts";
import type { Hit, Marked, Query, SearchView } from "./search-view.ts";

type Props = { readonly view: SearchView };

const FACETS = {
  kind: "Kind of thing",
  body: "Held by",
  classification: "Class of the data",
  form: "Form of the product",
  price: "Price",
  served: "Served",
} as const satisfies Readonly<Record<FacetName, Message>>;

/** Everything that is registered, by its words. */
export const SearchPage: FC<Props> = ({ view }) => {
  const { query, total } = view;
  const title =
    query.q === "" ? say("Search") : say("Search: {query}", { query: query.q });
  return (
    <Frame
      title={title}
      json={addressOf(query, {}, "/search.json")}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "In datasets and their fields, products, systems, public bodies, organisations, posts, rules, purposes, permits, prices and acts. Persons are not looked for here.",
            )}
          </p>
        </>
      }
    >
      <Ask query={query} />
      {!view.isWhole && (
        <p class="notice">
          {say(
            "This office was started a moment ago: {count} things and acts can be found so far.",
            { count: showCount(view.searched) },
          )}
        </p>
      )}
      {query.q === "" && Object.keys(query.facets).length === 0 ? (
        <Nothing />
      ) : (
        <>
          <p>
            {sayCount(total, "One found.", "{n} found.", {
              n: showCount(total),
            })}
          </p>
          {total === 0 && <NoneFound view={view} />}
          <div class="found">
            <Facets view={view} />
            <ol class="hits" start={(query.page - 1) * 20 + 1}>
              {view.hits.map((hit) => (
                <HitItem hit={hit} />
              ))}
            </ol>
          </div>
          <Pages view={view} />
        </>
      )}
    </Frame>
  );
};

const Ask: FC<{ readonly query: Query }> = ({ query }) => (
  <form
    class="filters"
    method="get"
    action="/search"
    role="search"
    aria-label={say("Words to look for")}
  >
    <label>
      {say("Words")}
      <input type="search" name="q" value={query.q} maxlength={200} />
    </label>
    {facetNames.map((name) => {
      const value = query.facets[name];
      return value === undefined ? null : (
        <input type="hidden" name={name} value={value} />
      );
    })}
    <button type="submit">{say("Search")}</button>
  </form>
);

const Nothing: FC = () => (
  <p>
    {sayWith(
      "Write a word, an id or a part of one, or the number of an entry; Chinese needs no spaces. Or look through {datasets}, {systems}, {permits} or {rules}.",
      {
        datasets: <a href="/search?kind=dataset">{say("all datasets")}</a>,
        systems: <a href="/search?kind=system">{say("all systems")}</a>,
        permits: <a href="/search?kind=permit">{say("all permits")}</a>,
        rules: <a href="/search?kind=rule">{say("all rules")}</a>,
      },
    )}
  </p>
);

const NoneFound: FC<Props> = ({ view: { meant, query } }) => (
  <>
    {meant !== undefined && (
      <p class="notice">
        {sayWith("Did you mean {meant}?", {
          meant: <a href={addressOf({ ...query, q: meant }, {})}>{meant}</a>,
        })}
      </p>
    )}
    <p>
      {say(
        "Nothing has all of these words. Fewer words find more; an id can be begun.",
      )}{" "}
      <a href="/search">{say("Begin again")}</a>
    </p>
  </>
);

const Facets: FC<Props> = ({ view: { facets, query } }) => (
  <nav aria-label={say("Narrow what was found")}>
    {facets.map(({ name, values }) => (
      <details open={name === "kind" || query.facets[name] !== undefined}>
        <summary>{say(FACETS[name])}</summary>
        <ul class="plain">
          {values.map(({ value, says, count, isChosen }) => (
            <li>
              {isChosen ? (
                <>
                  <strong>{says}</strong> ({showCount(count)}){" "}
                  <a href={addressOf(query, { [name]: undefined })}>
                    {say("any")}
                  </a>
                </>
              ) : (
                <>
                  <a href={addressOf(query, { [name]: value })}>{says}</a> (
                  {showCount(count)})
                </>
              )}
            </li>
          ))}
        </ul>
      </details>
    ))}
  </nav>
);

const HitItem: FC<{ readonly hit: Hit }> = ({ hit }) => (
  <li>
    <a href={hit.href}>
      <Marks text={hit.title} />
    </a>{" "}
    <span class="quiet">
      {hit.kindSaid} {hit.id}
    </span>
    {hit.extract.length > 0 && (
      <p class="quiet">
        <Marks text={hit.extract} />
      </p>
    )}
  </li>
);

const Marks: FC<{ readonly text: Marked }> = ({ text }) => (
  <>
    {text.map(([piece, isMarked]) =>
      isMarked ? <mark>{piece}</mark> : <>{piece}</>,
    )}
  </>
);

const Pages: FC<Props> = ({ view: { query, pages } }) => (
  <nav aria-label={say("Pages of this list")}>
    <ul class="links">
      {query.page > 1 && (
        <li>
          <a href={addressOf(query, {}, "/search", query.page - 1)} rel="prev">
            {say("The page before")}
          </a>
        </li>
      )}
      {query.page < pages && (
        <li>
          <a href={addressOf(query, {}, "/search", query.page + 1)} rel="next">
            {say("The next page")}
          </a>
        </li>
      )}
    </ul>
  </nav>
);

/** The same query with other choices; a choice begins at the first page again. */
function addressOf(
  { q, facets }: Query,
  change: Readonly<Partial<Record<FacetName, string | undefined>>>,
  path = "/search",
  page = 1,
): string {
  const query = new URLSearchParams();
  if (q !== "") query.set("q", q);
  for (const [name, value] of Object.entries({ ...facets, ...change }))
    if (value !== undefined) query.set(name, value);
  if (page > 1) query.set("page", String(page));
  return `${path}?${query.toString()}`;
}
