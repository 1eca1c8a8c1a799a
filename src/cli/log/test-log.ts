import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import type { Command } from "commander";
import { Hono } from "hono";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { quote } from "../../log/format-error.ts";
import { withGrease } from "../../log/grease.ts";
import { formatNote, signNote } from "../../log/note.ts";
import { ENTRY_BYTES_MAX } from "../../log/tiles.ts";
import {
  ED25519,
  formatVerifierKey,
  isKeyName,
  verifierKey,
  type VerifierKey,
} from "../../log/verifier-key.ts";
import { upTo } from "../../portal/body-guards.ts";
import { logRoutes } from "../../portal/log-routes.ts";
import {
  generateKey,
  primitives,
  type SigningKey,
  signingKey,
} from "../../store/crypto.ts";
import { openDatabase } from "../../store/database.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { Log, placeOf } from "../../store/log.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { isKeyThere, readKeyFile, writeKeyFile } from "../keys.ts";
import { cannotListen } from "../ports.ts";
import { databaseFor } from "../office-database.ts";
import { publicFiles } from "../running.ts";
import { portOf } from "../serve.ts";

type Options = {
  readonly folder: string;
  readonly origin: string;
  readonly port: string;
};

const PLACE = "test";
const PUBLISH_MS = 100;
const WAITING_MAX = 20_000;

/** For the test tools of others, which add entries of their own by `POST /add`. */
export function addTestLog(log: Command): void {
  log
    .command("test-log", { hidden: true })
    .description(
      "run a bare log for tests of the formats: no office, anybody may add anything; its checkpoints carry grease",
    )
    .requiredOption("--folder <dir>", "where it lies; made when missing")
    .option("--origin <origin>", "its origin", "log.example/test")
    .option("--port <port>", "port on 127.0.0.1", "8082")
    .action((options: Options) => runCommand(() => runTestLog(options)));
}

async function runTestLog(options: Options): Promise<number> {
  const { folder, origin } = options;
  const port = portOf(options.port);
  if (!isKeyName(origin))
    throw new CouldNot(
      `Cannot use --origin ${quote(origin)}: want one without spaces and plus signs, such as log.example/test`,
    );
  await lockFolder(folder);
  const database = await databaseFor(folder, (line) =>
    console.log(`database  ${line}`),
  );
  const sql = await openDatabase(database.url);
  try {
    const log = await TestLog.open(sql, folder, origin);
    const app = new Hono();
    logRoutes(app, publicFiles(folder));
    app.post("/add", upTo(ENTRY_BYTES_MAX), async (c) => {
      const entry = new Uint8Array(await c.req.arrayBuffer());
      const index = await log.add(entry);
      if (index !== undefined) return c.text(`${index}`);
      return c.text("too many entries wait\n", 503, { "Retry-After": "1" });
    });
    const { server, address } = await listening(app.fetch, port);
    console.log(`for tests of the formats: no office, and anybody may add`);
    console.log(`log       ${formatVerifierKey(log.key)}`);
    console.log(`address   ${address}/log/${PLACE}/`);
    console.log(`add       POST ${address}/add`);
    const stopped = new Promise<undefined>((resolve) => {
      process.once("SIGTERM", () => resolve(undefined));
      process.once("SIGINT", () => resolve(undefined));
    });
    const error = await Promise.race([log.ended, stopped]);
    server.close();
    await log.close();
    if (error !== undefined) throw error;
    return EXIT.done;
  } finally {
    await sql.end({ timeout: 2 });
    await database.stop();
  }
}

/** A log that takes what it is given and publishes it ten times a second. */
class TestLog {
  readonly key: VerifierKey;
  /** Why it went no further. */
  readonly ended: Promise<Error>;
  readonly #log: Log;
  readonly #signing: SigningKey;
  /** Entries from the end of the public files on, and how many of all entries are durable. */
  readonly #tail: Uint8Array[];
  #durable: number;
  #published: Promise<unknown>;
  #isClosing = false;

  private constructor(log: Log, signing: SigningKey, tail: Uint8Array[]) {
    this.#log = log;
    this.#signing = signing;
    this.#tail = tail;
    this.#durable = log.files.size + tail.length;
    this.key = verifierKey(primitives, log.origin, ED25519, signing.publicKey);
    this.#published = Promise.resolve();
    this.ended = this.#run();
  }

  static async open(
    sql: Awaited<ReturnType<typeof openDatabase>>,
    folder: string,
    origin: string,
  ): Promise<TestLog> {
    const path = join(folder, "keys", "log.json");
    if (!(await isKeyThere(path))) {
      await fs.mkdir(join(folder, "keys"), { recursive: true });
      await writeKeyFile(path, generateKey());
    }
    const signing = signingKey(await readKeyFile(path));
    const place = placeOf(folder, origin, PLACE);
    const { log, tail: groups } = await Log.open(sql, place, Date.now());
    const { size } = log.files;
    const tail = groups.flatMap(({ first, entries }) =>
      entries.filter((_, index) => first + index >= size),
    );
    const opened = new TestLog(log, signing, tail);
    await opened.#published;
    return opened;
  }

  /** The index of an entry, when a public checkpoint covers it; undefined where too many wait. */
  async add(entry: Uint8Array): Promise<number | undefined> {
    if (this.#tail.length >= WAITING_MAX) return undefined;
    const synced = this.#log.journal.append(entry, Date.now());
    this.#tail.push(entry);
    const { index } = await synced;
    this.#durable = Math.max(this.#durable, index + 1);
    while (this.#log.files.size <= index)
      await Promise.race([sleep(PUBLISH_MS / 4), this.#failed()]);
    await this.#published;
    return index;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#published.catch(() => undefined);
    await this.#log.close();
  }

  async #failed(): Promise<never> {
    throw await this.ended;
  }

  async #run(): Promise<Error> {
    try {
      let published = -1;
      while (!this.#isClosing) {
        if (this.#durable !== published) {
          this.#published = this.#publish();
          await this.#published;
          published = this.#log.files.size;
        }
        await sleep(PUBLISH_MS);
      }
      return new Error("Cannot add: the log is closed");
    } catch (error) {
      return error instanceof Error ? error : new Error("Cannot publish");
    }
  }

  async #publish(): Promise<void> {
    const { files } = this.#log;
    const entries = this.#tail.slice(0, this.#durable - files.size);
    await this.#log.extend(entries);
    this.#tail.splice(0, entries.length);
    await this.#log.advance(Date.now());
    const { size } = files;
    const root = files.root();
    const { name: origin } = this.key;
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    const own = signNote(this.key, text, this.#signing.sign);
    await files.writeCheckpoint(
      formatNote(text, withGrease([own], randomBytes)),
    );
  }
}

function listening(
  fetch: Parameters<typeof serve>[0]["fetch"],
  port: number,
): Promise<{
  readonly server: ReturnType<typeof serve>;
  readonly address: string;
}> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: "127.0.0.1" }, (info) =>
      resolve({ server, address: `http://127.0.0.1:${info.port}` }),
    );
    server.once("error", (error: Error) =>
      reject(cannotListen(port, "--port", error)),
    );
  });
}
