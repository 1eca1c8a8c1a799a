import { promises as fs } from "node:fs";
import type { Command } from "commander";
import { toBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import { keyIdOf } from "../acts/statement.ts";
import { showCount } from "../audit/says.ts";
import type { LogSource } from "../audit/source.ts";
import { FormatError } from "../log/format-error.ts";
import { formatNote } from "../log/note.ts";
import { NO_POLICY } from "../log/policy.ts";
import {
  proveEntry,
  type ReadFile,
  scanForLeaf,
  whichEntry,
} from "../log/prove.ts";
import {
  formatTlogProof,
  parseTlogProof,
  PROOF_SUFFIX,
  provesLeaf,
} from "../log/tlog-proof.ts";
import { formatVerifierKey, type VerifierKey } from "../log/verifier-key.ts";
import { officeOf } from "../register/founding.ts";
import { primitives } from "../store/crypto.ts";
import { checkReceipt, type Receipt, receiptLeaf } from "../uses/receipt.ts";
import { Contradicted, CouldNot, EXIT, runCommand } from "./exit.ts";
import { firstLook } from "./verify/first-look.ts";
import { logKeysIn } from "./verify/log-keys.ts";
import { readReceipts } from "./verify/kept-receipts.ts";
import { pathOf, readGenesis, readLog, type Signed } from "./verify/logs.ts";
import { openPlace, type Place } from "./verify/place.ts";
import { faultLine } from "./verify/print.ts";

type ProveOptions = {
  readonly receipt?: string;
  readonly output?: string;
  readonly entry?: string;
};

type Surroundings = {
  readonly print: (line: string) => void;
  readonly now: () => number;
};

/** What is to be proved: an entry of a log by its index or its leaf hash, or what a receipt promises. */
type Wanted = {
  readonly path: string;
  readonly which: number | Uint8Array;
  readonly receipt: Receipt | undefined;
};

export function addProve(program: Command): void {
  program
    .command("prove")
    .description(
      "write a proof that an entry stands in a log, for `verify --proof`",
    )
    .argument("<place>", "the office's address, or a folder with its logs")
    .argument("[log]", "which log: register, or gateway/hour/2026q4")
    .argument("[entry]", "its index, or its leaf hash in base64url or hex")
    .option("--receipt <file>", "prove what this receipt promises")
    .option(
      "-o, --output <file>",
      `the proof; by default LOG-INDEX${PROOF_SUFFIX}`,
    )
    .option("--entry <file>", "write the entry's bytes into a file too")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine prove http://127.0.0.1:8080 register 12\n  vitrine prove http://127.0.0.1:8080 --receipt receipt.json\nEnds with 0 written, 1 a promise was broken or a log contradicts itself, 2 could not (not public yet).",
    )
    .action(
      (
        place: string,
        log: string | undefined,
        entry: string | undefined,
        options: ProveOptions,
      ) => runCommand(() => prove(place, log, entry, options)),
    );
}

/** Makes the proof from what is public at that place, and verifies it and the checkpoint's signature before it is written. */
export async function prove(
  where: string,
  log: string | undefined,
  entry: string | undefined,
  options: ProveOptions,
  { print, now }: Surroundings = { print: console.log, now: Date.now },
): Promise<number> {
  try {
    return await proveAt(where, log, entry, options, { print, now });
  } catch (error) {
    if (!(error instanceof Contradicted)) throw error;
    print(faultLine(error.fault));
    print("1 contradiction");
    return EXIT.refused;
  }
}

async function proveAt(
  where: string,
  log: string | undefined,
  entry: string | undefined,
  options: ProveOptions,
  { print, now }: Surroundings,
): Promise<number> {
  const place = await openPlace(where);
  const genesis = await readGenesis(place);
  const wanted = await wantedBy(officeOf(genesis.origin), log, entry, options);
  const { path, which, receipt } = wanted;
  const { known, signed } = await signedLog(place, path, genesis.origin);
  const { origin, size } = signed.source;
  if (receipt !== undefined) {
    const by = known.find(
      ({ publicKey }) => keyIdOf(primitives, publicKey) === receipt.key,
    );
    const wrong =
      by === undefined
        ? `key ${receipt.key} was never this log's`
        : checkReceipt(primitives, receipt, by.publicKey, undefined);
    if (wrong !== undefined)
      throw new CouldNot(`Cannot use receipt ${options.receipt}: ${wrong}`);
  }
  const read: ReadFile = (file) => place.read(`log/${path}/${file}`);
  const index = await indexOf(place, read, wanted, size);
  if (index === undefined || index >= size)
    throw notPublic(wanted, origin, size, genesis.offsetMinutes, now());
  const note = formatNote(signed.note.text, signed.note.signatures);
  const proof = await proveEntry(primitives, read, note, index);
  if (typeof which !== "number" && !provesLeaf(primitives, proof, which))
    throw new CouldNot(
      `Cannot prove ${toBase64url(which)}: another entry stands at ${index} of ${origin}`,
    );
  const name = `${path.replaceAll("/", "-")}-${index}${PROOF_SUFFIX}`;
  const file = options.output ?? name;
  await write("proof", file, formatTlogProof(proof));
  print(
    `proof     ${file}: entry ${showCount(index)} of ${origin}, in its checkpoint of size ${showCount(size)}`,
  );
  if (options.entry !== undefined) {
    await write("entry", options.entry, proof.extra ?? new Uint8Array(0));
    print(`entry     ${options.entry}`);
  }
  for (const key of signed.keys)
    print(
      `log key   ${formatVerifierKey(key)}   (as this place says; trust it when somebody else says the same)`,
    );
  print(
    `next      vitrine verify --proof ${file} --policy FILE   (a tlog-policy file whose log line holds the key that you trust)`,
  );
  return EXIT.done;
}

async function wantedBy(
  office: string,
  log: string | undefined,
  entry: string | undefined,
  { receipt }: ProveOptions,
): Promise<Wanted> {
  if (receipt !== undefined) {
    if (log !== undefined)
      throw new CouldNot("Cannot prove: want a log and an entry, or --receipt");
    const [one, ...more] = await readReceipts(receipt);
    if (one === undefined || more.length > 0)
      throw new CouldNot(`Cannot prove ${receipt}: want one receipt`);
    const path = pathOf(one.receipt.log, office);
    const which = receiptLeaf(primitives, one.receipt);
    return { path, which, receipt: one.receipt };
  }
  if (log === undefined || entry === undefined)
    throw new CouldNot(
      "Cannot prove: want a log and an entry of it, or --receipt",
    );
  const path = log.replace(/^\/?(?:log\/)?/, "").replace(/\/$/, "");
  return { path, which: whichOf(entry), receipt: undefined };
}

function whichOf(text: string): number | Uint8Array {
  const which = whichEntry(text);
  if (which !== undefined) return which;
  throw new CouldNot(
    `Cannot prove ${text}: want the index of an entry, or its leaf hash in base64url or hex`,
  );
}

async function write(
  what: string,
  file: string,
  bytes: Uint8Array | string,
): Promise<void> {
  try {
    // The user's own file, and no part of any log: a folder or a missing one is found before anything is left behind.
    await fs.writeFile(file, bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown error";
    throw new CouldNot(
      `Cannot write ${what} ${file}: ${why}; want the name of a file in a folder that is there`,
      { cause },
    );
  }
}

/** The newest checkpoint of a log, signed by the keys that the register names for it, and every key that it ever named. */
async function signedLog(
  place: Place,
  path: string,
  registerOrigin: string,
): Promise<{ known: readonly VerifierKey[]; signed: Signed }> {
  let all: readonly VerifierKey[] = [];
  const register = await readSigned(place, "register", async (log) => {
    const keys = await logKeysIn({ ...log, origin: registerOrigin });
    all = keys.all;
    return keys.at(log.size);
  });
  if (path === "register") return { known: all, signed: register };
  const { keys } = await firstLook(register.source);
  const signed = await readSigned(place, path, async ({ origin }) =>
    keys(origin),
  );
  const known = keys(signed.source.origin);
  if (
    known.length === 0 ||
    pathOf(signed.source.origin, officeOf(registerOrigin)) !== path
  )
    throw new CouldNot(
      `Cannot read log/${path} at ${place.name}: its checkpoint is of ${signed.source.origin}`,
    );
  return { known, signed };
}

async function readSigned(
  place: Place,
  path: string,
  keysOf: (log: LogSource) => Promise<readonly VerifierKey[]>,
): Promise<Signed> {
  const log = await readLog(place, path, keysOf, NO_POLICY);
  if (log === undefined)
    throw new CouldNot(
      `Cannot read log/${path} at ${place.name}: no checkpoint is public there`,
    );
  if ("code" in log)
    throw new Contradicted({ code: log.code, log: path, says: log.says });
  return log;
}

/** What the place says of where a leaf stands is a hint and no more; what it denies is looked for. */
async function indexOf(
  place: Place,
  read: ReadFile,
  { path, which }: Wanted,
  size: number,
): Promise<number | undefined> {
  if (typeof which === "number") return which;
  const hint = await place.read(`proof/${path}/${toBase64url(which)}`);
  if (hint !== undefined) {
    try {
      const proof = parseTlogProof(hint);
      if (provesLeaf(primitives, proof, which) && proof.index < size)
        return proof.index;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return scanForLeaf(read, size, which);
}

function notPublic(
  { which, receipt }: Wanted,
  origin: string,
  size: number,
  offsetMinutes: number,
  now: number,
): Error {
  const what =
    typeof which === "number"
      ? `entry ${showCount(which)}`
      : `the entry with leaf hash ${toBase64url(which)}`;
  const shown = `the newest checkpoint of ${origin} has ${showCount(size)} entries`;
  if (receipt === undefined)
    return new CouldNot(`Cannot prove ${what}: it is not public; ${shown}`);
  const by = showInstant(receipt.publishBy, offsetMinutes);
  if (receipt.publishBy >= now)
    return new CouldNot(
      `Cannot prove ${what}: it is not public yet and was promised by ${by}; ${shown}`,
    );
  return new Contradicted({
    code: "receipt-missing",
    log: origin,
    says: `${what} was promised in public by ${by} and is not there; ${shown}`,
  });
}
