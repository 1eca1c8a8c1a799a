/** What an address outside answered, or why there is no answer that could be read. */
export type HttpAnswer =
  | {
      readonly status: number;
      readonly text: string;
      /** What it asks to be left alone for, in milliseconds; a push-back without a time is one for a second. */
      readonly laterMs: number;
    }
  | { readonly why: string; readonly isOver: boolean };

/** A note of a hundred lines is far below it. */
export const ANSWER_BYTES_MAX = 64 * 1024;
const LATER_MS = 1_000;
const LATER_MS_MAX = 60_000;

/** Asks once: an answer that is too long is none, and nobody is sent elsewhere by it. */
export async function askOver(
  address: string,
  timeoutMs: number,
  body?: string,
): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(address, {
      ...(body === undefined ? {} : { method: "POST", body }),
      redirect: "manual",
      signal,
    });
    const text = await boundedText(response);
    if (text === undefined)
      return {
        why: `it answers with more than ${ANSWER_BYTES_MAX} bytes`,
        isOver: true,
      };
    const { status, headers } = response;
    return { status, text, laterMs: laterMs(headers.get("retry-after")) };
  } catch (error) {
    return { why: causeOf(error), isOver: signal.aborted };
  }
}

async function boundedText(response: Response): Promise<string | undefined> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (body === null) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    // Leaving the loop ends the connection.
    if (size > ANSWER_BYTES_MAX) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function laterMs(header: string | null): number {
  if (header === null || !/^[0-9]{1,6}$/.test(header)) return LATER_MS;
  return Math.min(Number(header) * 1_000, LATER_MS_MAX);
}

/** fetch says that it failed, and its cause says why. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return error.cause instanceof Error ? error.cause.message : error.message;
}
