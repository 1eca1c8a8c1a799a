import * as fs from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { root, run, runScript, setup } from "./setup.mjs";

const bin = (name) => join(root, "node_modules", ".bin", name);
const script = (name) => join(root, "scripts", name);

const STEPS = [
  { name: "types", command: bin("tsc"), args: ["-p", "tsconfig.json"] },
  {
    name: "core types",
    command: bin("tsc"),
    args: ["-p", "tsconfig.core.json"],
  },
  {
    name: "lint",
    command: bin("oxlint"),
    args: [
      "--type-aware",
      "--deny-warnings",
      "--report-unused-disable-directives",
    ],
  },
  {
    name: "format",
    command: bin("prettier"),
    args: ["--check", "--log-level=warn", "."],
  },
  // Writes nothing: it fails when a generated document differs from the committed one.
  {
    name: "docs",
    command: process.execPath,
    args: [script("docs.mjs"), "--check"],
    needs: script("docs.mjs"),
  },
  {
    name: "tests",
    command: process.execPath,
    args: [script("test.mjs")],
    last: true,
  },
];

/** Every step runs, also after a failure: one round shows everything that is wrong. */
async function check() {
  let failures = 0;
  for (const { name, command, args, needs, last } of STEPS) {
    if (needs !== undefined && !fs.existsSync(needs)) continue;
    const began = Date.now();
    const { code, output } = await run(command, args);
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    if (code !== 0) {
      failures += 1;
      console.log(output.trimEnd());
    }
    const told =
      last === true ? `   ${output.trimEnd().split("\n").at(-1)}` : "";
    console.log(
      `${name.padEnd(12)}${code === 0 ? "ok    " : "FAILED"}${seconds.padStart(7)} s${told}`,
    );
  }
  return failures === 0 ? 0 : 1;
}

await runScript(async () => {
  await setup();
  await build();
  return check();
});
