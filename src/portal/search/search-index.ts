import type { Entry } from "../../acts/entry.ts";
import { HOUR } from "../../acts/shapes.ts";
import { type About, readThing, type ThingKey } from "../../rules/about.ts";
import type { ActLog } from "../acts/act-log.ts";
import { actKindInChinese, englishKind } from "../acts/kind-names.ts";
import {
  documentOf,
  foundKinds,
  isFoundKind,
  lawKeys,
  titlesIn,
} from "./documents.ts";
import {
  type FacetName,
  facetNames,
  facetsOf,
  type Facets,
  type Sides,
} from "./facets.ts";
import {
  addDocument,
  emptyTextIndex,
  FRESH_MAX,
  removeDocument,
  sortWords,
  type TextIndex,
  type Weighed,
} from "./text-index.ts";

/** So many documents are made in one go; then whoever asks is answered first. */
const AT_ONCE = 250;
const WAITED_FOR = 1_000;

/**
 * Everything that can be looked for, in memory: made from the register and the public log, kept up with every entry, and made anew by a
 * start. It follows the log that it is given and owns nothing else.
 */
export class SearchIndex {
  readonly text: TextIndex = emptyTextIndex();
  /** By document: the thing or the number of the act, and its facets as numbers of their values. */
  readonly keys: (ThingKey | number)[] = [];
  readonly facets: Readonly<Record<FacetName, FacetColumn>>;
  readonly #log: ActLog;
  readonly #now: () => number;
  readonly #documents = new Map<ThingKey, { doc: number; made: number }>();
  readonly #changed = new Set<ThingKey>();
  readonly #touched = new Set<ThingKey>();
  readonly #sides: Sides = { productsOf: new Map(), datasetsOf: new Map() };
  #hour = 0;
  #settling: Promise<void> = Promise.resolve();

  constructor(log: ActLog, now: () => number) {
    this.#log = log;
    this.#now = now;
    this.facets = {
      kind: new FacetColumn(),
      body: new FacetColumn(),
      classification: new FacetColumn(),
      form: new FacetColumn(),
      price: new FacetColumn(),
      served: new FacetColumn(),
    };
    for (const kind of foundKinds) this.facets.kind.valueOf(kind);
    log.keepUp({
      take: (entry, number, about) => this.#take(entry, number, about),
      // Whoever asks next settles what this could not.
      settle: () => void this.#settle().catch(() => undefined),
    });
  }

  /** Everything public can be found, as it is in this hour: prices and products begin and end on whole hours. */
  async ready(): Promise<boolean> {
    const isReady = await this.#log.ready();
    const hour = Math.floor(this.#now() / HOUR);
    if (isReady && hour !== this.#hour) {
      this.#hour = hour;
      for (const key of this.#documents.keys())
        if (TIMED.has(readThing(key).kind)) this.#touched.add(key);
    }
    const waiting = this.#changed.size + this.#touched.size;
    if (waiting === 0 && this.#documents.size > 0) return isReady;
    // Many are looked at behind the answer, few before it.
    const settled = this.#settle();
    if (waiting <= WAITED_FOR) await settled;
    else settled.catch(() => undefined);
    return isReady && this.#changed.size === 0;
  }

  #take(entry: Entry, number: number, about: About): void {
    for (const key of about.named)
      if (isFoundKind(readThing(key).kind)) this.#changed.add(key);
    for (const key of about.all)
      if (TIMED.has(readThing(key).kind)) this.#touched.add(key);
    if (entry.type === "act") this.#addAct(entry, number, about);
  }

  #addAct(
    { statement: { act }, ruling }: Extract<Entry, { type: "act" }>,
    number: number,
    { named }: About,
  ): void {
    const findings =
      ruling.outcome === "granted" ? ruling.flags : ruling.findings;
    const parts: Weighed = [
      [englishKind(act.kind), 3],
      [actKindInChinese(act.kind), 3],
      ...titlesIn(act).map((text) => [text, 6] as const),
      ...named.slice(0, 24).map((key) => [readThing(key).id, 4] as const),
      ...findings.slice(0, 8).map(({ rule }) => [rule, 2] as const),
      [ruling.outcome === "refused" ? "refused 拒绝" : "granted 准予", 1],
    ];
    const doc = addDocument(this.text, parts);
    this.keys[doc] = number;
    this.#setFacets(doc, { kind: "act" });
  }

  /** One after the other: what changed meanwhile is taken in by the next. */
  #settle(): Promise<void> {
    this.#settling = this.#settling
      .catch(() => undefined)
      .then(() => this.#settleOnce());
    return this.#settling;
  }

  async #settleOnce(): Promise<void> {
    const { register } = this.#log;
    if (this.#documents.size === 0)
      for (const key of lawKeys(register)) this.#changed.add(key);
    let done = 0;
    const pause = async (): Promise<void> => {
      if (++done % AT_ONCE === 0)
        await new Promise((resolve) => setImmediate(resolve));
    };
    for (const key of this.#changed) this.#note(key);
    const now = this.#now();
    // A set goes on with what is put into it meanwhile.
    for (const key of this.#changed) {
      this.#changed.delete(key);
      this.#note(key);
      this.#makeDocument(key);
      await pause();
    }
    for (const key of this.#touched) {
      this.#touched.delete(key);
      const known = this.#documents.get(key);
      if (known !== undefined)
        this.#setFacets(known.doc, facetsOf(register, key, now, this.#sides));
      await pause();
    }
    if (this.text.fresh.length > FRESH_MAX / 2) sortWords(this.text);
  }

  #note(key: ThingKey): void {
    const { register } = this.#log;
    const { kind, id } = readThing(key);
    if (kind === "dataset") {
      const system = register.datasets.get(id)?.act.system;
      if (system !== undefined) addTo(this.#sides.datasetsOf, system, id);
    }
    if (kind === "product")
      for (const { dataset } of register.products.get(id)?.act.content ?? [])
        addTo(this.#sides.productsOf, dataset, id);
  }

  /** A thing that says what it said before stays as it is. */
  #makeDocument(key: ThingKey): void {
    const { register } = this.#log;
    const parts = documentOf(register, key);
    if (parts.length === 0) return;
    const made = fingerprint(parts);
    const before = this.#documents.get(key);
    if (before?.made === made) return;
    if (before !== undefined) removeDocument(this.text, before.doc);
    const doc = addDocument(this.text, parts);
    this.keys[doc] = key;
    this.#documents.set(key, { doc, made });
    this.#setFacets(doc, facetsOf(register, key, this.#now(), this.#sides));
  }

  #setFacets(doc: number, facets: Facets): void {
    for (const name of facetNames) this.facets[name].set(doc, facets[name]);
  }
}

/** Kinds whose facets change with time, and with what stands beside them. */
const TIMED: ReadonlySet<string> = new Set(["dataset", "system", "product"]);

/** One facet of all documents: the numbers of its values, 0 for none. */
export class FacetColumn {
  values = new Uint16Array(4096);
  readonly texts: string[] = [""];
  readonly #numbers = new Map<string, number>();

  valueOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const next = this.texts.length;
    this.#numbers.set(text, next);
    this.texts.push(text);
    return next;
  }

  /** The number of a value that some document shows; undefined where none does. */
  numberOf(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  textAt(doc: number): string | undefined {
    return this.texts[this.values[doc] ?? 0];
  }

  set(doc: number, text: string | undefined): void {
    if (doc >= this.values.length) {
      const more = new Uint16Array(Math.max(doc + 1, this.values.length * 2));
      more.set(this.values);
      this.values = more;
    }
    this.values[doc] = text === undefined ? 0 : this.valueOf(text);
  }
}

/** Tells texts apart well enough: one that is mistaken for the text before it is found by that until it changes again. */
function fingerprint(parts: Weighed): number {
  let [low, high] = [0x811c9dc5, 0];
  for (const [text, weight] of parts) {
    for (let at = 0; at < text.length; at++) {
      low = Math.imul(low ^ text.charCodeAt(at), 0x01000193) >>> 0;
      high = (Math.imul(high, 31) + text.charCodeAt(at)) & 0xfffff;
    }
    low = Math.imul(low ^ weight, 0x01000193) >>> 0;
  }
  return high * 2 ** 32 + low;
}

function addTo(
  map: Map<string, Set<string>>,
  key: string,
  value: string,
): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
