import type { Command } from "commander";
import { addRecover } from "./recover.ts";
import { addDoctor } from "./doctor.ts";
import { addTestLog } from "./test-log.ts";

export function addLog(program: Command): void {
  const log = program
    .command("log")
    .description("look after a log, apart from an office that runs");
  addRecover(log);
  addDoctor(log);
  addTestLog(log);
}
