import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import type { ActKind } from "../acts/act.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import {
  actPaper,
  kindOfActPaper,
  holdActPapers,
  keepActPaper,
  type NewlyHeld,
  releaseActPapers,
} from "../store/act-papers.ts";
import type { Sql } from "../store/database.ts";
import { seal, unseal } from "../store/openings.ts";
import { commitmentOf } from "../uses/opening.ts";

/** What a private paper says, and the salt of its commitment. */
const opening = z.strictObject({ nonce: z.string(), content: z.string() });

const DAY = 86_400_000;
/** Longer than any draft stands. */
const UNNAMED_DAYS = 30;
const NONCE_BYTES = 32;

/** Papers that acts name, from before they are entered on: those that are public go out when the act does, the others stay inside. */
export class ActPapers {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #p: Primitives;
  readonly #now: () => number;
  readonly #elsewhere: (commitment: string) => Promise<Uint8Array | undefined>;

  constructor(
    sql: Sql,
    key: Uint8Array,
    p: Primitives,
    now: () => number,
    /** Where papers of acts lie that did not come by the pages. */
    elsewhere: (commitment: string) => Promise<Uint8Array | undefined>,
  ) {
    this.#sql = sql;
    this.#key = key;
    this.#p = p;
    this.#now = now;
    this.#elsewhere = elsewhere;
  }

  /** Gives the digest by which an act names it. */
  async keepPublic(bytes: Uint8Array): Promise<string> {
    const digest = toBase64url(this.#p.sha256(bytes));
    await this.#keep(`public ${digest}`, Buffer.from(bytes));
    return digest;
  }

  async publicBytes(digest: string): Promise<Uint8Array | undefined> {
    const sealed = await actPaper(this.#sql, `public ${digest}`);
    return sealed === undefined ? undefined : unseal(this.#key, sealed);
  }

  /** Gives the commitment by which an act names it; its salt stays with it. */
  async keepPrivate(bytes: Uint8Array, kind: ActKind): Promise<string> {
    const nonce = randomBytes(NONCE_BYTES);
    const commitment = commitmentOf(this.#p, { nonce, content: bytes });
    const value: z.infer<typeof opening> = {
      nonce: toBase64url(nonce),
      content: toBase64url(bytes),
    };
    await this.#keep(
      `private ${commitment}`,
      Buffer.from(JSON.stringify(value)),
      kind,
    );
    return commitment;
  }

  /** For which kind of act a private paper was kept here. */
  kindOf(commitment: string): Promise<string | undefined> {
    return kindOfActPaper(this.#sql, `private ${commitment}`);
  }

  /** What a private paper says, where this office still has it. */
  async privateBytes(commitment: string): Promise<Uint8Array | undefined> {
    const sealed = await actPaper(this.#sql, `private ${commitment}`);
    if (sealed === undefined) return this.#elsewhere(commitment);
    const text = unseal(this.#key, sealed).toString("utf8");
    return fromBase64url(opening.parse(JSON.parse(text)).content);
  }

  /** An act that names them is to be entered: they stay. Gives those that were not held already, to be released where it is not. */
  hold(named: {
    readonly digests: readonly string[];
    readonly commitments: readonly string[];
  }): Promise<readonly NewlyHeld[]> {
    return holdActPapers(this.#sql, [
      ...named.digests.map((one) => `public ${one}`),
      ...named.commitments.map((one) => `private ${one}`),
    ]);
  }

  release(held: readonly NewlyHeld[]): Promise<void> {
    return releaseActPapers(this.#sql, held);
  }

  async #keep(name: string, content: Buffer, kind?: ActKind): Promise<void> {
    const now = this.#now();
    const sealed = seal(this.#key, content);
    const until = now + UNNAMED_DAYS * DAY;
    const paper = { name, sealed, until, kind: kind ?? null };
    await keepActPaper(this.#sql, paper, now);
  }
}
