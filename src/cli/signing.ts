import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { toBase64url } from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import type { Role } from "../acts/shapes.ts";
import {
  keyIdOf,
  type Signature,
  signedBytes,
  statement as statementSchema,
  type Statement,
  type Submission,
} from "../acts/statement.ts";
import type { LogSource } from "../audit/source.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { parseNote } from "../log/note.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import { NO_POLICY } from "../log/policy.ts";
import { emptySeen } from "../rules/turn-away.ts";
import { primitives, signingKey } from "../store/crypto.ts";
import { CouldNot } from "./exit.ts";
import { type KeyFile, readKeyFile } from "./keys.ts";
import { demoFolder } from "./client.ts";
import { logKeysIn } from "./verify/log-keys.ts";
import { openPlace, type Place } from "./verify/place.ts";
import { readGenesis, readLog } from "./verify/logs.ts";

/** Somebody who signs: which person, holding which post, as what, with which key. */
export type SignerKey = {
  readonly person: number;
  readonly post?: string;
  readonly role: Role;
  readonly key: KeyFile;
};

const HOURS_VALID = 24;

/** A statement for one office, not yet signed. */
export function draft(
  office: string,
  seen: Statement["seen"],
  act: unknown,
  signers: readonly SignerKey[],
  now: number,
  random: (n: number) => Uint8Array = randomBytes,
): Statement {
  const value = {
    v: 1,
    office,
    id: toBase64url(random(16)),
    seen,
    until: now + HOURS_VALID * 3_600_000,
    signers: signers.map(({ person, role, post }) => ({
      person,
      role,
      ...(post === undefined ? {} : { post }),
    })),
    act,
  };
  const read = statementSchema.safeParse(value);
  if (!read.success)
    throw new Malformed(
      `Cannot make a statement: ${explain(read.error, value)}`,
    );
  return read.data;
}

export function sign(
  statement: Statement,
  signers: readonly SignerKey[],
): Submission {
  const message = signedBytes(statement);
  const signatures: Signature[] = signers.map(({ key }) => {
    const { sign: make, publicKey } = signingKey(key);
    return {
      form: "ed25519",
      key: keyIdOf(primitives, publicKey),
      signature: toBase64url(make(message)),
    };
  });
  return { statement, signatures };
}

export function submissionText(submission: Submission): string {
  return encode(submission);
}

/** What the signer's program has verified of the office: origin, and a checkpoint that the office's own log key signed. */
export async function seenOf(address: string): Promise<{
  office: string;
  seen: Statement["seen"];
  offsetMinutes: number;
}> {
  const place = await openPlace(address);
  const bytes = await place.read("log/register/checkpoint");
  if (bytes === undefined)
    throw new CouldNot(
      `Cannot sign for ${address}: it has no public checkpoint; a new office begins with a genesis`,
    );
  const { key, origin, offsetMinutes } = await readGenesis(place);
  const note = parseNote(bytes);
  // Most logs keep their first key. What a signer saw is held against the log again when the act comes in.
  const isFirst =
    openCheckpoint(primitives, note, [key], NO_POLICY).outcome === "opened";
  if (!isFirst && !(await isByLaterKeys(place)))
    throw new CouldNot(
      `Cannot sign for ${address}: its checkpoint is not signed by its log's key`,
    );
  const { size, root } = parseCheckpoint(note.text);
  const seen = { size, root: toBase64url(root) };
  return { office: origin, seen, offsetMinutes };
}

/** Whether the keys that the log has named since its founding act signed what it shows. */
async function isByLaterKeys(place: Place): Promise<boolean> {
  const keysOf = async (log: LogSource) => (await logKeysIn(log)).at(log.size);
  const log = await readLog(place, "register", keysOf, NO_POLICY);
  return log !== undefined && !("code" in log);
}

export const nothingSeen = emptySeen(primitives);

/** `--as pricing-officer`, `--as approved:head`: the demonstration's holder of that post. The last one approves, those before prepare. */
export async function demoSigners(
  names: readonly string[],
): Promise<SignerKey[]> {
  return Promise.all(
    names.map(async (name, index) => {
      const [prefix, rest] = name.includes(":")
        ? (name.split(":") as [string, string])
        : ["", name];
      const role =
        prefix === ""
          ? index === names.length - 1
            ? "approved"
            : "prepared"
          : roleOf(prefix);
      const path = join(demoFolder(), "keys", "posts", `${rest}.json`);
      if ((await fs.stat(path).catch(() => undefined)) === undefined) {
        const known = (
          await fs.readdir(join(demoFolder(), "keys", "posts")).catch(() => [])
        ).map((file) => file.replace(/\.json$/, ""));
        throw new CouldNot(
          `Cannot sign as ${rest}: want one of the demonstration's posts${known.length === 0 ? "; --as works on a demonstration office only" : `, ${known.join(", ")}`}`,
        );
      }
      return signerFrom(await readKeyFile(path), role, path);
    }),
  );
}

/** `--key FILE`, `--key prepared:FILE`: key files with the person and post of their holder. */
export async function fileSigners(
  names: readonly string[],
): Promise<SignerKey[]> {
  return Promise.all(
    names.map(async (name, index) => {
      const match = /^(prepared|approved|published|holder):(.+)$/.exec(name);
      const role =
        match?.[1] === undefined
          ? index === names.length - 1
            ? "approved"
            : "prepared"
          : roleOf(match[1]);
      const path = match?.[2] ?? name;
      return signerFrom(await readKeyFile(path), role, path);
    }),
  );
}

function signerFrom(key: KeyFile, role: Role, path: string): SignerKey {
  if (key.person === undefined)
    throw new CouldNot(
      `Cannot sign with ${path}: it does not say whose key it is; make it with \`vitrine keygen --person N --post POST\``,
    );
  return {
    person: key.person,
    role,
    key,
    ...(key.post === undefined || role === "holder" ? {} : { post: key.post }),
  };
}

function roleOf(text: string): Role {
  if (
    text === "prepared" ||
    text === "approved" ||
    text === "published" ||
    text === "holder"
  )
    return text;
  throw new CouldNot(
    `Cannot sign as ${text}: want prepared, approved, published or holder`,
  );
}
