import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import {
  readIfThere,
  root,
  runNode,
  runScript,
  setup,
  Stop,
} from "./setup.mjs";

/** Runs every test, or those that `args` choose; the last line says how many passed and failed. */
async function test(args) {
  const folder = fs.mkdtempSync(join(tmpdir(), "vitrine-test-"));
  try {
    const path = join(folder, "report.json");
    process.env.VITRINE_TEST_REPORT = path;
    const reporters = [
      "--reporter=default",
      `--reporter=${join(root, "scripts", "test-report.mjs")}`,
    ];
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const code = await runNode([
      vitest,
      "run",
      "--root",
      root,
      ...reporters,
      ...args,
    ]);
    return summary(code, readIfThere(path));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function summary(code, text) {
  const crashed = {
    passed: 0,
    failed: 0,
    skipped: [],
    broken: [],
    unhandled: [],
  };
  const { passed, failed, skipped, broken, unhandled } =
    text === undefined ? crashed : JSON.parse(text);
  for (const problem of broken) console.log(`Cannot run ${problem}`);
  for (const problem of unhandled) console.log(`Unhandled: ${problem}`);
  let failures = failed + broken.length + unhandled.length;
  if (failures === 0 && code !== 0) {
    console.log(
      `Cannot call this passed: vitest ended with code ${code}, wanted 0`,
    );
    failures = 1;
  }
  if (failures === 0 && passed === 0) {
    console.log("Cannot find a test that ran: wanted at least one");
    failures = 1;
  }
  for (const { name, note } of skipped)
    console.log(`skipped   ${name} (${note ?? "gives no reason"})`);
  console.log(`${skipped.length} skipped`);
  return close({ passed, failed: failures });
}

function close({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

await runScript(async () => {
  try {
    await setup();
    await build();
    return await test(process.argv.slice(2));
  } catch (error) {
    // The last line is the count, whatever happened before it.
    console.log(error instanceof Stop ? error.message : error);
    return close({ passed: 0, failed: 1 });
  }
});
