import type { Command } from "commander";
import * as z from "zod/mini";
import { showCount, showMoney } from "../audit/says.ts";
import { addressOf, call, messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { printRows } from "./print-rows.ts";
import { readAs, type Row } from "./read-as.ts";

const text = z.string("text");
const number = z.number("a number");
const line = {
  contribution: text,
  title: text,
  contributor: text,
  state: text,
  until: text,
  byNotice: z.boolean("true or false"),
  noticeDays: number,
  datasets: z.array(text),
};
const list = z.object({ contributions: z.array(z.object(line)) });
const view = z.object({
  ...line,
  from: text,
  terms: text,
  purposes: z.exactOptional(z.array(text)),
  permits: z.array(
    z.object({
      permit: text,
      organisation: text,
      class: text,
      product: text,
      purpose: text,
      state: text,
      until: text,
      endedByEntry: z.exactOptional(number),
    }),
  ),
  uses: z.array(
    z.object({
      month: text,
      organisation: text,
      product: text,
      uses: number,
      calls: number,
      steps: number,
      charged: number,
      currency: z.exactOptional(text),
      payee: z.exactOptional(text),
    }),
  ),
  charged: z.record(z.string(), number),
});

export function addContributions(program: Command): void {
  program
    .command("contributions")
    .description(
      "what organisations lend to the office; of one contribution, who uses it",
    )
    .argument("[id]", "a contribution; all of them by default")
    .option("--url <address>", "the office")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine contributions university-markets",
    )
    .action((id: string | undefined, options: { readonly url?: string }) =>
      runCommand(() => contributions(id, options.url)),
    );
}

async function contributions(
  id: string | undefined,
  url: string | undefined,
): Promise<number> {
  const address = await addressOf(url);
  const path = id === undefined ? "" : `/${encodeURIComponent(id)}`;
  const found = await call(address, `/contributions${path}.json`);
  if (found.status !== 200) throw new CouldNot(messageOf(found));
  if (id === undefined) {
    const { contributions: all } = readAs(list, found.body, "answer");
    if (all.length === 0) console.log("nothing was lent");
    else
      printRows(
        all.map((one) => ({
          contribution: one.contribution,
          contributor: one.contributor,
          datasets: one.datasets.join(", "),
          state: one.state,
          until: untilOf(one),
          "days of notice": one.noticeDays,
        })),
      );
  } else printView(readAs(view, found.body, "answer"));
  return EXIT.done;
}

function printView(one: z.infer<typeof view>): void {
  const sums = Object.entries(one.charged).map(([currency, sum]) =>
    showMoney(sum, currency),
  );
  console.log(
    `${one.title}, lent by ${one.contributor}
state     ${one.state}, from ${one.from} until ${untilOf(one)}; ${showCount(one.noticeDays)} days of notice
terms     ${one.terms}; ${one.purposes === undefined ? "every purpose of the rulebook" : one.purposes.join(", ")}
datasets  ${one.datasets.join(", ")}
charged   ${sums.length === 0 ? "nothing" : sums.join(", ")} for ${one.contributor}`,
  );
  printTable(
    "who may use it",
    "nobody has a permit",
    one.permits.map(({ endedByEntry, ...permit }) => ({
      ...permit,
      until:
        endedByEntry === undefined
          ? permit.until
          : `ended by entry ${showCount(endedByEntry)}`,
    })),
  );
  printTable(
    "who uses it",
    "nobody has used it under a permit",
    one.uses.map(({ currency, payee, charged, ...use }) => ({
      ...use,
      charged:
        currency === undefined
          ? "free of charge"
          : showMoney(charged, currency),
      "paid to": payee ?? "",
    })),
  );
}

function printTable(title: string, none: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  if (rows.length === 0) console.log(none);
  else printRows(rows);
}

function untilOf({
  until,
  byNotice,
}: Pick<z.infer<typeof view>, "until" | "byNotice">): string {
  return byNotice ? `${until} (notice was given)` : until;
}
