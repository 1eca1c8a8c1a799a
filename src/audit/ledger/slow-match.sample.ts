import type { Alias } from "./aliases.ts";
import type {
  Cell,
  FeeStandard,
  ListedReceipt,
  Outcome,
  Receipt,
} from "./ledger.ts";

/** Two names that look alike, as their maker knows: lower case, in either order. */
export type LookAlikes = readonly (readonly [string, string])[];

/**
 * A second opinion on a ledger: one receipt after the other against all fees, written to be read and not to be fast.
 * It shares nothing with the counting but the types. Which names look alike it is told.
 */
export function matchSlowly(
  receipts: readonly Receipt[],
  fees: readonly FeeStandard[],
  aliases: readonly Alias[],
  alike: LookAlikes,
): readonly ListedReceipt[] {
  const repeats = repeatsOf(receipts);
  return receipts.map((receipt) => {
    const found = feeOn(receipt, fees, aliases, alike);
    const fee = typeof found === "number" ? found : undefined;
    const standard = fee === undefined ? undefined : fees[fee];
    const [outcome, approved] = judge(
      receipt,
      typeof found === "string" ? found : undefined,
      standard,
      repeats.has(receipt),
    );
    return { receipt, outcome, fee, approvedMinor: Number(approved) };
  });
}

/** The cells that the judged receipts add up to, as texts in no order of theirs. */
export function cellsSlowly(listed: readonly ListedReceipt[]): Cell[] {
  const cells: { cell: Cell; minor: bigint; approved: bigint; n: number }[] =
    [];
  for (const { receipt, outcome, fee, approvedMinor } of listed) {
    const { department, unit, system, service, payerClass, currency } = receipt;
    const cell = {
      department,
      unit,
      system,
      service,
      payerClass,
      currency,
      month: monthOf(receipt.day),
      outcome,
      fee,
    };
    let into = cells.find(
      (one) =>
        one.cell.department === department &&
        one.cell.unit === unit &&
        one.cell.system === system &&
        one.cell.service === service &&
        one.cell.payerClass === payerClass &&
        one.cell.currency === currency &&
        one.cell.month === cell.month &&
        one.cell.outcome === outcome &&
        one.cell.fee === fee,
    );
    if (into === undefined) {
      into = {
        cell: { ...cell, receipts: 0, minor: 0, approvedMinor: 0 },
        minor: 0n,
        approved: 0n,
        n: 0,
      };
      cells.push(into);
    }
    into.n++;
    into.minor += BigInt(receipt.minor);
    into.approved += BigInt(approvedMinor);
  }
  return cells.map(({ cell, minor, approved, n }) => ({
    ...cell,
    receipts: n,
    minor: Number(minor),
    approvedMinor: Number(approved),
  }));
}

function repeatsOf(receipts: readonly Receipt[]): ReadonlySet<Receipt> {
  const repeats = new Set<Receipt>();
  for (const one of receipts)
    for (const other of receipts)
      if (
        one !== other &&
        one.reference !== "" &&
        one.status === "paid" &&
        other.status === "paid" &&
        one.reference === other.reference &&
        one.unit === other.unit &&
        one.service === other.service &&
        one.payer === other.payer &&
        one.day === other.day &&
        one.minor === other.minor &&
        one.currency === other.currency &&
        isBefore(other, one)
      )
        repeats.add(one);
  return repeats;
}

function isBefore(a: Receipt, b: Receipt): boolean {
  for (const [x, y] of [
    [a.department, b.department],
    [a.system, b.system],
    [a.payerClass, b.payerClass],
    [a.quantity ?? -1, b.quantity ?? -1],
    [a.file, b.file],
    [a.line, b.line],
  ] as const) {
    if (x < y) return true;
    if (x > y) return false;
  }
  return false;
}

type Missing = "notInForce" | "nobodyApproved" | "unmatched";

function feeOn(
  receipt: Receipt,
  fees: readonly FeeStandard[],
  aliases: readonly Alias[],
  alike: LookAlikes,
): number | Missing {
  const service = simple(receipt.service);
  if (service === "") return "unmatched";
  let best: number | undefined;
  let isCovered = false;
  let isOpen = false;
  let isBlank = false;
  for (const [index, fee] of fees.entries()) {
    if (fee.currency !== receipt.currency) continue;
    const fits = [
      fit("service", receipt.service, fee.service),
      fee.unit === "" ? "yes" : fit("unit", receipt.unit, fee.unit),
      fee.payerClass === ""
        ? "yes"
        : fit("payerClass", receipt.payerClass, fee.payerClass),
    ];
    if (fits.includes("no")) continue;
    if (fits.includes("maybe")) {
      isOpen = true;
      continue;
    }
    if (fits.includes("blank")) {
      isBlank = true;
      continue;
    }
    isCovered = true;
    if (fee.from > receipt.day) continue;
    if (fee.until !== undefined && fee.until <= receipt.day) continue;
    const other = best === undefined ? undefined : fees[best];
    if (other === undefined || beats(fee, other)) best = index;
  }
  if (isOpen) return "unmatched";
  if (best !== undefined) return best;
  if (isCovered) return "notInForce";
  return isBlank ? "unmatched" : "nobodyApproved";

  function fit(
    role: Alias["role"],
    written: string,
    approved: string,
  ): "yes" | "no" | "maybe" | "blank" {
    const name = simple(written);
    if (name === "") return "blank";
    for (const alias of aliases)
      if (alias.role === role && simple(alias.name) === name)
        return simple(alias.means) === simple(approved) ? "yes" : "no";
    if (name === simple(approved)) return "yes";
    const isKnown = fees.some((fee) => simple(fee[role]) === name);
    if (isKnown) return "no";
    const looks = alike.some(
      ([a, b]) =>
        (a === name && b === simple(approved)) ||
        (b === name && a === simple(approved)),
    );
    return looks ? "maybe" : "no";
  }
}

/** The unit's own fee, then the class's own, then the younger, then the later in the list. */
function beats(one: FeeStandard, other: FeeStandard): boolean {
  if ((one.unit === "") !== (other.unit === "")) return one.unit !== "";
  if ((one.payerClass === "") !== (other.payerClass === ""))
    return one.payerClass !== "";
  return one.from >= other.from;
}

function judge(
  receipt: Receipt,
  missing: Missing | undefined,
  fee: FeeStandard | undefined,
  isRepeat: boolean,
): [Outcome, bigint] {
  if (receipt.status === "refunded" || receipt.minor < 0)
    return ["refunded", 0n];
  if (receipt.status === "waived") return ["waived", 0n];
  if (receipt.minor === 0 && fee !== undefined && fee.priceMinor !== 0)
    return ["waived", 0n];
  if (isRepeat) return ["paidTwice", 0n];
  if (fee === undefined) return [missing ?? "nobodyApproved", 0n];
  if (fee.approvedBy === "") return ["nobodyApproved", 0n];
  if (fee.ground === "") return ["withoutGround", 0n];
  let steps = 0n;
  let left = BigInt(receipt.quantity ?? fee.step);
  if (receipt.quantity === undefined) steps = 1n;
  else
    while (left > 0n) {
      steps++;
      left -= BigInt(fee.step);
    }
  const price = steps * BigInt(fee.priceMinor);
  const charged = BigInt(receipt.minor);
  if (
    fee.ceilingMinor !== undefined &&
    charged > steps * BigInt(fee.ceilingMinor)
  )
    return ["aboveCeiling", price];
  if (charged === price) return ["equal", price];
  return [charged > price ? "over" : "under", price];
}

function simple(text: string): string {
  const letters = text.trim().split("");
  const low = letters.map((letter) =>
    letter >= "A" && letter <= "Z"
      ? String.fromCharCode(letter.charCodeAt(0) + 32)
      : letter,
  );
  return low.join("").split(/\s+/).join(" ");
}

/** Counts the days of each month from 1970 on. */
function monthOf(day: number): string {
  let left = day;
  for (let year = 1970; ; year++) {
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const lengths = [
      31,
      isLeap ? 29 : 28,
      31,
      30,
      31,
      30,
      31,
      31,
      30,
      31,
      30,
      31,
    ];
    for (const [month, length] of lengths.entries()) {
      if (left < length) return `${year}-${String(month + 1).padStart(2, "0")}`;
      left -= length;
    }
  }
}
