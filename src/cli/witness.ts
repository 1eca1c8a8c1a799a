import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { join } from "node:path";
import type { Command } from "commander";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { cosign } from "../log/cosignature.ts";
import { FormatError } from "../log/format-error.ts";
import { formatNote, formatSignatures } from "../log/note.ts";
import {
  COSIGNATURE,
  formatVerifierKey,
  parseVerifierKey,
  verifierKey,
  type VerifierKey,
} from "../log/verifier-key.ts";
import {
  CONFLICT_CONTENT_TYPE,
  formatConflict,
  judgeAddCheckpoint,
  monitoringPath,
  parseAddCheckpoint,
  type WitnessState,
} from "../log/witness.ts";
import {
  generateKey,
  primitives,
  type SigningKey,
  signingKey,
} from "../store/crypto.ts";
import { readIfThere, writeWhole } from "../store/durable.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { isKeyThere, readKeyFile, writeKeyFile } from "./keys.ts";
import { portOf } from "./serve.ts";

const BODY_BYTES_MAX = 16 * 1024;

type Witness = {
  readonly folder: string;
  readonly key: VerifierKey;
  readonly signing: SigningKey;
  readonly logs: readonly VerifierKey[];
  /** One submission at a time: check and persist are one step. */
  turn: Promise<unknown>;
};

/** A tlog-witness (C2SP): it cosigns a log's checkpoints as long as they are one history, and remembers the last. */
export function addWitness(program: Command): void {
  program
    .command("witness")
    .description(
      "run a witness that cosigns a log's checkpoints and remembers the largest",
    )
    .requiredOption(
      "--folder <dir>",
      "where its key and its memory lie; made when missing",
    )
    .requiredOption(
      "--log <vkey...>",
      "verifier key of a log to watch: an office's front page shows it",
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
    .action(
      (options: {
        folder: string;
        log: string[];
        name: string;
        port: string;
      }) => runCommand(() => runWitness(options)),
    );
}

async function runWitness({
  folder,
  log,
  name,
  port,
}: {
  folder: string;
  log: string[];
  name: string;
  port: string;
}): Promise<number> {
  const { key, server } = await openWitness(folder, log, name);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new CouldNot(`Cannot listen on 127.0.0.1:${port}: ${error.message}`),
      ),
    );
    server.listen(portOf(port), "127.0.0.1", resolve);
  });
  console.log(`witness   ${formatVerifierKey(key)}`);
  console.log(`address   http://127.0.0.1:${port}`);
  console.log(
    `policy    witness first ${formatVerifierKey(key)} http://127.0.0.1:${port}   (this line, in the office's tlog-policy file)`,
  );
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => server.close(() => resolve()));
    process.once("SIGINT", () => server.close(() => resolve()));
  });
  return EXIT.done;
}

/** A witness over its folder, ready to listen. */
export async function openWitness(
  folder: string,
  log: readonly string[],
  name: string,
): Promise<{ key: VerifierKey; server: Server }> {
  const signing = await witnessKey(folder);
  const key = verifierKey(primitives, name, COSIGNATURE, signing.publicKey);
  const witness: Witness = {
    folder,
    key,
    signing,
    logs: log.map((text) => parseVerifierKey(primitives, text)),
    turn: Promise.resolve(),
  };
  const server = createServer(
    (request, response) => void handle(witness, request, response),
  );
  return { key, server };
}

export async function witnessKey(folder: string): Promise<SigningKey> {
  const path = join(folder, "witness.json");
  if (!(await isKeyThere(path))) await writeKeyFile(path, generateKey());
  return signingKey(await readKeyFile(path));
}

async function handle(
  witness: Witness,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const path = request.url ?? "/";
    if (request.method === "POST" && path === "/add-checkpoint")
      return await addCheckpoint(witness, await bodyOf(request), response);
    if (request.method === "GET" && path === "/")
      return answer(response, 200, `${formatVerifierKey(witness.key)}\n`);
    const held = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path);
    const note =
      held?.[1] === undefined
        ? undefined
        : await readIfThere(join(witness.folder, held[1], "checkpoint"));
    if (request.method === "GET" && note !== undefined)
      return answer(response, 200, note.toString("utf8"));
    return answer(response, 404, "not found\n");
  } catch (error) {
    if (error instanceof FormatError)
      return answer(response, 400, `${error.message}\n`);
    console.error(error);
    return answer(response, 500, "the witness failed\n");
  }
}

async function addCheckpoint(
  witness: Witness,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const done = witness.turn.then(() => decideAndPersist(witness, body));
  witness.turn = done.catch(() => undefined);
  const { status, text, type } = await done;
  answer(response, status, text, type);
}

async function decideAndPersist(
  witness: Witness,
  body: Buffer,
): Promise<{ status: number; text: string; type?: string }> {
  const request = parseAddCheckpoint(body);
  const { origin } = request.checkpoint;
  const file = join(witness.folder, monitoringPath(primitives, origin));
  const state = await stateOf(file);
  const verdict = judgeAddCheckpoint(
    primitives,
    state,
    request,
    witness.logs.filter((log) => log.name === origin),
  );
  if (verdict.status === 409)
    return {
      status: 409,
      text: formatConflict(verdict.size),
      type: CONFLICT_CONTENT_TYPE,
    };
  if (verdict.status !== 200)
    return { status: verdict.status, text: `${verdict.reason}\n` };
  const cosignature = cosign(
    witness.key,
    request.note.text,
    Math.floor(Date.now() / 1000),
    witness.signing.sign,
  );
  // Persisted before it is answered: a witness that forgets would cosign a second history.
  await writeWhole(
    file,
    formatNote(request.note.text, [...verdict.signatures, cosignature]),
  );
  return { status: 200, text: formatSignatures([cosignature]) };
}

/** What it cosigned last, whatever lines stand below it: a checkpoint has no empty line in itself. */
async function stateOf(file: string): Promise<WitnessState | undefined> {
  const note = (await readIfThere(file))?.toString("utf8");
  if (note === undefined) return undefined;
  const { size, root } = parseCheckpoint(
    note.slice(0, note.indexOf("\n\n") + 1),
  );
  return { size, root };
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain; charset=utf-8",
): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
  });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!(part instanceof Buffer)) continue;
    size += part.length;
    if (size > BODY_BYTES_MAX)
      throw new FormatError(
        "add-checkpoint",
        `it is over ${BODY_BYTES_MAX} bytes`,
      );
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A policy of one witness, as a tlog-policy file. */
export function policyText(
  logKey: string,
  witness: VerifierKey,
  url: string,
): string {
  return `log ${logKey}\nwitness first ${formatVerifierKey(witness)} ${url}\nquorum first\n`;
}
