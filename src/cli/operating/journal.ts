import { reasonOf, withoutPersons } from "./reason.ts";
import { LEVELS, type RunSettings } from "../office-config.ts";

type Level = (typeof LEVELS)[number];
type Field = string | number | boolean;
export type Fields = Readonly<Record<string, Field | undefined>>;

/** What a running office says to those who run it: one line for each event. */
export type Journal = {
  readonly debug: (event: string, fields?: Fields) => void;
  readonly info: (event: string, fields?: Fields) => void;
  readonly warn: (event: string, fields?: Fields) => void;
  readonly error: (event: string, fields?: Fields) => void;
  /** Something went wrong: what may be told of the error is told. */
  readonly failed: (event: string, error: unknown, fields?: Fields) => void;
  readonly isDebug: boolean;
};

export type Paper = {
  readonly now: () => number;
  readonly write: (line: string) => void;
  readonly isTerminal: boolean;
};

/**
 * The lines hold names of events and figures, and sentences of our own. Every text in them is read over all the same: no address,
 * token or value of a caller is to be found there, whoever wrote the sentence.
 */
export function makeJournal(
  { level, form }: RunSettings["log"],
  { now, write, isTerminal }: Paper,
): Journal {
  const least = LEVELS.indexOf(level);
  const isText = form === "text" || (form === "auto" && isTerminal);
  const say = (at: Level, event: string, fields: Fields): void => {
    if (LEVELS.indexOf(at) < least) return;
    const time = new Date(now()).toISOString();
    const told = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, cleaned(value)] as const],
    );
    write(
      isText
        ? textLine(time, at, event, told)
        : JSON.stringify({
            time,
            level: at,
            event,
            ...Object.fromEntries(told),
          }),
    );
  };
  const at =
    (one: Level) =>
    (event: string, fields: Fields = {}): void =>
      say(one, event, fields);
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    failed: (event, error, fields = {}) =>
      say("error", event, { ...fields, ...reasonOf(error) }),
    isDebug: least === 0,
  };
}

export function stderrJournal(settings: RunSettings["log"]): Journal {
  return makeJournal(settings, {
    now: Date.now,
    write: (line) => process.stderr.write(`${line}\n`),
    isTerminal: process.stderr.isTTY === true,
  });
}

function cleaned(value: Field): Field {
  return typeof value === "string" ? withoutPersons(value) : value;
}

function textLine(
  time: string,
  level: Level,
  event: string,
  fields: readonly (readonly [string, Field])[],
): string {
  const clock = time.slice(11, 19);
  const rest = fields.map(([name, value]) =>
    name === "says" ? String(value) : `${name}=${String(value)}`,
  );
  return [clock, level.padEnd(5), event, ...rest].join("  ");
}
