import { setTimeout as sleep } from "node:timers/promises";
import { parseCheckpoint } from "../log/checkpoint.ts";
import type { Nodes } from "../log/nodes.ts";
import type { NoteSignature, SignedNote } from "../log/note.ts";
import { type Policy, quorumMet } from "../log/policy.ts";
import { LogHalted } from "../store/durable.ts";
import {
  AskedWitness,
  type Cosigned,
  type Cosigning,
} from "./asked-witness.ts";
import { contradiction } from "./held.ts";
import type { LogKeysAgainst } from "./log-keys.ts";

/** The policy behind a public paper. */
export type WitnessPolicies = (paper: string) => Promise<Policy>;

/** A checkpoint stays unpublished until its quorum has cosigned; nothing that was entered is lost. */
export class QuorumMissing extends Error {
  override readonly name = "QuorumMissing";
}

/** The answers to one checkpoint, by the witnesses that gave them. */
type Answers = Map<AskedWitness, Cosigned>;

/** The witnesses of a log, under whatever policies name them; remembers what each holds, and which do not answer. */
export class Witnesses {
  readonly #logKeys: () => LogKeysAgainst;
  readonly #now: () => number;
  readonly #known = new Map<string, AskedWitness>();
  /** What came of a witness after the checkpoint that it was asked about had its quorum. */
  #late: Error | undefined;

  /** `now` is this office's clock, against which a cosignature's is held. */
  constructor(logKeys: () => LogKeysAgainst, now: () => number) {
    this.#logKeys = logKeys;
    this.#now = now;
  }

  /** Every witness that was asked, and when it cosigned last. */
  get asked(): readonly AskedWitness[] {
    return [...this.#known.values()];
  }

  /** A witness has proved since the last publication that this log was set back or has two histories. */
  get haveProof(): boolean {
    return this.#late !== undefined;
  }

  /**
   * Cosignatures of the policies' witnesses over one checkpoint, whose last entry is of `at`: as soon as every quorum is met,
   * and as much later as a policy says. Throws `QuorumMissing` when one is not met. A witness that failed is left alone for
   * a while where the others can do without it.
   */
  async cosignatures(
    note: SignedNote,
    nodes: Nodes,
    policies: readonly Policy[],
    at = 0,
  ): Promise<NoteSignature[]> {
    if (this.#late !== undefined) throw this.#late;
    const { size } = parseCheckpoint(note.text);
    const all = this.#of(policies);
    const awake = all.filter((one) => !one.rests);
    const answers: Answers = new Map();
    const asking = { policies, answers, note, size, at, nodes };
    if (isMet(policies, awake)) await this.#ask(asking, awake);
    const left = all.filter((one) => !answers.has(one));
    if (!isMet(policies, cosignersIn(answers))) await this.#ask(asking, left);
    if (isMet(policies, cosignersIn(answers)))
      return [...answers.values()].flatMap((answer) =>
        "signature" in answer ? [answer.signature] : [],
      );
    const why = [...answers.values()]
      .flatMap((answer) => ("why" in answer ? [answer.why] : []))
      .join("; ");
    throw new QuorumMissing(
      `Cannot publish the checkpoint: its witnesses' quorum is not met (${why}); it is tried again`,
    );
  }

  /**
   * Asks all witnesses for their newest checkpoint, before anything is published: throws `LogHalted` where one shows that this
   * log was set back or written again. Gives a line for each that showed nothing.
   */
  async compare(
    nodes: Nodes,
    policies: readonly Policy[],
  ): Promise<readonly string[]> {
    const lines = await Promise.all(
      this.#of(policies).map(async (one) => {
        const { name } = one.witness;
        const held = await one.held();
        if ("why" in held)
          return [`witness ${name} was asked what it holds: ${held.why}`];
        const against = contradiction(held, nodes);
        if (against === undefined) return [];
        throw new LogHalted(`Cannot start: witness ${name} ${against}`);
      }),
    );
    return lines.flat();
  }

  #of(policies: readonly Policy[]): readonly AskedWitness[] {
    const found = new Set<AskedWitness>();
    for (const witness of policies.flatMap((policy) => policy.witnesses)) {
      const { key, url = "" } = witness;
      const id = `${key.name}+${key.id} ${url}`;
      const known =
        this.#known.get(id) ??
        new AskedWitness(witness, this.#logKeys, this.#now);
      this.#known.set(id, known);
      found.add(known);
    }
    return [...found];
  }

  /** Until every quorum is met and the time to wait for more is over, or everybody has answered. */
  async #ask(
    asking: Asking,
    witnesses: readonly AskedWitness[],
  ): Promise<void> {
    const { policies, answers } = asking;
    const waitMs = Math.max(...policies.map((policy) => policy.waitMs));
    let isOver = false;
    let enough: () => void = () => undefined;
    const quorum = new Promise<void>((resolve) => (enough = resolve));
    const ask = async (one: AskedWitness): Promise<void> => {
      try {
        answers.set(one, await one.cosign(asking));
        if (isMet(policies, cosignersIn(answers))) enough();
      } catch (error) {
        // Nobody waits for it any more: the next publication says it.
        if (isOver && error instanceof Error) this.#late ??= error;
        throw error;
      }
    };
    const wait = async (): Promise<void> => {
      await quorum;
      if (waitMs > 0) await sleep(waitMs, undefined, { ref: false });
    };
    try {
      await Promise.race([Promise.all(witnesses.map(ask)), wait()]);
    } finally {
      isOver = true;
    }
  }
}

type Asking = Cosigning & {
  readonly policies: readonly Policy[];
  readonly answers: Answers;
};

function cosignersIn(answers: Answers): readonly AskedWitness[] {
  return [...answers].flatMap(([one, answer]) =>
    "signature" in answer ? [one] : [],
  );
}

/** Whether these are enough for every policy. */
function isMet(
  policies: readonly Policy[],
  cosigned: readonly AskedWitness[],
): boolean {
  const keys = new Set(
    cosigned.map(({ witness: { key } }) => `${key.name}+${key.id}`),
  );
  return policies.every((policy) =>
    quorumMet(
      policy,
      new Set(
        policy.witnesses
          .filter(({ key }) => keys.has(`${key.name}+${key.id}`))
          .map(({ name }) => name),
      ),
    ),
  );
}
