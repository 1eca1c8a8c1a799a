import { Command } from "commander";
import { vi } from "vitest";

export type Ran = {
  readonly out: string;
  readonly err: string;
  readonly code: number;
};

/** Runs a command of the program in this process: what it printed and how it ended. One at a time. */
export async function runInProcess(
  add: (program: Command) => void,
  ...args: readonly string[]
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const said = (lines: string[]) => (line: unknown) =>
    void lines.push(line instanceof Error ? String(line) : `${String(line)}\n`);
  const log = vi.spyOn(console, "log").mockImplementation(said(out));
  const error = vi.spyOn(console, "error").mockImplementation(said(err));
  const before = process.exitCode;
  try {
    const program = new Command().exitOverride();
    add(program);
    await program.parseAsync([...args], { from: "user" });
    return {
      out: out.join(""),
      err: err.join(""),
      code: Number(process.exitCode ?? 0),
    };
  } finally {
    process.exitCode = before;
    log.mockRestore();
    error.mockRestore();
  }
}
