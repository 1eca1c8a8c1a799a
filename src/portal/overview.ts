import type { Primitives } from "../acts/primitives.ts";
import type { ActEntry } from "../acts/entry.ts";
import { civilAt, showInstant } from "../acts/dates.ts";
import { fromBase64url, toBase64, toBase64url } from "../acts/bytes.ts";
import { paperPath } from "../acts/statement.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { leafHash } from "../log/hash.ts";
import {
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import type { Office } from "../office/office.ts";
import { coverage, type Coverage } from "../register/coverage.ts";
import type { ReadRegister, StandingPermit } from "../register/register.ts";
import { permitsInForce } from "./permits-in-force.ts";
import { priceOf } from "../uses/price.ts";
import type { PublicFiles } from "./log-routes.ts";
import { type Watchers, watchersOf } from "./watchers.ts";
import { type DueFigures, dueFigures } from "./due-figures.ts";
import { perMinute } from "./per-minute.ts";
import type { ActLog } from "./acts/act-log.ts";
import { newestEntries } from "../reports/act-index.ts";
import { disownedActs } from "../register/delays.ts";
import { type OverrideLine, overridesView } from "./overrides.ts";
import { uncounted } from "./uncounted.ts";
import type { FindingLine } from "./findings.ts";
import { findingOf } from "./findings-of.ts";
import { type Badge, badgeOf } from "./acts/badge.ts";
import { type Plainly, sayPlainly } from "./acts/plainly.ts";
import { describeSigners } from "./words.ts";
import {
  officeTitle,
  purposeTitle,
  titleIn,
  titleOf,
} from "./lang/title-in.ts";
import { payeeRef, type Ref, refsTo, refTo } from "./things/ref.ts";

export type PriceLine = {
  readonly permit: string;
  /** Its holder by title, and by id. */
  readonly organisation: string;
  readonly holder: string;
  readonly class: string;
  /** What, and for what, by id and by title. */
  readonly product: string;
  readonly productTitle: string;
  readonly purpose: string;
  readonly purposeTitle: string;
  readonly price:
    | {
        readonly amount: number;
        readonly currency: string;
        readonly unit: string;
        readonly payee: string;
        readonly ground: string;
        readonly ceiling: number | undefined;
      }
    | undefined;
  readonly because: string;
  readonly until: string;
  readonly calls: number;
};
export type ChargedLine = {
  readonly fee: string;
  readonly product: string;
  readonly productTitle: string;
  readonly payee: string;
  readonly ground: string | undefined;
  readonly currency: string;
  readonly uses: number;
  readonly charged: number;
};
export type ActLine = Plainly & {
  readonly entry: number;
  readonly at: string;
  readonly by: string;
  readonly outcome: string;
  readonly badge: Badge;
  readonly findings: readonly FindingLine[];
};
export type LastCheck = {
  readonly at: string;
  readonly lines: readonly string[];
  readonly conclusion: string;
};

export type Overview = {
  readonly title: string;
  readonly origin: string;
  readonly fingerprint: string;
  readonly at: string;
  readonly demonstration: boolean;
  readonly coverage: Coverage;
  readonly systems: readonly {
    readonly system: string;
    readonly title: string;
    readonly body: string;
    readonly served: boolean;
    readonly described: boolean;
    readonly datasets: readonly Ref[];
  }[];
  /** The newest of the permits in force, and how many there are. */
  readonly prices: readonly PriceLine[];
  readonly permitsInForce: number;
  readonly charged: {
    readonly year: number;
    /** The largest of them, and how many fee standards there are. */
    readonly lines: readonly ChargedLine[];
    readonly fees: number;
    readonly total: Readonly<Record<string, number>>;
    readonly withoutGround: Readonly<Record<string, number>>;
    readonly uses: number;
    /** Gateways whose open logs are not in these sums. */
    readonly uncounted: readonly string[];
  };
  readonly counts: ReadRegister["counts"];
  readonly due: DueFigures;
  readonly overridesInForce: number;
  /** Decisions against a rule that nobody has looked at again yet. */
  readonly overrides: readonly OverrideLine[];
  readonly acts: readonly ActLine[];
  /** Acts by which somebody disowned what had been entered in their name: the newest, and how many there are. */
  readonly disowned: {
    readonly acts: readonly ActLine[];
    readonly total: number;
  };
  readonly refusedActs: readonly ActLine[];
  readonly head: {
    readonly size: number;
    readonly root: string;
    /** The log's key as C2SP tools and witnesses take it; empty before the founding act. */
    readonly verifierKey: string;
    /** Undefined where nothing was entered yet. */
    readonly since: string | undefined;
  };
  readonly watchers: Watchers & {
    readonly policy: string | undefined;
    readonly since: string | undefined;
  };
  readonly lastCheck: LastCheck | undefined;
};

const LATEST = 12;
/** A front page shows so many systems, permits and fees; the rest is behind the search. */
const SHOWN_MAX = 30;
const DATASETS_EACH = 12;

/** Everything the front page says, and its JSON twin: derived from register and usage logs at the moment of asking. */
export async function overview(
  office: Office,
  gateway: Gateway | undefined,
  now: number,
  extra: {
    demonstration: boolean;
    lastCheck: LastCheck | undefined;
    primitives: Primitives;
    files: PublicFiles;
    log: ActLog;
  },
): Promise<Overview> {
  const { register } = office;
  const show = (at: number): string => showInstant(at, register.offsetMinutes);
  const { log } = extra;
  const [first, latest, refused, disowned] = await Promise.all([
    log.raw(0),
    latestActs(log, ["type:act"]),
    latestActs(log, ["type:act", "outcome:refused"]),
    latestActs(log, ["kind:disowned", "outcome:granted"]),
  ]);
  const permits = permitsInForce(register, now);
  const policy = register.witnessPolicy;
  const overrides = overridesView(register, now);
  return {
    title: officeTitle(register),
    origin: register.origin,
    fingerprint:
      first === undefined ? "" : toBase64url(leafHash(extra.primitives, first)),
    at: show(now),
    demonstration: extra.demonstration,
    lastCheck: extra.lastCheck,
    coverage: coverageNow(register, now),
    systems: systemsOf(register, now),
    prices: pricesOf(register, gateway, permits.newest, now),
    permitsInForce: permits.all.size,
    charged: chargedOf(register, gateway, now),
    counts: register.counts,
    due: dueFigures(register, now),
    overridesInForce: overrides.inForce,
    overrides: overrides.overrides.filter(
      ({ reviewed }) => reviewed === undefined,
    ),
    acts: latest,
    disowned: { acts: disowned, total: disownedActs(register).length },
    refusedActs: refused,
    head: {
      size: office.published.size,
      root: toBase64(office.published.root),
      verifierKey:
        register.size === 0
          ? ""
          : formatVerifierKey(
              verifierKey(
                extra.primitives,
                register.origin,
                ED25519,
                fromBase64url(register.logKey),
              ),
            ),
      since: register.size === 0 ? undefined : show(register.at),
    },
    watchers: {
      policy: policy && paperPath(policy.act.paper),
      since: policy && show(policy.at),
      ...(await watchersOf(office, extra)),
    },
  };
}

const coverageNow = perMinute(coverage);

/** Those that are not served are the point of the list: they are not what it leaves out. */
const systemsShown = perMinute((register, now) => {
  const served = new Set(coverageNow(register, now).served);
  const all = [...register.systems.values()];
  const first = all.filter(({ act }) => !served.has(act.system));
  const shown = new Set(
    [...first.slice(0, SHOWN_MAX), ...all].slice(0, SHOWN_MAX),
  );
  const datasets = new Map<string, string[]>();
  for (const { act } of shown) datasets.set(act.system, []);
  for (const { act } of register.datasets.values())
    datasets.get(act.system)?.push(act.dataset);
  return all
    .filter((one) => shown.has(one))
    .map(({ act }) => ({
      act,
      served: served.has(act.system),
      datasets: (datasets.get(act.system) ?? []).slice(0, DATASETS_EACH),
    }));
});

/** What is shown is the same for a minute; how it is called depends on who reads. */
function systemsOf(register: ReadRegister, now: number): Overview["systems"] {
  return systemsShown(register, now).map(({ act, served, datasets }) => ({
    system: act.system,
    title: titleIn(act),
    body: titleOf(register.bodies.get(act.body), act.body),
    described: act.description === "described",
    ...{ served, datasets: refsTo(register, "dataset", datasets) },
  }));
}

function pricesOf(
  register: ReadRegister,
  gateway: Gateway | undefined,
  permits: readonly StandingPermit[],
  now: number,
): readonly PriceLine[] {
  const calls = callsOf(gateway);
  return permits.map(({ act, to }) => {
    const price = priceOf(register, act, now, 1);
    const fee = price.fee?.act;
    const payee = fee === undefined ? "" : payeeOf(register, fee.payee);
    return {
      permit: act.permit,
      organisation: refTo(register, "organisation", act.organisation).title,
      holder: act.organisation,
      class: register.organisations.get(act.organisation)?.act.class ?? "",
      product: act.product,
      productTitle: titleOf(register.products.get(act.product), act.product),
      purpose: act.purpose,
      purposeTitle: purposeTitle(register, act.purpose),
      price:
        fee === undefined
          ? undefined
          : {
              amount: fee.amount,
              currency: fee.currency,
              unit: fee.unit,
              payee,
              ground: groundOf(register, fee.ground) ?? "",
              ceiling: price.ceiling?.act.amount,
            },
      because: price.because,
      until: showInstant(to, register.offsetMinutes),
      calls: calls.get(act.permit) ?? 0,
    };
  });
}

function callsOf(gateway: Gateway | undefined): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const row of gateway?.shownTotals() ?? [])
    calls.set(row.permit, (calls.get(row.permit) ?? 0) + row.calls);
  return calls;
}

export function payeeOf(
  register: ReadRegister,
  payee: Parameters<typeof payeeRef>[1],
): string {
  return payeeRef(register, payee).title;
}

function groundOf(
  register: ReadRegister,
  ground: string | undefined,
): string | undefined {
  return register.rulebook?.act.grounds.find((one) => one.ground === ground)
    ?.rule;
}

function chargedOf(
  register: ReadRegister,
  gateway: Gateway | undefined,
  now: number,
): Overview["charged"] {
  const { year } = civilAt(now, register.offsetMinutes);
  const lines = new Map<string, ChargedLine>();
  const total: Record<string, number> = {};
  const withoutGround: Record<string, number> = {};
  let uses = 0;
  for (const row of gateway?.shownTotals() ?? []) {
    if (!row.month.startsWith(`${year}-`)) continue;
    uses += row.uses;
    const fee =
      row.fee === undefined ? undefined : register.fees.get(row.fee)?.act;
    if (row.fee === undefined || row.currency === undefined) continue;
    const ground = groundOf(register, fee?.ground);
    const before = lines.get(row.fee);
    lines.set(row.fee, {
      fee: row.fee,
      product: fee?.product ?? "",
      productTitle: refTo(register, "product", fee?.product ?? "").title,
      payee: fee === undefined ? "" : payeeOf(register, fee.payee),
      ground,
      currency: row.currency,
      uses: (before?.uses ?? 0) + row.uses,
      charged: (before?.charged ?? 0) + row.charged,
    });
    total[row.currency] = (total[row.currency] ?? 0) + row.charged;
    withoutGround[row.currency] =
      (withoutGround[row.currency] ?? 0) +
      (ground === undefined ? row.charged : 0);
  }
  return {
    ...{ year, fees: lines.size, total, withoutGround, uses },
    lines: [...lines.values()]
      .toSorted((a, b) => b.charged - a.charged)
      .slice(0, SHOWN_MAX),
    uncounted: uncounted(register, gateway?.desk.options.name),
  };
}

/** The newest acts that bear all keys of the index. */
async function latestActs(
  log: ActLog,
  keys: readonly string[],
): Promise<readonly ActLine[]> {
  await log.ready();
  const read = await log.entriesAt(newestEntries(log.index, keys, LATEST));
  return read.flatMap(([number, entry]) =>
    entry.type === "act" ? [actLine(entry, number, log.register)] : [],
  );
}

export function actLine(
  entry: ActEntry,
  index: number,
  register: ReadRegister,
): ActLine {
  const { offsetMinutes } = register;
  const { ruling, statement, at } = entry;
  const findings =
    ruling.outcome === "granted" ? ruling.flags : ruling.findings;
  return {
    entry: index,
    at: showInstant(at, offsetMinutes),
    ...sayPlainly(register, statement.act, ruling, at),
    by: describeSigners(statement, register),
    outcome: ruling.outcome,
    badge: badgeOf(register, statement.act, ruling.outcome),
    // A rule that misses several facts is said once here; the entry has them all.
    findings: findings
      .filter(
        ({ rule }, place) =>
          findings.findIndex((one) => one.rule === rule) === place,
      )
      .map((finding) => findingOf(register, statement.act, finding, at)),
  };
}
