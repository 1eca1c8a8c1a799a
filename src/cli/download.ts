import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { readIfThere, writeWhole } from "../store/durable.ts";
import { Asker, type AskerOptions, withAskerOptions } from "./asker.ts";
import { bytesIn, messageOf, wholeOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { finishPartial, openPartial, partialOf } from "./out-file.ts";
import { ProgressLine, showBytes } from "./progress-line.ts";
import { mustKeep } from "./receipt-file.ts";
import { refused } from "./say-answer.ts";
import { tellReceipts } from "./streamed-receipts.ts";

type Options = AskerOptions & {
  readonly out?: string;
  readonly fields?: string;
  readonly product?: string;
  readonly purpose?: string;
  readonly case?: string;
  readonly receipt?: string;
};

export function addDownload(program: Command): void {
  const command = program
    .command("download")
    .description(
      "fetch all rows of a dataset as one Parquet file; what broke off goes on where it was",
    )
    .argument("<dataset>", "the dataset")
    .option("--out <file>", "where to keep it; DATASET.parquet by default")
    .option(
      "--fields <names>",
      "fields, with commas between them; all that the permit has by default",
    )
    .option("--product <product>", "the product; DATASET.file by default");
  withAskerOptions(command)
    .addHelpText(
      "after",
      "\nThe same command goes on with a file that broke off, and says so when the file is there and still the office's.\nExamples:\n  vitrine download vehicles --token TOKEN --receipt vehicles.receipt\n  vitrine download stations --fields station,name --out stations.parquet",
    )
    .action((dataset: string, options: Options) =>
      runCommand(() => download(dataset, options)),
    );
}

async function download(dataset: string, options: Options): Promise<number> {
  const { out = `${dataset}.parquet`, receipt } = options;
  const asker = await Asker.of(options);
  const path = pathOf(dataset, options);
  await mustKeep(receipt);
  await mustBeWritable(out);
  const there = await etagOfFile(out);
  const head = await asker.send("HEAD", path, {
    headers: there === undefined ? {} : { "If-None-Match": there },
  });
  if (head.status === 304) {
    console.log(`complete  ${out} is what the office has; nothing was fetched`);
    return EXIT.done;
  }
  const from = await begunAt(out, head);
  const response = await asker.send("GET", path, {
    headers:
      from.at === 0
        ? {}
        : { Range: `bytes=${from.at}-`, "If-Range": from.etag },
  });
  if (response.status !== 200 && response.status !== 206) {
    const answer = await wholeOf(response);
    if (response.status === 403) return refused(answer);
    throw new CouldNot(messageOf(answer));
  }
  const at = response.status === 206 ? from.at : 0;
  if (at > 0) console.error(`goes on   ${out} at ${showBytes(at)}`);
  const size = await take(response, out, at);
  console.log(`file      ${out}, ${showBytes(size)}`);
  await tellReceipts(asker, response, {
    ...(receipt === undefined ? {} : { receipt }),
    ...{ isStream: false, say: console.log },
  });
  return EXIT.done;
}

function pathOf(dataset: string, options: Options): string {
  const given = new URLSearchParams();
  for (const name of ["fields", "product", "purpose", "case"] as const) {
    const value = options[name];
    if (value !== undefined) given.set(name, value);
  }
  const query = given.size === 0 ? "" : `?${given.toString()}`;
  return `/files/${encodeURIComponent(dataset)}.parquet${query}`;
}

const etagFile = (out: string): string => `${partialOf(out)}.etag`;

async function mustBeWritable(out: string): Promise<void> {
  const found = await fs.stat(out).catch(() => undefined);
  const why =
    found?.isDirectory() === true
      ? "it is a folder, want the name of a file"
      : await fs.access(dirname(out), fs.constants.W_OK).then(
          () => undefined,
          () => "its folder is not there or cannot be written",
        );
  if (why !== undefined)
    throw new CouldNot(`Cannot write ${out}: ${why}; nothing was asked`);
}

/** How far an earlier run came with the file that the office has now; its last bytes may be lacking, never wrong. */
async function begunAt(
  out: string,
  head: Response,
): Promise<{ readonly at: number; readonly etag: string }> {
  const etag = head.headers.get("ETag") ?? "";
  const size = Number(head.headers.get("Content-Length"));
  const kept = await readIfThere(etagFile(out));
  const begun = await fs.stat(partialOf(out)).catch(() => undefined);
  const isSame =
    head.status === 200 && etag !== "" && kept?.toString("utf8") === etag;
  // All may have come and only the name be lacking: the last byte is fetched again, so that its use has a receipt.
  return isSame && begun !== undefined && begun.size <= size
    ? { at: Math.min(begun.size, Math.max(0, size - 1)), etag }
    : { at: 0, etag };
}

/** Takes the bytes, and gives the file its name when they are all there and hash to what the office says. */
async function take(
  response: Response,
  out: string,
  at: number,
): Promise<number> {
  const etag = response.headers.get("ETag") ?? "";
  const whole = at + Number(response.headers.get("Content-Length"));
  const file = await openPartial(out, at);
  await writeWhole(etagFile(out), etag);
  const progress = new ProgressLine();
  let size = at;
  try {
    for await (const chunk of bytesIn(response)) {
      let written = 0;
      while (written < chunk.length) {
        const { bytesWritten } = await file.write(
          ...([chunk, written, chunk.length - written, size] as const),
        );
        written += bytesWritten;
        size += bytesWritten;
      }
      progress.show(() => `${showBytes(size)} of ${showBytes(whole)}`);
    }
  } catch (cause) {
    await file.close();
    throw brokenOff(out, size, whole, cause);
  } finally {
    progress.end();
  }
  if (size !== whole) {
    await file.close();
    throw brokenOff(out, size, whole);
  }
  const got = await etagOfFile(partialOf(out));
  if (got !== etag) {
    await file.close();
    await fs.rm(etagFile(out), { force: true });
    throw new CouldNot(
      `Cannot keep ${out}: its ${size} bytes do not hash to the ETag ${etag} that the office names; the same command begins anew`,
    );
  }
  await finishPartial(out, file);
  await fs.rm(etagFile(out), { force: true });
  return size;
}

function brokenOff(
  out: string,
  size: number,
  whole: number,
  cause?: unknown,
): CouldNot {
  return new CouldNot(
    `Cannot go on with ${out}: it broke off after ${size} of ${whole} bytes; the same command goes on from there`,
    { cause },
  );
}

/** A file's ETag is the first half of its SHA-256; undefined where no file is. */
async function etagOfFile(path: string): Promise<string | undefined> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return `"${hash.digest("hex").slice(0, 32)}"`;
}
