import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { readAmount } from "../../audit/ledger/amount.ts";
import type { Currency } from "../../audit/ledger/currencies.ts";
import type { Problem } from "../../audit/ledger/problem.ts";
import { showAmount } from "../../audit/ledger/show-amount.ts";
import {
  permittedRevenue,
  type TriedClass,
} from "../../audit/ledger/try-fee.ts";
import { showCount } from "../../audit/says.ts";
import { withLedgerEngine } from "../../engine/ledger/count-engine.ts";
import { countDraft } from "../../engine/ledger/count-draft.ts";
import { readFees } from "../../engine/ledger/read-fees.ts";
import { readLedger } from "../../engine/ledger/read-ledger.ts";
import { padEndTo, padStartTo } from "../../portal/ledger/screen-width.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { aliasesIn, currencyOf, mappingIn } from "./inputs.ts";
import { ledgerProgress } from "./progress.ts";

type Options = {
  readonly ledger: readonly string[];
  readonly map?: string;
  readonly aliases?: string;
  readonly currency?: string;
  readonly cost?: string;
  readonly tax?: string;
  readonly bondYield?: string;
  readonly rate?: string;
};

export function addFeeTry(fee: Command): void {
  fee
    .command("try")
    .description(
      "run a draft fee over past receipts: its revenue by payer class against its ceiling and the permitted revenue",
    )
    .argument("<draft>", "the draft, a list of fees as CSV, XLSX or JSON")
    .requiredOption(
      "--ledger <receipts...>",
      "past receipts, as for audit ledger",
    )
    .option("--map <file>", "how the receipts are to be read")
    .option("--aliases <file>", "names that mean the same")
    .option("--currency <code>", "of amounts that name none (CNY)")
    .option("--cost <amount>", "the surveyed cost of the same years")
    .option("--tax <amount>", "the tax on it (0)")
    .option(
      "--bond-yield <percent>",
      "the average yield of ten-year government bonds in the year before the survey",
    )
    .option(
      "--rate <percent>",
      "the profit rate on cost, at most the bond yield and six points",
    )
    .addHelpText(
      "after",
      `
Example:
  vitrine fee try examples/fees-2018-2023/draft.csv --ledger examples/fees-2018-2023/receipts.csv --cost 60,000,000 --tax 3,600,000 --bond-yield 2.35 --rate 5
Ends with 0 where the draft stays within what it may, 1 where it does not, 2 could not.`,
    )
    .action((draft: string, options: Options) =>
      runCommand(() => tryDraft(draft, options)),
    );
}

async function tryDraft(draft: string, options: Options): Promise<number> {
  const progress = ledgerProgress();
  const defaultCurrency = currencyOf(options.currency);
  const permitted = permittedOf(options, defaultCurrency ?? "CNY");
  if (permitted !== undefined && "problem" in permitted) {
    console.log(`refused   ${permitted.problem}`);
    return EXIT.refused;
  }
  const mapping = await mappingIn(options.map);
  const aliases = await aliasesIn(options.aliases);
  const { standards } = await readFees(draft, { defaultCurrency });
  const work = await fs.mkdtemp(join(tmpdir(), "vitrine-ledger-"));
  try {
    const { classes, proposals } = await withLedgerEngine(
      work,
      async (connection) => {
        const ledger = await readLedger(connection, options.ledger, {
          mapping,
          work,
          rejectsFile: join(work, "rejected.csv"),
          defaultCurrency,
          onProgress: progress.say,
        });
        if (ledger.rejects.count > 0)
          console.error(
            `${showCount(ledger.rejects.count)} lines could not be read and are in no sum: vitrine audit ledger lists them`,
          );
        return countDraft(connection, ledger.selects, standards, aliases, {
          hasReferences: ledger.has.reference,
          onProgress: progress.say,
        });
      },
    );
    progress.end();
    if (proposals.length > 0)
      console.error(
        `${showCount(proposals.length)} names look like those of the draft and are not the same: decide with --aliases, as for audit ledger`,
      );
    return say(classes, permitted);
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

type Permitted = { readonly minor: number; readonly currency: Currency };

/** CN-PRC-05 to -07: all four figures, or no comparison. */
function permittedOf(
  { cost, tax, bondYield, rate }: Options,
  currency: Currency,
): Permitted | Problem | undefined {
  const given = [cost, bondYield, rate].filter((one) => one !== undefined);
  if (given.length === 0 && tax === undefined) return undefined;
  if (cost === undefined || bondYield === undefined || rate === undefined)
    throw new CouldNot(
      "Cannot compute the permitted revenue: want --cost, --bond-yield and --rate (and --tax where there is one)",
    );
  const of = (name: string, text: string): number => {
    const amount = readAmount(text, currency, "point");
    if ("problem" in amount)
      throw new CouldNot(`Cannot read --${name}: ${amount.problem}`);
    if (amount.minor < 0)
      throw new CouldNot(
        `Cannot read --${name}: it is ${text}, want an amount of 0 or more`,
      );
    return amount.minor;
  };
  const found = permittedRevenue({
    costMinor: of("cost", cost),
    taxMinor: tax === undefined ? 0 : of("tax", tax),
    bondYieldPercent: bondYield,
    ratePercent: rate,
  });
  return "problem" in found ? found : { minor: found.minor, currency };
}

const HEAD = [
  "payer class",
  "receipts",
  "charged then",
  "with the draft",
  "at its ceilings",
  "not covered",
];

function say(
  classes: readonly TriedClass[],
  permitted: Permitted | undefined,
): number {
  const rows = classes.map((one) => [
    one.payerClass === "" ? "(none)" : one.payerClass,
    showCount(one.receipts),
    showAmount(one.chargedMinor, one.currency),
    showAmount(one.draftMinor, one.currency),
    one.ceilingMinor === undefined
      ? "no ceiling"
      : showAmount(one.ceilingMinor, one.currency),
    `${showAmount(one.uncovered.minor, one.currency)} ${one.currency}`,
  ]);
  const widths = HEAD.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  for (const row of [HEAD, ...rows])
    console.log(
      row
        .map((cell, column) =>
          (column === 0 ? padEndTo : padStartTo)(cell, widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    );
  const above = classes.filter(
    (one) =>
      one.ceilingMinor !== undefined && one.draftMinor > one.ceilingMinor,
  );
  for (const one of above)
    console.log(
      `above its ceiling: ${one.payerClass} pays ${showAmount(one.draftMinor, one.currency)} ${one.currency}, the ceiling allows ${showAmount(one.ceilingMinor ?? 0, one.currency)}`,
    );
  return saysPermitted(classes, permitted) || above.length > 0
    ? EXIT.refused
    : EXIT.done;
}

/** Says whether the revenue is above what cost, profit and tax permit. */
function saysPermitted(
  classes: readonly TriedClass[],
  permitted: Permitted | undefined,
): boolean {
  if (permitted === undefined) {
    console.log(
      "permitted revenue not computed: want --cost, --tax, --bond-yield and --rate (CN-PRC-05 to -07)",
    );
    return false;
  }
  const { minor, currency } = permitted;
  const revenue = classes
    .filter((one) => one.currency === currency)
    .reduce((sum, one) => sum + one.draftMinor, 0);
  const isAbove = revenue > minor;
  console.log(
    `revenue ${showAmount(revenue, currency)} ${currency}, permitted ${showAmount(minor, currency)} (cost, profit and tax; CN-PRC-05): ${isAbove ? "above it" : "within it"}`,
  );
  return isAbove;
}
