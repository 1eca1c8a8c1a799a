import type { Entry } from "../../acts/entry.ts";
import { showInstant } from "../../acts/dates.ts";
import { showCount } from "../../audit/says.ts";
import type { LogRecord } from "../../acts/record.ts";
import type { ReadRegister } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";
import type { FindingLine } from "../findings.ts";
import { findingOf } from "../findings-of.ts";
import { type Badge, badgeOf } from "./badge.ts";
import type { EntryKind } from "./kind-names.ts";
import { type Plainly, sayPlainly } from "./plainly.ts";
import { sayOutcome } from "./say-entry.ts";
import { calledIn } from "./thing.ts";

/** One entry of the register log as a list shows it, in the language of the page. */
export type EntryLine = Plainly & {
  readonly entry: number;
  /** Milliseconds since 1970, UTC; and the same in the office's own time. */
  readonly atMs: number;
  readonly at: string;
  readonly type: Entry["type"];
  readonly kind: EntryKind;
  /** The posts that signed, each as what; none of a machine's record. */
  readonly by: readonly {
    readonly role: string;
    readonly post: string;
    readonly title: string;
  }[];
  readonly outcome: "granted" | "refused" | "recorded";
  readonly badge: Badge;
  readonly findings: readonly FindingLine[];
};

export function entryLine(
  entry: Entry,
  number: number,
  register: ReadRegister,
): EntryLine {
  const { offsetMinutes } = register;
  const head = {
    entry: number,
    atMs: entry.at,
    at: showInstant(entry.at, offsetMinutes),
  };
  if (entry.type === "record")
    return {
      ...head,
      ...{ type: "record", kind: entry.record.kind, by: [], findings: [] },
      ...{ what: describeRecord(entry.record, register), outcome: "recorded" },
      badge: { says: sayOutcome("recorded"), tone: "recorded" },
    };
  const { statement, ruling } = entry;
  const findings =
    ruling.outcome === "granted" ? ruling.flags : ruling.findings;
  return {
    ...head,
    ...{ type: "act", kind: statement.act.kind },
    ...sayPlainly(register, statement.act, ruling, entry.at),
    by: statement.signers.flatMap(({ role, post }) =>
      post === undefined
        ? []
        : [{ role, post, title: titleOf(register.posts.get(post), post) }],
    ),
    outcome: ruling.outcome,
    badge: badgeOf(register, statement.act, ruling.outcome),
    findings: findings.map((finding) =>
      findingOf(register, statement.act, finding, entry.at),
    ),
  };
}

/** A rule that misses several facts is said once in a list; the entry's own page has them all. */
export function onceEach(
  findings: readonly FindingLine[],
): readonly FindingLine[] {
  return findings.filter(
    ({ rule }, place) =>
      findings.findIndex((other) => other.rule === rule) === place,
  );
}

/** What a machine entered, in one sentence. */
export function describeRecord(
  record: LogRecord,
  register: ReadRegister,
): string {
  switch (record.kind) {
    case "head":
      return record.closed === true
        ? say("usage log {log} is closed at {size} entries", {
            log: record.log,
            size: showCount(record.size),
          })
        : say("usage log {log} has {size} entries", {
            log: record.log,
            size: showCount(record.size),
          });
    case "totals":
      return say("what usage log {log} adds up to", { log: record.log });
    case "vintage":
      return say("state {vintage} of dataset {dataset}, {rows} rows", {
        vintage: showCount(record.vintage),
        dataset: calledIn(register)("dataset", record.dataset),
        rows: showCount(record.rows),
      });
    case "suspended":
      return say("the gateway of usage log {log} does not answer", {
        log: record.log,
      });
    case "dropped":
      return say("the files of usage log {log} go away", { log: record.log });
    case "erased":
      return say("{count} openings are erased", {
        count: showCount(record.count),
      });
  }
}
