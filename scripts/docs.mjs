// Writes the generated documents, or with --check says whether the committed ones are what would be written.
import * as fs from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./setup.mjs";

const check = process.argv.includes("--check");
const bundle = join(root, "node_modules", ".vitrine-vocabulary.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["scripts/vocabulary.ts"],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  logLevel: "error",
});
const { documents } = await import(pathToFileURL(bundle).href);
let different = 0;
const read = (path) => fs.readFileSync(join(root, path), "utf8");
for (const [path, text] of Object.entries(documents(read))) {
  const file = join(root, path);
  const committed = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  if (committed === text) continue;
  different++;
  if (check)
    console.error(
      `${path} is not what the sources say: run node scripts/docs.mjs`,
    );
  else fs.writeFileSync(file, text);
}
process.exitCode = check && different > 0 ? 1 : 0;
