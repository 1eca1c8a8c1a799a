import { fromBase64url } from "../acts/bytes.ts";
import type { Entry } from "../acts/entry.ts";
import { ED25519, type VerifierKey, verifierKey } from "../log/verifier-key.ts";
import { logKeysAgainst, logKeysAt, noteLogKey } from "../register/log-keys.ts";
import type { Entered } from "../register/register.ts";
import { primitives, publicKeyText, type SigningKey } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";

/** Reads every log key that this office holds now. Which of them signs is decided by the log, never by their files. */
export type ReadLogKeys = () => Promise<readonly SigningKey[]>;

/** By whose signatures what somebody outside shows of this log is evidence. */
export type LogKeysAgainst = {
  /** Every key that the log ever had. */
  readonly all: readonly VerifierKey[];
  /** All that must have signed that size, where somebody outside cosigned it at that second. */
  readonly needed: (
    size: number,
    cosignedSeconds: number,
  ) => readonly VerifierKey[];
};

/** The log keys that the office holds, and those that the log has named. */
export class LogKeyRing {
  readonly #read: ReadLogKeys;
  readonly #held = new Map<string, SigningKey>();
  readonly #named = new Map<string, Entered>();
  #last: Entered = { entry: -1, at: 0 };

  constructor(read: ReadLogKeys) {
    this.#read = read;
  }

  /** A key may have been made since the last time: looked for before an act that names one. */
  async readAgain(): Promise<void> {
    for (const key of await this.#read())
      this.#held.set(publicKeyText(key), key);
  }

  has(publicKey: string): boolean {
    return this.#held.has(publicKey);
  }

  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  begin(named: ReadonlyMap<string, Entered>, last: Entered): void {
    this.#last = last;
    for (const [key, where] of named) this.#named.set(key, where);
  }

  /** Every key that the log ever named, as a verifier knows it. */
  verifiers(origin: string): readonly VerifierKey[] {
    return [...this.#named.keys()].map((key) =>
      verifierKey(primitives, origin, ED25519, fromBase64url(key)),
    );
  }

  /** Which of them must have signed what a witness shows of that size. */
  against(origin: string): LogKeysAgainst {
    return {
      all: this.verifiers(origin),
      needed: (size, cosignedSeconds) =>
        logKeysAgainst(this.#named, this.#last, size, cosignedSeconds).map(
          (key) => verifierKey(primitives, origin, ED25519, fromBase64url(key)),
        ),
    };
  }

  see(entry: Entry, index: number): void {
    this.#last = { entry: index, at: entry.at };
    noteLogKey(this.#named, entry, index);
  }

  /** The keys that sign what has this entry as its last: all of them, or nothing can be signed. */
  signing(last: Entered): readonly SigningKey[] {
    return logKeysAt(this.#named, last).map((publicKey) => {
      const key = this.#held.get(publicKey);
      if (key !== undefined) return key;
      const { entry } = this.#named.get(publicKey) ?? last;
      throw new LogHalted(
        `Cannot sign for this log: entry ${entry} names the key ${publicKey}, ours are ${this.held.join(", ")}; bring back its key file`,
      );
    });
  }

  /** The newest of them, for receipts. */
  newest(last: Entered): SigningKey {
    const key = this.signing(last).at(-1);
    if (key === undefined)
      throw new LogHalted("Cannot sign a receipt: the log names no key");
    return key;
  }
}
