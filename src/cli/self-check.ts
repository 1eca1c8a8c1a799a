import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { showInstant } from "../acts/dates.ts";
import type { LastCheck } from "../portal/overview.ts";

/**
 * The office runs the stranger's check on itself, as a program of its own, and shows what it could not check. This says
 * nothing for the office: a stranger runs a copy that did not come from here.
 */
export function selfCheck(
  address: string,
  now: number,
  offsetMinutes: number,
): Promise<LastCheck | undefined> {
  const program = fileURLToPath(
    new URL("./vitrine-verify.mjs", import.meta.url),
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, address],
      { timeout: 600_000, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout) => {
        const lines = stdout.trimEnd().split("\n");
        const conclusion = lines.at(-1) ?? "";
        if (error !== null && error.code === undefined)
          return resolve(undefined);
        const shown = lines.filter(
          (line) =>
            line.startsWith("not checked") ||
            line.startsWith("in force") ||
            line.startsWith("times"),
        );
        resolve({
          at: showInstant(now, offsetMinutes),
          lines: shown,
          conclusion,
        });
      },
    );
  });
}
