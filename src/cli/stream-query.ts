import { type Form, FORMS, MEDIA_TYPES } from "../gateway/forms/form.ts";
import type { Request } from "../uses/plan.ts";
import type { Asker } from "./asker.ts";
import { bytesIn, messageOf, wholeOf } from "./client.ts";
import { CouldNot, EXIT } from "./exit.ts";
import { type Out, outFor } from "./out-file.ts";
import { ProgressLine, showBytes } from "./progress-line.ts";
import { mustKeep, settledOf } from "./receipt-file.ts";
import { refused } from "./say-answer.ts";
import { tellReceipts } from "./streamed-receipts.ts";

export const FORMATS = FORMS;
export type Format = Form;

export function formatOf(text: string): Format {
  const format = FORMATS.find((one) => one === text);
  if (format === undefined)
    throw new CouldNot(
      `Cannot use --format ${text}: want one of ${FORMATS.join(", ")}`,
    );
  return format;
}

/** Rows as they come, to standard output or a file; what is said of them goes to the other stream. */
export async function streamQuery(
  asker: Asker,
  request: Request,
  format: Format,
  options: { readonly out?: string; readonly receipt?: string },
): Promise<number> {
  const { receipt } = options;
  await mustKeep(receipt);
  if (receipt !== undefined) await mustKeep(settledOf(receipt));
  const out = await outFor(options.out);
  const response = await asker
    .send("POST", `/query?format=${format}`, {
      body: JSON.stringify(request),
      headers: { Accept: MEDIA_TYPES[format] },
    })
    .catch(async (error: unknown) => {
      await out.discard();
      throw error;
    });
  if (response.status !== 200) {
    await out.discard();
    const answer = await wholeOf(response);
    if (response.status === 403) return refused(answer);
    throw new CouldNot(messageOf(answer));
  }
  const say = console.error;
  const told = {
    ...(receipt === undefined ? {} : { receipt }),
    ...{ isStream: true, say },
  };
  try {
    const bytes = await copy(response, out, format);
    await out.done();
    say(`${format.padEnd(9)} ${showBytes(bytes)}${intoOf(options.out)}`);
  } catch (error) {
    const partial = await out.broken();
    const settle = await tellReceipts(asker, response, told);
    throw brokenOff(error, partial, {
      isCounted: !response.headers.has("Vitrine-Receipts-At"),
      result: settle?.result,
    });
  }
  await tellReceipts(asker, response, told);
  return EXIT.done;
}

const intoOf = (out: string | undefined): string =>
  out === undefined ? "" : ` in ${out}`;

async function copy(
  response: Response,
  out: Out,
  format: Format,
): Promise<number> {
  const progress = new ProgressLine();
  let bytes = 0;
  let lines = 0;
  try {
    for await (const chunk of bytesIn(response)) {
      bytes += chunk.length;
      if (format === "ndjson")
        for (const byte of chunk) if (byte === 10) lines++;
      await out.write(chunk);
      progress.show(
        () =>
          `${format === "ndjson" ? `${lines} rows, ` : ""}${showBytes(bytes)}`,
      );
    }
  } finally {
    progress.end();
  }
  return bytes;
}

/** What came is no answer: it says so itself only in JSON and Parquet. */
function brokenOff(
  cause: unknown,
  partial: string | undefined,
  charged: {
    readonly isCounted: boolean;
    readonly result: string | undefined;
  },
): CouldNot {
  const kept =
    partial === undefined
      ? "what came is not all"
      : `what came is kept as ${partial} and is not all`;
  const cost = charged.isCounted
    ? "open data cost nothing"
    : charged.result === "broken"
      ? "it is not charged"
      : charged.result === undefined
        ? "what it is charged stands in the receipt of its settle"
        : `the office settled it as ${charged.result}`;
  const why =
    cause instanceof CouldNot
      ? cause.message
      : "Cannot go on: the answer was broken off before its end";
  return new CouldNot(`${why}; ${kept}; ${cost}`, { cause });
}
