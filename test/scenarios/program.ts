import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The built program, as users run it. */
export const root = new URL("../../", import.meta.url).pathname;
export const program = join(root, "dist", "vitrine.mjs");
export const verifier = join(root, "dist", "vitrine-verify.mjs");
export const chromium = "/usr/bin/chromium";
export const hasChromium = existsSync(chromium);

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
};

export function run(
  file: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [file, ...args],
      {
        cwd: root,
        env: { ...process.env, ...env },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, out, err) => {
        const code = error === null ? 0 : error.code;
        resolve({ code: typeof code === "number" ? code : -1, out, err });
      },
    );
  });
}

/** Resolves when another minute of uses has ended and is public: asking the program before then only costs time. */
export function nextMinute(): Promise<void> {
  return sleep(62_000 - (Date.now() % 60_000));
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") {
    throw new Error("Cannot find a free port");
  }
  return address.port;
}

/** A demonstration office of its own, on ports of its own, in a folder that goes away. */
export class Demonstration {
  readonly folder = join(mkdtempSync(join(tmpdir(), "vitrine-")), "demo");
  readonly #ports: readonly [number, number];
  #child: ChildProcess | undefined;
  printed = "";

  private constructor(ports: readonly [number, number]) {
    this.#ports = ports;
  }

  static async make(): Promise<Demonstration> {
    return new Demonstration([await freePort(), await freePort()]);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#ports[0]}`;
  }

  get witness(): string {
    return `http://127.0.0.1:${this.#ports[1]}`;
  }

  get env(): Record<string, string> {
    return { VITRINE_DEMO: this.folder, VITRINE_URL: this.address };
  }

  /** Starts the office and resolves when it has printed what comes next. */
  async start(): Promise<void> {
    const args = [
      program,
      "demo",
      "--folder",
      this.folder,
      "--port",
      String(this.#ports[0]),
      "--witness-port",
      String(this.#ports[1]),
    ];
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.printed = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (part: Buffer): void => {
        this.printed += part.toString("utf8");
        if (this.printed.includes("next          docs/ten-minutes.md"))
          resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", (code) =>
        reject(
          new Error(`The office ended with ${String(code)}: ${this.printed}`),
        ),
      );
    });
  }

  /** Waits until the office has ended by itself. */
  exitCode(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null)
      return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.once("exit", resolve);
    });
  }

  vitrine(...args: readonly string[]): Promise<Ran> {
    return run(program, args, this.env);
  }

  kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null)
      return Promise.resolve();
    return new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  }

  async end(): Promise<void> {
    await this.kill("SIGTERM");
    rmSync(join(this.folder, ".."), {
      recursive: true,
      force: true,
      maxRetries: 20,
      retryDelay: 100,
    });
  }
}
