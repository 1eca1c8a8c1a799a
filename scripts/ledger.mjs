// `npm run ledger -- RECEIPTS… --fees APPROVED`: vitrine audit ledger, set up and built first; without arguments, its example.
import { join } from "node:path";
import { build } from "./build.mjs";
import { makeExample } from "./example.mjs";
import { root, runNode, runScript, setup } from "./setup.mjs";

const EXAMPLE = [
  "examples/fees-2018-2023/receipts.csv",
  "--fees",
  "examples/fees-2018-2023/approved.csv",
  "--claimed",
  "2.48 billion CNY",
];

await runScript(async () => {
  await setup();
  await build();
  await makeExample();
  const args = process.argv.slice(2);
  return runNode([
    "--enable-source-maps",
    join(root, "dist", "vitrine.mjs"),
    "audit",
    "ledger",
    ...(args.length === 0 ? EXAMPLE : args),
  ]);
});
