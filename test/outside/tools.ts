import {
  execFile,
  spawn,
  spawnSync,
  type ChildProcess,
} from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { root } from "../files.ts";

/** Programs of others, at the versions that this was tried with; nothing of theirs is kept here. */
const LITEWITNESS = "filippo.io/torchwood/cmd/litewitness@v0.6.1";
const HAMMER = "github.com/transparency-dev/tessera/internal/hammer@v1.0.4";

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
};

export function has(...programs: readonly string[]): boolean {
  return programs.every(
    (program) => spawnSync("which", [program]).status === 0,
  );
}

/** The tools of others, built by Go in a folder that goes away. */
export class Tools {
  readonly folder = mkdtempSync(join(tmpdir(), "vitrine-outside-"));

  /** Why they cannot be had; undefined when they can. */
  async fetch(): Promise<string | undefined> {
    if (!has("go")) return "go is not here";
    const ran = await this.#go("mod", "download");
    return ran.code === 0
      ? undefined
      : `the Go modules cannot be fetched: ${ran.err.trim().slice(0, 300)}`;
  }

  /** Our own few lines over their libraries. */
  async build(): Promise<void> {
    const ran = await this.#go(
      "build",
      "-o",
      join(this.folder, "outside"),
      ".",
    );
    if (ran.code !== 0) throw new Error(`Cannot build outside: ${ran.err}`);
  }

  /** A program of theirs; undefined where it cannot be had. */
  async install(what: "litewitness" | "hammer"): Promise<string | undefined> {
    const name = what === "hammer" ? HAMMER : LITEWITNESS;
    const ran = await this.#go("install", name);
    return ran.code === 0 ? join(this.folder, what) : undefined;
  }

  outside(args: readonly string[], input = ""): Promise<Ran> {
    return ranWith(join(this.folder, "outside"), args, input);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #go(...args: readonly string[]): Promise<Ran> {
    return ranWith("go", args, "", {
      cwd: join(root, "test", "outside"),
      env: { ...process.env, GOBIN: this.folder, GOFLAGS: "-buildvcs=false" },
    });
  }
}

export function ranWith(
  file: string,
  args: readonly string[],
  input = "",
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(file, [...args], options, (error, out, err) => {
      const code = error === null ? 0 : error.code;
      resolve({ code: typeof code === "number" ? code : -1, out, err });
    });
    // A program may end without having read: its code is what counts.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** A program that runs until the test ends. */
export function started(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(file, [...args], {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => (said += String(part)));
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
  });
  return { child, said: () => said };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string")
          reject(new Error("Cannot find a free port"));
        else resolve(address.port);
      });
    });
  });
}

export async function untilAnswers(url: string): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const there = await fetch(url).then(
      () => true,
      () => false,
    );
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Cannot go on: nothing answers ${url}`);
}
