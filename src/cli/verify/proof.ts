import { toBase64url } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Primitives } from "../../acts/primitives.ts";
import { showCount, showLine } from "../../audit/says.ts";
import { leafHash } from "../../log/hash.ts";
import {
  type CheckpointOpening,
  openCheckpoint,
} from "../../log/open-checkpoint.ts";
import { NO_POLICY, parsePolicy, type Policy } from "../../log/policy.ts";
import {
  parseTlogProof,
  provesLeaf,
  type ReadProof,
} from "../../log/tlog-proof.ts";
import { formatVerifierKey, type VerifierKey } from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import {
  BAD_SIGNATURE,
  checkReceipt,
  type Receipt,
  receiptLeaf,
} from "../../uses/receipt.ts";
import { CouldNot, EXIT } from "../exit.ts";
import { givenBytes } from "../given.ts";
import { inFile } from "../in-file.ts";
import { readReceipts } from "./kept-receipts.ts";
import { verify, type VerifyOptions } from "./run.ts";

export type VerifyAnyOptions = VerifyOptions & {
  readonly proof?: string;
};

/** What is to be the proven leaf, and how it is called. */
export type Claimed = {
  readonly what: string;
  readonly leaf: Uint8Array;
  readonly receipt?: Receipt;
};

export type ProofVerdict = {
  readonly exit: number;
  readonly facts: readonly string[];
  readonly contradictions: readonly { code: string; says: string }[];
  readonly notChecked: readonly string[];
  readonly cosigned: ReadonlyMap<string, number>;
};

/** `verify` of an office, or of one proof file: whichever of the two was named. */
export async function verifyPlaceOrProof(
  place: string | undefined,
  { proof, entry, ...options }: VerifyAnyOptions,
  print: (line: string) => void = console.log,
): Promise<number> {
  if (proof === undefined) {
    const entries = entry === undefined ? {} : { entry };
    if (place !== undefined)
      return verify(place, { ...options, ...entries }, print);
    throw new CouldNot(
      "Cannot verify: want an address or a folder, or --proof with a file",
    );
  }
  if (place !== undefined)
    throw new CouldNot(
      "Cannot verify: want a place or --proof, and a proof is checked without any place",
    );
  if (options.genesis !== undefined || options.also !== undefined)
    throw new CouldNot(
      "Cannot use --genesis or --also with --proof: --policy names the keys that you trust",
    );
  if (entry !== undefined && entry.length > 1)
    throw new CouldNot("Cannot use --entry twice with --proof: it has one");
  return verifyProof({ ...options, proof, entryFile: entry?.[0] }, print);
}

async function verifyProof(
  options: Omit<VerifyOptions, "entry"> & {
    proof: string;
    entryFile: string | undefined;
  },
  print: (line: string) => void,
): Promise<number> {
  try {
    const proof = await proofIn(options.proof);
    const policy = await policyIn(options.policy);
    const claimed = await claimedBy(
      { ...options, entry: options.entryFile },
      proof,
    );
    const verdict = judgeProof(primitives, proof, policy, claimed);
    if (options.json === true) print(jsonOf(proof, verdict));
    else for (const line of proofLines(proof, verdict)) print(line);
    return verdict.exit;
  } catch (error) {
    // Why stands beside it, on the other stream.
    print("could not check");
    throw error;
  }
}

async function proofIn(file: string): Promise<ReadProof> {
  const bytes = await givenBytes(file, "proof");
  return inFile("proof", file, () => parseTlogProof(bytes));
}

async function policyIn(file: string | undefined): Promise<Policy | undefined> {
  if (file === undefined) return undefined;
  const bytes = await givenBytes(file, "policy");
  return inFile("policy", file, () => parsePolicy(primitives, bytes));
}

async function claimedBy(
  {
    entry,
    receipt,
  }: { entry: string | undefined; receipt?: readonly string[] },
  { extra }: ReadProof,
): Promise<Claimed | undefined> {
  if (entry !== undefined && receipt !== undefined)
    throw new CouldNot("Cannot use --entry and --receipt at once");
  if (entry !== undefined) {
    const leaf = leafHash(primitives, await givenBytes(entry, "entry"));
    return { what: `the entry in ${entry}`, leaf };
  }
  if (receipt !== undefined) {
    const [one, ...more] = (
      await Promise.all(receipt.map(readReceipts))
    ).flat();
    if (one === undefined || more.length > 0)
      throw new CouldNot("Cannot use --receipt with --proof: want one receipt");
    const leaf = receiptLeaf(primitives, one.receipt);
    const what = `the entry of receipt ${one.file}`;
    return { what, leaf, receipt: one.receipt };
  }
  if (extra === undefined) return undefined;
  const leaf = leafHash(primitives, extra);
  return { what: `the entry that it carries`, leaf };
}

/** What a proof shows to somebody who trusts the keys of that policy; without one, only whether it agrees with itself. */
export function judgeProof(
  p: Primitives,
  proof: ReadProof,
  policy: Policy | undefined,
  claimed: Claimed | undefined,
): ProofVerdict {
  const { origin, size } = proof.checkpoint;
  const facts = [
    `proof        entry ${showCount(proof.index)} of ${origin}, in its checkpoint of size ${showCount(size)}`,
  ];
  const contradictions: { code: string; says: string }[] = [];
  const notChecked: string[] = [];
  const keys = (policy?.logs ?? []).map(({ key }) => key);
  const own = keys.filter((key) => key.name === origin);
  const opening =
    own.length === 0
      ? undefined
      : openCheckpoint(p, proof.signed, own, policy ?? NO_POLICY);
  if (opening === undefined)
    notChecked.push(
      policy === undefined
        ? "who signed it: no --policy given, whose log lines name the keys that you trust. It was only held against itself"
        : `who signed it: your policy has no key of log ${origin}`,
    );
  else if (opening.outcome === "rejected")
    contradictions.push(rejected(opening, origin));
  else {
    facts.push(`signed       by ${formatVerifierKey(opening.log)}`);
    facts.push(witnessed(policy ?? NO_POLICY, opening));
    if (!opening.isQuorumMet)
      contradictions.push({
        code: "quorum",
        says: "the checkpoint does not bear the cosignatures that your policy asks for",
      });
  }
  let isPromiseOpen = false;
  if (claimed === undefined)
    notChecked.push(
      `which entry is at ${showCount(proof.index)}: the file carries none; give --entry or --receipt`,
    );
  else {
    judgeClaim(p, proof, claimed, facts, contradictions);
    isPromiseOpen = judgePromise(p, proof, claimed, own, {
      contradictions,
      notChecked,
    });
  }
  if (policy !== undefined)
    notChecked.push(
      "what the entry says and whether it was rightly entered: `verify` of the office does that",
    );
  const isWhole =
    opening !== undefined && claimed !== undefined && !isPromiseOpen;
  const exit =
    contradictions.length > 0
      ? EXIT.refused
      : isWhole
        ? EXIT.done
        : EXIT.could_not;
  const cosigned =
    opening?.outcome === "opened"
      ? opening.cosignedSeconds
      : new Map<string, number>();
  return { exit, facts, contradictions, notChecked, cosigned };
}

/** Holds a receipt against every key of the policy; true where only a key that the policy does not name can tell. */
function judgePromise(
  p: Primitives,
  { checkpoint: { origin }, signed }: ReadProof,
  { receipt }: Claimed,
  own: readonly VerifierKey[],
  {
    contradictions,
    notChecked,
  }: {
    readonly contradictions: { code: string; says: string }[];
    readonly notChecked: string[];
  },
): boolean {
  if (receipt === undefined) return false;
  const wrong = (says: string): void => {
    contradictions.push({ code: "receipt", says });
  };
  if (receipt.log !== origin) {
    wrong(`the receipt promises an entry of ${receipt.log}`);
    return false;
  }
  const found = own.map(({ publicKey }) =>
    checkReceipt(p, receipt, publicKey, undefined),
  );
  const [first] = found;
  if (first === undefined || found.includes(undefined)) return false;
  const isByOther = signed.signatures.some(
    ({ name, keyId }) => name === origin && !own.some(({ id }) => id === keyId),
  );
  if (!isByOther || first !== BAD_SIGNATURE) {
    wrong(`the receipt: ${first}`);
    return false;
  }
  notChecked.push(
    `who signed the receipt: none of your policy's keys of ${origin}, and the checkpoint is signed by a key that your policy does not name`,
  );
  return true;
}

function judgeClaim(
  p: Primitives,
  proof: ReadProof,
  { what, leaf, receipt }: Claimed,
  facts: string[],
  contradictions: { code: string; says: string }[],
): void {
  const { size } = proof.checkpoint;
  const index = showCount(proof.index);
  const hash = toBase64url(leaf);
  if (!provesLeaf(p, proof, leaf)) {
    contradictions.push({
      code: "inclusion",
      says: `${what}, leaf hash ${hash}, does not lead to the root at index ${index} of ${showCount(size)}`,
    });
    return;
  }
  facts.push(
    `entry        ${what}, leaf hash ${hash}, is the one at index ${index}`,
  );
  if (receipt !== undefined)
    facts.push(
      `receipt      promised in public by ${showInstant(receipt.publishBy, 0)} UTC, and it is there`,
    );
}

function rejected(
  { reason }: Extract<CheckpointOpening, { outcome: "rejected" }>,
  origin: string,
): { code: string; says: string } {
  const code = "checkpoint-signature";
  switch (reason.kind) {
    case "badSignature":
      return {
        code,
        says: `the checkpoint's signature by ${reason.key.name} does not verify`,
      };
    case "noKnownKey":
    case "otherLog":
      return {
        code,
        says: `the checkpoint is not signed by the key that your policy names for ${origin}`,
      };
  }
}

function witnessed(
  policy: Policy,
  opening: Extract<CheckpointOpening, { outcome: "opened" }>,
): string {
  const by = [...opening.cosignedSeconds].map(
    ([name, seconds]) => `${name} at ${showInstant(seconds * 1000, 0)} UTC`,
  );
  if (policy.quorum.kind === "none" && by.length === 0)
    return "cosigned     by nobody, and your policy asks for nobody: the log's word alone";
  const who = by.length === 0 ? "by nobody" : `by ${by.join(", ")}`;
  const quorum =
    policy.quorum.kind === "none"
      ? "your policy asks for nobody"
      : opening.isQuorumMet
        ? "the quorum of your policy"
        : "no quorum of your policy";
  return `cosigned     ${who}; ${quorum}`;
}

export function proofLines(
  { checkpoint }: ReadProof,
  { exit, facts, contradictions, notChecked }: ProofVerdict,
): readonly string[] {
  const count = contradictions.length;
  return [
    ...facts,
    ...contradictions.map(
      ({ code, says }) =>
        `CONTRADICTION  ${checkpoint.origin}: ${says}   [${code}]`,
    ),
    ...notChecked.map((line) => `not checked  ${line}`),
    count > 0
      ? `${count} contradiction${count === 1 ? "" : "s"}`
      : exit === EXIT.done
        ? "no contradiction found"
        : "could not check",
  ].map((line) => showLine(line));
}

function jsonOf(
  { checkpoint, index }: ReadProof,
  { exit, contradictions, cosigned }: ProofVerdict,
): string {
  const { origin, size } = checkpoint;
  return JSON.stringify({
    exit,
    log: origin,
    index,
    size,
    cosigned: Object.fromEntries(cosigned),
    faults: contradictions,
  });
}
