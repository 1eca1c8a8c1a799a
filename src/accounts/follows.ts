import { createHash, createHmac, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { toBase64url } from "../acts/bytes.ts";
import type { Sql } from "../store/database.ts";
import {
  confirmFollow,
  countFollows,
  dropFollow,
  dropStaleFollows,
  dueFollows,
  followBy,
  keepFollow,
  keepFollowLetter,
  type KeptFollow,
  tellFollow,
} from "../store/follows.ts";
import { seal, unseal } from "../store/openings.ts";
import type { Mail } from "./mails.ts";

/** How often somebody hears at most: every morning, or every quarter of an hour. */
export const rhythms = ["day", "soon"] as const;
export type Rhythm = (typeof rhythms)[number];

const sealed = z.strictObject({
  address: z.string(),
  lang: z.enum(["en", "zh"]),
  rhythm: z.enum(rhythms),
  /** What ends it: kept sealed, because every letter has to bear it. */
  stop: z.string(),
});
type Sealed = z.infer<typeof sealed>;
/** What a form asks for. The address was looked at. */
export type Wish = Omit<Sealed, "stop"> & { readonly thing: string };
/** What a page may know of it: never the address. */
export type Follow = Pick<Wish, "thing" | "rhythm" | "lang">;

/** A letter that a form had written: to somebody who is to confirm, or who did. */
export type AskedLetter = Follow &
  (
    | { readonly kind: "confirm"; readonly confirm: string }
    | { readonly kind: "already"; readonly stop: string }
  );
/** A letter that tells entries behind one. */
export type NewsLetter = Follow & {
  readonly stop: string;
  readonly behind: number;
};
export type Written = Omit<Mail, "to">;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A wish that nobody confirms goes, with its address. */
export const CONFIRM_HOURS = 48;
/** An address whose letters nobody takes for so long goes as well. */
export const UNDELIVERED_DAYS = 30;
export const FOLLOWS_MAX = 50;
const SOON_MS = 15 * MINUTE;
const MORNING_HOUR = 7;
const AT_ONCE = 100;
/** Letters that somebody can have written to an address that is not theirs: so many a day. */
export const ASKED_PER_DAY_MAX = 5;
/** Takes one letter that was asked for of what stands for an address; false where there were too many. */
export type MayAsk = (whose: string, now: number) => boolean;

/** Who follows what by e-mail. Owns the addresses: they lie sealed in the database, and whoever ends it, or never confirms, is forgotten. */
export class Follows {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #mayAsk: MayAsk;

  constructor(sql: Sql, key: Uint8Array, now: () => number, mayAsk: MayAsk) {
    this.#mayAsk = mayAsk;
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  /**
   * Somebody wants letters to an address, which may be another's: that one is asked. Gives nothing back, whether the address is known,
   * was asked too often, or follows too much: a page that said so would tell strangers about it.
   */
  async ask(
    { thing, ...wish }: Wish,
    size: number,
    write: (letter: AskedLetter) => Written,
  ): Promise<void> {
    const now = this.#now();
    const whose = this.#mark(wish.address);
    if (!this.#mayAsk(whose, now)) return;
    const id = this.#mark(`${wish.address}\n${thing}`);
    const known = await followBy(this.#sql, "id", id);
    if (known === undefined) {
      if ((await countFollows(this.#sql, whose)) >= FOLLOWS_MAX) return;
    } else if (known.confirmed !== null) {
      const { address, stop, ...of } = this.#opened(known);
      const words = write({ kind: "already", ...of, thing, stop });
      await keepFollowLetter(this.#sql, id, this.#letter(address, words));
      return;
    }
    const [confirm, stop] = [newToken(), newToken()];
    const { address, ...of } = wish;
    const words = write({ kind: "confirm", ...of, thing, confirm });
    await keepFollow(
      this.#sql,
      {
        ...{ id, whose, thing, made: now, told: size, due: now },
        sealed: this.#sealed({ ...wish, stop }),
        confirm: digestOf(confirm),
        stop: digestOf(stop),
      },
      this.#letter(address, words),
    );
  }

  /** What a link asks to be confirmed; undefined where it is too old or nobody's. */
  async asked(
    token: string,
  ): Promise<(Follow & { readonly isConfirmed: boolean }) | undefined> {
    const kept = await followBy(this.#sql, "confirm", digestOf(token));
    if (kept === undefined) return undefined;
    const isConfirmed = kept.confirmed !== null;
    if (!isConfirmed && kept.made + CONFIRM_HOURS * HOUR <= this.#now())
      return undefined;
    return { ...this.#shown(kept), isConfirmed };
  }

  /** Told is what is entered from here on. */
  async confirm(
    token: string,
    size: number,
    offsetMinutes: number,
  ): Promise<Follow | undefined> {
    const found = await this.asked(token);
    if (found === undefined) return undefined;
    const now = this.#now();
    await confirmFollow(this.#sql, digestOf(token), {
      ...{ now, told: size },
      due: nextTime(found.rhythm, now, offsetMinutes),
    });
    return found;
  }

  async followed(token: string): Promise<Follow | undefined> {
    const kept = await followBy(this.#sql, "stop", digestOf(token));
    return kept === undefined ? undefined : this.#shown(kept);
  }

  /** Forgets the address for this thing, and what waits for it; as often as anybody says so. */
  async stop(token: string): Promise<void> {
    const kept = await followBy(this.#sql, "stop", digestOf(token));
    if (kept !== undefined) await dropFollow(this.#sql, kept.id);
  }

  /** Writes to those whose time has come; `write` gives nothing where nothing was entered about their thing. */
  async tell(
    size: number,
    offsetMinutes: number,
    write: (letter: NewsLetter) => Promise<Written | undefined>,
  ): Promise<void> {
    const now = this.#now();
    const failed: unknown[] = [];
    for (const kept of await dueFollows(this.#sql, size, now, AT_ONCE)) {
      const { thing, told } = kept;
      try {
        const { address, ...of } = this.#opened(kept);
        const words = await write({ ...of, thing, behind: told - 1 });
        await tellFollow(
          ...([this.#sql, kept] as const),
          { told: size, due: nextTime(of.rhythm, now, offsetMinutes) },
          words === undefined ? undefined : this.#letter(address, words),
        );
      } catch (error) {
        // One that cannot be read or written must not keep the others from theirs.
        failed.push(error);
        const later = { told, due: now + DAY };
        await tellFollow(...([this.#sql, kept, later] as const), undefined);
      }
    }
    if (failed.length > 0) throw failed[0];
  }

  /** Forgets who did not confirm in time, and whom nobody could write to. */
  async sweep(): Promise<void> {
    const now = this.#now();
    await dropStaleFollows(
      ...([this.#sql, now - CONFIRM_HOURS * HOUR] as const),
      now - UNDELIVERED_DAYS * DAY,
    );
  }

  #mark(text: string): string {
    return createHmac("sha256", this.#key)
      .update(`vitrine-follow-v1\n${text.toLowerCase()}`)
      .digest("base64url");
  }

  #letter(to: string, words: Written) {
    const mail: Mail = { to, ...words };
    return {
      sealed: seal(this.#key, Buffer.from(JSON.stringify(mail))),
      now: this.#now(),
    };
  }

  #sealed(of: Sealed): Buffer {
    return seal(this.#key, Buffer.from(JSON.stringify(of)));
  }

  #opened(kept: KeptFollow): Sealed {
    const text = unseal(this.#key, kept.sealed).toString("utf8");
    return sealed.parse(JSON.parse(text));
  }

  #shown(kept: KeptFollow): Follow {
    const { rhythm, lang } = this.#opened(kept);
    return { thing: kept.thing, rhythm, lang };
  }
}

/** When somebody is looked at next: at seven in the office's own time, or in a quarter of an hour. */
function nextTime(rhythm: Rhythm, now: number, offsetMinutes: number): number {
  if (rhythm === "soon") return now + SOON_MS;
  const local = now + offsetMinutes * MINUTE;
  const morning = local - (local % DAY) + MORNING_HOUR * HOUR;
  return (morning > local ? morning : morning + DAY) - offsetMinutes * MINUTE;
}

function newToken(): string {
  return toBase64url(randomBytes(32));
}

function digestOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
