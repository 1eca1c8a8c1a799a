import * as z from "zod/mini";
import type { Sql } from "../store/database.ts";
import {
  contactsOf,
  dropContact,
  dueMails,
  isWaiting,
  keepContact,
  keepMails,
  mailFailed,
  mailSent,
  mailsReadTo,
  waitingMails,
} from "../store/mails.ts";
import { seal, unseal } from "../store/openings.ts";

const mail = z.strictObject({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Where one request ends letters of this kind (RFC 8058). */
  stop: z.exactOptional(z.string()),
});
/** A letter as it leaves: to one address, plain text. */
export type Mail = z.infer<typeof mail>;

const contact = z.strictObject({
  address: z.string(),
  lang: z.enum(["en", "zh"]),
});
/** Where a signer hears of what was entered in their name, and in which language. */
export type MailContact = z.infer<typeof contact>;

/** Takes a letter away; throws with the reason when nobody takes it. `id` is the same at every try. */
export type Send = (mail: Mail & { readonly id: string }) => Promise<void>;

/** A letter that waits: why it was not taken, and whether it is to somebody who follows, whose address no page and no line shows. */
export type WaitingLetter = Mail & {
  readonly made: number;
  readonly failed?: string;
  readonly isFollower: boolean;
};

export type MailsOptions = {
  readonly sql: Sql;
  readonly key: Uint8Array;
  readonly office: string;
  readonly now: () => number;
};

const MINUTE = 60_000;
/** After each try that failed; behind the last it is tried once a day. */
const WAITS_MS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 720 * MINUTE];
const DAY_MS = 1_440 * MINUTE;
const AT_ONCE = 20;
const REASON_CHARACTERS_MAX = 200;

/**
 * Letters of the office. They are kept sealed, together with how far the log was read for them: a letter may be sent twice when the
 * process ends between its sending and its end, but no entry is passed over.
 */
export class Mails {
  readonly #options: MailsOptions;

  constructor(options: MailsOptions) {
    this.#options = options;
  }

  /** Reads the entries that are new since the last time; `write` gives the letters of those from one index to another. */
  async readNew(
    size: number,
    write: (
      from: number,
      to: number,
      contacts: Contacts,
    ) => Promise<readonly Mail[]>,
  ): Promise<void> {
    const { sql, office, now } = this.#options;
    const from = await mailsReadTo(sql, office, size);
    if (from >= size) return;
    const to = Math.min(size, from + 256);
    const mails = await write(from, to, (persons) => this.contacts(persons));
    await keepMails(
      ...([sql, office, { from, to }] as const),
      mails.map((one) => this.#sealed(one)),
      now(),
    );
  }

  /** Sends what is due. Says how many were taken, and how many nobody took. */
  async send(
    take: Send,
    goesOn: () => boolean = () => true,
  ): Promise<{ readonly sent: number; readonly failed: number }> {
    const { sql, now } = this.#options;
    let sent = 0;
    let failed = 0;
    const due = await dueMails(sql, now(), AT_ONCE);
    for (const { id, sealed, tries, follow } of due) {
      if (!goesOn()) break;
      // Others were sent meanwhile, and a server can be slow: whoever ended it has no letter any more.
      if (follow !== null && !(await isWaiting(sql, id))) continue;
      try {
        await take({ ...this.#opened(sealed), id: String(id) });
        await mailSent(sql, id);
        sent++;
      } catch (error) {
        failed++;
        await mailFailed(sql, id, {
          failed: reasonOf(error),
          due: now() + (WAITS_MS[tries] ?? DAY_MS),
        });
      }
    }
    return { sent, failed };
  }

  /** The newest letters that were not sent yet, for whoever looks after them; of a demonstration, which sends none, all. */
  async waiting(count: number): Promise<readonly WaitingLetter[]> {
    const rows = await waitingMails(this.#options.sql, count);
    return rows.map(({ sealed, made, failed, follow }) => ({
      ...this.#opened(sealed),
      made,
      isFollower: follow !== null,
      ...(failed === null ? {} : { failed }),
    }));
  }

  async setContact(person: number, of: MailContact): Promise<void> {
    const { sql, key } = this.#options;
    const sealed = seal(key, Buffer.from(JSON.stringify(of)));
    await keepContact(sql, { person, sealed });
  }

  async dropContact(person: number): Promise<boolean> {
    return dropContact(this.#options.sql, person);
  }

  async contacts(
    persons: readonly number[],
  ): Promise<ReadonlyMap<number, MailContact>> {
    const { sql, key } = this.#options;
    const rows = await contactsOf(sql, persons);
    return new Map(
      rows.map(({ person, sealed }) => [
        person,
        contact.parse(JSON.parse(unseal(key, sealed).toString("utf8"))),
      ]),
    );
  }

  #sealed(one: Mail): Buffer {
    return seal(this.#options.key, Buffer.from(JSON.stringify(one)));
  }

  #opened(sealed: Uint8Array): Mail {
    const text = unseal(this.#options.key, sealed).toString("utf8");
    return mail.parse(JSON.parse(text));
  }
}

export type Contacts = Mails["contacts"];

/** What a mail server said, without what follows its first line, which may repeat the letter, and without the address, which lies sealed. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : "unknown error";
  return (said.split("\n")[0] ?? "")
    .replaceAll(/[^\s<>:,;]+@[^\s<>:,;]+/g, "the address")
    .slice(0, REASON_CHARACTERS_MAX);
}
