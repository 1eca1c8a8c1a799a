import { type Entry, openPromise, type ZipFile } from "yauzl";
import { ReadError } from "../../read-error.ts";

const PARTS_MAX = 10_000;
/** Larger sheets are rare, and more than deflate makes of any real sheet: an archive that unpacks so is made to do harm. */
const PART_BYTES_MAX = 17_179_869_184;
const RATIO_MAX = 400;
const RATIO_BYTES_MIN = 67_108_864;

/** The parts of a workbook. Owns the open file until `close`. */
export class Archive {
  readonly #file: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    file: string,
    zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
  ) {
    this.#file = file;
    this.#zip = zip;
    this.#entries = entries;
  }

  static async open(file: string): Promise<Archive> {
    try {
      const zip = await openPromise(file, { autoClose: false });
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        entries.set(entry.fileName, entry);
        if (entries.size > PARTS_MAX) break;
      }
      return new Archive(file, zip, entries);
    } catch (cause) {
      throw new ReadError(file, `it is a damaged archive (${whyOf(cause)})`, {
        cause,
      });
    }
  }

  has(part: string): boolean {
    return this.#entries.has(part);
  }

  /** The bytes of a part as they unpack; refused where they are more than a real workbook's. */
  async *bytes(
    part: string,
    bytesMax = PART_BYTES_MAX,
  ): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(part);
    if (entry === undefined)
      throw new ReadError(
        this.#file,
        `it has no part ${part}, want a workbook`,
      );
    if (entry.isEncrypted())
      throw new ReadError(
        this.#file,
        "it is encrypted, want it without a password",
      );
    this.#refuseBomb(part, entry, bytesMax);
    try {
      // The unpacked size is held against the stated one, so that the check above binds.
      const stream = await this.#zip.openReadStreamPromise(entry);
      for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
    } catch (cause) {
      if (cause instanceof ReadError) throw cause;
      throw new ReadError(
        this.#file,
        `its part ${part} is damaged (${whyOf(cause)})`,
        { cause },
      );
    }
  }

  close(): void {
    this.#zip.close();
  }

  #refuseBomb(part: string, entry: Entry, bytesMax: number): void {
    const { uncompressedSize, compressedSize } = entry;
    const isSwollen =
      uncompressedSize > RATIO_BYTES_MIN &&
      uncompressedSize > RATIO_MAX * compressedSize;
    if (isSwollen || uncompressedSize > bytesMax)
      throw new ReadError(
        this.#file,
        `its part ${part} of ${compressedSize} bytes unpacks to ${uncompressedSize}, want a workbook that a spreadsheet made`,
      );
  }
}

function whyOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
