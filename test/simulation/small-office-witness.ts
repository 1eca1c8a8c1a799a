import { promises as fs } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import type { ActOf } from "../../src/acts/act.ts";
import { toBase64url } from "../../src/acts/bytes.ts";
import { paperPath } from "../../src/acts/statement.ts";
import { openWitness, witnessKey } from "../../src/cli/witness.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  parseVerifierKey,
  verifierKey,
} from "../../src/log/verifier-key.ts";
import { parseNote } from "../../src/log/note.ts";
import { primitives } from "../../src/store/crypto.ts";
import { type HeadRow, openDatabase } from "../../src/store/database.ts";
import { DAY, HOUR } from "./small-office-acts.ts";
import { officeFor } from "./small-office-story.ts";
import { ORIGIN, type SmallOffice } from "./small-office.ts";

/** A whole hour, days ago: a witness has its own clock, and no entry may be later than what it cosigns. */
export const WATCHED_START = Math.floor((Date.now() - 3 * DAY) / HOUR) * HOUR;

/** What a witness's address answers instead of the witness. */
export type Says = (
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

/**
 * A witness of the command line on loopback, and the way to it: it can be stopped and started again, and something else
 * can answer in its place.
 */
export class SmallWitness {
  readonly name: string;
  readonly folder: string;
  /** As a policy names it. */
  readonly line: string;
  /** How often it was asked to cosign. */
  asked = 0;
  /** Instead of the witness this is heard, while it is set. */
  says: Says | undefined;
  /** How long the way to it takes. */
  delayMs = 0;
  #port = 0;
  #stop: (() => Promise<void>) | undefined;

  private constructor(name: string, folder: string, line: string) {
    this.name = name;
    this.folder = folder;
    this.line = line;
  }

  static async open(office: SmallOffice, name: string): Promise<SmallWitness> {
    const folder = join(office.folder, `witness-${name}`);
    const { publicKey } = await witnessKey(folder);
    const origin = `${name}.example/witness`;
    const key = verifierKey(primitives, origin, COSIGNATURE, publicKey);
    const way = createServer((request, response) => {
      witness.#pass(request, response).catch(() => response.destroy());
    });
    const url = `http://127.0.0.1:${await listening(way)}`;
    const line = `witness ${name} ${formatVerifierKey(key)} ${url}`;
    const witness: SmallWitness = new SmallWitness(name, folder, line);
    // It cosigns by the clock that its office goes by: a story takes hours in a second.
    const clock = vi
      .spyOn(Date, "now")
      .mockImplementation(() => office.clock.now);
    onTestFinished(() => clock.mockRestore());
    await witness.start(logKeyOf(office));
    onTestFinished(async () => {
      await witness.stop();
      way.closeAllConnections();
      way.close();
    });
    return witness;
  }

  async start(logKey: string): Promise<void> {
    const logs = [parseVerifierKey(primitives, logKey)];
    const name = `${this.name}.example/witness`;
    const { server } = await openWitness(this.folder, logs, name);
    this.#port = await listening(server);
    this.#stop = () => {
      const closed = new Promise<void>((resolve) =>
        server.close(() => resolve()),
      );
      server.closeAllConnections();
      return closed;
    };
  }

  /** It is asked and does not answer. */
  async stop(): Promise<void> {
    await this.#stop?.();
    this.#stop = undefined;
  }

  /** Its memory is gone, its key is not: it would cosign whatever comes first. */
  async forget(): Promise<void> {
    const names = await fs.readdir(this.folder);
    for (const name of names.filter((one) => /^[0-9a-f]{64}$/.test(one)))
      await fs.rm(join(this.folder, name), { recursive: true });
  }

  async #pass(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method === "POST") this.asked++;
    if (this.says !== undefined) return this.says(request, response);
    if (this.delayMs > 0)
      await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const parts: Buffer[] = [];
    for await (const part of request)
      if (part instanceof Buffer) parts.push(part);
    const address = `http://127.0.0.1:${this.#port}${request.url}`;
    const method = request.method ?? "GET";
    const body = method === "POST" ? { body: Buffer.concat(parts) } : {};
    const answer = await fetch(address, { method, ...body });
    response.writeHead(answer.status).end(await answer.text());
  }
}

/** Who cosigned what is public now. */
export function cosigners({ house }: SmallOffice): readonly string[] {
  return parseNote(house.office.published.note)
    .signatures.map(({ name }) => name)
    .filter((name) => name.endsWith("/witness"))
    .map((name) => name.split(".")[0] ?? "")
    .toSorted();
}

const KEPT = ["public", "journal", "register.snapshot"] as const;

/** What an administrator has of a stopped office: its files and its heads. Gives what sets the office back to it. */
export async function backupOf(
  { folder, databaseUrl }: SmallOffice,
  name: string,
): Promise<() => Promise<void>> {
  for (const part of KEPT)
    await fs.cp(join(folder, part), join(folder, name, part), {
      recursive: true,
    });
  const sql = await openDatabase(databaseUrl);
  const heads = await sql<HeadRow[]>`select * from head`;
  await sql.end();
  return async () => {
    for (const part of KEPT) {
      await fs.rm(join(folder, part), { recursive: true });
      await fs.cp(join(folder, name, part), join(folder, part), {
        recursive: true,
      });
    }
    const again = await openDatabase(databaseUrl);
    for (const { log, size, root, at, ...rest } of heads)
      await again`update head set size = ${size}, root = ${root}, at = ${at},
        snapshot_size = ${rest.snapshot_size}, snapshot_digest = ${rest.snapshot_digest} where log = ${log}`;
    await again.end();
  };
}

/** A policy's paper, handed in; the act that adopts it is given. */
export async function policyOf(
  office: SmallOffice,
  witnesses: readonly SmallWitness[],
  quorum: "all" | "any" = "all",
): Promise<ActOf<"witnessPolicyAdopted">> {
  const names = witnesses.map(({ name }) => name).join(" ");
  const text = [
    `log ${logKeyOf(office)}`,
    ...witnesses.map(({ line }) => line),
    `group enough ${quorum} ${names}`,
    "quorum enough",
    "",
  ].join("\n");
  return adoption(office, text);
}

export async function adoption(
  office: SmallOffice,
  text: string,
): Promise<ActOf<"witnessPolicyAdopted">> {
  const bytes = Buffer.from(text);
  const paper = toBase64url(primitives.sha256(bytes));
  await fs.writeFile(paperFile(office, paper), bytes);
  return {
    kind: "witnessPolicyAdopted",
    policy: { kind: "policy", paper, size: bytes.length },
  };
}

export function paperFile(office: SmallOffice, paper: string): string {
  return join(office.folder, "public", paperPath(paper));
}

export function logKeyOf({ house }: SmallOffice): string {
  const { publicKey } = house.keys.log;
  return formatVerifierKey(verifierKey(primitives, ORIGIN, ED25519, publicKey));
}

function listening(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string")
        reject(new Error("Cannot listen: the server has no port"));
      else resolve(address.port);
    });
  });
}

/** An office that one witness watches. */
export async function watched(name: string): Promise<{
  office: SmallOffice;
  court: SmallWitness;
}> {
  const office = await officeFor(name, { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  await office.granted(await policyOf(office, [court]));
  return { office, court };
}
