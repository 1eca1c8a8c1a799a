import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import {
  type PackagedDataset,
  type PackagedField,
  readDataPackage,
} from "../engine/datapackage.ts";
import {
  IMPORT_FORMATS,
  type Imported,
  importFile,
  type ImportFormat,
} from "../engine/import.ts";
import { readIfThere, writeWhole } from "../store/durable.ts";
import { isProcessAlive } from "../store/process-mark.ts";
import { showCount } from "../audit/says.ts";
import { rulingLines } from "../portal/findings.ts";
import { addressOf, call, demoFolder, messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import type { Delivery } from "./deliveries.ts";
import { registerOf } from "./local-register.ts";
import { actAnswer, deliveryResult, readAs } from "./read-as.ts";
import {
  demoSigners,
  draft,
  fileSigners,
  seenOf,
  sign,
  submissionText,
} from "./signing.ts";

type Options = {
  readonly dataset?: string;
  readonly format?: string;
  readonly folder: string;
  readonly system?: string;
  readonly data?: string;
  readonly open?: boolean;
  readonly as?: string[];
  readonly key?: string[];
  readonly url?: string;
  readonly column?: string[];
};

export function addImport(program: Command): void {
  program
    .command("import")
    .description(
      "import a file as the next vintage of a registered dataset, or register and import a Frictionless data package",
    )
    .argument(
      "<what>",
      "a file (CSV, TSV, JSON, NDJSON, GeoJSON, Parquet), or the word datapackage",
    )
    .argument("[file]", "the datapackage.json")
    .option(
      "--dataset <id>",
      "the registered dataset that the file is a vintage of",
    )
    .option(
      "--format <format>",
      `one of ${IMPORT_FORMATS.join(", ")}; by the file's name when absent`,
    )
    .option(
      "--column <pair...>",
      "field=header, where the header does not say it by itself",
    )
    .option(
      "--folder <dir>",
      "the office's folder on this machine",
      demoFolder(),
    )
    .option(
      "--system <id>",
      "for a data package: the information system that holds its datasets",
    )
    .option(
      "--data <dir>",
      "for a data package: where its files lie, from its own folder (vega-datasets: data)",
    )
    .option(
      "--open",
      "for a data package: every field is open to everybody (restricted by default)",
    )
    .option(
      "--as <post...>",
      "for a data package: sign with a demonstration key",
    )
    .option("--key <file...>", "for a data package: sign with key files")
    .option("--url <address>", "the office")
    .addHelpText(
      "after",
      "\nExamples:\n  vitrine import quakes.csv --dataset earthquakes\n  vitrine import datapackage data/datapackage.json --system weather-stations --open --as registrar",
    )
    .action((what: string, file: string | undefined, options: Options) =>
      runCommand(() =>
        what === "datapackage"
          ? importPackage(file, options)
          : importOne(what, options),
      ),
    );
}

async function importOne(file: string, options: Options): Promise<number> {
  if (options.dataset === undefined)
    throw new CouldNot(
      `Cannot import ${file}: name the dataset with --dataset`,
    );
  const act = (await registerOf(options.folder)).datasets.get(
    options.dataset,
  )?.act;
  if (act === undefined)
    throw new CouldNot(
      `Cannot import ${file} into ${options.dataset}: no such dataset is registered; register it with an act first`,
    );
  const columns = columnsOf(options.column ?? []);
  const imported = await importFile({
    file,
    fields: act.fields.map(({ name, type }) => ({ name, type })),
    outFolder: vintages(options.folder),
    columns,
    ...(options.format === undefined
      ? {}
      : { format: formatOf(options.format) }),
  });
  return deliver(options.folder, [
    { dataset: options.dataset, file: imported.file, rows: imported.rows },
  ]);
}

/** Everything is read before anything is registered: a broken row anywhere leaves the office as it was. */
async function importPackage(
  file: string | undefined,
  options: Options,
): Promise<number> {
  if (file === undefined)
    throw new CouldNot(
      "Cannot import a data package: name its datapackage.json",
    );
  if (options.system === undefined)
    throw new CouldNot(
      `Cannot import ${file}: name the information system that holds it with --system`,
    );
  const { systems } = await registerOf(options.folder);
  if (!systems.has(options.system))
    throw new CouldNot(
      `Cannot import ${file}: no information system ${options.system} is registered, want one of ${[...systems.keys()].join(", ")}`,
    );
  const { datasets, skipped } = await readDataPackage(file, options.data);
  for (const { resource, why } of skipped)
    console.log(`left out  ${resource}: ${why}`);
  const imported: Read[] = [];
  for (const resource of datasets) {
    const described = resource.fields;
    const columns = Object.fromEntries(
      described.map((f) => [f.name, f.header]),
    );
    const fields = described.map(({ name, type }) => ({ name, type }));
    const made = await importFile({
      file: resource.file,
      fields,
      columns,
      outFolder: vintages(options.folder),
      format: resource.format,
    });
    imported.push({ resource, fields: described, made });
    console.log(`read      ${resource.dataset}  ${showCount(made.rows)} rows`);
  }
  for (const read of imported)
    if (!(await register(read, options))) return EXIT.refused;
  return deliver(
    options.folder,
    imported.map(({ resource, made }) => ({
      dataset: resource.dataset,
      file: made.file,
      rows: made.rows,
    })),
  );
}

type Read = {
  readonly resource: PackagedDataset;
  readonly fields: readonly PackagedField[];
  readonly made: Imported;
};

async function register(
  { resource, fields }: Read,
  options: Options,
): Promise<boolean> {
  const address = await addressOf(options.url);
  const signers = [
    ...(await demoSigners(options.as ?? [])),
    ...(await fileSigners(options.key ?? [])),
  ];
  if (signers.length === 0)
    throw new CouldNot(
      `Cannot register ${resource.dataset}: want --as registrar (demonstration) or --key FILE`,
    );
  const classification = options.open === true ? "open" : "restricted";
  const { dataset, title, licence, source } = resource;
  const act = {
    kind: "dataset",
    dataset,
    title,
    system: options.system,
    fields: fields.map(({ name, type, meaning }) => ({
      name,
      type,
      meaning,
      classification,
      identifier: false,
    })),
    ...(licence === undefined ? {} : { licence }),
    ...(source === undefined ? {} : { source }),
  };
  const { office, seen, offsetMinutes } = await seenOf(address);
  const statement = draft(office, seen, act, signers, Date.now());
  const answer = await call(address, "/acts", {
    method: "POST",
    body: submissionText(sign(statement, signers)),
  });
  if (answer.status >= 400) throw new CouldNot(messageOf(answer));
  const { index, ruling } = readAs(actAnswer, answer.body, "answer");
  for (const line of rulingLines(statement.act, ruling, index, offsetMinutes))
    console.log(line);
  return ruling.outcome === "granted";
}

const WAIT_MS_MAX = 60_000;

/** Leaves notes for the running office and waits until it has entered the vintages; without one they wait for its next start. */
async function deliver(
  folder: string,
  deliveries: readonly Delivery[],
): Promise<number> {
  const mark =
    (await readIfThere(join(folder, "vitrine.mark")))?.toString("utf8") ?? "";
  let failed = false;
  for (const delivery of deliveries) {
    const note = join(folder, "inbox", `${delivery.dataset}.json`);
    const done = `${note}.done`;
    await fs.rm(done, { force: true });
    await writeWhole(note, JSON.stringify(delivery));
    if (!isProcessAlive(mark)) {
      console.log(
        `waiting   ${delivery.dataset}: the office does not run; it takes these ${showCount(delivery.rows)} rows in at its next start`,
      );
      continue;
    }
    const result = await awaitResult(done, delivery.dataset);
    await fs.rm(done, { force: true });
    if (result.error === undefined)
      console.log(
        `vintage   ${delivery.dataset}  ${showCount(delivery.rows)} rows  entry ${showCount(result.entry ?? 0)}`,
      );
    else console.error(result.error);
    failed ||= result.error !== undefined;
  }
  return failed ? EXIT.could_not : EXIT.done;
}

async function awaitResult(
  done: string,
  dataset: string,
): Promise<{ entry?: number; error?: string }> {
  for (const start = Date.now(); Date.now() - start < WAIT_MS_MAX;) {
    const bytes = await readIfThere(done);
    if (bytes !== undefined)
      return readAs(deliveryResult, JSON.parse(bytes.toString("utf8")), done);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new CouldNot(
    `Cannot see the vintage of ${dataset}: the office did not take it in within ${WAIT_MS_MAX / 1000} s; it is still in its inbox`,
  );
}

function vintages(folder: string): string {
  return join(folder, "vintages");
}

function formatOf(text: string): ImportFormat {
  const format = IMPORT_FORMATS.find((one) => one === text);
  if (format === undefined)
    throw new CouldNot(
      `Cannot read format ${text}: want one of ${IMPORT_FORMATS.join(", ")}`,
    );
  return format;
}

function columnsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.indexOf("=");
      if (cut < 1)
        throw new CouldNot(`Cannot read --column ${pair}: want field=header`);
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }),
  );
}
