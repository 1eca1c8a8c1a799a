import {
  type AskedLetter,
  CONFIRM_HOURS,
  type Follow,
  type NewsLetter,
  type Rhythm,
  type Written,
} from "../../accounts/follows.ts";
import { entriesAbout } from "../../reports/act-index.ts";
import { readThing } from "../../rules/about.ts";
import { readThingKey } from "../acts/filter.ts";
import type { ActLog } from "../acts/act-log.ts";
import { type EntryLine, entryLine } from "../acts/entry-line.ts";
import { sentenceOf } from "../acts/plainly.ts";
import { actsAbout, sayThingKind, thingTitle } from "../acts/thing.ts";
import { speaking } from "../around.ts";
import { officeTitle } from "../lang/title-in.ts";
import { type Message, say, sayCount } from "../lang/say.ts";

/** Entries that one letter tells in full; behind them it says how many more there are. */
const LINES_MAX = 50;

export const RHYTHMS = {
  day: "One letter a day at most, in the morning",
  soon: "One letter a quarter of an hour at most",
} as const satisfies Readonly<Record<Rhythm, Message>>;

/** What a followed thing is called, in the language of the page or letter. */
export function followedTitle(
  { register }: Pick<ActLog, "register">,
  { thing }: Pick<Follow, "thing">,
): string {
  const key = readThingKey(thing);
  return `${sayThingKind(readThing(key).kind)} ${thingTitle(register, key)}`;
}

/** The letters that need no entries: the question whether an address is its owner's wish, and the answer to a wish that stands already. */
export function askedLetter(
  log: Pick<ActLog, "register">,
  address: string,
): (letter: AskedLetter) => Written {
  return (letter) =>
    speaking(letter.lang, () => {
      const thing = followedTitle(log, letter);
      const office = officeTitle(log.register);
      if (letter.kind === "already")
        return {
          subject: say("You follow this already: {thing}", { thing }),
          text: lines(
            say(
              "Somebody asked at {office} that this address should follow {thing}. It does already, and nothing was changed.",
              { office, thing },
            ),
            ...ending(letter, stopAt(address, letter.stop)),
          ),
          stop: stopAt(address, letter.stop),
        };
      return {
        subject: say("Do you want to follow {thing}?", { thing }),
        text: lines(
          say(
            "Somebody asked at {office} that this address should hear what is entered about {thing}. If it was you, open this address and press the button:",
            { office, thing },
          ),
          "",
          `  ${address}/follow/confirm/${letter.confirm}`,
          "",
          say(
            "If it was not you, do nothing: the link ends in {hours} hours, and the office then forgets this address.",
            { hours: CONFIRM_HOURS },
          ),
        ),
      };
    });
}

/** What was entered about a thing since the last letter; undefined where nothing was. */
export async function newsLetter(
  log: ActLog,
  address: string,
  letter: NewsLetter,
  /** What stands behind that many entries is for the next letter. */
  size: number,
): Promise<Written | undefined> {
  const { index, register } = log;
  const numbers = entriesAbout(
    ...([index, letter.thing, letter.behind, Infinity] as const),
  ).filter((entry) => entry < size);
  if (numbers.length === 0) return undefined;
  const told = await log.entriesAt(numbers.slice(0, LINES_MAX));
  return speaking(letter.lang, () => {
    const thing = followedTitle(log, letter);
    const office = officeTitle(register);
    const n = numbers.length;
    const more = n - told.length;
    return {
      subject: sayCount(
        n,
        "{office}: {n} new entry about {thing}",
        "{office}: {n} new entries about {thing}",
        { office, n, thing },
      ),
      text: lines(
        say("Entered at {office} about {thing}, the oldest first:", {
          office,
          thing,
        }),
        "",
        ...told.flatMap(([number, entry]) => [
          titleOf(entryLine(entry, number, register)),
          `  ${address}/acts/${number}`,
          "",
        ]),
        ...(more === 0
          ? []
          : [
              sayCount(
                more,
                "And {n} more: {address}",
                "And {n} more: {address}",
                {
                  n: more,
                  address: `${address}${actsAbout(readThingKey(letter.thing))}`,
                },
              ),
              "",
            ]),
        ...ending(letter, stopAt(address, letter.stop)),
      ),
      stop: stopAt(address, letter.stop),
    };
  });
}

function titleOf(line: EntryLine): string {
  const { entry, at, type, badge } = line;
  const what = sentenceOf(line);
  const said = type === "record" ? what : `${badge.says}: ${what}`;
  return say("{number}, {when}: {what}", {
    number: entry,
    when: at,
    what: said,
  });
}

function ending({ rhythm }: Follow, stop: string): readonly string[] {
  return [
    "",
    say("How often: {rhythm}.", { rhythm: say(RHYTHMS[rhythm]) }),
    say(
      "To stop these letters open this address and press the button; the office then forgets this address: {stop}",
      { stop },
    ),
  ];
}

function stopAt(address: string, token: string): string {
  return `${address}/follow/stop/${token}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
