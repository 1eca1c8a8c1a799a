import { HOUR } from "../../acts/shapes.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { isOffered } from "../../register/offered.ts";
import {
  inForce,
  isSuspended,
  type ReadRegister,
  type StandingPermit,
  type TotalsRow,
} from "../../register/register.ts";
import { priceOf } from "../../uses/price.ts";
import { payeeOf } from "../overview.ts";
import { permitsOf } from "../permits-of.ts";

/** What a permit was charged in one month under one price, or used free of charge. */
export type ChargeLine = {
  readonly permit: string;
  readonly month: string;
  readonly uses: number;
  readonly calls: number;
  readonly steps: number;
  readonly charged: number;
  readonly currency?: string;
  readonly fee?: string;
  readonly payee?: string;
  readonly ground?: string;
  readonly rule?: string;
};

export type PermitState =
  "inForce" | "unfounded" | "notYet" | "suspended" | "over" | "ended";
export type PermitView = {
  readonly standing: StandingPermit;
  readonly state: PermitState;
  /** What is left of its quota at this moment; a member is absent where there is no limit. */
  readonly left: { readonly calls?: number; readonly steps?: number };
  readonly used: { readonly calls: number; readonly steps: number };
  readonly charges: readonly ChargeLine[];
  readonly price: ReturnType<typeof priceOf>;
};

export function permitViews(
  register: ReadRegister,
  gateway: Gateway | undefined,
  organisation: string,
  now: number,
): readonly PermitView[] {
  const own = permitsOf(register, "permitsOfOrganisation", organisation);
  const charges = chargesOf(
    register,
    gateway,
    new Set(own.map(({ act }) => act.permit)),
  );
  return own.toReversed().map((standing) => {
    const { permit, quota } = standing.act;
    const used = gateway?.spent.get(permit) ?? { calls: 0, steps: 0 };
    const product = register.products.get(standing.act.product);
    const state = stateOf(standing, now);
    return {
      ...{ standing, used },
      state:
        state === "inForce" && !isOffered(register, product, now)
          ? "unfounded"
          : state,
      left: {
        ...(quota.calls === undefined
          ? {}
          : { calls: Math.max(0, quota.calls - used.calls) }),
        ...(quota.steps === undefined
          ? {}
          : { steps: Math.max(0, quota.steps - used.steps) }),
      },
      charges: charges.filter((line) => line.permit === permit),
      price: priceOf(
        register,
        standing.act,
        Math.floor(now / HOUR) * HOUR,
        HOUR,
      ),
    };
  });
}

function stateOf(standing: StandingPermit, now: number): PermitState {
  if (standing.ended !== undefined) return "ended";
  if (standing.to <= now) return "over";
  if (now < standing.from) return "notYet";
  if (isSuspended(standing, now)) return "suspended";
  return inForce(standing, now) ? "inForce" : "over";
}

/** By month and price, the newest month first; of uses that are in no public log yet as well: they are its holder's own. */
function chargesOf(
  register: ReadRegister,
  gateway: Gateway | undefined,
  permits: ReadonlySet<string>,
): readonly ChargeLine[] {
  const rows: readonly TotalsRow[] =
    gateway?.totals() ?? [...register.closedTotals.values()].flat();
  const lines = new Map<string, ChargeLine>();
  for (const row of rows) {
    if (!permits.has(row.permit)) continue;
    const key = `${row.permit} ${row.month} ${row.fee ?? ""}`;
    const before = lines.get(key);
    lines.set(key, {
      ...lineOf(register, row),
      uses: (before?.uses ?? 0) + row.uses,
      calls: (before?.calls ?? 0) + row.calls,
      steps: (before?.steps ?? 0) + row.steps,
      charged: (before?.charged ?? 0) + row.charged,
    });
  }
  return [...lines.values()].toSorted((a, b) =>
    a.month === b.month ? 0 : a.month < b.month ? 1 : -1,
  );
}

function lineOf(
  register: ReadRegister,
  { permit, month, fee, currency }: TotalsRow,
): Omit<ChargeLine, "uses" | "calls" | "steps" | "charged"> {
  const act = register.fees.get(fee ?? "")?.act;
  const rule = register.rulebook?.act.grounds.find(
    ({ ground }) => ground === act?.ground,
  )?.rule;
  return {
    ...{ permit, month },
    ...(currency === undefined ? {} : { currency }),
    ...(act === undefined
      ? {}
      : { fee: act.fee, payee: payeeOf(register, act.payee) }),
    ...(act?.ground === undefined ? {} : { ground: act.ground }),
    ...(rule === undefined ? {} : { rule }),
  };
}
