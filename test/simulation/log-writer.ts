import { type ChildProcess, execFile, spawn } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { headsIn, readHead, type Sql } from "../../src/store/database.ts";
import { Log, placeOf } from "../../src/store/log.ts";
import { root } from "../files.ts";
import { clientFindings, type Shown } from "./log-client.ts";

/** The writer program as one file, and the folders of its logs. */
export class Writers {
  readonly folder = fs.mkdtempSync(join(tmpdir(), "vitrine-writer-"));
  readonly url: string;
  readonly #program = join(this.folder, "writer.mjs");
  #logs = 0;

  private constructor(url: string) {
    this.url = url;
  }

  static async make(url: string): Promise<Writers> {
    const writers = new Writers(url);
    await build({
      absWorkingDir: root,
      entryPoints: ["test/simulation/log-writer-program.ts"],
      outfile: writers.#program,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "silent",
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    fs.cpSync(
      join(root, "src", "store", "migrations"),
      join(writers.folder, "migrations"),
      { recursive: true },
    );
    return writers;
  }

  newLog(): Written {
    const name = `log-${++this.#logs}`;
    return new Written(join(this.folder, name), `data.example/${name}`);
  }

  /** Begins the program on a log; `before` are words that stand before it on the command line. */
  start(
    written: Written,
    batches: number,
    before: readonly string[] = [],
  ): ChildProcess {
    const [file, ...args] = [
      ...before,
      process.execPath,
      this.#program,
      written.folder,
      this.url,
      written.origin,
      String(batches),
    ];
    // One thread for files: what comes after what is then the same in every run.
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, UV_THREADPOOL_SIZE: "1" },
    });
    child.stdout.on("data", (part: Buffer) => written.hear(part.toString()));
    // strace tells every call: read, so that it does not wait.
    child.stderr.on("data", () => undefined);
    return child;
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a writer said to the world. */
export class Written {
  readonly folder: string;
  readonly origin: string;
  readonly answered = new Map<number, string>();
  readonly shown: Shown[] = [];
  said = "";
  #rest = "";

  constructor(folder: string, origin: string) {
    this.folder = folder;
    this.origin = origin;
  }

  hear(text: string): void {
    this.said = `${this.said}${text}`.slice(-2_000);
    const lines = `${this.#rest}${text}`.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, index, entry = ""] = /^answered ([0-9]+) (.*)$/.exec(line) ?? [];
      if (index !== undefined) this.answered.set(Number(index), entry);
      const [, size, hash = ""] = /^shows ([0-9]+) (.*)$/.exec(line) ?? [];
      if (size !== undefined)
        this.shown.push({
          size: Number(size),
          root: Buffer.from(hash, "base64"),
        });
    }
  }

  /** Opens the log once more, publishes what is durable, and looks at it as a client. */
  async findings(sql: Sql): Promise<readonly string[]> {
    const place = placeOf(this.folder, this.origin, "register");
    const { log, tail } = await Log.openWith(headsIn(sql), place, Date.now());
    const from = log.files.size;
    await log.extend(
      tail.flatMap(({ first, entries }) =>
        entries.filter((_, i) => first + i >= from),
      ),
    );
    await log.advance(Date.now());
    await log.close();
    const now = { size: log.files.size, root: log.files.root() };
    const head = await readHead(sql, this.origin);
    if (head?.size !== now.size) return ["the head is not where the files are"];
    const read = (path: string): Buffer | undefined => {
      const file = join(place.publicFolder, path);
      return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
    };
    return clientFindings(read, now, this.answered, this.shown);
  }
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("close", (code) => resolve(code)));
}

export function hasStrace(): Promise<boolean> {
  return new Promise((resolve) =>
    execFile("strace", ["-f", "-e", "trace=none", "true"], (error) =>
      resolve(error === null),
    ),
  );
}
