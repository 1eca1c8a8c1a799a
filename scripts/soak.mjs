// Simulations, properties and kill loops with fresh seeds, until something fails or the time is over (`npm run soak -- 30` minutes).
// `npm run soak -- gate`: instead an hour of 246 uses a second (`npm run soak -- gate --seconds 600 --rate 100`).
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { build } from "./build.mjs";
import { root, runNode, runScript, setup } from "./setup.mjs";

const [first = "10", ...rest] = process.argv.slice(2);
const minutes = Number(first);

await runScript(async () => {
  await setup();
  await build();
  if (first === "gate")
    return runNode([join(root, "dist", "vitrine.mjs"), "soak", ...rest]);
  const end = Date.now() + minutes * 60_000;
  for (let round = 1; Date.now() < end; round++) {
    const seed = randomInt(2 ** 31);
    console.log(`soak      round ${round}, seed ${seed}`);
    const code = await vitest(seed);
    if (code !== 0) {
      console.log(
        `soak      failed; again with: SOAK=1 SOAK_SEED=${seed} npm test`,
      );
      return 1;
    }
  }
  console.log(`soak      ${minutes} minutes, nothing failed`);
  return 0;
});

function vitest(seed) {
  const program = join(root, "node_modules", "vitest", "vitest.mjs");
  const child = spawn(
    process.execPath,
    [
      program,
      "run",
      "src",
      "test/simulation",
      "test/garbage.test.ts",
      "test/scenarios/kill.test.ts",
      "test/scenarios/every-page.test.ts",
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, SOAK: "1", SOAK_SEED: String(seed) },
    },
  );
  return new Promise((resolve) =>
    child.once("exit", (code) => resolve(code ?? 1)),
  );
}
