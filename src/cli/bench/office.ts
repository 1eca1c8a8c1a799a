import { randomBytes } from "node:crypto";
import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { encodeBytes } from "../../acts/canonical.ts";
import { type Entry, parseEntry } from "../../acts/entry.ts";
import {
  keyIdOf,
  signedBatchBytes,
  type Statement,
  statementBytes,
} from "../../acts/statement.ts";
import { leafHash } from "../../log/hash.ts";
import { addLeaf, emptyNodes, type Nodes, rootWhen } from "../../log/nodes.ts";
import { pathsInLeaves } from "../../log/tree.ts";
import { apply } from "../../register/apply.ts";
import { emptyRegister, type Register } from "../../register/register.ts";
import { decide } from "../../rules/decide.ts";
import { EDITION, editions } from "../../rules/editions.ts";
import { isTurnedAway, turnAway } from "../../rules/turn-away.ts";
import {
  generateKey,
  type KeyPair,
  primitives,
  signingKey,
} from "../../store/crypto.ts";
import { nothingSeen } from "../signing.ts";

export const BENCH_ORIGIN = "bench.example/register";
export const HOUR = 3_600_000;
const BATCH = 1024;

/** A register log that is made without a disk, by the same functions that rule in an office: for measuring on. */
export class BenchOffice {
  readonly register: Register = emptyRegister();
  readonly nodes: Nodes = emptyNodes();
  readonly entries: Uint8Array[] = [];
  readonly keys: {
    readonly log: KeyPair;
    readonly gateway: KeyPair;
    readonly head: KeyPair;
    readonly clerk: KeyPair;
  };
  at: number;
  /** Where refusals belong to what is measured. */
  mayRefuse = false;

  constructor(
    machines: { readonly log: KeyPair; readonly gateway: KeyPair } = {
      log: generateKey(),
      gateway: generateKey(),
    },
    founded: number = Date.UTC(2026, 0, 5),
  ) {
    this.at = founded;
    this.keys = { ...machines, head: generateKey(), clerk: generateKey() };
    const person = (n: number, key: KeyPair) => ({
      person: n,
      key: { form: "ed25519", publicKey: key.publicKey },
    });
    const act = {
      kind: "genesis",
      title: "Bench",
      origin: BENCH_ORIGIN,
      logKey: this.keys.log.publicKey,
      timeZone: { name: "UTC", offsetMinutes: 0 },
      edition: { number: EDITION, digest: editions.get(EDITION) },
      rulebook: {
        rulebook: "bench",
        title: "Bench",
        until: this.at + 40_000 * HOUR,
        purposes: [{ purpose: "trade", title: "Trade", class: "industry" }],
        grounds: [
          {
            ground: "fee",
            rule: "CN-PRC-02",
            payee: "operator",
            purposes: ["industry"],
          },
        ],
        limits: {
          keyDelayHours: 24,
          authorisationMonthsMax: 60,
          permitMonthsMax: 36,
          feeMonthsMax: 36,
        },
        separated: [],
      },
      bodies: [{ body: "office", title: "Office", level: "province" }],
      posts: [
        {
          post: "head",
          title: "Head",
          body: "office",
          powers: [
            "register",
            "authorise",
            "approveProducts",
            "setCeilings",
            "approveFees",
            "priceOperators",
            "permit",
            "preparePermits",
            "administer",
          ],
        },
        { post: "clerk", title: "Clerk", body: "office", powers: ["register"] },
      ],
      persons: [1, 2].map((n) => ({
        person: n,
        name: { kind: "name", commitment: toBase64url(randomBytes(32)) },
      })),
      tenures: [
        { person: 1, post: "head", mode: "full" },
        { person: 2, post: "clerk", mode: "full" },
      ],
      keys: [person(1, this.keys.head), person(2, this.keys.clerk)],
    };
    this.#enter(
      [act],
      [
        { person: 1, post: "head", key: this.keys.head },
        { person: 2, post: "clerk", key: this.keys.clerk },
      ],
    );
  }

  /** Enters acts signed by the head, a thousand to a signature. */
  enter(acts: readonly object[]): void {
    for (let at = 0; at < acts.length; at += BATCH)
      this.#enter(acts.slice(at, at + BATCH), [
        { person: 1, post: "head", key: this.keys.head },
      ]);
  }

  root(size: number): Uint8Array {
    return rootWhen(primitives, this.nodes, size) ?? new Uint8Array(32);
  }

  #enter(
    acts: readonly object[],
    by: readonly { person: number; post: string; key: KeyPair }[],
  ): void {
    const size = this.entries.length;
    const seen =
      size === 0 ? nothingSeen : { size, root: toBase64url(this.root(size)) };
    const statements = acts.map((act): Statement => ({
      v: 1,
      office: BENCH_ORIGIN,
      id: toBase64url(randomBytes(16)),
      seen,
      until: this.at + 24 * HOUR,
      signers: by.map(({ person, post }) => ({
        person,
        post,
        role: "approved",
      })),
      act: act as Statement["act"],
    }));
    const { root, paths } = pathsInLeaves(
      primitives,
      statements.map((one) => leafHash(primitives, statementBytes(one))),
    );
    const signatures = by.map(({ key }) => ({
      form: "ed25519" as const,
      key: keyIdOf(primitives, fromBase64url(key.publicKey)),
      signature: toBase64url(signingKey(key).sign(signedBatchBytes(root))),
    }));
    for (const [index, statement] of statements.entries()) {
      const batch = {
        index,
        count: statements.length,
        path: (paths[index] ?? []).map(toBase64url),
      };
      // All of a batch bear one signature, made above: it is checked with the first of them.
      const signed =
        index === 0
          ? turnAway(
              primitives,
              this.register,
              { statement, signatures, batch },
              this.at,
              seen.root,
            )
          : { statement, keys: signatures.map(({ key }) => key) };
      if (isTurnedAway(signed)) throw new Error(signed.turnedAway);
      const ruling = decide(primitives, this.register, signed, this.at);
      if (ruling.outcome === "refused" && !this.mayRefuse)
        throw new Error(
          `Cannot make the bench office: ${JSON.stringify(ruling.findings[0])}`,
        );
      this.add({
        v: 1,
        type: "act",
        at: this.at,
        edition: EDITION,
        statement,
        signatures,
        ruling,
        batch,
      });
      this.at += 1;
    }
  }

  add(entry: Entry): void {
    // What `entryBytes` does, with what it reads back kept: a million entries are read once and not twice.
    const raw = encodeBytes(entry);
    this.entries.push(raw);
    apply(primitives, this.register, parseEntry(raw));
    addLeaf(primitives, this.nodes, leafHash(primitives, raw));
  }
}

/** One dataset with one product, organisations and permits: what uses are decided against. */
export function tradeActs(
  at: number,
  gatewayKey: string,
  permits: number,
  organisations: number,
  dataset: object = VEHICLES,
): object[] {
  const to = at - (at % HOUR) + 8_000 * HOUR;
  return [
    {
      kind: "system",
      system: "vehicle-register",
      title: "Vehicles",
      body: "office",
      description: "described",
    },
    dataset,
    {
      kind: "organisation",
      organisation: "operator",
      title: "Operator",
      class: "enterprise",
    },
    {
      kind: "authorisation",
      authorisation: "vehicles",
      operator: "operator",
      datasets: ["vehicles"],
      exclusive: false,
      to,
    },
    {
      kind: "product",
      product: "vehicles.answer",
      title: "Answers",
      content: [{ dataset: "vehicles", fields: ["plate", "make", "district"] }],
      form: "answer",
      key: ["plate"],
      purposes: ["trade"],
      rowsMax: 1,
      rowsPerStep: 100,
      limits: {
        perAskerPerDay: 1_000_000_000,
        perSubjectPerDay: 1_000_000_000,
      },
      authorisation: "vehicles",
    },
    {
      kind: "feeCeiling",
      ceiling: "vehicles",
      product: "vehicles.answer",
      amount: 250,
      currency: "CNY",
      unit: "call",
      to,
    },
    {
      kind: "feeStandard",
      fee: "vehicles",
      product: "vehicles.answer",
      payee: { organisation: "operator" },
      classes: ["enterprise"],
      amount: 200,
      currency: "CNY",
      unit: "call",
      ground: "fee",
      to,
    },
    {
      kind: "gatewayOpened",
      gateway: "gate-1",
      title: "Gateway",
      publicKey: gatewayKey,
    },
    ...Array.from({ length: organisations }, (_, i) => ({
      kind: "organisation",
      organisation: `org-${i}`,
      title: `Organisation ${i}`,
      class: "enterprise",
    })),
    ...Array.from({ length: permits }, (_, i) => ({
      kind: "permit",
      permit: `permit-${i}`,
      organisation: `org-${i % organisations}`,
      product: "vehicles.answer",
      purpose: "trade",
      fields: ["make", "district"],
      where: ["plate"],
      rowsMax: 1,
      quota: { calls: 1_000_000_000 },
      to,
    })),
  ];
}

const VEHICLES = {
  kind: "dataset",
  dataset: "vehicles",
  title: "Vehicles",
  system: "vehicle-register",
  subject: "plate",
  fields: ["plate", "make", "district"].map((name) => ({
    name,
    type: "text",
    meaning: name,
    classification: name === "plate" ? "personal" : "restricted",
    identifier: name === "plate",
  })),
};
