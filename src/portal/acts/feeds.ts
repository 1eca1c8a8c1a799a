import { civilAt, showDate } from "../../acts/dates.ts";
import { deadCell } from "../../audit/ledger/csv-cell.ts";
import { showCount } from "../../audit/says.ts";
import type { ReadRegister } from "../../register/register.ts";
import { foundedAt } from "../../register/founding.ts";
import { around } from "../around.ts";
import { TAGS } from "../lang/lang.ts";
import { say } from "../lang/say.ts";
import { decisive } from "../findings.ts";
import type { EntryLine } from "./entry-line.ts";
import { sentenceOf } from "./plainly.ts";
import { saySigned } from "./say-entry.ts";

/** Entries as a program hears of them, in the language of the request. Addresses are whole ones. */
export type Feed = {
  readonly title: string;
  readonly register: Pick<
    ReadRegister,
    "origin" | "title" | "offsetMinutes" | "logKeys"
  >;
  /** Tells feeds of one office apart. */
  readonly name: string;
  readonly here: string;
  readonly home: string;
  readonly self: string;
  readonly next: string | undefined;
  readonly lines: readonly EntryLine[];
  /** When the list last changed: the newest entry in it, else the founding. */
  readonly updatedMs: number;
};

export const ATOM = "application/atom+xml; charset=utf-8";
export const JSON_FEED = "application/feed+json; charset=utf-8";
export const CSV = "text/csv; charset=utf-8";

/** RFC 4287, with RFC 5005's link to what is older. */
export function atomFeed(feed: Feed): string {
  const { register, here, lines } = feed;
  const entries = lines.map((line) =>
    [
      "  <entry>",
      `    <id>${xml(entryId(register, line.entry))}</id>`,
      `    <title>${xml(titleOf(line))}</title>`,
      `    <updated>${utc(line.atMs)}</updated>`,
      `    <published>${utc(line.atMs)}</published>`,
      `    <link rel="alternate" type="text/html" href="${xml(`${here}/acts/${line.entry}`)}"/>`,
      `    <category term="${xml(line.kind)}"/>`,
      `    <category term="${xml(line.outcome)}"/>`,
      `    <content type="text">${xml(textOf(line))}</content>`,
      "  </entry>",
    ].join("\n"),
  );
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${TAGS[around().lang]}">`,
    `  <id>${xml(feedId(feed))}</id>`,
    `  <title>${xml(feed.title)}</title>`,
    `  <updated>${utc(feed.updatedMs)}</updated>`,
    `  <author><name>${xml(register.title === "" ? register.origin : register.title)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${xml(feed.self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xml(feed.home)}"/>`,
    ...(feed.next === undefined
      ? []
      : [`  <link rel="next" href="${xml(feed.next)}"/>`]),
    ...entries,
    "</feed>",
  ].join("\n")}\n`;
}

/** https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(feed: Feed): object {
  const { register, here } = feed;
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self,
    ...(feed.next === undefined ? {} : { next_url: feed.next }),
    language: TAGS[around().lang],
    authors: [
      { name: register.title === "" ? register.origin : register.title },
    ],
    items: feed.lines.map((line) => ({
      id: entryId(register, line.entry),
      url: `${here}/acts/${line.entry}`,
      title: titleOf(line),
      content_text: textOf(line),
      date_published: utc(line.atMs),
      tags: [line.kind, line.outcome],
      _vitrine: {
        about: `${here}/follow`,
        ...{ entry: line.entry, type: line.type, kind: line.kind },
        ...{ outcome: line.outcome, by: line.by, findings: line.findings },
        proof: `${here}/proof/register/${line.entry}`,
      },
    })),
  };
}

const COLUMNS = [
  ...["entry", "at", "type", "kind", "outcome"],
  ...["what", "posts", "rules", "articles", "next"],
] as const;

/** A line for every entry; times in UTC. */
export async function* actsCsv(
  lines: AsyncIterable<readonly EntryLine[]>,
): AsyncGenerator<string> {
  yield csvOf([COLUMNS]);
  for await (const some of lines) yield csvOf(some.map(rowOf));
}

function rowOf(line: EntryLine): readonly string[] {
  return [
    ...[String(line.entry), utc(line.atMs), line.type, line.kind, line.outcome],
    line.what,
    line.by.map(({ role, post }) => `${role} ${post}`).join("; "),
    [...new Set(line.findings.map(({ rule }) => rule))].join("; "),
    [...new Set(line.findings.map(({ cites }) => cites))].join("; "),
    decisive(line.findings)?.next ?? "",
  ];
}

function csvOf(rows: readonly (readonly string[])[]): string {
  return rows
    .map((row) => `${row.map((cell) => deadCell(cell)).join(",")}\r\n`)
    .join("");
}

function titleOf(line: EntryLine): string {
  return line.type === "record"
    ? line.what
    : `${line.badge.says}${say(": ")}${sentenceOf(line)}`;
}

function textOf(line: EntryLine): string {
  const findings = line.findings.map(
    ({ says, rule, cites, facts }) =>
      `${says} ${say("({rule}, {cites})", { rule, cites })}${facts === "" ? "" : `${say(": ")}${facts}`}`,
  );
  const last = decisive(line.findings);
  return [
    say("Entry {entry} of the register log, {at}", {
      entry: showCount(line.entry),
      at: line.at,
    }),
    saySigned(line),
    ...findings,
    ...(line.outcome === "refused" && last !== undefined
      ? [say("Next lawful step: {next}", { next: last.next })]
      : []),
  ]
    .filter((one) => one !== "")
    .join("\n");
}

/** RFC 4151: never the address at which it was asked for, which may change. */
function feedId({ register, name }: Feed): string {
  return `${tagOf(register)}/feed/${name}`;
}

function entryId(register: Feed["register"], entry: number): string {
  return `${tagOf(register)}/entry/${entry}`;
}

function tagOf(register: Feed["register"]): string {
  // Before its founding act an office has no name.
  const [host = "", ...rest] = (
    register.origin === "" ? "unfounded.invalid/register" : register.origin
  ).split("/");
  const founded = civilAt(foundedAt(register), register.offsetMinutes);
  return `tag:${host.replace(/:.*$/, "")},${showDate(founded)}:${rest.join("/")}`;
}

/** Characters that no XML document may hold become what stands for what was lost. */
function xml(text: string): string {
  return text
    .replace(
      /[^\x09\x0a\x0d\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      "\ufffd",
    )
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function utc(ms: number): string {
  return new Date(ms).toISOString();
}
