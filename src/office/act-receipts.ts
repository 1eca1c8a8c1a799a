import { type MakeReceipt, receiptsOf } from "../uses/make-receipt.ts";
import type { Receipt } from "../uses/receipt.ts";
import type { Synced } from "../store/journal.ts";
import { primitives, publicKeyText } from "../store/crypto.ts";
import type { LogKeyRing } from "./log-keys.ts";

/** Receipts of acts, each signed by the newest key of the log at its entry. */
export class ActReceipts {
  readonly #origin: string;
  readonly #keys: LogKeyRing;
  readonly #byKey = new Map<string, MakeReceipt>();

  constructor(origin: string, keys: LogKeyRing) {
    this.#origin = origin;
    this.#keys = keys;
  }

  of(synced: Synced, at: number, bytes: Uint8Array): Receipt {
    const key = this.#keys.newest({ entry: synced.index, at });
    const name = publicKeyText(key);
    const make =
      this.#byKey.get(name) ??
      receiptsOf(primitives, this.#origin, key.publicKey, key.sign);
    this.#byKey.set(name, make);
    return make(synced, bytes, { withIndex: true });
  }
}
