import { concatBytes } from "../../acts/bytes.ts";
import { CouldNot } from "../exit.ts";
import type { Digest, Place } from "./place.ts";

const TIMEOUT_MS = 30_000;
const TRIES_MAX = 3;
/** A bundle of 256 entries of 65,535 bytes has 17 million. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** What runs behind an address goes on; files in a folder may be of any time. */
export function isAddress({ name }: Pick<Place, "name">): boolean {
  return /^https?:\/\//.test(name);
}

/** An address. `digestOf` is the machine's way to hash what it does not hold. */
export function webPlace(
  base: string,
  digestOf: (
    parts: AsyncIterable<Uint8Array>,
    bytesMax: number,
  ) => Promise<Digest>,
): Place {
  return {
    name: base,
    read: (path) =>
      fetched(`${base}/${path}`, (response) =>
        bodyOf(response, `${base}/${path}`),
      ),
    digest: (path, bytesMax) =>
      fetched(`${base}/${path}`, (response) =>
        digestOf(partsOf(response), bytesMax),
      ),
  };
}

/** What is made of an address's answer; undefined when nothing is there. */
async function fetched<T>(
  address: string,
  take: (response: Response) => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      // Whoever runs the place could lead the asker to machines that only the asker reaches.
      const response = await fetch(address, {
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 404 || response.status === 410) return undefined;
      if (response.ok) return await take(response);
      if (response.status < 500 || attempt >= TRIES_MAX)
        throw new CouldNot(
          `Cannot read ${address}: it answered ${response.status}`,
        );
    } catch (error) {
      if (error instanceof CouldNot) throw error;
      const why =
        error instanceof Error
          ? error.cause instanceof Error
            ? error.cause.message
            : error.message
          : "unknown error";
      if (attempt >= TRIES_MAX)
        throw new CouldNot(`Cannot read ${address}: ${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
  }
}

/** What a server sends, as far as it may be a file of a log: one that sends without end is not listened to. */
export async function bodyOf(
  response: Response,
  from: string,
  bytesMax = FILE_BYTES_MAX,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of partsOf(response)) {
    length += part.length;
    if (length > bytesMax)
      throw new CouldNot(
        `Cannot read ${from}: it has more than ${bytesMax} bytes`,
      );
    parts.push(part);
  }
  return concatBytes(...parts);
}

/** Not every browser goes through a body by itself. */
async function* partsOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const read: { readonly done: boolean; readonly value?: unknown } =
        await reader.read();
      if (read.done) return;
      if (read.value instanceof Uint8Array) yield read.value;
    }
  } finally {
    // Whoever has heard enough closes the line.
    await reader.cancel().catch(() => undefined);
  }
}
