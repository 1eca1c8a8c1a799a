import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { withLedgerEngine } from "../../engine/ledger/count-engine.ts";
import { readLedger } from "../../engine/ledger/read-ledger.ts";
import type { Sheet, SheetCell } from "../../portal/ledger/workbook.ts";
import { CouldNot } from "../exit.ts";
import { workbookBytes } from "../../portal/ledger/write-workbook.ts";
import { type Figure, thousands } from "./figures.ts";
import { seconds, watched } from "./ledger.ts";

const CSV_LINES = 1_000_000;
const SHEET_ROWS = 200_000;
const HEADINGS = [
  "收费日期",
  "收费单位",
  "收费项目",
  "缴费人",
  "金额（元）",
  "票据号",
];
const AMOUNT = 4;
const run = promisify(execFile);

/** The example from its files to its page as somebody types it, and how fast the files are read that are not plain. */
export async function benchLedgerReading(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-reading-"));
  try {
    const csv = join(folder, "gb18030.csv");
    writeFileSync(csv, gb18030(csvText()));
    const book = join(folder, "book.xlsx");
    writeFileSync(book, await workbookBytes([sheet()]));
    return [
      await example(folder),
      await reading(csv, folder, CSV_LINES, "GB18030 CSV"),
      await reading(book, folder, SHEET_ROWS, "XLSX"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function example(folder: string): Promise<Figure> {
  const here = fileURLToPath(
    new URL("../examples/fees-2018-2023", import.meta.url),
  );
  const receipts = join(here, "receipts.csv");
  if (!existsSync(receipts))
    throw new CouldNot(
      `Cannot measure the example: ${receipts} is not there; npm run ledger makes it`,
    );
  const program = fileURLToPath(new URL("./vitrine.mjs", import.meta.url));
  const { ms } = await watched(() =>
    run(process.execPath, [
      ...[program, "audit", "ledger", receipts],
      ...["--fees", join(here, "approved.csv")],
      ...["--out", join(folder, "example")],
    ]),
  );
  return {
    what: "ledger: 400,000 receipts of the example, from the command to its page",
    figure: seconds(ms),
    against: `a process of its own; page of ${thousands(Math.round(statSync(join(folder, "example", "report.html")).size / 1000))} kB`,
  };
}

async function reading(
  file: string,
  folder: string,
  lines: number,
  what: string,
): Promise<Figure> {
  const { ms, result } = await watched(() =>
    withLedgerEngine(folder, (connection) =>
      readLedger(connection, [file], {
        work: folder,
        rejectsFile: join(folder, "rejected.csv"),
      }),
    ),
  );
  const [source] = result.sources;
  if (source?.receipts !== lines)
    throw new Error(`Read ${source?.receipts ?? 0} receipts, want ${lines}`);
  const megabytes = statSync(file).size / 1e6;
  return {
    what: `ledger: reading ${what}`,
    figure: `${(megabytes / (ms / 1000)).toFixed(1)} MB/s`,
    against: `${thousands(lines)} lines, ${thousands(Math.round(megabytes))} MB in ${seconds(ms)}`,
  };
}

function row(index: number): readonly string[] {
  const month = String(1 + (index % 12)).padStart(2, "0");
  return [
    `2021-${month}-15`,
    "省车辆登记中心",
    "车辆信息查询",
    `蓝田物流有限公司${index % 5_000}`,
    `${(index % 90) + 10}.50`,
    `P-${index}`,
  ];
}

function csvText(): string {
  const lines = Array.from({ length: CSV_LINES }, (_, index) =>
    row(index).join(","),
  );
  return `${HEADINGS.join(",")}\r\n${lines.join("\r\n")}\r\n`;
}

function sheet(): Sheet {
  const head = HEADINGS.map((text) => ({ text, isHead: true }));
  const rows = Array.from({ length: SHEET_ROWS }, (_, index) =>
    row(index).map((text, column): SheetCell =>
      column === AMOUNT
        ? { number: Number(text), format: "#,##0.00" }
        : { text },
    ),
  );
  return { name: "收费明细", rows: [head, ...rows] };
}

/** Node reads GB18030 and does not write it: the signs of two bytes are what it reads from all of them. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder("gb18030");
  const bytes = new Map<string, number>();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1)
      if (low !== 0x7f)
        bytes.set(decoder.decode(Uint8Array.of(high, low)), high * 256 + low);
  const written = Buffer.alloc(text.length * 2);
  let at = 0;
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    if (code < 0x80) at = written.writeUInt8(code, at);
    else at = written.writeUInt16BE(bytes.get(sign) ?? 0, at);
  }
  return written.subarray(0, at);
}
