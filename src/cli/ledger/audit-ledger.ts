import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Command } from "commander";
import { aliasTable } from "../../audit/ledger/aliases.ts";
import {
  checkClaim,
  claimProblem,
  claimSums,
} from "../../audit/ledger/claim.ts";
import type { LedgerReport, Unchecked } from "../../audit/ledger/ledger.ts";
import { formatMapping } from "../../audit/ledger/mapping.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import { withLedgerEngine } from "../../engine/ledger/count-engine.ts";
import { countLedger } from "../../engine/ledger/count.ts";
import { listReceipts, writeReceipts } from "../../engine/ledger/list.ts";
import { readFees } from "../../engine/ledger/read-fees.ts";
import {
  guessMapping,
  type LedgerFiles,
  NOT_READ,
  readLedger,
} from "../../engine/ledger/read-ledger.ts";
import {
  receiptWords,
  REJECTS_HEADINGS,
} from "../../portal/ledger/receipt-words.ts";
import { RECEIPTS_MAX } from "../../portal/ledger/pack.ts";
import { renderScreen } from "../../portal/ledger/screen.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { programName } from "./program-name.ts";
import {
  aliasesIn,
  currencyOf,
  madeFolder,
  mappingIn,
  noteBeside,
  stemOf,
} from "./inputs.ts";
import { ledgerProgress } from "./progress.ts";
import { guessLines } from "./show-guess.ts";
import { REPORT_FILES, writeReport } from "./write-report.ts";

type Options = {
  readonly fees?: string;
  readonly claimed?: string;
  readonly map?: string;
  readonly guess?: boolean;
  readonly saveMap?: string;
  readonly aliases?: string;
  readonly currency?: string;
  readonly lang: string;
  readonly out?: string;
  readonly payers: boolean;
  readonly receipts?: boolean;
};

export function addAuditLedger(audit: Command): void {
  audit
    .command("ledger")
    .description(
      "hold receipts against a list of approved fees, to the last minor unit; needs no office, no account and no network",
    )
    .argument(
      "<receipts...>",
      "CSV, XLSX, JSON or NDJSON, one file or hundreds",
    )
    .option("--fees <file>", "the approved fees, as CSV, XLSX or JSON")
    .option(
      "--claimed <amount>",
      'what somebody says the sum is, such as "2.48 billion CNY"',
    )
    .option("--guess", "only show how the files would be read, with three rows")
    .option(
      "--save-map <file>",
      "save how the first file is read, to be corrected and given with --map",
    )
    .option("--map <file>", "how the files are to be read")
    .option(
      "--aliases <file>",
      "names that mean the same: CSV with role,name,means",
    )
    .option("--currency <code>", "of amounts that name none (CNY)")
    .option("--lang <language>", "en or zh", defaultLanguage())
    .option(
      "--out <folder>",
      "where the report goes; by default RECEIPTS.audit in this folder",
    )
    .option(
      "--receipts",
      "write receipts.csv, every receipt with its outcome, though the page holds them all",
    )
    .option("--no-payers", "leave payers out of every file of the report")
    .addHelpText(
      "after",
      `
Example:
  vitrine audit ledger examples/fees-2018-2023/receipts.csv --fees examples/fees-2018-2023/approved.csv --claimed "2.48 billion CNY"
Ends with 0 when every line was counted or is in the file of those that could not be read, 2 could not.`,
    )
    .action((files: string[], options: Options) =>
      runCommand(() => auditLedger(files, options)),
    );
}

async function auditLedger(
  files: readonly string[],
  options: Options,
): Promise<number> {
  const language = languageOf(options.lang);
  if (options.guess === true || options.saveMap !== undefined)
    return showGuess(files, options);
  const { fees } = options;
  if (fees === undefined)
    throw new CouldNot(
      "Cannot hold receipts against nothing: want --fees FILE, the list of approved fees (--guess shows how the receipts would be read)",
    );
  const { claimed } = options;
  const problem =
    claimed === undefined
      ? undefined
      : claimProblem(claimed, currencyOf(options.currency) ?? "CNY");
  if (problem !== undefined)
    throw new CouldNot(`Cannot compare what was claimed: ${problem}`);
  const stem = files.length > 1 ? "ledger" : stemOf(files[0] ?? "");
  const out = options.out ?? `${stem}.audit`;
  const made = await madeFolder(out);
  const work = await fs.mkdtemp(join(tmpdir(), "vitrine-ledger-"));
  try {
    return await withLedgerEngine(work, (connection) =>
      report(connection, { files, fees, stem, out, work, language }, options),
    );
  } catch (cause) {
    // Only where it is empty: nothing is written before all is known.
    if (made) await fs.rmdir(out).catch(() => undefined);
    throw cause;
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

type Job = {
  readonly files: readonly string[];
  readonly fees: string;
  /** By which the files of several are named: `ledger`. */
  readonly stem: string;
  readonly out: string;
  readonly work: string;
  readonly language: Language;
};

async function report(
  connection: DuckDBConnection,
  { files, fees, stem, out, work, language }: Job,
  options: Options,
): Promise<number> {
  const progress = ledgerProgress();
  const mapping = await mappingIn(options.map);
  const aliases = await aliasesIn(options.aliases);
  const defaultCurrency = currencyOf(options.currency);
  const note = await noteBeside(files[0] ?? "");
  const approved = await readFees(fees, { defaultCurrency });
  const rejectsFile = `${stem}.rejected.csv`;
  const rejectsRead = join(work, "rejected.csv");
  const payersRead = join(work, "payers.csv");
  const ledger = await readLedger(connection, files, {
    mapping,
    work,
    rejectsFile: rejectsRead,
    rejectsHeadings: REJECTS_HEADINGS[language],
    defaultCurrency,
    onProgress: (text) => progress.say(text),
  });
  const counted = await countLedger(
    connection,
    ledger.selects,
    approved.standards,
    aliases,
    {
      hasReferences: ledger.has.reference,
      ...(options.payers ? { payersFile: payersRead } : {}),
      onProgress: (text) => progress.say(text),
    },
  );
  const read = ledger.sources.reduce((sum, one) => sum + one.receipts, 0);
  if (counted.receipts !== read)
    throw new CouldNot(
      `Cannot count the receipts: ${showCount(read)} were read and ${showCount(counted.receipts)} counted; did a file change meanwhile?`,
    );
  const claim =
    options.claimed === undefined
      ? undefined
      : checkClaim(options.claimed, claimSums(counted.cells));
  if (claim !== undefined && "problem" in claim)
    throw new CouldNot(`Cannot compare what was claimed: ${claim.problem}`);
  const found: LedgerReport = {
    madeBy: await programName(),
    madeOn: new Date().toISOString().slice(0, 10),
    sources: ledger.sources,
    feesSource: approved.source,
    fees: approved.standards,
    cells: counted.cells,
    payers: counted.payers,
    payerCount: counted.payerCount,
    rejects: ledger.rejects,
    proposals: counted.proposals,
    claim,
    unchecked: uncheckedOf(ledger),
  };
  const names = {
    ...(ledger.rejects.count > 0 ? { rejectsFile } : {}),
    ...(note === undefined ? {} : { note }),
  };
  await fs.rm(join(out, rejectsFile), { force: true });
  if (ledger.rejects.count > 0)
    await fs.copyFile(rejectsRead, join(out, rejectsFile));
  if (options.payers) await fs.copyFile(payersRead, join(out, "payers.csv"));
  progress.end();
  console.log(renderScreen(found, language, names));
  for (const { name, how } of ledger.sources)
    if (how.includes(NOT_READ)) console.log(`${name}: ${how}`);
  progress.say("writing the report");
  const receiptsFile =
    options.payers &&
    (options.receipts === true || counted.receipts > RECEIPTS_MAX)
      ? "receipts.csv"
      : undefined;
  if (receiptsFile !== undefined)
    await writeReceipts(
      connection,
      ledger.listSelects,
      counted,
      join(out, receiptsFile),
      ledger.sources.map(({ name }) => name),
      approved.standards,
      receiptWords(language),
    );
  await writeReport(
    out,
    found,
    listReceipts(connection, ledger.listSelects, counted),
    {
      ...names,
      language,
      withPayers: options.payers,
      ...(receiptsFile === undefined ? {} : { receiptsFile }),
    },
  );
  progress.end();
  const isEnglish = language === "en";
  const page = join(out, REPORT_FILES.page);
  console.log(isEnglish ? `report    ${page}` : `报告      ${page}`);
  if (counted.proposals.length > 0) {
    const table = join(out, "aliases.csv");
    await fs.writeFile(table, aliasTable(counted.proposals));
    const count = showCount(counted.proposals.length);
    console.log(
      isEnglish
        ? `names     ${count} look like approved ones and are not the same: decide in ${table} and give it with --aliases`
        : `名称      ${count} 个与收费标准中的名称相似而不相同：请在 ${table} 中确认，再用 --aliases 给出`,
    );
  }
  return EXIT.done;
}

/** A guess is shown, never silently relied on: nothing is counted here. */
async function showGuess(
  files: readonly string[],
  options: Options,
): Promise<number> {
  const mapping = await mappingIn(options.map);
  const defaultCurrency = currencyOf(options.currency);
  let open = 0;
  for (const [index, file] of files.entries()) {
    const guessed = await guessMapping(file, { mapping, defaultCurrency });
    for (const line of guessLines(file, guessed)) console.log(line);
    open += guessed.problems.length;
    if (index === 0 && options.saveMap !== undefined)
      await fs.writeFile(options.saveMap, formatMapping(guessed.mapping));
  }
  if (options.saveMap !== undefined)
    console.log(
      `saved     ${options.saveMap}: correct it and give it with --map`,
    );
  return open === 0 ? EXIT.done : EXIT.could_not;
}

function uncheckedOf({ has, rejects }: LedgerFiles): readonly Unchecked[] {
  return [
    ...(has.reference ? [] : ["paidTwice" as const]),
    ...(has.quantity ? [] : ["quantity" as const]),
    ...(has.payerClass ? [] : ["payerClass" as const]),
    ...(rejects.count > 0 ? ["rejects" as const] : []),
  ];
}

function languageOf(text: string): Language {
  if (text === "en" || text === "zh") return text;
  throw new CouldNot(`Cannot write in ${text}: want --lang en or zh`);
}

function defaultLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return /^zh/i.test(LC_ALL ?? LC_MESSAGES ?? LANG ?? "") ? "zh" : "en";
}
