import { bytesToHex, fromBase64url } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import type { DroppedLog } from "../../audit/dropped.ts";
import { type Fault, type Faults, total } from "../../audit/report.ts";
import { showCount, showLine, showMoney } from "../../audit/says.ts";
import { widestSpan } from "../../audit/times.ts";
import { coverage } from "../../register/coverage.ts";
import { disownedActs } from "../../register/delays.ts";
import { overridesInForce } from "../../register/overrides.ts";
import { countSealed } from "../../rules/seals.ts";
import { EXIT } from "../exit.ts";
import type { CheckResult } from "./check.ts";
import { keyLines } from "./key-lines.ts";

/** Of each code; one fault can have hundreds of consequences, and must not hide another. */
const FAULTS_SHOWN = 5;
const PAPERS_SHOWN = 3;

/** What the check found, what it did not look at, and one line at the end. Never the word "clean". */
export function reportLines(
  r: CheckResult,
  options: { genesisGiven: boolean; policyGiven: boolean },
): readonly string[] {
  return [
    `office       ${r.title}, ${r.origin}, founded by ${r.fingerprint}`,
    ...facts(r),
    ...faultLines(r.faults),
    ...notChecked(r, options),
    conclusion(r),
  ].map((line) => showLine(line));
}

function facts(r: CheckResult): readonly string[] {
  const { counts, sums } = r;
  const wrong = (codes: readonly string[]): number =>
    codes.reduce(
      (sum, code) =>
        sum + ([...r.faults.counts].find(([c]) => c === code)?.[1] ?? 0),
      0,
    );
  const badActs = wrong([
    "unsigned",
    "unknown-key",
    "misdirected",
    "unseen",
    "expired",
    "repeated",
  ]);
  const badRecords = wrong(["record-key", "record-signature"]);
  const attested = [...r.register.attestedPapers.values()].flat().length;
  const money = [...sums.charged]
    .map(([currency, minor]) => showMoney(minor, currency))
    .join(", ");
  const lines = [
    `signatures   ${showCount(counts.acts - badActs)} of ${showCount(counts.acts)} acts by keys in force for their signers; ${showCount(counts.records - badRecords)} of ${showCount(counts.records)} records by an enrolled key`,
    `rulings      ${showCount(counts.acts)} acts, ${showCount(counts.refused)} of them refused: ${showCount(counts.alike)} decided alike by this program's own rulebook; ${countOf(counts.overrides, "override")}; ${countOf(attested, "fact")} attested, not computed`,
    `uses         ${showCount(sums.uses)} admitted again at their anchors, charges recomputed: ${money === "" ? "nothing was charged" : money}; ${showCount(sums.open)} slots of open data, ${showCount(sums.refused)} requests refused${some(sums.looks, "looks of persons at the uses of their data")}${some(sums.broken, "streams that broke, free of charge")}${some(sums.repeats, "answers given anew, free of charge")}`,
    `windows      the widest between an act that ended or narrowed something and the logs' next heads: ${(r.widestWindow / 1000).toFixed(1)} s, want under 60; between the end of a slot and its head: ${showDuration(r.widestWait)}`,
    witnessLine(r),
    `in force     ${countOf(overridesInForce(r.register, r.checkedAt).length, "override")}, ${showCount(countSealed(sums.sealed, r.register.rulebook?.act, r.checkedAt))} seals`,
  ];
  const hours = r.register.rulebook?.act.limits.effectDelayHours;
  if (hours !== undefined)
    lines.push(
      `delay        acts that grant take effect ${countOf(hours, "hour")} after their entry; ${countOf(disownedActs(r.register).length, "act")} disowned by whoever had signed`,
    );
  lines.push(...keyLines(r), timesLine(r), ...copyLines(r));
  if (r.receipts.given > 0)
    lines.push(
      `receipts     ${showCount(r.receipts.kept)} of ${showCount(r.receipts.given)} kept; ${showCount(r.receipts.notDue)} not due yet; quantities of ${showCount(r.receipts.opened)} uses held against their openings${r.receipts.dropped === 0 ? "" : `; ${showCount(r.receipts.dropped)} of dropped logs, of which no entry can be shown any more`}`,
    );
  return lines;
}

function countOf(count: number, what: string): string {
  return `${showCount(count)} ${what}${count === 1 ? "" : "s"}`;
}

function timesLine(r: CheckResult): string {
  const { times, watch, cosignedNotes, size } = r;
  const all = [...times.covers, ...times.before].flatMap((one) =>
    one === undefined ? [] : [one.time],
  );
  const [oldest] = cosignedBetween(r, all);
  if (oldest === undefined)
    return "times        every time is the office's word: no cosignature is at hand";
  const widest = widestSpan(times);
  const behind = size - Math.min(size, times.sizes.at(-1) ?? 0);
  const kept =
    cosignedNotes.notes > 0
      ? ` (${showCount(cosignedNotes.notes)} of its cosigned checkpoints read; whose witnesses: ${watch.named === "user" ? "your policy's" : "those that the office named"})`
      : "";
  const parts = [
    `every time before ${oldest} is the office's word: no older cosignature is at hand${kept}`,
    ...(widest === undefined
      ? []
      : [
          `after it the widest span between two cosignatures that entries lie in is ${showDuration(widest.seconds * 1000)}, entries ${showCount(widest.from)} to ${showCount(widest.to - 1)}`,
        ]),
    ...(behind > 0
      ? [`the last ${showCount(behind)} entries no cosignature covers`]
      : []),
  ];
  return `times        ${parts.join("; ")}`;
}

function copyLines({
  copy,
  register,
  entries,
}: CheckResult): readonly string[] {
  const made =
    copy === undefined
      ? []
      : [
          `copy         of ${copy.of}, made at ${showInstant(copy.copiedAt, register.offsetMinutes)}, as this folder says: it is judged as of then`,
        ];
  return [
    ...made,
    ...entries.flatMap(({ lines }) =>
      lines.map((line) => `entry        ${line}`),
    ),
  ];
}

function showDuration(ms: number): string {
  return ms < 120_000
    ? `${(ms / 1000).toFixed(0)} s`
    : `${showCount(Math.round(ms / 60_000))} min`;
}

function witnessLine(r: CheckResult): string {
  const { watch } = r;
  if (watch.named === "nobody")
    return watch.needed
      ? "witnesses    the office names a policy, and its file could not be read"
      : "witnesses    nobody outside watches this log";
  const between = cosignedBetween(r, [...watch.cosigned.values()]);
  const at = between.length > 0 ? ` at ${between.join(" to ")}` : "";
  const by =
    watch.named === "office"
      ? "named by the office, no --policy given"
      : "by your policy";
  const here = watch.sameMachine ? "; same machine: not independent" : "";
  const answered =
    watch.asked > 0
      ? `; ${watch.answered} of ${watch.asked} said what they hold`
      : "";
  return `witnesses    ${watch.cosigned.size} cosigned size ${showCount(r.size)}${at} (${by}${here}${answered})`;
}

/** When the oldest and the newest of these cosignatures were made: one text where they are alike, none where nobody cosigned. */
function cosignedBetween(
  { register }: CheckResult,
  seconds: readonly number[],
): readonly string[] {
  if (seconds.length === 0) return [];
  const ends = [Math.min(...seconds), Math.max(...seconds)];
  return [
    ...new Set(
      ends.map((end) => showInstant(end * 1000, register.offsetMinutes)),
    ),
  ];
}

function faultLines({ kept, counts }: Faults): readonly string[] {
  const shown = new Map<string, number>();
  const lines = kept.flatMap((fault) => {
    const rank = (shown.get(fault.code) ?? 0) + 1;
    shown.set(fault.code, rank);
    return rank <= FAULTS_SHOWN ? [faultLine(fault)] : [];
  });
  const more = [...counts].filter(([, count]) => count > FAULTS_SHOWN);
  return [
    ...lines,
    ...more.map(
      ([code, count]) =>
        `…              and ${showCount(count - FAULTS_SHOWN)} more   [${code}]`,
    ),
  ];
}

export function faultLine(fault: Fault): string {
  return showLine(
    `CONTRADICTION  ${whereOf(fault)}: ${fault.says}   [${fault.code}]`,
  );
}

function whereOf({ log, index, code }: Fault): string {
  if (index === undefined) return log;
  if (log.endsWith("/register")) return `entry ${showCount(index)}`;
  const what = code === "use" || code === "charge" ? "use" : "entry";
  return `${what} ${showCount(index)} of ${log}`;
}

function notChecked(
  r: CheckResult,
  {
    genesisGiven,
    policyGiven,
  }: { genesisGiven: boolean; policyGiven: boolean },
): readonly string[] {
  const { known, notServed } = coverage(r.register, r.checkedAt);
  const { opened } = r.receipts;
  const pending = r.logs.reduce((sum, log) => sum + log.pending, 0);
  const lines = [
    `${showCount(notServed.length)} of ${showCount(known)} known systems do not pass this gate; what was not entered is not here: look at receipts, ledgers and source systems`,
    `values, rows and subjects of ${showCount(Math.max(0, r.sums.uses - opened))} uses (their payers can, with receipts; the auditor, with openings)`,
    ...(opened > 0
      ? [
          `that what ${showCount(opened)} openings say was answered is what arrived: whoever got the answers holds them against their digests`,
        ]
      : []),
    "that persons held their keys and saw what they signed; that no data left by another way",
  ];
  const hours = hoursOld(r);
  if (hours >= 1)
    lines.push(
      `the newest cosignature is ${showCount(hours)} hour${hours === 1 ? "" : "s"} old: what the office did since is its word`,
    );
  if (pending > 0)
    lines.push(
      `${showCount(pending)} entries that heads name and whose slot has not ended`,
    );
  if (r.unread.length > 0)
    lines.push(`usage logs that are not in public yet: ${r.unread.join(", ")}`);
  lines.push(...droppedLines(r.dropped));
  if (r.unplaced.length > 0)
    lines.push(
      `kept checkpoints of logs that no head names, or of which nothing is here: ${r.unplaced.join(", ")}`,
    );
  if (r.ahead.length > 0)
    lines.push(
      `cosignatures of a time to come, by ${r.ahead.join(", ")}: they bound nothing`,
    );
  if (r.untiled.length > 0)
    lines.push(
      `hash tiles of ${showCount(r.untiled.length)} logs: none is here, so nobody can make a proof from this place`,
    );
  const { missing, tooLarge } = r.papers;
  if (missing.length > 0)
    lines.push(
      `${showCount(missing.length)} public papers that are not here: ${namesOf(missing)}`,
    );
  if (tooLarge.length > 0)
    lines.push(
      `${showCount(tooLarge.length)} public papers that are larger than an office takes: ${namesOf(tooLarge)}`,
    );
  if (r.unknownEditions.size > 0)
    lines.push(
      `rulings under edition ${[...r.unknownEditions].join(", ")}, whose digest this program does not know`,
    );
  if (r.receipts.given === 0)
    lines.push("no --receipt given: whether promises were kept");
  if (!policyGiven)
    lines.push(
      "no --policy given: whom you trust to watch is your choice, not the office's",
    );
  if (!genesisGiven)
    lines.push(
      "no --genesis given: consistent with itself; that this is the office was not checked",
    );
  lines.push(...laterThan(r));
  for (const name of r.watch.silent)
    lines.push(
      `whether witness ${name} holds another history: it gave no answer`,
    );
  for (const name of r.watch.unverified)
    lines.push(
      `whether witness ${name} holds another history: its answer is not signed by this log and by it`,
    );
  for (const name of r.watch.astray)
    lines.push(
      `whether witness ${name} holds another history: what it shows is not signed by every key of this log that signs by now`,
    );
  return lines.map((line) => `not checked  ${line}`);
}

/** What of dropped logs rests on the register alone; sums of totals are never mixed with what was computed again. */
function droppedLines(logs: readonly DroppedLog[]): readonly string[] {
  if (logs.length === 0) return [];
  const rows = logs.flatMap(({ totals }) => totals);
  const charged = new Map<string, number>();
  for (const { currency, charged: minor } of rows)
    if (currency !== undefined)
      charged.set(currency, (charged.get(currency) ?? 0) + minor);
  const uses = rows.reduce((sum, row) => sum + row.uses, 0);
  const money = [...charged].map(([of, minor]) => showMoney(minor, of));
  const policies = [
    ...new Set(
      logs.map(({ policy }) => bytesToHex(fromBase64url(policy)).slice(0, 16)),
    ),
  ];
  const unplaced = logs.reduce((sum, log) => sum + log.unplaced, 0);
  return [
    `the uses of ${showCount(logs.length)} dropped usage log${logs.length === 1 ? "" : "s"} (policy ${namesOf(policies)}): their heads and totals stand, and say ${showCount(uses)} uses, ${money.length === 0 ? "nothing charged" : `charged ${money.join(", ")}`}`,
    ...(unplaced === 0
      ? []
      : [
          `${showCount(unplaced)} kept checkpoints of dropped logs, which lie between their heads`,
        ]),
  ];
}

/** What somebody holds that this copy, or the policy at hand, says nothing of. */
function laterThan({
  watch,
  newer,
  suspicions,
  cosignedNotes: { uncounted, torn },
}: CheckResult): readonly string[] {
  const lines: string[] = [];
  if (watch.ahead > 0)
    lines.push(
      `whether ${showCount(watch.ahead)} witness${watch.ahead === 1 ? " holds" : "es hold"} the same history: what they hold is newer than this copy`,
    );
  if (newer.length > 0)
    lines.push(
      `${showCount(newer.length)} kept checkpoints that are newer than this copy, such as ${newer[0]}`,
    );
  lines.push(...suspicions);
  if (uncounted > 0)
    lines.push(
      `${showCount(uncounted)} cosigned checkpoints that no witness of the policy at hand cosigned: they give no time`,
    );
  if (torn.length > 0)
    lines.push(
      `what stands behind the last whole note of cosigned checkpoints: ${torn.join(", ")}`,
    );
  return lines;
}

function namesOf(papers: readonly string[]): string {
  const more = papers.length - PAPERS_SHOWN;
  const shown = papers.slice(0, PAPERS_SHOWN).join(", ");
  return more > 0 ? `${shown} and ${showCount(more)} more` : shown;
}

/** Whole hours between the newest cosignature and the check; 0 where nobody cosigned. */
function hoursOld({ watch, checkedAt }: CheckResult): number {
  if (watch.cosigned.size === 0) return 0;
  const newest = Math.max(...watch.cosigned.values()) * 1000;
  return Math.floor((checkedAt - newest) / HOUR_MS);
}

const HOUR_MS = 3_600_000;

function conclusion(r: CheckResult): string {
  const count = total(r.faults);
  if (count > 0)
    return `${showCount(count)} contradiction${count === 1 ? "" : "s"}`;
  if (!couldCheck(r)) return "could not check";
  const { asked, answered } = r.watch;
  // The cosignatures that are shown hold without an answer; that nothing newer was dropped only the witnesses can say.
  return answered === asked
    ? "no contradiction found"
    : `no contradiction found, confirmed by ${answered} of ${asked} witnesses`;
}

/**
 * An edition that the checker does not know leaves its rulings unchecked, a policy that cannot be read leaves nobody who watched,
 * a witness whose answer does not verify may have been made to hide what it holds, a kept checkpoint without its log was held against
 * nothing, one may be of a second history, an entry that was asked for was not found: that is no "no contradiction".
 */
function couldCheck({
  unknownEditions,
  unplaced,
  watch,
  suspicions,
  entries,
}: CheckResult): boolean {
  const unwatched = watch.named === "nobody" && watch.needed;
  return (
    unknownEditions.size === 0 &&
    unplaced.length === 0 &&
    suspicions.length === 0 &&
    entries.every(({ isFound }) => isFound) &&
    !unwatched &&
    watch.unverified.length === 0
  );
}

export function exitOf(r: CheckResult): number {
  if (total(r.faults) > 0) return EXIT.refused;
  return couldCheck(r) ? EXIT.done : EXIT.could_not;
}

function some(count: number, what: string): string {
  return count === 0 ? "" : `; ${what}: ${showCount(count)}`;
}
