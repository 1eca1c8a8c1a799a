import { promises as fs } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import { fieldName, listOf, slug } from "../acts/shapes.ts";
import { HttpSource, type ServicePlace } from "../engine/http-source.ts";
import type { Limits } from "../engine/vintage.ts";
import { PostgresSource } from "../engine/postgres.ts";
import type { PostgresPlace, Served } from "../engine/postgres-table.ts";
import type { Source } from "../engine/source.ts";
import { isMissing } from "../store/durable.ts";

/** Where the datasets of an office that have no vintages are asked. */
export type SourcesConfig = ReadonlyMap<string, PlaceOf>;
type PlaceOf =
  { readonly postgres: PostgresPlace } | { readonly service: ServicePlace };

const text = z.string("text");
/** May hold a credential: what is wrong with it is said without showing it. */
const secret = z.optional(z.unknown());
const names = z.record(fieldName, text);

const postgresPlace = z.strictObject({
  url: secret,
  schema: text,
  table: text,
  columns: z.exactOptional(names),
  key: listOf(fieldName, 1, 8),
});
const servicePlace = z.strictObject({
  url: secret,
  format: z.enum(["json", "csv"], "json or csv"),
  rows: z.exactOptional(
    text.check(z.regex(/^(?:\/.*)?$/, "a JSON pointer such as /data/rows")),
  ),
  members: z.exactOptional(names),
  optional: z.exactOptional(listOf(fieldName, 1, 128)),
  headers: z.exactOptional(z.record(z.string(), secret)),
  operations: listOf(
    z.strictObject({
      operation: text,
      by: listOf(fieldName, 0, 8),
      path: text,
      query: z.exactOptional(names),
    }),
    1,
    32,
  ),
  absent: z.exactOptional(z.int("a status such as 404")),
});
const entry = z.strictObject({
  postgres: z.exactOptional(postgresPlace),
  service: z.exactOptional(servicePlace),
});
const sourcesFile = z.record(slug, entry);

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads `sources.json` of an office's folder; without one all data are vintages. `${NAME}` in an address or a header
 * stands for what the environment says. Throws `Malformed` naming file and member.
 */
export async function readSources(
  folder: string,
  env: Env,
): Promise<SourcesConfig> {
  const path = join(folder, "sources.json");
  const file = await readIfThere(path);
  if (file === undefined) return new Map();
  const read = z.safeParse(sourcesFile, parsed(path, file));
  if (!read.success)
    throw new Malformed(
      `Cannot read ${path}: ${explain(read.error, withoutTexts(parsed(path, file)))}`,
    );
  return new Map(
    Object.entries(read.data).map(([dataset, of]) => [
      dataset,
      placeOf(
        of,
        (member, why) =>
          new Malformed(`Cannot read ${path}: ${dataset}${member} ${why}`),
        env,
      ),
    ]),
  );
}

function placeOf(
  { postgres, service }: z.infer<typeof entry>,
  unfit: Unfit,
  env: Env,
): PlaceOf {
  const told = teller(unfit, env);
  if (postgres !== undefined && service === undefined) {
    const url = told(".postgres.url", postgres.url);
    checkUrl(url, ["postgres:", "postgresql:"], ".postgres.url", unfit);
    return { postgres: { ...postgres, url } };
  }
  if (service === undefined || postgres !== undefined)
    throw unfit("", "is to be in one place, want postgres or service");
  const url = told(".service.url", service.url);
  checkUrl(url, ["http:", "https:"], ".service.url", unfit);
  if (new URL(url).username !== "")
    throw unfit(".service.url", "holds a user, want credentials in headers");
  const headers = Object.fromEntries(
    Object.entries(service.headers ?? {}).map(([name, value]) => {
      const member = `.service.headers.${name}`;
      return [name, headerOf(name, told(member, value), member, unfit)];
    }),
  );
  return { service: { ...service, url, headers } };
}

/** Any text of the file may be a credential that stands in the wrong place. */
function withoutTexts(value: unknown): unknown {
  if (typeof value === "string") return "…";
  if (Array.isArray(value)) return value.map(withoutTexts);
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, withoutTexts(one)]),
      )
    : value;
}

/** A registered dataset, whether its act says that it is asked where it is kept, and by which fields a service is asked. */
export type Registered = Served & {
  readonly live?: "table" | "service";
  readonly operations?: readonly Asked[];
};
type Asked = { readonly operation: string; readonly by: readonly string[] };

/** Opens what is configured for datasets that are registered as live; `tell` hears of what is missing, or away. */
export async function openSources(
  config: SourcesConfig,
  datasets: Iterable<Registered>,
  limits: Partial<Limits> | undefined,
  tell: (line: string) => void,
): Promise<Map<string, Source>> {
  const known = new Map([...datasets].map((one) => [one.dataset, one]));
  for (const dataset of config.keys())
    if (!known.has(dataset))
      tell(
        `Cannot open source of ${dataset}: no such dataset is registered; it is opened at the next start after it is`,
      );
  const opened = new Map<string, Source>();
  try {
    for (const served of known.values()) {
      const { dataset, live } = served;
      const place = config.get(dataset);
      if (place !== undefined) {
        mustBe("postgres" in place ? "table" : "service", served);
        if ("service" in place)
          mustBeRegistered(served, place.service.operations);
        opened.set(
          dataset,
          "postgres" in place
            ? await PostgresSource.open(served, place.postgres, limits, tell)
            : new HttpSource(served, place.service, limits),
        );
      } else if (live !== undefined)
        tell(
          `Cannot open source of ${dataset}: it is registered as a live ${live}, and sources.json says nowhere where it is`,
        );
    }
    return opened;
  } catch (error) {
    await Promise.all([...opened.values()].map((source) => source.close()));
    throw error;
  }
}

/** What the public is told of a dataset's rows is what the office does. */
function mustBe(live: "table" | "service", served: Registered): void {
  if (served.live !== live)
    throw new Malformed(
      `Cannot open source of ${served.dataset}: it is registered ${served.live === undefined ? "with vintages" : `as a live ${served.live}`}, want a dataset that is registered as a live ${live}`,
    );
}

function mustBeRegistered(
  { dataset, operations = [] }: Registered,
  configured: readonly Asked[],
): void {
  const said = ({ operation, by }: Asked): string =>
    `${operation} by ${by.length === 0 ? "nothing" : by.toSorted().join(" and ")}`;
  const registered = new Set(operations.map(said));
  for (const one of configured)
    if (!registered.has(said(one)))
      throw new Malformed(
        `Cannot open source of ${dataset}: sources.json has operation ${said(one)}, want one that is registered: ${[...registered].join(", ")}`,
      );
}

type Unfit = (member: string, why: string) => Malformed;

/** Text with what the environment says put in. */
function teller(unfit: Unfit, env: Env) {
  return (member: string, value: unknown): string => {
    if (typeof value !== "string")
      throw unfit(member, value === undefined ? "is missing" : "is no text");
    return value.replace(
      /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g,
      (_, name: string) => {
        const said = env[name];
        if (said === undefined)
          throw unfit(
            member,
            `needs the environment variable ${name}, which is not set`,
          );
        return said;
      },
    );
  };
}

function checkUrl(
  url: string,
  schemes: readonly string[],
  member: string,
  unfit: Unfit,
): void {
  if (!URL.canParse(url) || !schemes.includes(new URL(url).protocol))
    throw unfit(
      member,
      `is no address, want one with ${schemes.join("// or ")}//`,
    );
}

function headerOf(
  name: string,
  value: string,
  member: string,
  unfit: Unfit,
): string {
  try {
    new Headers([[name, value]]);
  } catch {
    throw unfit(member, "cannot be sent, want the name and value of a header");
  }
  return value;
}

function parsed(path: string, file: string): unknown {
  try {
    return JSON.parse(file);
  } catch (cause) {
    // What a parser shows of a text may be a credential.
    throw new Malformed(`Cannot read ${path}: it is no JSON`, { cause });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
