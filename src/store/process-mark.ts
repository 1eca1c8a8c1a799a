import { readFileSync } from "node:fs";

/**
 * Names one process for as long as it lives: its number and the moment it started, since numbers are given out again
 * (a container gives the same small numbers at every start). Where the system does not tell the moment it is 0.
 */
export function processMark(pid: number): string {
  return `${pid}-${startedAt(pid) ?? 0}`;
}

export function isProcessAlive(mark: string): boolean {
  const parts = /^([1-9]\d*)-(\d+)$/.exec(mark);
  const pid = Number(parts?.[1] ?? 0);
  if (pid === 0 || !exists(pid)) return false;
  const started = startedAt(pid);
  return started === undefined || started === parts?.[2];
}

/** Whether a process with this number runs; one that has ended and waits to be buried does not. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)?.[0] !== "Z";
  } catch (error) {
    // Somebody else's process may not be signalled, yet it lives.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Clock ticks from the machine's start to the process's; undefined where there is no /proc. */
const startedAt = (pid: number): string | undefined => statOf(pid)?.[19];

/** The fields of proc(5) stat from the third on. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold anything, brackets and blanks too.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
