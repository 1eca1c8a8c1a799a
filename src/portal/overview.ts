import type { Primitives } from "../acts/primitives.ts";
import { type ActEntry, parseEntry } from "../acts/entry.ts";
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
import {
  inForce,
  type ReadRegister,
  type StandingPermit,
} from "../register/register.ts";
import { contributionOf } from "../register/payees.ts";
import { priceOf } from "../uses/price.ts";
import type { PublicFiles } from "./log-routes.ts";
import { type Watchers, watchersOf } from "./watchers.ts";
import { deadlinesOf } from "../rules/due.ts";
import { type OverrideLine, overridesView } from "./overrides.ts";
import { uncounted } from "./uncounted.ts";
import { currencyOf, describeFinding, type FindingLine } from "./findings.ts";
import { describeAct, describeSigners } from "./words.ts";
import { officeTitle, titleIn, titleOf } from "./lang/title-in.ts";
import { around } from "./around.ts";

export type PriceLine = {
  readonly permit: string;
  readonly organisation: string;
  readonly class: string;
  readonly product: string;
  readonly purpose: string;
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
  readonly payee: string;
  readonly ground: string | undefined;
  readonly currency: string;
  readonly uses: number;
  readonly charged: number;
};
export type ActLine = {
  readonly entry: number;
  readonly at: string;
  readonly what: string;
  readonly by: string;
  readonly outcome: string;
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
    readonly datasets: readonly string[];
  }[];
  readonly prices: readonly PriceLine[];
  readonly charged: {
    readonly year: number;
    readonly lines: readonly ChargedLine[];
    readonly total: Readonly<Record<string, number>>;
    readonly withoutGround: Readonly<Record<string, number>>;
    readonly uses: number;
    /** Gateways whose open logs are not in these sums. */
    readonly uncounted: readonly string[];
  };
  readonly counts: ReadRegister["counts"];
  /** How much the office has to do yet, and how much it did not do in time. */
  readonly due: { readonly open: number; readonly missed: number };
  /** Decisions against a rule that nobody has looked at again yet. */
  readonly overrides: readonly OverrideLine[];
  readonly acts: readonly ActLine[];
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
  },
): Promise<Overview> {
  const { register } = office;
  const show = (at: number): string => showInstant(at, register.offsetMinutes);
  const deadlines = deadlinesOf(register, now);
  const { latest, refused } = await latestActs(office);
  const first = await office.entries(0, 1);
  return {
    title: officeTitle(register),
    origin: register.origin,
    fingerprint:
      first[0] === undefined
        ? ""
        : toBase64url(leafHash(extra.primitives, first[0])),
    at: show(now),
    demonstration: extra.demonstration,
    lastCheck: extra.lastCheck,
    coverage: coverage(register, now),
    systems: systemsOf(register, now),
    prices: pricesOf(register, gateway, now),
    charged: chargedOf(register, gateway, now),
    counts: register.counts,
    due: { open: deadlines.due.length, missed: deadlines.missed.length },
    overrides: overridesView(register, now).overrides.filter(
      ({ reviewed }) => reviewed === undefined,
    ),
    acts: latest,
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
      policy:
        register.witnessPolicy === undefined
          ? undefined
          : paperPath(register.witnessPolicy.act.paper),
      since:
        register.witnessPolicy === undefined
          ? undefined
          : show(register.witnessPolicy.at),
      ...(await watchersOf(office, extra)),
    },
  };
}

function systemsOf(register: ReadRegister, now: number): Overview["systems"] {
  const served = new Set(coverage(register, now).served);
  const datasets = [...register.datasets.values()];
  return [...register.systems.values()].map(({ act }) => ({
    system: act.system,
    title: titleIn(act),
    body: titleOf(register.bodies.get(act.body), act.body),
    served: served.has(act.system),
    described: act.description === "described",
    datasets: datasets
      .filter((d) => d.act.system === act.system)
      .map((d) => d.act.dataset),
  }));
}

function pricesOf(
  register: ReadRegister,
  gateway: Gateway | undefined,
  now: number,
): readonly PriceLine[] {
  const calls = callsOf(gateway);
  return [...register.permits.values()]
    .filter((permit) => isUsable(register, permit, now))
    .map(({ act, to }) => {
      const price = priceOf(register, act, now, 1);
      const fee = price.fee?.act;
      const payee = fee === undefined ? "" : payeeOf(register, fee.payee);
      return {
        permit: act.permit,
        organisation: titleOf(
          register.organisations.get(act.organisation),
          act.organisation,
        ),
        class: register.organisations.get(act.organisation)?.act.class ?? "",
        product: act.product,
        purpose: act.purpose,
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

/** A permit stands on its product; that on the authorisation of its operator and the contribution of who lent its data, if any. */
function isUsable(
  register: ReadRegister,
  permit: StandingPermit,
  now: number,
): boolean {
  const product = register.products.get(permit.act.product);
  const authorisation = product?.act.authorisation;
  const lent = contributionOf(register, permit.act.product);
  return (
    (lent === undefined || inForce(lent, now)) &&
    inForce(permit, now) &&
    inForce(product, now) &&
    (authorisation === undefined ||
      inForce(register.authorisations.get(authorisation), now))
  );
}

function callsOf(gateway: Gateway | undefined): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const row of gateway?.shownTotals() ?? [])
    calls.set(row.permit, (calls.get(row.permit) ?? 0) + row.calls);
  return calls;
}

export function payeeOf(
  register: ReadRegister,
  payee: { readonly organisation: string } | { readonly body: string },
): string {
  return "body" in payee
    ? titleOf(register.bodies.get(payee.body), payee.body)
    : titleOf(
        register.organisations.get(payee.organisation),
        payee.organisation,
      );
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
    ...{ year, lines: [...lines.values()], total, withoutGround, uses },
    uncounted: uncounted(register, gateway?.desk.options.name),
  };
}

/** Refused acts are few and the point of the page: they are looked for from the end, through the whole log if need be. */
async function latestActs(
  office: Office,
): Promise<{ latest: readonly ActLine[]; refused: readonly ActLine[] }> {
  const { register } = office;
  const latest: ActLine[] = [];
  const refused: ActLine[] = [];
  const wanted = Math.min(LATEST, register.counts.refused);
  for (
    let to = office.published.size;
    to > 0 && (latest.length < LATEST || refused.length < wanted);
    to -= 256
  ) {
    const from = Math.max(0, to - 256);
    const entries = await office.entries(from, to);
    for (let i = entries.length - 1; i >= 0; i--) {
      const raw = entries[i];
      if (raw === undefined) continue;
      const entry = parseEntry(raw);
      if (entry.type !== "act") continue;
      const line = actLine(entry, from + i, register.offsetMinutes);
      if (latest.length < LATEST) latest.push(line);
      if (entry.ruling.outcome === "refused" && refused.length < wanted)
        refused.push(line);
    }
  }
  return { latest, refused };
}

export function actLine(
  entry: ActEntry,
  index: number,
  offsetMinutes: number,
): ActLine {
  const { ruling, statement, at } = entry;
  const findings =
    ruling.outcome === "granted" ? ruling.flags : ruling.findings;
  return {
    entry: index,
    at: showInstant(at, offsetMinutes),
    what: describeAct(statement.act),
    by: describeSigners(statement),
    outcome: ruling.outcome,
    // A rule that misses several facts is said once here; the entry has them all.
    findings: findings
      .filter(
        ({ rule }, place) =>
          findings.findIndex((one) => one.rule === rule) === place,
      )
      .map((finding) =>
        describeFinding(
          finding,
          offsetMinutes,
          around().lang,
          currencyOf(statement.act),
        ),
      ),
  };
}
