// `npm run screens`: takes the pictures of docs/screens while it walks the first ten minutes in a browser.
import { join } from "node:path";
import { build } from "./build.mjs";
import { root, runNode, runScript, setup } from "./setup.mjs";

await runScript(async () => {
  await setup();
  await build();
  process.env.SCREENS_FOLDER = join(root, "docs", "screens");
  return runNode([
    join(root, "node_modules", "vitest", "vitest.mjs"),
    ...["run", "--root", root, "--project", "quick"],
    "test/scenarios/browser-walk.test.ts",
  ]);
});
