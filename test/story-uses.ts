import { compareBytes, toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import { quarterOf } from "../src/acts/dates.ts";
import { leafHash } from "../src/log/hash.ts";
import { rootOfLeaves } from "../src/log/tree.ts";
import type { TotalsRow } from "../src/register/register.ts";
import {
  admit,
  type Admission,
  slotNameOf,
  type Spent,
} from "../src/uses/admit.ts";
import { logOrigin } from "../src/uses/log-name.ts";
import type { Condition, Request } from "../src/uses/plan.ts";
import { charge } from "../src/uses/price.ts";
import {
  type Anchor,
  parseUsageEntry,
  SLOT,
  slotOf,
  type SlotName,
  stepsOf,
  type UsageEntry,
  usageEntryBytes,
  type Use,
} from "../src/uses/use.ts";
import { expect } from "vitest";
import { OFFICE, OFFSET, p } from "./story-founding.ts";
import {
  type House,
  record,
  rootText,
  sayFindings,
  type Step,
} from "./story.ts";

/** The one gateway of the stories; its key bears its name. */
const GATE = "gate";
export type InBlock = Exclude<UsageEntry, Anchor>;

export function logAt(slotName: SlotName, at: number): string {
  return logOrigin(OFFICE, GATE, slotName, quarterOf(at));
}

export function aUse(change: Partial<Use> & Pick<Use, "slot">): Use {
  return {
    v: 1,
    kind: "use",
    permit: "huaxing-vehicles",
    operation: "records",
    fields: "7",
    where: "0",
    units: { calls: 1, steps: 1, bytes: 1 },
    subjects: 0,
    fee: "vehicles-fee",
    charge: 80,
    state: "whole",
    private: secret(),
    ...change,
  };
}

let secrets = 0;
const secret = (): string =>
  toBase64url(p.sha256(utf8ToBytes(`opening ${++secrets}`)));

export function anOpen(
  change: Partial<UsageEntry> & { readonly slot: number },
): InBlock {
  return {
    v: 1,
    kind: "open",
    dataset: "stations",
    operation: "records",
    ...change,
  } as InBlock;
}

export function leafOf(entry: UsageEntry): string {
  return toBase64url(leafHash(p, usageEntryBytes(entry)));
}

export const counted = (open: InBlock, uses = 1): InBlock =>
  ({ ...open, kind: "counted", of: leafOf(open), uses, bytes: 100 }) as InBlock;

/** An anchor on everything that was entered, then the entries in their order; a log is opened by an anchor and its head. */
export function block(
  house: House,
  slotName: SlotName,
  at: number,
  ...entries: readonly InBlock[]
): void {
  const origin = logAt(slotName, at);
  if (!house.usage.has(origin)) {
    unheaded(house, slotName, at);
    head(house, at, origin);
  }
  unheaded(house, slotName, at, entries);
}

/** A block by a gateway that enters no head, on whatever size of the register it likes. */
export function unheaded(
  house: House,
  slotName: SlotName,
  at: number,
  entries: readonly InBlock[] = [],
  size: number = house.register.size,
): void {
  const origin = logAt(slotName, at);
  if (!house.usage.has(origin)) house.usage.set(origin, []);
  const anchor: Anchor = {
    v: 1,
    kind: "anchor",
    size,
    root: rootText(house, size),
    slot: slotOf(at, SLOT[slotName]),
  };
  append(house, origin, [anchor, ...inOrder(entries)]);
}

export function append(
  house: House,
  origin: string,
  entries: readonly UsageEntry[],
): void {
  house.usage.get(origin)?.push(...entries.map(usageEntryBytes));
}

export function inOrder(entries: readonly InBlock[]): readonly InBlock[] {
  const leaf = (entry: InBlock): Uint8Array =>
    leafHash(p, usageEntryBytes(entry));
  return entries.toSorted((a, b) => compareBytes(leaf(a), leaf(b)));
}

/** The head of a log as it stands, entered by its gateway. */
export function head(
  house: House,
  at: number,
  log: string,
  closed = false,
): void {
  const entries = house.usage.get(log) ?? [];
  const anchors = entries
    .map(parseUsageEntry)
    .filter((entry) => entry.kind === "anchor");
  const root = toBase64url(
    rootOfLeaves(
      p,
      entries.map((raw) => leafHash(p, raw)),
    ),
  );
  record(
    house,
    at,
    {
      kind: "head",
      log,
      size: entries.length,
      root,
      anchored: anchors.at(-1)?.size ?? 0,
      ...(closed ? { closed } : {}),
    },
    GATE,
  );
}

/** What an open gateway does after an act that ends or narrows something: it begins a block beyond it and enters its heads. */
export function heads(at: number): Step {
  return (house) => {
    for (const origin of house.usage.keys()) {
      block(house, origin.includes("/hour/") ? "hour" : "minute", at);
      head(house, at, origin);
    }
  };
}

/** Totals and a closing head for every log. */
export function closes(at: number): Step {
  return (house) => {
    for (const [log, entries] of house.usage) {
      const rows = totalsOf(house, entries);
      if (rows.length > 0)
        record(house, at, { kind: "totals", log, rows }, GATE);
      head(house, at, log, true);
    }
  };
}

/** What a log adds up to, counted slowly: one row after the other, looked for in a list. */
export function totalsOf(
  house: House,
  entries: readonly Uint8Array[],
): TotalsRow[] {
  const rows: TotalsRow[] = [];
  for (const entry of entries.map(parseUsageEntry)) {
    if (entry.kind !== "use") continue;
    const month = new Date(entry.slot + OFFSET * 60_000)
      .toISOString()
      .slice(0, 7);
    let row = rows.find(
      (one) =>
        one.permit === entry.permit &&
        one.month === month &&
        one.fee === entry.fee,
    );
    if (row === undefined) {
      const currency = house.register.fees.get(entry.fee ?? "")?.act.currency;
      row = {
        permit: entry.permit,
        month,
        uses: 0,
        calls: 0,
        steps: 0,
        charged: 0,
      };
      if (entry.fee !== undefined) row.fee = entry.fee;
      if (currency !== undefined) row.currency = currency;
      rows.push(row);
    }
    row.uses += 1;
    row.calls += entry.units.calls;
    row.steps += entry.units.steps;
    row.charged += entry.charge;
  }
  const place = ({ permit, month, fee }: TotalsRow): string =>
    [permit, month, fee ?? ""].join("\u0000");
  return rows.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** A request for rows of the vehicles. */
export const asked = (
  change: Partial<Request> & {
    fields?: string[];
    where?: Condition[];
    limit?: number;
    dataset?: string;
  } = {},
): Request => {
  const {
    fields = ["plate"],
    where = [],
    limit = 10,
    dataset = "vehicles",
    ...rest
  } = change;
  return {
    product: "vehicle-records",
    plan: { form: "records", dataset, fields, where, order: [], limit },
    ...rest,
  };
};

/** What all uses of a permit come to, over all logs. */
export function spentOf(house: House, permit: string): Spent {
  const spent = { calls: 0, steps: 0 };
  for (const entries of house.usage.values()) {
    for (const entry of entries.map(parseUsageEntry)) {
      if (entry.kind !== "use" || entry.permit !== permit) continue;
      spent.calls += entry.units.calls;
      spent.steps += entry.units.steps;
    }
  }
  return spent;
}

/**
 * A request at the gate: what the gate says, and what it enters. `by PERMIT, FEE CHARGE`, `open DATASET`, or the findings.
 */
export function asks(
  at: number,
  who: string | undefined,
  request: Request,
  says: string,
): Step {
  return (house) => {
    const admission = admit(house.register, request, who, at, (permit) =>
      spentOf(house, permit),
    );
    const use =
      admission.outcome === "admitted"
        ? useOf(admission, request, at)
        : undefined;
    expect(sayAdmission(admission, use)).toBe(says);
    if (admission.outcome === "open") {
      const open = anOpen({
        dataset: admission.dataset,
        operation: request.plan.form,
        slot: slotOf(at, SLOT.minute),
      });
      block(house, "minute", at, open, counted(open));
    }
    if (use !== undefined && admission.outcome === "admitted")
      block(house, admission.slotName, at, use);
  };
}

/** The use of an answer with as many rows as were asked for. */
export function useOf(
  admission: Admission & { readonly outcome: "admitted" },
  request: Request,
  at: number,
  rows = "limit" in request.plan ? request.plan.limit : 1,
): Use {
  const { permit, product, price, slotName } = admission;
  const units = {
    calls: 1,
    steps: stepsOf(rows, product.rowsPerStep),
    bytes: 1,
  };
  const { fee: _, ...free } = aUse({
    permit: permit.act.permit,
    operation: product.form,
    fields: admission.fields.toString(16),
    where: admission.where.toString(16),
    units,
    slot: slotOf(at, SLOT[slotName]),
    subjects: slotNameOf(true) === slotName ? 1 : 0,
    charge: charge(units, price.fee?.act),
  });
  return price.fee === undefined ? free : { ...free, fee: price.fee.act.fee };
}

function sayAdmission(admission: Admission, use: Use | undefined): string {
  if (admission.outcome === "open") return `open ${admission.dataset}`;
  if (admission.outcome === "refused") return sayFindings(admission.findings);
  return `by ${admission.permit.act.permit}, ${use?.fee ?? admission.price.because} ${use?.charge ?? 0}`;
}
