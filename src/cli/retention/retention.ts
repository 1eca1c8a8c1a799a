import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { earliest, showInstant } from "../../acts/dates.ts";
import { partialDate } from "../../acts/shapes.ts";
import { showCount } from "../../audit/says.ts";
import { logPath } from "../../gateway/closed-log.ts";
import { type ReadRegister } from "../../register/register.ts";
import { officeOf } from "../../register/founding.ts";
import { usesPolicy } from "../../rules/retention.ts";
import { readIfThere, writeWhole } from "../../store/durable.ts";
import { isProcessAlive } from "../../store/process-mark.ts";
import { measureLog } from "../../store/retention.ts";
import { addIndexOpenings } from "../citizen/index-openings.ts";
import { demoFolder } from "../client.ts";
import { readOfficeConfig } from "../running.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { registerOf } from "../local-register.ts";
import { readAs, type RetentionNote, retentionResult } from "../read-as.ts";

const FOLDER = [
  "--folder <dir>",
  "the office's folder on this machine",
] as const;

export function addRetention(program: Command): void {
  const retention = program
    .command("retention")
    .description("drop closed usage logs when nothing keeps them any more");
  retention
    .command("plan")
    .description(
      "the closed usage logs, from when on each may be dropped, and what keeps it",
    )
    .argument("<where>", "an office's folder or address")
    .addHelpText("after", "\nExample:\n  vitrine retention plan my-office")
    .action((where: string) =>
      runCommand(async () => {
        for (const line of await planLines(where, Date.now()))
          console.log(line);
        return EXIT.done;
      }),
    );
  retention
    .command("drop")
    .description(
      "enter that a closed usage log is dropped; its files go an hour later, its head and totals stay",
    )
    .argument("<log>", "the log, such as gate-1/hour/2026q4")
    .option(...FOLDER, demoFolder())
    .addHelpText(
      "after",
      "\nExample:\n  vitrine retention drop gate-1/hour/2026q4 --folder my-office",
    )
    .action((log: string, { folder }: { folder: string }) =>
      runCommand(async () => {
        const office = officeOf((await registerOf(folder)).origin);
        const origin = log.startsWith(`${office}/`) ? log : `${office}/${log}`;
        const name = `drop-${log.replace(/[^a-z0-9]+/gi, "-")}`;
        return leave(folder, name, { do: "drop", log: origin });
      }),
    );
  const openings = program
    .command("openings")
    .description("what the office keeps to open the entries of uses");
  addIndexOpenings(openings);
  openings
    .command("erase")
    .description(
      "erase the openings of uses before a day; payers keep theirs with their receipts",
    )
    .requiredOption(
      "--before <day>",
      "the day, month or year, in the office's own time, such as 2027-01-01",
    )
    .option(...FOLDER, demoFolder())
    .addHelpText(
      "after",
      "\nExample:\n  vitrine openings erase --before 2027-01 --folder my-office",
    )
    .action((options: { before: string; folder: string }) =>
      runCommand(async () => {
        const { before, folder } = options;
        if (!partialDate.safeParse(before).success)
          throw new CouldNot(
            `Cannot use --before ${before}: want a day such as 2027-01-01`,
          );
        const { offsetMinutes } = await registerOf(folder);
        const instant = earliest(before, offsetMinutes);
        return leave(folder, "erase", { do: "erase", before: instant });
      }),
    );
}

/** One block of lines a closed log: what it is, and what keeps it. */
export async function planLines(
  where: string,
  now: number,
): Promise<readonly string[]> {
  const register = await registerOf(where);
  const show = (at: number) => showInstant(at, register.offsetMinutes);
  const isHere = !/^https?:\/\//.test(where);
  const lines: string[] = [];
  for (const [log, { head }] of register.heads) {
    const path = logPath(register, log);
    const dropped = register.dropped.get(log);
    const { files, bytes } = isHere
      ? await measureLog(where, path)
      : { files: 0, bytes: 0 };
    const size = `${path}  ${showCount(head.size)} entries${files === 0 ? "" : `, ${showCount(files)} files, ${showCount(bytes)} bytes`}`;
    const state =
      dropped === undefined
        ? keptLine(register, log, now)
        : `dropped by entry ${showCount(dropped.entry)} at ${show(dropped.at)}`;
    lines.push(`${size}: ${state}`);
  }
  return lines.length === 0
    ? ["no usage log stands in this register"]
    : lines.toSorted();
}

function keptLine(register: ReadRegister, log: string, now: number): string {
  const show = (at: number) => showInstant(at, register.offsetMinutes);
  const policy = usesPolicy(register, log);
  if ("why" in policy) return `kept: ${policy.why}`;
  const { closed, droppableFrom, permits, keepMonths } = policy;
  const used =
    permits.length === 0
      ? "open data alone"
      : permits
          .map(({ permit, ends }) => `${permit} ends ${show(ends)}`)
          .join(", ");
  const may =
    now < droppableFrom
      ? `kept until ${show(droppableFrom)}`
      : `may be dropped since ${show(droppableFrom)}`;
  return `${may}: ${keepMonths} months after it was closed at ${show(closed)} and its permits ended (${used})`;
}

const WAIT_MS_MAX = 120_000;

/** Leaves a note for the running office and waits for what came of it; without one it waits for the next start. */
async function leave(
  folder: string,
  name: string,
  note: RetentionNote,
): Promise<number> {
  if ((await readOfficeConfig(folder)) === undefined)
    throw new CouldNot(
      `Cannot leave a note in ${folder}: no office lies there, want the folder that \`vitrine serve\` was given`,
    );
  const path = join(folder, "retention", `${name}.json`);
  const done = `${path}.done`;
  await fs.rm(done, { force: true });
  await writeWhole(path, JSON.stringify(note));
  const mark = await readIfThere(join(folder, "vitrine.mark"));
  if (!isProcessAlive(mark?.toString("utf8") ?? "")) {
    console.log(
      "waiting   the office does not run; it takes this up at its next start",
    );
    return EXIT.done;
  }
  for (const start = Date.now(); Date.now() - start < WAIT_MS_MAX;) {
    const bytes = await readIfThere(done);
    if (bytes !== undefined) {
      const text: unknown = JSON.parse(bytes.toString("utf8"));
      const { entry, says, error } = readAs(retentionResult, text, done);
      await fs.rm(done, { force: true });
      if (error !== undefined) {
        console.error(error);
        return EXIT.refused;
      }
      console.log(`entry     ${showCount(entry ?? 0)}`);
      console.log(`entered   ${says ?? ""}`);
      return EXIT.done;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new CouldNot(
    `Cannot see what came of ${path}: the office did not take it up within ${WAIT_MS_MAX / 1000} s; it still lies there`,
  );
}
