import { ReadError } from "../../read-error.ts";
import type { Archive } from "./archive.ts";
import { hearAll } from "./xml.ts";

/** What the sheets of a workbook share. */
export type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly strings: readonly string[];
  /** By the style of a cell: whether it shows its number as a day. */
  readonly isDate: readonly boolean[];
  readonly date1904: boolean;
};

const SMALL_PART_BYTES_MAX = 67_108_864;
const STRINGS_BYTES_MAX = 1_073_741_824;
const STRINGS_MAX = 20_000_000;

/** Reads everything of a workbook but its sheets. Throws `ReadError`. */
export async function readWorkbook(
  file: string,
  archive: Archive,
): Promise<Workbook> {
  const main = await mainPart(file, archive);
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  const relations = await relationsOf(file, archive, main);
  const sheets: { name: string; part: string }[] = [];
  let date1904 = false;
  await hearAll(file, main, archive.bytes(main, SMALL_PART_BYTES_MAX), {
    open: (name, attributes) => {
      if (name === "workbookPr") date1904 = isTrue(attributes["date1904"]);
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) =>
        key.endsWith(":id"),
      );
      const relation = relations.get(id?.[1] ?? "");
      if (relation?.type !== "worksheet") return;
      const part = within(folder, relation.target);
      sheets.push({ name: attributes["name"] ?? "", part });
    },
  });
  const partOf = (type: string): string | undefined => {
    const found = [...relations.values()].find((one) => one.type === type);
    const part = found === undefined ? undefined : within(folder, found.target);
    return part !== undefined && archive.has(part) ? part : undefined;
  };
  return {
    sheets,
    strings: await stringsOf(file, archive, partOf("sharedStrings")),
    isDate: await datesOf(file, archive, partOf("styles")),
    date1904,
  };
}

export function isTrue(text: string | undefined): boolean {
  return text === "1" || text === "true";
}

type Relation = { readonly type: string; readonly target: string };

async function mainPart(file: string, archive: Archive): Promise<string> {
  if (!archive.has("_rels/.rels"))
    throw new ReadError(file, "it is an archive and no workbook, want XLSX");
  const relations = await relationsOf(file, archive, "");
  const main = [...relations.values()].find(
    ({ type }) => type === "officeDocument",
  );
  const part = main === undefined ? "" : within("", main.target);
  if (part.endsWith(".bin"))
    throw new ReadError(file, "it is a binary workbook, want it saved as XLSX");
  if (archive.has(part)) return part;
  throw new ReadError(file, "it is an archive and no workbook, want XLSX");
}

async function relationsOf(
  file: string,
  archive: Archive,
  of: string,
): Promise<ReadonlyMap<string, Relation>> {
  const cut = of.lastIndexOf("/") + 1;
  const part = `${of.slice(0, cut)}_rels/${of.slice(cut)}.rels`;
  const relations = new Map<string, Relation>();
  if (!archive.has(part)) return relations;
  await hearAll(file, part, archive.bytes(part, SMALL_PART_BYTES_MAX), {
    open: (name, attributes) => {
      if (name !== "Relationship") return;
      const type = attributes["Type"] ?? "";
      relations.set(attributes["Id"] ?? "", {
        type: type.slice(type.lastIndexOf("/") + 1),
        target: attributes["Target"] ?? "",
      });
    },
  });
  return relations;
}

function within(folder: string, target: string): string {
  const path = target.startsWith("/") ? target.slice(1) : folder + target;
  const steps: string[] = [];
  for (const step of path.split("/"))
    if (step === "..") steps.pop();
    else if (step !== ".") steps.push(step);
  return steps.join("/");
}

async function stringsOf(
  file: string,
  archive: Archive,
  part: string | undefined,
): Promise<readonly string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  let text = "";
  let isText = false;
  let aside = 0;
  await hearAll(file, part, archive.bytes(part, STRINGS_BYTES_MAX), {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") aside++;
      else if (name === "t") isText = aside === 0;
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") aside--;
      else if (name === "si") strings.push(text);
      if (strings.length > STRINGS_MAX)
        throw new ReadError(file, `it holds more than ${STRINGS_MAX} texts`);
    },
    text: (more) => {
      if (isText) text += more;
    },
  });
  return strings.map(unescaped);
}

/** Characters that XML cannot hold stand as _x000D_. */
export function unescaped(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(parseInt(code, 16)),
      )
    : text;
}

async function datesOf(
  file: string,
  archive: Archive,
  part: string | undefined,
): Promise<readonly boolean[]> {
  const isDate: boolean[] = [];
  if (part === undefined) return isDate;
  const formats = new Map<number, string>();
  let isInCells = false;
  await hearAll(file, part, archive.bytes(part, SMALL_PART_BYTES_MAX), {
    open: (name, attributes) => {
      const id = Number(attributes["numFmtId"] ?? 0);
      if (name === "numFmt") formats.set(id, attributes["formatCode"] ?? "");
      else if (name === "cellXfs") isInCells = true;
      else if (name === "xf" && isInCells)
        isDate.push(isDateFormat(id, formats.get(id)));
    },
    close: (name) => {
      if (name === "cellXfs") isInCells = false;
    },
  });
  return isDate;
}

/** By its number, of those that a workbook need not write out, or by its code. ECMA-376, part 1, 18.8.30. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
    );
  const bare = code
    .replace(/"[^"]*"|\[[^\]]*\]|\\.|[_*]./g, "")
    .replace(/general/gi, "");
  return /[ymd]/i.test(bare);
}
