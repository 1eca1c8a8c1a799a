import { join } from "node:path";
import { csvCell, deadCell } from "../../../audit/ledger/csv-cell.ts";
import type { Receipt, Reject } from "../../../audit/ledger/ledger.ts";
import { quoteText } from "../../sql.ts";
import { TextFile } from "./text-file.ts";

const FIRST_REJECTS_MAX = 100;
const SHOWN_CHARACTERS_MAX = 2_000;

/** What the selects of a ledger give, in this order. */
export const COLUMNS = {
  file: "INTEGER",
  line: "BIGINT",
  day: "DATE",
  minor: "BIGINT",
  currency: "VARCHAR",
  department: "VARCHAR",
  unit: "VARCHAR",
  system: "VARCHAR",
  service: "VARCHAR",
  payer: "VARCHAR",
  payer_class: "VARCHAR",
  reference: "VARCHAR",
  quantity: "BIGINT",
  status: "VARCHAR",
} as const;

const AS_READ: ReadonlyMap<string, string> = new Map([
  ["day", "INTEGER"],
  ["quantity", "VARCHAR"],
]);

const SELECTED: ReadonlyMap<string, string> = new Map([
  ["day", "date '1970-01-01' + day as day"],
  ["quantity", "try_cast(quantity as bigint) as quantity"],
]);

/** The receipts that JavaScript read, in a file that DuckDB reads with their types, and all rejects. */
export class Kept {
  readonly #receiptsPath: string;
  readonly #receipts: TextFile;
  readonly #rejects: TextFile;
  readonly #names: readonly string[];
  #isFull = false;
  receiptCount = 0;
  rejectCount = 0;
  readonly firstRejects: Reject[] = [];

  constructor(
    work: string,
    rejectsFile: string,
    names: readonly string[],
    rejectsHeadings = "file,line,column,reason,text",
  ) {
    this.#receiptsPath = join(work, "receipts.csv");
    this.#receipts = new TextFile(this.#receiptsPath, "");
    this.#rejects = new TextFile(rejectsFile, `\ufeff${rejectsHeadings}\r\n`);
    this.#names = names;
  }

  receipt(one: Receipt): void {
    this.receiptCount++;
    const quantity = one.quantity === undefined ? "" : String(one.quantity);
    const full = this.#receipts.add(
      `${one.file},${one.line},${one.day},${one.minor},${one.currency},${csvCell(one.department)},${csvCell(one.unit)},${csvCell(one.system)},${csvCell(one.service)},${csvCell(one.payer)},${csvCell(one.payerClass)},${csvCell(one.reference)},${quantity},${one.status}\n`,
    );
    this.#isFull ||= full;
  }

  reject(one: Reject): void {
    this.rejectCount++;
    const shown = { ...one, text: one.text.slice(0, SHOWN_CHARACTERS_MAX) };
    if (this.firstRejects.length < FIRST_REJECTS_MAX)
      this.firstRejects.push(shown);
    const cells = [
      this.#names[one.file] ?? "",
      String(one.line),
      one.column,
      one.reason,
      shown.text,
    ];
    const full = this.#rejects.add(
      `${cells.map((cell) => deadCell(cell)).join(",")}\r\n`,
    );
    this.#isFull ||= full;
  }

  /** Has to be awaited now and then, so that no more than a piece is held. */
  async writeIfFull(): Promise<void> {
    if (!this.#isFull) return;
    this.#isFull = false;
    await this.#receipts.flush();
    await this.#rejects.flush();
  }

  async end(): Promise<void> {
    await this.#receipts.flush();
    await this.#rejects.flush();
  }

  async close(): Promise<void> {
    await this.#receipts.close();
    await this.#rejects.close();
  }

  /** Undefined where JavaScript read no receipt. */
  select(): string | undefined {
    if (this.receiptCount === 0) return undefined;
    const names = Object.keys(COLUMNS);
    const types = Object.entries(COLUMNS).map(
      ([name, type]) => `'${name}': '${AS_READ.get(name) ?? type}'`,
    );
    const columns = names.map((name) => SELECTED.get(name) ?? name);
    // All of them: where some are named and others left out of a query, DuckDB 1.5 takes the wrong ones.
    const full = names.map((name) => `'${name}'`).join(", ");
    return `select ${columns.join(", ")} from read_csv(${quoteText(this.#receiptsPath)}, columns = {${types.join(", ")}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', force_not_null = [${full}])`;
  }
}

/** A select without rows, for a ledger without receipts. */
export function emptySelect(): string {
  const columns = Object.entries(COLUMNS).map(
    ([name, type]) => `cast(null as ${type}) as ${name}`,
  );
  return `select ${columns.join(", ")} where false`;
}
