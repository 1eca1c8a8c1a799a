// The digest of an edition: SHA-256 over every source that can change a ruling, an admission or a charge. Prints it.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup.mjs";

const ENTRIES = [
  "src/acts/entry.ts",
  "src/register/apply.ts",
  "src/rules/decide.ts",
  "src/rules/turn-away.ts",
  "src/uses/admit.ts",
  "src/uses/codec.ts",
];
// Sentences may be mended, and the list of digests cannot hold its own.
const OUTSIDE = new Set(["src/rules/law.ts", "src/rules/editions.ts"]);

/** The sources behind an edition: the entry points and everything of ours that they import. */
export function sourcesOfEdition() {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path) || OUTSIDE.has(path)) return;
    found.add(path);
    const text = fs.readFileSync(join(root, path), "utf8");
    for (const [, target] of text.matchAll(/from\s+"(\.[^"]+)"/g))
      visit(relative(root, join(root, dirname(path), target)));
  };
  for (const entry of ENTRIES) visit(entry);
  return [...found].sort();
}

export function editionDigest() {
  const lines = sourcesOfEdition().map(
    (path) =>
      `${createHash("sha256")
        .update(fs.readFileSync(join(root, path)))
        .digest("hex")}  ${path}\n`,
  );
  return createHash("sha256").update(lines.join("")).digest("base64url");
}

if (
  process.argv[1] !== undefined &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  console.log(editionDigest());
  if (process.argv.includes("--files"))
    for (const path of sourcesOfEdition()) console.log(path);
}
