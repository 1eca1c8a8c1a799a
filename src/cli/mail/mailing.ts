import type { Mails, Send } from "../../accounts/mails.ts";
import type { Office } from "../../office/office.ts";
import { signersMails } from "../../portal/mail-words.ts";

const EVERY_MS = 2_000;

export type Mailing = {
  readonly mails: Mails;
  /** Undefined where nothing takes letters away: a demonstration keeps them to be looked at. */
  readonly send: Send | undefined;
  readonly address: string | undefined;
  /** Hears how many letters nobody took, once until all are taken. */
  readonly failed: (letters: number) => void;
  /** A stop waits for the letter that is on its way, and for no other. */
  readonly goesOn?: () => boolean;
};

/** Tells signers, over a second channel, of every act that was entered in their name; what could not be sent is tried again. */
export function mailChore(
  office: Office,
  { mails, send, address, failed, goesOn }: Mailing,
): { readonly everyMs: number; readonly work: () => Promise<void> } {
  let told = 0;
  return {
    everyMs: EVERY_MS,
    work: async () => {
      const { title, offsetMinutes } = office.register;
      const effectAt = (entry: number) =>
        office.register.delayed.get(entry)?.until;
      await mails.readNew(office.published.size, async (from, to, contacts) =>
        signersMails(
          ...([await office.entries(from, to), from] as const),
          { title, offsetMinutes, address, effectAt },
          contacts,
        ),
      );
      if (send === undefined) return;
      const sent = await mails.send(send, goesOn);
      if (sent.failed > 0 && told === 0) failed(sent.failed);
      told = sent.failed;
    },
  };
}
