import { readFileSync } from "node:fs";

/** Beside this file in the sources, and beside the bundle when it is built. */
export const SIGN_SCRIPT = readFileSync(
  new URL("./sign.mjs", import.meta.url),
  "utf8",
);
