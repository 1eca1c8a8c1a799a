import { dayOfSerial } from "../../../../audit/ledger/day.ts";
import { columnOfLetters } from "../../../../audit/ledger/mapping.ts";
import type { Field } from "../../../../audit/ledger/receipt-row.ts";
import { ReadError } from "../../read-error.ts";
import type { Row } from "../row.ts";
import type { Archive } from "./archive.ts";
import { isTrue, unescaped, type Workbook } from "./workbook.ts";
import { hear } from "./xml.ts";

/** As many as a sheet has. */
const COLUMNS_MAX = 16_384;
const ROWS_MAX = 1_048_576;
const VALUE_CHARACTERS_MAX = 1_000_000;

/** The rows of a sheet that hold a cell, in batches, as they unpack. */
export async function* sheetRows(
  file: string,
  archive: Archive,
  part: string,
  workbook: Workbook,
): AsyncGenerator<readonly Row[]> {
  const sheet = new SheetReader(file, workbook);
  for await (const _ of hear(file, part, archive.bytes(part), {
    open: (name, attributes) => sheet.open(name, attributes),
    close: (name) => sheet.close(name),
    text: (text) => sheet.text(text),
  })) {
    const rows = sheet.take();
    if (rows.length > 0) yield rows;
  }
}

class SheetReader {
  readonly #file: string;
  readonly #workbook: Workbook;
  #rows: Row[] = [];
  #line = 0;
  #fields: Field[] = [];
  #column = -1;
  #type = "n";
  #style = 0;
  #value: string | undefined;
  #hasFormula = false;
  #isText = false;
  #aside = 0;

  constructor(file: string, workbook: Workbook) {
    this.#file = file;
    this.#workbook = workbook;
  }

  take(): readonly Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case "row":
        this.#line = this.#within(
          Number(attributes["r"] ?? this.#line + 1),
          ROWS_MAX,
          "row",
        );
        this.#fields = [];
        this.#column = -1;
        return;
      case "c":
        this.#column = this.#columnOf(attributes["r"]);
        this.#type = attributes["t"] ?? "n";
        this.#style = Number(attributes["s"] ?? 0);
        this.#value = undefined;
        this.#hasFormula = false;
        return;
      case "f":
        this.#hasFormula = true;
        return;
      case "rPh":
        this.#aside++;
        return;
      case "v":
      case "t":
        this.#isText = this.#aside === 0;
        if (this.#isText) this.#value ??= "";
    }
  }

  text(text: string): void {
    if (!this.#isText) return;
    if ((this.#value?.length ?? 0) + text.length > VALUE_CHARACTERS_MAX)
      throw this.#wrong(`row ${this.#line} holds a cell that is too long`);
    this.#value = (this.#value ?? "") + text;
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.#isText = false;
    else if (name === "rPh") this.#aside--;
    else if (name === "c") this.#endCell();
    else if (name === "row" && this.#fields.length > 0)
      this.#rows.push({ line: this.#line, fields: this.#fields });
  }

  #endCell(): void {
    const field = this.#fieldOf(this.#value);
    if (field === "") return;
    while (this.#fields.length < this.#column) this.#fields.push("");
    this.#fields[this.#column] = field;
  }

  #fieldOf(value: string | undefined): Field {
    // Some programs write an empty result for one that they never computed; a text that is empty is one.
    if (value === undefined || (value === "" && this.#type !== "str"))
      return this.#hasFormula
        ? { fault: "a formula without a result, want its result" }
        : "";
    switch (this.#type) {
      case "s":
        return (
          this.#workbook.strings[Number(value)] ?? {
            fault: `text ${value} of the workbook is not there, want a value`,
          }
        );
      case "e":
        return { fault: `${value} is a spreadsheet's error, want a value` };
      case "b":
        return isTrue(value) ? "TRUE" : "FALSE";
      case "n":
        return this.#number(value);
      default:
        return unescaped(value);
    }
  }

  #number(value: string): Field {
    const number = Number(value);
    if (value.trim() === "" || !Number.isFinite(number))
      return value.trim() === ""
        ? ""
        : { fault: `${value.slice(0, 40)} is no number, want one` };
    if (this.#workbook.isDate[this.#style] !== true) return number;
    const day = dayOfSerial(number, this.#workbook.date1904);
    return typeof day === "number" ? { day } : { fault: day.problem };
  }

  #columnOf(reference: string | undefined): number {
    if (reference === undefined)
      return this.#within(this.#column + 2, COLUMNS_MAX, "column") - 1;
    const letters = /^\$?([A-Za-z]{1,7})\$?\d+$/.exec(reference)?.[1];
    if (letters === undefined)
      throw this.#wrong(`a cell is called ${reference.slice(0, 20)}`);
    return (
      this.#within(columnOfLetters(letters) + 1, COLUMNS_MAX, "column") - 1
    );
  }

  #within(number: number, max: number, what: string): number {
    if (Number.isInteger(number) && number >= 1 && number <= max) return number;
    throw this.#wrong(`it has a ${what} ${number}, want at most ${max}`);
  }

  #wrong(why: string): ReadError {
    return new ReadError(this.#file, why);
  }
}
