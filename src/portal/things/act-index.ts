import type { Act } from "../../acts/act.ts";
import type { Entry } from "../../acts/entry.ts";
import type { ActLog } from "../acts/act-log.ts";
import type { ThingKind } from "./ref.ts";

/** Entries about one thing, the oldest first; `known` of all public entries were looked through for them. */
export type Found = {
  readonly entries: readonly number[];
  readonly known: number;
};

/** Members of acts that name a thing, and its kind. */
const NAMES: Readonly<Record<string, ThingKind>> = {
  dataset: "dataset",
  datasets: "dataset",
  product: "product",
  body: "body",
  registry: "body",
  successors: "body",
  system: "system",
  organisation: "organisation",
  operator: "organisation",
  contributor: "organisation",
  bidder: "organisation",
  bidders: "organisation",
  authorisation: "authorisation",
  permit: "permit",
  fee: "fee",
  post: "post",
  superior: "post",
  auditor: "post",
  contribution: "contribution",
};
/** Acts that make something which later acts name alone, and the member that names it. */
const MAKES: Readonly<Partial<Record<Act["kind"], string>>> = {
  permit: "permit",
  feeStandard: "fee",
  authorisation: "authorisation",
  contribution: "contribution",
  applicationReceived: "application",
  procedureOpened: "procedure",
  registrationApplied: "registration",
  withheld: "withholding",
  promised: "promise",
  tieDeclared: "tie",
};
const MADE = [...new Set(Object.values(MAKES))];
/** Whoever asks first waits for so many entries at most; the rest is read while nobody waits. */
const AWAITED_MAX = 8_192;

/**
 * Which public entries are about which thing, and which acts a post signed. It is kept up beside the index of the log; a register knows
 * what is in force and not everything that was ever asked for.
 */
export class ActIndex {
  readonly #log: ActLog;
  readonly #places = new Map<string, number[]>();
  /** What a permit, a price, an application is about: a later act about it is about these as well. */
  readonly #about = new Map<string, readonly string[]>();

  constructor(log: ActLog) {
    this.#log = log;
    log.keepUp({
      take: (entry, number) => this.#take(entry, number),
      settle: () => undefined,
    });
  }

  async about(kind: ThingKind, id: string): Promise<Found> {
    return this.#find(`${kind} ${id}`);
  }

  /** Acts that a holder of the post prepared or approved, and only those that were asked for by a post. */
  async signedBy(post: string): Promise<Found> {
    return this.#find(`signed ${post}`);
  }

  /** Vintages of a dataset, by their entries. */
  async vintagesOf(dataset: string): Promise<Found> {
    return this.#find(`vintage ${dataset}`);
  }

  async #find(key: string): Promise<Found> {
    const growing = this.#log.grow();
    if (this.#log.size - this.#log.index.size > AWAITED_MAX)
      // It is told to the one who asks next.
      growing.catch(() => undefined);
    else await growing;
    return {
      entries: this.#places.get(key) ?? [],
      known: this.#log.index.size,
    };
  }

  #take(entry: Entry, index: number): void {
    const keys = keysOf(entry);
    if (entry.type === "act") {
      const { act } = entry.statement;
      const made = MAKES[act.kind];
      const id: unknown =
        made === undefined ? undefined : Reflect.get(act, made);
      if (typeof id === "string" && entry.ruling.outcome === "granted")
        this.#about.set(
          `${made} ${id}`,
          [...keys].filter((key) => !key.startsWith("signed ")),
        );
      for (const name of MADE) {
        const named: unknown = Reflect.get(act, name);
        if (typeof named === "string") keys.add(`${name} ${named}`);
      }
      // What is added on the way is about nothing more: what a permit is for is told by the permit.
      for (const key of [...keys])
        for (const one of this.#about.get(key) ?? []) keys.add(one);
    }
    for (const key of keys) this.#add(key, index);
  }

  #add(key: string, entry: number): void {
    const places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, [entry]);
    else if (places.at(-1) !== entry) places.push(entry);
  }
}

/** Under which an entry is found. */
function keysOf(entry: Entry): Set<string> {
  const keys = new Set<string>();
  if (entry.type === "record") {
    if (entry.record.kind === "vintage")
      keys.add(`vintage ${entry.record.dataset}`);
    return keys;
  }
  const { act, signers } = entry.statement;
  addNamed(keys, act, act.kind);
  for (const { post } of signers)
    if (post !== undefined) keys.add(`signed ${post}`);
  return keys;
}

function addNamed(keys: Set<string>, value: unknown, kind: Act["kind"]): void {
  if (Array.isArray(value)) {
    for (const one of value) addNamed(keys, one, kind);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const named = kindNamed(name, value, kind);
    if (named === undefined) addNamed(keys, member, kind);
    else for (const id of idsIn(member)) keys.add(`${named} ${id}`);
  }
}

/** What a member names: an effect says itself what it is on, and the parent of a rulebook is no body. */
function kindNamed(
  name: string,
  holder: object,
  act: Act["kind"],
): ThingKind | undefined {
  if (name === "id" && "what" in holder && typeof holder.what === "string")
    return NAMES[holder.what];
  if (name === "parent")
    return act === "body" || act === "genesis" ? "body" : undefined;
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

function idsIn(member: unknown): readonly string[] {
  if (typeof member === "string") return [member];
  if (!Array.isArray(member)) return [];
  return member.filter((one) => typeof one === "string");
}
