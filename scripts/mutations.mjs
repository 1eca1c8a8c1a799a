// Acts that are wrong in random places, against the second reading of the articles: how many faults were found, missed, wrongly refused.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root, runScript, setup } from "./setup.mjs";

await runScript(async () => {
  await setup();
  const program = join(root, "node_modules", "vitest", "vitest.mjs");
  const files = readdirSync(join(root, "src", "rules"))
    .filter((name) => name.endsWith(".random.test.ts"))
    .map((name) => `src/rules/${name}`);
  const child = spawn(
    process.execPath,
    [program, "run", "--project", "quick", "--silent=false", ...files],
    { cwd: root, stdio: "inherit", env: { ...process.env, SOAK: "1" } },
  );
  return new Promise((resolve) => child.once("close", resolve));
});
