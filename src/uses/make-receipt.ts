import { toBase64url } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { keyIdOf } from "../acts/statement.ts";
import { leafHash } from "../log/hash.ts";
import type { Sign } from "../log/note.ts";
import { pathsInLeaves } from "../log/tree.ts";
import type { Opening } from "./opening.ts";
import { type Receipt, signedReceiptBytes } from "./receipt.ts";

/** The entries that were made durable together, and by when they will be in public. */
export type Group = {
  readonly entries: readonly Uint8Array[];
  readonly publishBy: number;
};
export type Placed = {
  readonly index: number;
  readonly position: number;
  readonly group: Group;
};
export type MakeReceipt = (
  placed: Placed,
  entry: Uint8Array,
  options?: { readonly opening?: Opening; readonly withIndex?: boolean },
) => Receipt;

type SignedGroup = {
  readonly root: string;
  readonly paths: readonly (readonly Uint8Array[])[];
  readonly signature: string;
};

/** Makes the receipts of one log; one signature serves all entries of a group. `text` gives base64url without padding. */
export function receiptsOf(
  p: Primitives,
  log: string,
  publicKey: Uint8Array,
  sign: Sign,
  text: (bytes: Uint8Array) => string = toBase64url,
): MakeReceipt {
  const key = keyIdOf(p, publicKey);
  const signedGroups = new WeakMap<Group, SignedGroup>();
  const signed = (group: Group): SignedGroup => {
    const known = signedGroups.get(group);
    if (known !== undefined) return known;
    const { root, paths } = pathsInLeaves(
      p,
      group.entries.map((entry) => leafHash(p, entry)),
    );
    const signature = text(
      sign(
        signedReceiptBytes(log, group.entries.length, root, group.publishBy),
      ),
    );
    const made = { root: text(root), paths, signature };
    signedGroups.set(group, made);
    return made;
  };
  return ({ index, position, group }, entry, options = {}) => {
    const { root, paths, signature } = signed(group);
    return {
      v: 1,
      log,
      entry: text(entry),
      ...(options.opening === undefined
        ? {}
        : {
            opening: {
              nonce: text(options.opening.nonce),
              content: text(options.opening.content),
            },
          }),
      publishBy: group.publishBy,
      group: {
        position,
        count: group.entries.length,
        root,
        path: (paths[position] ?? []).map((hash) => text(hash)),
      },
      ...(options.withIndex === true ? { index } : {}),
      key,
      signature,
    };
  };
}
