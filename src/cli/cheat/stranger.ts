import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { verify, type VerifyOptions } from "../verify/run.ts";

export type Answer = {
  readonly command: string;
  readonly exit: number;
  readonly lines: readonly string[];
  /** Codes of the contradictions among the lines. */
  readonly found: readonly string[];
};

const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** A program of dist/: beside this one once it is built, else in the clone that this source lies in. */
export function builtProgram(name: string): string | undefined {
  return [`./${name}`, `../../../dist/${name}`]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
}

/** The stranger's check, as a process of its own that knows nothing of what was done here. */
export async function askStranger(
  folder: string,
  options: VerifyOptions,
): Promise<Answer> {
  const program = builtProgram("vitrine-verify.mjs");
  const rest = [folder, ...args(options)];
  const command = `node vitrine-verify.mjs ${rest.join(" ")}`;
  const { exit, lines } =
    program === undefined
      ? await runHere(folder, options)
      : await run(program, rest);
  return { command, exit, lines, found: codesIn(lines) };
}

function args({ policy, receipt, also }: VerifyOptions): readonly string[] {
  return [
    ...(policy === undefined ? [] : ["--policy", policy]),
    ...(receipt ?? []).flatMap((path) => ["--receipt", path]),
    ...(also ?? []).flatMap((path) => ["--also", path]),
  ];
}

type Ran = Pick<Answer, "exit" | "lines">;

async function runHere(folder: string, options: VerifyOptions): Promise<Ran> {
  const lines: string[] = [];
  const exit = await verify(folder, options, (line) => lines.push(line));
  return { exit, lines };
}

function run(program: string, rest: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, ...rest],
      { maxBuffer: OUTPUT_BYTES_MAX },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code !== "number") return reject(error ?? new Error(stderr));
        const lines = `${stdout}${stderr}`.trimEnd().split("\n");
        resolve({ exit: code, lines });
      },
    );
  });
}

function codesIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap(
    (line) => /^CONTRADICTION .*\[([a-z-]+)\]$/.exec(line)?.slice(1) ?? [],
  );
}
