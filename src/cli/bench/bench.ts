import { promises as fs } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { benchAdmission } from "./admission.ts";
import { benchAppends } from "./appends.ts";
import { type Figure, machine, thousands } from "./figures.ts";
import { benchGate } from "./gate.ts";
import { benchLaw } from "./law.ts";
import { benchLedgerReading } from "./ledger-reading.ts";
import { benchLedger } from "./ledger.ts";
import { runLoad } from "./load.ts";
import { benchPortalUnderLoad } from "./portal-gate.ts";
import { WHOLE } from "./portal-office.ts";
import { benchPortal } from "./portal.ts";
import { benchServing } from "./serving.ts";
import { benchSizes } from "./sizes.ts";
import { benchStart } from "./start.ts";
import { benchVerification } from "./verification.ts";
import { benchWatching } from "./watching.ts";

/** What was asked of a bench beside its name. */
type Asked = { readonly acts?: number };

const benches = {
  admission: () => Promise.resolve(benchAdmission()),
  appends: benchAppends,
  verification: benchVerification,
  start: benchStart,
  gate: benchGate,
  watching: benchWatching,
  law: () => Promise.resolve(benchLaw()),
  portal: async ({ acts }: Asked) => [
    ...(await benchPortal({ ...WHOLE, acts: acts ?? WHOLE.acts })),
    ...(await benchPortalUnderLoad()),
  ],
  serving: benchServing,
  ledger: benchLedger,
  reading: benchLedgerReading,
  sizes: benchSizes,
  size: verifierSize,
} as const;

export function addBench(program: Command): void {
  program
    .command("bench")
    .description(
      "measure this machine: decisions, rulings, appends, verification, start, the gate's overhead, ledgers",
    )
    .argument(
      "[name...]",
      `which, of ${Object.keys(benches).join(", ")}; all by default`,
    )
    .option("--write", "put the table into docs/performance.md")
    .option(
      "--acts <number>",
      "a smaller register for the portal's bench",
      Number,
    )
    .option("--load", "be the load generator (used by the gate's own bench)")
    .addHelpText("after", "\nExample:\n  vitrine bench admission verification")
    .action((names: string[], options: Options) =>
      runCommand(() => bench(names, options)),
    );
}

type Options = Asked & { readonly write?: boolean; readonly load?: boolean };

async function bench(
  names: readonly string[],
  options: Options,
): Promise<number> {
  if (options.load === true) {
    await runLoad();
    return EXIT.done;
  }
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}`,
    "",
    "| what | figure | held against |",
    "|---|---|---|",
  ];
  console.log(lines[0]);
  const wanted = names.length === 0 ? Object.keys(benches) : names;
  for (const name of wanted) {
    const run = Object.entries(benches).find(([known]) => known === name)?.[1];
    if (run === undefined)
      throw new CouldNot(
        `Cannot measure ${name}: want one of ${Object.keys(benches).join(", ")}`,
      );
    console.error(`measuring ${name} …`);
    for (const { what, figure, against } of await run(options)) {
      console.log(
        `${what.padEnd(78)}  ${figure}${against === "" ? "" : `   (${against})`}`,
      );
      lines.push(`| ${what.trim()} | ${figure} | ${against} |`);
    }
  }
  if (options.write === true) await writeTable(lines);
  return EXIT.done;
}

async function verifierSize(): Promise<Figure[]> {
  const { size } = await fs.stat(
    fileURLToPath(new URL("./vitrine-verify.mjs", import.meta.url)),
  );
  return [
    {
      what: "size of the one-file verifier",
      figure: `${thousands(size)} bytes`,
      against: "",
    },
  ];
}

const BEGIN = "<!-- table: vitrine bench --write -->";
const END = "<!-- end of table -->";

async function writeTable(lines: readonly string[]): Promise<void> {
  const path = fileURLToPath(
    new URL("../docs/performance.md", import.meta.url),
  );
  const text = await fs.readFile(path, "utf8");
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from)
    throw new CouldNot(`Cannot write ${path}: its table's marks are missing`);
  await fs.writeFile(
    path,
    `${text.slice(0, from + BEGIN.length)}\n${lines.join("\n")}\n${text.slice(to)}`,
  );
}
