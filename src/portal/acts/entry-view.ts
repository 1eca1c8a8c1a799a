import { bytesToHex, fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Entry } from "../../acts/entry.ts";
import type { Primitives } from "../../acts/primitives.ts";
import { leafHash } from "../../log/hash.ts";
import { countOf, newestEntries } from "../../reports/act-index.ts";
import type { ReadRegister } from "../../register/register.ts";
import { aboutOf, readThing, type ThingKey } from "../../rules/about.ts";
import { decisive } from "../findings.ts";
import type { EntryProof, Proofs } from "../things/proof.ts";
import type { ActLog } from "./act-log.ts";
import { type EntryLine, entryLine } from "./entry-line.ts";
import { actsAbout, thingHref, thingsOf, thingTitle } from "./thing.ts";

/** What an entry did to something that it names. */
export type Change = "came" | "ended" | "named";

export type ThingLine = {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly href: string;
};
export type EntryPaper = {
  readonly kind: string;
  readonly size?: number;
  /** Where a public paper is; absent of a private one, of which the log holds a commitment alone. */
  readonly href?: string;
  readonly commitment?: string;
};
export type EntryView = {
  readonly line: EntryLine;
  readonly edition: number | undefined;
  readonly leaf: string;
  readonly bytes: number;
  /** The next lawful step; of a refused act alone. */
  readonly next: string | undefined;
  /** When it takes effect, where that is not at once; and the entry by which whoever had signed it disowned it. */
  readonly delayed?: {
    readonly until: string;
    readonly disowned?: number;
  };
  readonly changes: readonly (ThingLine & { readonly change: Change })[];
  readonly belongsTo: readonly ThingLine[];
  readonly papers: readonly EntryPaper[];
  /** Other entries about what it names, of each the newest. */
  readonly others: readonly (ThingLine & {
    readonly all: string;
    readonly total: number;
    readonly lines: readonly EntryLine[];
  })[];
  readonly proof: EntryProof | undefined;
  readonly entry: Entry;
  readonly size: number;
};

const OTHERS_EACH = 5;
const THINGS_MAX = 40;
/** So much is said by so many entries that a list of the others tells nothing. */
const wide: ReadonlySet<string> = new Set(["purpose", "rule", "post", "log"]);

export async function entryView(
  log: ActLog,
  raw: Uint8Array,
  number: number,
  entry: Entry,
  { proofs, primitives }: { proofs: Proofs; primitives: Primitives },
): Promise<EntryView> {
  await log.ready();
  const { register } = log;
  const line = entryLine(entry, number, register);
  const { named, all } = aboutOf(register, entry);
  const own = new Set(named);
  const told = named.slice(0, THINGS_MAX);
  const { entries: proved } = await proofs.of([
    { entry: number, at: entry.at },
  ]);
  return {
    line,
    edition: entry.type === "act" ? entry.edition : undefined,
    leaf: toBase64url(leafHash(primitives, raw)),
    bytes: raw.length,
    next:
      line.outcome === "refused" ? decisive(line.findings)?.next : undefined,
    ...delayedIn(register, number),
    changes: told.map((key) => ({
      ...thingLine(register, key),
      change:
        line.outcome === "refused" ? "named" : changeOf(register, key, number),
    })),
    belongsTo: all
      .filter((key) => !own.has(key))
      .slice(0, THINGS_MAX)
      .map((key) => thingLine(register, key)),
    papers: papersIn(entry.type === "act" ? entry.statement.act : entry.record),
    others: await othersOf(log, told, number),
    proof: proved[0],
    entry,
    size: log.size,
  };
}

function delayedIn(
  { delayed, offsetMinutes }: ReadRegister,
  number: number,
): Pick<EntryView, "delayed"> {
  const found = delayed.get(number);
  if (found === undefined) return {};
  const { until, disowned } = found;
  return {
    delayed: {
      until: showInstant(until, offsetMinutes),
      ...(disowned === undefined ? {} : { disowned: disowned.entry }),
    },
  };
}

function thingLine(register: ReadRegister, key: ThingKey): ThingLine {
  return {
    ...readThing(key),
    title: thingTitle(register, key),
    href: thingHref(register, key),
  };
}

/** As the register has it now: in which entry the thing came, and in which it ended. */
function changeOf(
  register: ReadRegister,
  key: ThingKey,
  number: number,
): Change {
  const { kind, id } = readThing(key);
  const found = thingsOf(register, kind)?.get(id);
  if (found === undefined) return "named";
  const ended: unknown = Reflect.get(found, "ended");
  if (
    typeof ended === "object" &&
    ended !== null &&
    Reflect.get(ended, "entry") === number
  )
    return "ended";
  return Reflect.get(found, "entry") === number ? "came" : "named";
}

async function othersOf(
  log: ActLog,
  named: readonly ThingKey[],
  number: number,
): Promise<EntryView["others"]> {
  const keys = named
    .filter((key) => !wide.has(readThing(key).kind))
    .map((key) => ({ key, total: countOf(log.index, key) - 1 }))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => a.total - b.total)
    .slice(0, 4);
  return Promise.all(
    keys.map(async ({ key, total }) => {
      const others = newestEntries(log.index, [key], OTHERS_EACH + 1)
        .filter((one) => one !== number)
        .slice(0, OTHERS_EACH);
      const read = await log.entriesAt(others);
      return {
        ...thingLine(log.register, key),
        ...{ all: actsAbout(key), total },
        lines: read.map(([at, one]) => entryLine(one, at, log.register)),
      };
    }),
  );
}

/** Every paper that an entry commits to, at any depth: a public one by the digest of its bytes, a private one by a salted commitment. */
function papersIn(value: object): readonly EntryPaper[] {
  const kind: unknown = Reflect.get(value, "kind");
  const paper: unknown = Reflect.get(value, "paper");
  const commitment: unknown = Reflect.get(value, "commitment");
  const size: unknown = Reflect.get(value, "size");
  if (typeof kind === "string" && typeof commitment === "string")
    return [{ kind, commitment }];
  if (
    typeof kind === "string" &&
    typeof paper === "string" &&
    typeof size === "number"
  )
    return [{ kind, size, href: `/paper/${bytesToHex(fromBase64url(paper))}` }];
  return Object.values(value).flatMap((one: unknown) =>
    typeof one === "object" && one !== null ? papersIn(one) : [],
  );
}
