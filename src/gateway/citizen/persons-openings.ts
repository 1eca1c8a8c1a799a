import { toBase64url } from "../../acts/bytes.ts";
import type { ReadRegister, StandingPermit } from "../../register/register.ts";
import { isSealed } from "../../rules/seals.ts";
import type { Sql } from "../../store/database.ts";
import {
  type NamedOpening,
  openingsNaming,
  sealedAt,
} from "../../store/subjects.ts";
import {
  type AuditPart,
  type LookPart,
  parseOpened,
  type PrivatePart,
} from "../../uses/opening.ts";
import { SLOT, slotOf } from "../../uses/use.ts";
import { listToken, openSealed, permitTokens } from "./subject-tokens.ts";

/** An opening that names a person, opened: a use of their data under a permit, a look at their list, or an auditor's at one of these. */
export type Hit = {
  readonly leaf: string;
  readonly log: string;
  readonly slot: number;
  readonly at: number;
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
} & (
  | {
      readonly kind: "use";
      readonly permit: StandingPermit;
      readonly part: PrivatePart;
    }
  | { readonly kind: "look"; readonly part: LookPart }
  | { readonly kind: "audit"; readonly part: AuditPart }
);

/** From (inclusive) and to (inclusive), as exact times. */
export type Span = { readonly from: number; readonly to: number };

/** Where a page begins: behind a line of the page before, or after so many lines. */
export type Begin =
  { readonly after: Pick<Hit, "at" | "leaf"> } | { readonly offset: number };

export type HitPage = {
  readonly hits: readonly Hit[];
  /** In the whole span. */
  readonly total: number;
  readonly isMore: boolean;
};

type Found = NamedOpening & { readonly permit: StandingPermit | undefined };
/** The hits of one slot: closed until somebody wants to see them. */
type Group = {
  readonly slot: number;
  readonly found: readonly Found[];
  opened?: readonly Hit[];
};

/**
 * What names one person, the newest first. A slot says the time coarsely and lies open in the database, the exact time is
 * sealed: only the slots that a page shows, and the two at the ends of the span, are unsealed. What is under seal is not there.
 */
export class PersonsOpenings {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #groups: readonly Group[];

  private constructor(sql: Sql, key: Uint8Array, groups: readonly Group[]) {
    this.#sql = sql;
    this.#key = key;
    this.#groups = groups;
  }

  static async find(
    { sql, key }: { readonly sql: Sql; readonly key: Uint8Array },
    register: ReadRegister,
    code: string,
    now: number,
  ): Promise<PersonsOpenings> {
    const permits = permitTokens(register, key, code);
    const named = await openingsNaming(sql, [
      ...permits.keys(),
      listToken(key, code),
    ]);
    const groups = new Map<number, Found[]>();
    for (const one of named) {
      const permit = permits.get(one.token);
      const purpose = permit?.act.purpose;
      const { slot } = one;
      if (
        purpose !== undefined &&
        isSealed(register.rulebook?.act, purpose, slot, now)
      )
        continue;
      const group = groups.get(slot) ?? [];
      group.push({ ...one, permit });
      groups.set(slot, group);
    }
    return new PersonsOpenings(
      sql,
      key,
      [...groups].map(([slot, found]) => ({ slot, found })),
    );
  }

  /** Whether an entry names the person, and may be shown to them. */
  async one(leaf: string): Promise<Hit | undefined> {
    const group = this.#groups.find(({ found }) =>
      found.some((one) => toBase64url(one.leaf) === leaf),
    );
    if (group === undefined) return undefined;
    return (await this.#open([group])).find((hit) => hit.leaf === leaf);
  }

  async page(span: Span, begin: Begin, limit: number): Promise<HitPage> {
    const inSpan = this.#groups.filter(
      ({ slot }) => slot <= span.to && slot + SLOT.hour > span.from,
    );
    const ends = inSpan.filter(
      ({ slot }) => slot < span.from || slot + SLOT.hour - 1 > span.to,
    );
    await this.#open(ends);
    const sizes = inSpan.map((group) => within(group, span).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const hits: Hit[] = [];
    let skip = "offset" in begin ? begin.offset : 0;
    for (const [index, group] of inSpan.entries()) {
      const size = sizes[index] ?? 0;
      if (hits.length > limit) break;
      if ("after" in begin && group.slot > slotOf(begin.after.at, SLOT.hour))
        continue;
      if (skip >= size) {
        skip -= size;
        continue;
      }
      if (group.opened === undefined)
        await this.#open(
          enough(inSpan.slice(index), limit + 1 - hits.length + skip),
        );
      const shown = within(group, span)
        .filter(isHit)
        .filter((hit) => isBehind(hit, begin));
      hits.push(...shown.slice(skip));
      skip = 0;
    }
    return { hits: hits.slice(0, limit), total, isMore: hits.length > limit };
  }

  async #open(groups: readonly Group[]): Promise<readonly Hit[]> {
    const closed = groups.filter(({ opened }) => opened === undefined);
    const sealed = await sealedAt(
      this.#sql,
      closed.flatMap(({ found }) => found.map(({ leaf }) => leaf)),
    );
    for (const group of closed)
      group.opened = group.found
        .flatMap((found) => {
          const bytes = sealed.get(found.leaf.toString("hex"));
          // Erased since it was found.
          return bytes === undefined ? [] : [this.#hit(found, bytes)];
        })
        .toSorted((a, b) => b.at - a.at || (a.leaf < b.leaf ? -1 : 1));
    return groups.flatMap(({ opened }) => opened ?? []);
  }

  #hit({ leaf, log, slot, permit }: Found, sealed: Uint8Array): Hit {
    const { nonce, content } = openSealed(this.#key, sealed);
    const opened = parseOpened(content);
    const where = { leaf: toBase64url(leaf), log, slot, nonce, content };
    if (opened.kind === "look" || opened.kind === "audit")
      return { ...where, ...opened, at: opened.part.at };
    if (opened.kind === "settle" || permit === undefined)
      throw new Error(
        `Cannot show entry ${where.leaf}: its opening is of another kind than the token it was found by`,
      );
    const { part } = opened;
    return { ...where, kind: "use", at: part.at, permit, part };
  }
}

function within(group: Group, { from, to }: Span): readonly (Hit | Found)[] {
  return (
    group.opened?.filter(({ at }) => at >= from && at <= to) ?? group.found
  );
}

function isHit(one: Hit | Found): one is Hit {
  return "kind" in one;
}

function isBehind({ at, leaf }: Hit, begin: Begin): boolean {
  if ("offset" in begin) return true;
  const { after } = begin;
  return at < after.at || (at === after.at && leaf > after.leaf);
}

/** As many of the first groups as hold so many hits. */
function enough(groups: readonly Group[], wanted: number): readonly Group[] {
  let count = 0;
  const end = groups.findIndex(
    ({ found }) => (count += found.length) >= wanted,
  );
  return end < 0 ? groups : groups.slice(0, end + 1);
}
