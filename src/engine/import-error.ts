import { basename } from "node:path";

/** A file that cannot be imported, in one line: which file, where in it, what stands there and what is wanted. */
export class ImportError extends Error {
  override readonly name = "ImportError";

  constructor(file: string, why: string, options?: ErrorOptions) {
    // A header or a file's name may hold a line end.
    super(
      `Cannot import ${basename(file)}: ${why}`.replace(
        /[\p{Cc}\u2028\u2029]+/gu,
        " ",
      ),
      options,
    );
  }
}

/** A value in an error: on one line, and never more than a line of it. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
