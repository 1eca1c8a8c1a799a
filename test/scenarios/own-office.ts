import { type ChildProcess, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { freePort, program, type Ran, root, run } from "./program.ts";

type Posts = readonly ("head" | "registrar" | "administrator")[];

/** An office of three people in a folder of its own, run by `vitrine serve` and asked by the command line alone. */
export class OwnOffice {
  readonly home: string;
  readonly #port: number;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #files = 0;
  /** By so many days its clock, and that of whoever asks it, is ahead. */
  #days = 0;
  printed = "";
  /** What it said on standard error alone. */
  logged = "";

  private constructor(
    home: string,
    port: number,
    env: Readonly<Record<string, string>>,
  ) {
    this.home = home;
    this.#port = port;
    this.#env = env;
  }

  /** A new folder with what is to lie in it before the first start; the environment is the office's. */
  static async make(
    files: Readonly<Record<string, string>> = {},
    env: Readonly<Record<string, string>> = {},
  ): Promise<OwnOffice> {
    const home = mkdtempSync(join(tmpdir(), "vitrine-own-"));
    mkdirSync(join(home, "office"));
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(home, "office", name), text);
    return new OwnOffice(home, await freePort(), env);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get folder(): string {
    return join(this.home, "office");
  }

  file(name: string): string {
    return join(this.home, name);
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        ...[program, "serve", this.folder, "--port", String(this.#port)],
        ...["--origin", "data.example/register"],
      ],
      {
        cwd: root,
        env: { ...process.env, ...this.#env, ...this.#clock() },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (part: Buffer): void => {
        this.printed += part.toString("utf8");
        if (/^address /m.test(this.printed)) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.stderr.on("data", (part) => (this.logged += String(part)));
      child.once("exit", (code) =>
        reject(
          new Error(`The office ended with ${String(code)}: ${this.printed}`),
        ),
      );
    });
  }

  /** Ends it, and starts it again so many days later: nothing of the program knows that the clock of the machine is another one. */
  async later(days: number): Promise<void> {
    writeFileSync(
      this.file("clock.mjs"),
      "const now = Date.now; Date.now = () => now() + Number(process.env.CLOCK_DAYS) * 86400000;",
    );
    await this.stop();
    this.#days += days;
    this.printed = "";
    await this.start();
  }

  #clock(): Record<string, string> {
    return this.#days === 0
      ? {}
      : {
          NODE_OPTIONS: `--import ${this.file("clock.mjs")}`,
          CLOCK_DAYS: String(this.#days),
        };
  }

  /** Founds it with what is changed in the rulebook and in the act, opens its gateway and lets the importer enter. */
  async found(rulebook: object, change: object = {}): Promise<void> {
    for (const [index, post] of [
      "head",
      "registrar",
      "administrator",
    ].entries()) {
      const made = await this.vitrine(
        ...["keygen", this.file(`${post}.key`)],
        ...["--person", String(index + 1), "--post", post],
      );
      isDone(made);
      writeFileSync(
        join(this.folder, "acts", `name-of-person-${index + 1}.txt`),
        `person ${index + 1} (invented)\n`,
      );
    }
    const path = join(this.folder, "acts", "1-founding.json");
    const founding: { rulebook: object } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    const changed = { ...founding.rulebook, ...rulebook };
    writeFileSync(
      path,
      JSON.stringify({ ...founding, ...change, rulebook: changed }),
    );
    const acts: readonly (readonly [string, Posts])[] = [
      ["1-founding", ["head", "registrar", "administrator"]],
      ["2-gateway", ["administrator"]],
      ["3-importer", ["administrator"]],
    ];
    for (const [name, by] of acts)
      await this.#granted(join(this.folder, "acts", `${name}.json`), by);
  }

  vitrine(...args: readonly string[]): Promise<Ran> {
    return run(program, args, { VITRINE_URL: this.address, ...this.#clock() });
  }

  /** Signs and submits an act. The last post approves. */
  act(act: object, ...by: Posts): Promise<Ran> {
    return this.#submit(this.#written(act), by);
  }

  /** The same with an act that lies in a file, beside its papers. */
  actFile(file: string, ...by: Posts): Promise<Ran> {
    return this.#submit(file, by);
  }

  async granted(act: object, ...by: Posts): Promise<void> {
    await this.#granted(this.#written(act), by);
  }

  /** A new token of an organisation. */
  async token(organisation: string): Promise<string> {
    const ran = await this.vitrine("token", this.folder, organisation);
    isDone(ran);
    return ran.out.slice(10).trim();
  }

  async import(dataset: string, csv: string): Promise<void> {
    const file = this.file(`${dataset}.csv`);
    writeFileSync(file, csv);
    const ran = await this.vitrine(
      ...["import", file, "--dataset", dataset, "--folder", this.folder],
    );
    isDone(ran);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null)
      await new Promise<void>((resolve) => {
        child.removeAllListeners("exit");
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      });
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.home, {
      recursive: true,
      force: true,
      maxRetries: 20,
      retryDelay: 100,
    });
  }

  #written(act: object): string {
    const file = this.file(`act-${++this.#files}.json`);
    writeFileSync(file, JSON.stringify(act));
    return file;
  }

  async #granted(file: string, by: Posts): Promise<void> {
    const ran = await this.#submit(file, by);
    isDone(ran);
    isGranted(ran);
  }

  #submit(file: string, by: Posts): Promise<Ran> {
    const keys = by.map((post) => this.file(`${post}.key`));
    return this.vitrine("act", file, "--key", ...keys);
  }
}

function isDone({ code, err, out }: Ran): void {
  expect([code, err], out).toEqual([0, ""]);
}

function isGranted({ out }: Ran): void {
  expect(out).toMatch(/^granted /m);
}
