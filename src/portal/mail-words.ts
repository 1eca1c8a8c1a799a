import type { Mail, MailContact } from "../accounts/mails.ts";
import { type ActEntry, parseEntry } from "../acts/entry.ts";
import { showCount } from "../audit/says.ts";
import { speaking } from "./around.ts";
import { say } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";
import { currencyOf, describeFinding } from "./findings.ts";
import { describeAct } from "./words.ts";
import { sayInstant } from "./lang/figures.ts";

type Told = {
  readonly title: string;
  readonly offsetMinutes: number;
  /** Where the office is read; undefined where nobody has said it. */
  readonly address: string | undefined;
  /** When an entry takes effect, where that is not at once. */
  readonly effectAt: (entry: number) => number | undefined;
};

/**
 * Letters to the signers of entries: number and plain words of every act in their name, over a second channel (design, section 7).
 * A person without a contact is told nothing; the desk says so.
 */
export async function signersMails(
  entries: readonly Uint8Array[],
  first: number,
  told: Told,
  contacts: (
    persons: readonly number[],
  ) => Promise<ReadonlyMap<number, MailContact>>,
): Promise<readonly Mail[]> {
  const acts = entries.flatMap((raw, place) => {
    const entry = parseEntry(raw);
    return entry.type === "act" ? [{ entry, index: first + place }] : [];
  });
  const persons = new Set(
    acts.flatMap(({ entry }) =>
      entry.statement.signers.map(({ person }) => person),
    ),
  );
  if (persons.size === 0) return [];
  const known = await contacts([...persons]);
  return acts.flatMap(({ entry, index }) =>
    [...new Set(entry.statement.signers.map(({ person }) => person))].flatMap(
      (person) => {
        const contact = known.get(person);
        return contact === undefined
          ? []
          : [signerMail(entry, index, person, contact, told)];
      },
    ),
  );
}

function signerMail(
  entry: ActEntry,
  index: number,
  person: number,
  { address, lang }: MailContact,
  told: Told,
): Mail {
  return speaking(lang, () => {
    const { ruling, statement, at } = entry;
    const what = describeAct(statement.act);
    const number = showCount(index);
    const isGranted = ruling.outcome === "granted";
    const findings = isGranted ? ruling.flags : ruling.findings;
    const as = statement.signers
      .filter((one) => one.person === person)
      .map(({ post, role }) =>
        post === undefined
          ? sayWord(role)
          : say("{what} ({of})", { what: post, of: sayWord(role) }),
      )
      .join(say(", "));
    const lines = [
      say("In your name this act was entered at {office}:", {
        office: told.title,
      }),
      "",
      `  ${what}`,
      "",
      say("Entry {number}, {when}, signed by you as {as}.", {
        ...{ number, as },
        when: sayInstant(at, told.offsetMinutes),
      }),
      isGranted
        ? say("The rules granted it.")
        : say("The rules refused it; the refusal is public."),
      ...findings.map((finding) => {
        const { says, rule, cites } = describeFinding(
          ...([finding, told.offsetMinutes, lang] as const),
          currencyOf(statement.act),
        );
        return `  - ${says} ${say("({rule}, {cites})", { rule, cites })}`;
      }),
      "",
      ...disowning(index, told),
      ...(told.address === undefined
        ? []
        : [
            say("Read it: {address}", {
              address: `${told.address}/acts/${index}`,
            }),
            "",
          ]),
      say(
        "If you did not sign this, say so at once to a holder of the power to revoke keys, by a way that you know and not by answering this letter: your key has to be revoked, and what it signed looked at again.",
      ),
    ];
    return {
      to: address,
      subject: isGranted
        ? say("Entry {number} in your name: {what}", { number, what })
        : say("Entry {number} in your name, refused: {what}", { number, what }),
      text: `${lines.join("\n")}\n`,
    };
  });
}

/** In time, and with any key of theirs: the one that was stolen may be the only one that is not at hand. */
function disowning(index: number, told: Told): readonly string[] {
  const until = told.effectAt(index);
  if (until === undefined) return [];
  const at = sayInstant(until, told.offsetMinutes);
  return [
    say(
      "It takes effect at {at}, and not before. If it was not you, or you take it back, disown it until then, with any of your keys: it never takes effect.",
      { at },
    ),
    ...(told.address === undefined
      ? []
      : [
          say("This was not me, or I take it back: {address}", {
            address: `${told.address}/desk/acts/new/disowned?entry=${index}`,
          }),
        ]),
    "",
  ];
}
