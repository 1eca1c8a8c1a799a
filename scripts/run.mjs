// `node scripts/run.mjs COMMAND …`: the vitrine command of this clone, installed and built first if it must be.
import { join } from "node:path";
import { build } from "./build.mjs";
import { root, runNode, runScript, setup } from "./setup.mjs";

await runScript(async () => {
  await setup();
  await build();
  return runNode([
    "--enable-source-maps",
    join(root, "dist", "vitrine.mjs"),
    ...process.argv.slice(2),
  ]);
});
