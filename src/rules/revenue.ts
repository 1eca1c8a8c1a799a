import type { ActOf } from "../acts/act.ts";
import { startOf } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import type {
  ReadRegister,
  Registered,
  Revenue,
} from "../register/register.ts";
import {
  chargeOf,
  grossOf,
  incomeIn,
  owedBy,
  revenueIn,
  revenuesUnder,
  rightsOf,
  yearsOf,
  costsOf,
  profitOn,
} from "../register/revenue.ts";
import { adoptedRule } from "./adopted.ts";
import { mostUnder } from "./ceilings.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import type { Signed } from "./signing.ts";
import { decideLevel, localYear, yearStart } from "./guided.ts";

/** The steps of a price as a procedure, but for ceiling and price: those are in `fees.ts`. */
export function decideRevenueStep(
  register: ReadRegister,
  signed: Signed,
  act: ActOf<"permittedRevenue" | "incomeStated" | "reportSent" | "refunded">,
  at: number,
): Verdict {
  switch (act.kind) {
    case "permittedRevenue":
      return { findings: decideRevenue(register, signed, act, at) };
    case "incomeStated":
      return { findings: decideIncome(register, act, at) };
    case "reportSent":
      return {
        findings: decideReport(register, act, at),
        flags: lateDisclosure(register, act, at),
      };
    case "refunded":
      return { findings: decideRefund(register, act) };
  }
}

/** What an operator may take: for a period that is not over, the sum of its parts, and no less than what is to be given back is given back. */
function decideRevenue(
  register: ReadRegister,
  signed: Signed,
  act: ActOf<"permittedRevenue">,
  at: number,
): readonly Finding[] {
  const { authorisation, firstYear, deduction = 0, total } = act;
  const gross = grossOf(act);
  const wanted = gross - deduction;
  return [
    ...taken(register.revenues, "revenue", act.revenue),
    ...unknown(register.authorisations, "authorisation", authorisation),
    // What a year may bring is known while it can still be kept.
    ...when(firstYear < localYear(register, at), () =>
      breach("I14", ["year", firstYear], ["entered", at]),
    ),
    ...when(deduction > gross, () =>
      breach("CN-PRC-05", ["deduction", deduction], ["most", gross]),
    ),
    ...when(deduction <= gross && total !== wanted, () =>
      breach("CN-PRC-05", ["total", total], ["wanted", wanted]),
    ),
    ...decideTax(act),
    ...decideLevel(register, signed, authorisation),
    ...decideRate(register, act),
    ...decideOwed(register, act, at),
    ...decideStanding(register, act),
  ];
}

/** A tax is a part of what is taken: never more than what it is taken on. */
function decideTax({
  costs,
  subsidy = 0,
  rate,
  tax,
}: ActOf<"permittedRevenue">): readonly Finding[] {
  const whole = costsOf(costs);
  const most = whole + profitOn(Math.max(0, whole - subsidy), rate);
  return when(tax > most, () =>
    breach("CN-PRC-05", ["tax", tax], ["most", most]),
  );
}

/** No bond of this length yielded as much. */
const YIELD_MAX = 2_000;
/** What is older than so many years before the period says nothing of it. */
const YEARS_BACK = 3;

/** CN-PRC-07: the profit is at most so much above the bond yield of the year before the survey. */
function decideRate(
  register: ReadRegister,
  { bond, firstYear, rate, survey }: ActOf<"permittedRevenue">,
): readonly Finding[] {
  const above = adoptedRule(register, "CN-PRC-07")?.number;
  if (above === undefined) return [];
  const most = bond.yield + above;
  const earliest = firstYear - YEARS_BACK;
  return [
    ...when(bond.yield > YIELD_MAX, () =>
      breach("CN-PRC-07", ["yield", bond.yield], ["most", YIELD_MAX]),
    ),
    ...when(bond.year < earliest, () =>
      breach(
        "CN-PRC-07",
        ["bond-year", bond.year],
        ["earliest-year", earliest],
      ),
    ),
    ...when(survey !== undefined && survey.year < earliest, () =>
      breach(
        "CN-PRC-07",
        ["survey-year", survey?.year ?? 0],
        ["earliest-year", earliest],
      ),
    ),
    ...when(rate > most, () =>
      breach("CN-PRC-07", ["rate", rate], ["most", most]),
    ),
    ...(survey === undefined
      ? [missing("CN-PRC-07", ["fact", "survey.year"])]
      : when(bond.year !== survey.year - 1, () =>
          breach(
            "CN-PRC-07",
            ["bond-year", bond.year],
            ["survey-year", survey.year],
          ),
        )),
  ];
}

/** CN-PRC-10: what was taken beyond the maximum of earlier periods goes off this one, or a part of it, as it was spread. */
function decideOwed(
  register: ReadRegister,
  act: ActOf<"permittedRevenue">,
  at: number,
): readonly Finding[] {
  if (adoptedRule(register, "CN-PRC-10") === undefined) return [];
  const { authorisation, years, deduction = 0, spread = 1 } = act;
  const earlier = revenuesUnder(register, rightsOf(register, authorisation));
  const before = earlier.at(-1)?.act.spread ?? 1;
  const owed = owedBy(register, act);
  const wanted = Math.ceil(owed / (years * spread));
  return [
    ...unstated(register, act, earlier, at).map((year) =>
      missing("CN-PRC-10", ["income-of", year], ["next-step", "incomeStated"]),
    ),
    ...when(deduction * years < owed && deduction < wanted, () =>
      breach(
        "CN-PRC-10",
        ["owed", owed],
        ["deduction", deduction],
        ["wanted", wanted],
      ),
    ),
    // What was put off once is not put off for longer.
    ...when(before > 1 && owed > 0 && spread > before - 1, () =>
      breach("CN-PRC-10", ["spread", spread], ["most", before - 1]),
    ),
  ];
}

/** Years of earlier periods whose report was due and of which no income was stated. */
function unstated(
  register: ReadRegister,
  { firstYear }: Revenue,
  earlier: readonly Registered<Revenue>[],
  at: number,
): readonly number[] {
  const found = earlier.flatMap(({ act }) =>
    yearsOf(act).filter(
      (year) =>
        year < firstYear &&
        reportDue(register, year) <= at &&
        incomeIn(register, act.authorisation, year) === undefined,
    ),
  );
  return [...new Set(found)].toSorted((a, b) => a - b);
}

/** CN-PRC-03: the ceilings that stand in its years stay within it. */
function decideStanding(
  register: ReadRegister,
  act: ActOf<"permittedRevenue">,
): readonly Finding[] {
  if (adoptedRule(register, "CN-PRC-03-REVENUE") === undefined) return [];
  const { authorisation, firstYear, years, currency, total } = act;
  const most = mostUnder(register, authorisation, {
    ...{ currency, from: yearStart(register, firstYear) },
    to: yearStart(register, firstYear + years),
  });
  return when(most > total, () =>
    breach(
      "CN-PRC-03-REVENUE",
      ["ceilings", most],
      ["revenue", total],
      ["next-step", "feeCeiling"],
    ),
  );
}

/** When the report of a year is due: by the end of March of the next. */
export function reportDue(register: ReadRegister, year: number): number {
  return startOf({ year: year + 1, month: 4, day: 1 }, register.offsetMinutes);
}

/** Of a year that is over, of products of that authorisation, each once, in the currency of what was permitted. */
function decideIncome(
  register: ReadRegister,
  { authorisation, year, currency, products }: ActOf<"incomeStated">,
  at: number,
): readonly Finding[] {
  const ids = products.map(({ product }) => product);
  const revenue = revenueIn(register, authorisation, year);
  return [
    ...unknown(register.authorisations, "authorisation", authorisation),
    ...overIn(register, year, at),
    ...when(revenue !== undefined && revenue.currency !== currency, () =>
      breach(
        "V-FORM",
        ["currency", currency],
        ["wanted", revenue?.currency ?? ""],
      ),
    ),
    ...ids
      .filter((id, place) => ids.indexOf(id) !== place)
      .map((id) => breach("V-NEW", ["product", id])),
    ...ids
      .filter(
        (id) => register.products.get(id)?.act.authorisation !== authorisation,
      )
      .map((id) =>
        breach("V-SCOPE", ["product", id], ["authorisation", authorisation]),
      ),
  ];
}

/** A report is of a year that is over; that of prices is about an authorisation, and rests on what it took. */
function decideReport(
  register: ReadRegister,
  { report, year, about }: ActOf<"reportSent">,
  at: number,
): readonly Finding[] {
  const prices = report === "prices";
  return [
    ...unknown(register.authorisations, "authorisation", about),
    ...overIn(register, year, at),
    ...when(prices && about === undefined, () =>
      missing("CN-PRC-13", ["fact", "about"]),
    ),
    ...when(
      prices &&
        about !== undefined &&
        incomeIn(register, about, year) === undefined,
      () =>
        missing(
          "CN-PRC-13",
          ["income-of", year],
          ["next-step", "incomeStated"],
        ),
    ),
  ];
}

/** CN-OPS-15: who discloses behind the day does it all the same. */
function lateDisclosure(
  register: ReadRegister,
  { report, year }: ActOf<"reportSent">,
  at: number,
): readonly Finding[] {
  const by = reportDue(register, year);
  return when(
    report === "disclosure" &&
      by <= at &&
      adoptedRule(register, "CN-OPS-15") !== undefined,
    () => breach("CN-OPS-15", ["by", by], ["entered", at]),
  );
}

function overIn(
  register: ReadRegister,
  year: number,
  at: number,
): readonly Finding[] {
  const over = yearStart(register, year + 1);
  return when(at < over, () =>
    breach("V-ORDER", ["year", year], ["earliest", over]),
  );
}

/**
 * CN-PRC-16: what goes back rests on a fee, a payer who had a permit for its product, and a usage log that was anchored. Charges themselves stand in
 * usage logs, which a ruling does not read: what one came to is stated, once and the same each time, and no more than its excess goes back.
 */
function decideRefund(
  register: ReadRegister,
  act: ActOf<"refunded">,
): readonly Finding[] {
  const { organisation, fee, log, charged, excess, amount } = act;
  const product = register.fees.get(fee)?.act.product;
  const before = (register.refundsOf.get(chargeOf(act)) ?? []).flatMap(
    (id) => register.refunds.get(id)?.act ?? [],
  );
  const back = before.reduce((sum, one) => sum + one.amount, 0);
  const other = before.find(
    (one) =>
      one.charged !== charged ||
      one.excess !== excess ||
      one.fee !== fee ||
      one.organisation !== organisation,
  );
  return [
    ...taken(register.refunds, "refund", act.refund),
    ...unknown(register.organisations, "organisation", organisation),
    ...unknown(register.fees, "fee", fee),
    ...unknown(register.heads, "log", log),
    ...when(
      product !== undefined &&
        !register.permitsOf.has(`${organisation} ${product}`),
      () =>
        missing(
          "V-REF",
          ["permit-of", organisation],
          ["product", product ?? ""],
        ),
    ),
    ...decideCharged(register, act),
    ...when(amount === 0, () => breach("CN-PRC-16", ["amount", amount])),
    ...when(excess > charged, () =>
      breach("CN-PRC-16", ["excess", excess], ["charged", charged]),
    ),
    ...(other === undefined
      ? []
      : [
          breach(
            "CN-PRC-16",
            ["excess", excess],
            ["stated", other.excess],
            ["charged", charged],
            ["charged-stated", other.charged],
          ),
        ]),
    ...when(back + amount > excess, () =>
      breach(
        "CN-PRC-16",
        ["amount", amount],
        ["most", Math.max(0, excess - back)],
      ),
    ),
  ];
}

/** Where the log is closed its totals say what the uses of a month came to. */
function decideCharged(
  register: ReadRegister,
  { log, of, fee, organisation, charged }: ActOf<"refunded">,
): readonly Finding[] {
  const rows = register.closedTotals.get(log);
  if (rows === undefined || !("month" in of)) return [];
  const inLog = rows
    .filter(
      (row) =>
        row.month === of.month &&
        row.fee === fee &&
        register.permits.get(row.permit)?.act.organisation === organisation,
    )
    .reduce((sum, row) => sum + row.charged, 0);
  return when(charged !== inLog, () =>
    breach("CN-PRC-16", ["charged", charged], ["in-log", inLog]),
  );
}
