import { promises as fs } from "node:fs";
import { basename, extname, join, dirname } from "node:path";
import * as z from "zod/mini";
import { type Alias, parseAliases } from "../../audit/ledger/aliases.ts";
import { type Currency, isCurrency } from "../../audit/ledger/currencies.ts";
import { type Mapping, parseMapping } from "../../audit/ledger/mapping.ts";
import type { Problem } from "../../audit/ledger/problem.ts";
import { readSmallText } from "../../engine/ledger/read-small-text.ts";
import type { Said } from "../../portal/ledger/ledger-words.ts";
import { CouldNot } from "../exit.ts";
import { given } from "../given.ts";

export async function mappingIn(
  file: string | undefined,
): Promise<Mapping | undefined> {
  return file === undefined
    ? undefined
    : parsedIn(file, "mapping", parseMapping);
}

export async function aliasesIn(
  file: string | undefined,
): Promise<readonly Alias[]> {
  return file === undefined
    ? []
    : parsedText(file, "aliases", await readSmallText(file), parseAliases);
}

export function currencyOf(text: string | undefined): Currency | undefined {
  if (text === undefined || isCurrency(text)) return text;
  throw new CouldNot(
    `Cannot read amounts in ${text}: want the code of a currency, such as CNY`,
  );
}

const noteSchema = z.strictObject({ en: z.string(), zh: z.string() });

/** What whoever made the receipts says of them, in `NAME.note.json` beside `NAME.csv`: shown wherever the figures are. */
export async function noteBeside(receipts: string): Promise<Said | undefined> {
  const name = `${stemOf(receipts)}.note.json`;
  const text = await fs
    .readFile(join(dirname(receipts), name), "utf8")
    .catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    throw new CouldNot(
      `Cannot read note ${name}: want {"en": "…", "zh": "…"} beside the receipts`,
    );
  }
}

/** receipts of a/receipts.csv. */
export function stemOf(file: string): string {
  return basename(file, extname(file));
}

/** Makes the folder of the report, before anything is read; false where it was there. */
export async function madeFolder(out: string): Promise<boolean> {
  try {
    const made = await fs.mkdir(out, { recursive: true });
    await fs.access(out, fs.constants.W_OK);
    return made !== undefined;
  } catch (cause) {
    throw new CouldNot(
      `Cannot write the report into ${out}: ${whyNotInto(cause)}; want --out FOLDER`,
    );
  }
}

function whyNotInto(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  if (code === "EEXIST" || code === "ENOTDIR") return "a file is there";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return "this account may not write there";
  if (code === "ENOENT") return "nothing is there";
  return cause instanceof Error ? cause.message : String(cause);
}

async function parsedIn<T extends object>(
  file: string,
  what: string,
  parse: (text: string) => T | Problem,
): Promise<T> {
  return parsedText(file, what, await given(file, what), parse);
}

function parsedText<T extends object>(
  file: string,
  what: string,
  text: string,
  parse: (text: string) => T | Problem,
): T {
  const parsed = parse(text);
  if ("problem" in parsed)
    throw new CouldNot(`Cannot read ${what} ${file}: ${parsed.problem}`);
  return parsed;
}
