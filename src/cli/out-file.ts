import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { CouldNot } from "./exit.ts";

/** Where bytes go as they come. */
export type Out = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** All has come: what was written stands under its own name. */
  readonly done: () => Promise<void>;
  /** It broke off; where what came lies, where it lies anywhere. */
  readonly broken: () => Promise<string | undefined>;
  /** Nothing came. */
  readonly discard: () => Promise<void>;
};

/** Before anything is asked: what is asked is entered for ever, whether it can be written or not. */
export async function outFor(path: string | undefined): Promise<Out> {
  return path === undefined ? standardOutput() : intoFile(path);
}

export const partialOf = (path: string): string => `${path}.partial`;

/** Opens for writing from `at` on; what stands behind it goes. */
export async function openPartial(
  path: string,
  at: number,
): Promise<FileHandle> {
  const partial = partialOf(path);
  await mustBeNoFolder(path);
  try {
    const file = await open(partial, at === 0 ? "w" : "r+");
    await file.truncate(at);
    return file;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown error";
    throw new CouldNot(
      `Cannot write ${path}: ${why}; want a place in a folder that this account may write in; nothing was asked`,
      { cause },
    );
  }
}

/** The last bytes are on the disk before the name says that they are all there. */
export async function finishPartial(
  path: string,
  file: FileHandle,
): Promise<void> {
  await file.sync();
  await file.close();
  await rename(partialOf(path), path);
}

async function mustBeNoFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true)
    throw new CouldNot(
      `Cannot write ${path}: it is a folder, want the name of a file; nothing was asked`,
    );
}

async function intoFile(path: string): Promise<Out> {
  const file = await openPartial(path, 0);
  return {
    write: async (bytes) => {
      await file.writeFile(bytes);
    },
    done: () => finishPartial(path, file),
    broken: async () => {
      await file.close();
      return partialOf(path);
    },
    discard: async () => {
      await file.close();
      await rm(partialOf(path), { force: true });
    },
  };
}

function standardOutput(): Out {
  const { stdout } = process;
  const gone = new Promise<never>((_, reject) => {
    stdout.once("error", (cause: Error) =>
      reject(
        new CouldNot(
          `Cannot go on: standard output cannot be written (${cause.message})`,
          { cause },
        ),
      ),
    );
  });
  // Whoever writes hears of it.
  gone.catch(() => undefined);
  return {
    write: (bytes) =>
      Promise.race([
        gone,
        new Promise<void>((resolve) => {
          stdout.write(bytes, (error) => {
            if (error === undefined || error === null) resolve();
          });
        }),
      ]),
    done: () => Promise.resolve(),
    broken: () => Promise.resolve(undefined),
    discard: () => Promise.resolve(),
  };
}
