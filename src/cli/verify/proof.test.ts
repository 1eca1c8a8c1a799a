import { expect, test } from "vitest";
import { keyOf, ORIGIN } from "../../../test/story-founding.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/hash.ts";
import { formatNote, signNote } from "../../log/note.ts";
import { parsePolicy } from "../../log/policy.ts";
import { formatTlogProof, parseTlogProof } from "../../log/tlog-proof.ts";
import {
  ED25519,
  formatVerifierKey,
  type VerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { primitives as p } from "../../store/crypto.ts";
import {
  type Receipt,
  receiptLeaf,
  signedReceiptBytes,
} from "../../uses/receipt.ts";
import { judgeProof, type ProofVerdict } from "./proof.ts";

const OLD = keyOf("register");
const NEW = keyOf("register-2");
const OTHER = keyOf("nobody");
const keyFor = ({ publicKey }: typeof OLD): VerifierKey =>
  verifierKey(p, ORIGIN, ED25519, publicKey);

const raw = Buffer.from("an entry");
const root = leafHash(p, raw);

function judged(
  policyKeys: readonly (typeof OLD)[],
  receiptBy: typeof OLD,
  signers: readonly (typeof OLD)[] = [OLD, NEW],
): ProofVerdict {
  const text = formatCheckpoint({
    origin: ORIGIN,
    size: 1,
    root,
    extensions: [],
  });
  const note = formatNote(
    text,
    signers.map((one) => signNote(keyFor(one), text, one.sign)),
  );
  const proof = parseTlogProof(
    formatTlogProof({ extra: undefined, index: 0, path: [], note }),
  );
  const receipt: Receipt = {
    v: 1,
    log: ORIGIN,
    entry: toBase64url(raw),
    publishBy: 1,
    key: "x",
    group: { root: toBase64url(root), position: 0, count: 1, path: [] },
    signature: toBase64url(
      receiptBy.sign(signedReceiptBytes(ORIGIN, 1, root, 1)),
    ),
  };
  const lines = policyKeys.map(
    (one) => `log ${formatVerifierKey(keyFor(one))}`,
  );
  const policy = parsePolicy(p, [...lines, "quorum none", ""].join("\n"));
  const leaf = receiptLeaf(p, receipt);
  return judgeProof(p, proof, policy, { what: "the entry", leaf, receipt });
}

test("after a change of key a receipt counts by whichever of the policy's keys signed it", () => {
  for (const keys of [
    [OLD, NEW],
    [NEW, OLD],
  ])
    expect(judged(keys, NEW)).toMatchObject({ exit: 0, contradictions: [] });
});

test("a receipt by a key that the policy does not name is not checked while such a key signed the checkpoint, and contradicts without one", () => {
  const open = judged([OLD], NEW);
  expect(open).toMatchObject({ exit: 2, contradictions: [] });
  expect(open.notChecked.join()).toContain("who signed the receipt");
  expect(judged([OLD, NEW], OTHER).contradictions).toMatchObject([
    { code: "receipt" },
  ]);
  expect(judged([OLD], NEW, [OLD]).exit).toBe(1);
});
