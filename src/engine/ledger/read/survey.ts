import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Encoding } from "../../../audit/ledger/mapping.ts";
import { ReadError } from "../read-error.ts";

/** What one look at all bytes of a file tells. */
export type Survey = {
  readonly bytes: number;
  readonly sha256: string;
  readonly kind: "text" | "zip";
  readonly encoding: Encoding;
  /** Bytes of the mark before the text. */
  readonly mark: number;
  /** Whether every byte is of the encoding. */
  readonly isWhole: boolean;
  /** Line feeds, and one for a last line without one. */
  readonly lines: number;
  /** The bytes of the longest line are fewer than these. */
  readonly lineBytesMax: number;
  /** Whether blanks other than the space and the tab may stand in it, and whether tabs do. */
  readonly hasRareBlanks: boolean;
  readonly hasTabs: boolean;
};

const PIECE_BYTES = 1_048_576;
const HEAD_BYTES = 65_536;

/** Reads a file once, whole: its digest, its lines and in what encoding it is. Throws `ReadError` for what is no text. */
export async function survey(file: string): Promise<Survey> {
  const hash = createHash("sha256");
  const look = {
    isUtf8: true,
    lines: 0,
    bytes: 0,
    last: 10,
    rare: false,
    tabs: false,
    since: 0,
    longest: 0,
  };
  let head: Buffer = Buffer.alloc(0);
  let carried: Buffer = Buffer.alloc(0);
  const counts = new HighBytes();
  for await (const piece of piecesOf(file)) {
    hash.update(piece);
    if (head.length < HEAD_BYTES)
      head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES)]);
    look.bytes += piece.length;
    look.last = piece[piece.length - 1] ?? 10;
    countLines(piece, look);
    look.tabs ||= piece.includes(9);
    if (look.isUtf8) {
      const joined =
        carried.length === 0 ? piece : Buffer.concat([carried, piece]);
      look.rare ||= RARE_BLANKS.some((blank) => joined.includes(blank));
      const end = wholeEnd(joined);
      look.isUtf8 = isUtf8(joined.subarray(0, end));
      carried = Buffer.from(joined.subarray(end));
    }
    if (!look.isUtf8) counts.add(piece);
  }
  if (look.bytes === 0) throw new ReadError(file, "it is empty, want a ledger");
  look.isUtf8 &&= carried.length === 0;
  refuseOther(file, head);
  return {
    bytes: look.bytes,
    sha256: hash.digest("hex"),
    kind: head.subarray(0, 4).equals(ZIP) ? "zip" : "text",
    lines: look.lines + (look.last === 10 ? 0 : 1),
    lineBytesMax: Math.max(look.longest, look.since) + 1,
    hasRareBlanks: look.rare,
    hasTabs: look.tabs,
    ...encodingOf(head, look.isUtf8, counts),
  };
}

/** The bytes of a file, piece by piece; each is overwritten by the next. */
export async function* piecesOf(
  file: string,
  bytes = PIECE_BYTES,
): AsyncGenerator<Buffer> {
  const handle = await opened(file);
  const piece = Buffer.allocUnsafe(bytes);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, bytes);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function opened(file: string) {
  try {
    const handle = await open(file);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (cause) {
    throw new ReadError(file, whyNot(cause), { cause });
  }
  throw new ReadError(file, "it is a folder or no file, want a ledger");
}

function whyNot(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  if (code === "ENOENT") return "nothing is there";
  if (code === "EACCES") return "this account may not read it";
  return `it cannot be opened (${cause instanceof Error ? cause.message : String(cause)})`;
}

type Lines = { lines: number; since: number; longest: number };

/** `since` is how many bytes stand behind the last line feed. */
function countLines(piece: Buffer, look: Lines): void {
  let from = -look.since;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) {
    look.lines++;
    if (at - from > look.longest) look.longest = at - from;
    from = at + 1;
  }
  look.since = piece.length - from;
}

const ZIP = Buffer.from("PK\u0003\u0004", "latin1");

/** Blanks that JavaScript trims and DuckDB does not, by their first bytes. */
const RARE_BLANKS = [
  [0xc2, 0xa0],
  [0xe3, 0x80, 0x80],
  [0xe2, 0x80],
  [0xe2, 0x81, 0x9f],
  [0xe1, 0x9a, 0x80],
  [0xef, 0xbb, 0xbf],
  [0x0b],
  [0x0c],
].map((bytes) => Buffer.from(bytes));

const OTHERS: readonly (readonly [begins: string, is: string])[] = [
  [
    "\xd0\xcf\x11\xe0",
    "an old or encrypted workbook, want it saved as XLSX or CSV",
  ],
  ["%PDF", "a PDF, want the spreadsheet that it was made from"],
  ["\x89PNG", "a picture, want a ledger"],
  ["\xff\xd8\xff", "a picture, want a ledger"],
  ["\x1f\x8b", "compressed, want it unpacked"],
  ["Rar!", "an archive, want it unpacked"],
  ["7z\xbc\xaf", "an archive, want it unpacked"],
  ["PAR1", "a Parquet file, want CSV, XLSX, JSON or NDJSON"],
];

function refuseOther(file: string, head: Buffer): void {
  const text = head.subarray(0, 8).toString("latin1");
  const other = OTHERS.find(([begins]) => text.startsWith(begins));
  if (other !== undefined) throw new ReadError(file, `it is ${other[1]}`);
}

/** Where the last character that may be cut off begins. */
function wholeEnd(piece: Buffer): number {
  for (let back = 1; back <= 3 && back <= piece.length; back++) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return piece.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? piece.length - back : piece.length;
  }
  return piece.length;
}

type Found = Pick<Survey, "encoding" | "mark" | "isWhole">;

function encodingOf(head: Buffer, whole: boolean, counts: HighBytes): Found {
  const begins = (...bytes: number[]): boolean =>
    bytes.every((byte, at) => head[at] === byte);
  if (begins(0xff, 0xfe))
    return { encoding: "utf-16le", mark: 2, isWhole: false };
  if (begins(0xfe, 0xff))
    return { encoding: "utf-16be", mark: 2, isWhole: false };
  const wide = withoutMark(head);
  if (wide !== undefined) return { encoding: wide, mark: 0, isWhole: false };
  const mark = begins(0xef, 0xbb, 0xbf) ? 3 : 0;
  if (whole) return { encoding: "utf-8", mark, isWhole: true };
  return {
    encoding: mark > 0 ? "utf-8" : counts.encoding(),
    mark,
    isWhole: false,
  };
}

const ZEROS_SHARE_MIN = 0.1;

/** UTF-16 without its mark: digits, commas and line ends have a zero byte each, always on the same side. */
function withoutMark(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  let even = 0;
  let odd = 0;
  for (const [at, byte] of head.entries())
    if (byte === 0) {
      if (at % 2 === 0) even++;
      else odd++;
    }
  const enough = (head.length / 2) * ZEROS_SHARE_MIN;
  if (odd >= enough && odd > 10 * even) return "utf-16le";
  return even >= enough && even > 10 * odd ? "utf-16be" : undefined;
}

const COUNTED_MAX = 100_000;
const PLAUSIBLE_SHARE = 0.9;
const UTF8_SHARE = 0.8;

/** What the bytes above ASCII look like: pairs of GB 2312's Chinese, sequences of UTF-8, or single letters. */
class HighBytes {
  #chinese = 0;
  #otherPairs = 0;
  #utf8 = 0;
  #notUtf8 = 0;

  add(piece: Buffer): void {
    if (this.#chinese + this.#otherPairs > COUNTED_MAX) return;
    for (let at = 0; at < piece.length - 4; at++) {
      const byte = piece[at] ?? 0;
      if (byte < 0x80) continue;
      const begin = at;
      while ((piece[at + 1] ?? 0) >= 0x80) at++;
      // A run that the piece cuts says nothing.
      if (begin > 0 && at < piece.length - 1)
        this.#run(piece.subarray(begin, at + 2));
    }
  }

  /** A run of high bytes and the byte behind it. */
  #run(run: Buffer): void {
    for (let at = 0; at < run.length - 1; at += 2) {
      const lead = run[at] ?? 0;
      const trail = run[at + 1] ?? 0;
      const isCommon = lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1;
      if (isCommon) this.#chinese++;
      else this.#otherPairs++;
    }
    for (let at = 0; at < run.length - 1;) {
      const lead = run[at] ?? 0;
      const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
      const isOne =
        length > 1 &&
        at + length < run.length &&
        isUtf8(run.subarray(at, at + length));
      if (isOne) this.#utf8++;
      else this.#notUtf8++;
      at += isOne ? length : 1;
    }
  }

  encoding(): Encoding {
    if (
      this.#utf8 > 0 &&
      this.#utf8 >= UTF8_SHARE * (this.#utf8 + this.#notUtf8)
    )
      return "utf-8";
    const pairs = this.#chinese + this.#otherPairs;
    return pairs > 0 && this.#chinese >= PLAUSIBLE_SHARE * pairs
      ? "gb18030"
      : "windows-1252";
  }
}
