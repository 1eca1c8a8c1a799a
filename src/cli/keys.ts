import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import type * as z from "zod/mini";
import { toBase64url } from "../acts/bytes.ts";
import { generateKey, type SigningKey, signingKey } from "../store/crypto.ts";
import { LogHalted, readIfThere, writeWhole } from "../store/durable.ts";
import { CouldNot } from "./exit.ts";
import { keyFile, readAs } from "./read-as.ts";

/** Reads a key file as `keygen` writes it: `{"publicKey": …, "privateKey": …}` in base64url, and perhaps a person and a post. */
export type KeyFile = z.infer<typeof keyFile>;

export async function readKeyFile(path: string): Promise<KeyFile> {
  let value: unknown;
  try {
    value = JSON.parse(await fs.readFile(path, "utf8"));
  } catch (cause) {
    throw new CouldNot(
      `Cannot read key ${path}: want a JSON file as \`vitrine keygen\` writes it`,
      { cause },
    );
  }
  return readAs(keyFile, value, `key ${path}`);
}

export async function writeKeyFile(path: string, key: KeyFile): Promise<void> {
  try {
    await writeWhole(path, `${JSON.stringify(key, null, 2)}\n`, {
      immutable: true,
      mode: 0o600,
    });
  } catch (cause) {
    if (cause instanceof LogHalted) throw cause;
    throw cannotMakeKey(path, cause);
  }
}

/** Whether a key lies there; throws when a file cannot lie there at all. */
export async function isKeyThere(path: string): Promise<boolean> {
  try {
    return (await readIfThere(path)) !== undefined;
  } catch (cause) {
    throw cannotMakeKey(path, cause);
  }
}

function cannotMakeKey(path: string, cause: unknown): CouldNot {
  const why = cause instanceof Error ? cause.message : "unknown error";
  return new CouldNot(
    `Cannot make key ${path}: ${why}; want a place in a folder that this account may make and write in`,
    { cause },
  );
}

/** Every key of the log that lies in the office's folder: log.json, log-2.json and so on, the oldest first. */
export async function logKeyFiles(folder: string): Promise<readonly string[]> {
  const names = await fs.readdir(join(folder, "keys"));
  return names
    .filter((name) => numberOf(name) !== undefined)
    .toSorted((a, b) => (numberOf(a) ?? 0) - (numberOf(b) ?? 0))
    .map((name) => join(folder, "keys", name));
}

export async function readLogKeys(
  folder: string,
): Promise<readonly SigningKey[]> {
  const files = await logKeyFiles(folder);
  return Promise.all(
    files.map(async (file) => signingKey(await readKeyFile(file))),
  );
}

/** Where the next key of the log is kept. */
export async function nextLogKeyFile(folder: string): Promise<string> {
  const last = (await logKeyFiles(folder)).at(-1);
  const number = last === undefined ? 0 : (numberOf(basename(last)) ?? 0);
  const name = number === 0 ? "log" : `log-${number + 1}`;
  return join(folder, "keys", `${name}.json`);
}

function numberOf(name: string): number | undefined {
  if (name === "log.json") return 1;
  const match = /^log-([1-9][0-9]{0,5})\.json$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** The keys that the machines of one office hold: log, gateway, records, and the seal of openings. */
export type MachineKeys = {
  readonly log: SigningKey;
  readonly gateway: SigningKey;
  readonly records: SigningKey;
  /** Enters what is dropped and erased, and nothing else. */
  readonly retention: SigningKey;
  readonly seal: Uint8Array;
};

/** Opens the office's own keys, made at the first start. */
export async function machineKeys(folder: string): Promise<MachineKeys> {
  const key = async (name: string): Promise<SigningKey> => {
    const path = join(folder, "keys", `${name}.json`);
    if (!(await isKeyThere(path))) await writeKeyFile(path, generateKey());
    return signingKey(await readKeyFile(path));
  };
  const sealPath = join(folder, "keys", "seal.key");
  const seal = await readIfThere(sealPath);
  if (seal === undefined)
    await writeWhole(sealPath, toBase64url(randomBytes(32)), {
      immutable: true,
      mode: 0o600,
    });
  return {
    log: await key("log"),
    gateway: await key("gateway"),
    records: await key("records"),
    retention: await key("retention"),
    seal: Buffer.from(
      (seal ?? (await fs.readFile(sealPath))).toString("utf8"),
      "base64url",
    ),
  };
}
