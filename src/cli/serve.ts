import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { lockFolder } from "../store/folder-lock.ts";
import { withEnvironment } from "./config/environment.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { draftFirstActs } from "./founding.ts";
import { machineKeys } from "./keys.ts";
import { runSettings } from "./office-config.ts";
import { mustBeFree } from "./ports.ts";
import { databaseFor } from "./office-database.ts";
import {
  markRunning,
  readOfficeConfig,
  type Running,
  runOffice,
  unmarkRunning,
  writeOfficeConfig,
} from "./running.ts";

export function addServe(program: Command): void {
  program
    .command("serve")
    .description(
      "run an office from its folder; a new folder becomes a new office that waits for its founding act",
    )
    .argument("<folder>", "the office's folder")
    .option(
      "--origin <origin>",
      "for a new office: the origin of its register log, such as data.example/register",
    )
    .option(
      "--port <port>",
      "its port, where listen.port of the settings is not to count",
    )
    .addHelpText(
      "after",
      "\nIts settings stand in office.json and the environment: vitrine config check my-office\nDATABASE_URL names the PostgreSQL to use; without it the office runs one of its own inside the folder.\nExample:\n  vitrine serve my-office --origin data.example/register --port 8080",
    )
    .action((folder: string, options: { origin?: string; port?: string }) =>
      runCommand(() => serveOffice(folder, options)),
    );
}

export function portOf(text: string): number {
  if (!/^[0-9]{1,5}$/.test(text) || Number(text) > 65_535)
    throw new CouldNot(
      `Cannot use --port ${text}: want a number from 0 to 65535`,
    );
  return Number(text);
}

async function serveOffice(
  folder: string,
  options: { origin?: string; port?: string },
): Promise<number> {
  if (options.origin === undefined && !(await isOffice(folder)))
    throw new CouldNot(
      `Cannot serve ${folder}: it is no office yet; name its --origin to begin one`,
    );
  if (options.origin !== undefined && !options.origin.endsWith("/register"))
    throw new CouldNot(
      `Cannot use --origin ${options.origin}: want one that ends in /register`,
    );
  await lockFolder(folder);
  const known = await readOfficeConfig(folder);
  const fresh = { origin: options.origin ?? "", demonstration: false };
  const config = known ?? withEnvironment(fresh, process.env);
  const settings = runSettings(config);
  const port =
    options.port === undefined ? settings.listen.port : portOf(options.port);
  await mustBeFree(port, "--port");
  const database = await databaseFor(folder, (line) =>
    console.log(`database  ${line}`),
  );
  try {
    if (known === undefined) await writeOfficeConfig(folder, fresh);
    const running = await runOffice(folder, config, port, database);
    console.log(`office    ${config.origin}`);
    if (running.house.office.published.size === 0) {
      const keys = await machineKeys(folder);
      const acts = await draftFirstActs(folder, config.origin, keys);
      console.log(
        `founding  this office has no founding act yet: drafts of its first acts lie in ${acts}, see docs/first-office.md`,
      );
    }
    if (running.metrics !== undefined)
      console.log(`metrics   ${running.metrics}`);
    console.log(`address   ${running.address}`);
    await untilStopped(folder, running);
  } finally {
    await database.stop();
  }
  return EXIT.done;
}

async function isOffice(folder: string): Promise<boolean> {
  return fs.stat(join(folder, "office.json")).then(
    () => true,
    () => false,
  );
}

export const EXIT_MS_MAX = 3_000;

/** Writes the process id, waits for a signal or a halt, and stops in order. A writer that halted serves nothing more. */
export async function untilStopped(
  folder: string,
  running: Running,
): Promise<void> {
  await markRunning(folder, running.address);
  const stop = (): void => {
    // Whoever waits for `ended` hears of a failure.
    running.stop().catch(() => undefined);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    await running.ended;
    await running.stop();
  } catch (error) {
    // What is durable stays so. What waits for a database that has gone must not keep the reason from being said.
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      running.stop(true).catch(() => undefined),
      new Promise((resolve) => (timer = setTimeout(resolve, EXIT_MS_MAX))),
    ]);
    clearTimeout(timer);
    throw error;
  } finally {
    await unmarkRunning(folder);
    // What is still open then is not waited for: the process must not outlive its mark.
    setTimeout(() => process.exit(), EXIT_MS_MAX).unref();
  }
}
