import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { showCount } from "../audit/says.ts";
import { quote } from "../log/format-error.ts";
import {
  REPORT_TYPES,
  type ReportForm,
  showCell,
} from "../portal/report-files.ts";
import { bytesOf } from "../portal/report-routes.tsx";
import {
  isReportKind,
  type Report,
  reportKinds,
  reportOf,
} from "../reports/report.ts";
import { writeWhole } from "../store/durable.ts";
import { addressOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { foldOf } from "./local-register.ts";
import { printRows } from "./print-rows.ts";
import { readRegister } from "./read-register.ts";

type Options = {
  readonly year?: string;
  readonly format?: string;
  readonly out?: string;
};

export function addReport(program: Command): void {
  program
    .command("report")
    .description(
      "what the law makes the office send, filled from its register, with the gaps listed",
    )
    .argument(
      "<kind>",
      `one of ${reportKinds.map(({ kind }) => kind).join(", ")}`,
    )
    .argument(
      "[place]",
      "address of the office, or a folder with its logs; the office beside us by default",
    )
    .option("--year <year>", "of which year; the last one by default")
    .option(
      "--format <format>",
      `${Object.keys(REPORT_TYPES).join(", ")}; xlsx by default, or as --out ends`,
    )
    .option("--out <file>", "where to write it; KIND-YEAR.FORMAT by default")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine report disclosure --year 2025\nEnds with 0 also where there are gaps: they are listed in the report.",
    )
    .action((kind: string, place: string | undefined, options: Options) =>
      runCommand(() => report(kind, place, options)),
    );
}

async function report(
  kind: string,
  place: string | undefined,
  options: Options,
): Promise<number> {
  if (!isReportKind(kind))
    throw new CouldNot(
      `Cannot report ${quote(kind)}: want one of ${reportKinds.map((one) => one.kind).join(", ")}`,
    );
  const year = yearIn(options.year);
  const format = formatIn(options);
  const log = await readRegister(place ?? (await addressOf(undefined)));
  const register = await foldOf(log);
  const made = reportOf(register, kind, {
    now: log.asOf,
    ...(year === undefined ? {} : { year }),
  });
  if ("says" in made)
    throw new CouldNot(
      `Cannot report ${kind}${year === undefined ? "" : ` of ${year}`}: ${made.says}`,
    );
  const path =
    options.out ??
    `${kind}${made.year === undefined ? "" : `-${made.year}`}.${format}`;
  await write(path, await bytesOf(made, format));
  say(made, path);
  return EXIT.done;
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) throw new Error("it is a folder");
    await writeWhole(path, bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown error";
    throw new CouldNot(
      `Cannot write ${path}: ${why}; want the name of a file in a folder that this account may write in`,
      { cause },
    );
  }
}

function yearIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{4}$/.test(text))
    throw new CouldNot(
      `Cannot read --year ${quote(text)}: want four digits, as in 2025`,
    );
  return Number(text);
}

function formatIn({ format, out }: Options): ReportForm {
  const text = format ?? /\.([a-z]+)$/.exec(out ?? "")?.[1] ?? "xlsx";
  const found = (["xlsx", "csv", "json"] as const).find((one) => one === text);
  if (found === undefined)
    throw new CouldNot(
      `Cannot write ${quote(text)}: want --format ${Object.keys(REPORT_TYPES).join(", ")}`,
    );
  return found;
}

function say(made: Report, path: string): void {
  const { title, year, office, rule, cites, notices, sections, gaps } = made;
  console.log(`${title}${year === undefined ? "" : ` ${year}`}   ${office}`);
  console.log(`wanted by  ${rule}, ${cites}`);
  for (const notice of notices) console.log(`notice     ${notice}`);
  console.log(
    `made       ${made.at}, from ${showCount(made.entries)} entries\n`,
  );
  printRows(
    sections.map((section) => ({
      section: section.title,
      rows: section.rows.length,
      gaps: gaps.filter((gap) => gap.section === section.title).length,
    })),
  );
  console.log(`\n${gaps.length === 0 ? "no gaps" : "gaps"}`);
  for (const { gap, missing, fill, section, where } of gaps) {
    const of = where.length === 0 ? "" : ` (${where.join(", ")})`;
    console.log(`${showCell(gap).padStart(3)}  ${section}: ${missing}${of}`);
    console.log(`     filled by ${fill}`);
  }
  console.log(`\nwritten    ${path}`);
}
