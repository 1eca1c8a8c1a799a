import { readFile, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import * as z from "zod/mini";
import { explain } from "../acts/explain.ts";
import { type FieldType, slug, title } from "../acts/shapes.ts";
import { fieldNames } from "./column-names.ts";
import { IMPORT_FORMATS, type ImportFormat, proposeFields } from "./import.ts";
import { ImportError, show } from "./import-error.ts";

const named = z.array(
  z.object({ title: z.optional(z.string()), name: z.optional(z.string()) }),
);

const packaged = z.object({
  title: z.optional(z.string()),
  name: z.optional(z.string()),
  licenses: z.optional(named),
  sources: z.optional(named),
  resources: z
    .array(
      z.object({
        name: z.string("a name"),
        title: z.optional(z.string()),
        path: z.optional(
          z.union(
            [z.string(), z.array(z.string())],
            "a path or a list of paths",
          ),
        ),
        format: z.optional(z.string()),
        licenses: z.optional(named),
        sources: z.optional(named),
        schema: z.optional(
          z.union([
            z.object({
              fields: z.array(
                z.object({
                  name: z.string("a name"),
                  type: z.optional(z.string()),
                  description: z.optional(z.string()),
                }),
              ),
            }),
            z.string(),
          ]),
        ),
      }),
    )
    .check(z.minLength(1, "a list with at least one resource")),
});

type Resource = z.infer<typeof packaged>["resources"][number];

/** A field as a data package describes it; `header` is its column in the file. */
export type PackagedField = {
  readonly name: string;
  readonly type: FieldType;
  readonly meaning: string;
  readonly header: string;
};

/** What a resource proposes to register: its schema's fields, or those of its file (`proposeFields`) where it has none. */
export type PackagedDataset = {
  readonly dataset: string;
  readonly title: string;
  readonly licence?: string;
  readonly source?: string;
  readonly fields: readonly PackagedField[];
  readonly file: string;
  readonly format: ImportFormat;
};

/** `skipped`: the resources that Vitrine cannot import (images, maps of lines), and why. */
export type DataPackage = {
  readonly title: string;
  readonly datasets: readonly PackagedDataset[];
  readonly skipped: readonly {
    readonly resource: string;
    readonly why: string;
  }[];
};

/**
 * Reads a Frictionless data package. Paths are relative to its folder, or to `folder` where a publisher keeps the
 * files elsewhere (vega-datasets: `data`). Nothing is fetched and nothing outside the folder is read: a resource at a
 * URL, at an absolute path or behind a link that leads out throws `ImportError`, as does a file that is not there.
 */
export async function readDataPackage(
  file: string,
  folder = ".",
): Promise<DataPackage> {
  const found = parse(file, await textOf(file));
  const base = resolve(dirname(file), folder);
  const datasets: PackagedDataset[] = [];
  const skipped: { resource: string; why: string }[] = [];
  for (const resource of found.resources) {
    const made = await proposed(file, base, resource, found);
    if (typeof made === "string")
      skipped.push({ resource: resource.name, why: made });
    else datasets.push(made);
  }
  const twice = datasets.find(
    ({ dataset }, i) =>
      datasets.findIndex((other) => other.dataset === dataset) < i,
  );
  if (twice !== undefined)
    throw new ImportError(file, `two resources are called ${twice.dataset}`);
  return {
    title: line(found.title ?? found.name ?? "data package"),
    datasets,
    skipped,
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new ImportError(file, "there is no such file to be read", { cause });
  }
}

function parse(file: string, text: string): z.infer<typeof packaged> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ImportError(file, "it is not JSON", { cause });
  }
  const read = packaged.safeParse(value);
  if (!read.success) throw new ImportError(file, explain(read.error, value));
  return read.data;
}

/** The file of a resource; undefined for a resource that has not exactly one. */
async function pathOf(
  file: string,
  base: string,
  { name, path }: Resource,
): Promise<string | undefined> {
  const paths =
    path === undefined ? [] : typeof path === "string" ? [path] : path;
  for (const one of paths) {
    // Backslashes and drive letters are somebody's way out on some machine.
    const escapes =
      one === "" ||
      isAbsolute(one) ||
      one.includes("\\") ||
      one.includes("\0") ||
      /^[A-Za-z][A-Za-z0-9+.-]*:/.test(one) ||
      one.split("/").includes("..");
    if (escapes)
      throw new ImportError(
        file,
        `resource ${name} has the path ${show(one)}, want a relative path within the package`,
      );
  }
  const [only, ...others] = paths;
  if (only === undefined || others.length > 0) return undefined;
  let real: string;
  try {
    real = await realpath(join(base, only));
  } catch (cause) {
    throw new ImportError(
      file,
      `resource ${name} has the path ${show(only)}, and there is no such file in ${base}`,
      { cause },
    );
  }
  const within = relative(await realpath(base), real);
  if (within === ".." || within.startsWith("../") || isAbsolute(within))
    throw new ImportError(
      file,
      `resource ${name} has the path ${show(only)}, a link that leads out of the package`,
    );
  return real;
}

function formatOf(resource: Resource, path: string): ImportFormat | undefined {
  const wanted = (resource.format ?? path.slice(path.lastIndexOf(".") + 1))
    .toLowerCase()
    .replace(/^\./, "");
  return wanted === "jsonl"
    ? "ndjson"
    : IMPORT_FORMATS.find((format) => format === wanted);
}

/** What a resource proposes, or why it cannot be imported. */
async function proposed(
  file: string,
  base: string,
  resource: Resource,
  found: z.infer<typeof packaged>,
): Promise<PackagedDataset | string> {
  const path = await pathOf(file, base, resource);
  if (path === undefined)
    return "its data are in several files or in the package itself";
  const format = formatOf(resource, path);
  if (format === undefined)
    return `its format is ${resource.format ?? "not given"}, want one of ${IMPORT_FORMATS.join(", ")}`;
  // A schema kept in another file is not followed.
  const fields =
    typeof resource.schema === "object"
      ? fieldsOf(resource.schema.fields)
      : await fieldsIn(path, format);
  if (typeof fields === "string") return fields;
  const licence = titlesOf(resource.licenses ?? found.licenses);
  const source = titlesOf(resource.sources ?? found.sources);
  return {
    dataset: idOf(file, resource.name),
    title: line(resource.title ?? resource.name),
    ...(licence === undefined ? {} : { licence }),
    ...(source === undefined ? {} : { source }),
    fields,
    file: path,
    format,
  };
}

function idOf(file: string, name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replace(/^-+|-+$/g, "");
  if (!slug.safeParse(id).success)
    throw new ImportError(
      file,
      `resource ${show(name)} gives no id, want letters a-z or digits in its name`,
    );
  return id;
}

async function fieldsIn(
  path: string,
  format: ImportFormat,
): Promise<readonly PackagedField[] | string> {
  try {
    return (await proposeFields(path, format)).map((field) => ({
      ...field,
      meaning: line(field.header),
    }));
  } catch (error) {
    if (error instanceof ImportError) return error.message;
    throw error;
  }
}

function titlesOf(list: z.infer<typeof named> | undefined): string | undefined {
  const titles = (list ?? []).flatMap((one) => one.title ?? one.name ?? []);
  return titles.length === 0 ? undefined : line(titles.join("; "));
}

const TYPES: ReadonlyMap<string, FieldType> = new Map([
  ["integer", "integer"],
  ["year", "integer"],
  ["number", "decimal"],
  ["boolean", "boolean"],
  ["date", "date"],
  ["datetime", "instant"],
]);

function fieldsOf(
  fields: readonly {
    name: string;
    type?: string | undefined;
    description?: string | undefined;
  }[],
): readonly PackagedField[] {
  const names = fieldNames(fields.map(({ name }) => name));
  return fields.map(({ name, type, description }, i) => ({
    name: names[i] ?? "",
    type: TYPES.get(type ?? "string") ?? "text",
    meaning: line(description ?? name),
    header: name,
  }));
}

/** What others wrote, as a title: one line of at most 200 characters. */
function line(text: string): string {
  const flat = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  const characters = Array.from(flat);
  const short =
    characters.length > 200 ? `${characters.slice(0, 199).join("")}…` : flat;
  return title.safeParse(short).success ? short : "untitled";
}
