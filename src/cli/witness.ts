import { promises as fs } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import type { Command } from "commander";
import { FormatError, quote } from "../log/format-error.ts";
import { parseLogList } from "../log/policy.ts";
import {
  COSIGNATURE,
  formatVerifierKey,
  isKeyName,
  verifierKey,
  type VerifierKey,
} from "../log/verifier-key.ts";
import {
  generateKey,
  primitives,
  type SigningKey,
  signingKey,
} from "../store/crypto.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { isKeyThere, readKeyFile, writeKeyFile } from "./keys.ts";
import { portOf } from "./serve.ts";
import { type MemoryLost, WitnessMemory } from "./witness/memory.ts";
import { serveWitness } from "./witness/server.ts";

type Options = {
  readonly folder: string;
  readonly log: readonly string[];
  readonly logs?: string;
  readonly name: string;
  readonly port: string;
};

/** A tlog-witness (C2SP): it cosigns the checkpoints of logs as long as each is one history, and remembers the last. */
export function addWitness(program: Command): void {
  program
    .command("witness")
    .description(
      "run a witness that cosigns the checkpoints of logs and remembers the largest of each",
    )
    .requiredOption(
      "--folder <dir>",
      "where its key and its memory lie; made when missing",
    )
    .option(
      "--log <vkey...>",
      "verifier key of a log to watch: an office's front page shows it",
      [],
    )
    .option(
      "--logs <file>",
      "file of logs to watch, a line `log <vkey>` each, as in a tlog-policy",
    )
    .option(
      "--name <name>",
      "name in its cosignatures, a scheme-less URL",
      "witness.example",
    )
    .option("--port <port>", "port on 127.0.0.1", "8081")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine witness --folder my-witness --name court.example/witness --log 'data.example/register+…'",
    )
    .action((options: Options) => runCommand(() => runWitness(options)));
}

async function runWitness(options: Options): Promise<number> {
  const { folder, name } = options;
  const port = portOf(options.port);
  const logs = await logsIn(options);
  // Two processes over one memory would each cosign a history of their own.
  await lockFolder(folder);
  const { key, server, lost } = await openWitness(folder, logs, name);
  await listen(server, port);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : port}`;
  console.log(`witness   ${formatVerifierKey(key)}`);
  for (const origin of new Set(logs.map((log) => log.name)))
    console.log(`watches   ${origin}`);
  console.log(`address   ${url}`);
  console.log(
    `policy    witness first ${formatVerifierKey(key)} ${url}   (this line, in the office's tlog-policy file)`,
  );
  const stopped = new Promise<undefined>((resolve) => {
    process.once("SIGTERM", () => resolve(undefined));
    process.once("SIGINT", () => resolve(undefined));
  });
  const error = await Promise.race([lost, stopped]);
  await closed(server);
  if (error !== undefined) throw error;
  return EXIT.done;
}

/** What `--log` and `--logs` name together: a log that both name is one. */
async function logsIn({ log, logs }: Options): Promise<readonly VerifierKey[]> {
  const given = log.map((vkey) => {
    try {
      return parseLogList(primitives, `log ${vkey}`);
    } catch (cause) {
      if (!(cause instanceof FormatError)) throw cause;
      throw new CouldNot(
        `Cannot use --log ${quote(vkey)}: ${cause.problem.replace(/^line 1 (?!')/, "it ").replace(/^line 1 /, "")}; want the verifier key of a log, <origin>+<id>+<key>`,
        { cause },
      );
    }
  });
  const listed =
    logs === undefined ? [] : parseLogList(primitives, await textOf(logs));
  const byKey = new Map(
    [...given.flat(), ...listed].map(({ key }) => [
      formatVerifierKey(key),
      key,
    ]),
  );
  if (byKey.size === 0)
    throw new CouldNot(
      "Cannot run a witness of nothing: want --log <vkey> or --logs <file> with a line 'log <vkey>'",
    );
  return [...byKey.values()];
}

async function textOf(path: string): Promise<Buffer> {
  return fs.readFile(path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : "unknown error";
    throw new CouldNot(
      `Cannot read --logs ${path}: ${why}; want a file with a line 'log <vkey>' for each log`,
      { cause },
    );
  });
}

/** A witness over its folder, ready to listen. */
export async function openWitness(
  folder: string,
  logs: readonly VerifierKey[],
  name: string,
): Promise<{
  readonly key: VerifierKey;
  readonly server: Server;
  readonly lost: Promise<MemoryLost>;
}> {
  if (!isKeyName(name))
    throw new CouldNot(
      `Cannot use --name ${quote(name)}: want one without spaces and plus signs, such as court.example/witness`,
    );
  const signing = await witnessKey(folder);
  const key = verifierKey(primitives, name, COSIGNATURE, signing.publicKey);
  const memory = new WitnessMemory(folder, key, signing, logs);
  // A memory that cannot be read ends it here, not at the first submission.
  for (const origin of memory.origins) await memory.remembered(origin);
  return { key, ...serveWitness(memory) };
}

export async function witnessKey(folder: string): Promise<SigningKey> {
  const path = join(folder, "witness.json");
  if (!(await isKeyThere(path))) await writeKeyFile(path, generateKey());
  return signingKey(await readKeyFile(path));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new CouldNot(
          `Cannot listen on 127.0.0.1:${port}: ${error.message}; stop what is there, or choose another with --port`,
        ),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}

const STOP_MS_MAX = 3_000;

/** Who is being answered hears it; whoever keeps a connection open for longer does not keep the witness. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), STOP_MS_MAX);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** A policy of one witness, as a tlog-policy file. */
export function policyText(
  logKey: string,
  witness: VerifierKey,
  url: string,
): string {
  return `log ${logKey}\nwitness first ${formatVerifierKey(witness)} ${url}\nquorum first\n`;
}
