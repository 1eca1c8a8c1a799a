import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { quote } from "../log/format-error.ts";
import { isOpen } from "../register/fields.ts";
import type { Dataset, ReadRegister } from "../register/register.ts";
import { wantsHtml } from "./accepts.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";
import { officeTitle, titleIn } from "./lang/title-in.ts";

/** As a client of CKAN says it and wants it: `__type` is how it tells errors apart. */
class Refusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly type: string;
  constructor(status: ContentfulStatusCode, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}
const missing = (message: string) =>
  new Refusal(404, "Not Found Error", message);
const invalid = (message: string) =>
  new Refusal(409, "Validation Error", message);

type Given = ReadonlyMap<string, string>;
type Action = {
  readonly takes: readonly string[];
  readonly answer: (
    register: ReadRegister,
    given: Given,
    at: string,
  ) => unknown;
};

const ROWS_MAX = 1_000;
const ROWS = 10;

const ACTIONS: Readonly<Record<string, Action>> = {
  package_list: {
    takes: ["limit", "offset"],
    answer: ({ datasets }, given) =>
      partOf([...datasets.keys()].toSorted(), given, "offset", "limit"),
  },
  package_show: {
    takes: ["id"],
    answer: (register, given, at) =>
      packageOf(register, given.get("id") ?? "", at),
  },
  package_search: { takes: ["q", "rows", "start"], answer: search },
  resource_show: {
    takes: ["id"],
    answer: ({ datasets }, given, at) => {
      const id = given.get("id") ?? "";
      const [, name = ""] = /^(.*)\.[a-z]+$/.exec(id) ?? [];
      const dataset = datasets.get(name)?.act;
      const found =
        dataset === undefined
          ? undefined
          : resourcesOf(dataset, at).find((one) => one.id === id);
      if (found === undefined)
        throw missing(`No resource ${quote(id)} is here`);
      return found;
    },
  },
};

/**
 * `GET /api/3/action/<action>`: the catalogue as clients of CKAN's read API want it: `package_list`, `package_show`, `package_search` and
 * `resource_show`. It says what is registered and leads to the gate; rows leave there alone, so there is no `datastore_search`. Public.
 */
export function ckanRoutes(
  app: Hono,
  { office }: { readonly office: { readonly register: ReadRegister } },
): void {
  const answer = (c: Context) => {
    const { origin } = new URL(c.req.url);
    try {
      const result = asked(c).answer(
        ...([office.register, readGiven(c), origin] as const),
      );
      return c.json({ help: `${origin}/openapi.json`, success: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, type, message } = error;
      if (wantsHtml(c))
        return showError(c, errorBody("refused", message), status);
      return c.json(
        { success: false, error: { __type: type, message } },
        status,
      );
    }
  };
  app.get("/api/3/action/:action", answer);
  // As ckanapi asks: CKAN answers without the number of its version as well.
  app.get("/api/action/:action", answer);
}

function asked(c: Context): Action {
  const name = c.req.param("action") ?? "";
  const found = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (found !== undefined) return found;
  throw missing(
    `No action ${quote(name)} is here: want one of ${Object.keys(ACTIONS).join(", ")}`,
  );
}

/** What is not taken is refused: a client that narrows a search has to know that it was not narrowed. */
function readGiven(c: Context): Given {
  const { takes } = asked(c);
  const given = [...new URL(c.req.url).searchParams];
  for (const [name] of given)
    if (!takes.includes(name))
      throw invalid(
        `Cannot take ${quote(name)}: want ${takes.join(", ") || "nothing"}`,
      );
  return new Map(given);
}

function partOf<T>(
  all: readonly T[],
  given: Given,
  from: string,
  most: string,
): readonly T[] {
  const start = wholeIn(given, from, 0);
  const count = wholeIn(given, most, all.length);
  return all.slice(start, start + count);
}

function wholeIn(given: Given, name: string, none: number): number {
  const text = given.get(name);
  if (text === undefined) return none;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw invalid(`Cannot read ${name} ${quote(text)}: want a whole number`);
}

/** As many as the search of the pages takes. */
const QUERY_CHARACTERS_MAX = 200;

/** Every word is in the id or in a title; `*:*` is how CKAN's clients ask for all. */
function search(register: ReadRegister, given: Given, at: string) {
  const asked = (given.get("q") ?? "").replace("*:*", "").toLowerCase();
  if (asked.length > QUERY_CHARACTERS_MAX)
    throw invalid(
      `Cannot search for ${asked.length} characters: want at most ${QUERY_CHARACTERS_MAX}`,
    );
  const words = [...new Set(asked.split(/\s+/))];
  const found = [...register.datasets.values()]
    .map(({ act }) => act)
    .filter((act) => {
      const said = [
        act.dataset,
        act.title,
        ...(act.titles ?? []).map((one) => one.title),
      ];
      const text = said.join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map(({ dataset }) => dataset)
    .toSorted();
  const rows = String(Math.min(ROWS_MAX, wholeIn(given, "rows", ROWS)));
  return {
    count: found.length,
    sort: "name asc",
    results: partOf(
      found,
      new Map([...given, ["rows", rows]]),
      "start",
      "rows",
    ).map((id) => packageOf(register, id, at)),
    ...{ facets: {}, search_facets: {} },
  };
}

function packageOf(register: ReadRegister, id: string, at: string) {
  const found = register.datasets.get(id);
  if (found === undefined)
    throw missing(`No dataset ${quote(id)} is registered`);
  const { act } = found;
  const body = register.systems.get(act.system)?.act.body ?? "";
  const organisation = register.bodies.get(body)?.act;
  const resources = resourcesOf(act, at);
  return {
    ...{ id, name: id, type: "dataset", state: "active", private: false },
    title: titleIn(act),
    url: `${at}/datasets/${id}`,
    isopen: isOpen(act),
    ...(act.licence === undefined ? {} : { license_title: act.licence }),
    ...(act.source === undefined ? {} : { author: act.source }),
    maintainer: officeTitle(register),
    owner_org: body,
    ...(organisation === undefined
      ? {}
      : {
          organization: { id: body, name: body, title: titleIn(organisation) },
        }),
    metadata_created: new Date(found.at).toISOString(),
    extras: [
      { key: "entry", value: String(found.entry) },
      { key: "proof", value: `${at}/proof/register/${found.entry}` },
    ],
    ...{ resources, num_resources: resources.length },
  };
}

/** Where open data are to be had, each fetch a use that is counted; what needs a permit has no address that anybody may fetch. */
function resourcesOf(act: Dataset, at: string) {
  if (!isOpen(act)) return [];
  const id = act.dataset;
  const forms = [
    ["csv", "text/csv", `${at}/data/${id}?format=csv`],
    ["json", "application/json", `${at}/data/${id}?format=json`],
    ...(act.live === undefined
      ? [
          [
            "parquet",
            "application/vnd.apache.parquet",
            `${at}/files/${id}.parquet`,
          ] as const,
        ]
      : []),
  ] as const;
  return forms.map(([format, mimetype, url]) => ({
    ...{ id: `${id}.${format}`, name: `${id}.${format}`, package_id: id },
    ...{ format: format.toUpperCase(), mimetype, url, state: "active" },
  }));
}
