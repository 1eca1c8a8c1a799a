import { join } from "node:path";
import { build } from "./build.mjs";
import { makeExample } from "./example.mjs";
import { root, runNode, runScript, setup } from "./setup.mjs";

await runScript(async () => {
  await setup();
  await build();
  await makeExample();
  const command = join(root, "dist", "vitrine.mjs");
  return runNode([
    "--enable-source-maps",
    command,
    "demo",
    ...process.argv.slice(2),
  ]);
});
