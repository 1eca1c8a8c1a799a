import { strToU8, zipSync } from "fflate";

/** The XML of the rows of a sheet, by the sheet's name. */
export type Sheets = Readonly<Record<string, string>>;

type More = {
  readonly strings?: readonly string[];
  /** Codes of formats, to which the styles 1, 2 … belong; style 0 is General. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  readonly before?: string;
};

/** A workbook made by hand, for what no library writes. */
export function workbookOf(sheets: Sheets, more: More = {}): Uint8Array {
  const { strings = [], formats = [], date1904 = false, before = "" } = more;
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    "_rels/.rels": `<Relationships xmlns="x"><Relationship Id="a" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="x" xmlns:r="y"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="x">${names.map((_, i) => `<Relationship Id="s${i}" Type="http://x/worksheet" Target="sheets/${i}.xml"/>`).join("")}<Relationship Id="t" Type="http://x/sharedStrings" Target="strings.xml"/><Relationship Id="u" Type="http://x/styles" Target="styles.xml"/></Relationships>`,
    "xl/strings.xml": `<sst xmlns="x">${strings.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet xmlns="x"><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`).join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${164 + i}"/>`).join("")}</cellXfs></styleSheet>`,
  };
  for (const [i, rows] of Object.values(sheets).entries())
    parts[`xl/sheets/${i}.xml`] =
      `${before}<worksheet xmlns="x"><sheetData>${rows}</sheetData></worksheet>`;
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, strToU8(text)]),
    ),
  );
}

/** A cell with its text in it. */
export function textCell(reference: string, text: string): string {
  return `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
}
