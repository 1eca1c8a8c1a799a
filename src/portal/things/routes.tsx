import type { Context, Handler, Hono } from "hono";
import type { FC } from "hono/jsx";
import { Malformed } from "../../acts/canonical.ts";
import { quote } from "../../log/format-error.ts";
import { wantsHtml } from "../accepts.ts";
import { canonicalId, mustBePlain } from "../canonical-id.ts";
import { errorBody } from "../errors.ts";
import { Frame } from "../frame.tsx";
import { type Message, say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { mapOf, PLACES, type ThingKind } from "./ref.ts";
import type { World } from "./world.ts";

const JSON_SUFFIX = ".json";

type Queries = Readonly<Record<string, string | undefined>>;

/** A list, at the place of its kind; what it is narrowed by stands in its query, and each name of that is its own. */
export type ListRoute<V> = {
  readonly path: string;
  readonly queries?: readonly string[];
  readonly view: (
    world: World,
    page: number,
    queries: Queries,
  ) => V | Promise<V>;
  readonly Page: FC<{ readonly view: V }>;
};

export function listRoute<V extends object>(
  app: Hono,
  world: () => World,
  { path, queries = [], view, Page }: ListRoute<V>,
): void {
  const read = async (c: Context): Promise<V> =>
    view(
      world(),
      readPage(c.req.query("page")),
      Object.fromEntries(queries.map((name) => [name, c.req.query(name)])),
    );
  app.get(path, async (c) => showPage(c, <Page view={await read(c)} />));
  app.get(`${path}${JSON_SUFFIX}`, async (c) => c.json(await read(c)));
}

/** One thing as a page, and as JSON at the address that ends so. */
export type ThingRoute<V> = {
  readonly kind: ThingKind;
  readonly view: (world: World, id: string) => Promise<V | undefined>;
  readonly Page: FC<{ readonly view: V }>;
  /** Programs are answered by another route of the same address. */
  readonly pageOnly?: boolean;
};

export function thingRoute<V extends object>(
  app: Hono,
  world: () => World,
  { kind, view, Page, pageOnly }: ThingRoute<V>,
): void {
  const show: Handler = async (c, next) => {
    const here = world();
    const { id, isTwin } = thingIn(c, kind, here);
    if (pageOnly === true && !isTwin && !wantsHtml(c)) return next();
    const found = await view(here, id);
    if (found === undefined) return nothing(c, kind, id, isTwin);
    return isTwin ? c.json(found) : showPage(c, <Page view={found} />);
  };
  const place = `${PLACES[kind]}/:${kind}`;
  app.get(`${place}{.+\\.json}`, show);
  app.get(place, show);
}

/** An id may end as the address of its twin does: what is registered under the whole of it comes first. */
function thingIn(
  c: Context,
  kind: ThingKind,
  { register }: World,
): { readonly id: string; readonly isTwin: boolean } {
  mustBePlain(c);
  const given = canonicalId(c.req.param(kind) ?? "");
  const isTwin =
    given.endsWith(JSON_SUFFIX) && !mapOf(register, kind).has(given);
  return {
    id: isTwin ? given.slice(0, -JSON_SUFFIX.length) : given,
    isTwin,
  };
}

/** What is not registered is not there: programs hear it in the one shape of errors, people where to look instead. */
export function nothing(
  c: Context,
  kind: ThingKind,
  id: string,
  isTwin = false,
): Response | Promise<Response> {
  const error = errorBody("notFound", `No ${kind} ${id} is registered`, "I1");
  if (isTwin || !wantsHtml(c)) return c.json(error, 404);
  return showPage(c, <NothingPage kind={kind} id={id} />, 404);
}

const LISTS = {
  dataset: "All datasets",
  product: "All products",
  body: "All public bodies",
  system: "All information systems",
  organisation: "All organisations",
  authorisation: "All authorisations",
  permit: "All permits",
  fee: "All prices",
  post: "All posts",
  contribution: "All that is lent",
} as const satisfies Record<ThingKind, Message>;

const NothingPage: FC<{ readonly kind: ThingKind; readonly id: string }> = ({
  kind,
  id,
}) => (
  <Frame
    title={say("Nothing is at this address")}
    lead={<h1>{say("Nothing is at this address")}</h1>}
  >
    <p>
      {say(
        "Nothing is registered here under the id {id}. What is not registered is not served: it may be spelled another way, or never have been entered.",
        { id },
      )}
    </p>
    <h2>{say("What you can do")}</h2>
    <ul>
      <li>
        <a href={PLACES[kind]}>{say(LISTS[kind])}</a>
      </li>
      <li>
        <a href="/">{say("Go to the front page")}</a>
      </li>
    </ul>
  </Frame>
);

function readPage(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new Malformed(
    `Cannot read page ${quote(text)}: want a number of 1 or more`,
  );
}
