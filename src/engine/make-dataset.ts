import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import { dataset } from "../acts/data.ts";
import { explain } from "../acts/explain.ts";
import { type Imported, importFile, importTable } from "./import.ts";
import { ImportError } from "./import-error.ts";
import { inWorkshop } from "./workshop.ts";

/** A file of an npm package, and the headers of the fields whose names do not say them. */
const sourceFile = z.strictObject({
  package: z.string(),
  path: z.string(),
  columns: z.exactOptional(z.record(z.string(), z.string())),
});

/**
 * Makes the rows of a demonstration dataset: `folder` holds `dataset.json` (the act's payload) and either `make.sql`
 * (one SELECT that invents the rows) or `source.json` (a file of an npm package). A `prelude.sql` beside the folder is
 * run before the SELECT: what several datasets share, such as the invented people who stand in more than one.
 */
export async function makeDataset(
  folder: string,
  outFolder: string,
): Promise<Imported> {
  const act = await readJson(join(folder, "dataset.json"), dataset);
  const fields = act.fields.map(({ name, type }) => ({ name, type }));
  const script = join(folder, "make.sql");
  const select = await readIfThere(script);
  if (select === undefined) {
    const {
      package: name,
      path,
      columns = {},
    } = await readJson(join(folder, "source.json"), sourceFile);
    return importFile({
      file: join(packageFolder(name), path),
      fields,
      columns,
      outFolder,
    });
  }
  const prelude = await readIfThere(join(folder, "..", "prelude.sql"));
  return inWorkshop(outFolder, undefined, async (workshop) => {
    try {
      if (prelude !== undefined) await workshop.connection.run(prelude);
      await workshop.connection.run(`create table made as (${select}\n)`);
    } catch (cause) {
      throw new ImportError(script, "DuckDB cannot run it", { cause });
    }
    return importTable(workshop, script, "made", fields);
  });
}

async function readJson<S extends z.ZodMiniType>(
  file: string,
  schema: S,
): Promise<z.infer<S>> {
  const value: unknown = JSON.parse(await readFile(file, "utf8"));
  const read = schema.safeParse(value);
  if (!read.success) throw new ImportError(file, explain(read.error, value));
  return read.data;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
      return undefined;
    throw cause;
  }
}

/** Where an installed package lies: its entry point is below its folder, which has its name. */
function packageFolder(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!folder.endsWith(`/node_modules/${name}`)) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error(
        `Cannot find the package ${name}: its entry point is not below node_modules/${name}`,
      );
    folder = above;
  }
  return folder;
}
