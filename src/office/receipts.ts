import { toBase64url } from "../acts/bytes.ts";
import { keyIdOf } from "../acts/statement.ts";
import { leafHash } from "../log/hash.ts";
import { pathsInLeaves } from "../log/tree.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";
import type { Synced, SyncedGroup } from "../store/journal.ts";
import type { Opening } from "../uses/opening.ts";
import { type Receipt, signedReceiptBytes } from "../uses/receipt.ts";

type SignedGroup = { readonly root: Uint8Array; readonly paths: readonly Uint8Array[][]; readonly signature: string };

/** Makes receipts; one signature serves all entries of a synced group. */
export class Receipts {
  readonly #log: string;
  readonly #key: SigningKey;
  readonly #keyId: string;
  readonly #groups = new WeakMap<SyncedGroup, SignedGroup>();

  constructor(log: string, key: SigningKey) {
    this.#log = log;
    this.#key = key;
    this.#keyId = keyIdOf(primitives, key.publicKey);
  }

  make({ index, position, group }: Synced, entry: Uint8Array, options: { opening?: Opening; withIndex?: boolean } = {}): Receipt {
    const signed = this.#groups.get(group) ?? this.#sign(group);
    return {
      v: 1,
      log: this.#log,
      entry: toBase64url(entry),
      ...(options.opening === undefined
        ? {}
        : { opening: { nonce: toBase64url(options.opening.nonce), content: toBase64url(options.opening.content) } }),
      publishBy: group.publishBy,
      group: {
        position,
        count: group.entries.length,
        root: toBase64url(signed.root),
        path: (signed.paths[position] ?? []).map(toBase64url),
      },
      ...(options.withIndex === true ? { index } : {}),
      key: this.#keyId,
      signature: signed.signature,
    };
  }

  #sign(group: SyncedGroup): SignedGroup {
    const { root, paths } = pathsInLeaves(primitives, group.entries.map((entry) => leafHash(primitives, entry)));
    const signature = toBase64url(this.#key.sign(signedReceiptBytes(this.#log, group.entries.length, root, group.publishBy)));
    const signed = { root, paths, signature };
    this.#groups.set(group, signed);
    return signed;
  }
}
