import type { Currency } from "../../audit/ledger/currencies.ts";
import { monthOfDay } from "../../audit/ledger/day.ts";
import type {
  Cell,
  FeeStandard,
  LedgerReport,
  ListedReceipt,
  Outcome,
  PayerTotal,
} from "../../audit/ledger/ledger.ts";

/** What a system charged in all, in fen, for which outcome. The names are invented, the sums an audit's. */
export type Charged = {
  readonly department: string;
  readonly unit: string;
  readonly system: string;
  readonly service: string;
  readonly minor: number;
  readonly outcome: Outcome;
  readonly currency?: Currency;
};

/** Four departments, 7 units, 13 systems, 248,372,500.00 CNY: nothing of it approved. */
export const UNAPPROVED: readonly Charged[] = [
  [
    "Transport",
    "Vehicle Register Centre",
    "Vehicle register",
    "Vehicle look-up",
    60_210_455_00,
  ],
  [
    "Transport",
    "Vehicle Register Centre",
    "Toll records",
    "Toll record extract",
    21_789_545_00,
  ],
  [
    "Transport",
    "Traffic Services Centre",
    "Flight movements",
    "Movement file",
    40_500_000_00,
  ],
  [
    "Transport",
    "Traffic Services Centre",
    "Road cameras",
    "Passage extract",
    22_500_000_00,
  ],
  [
    "Education",
    "Degree Centre",
    "Degree register",
    "Degree certification",
    41_657_000_00,
  ],
  [
    "Education",
    "Degree Centre",
    "School enrolment",
    "Enrolment check",
    9_000_000_00,
  ],
  [
    "Education",
    "Examination Office",
    "Examination results",
    "Score report",
    8_000_000_00,
  ],
  [
    "Industry",
    "Numbering Centre",
    "Number allocation",
    "Number status query",
    9_470_000_00,
  ],
  [
    "Industry",
    "Numbering Centre",
    "Number portability",
    "Portability file",
    6_000_000_00,
  ],
  [
    "Industry",
    "Numbering Centre",
    "Equipment approvals",
    "Approval extract",
    2_000_000_00,
  ],
  [
    "Industry",
    "Radio Centre",
    "Radio licences",
    "Licence look-up",
    4_000_000_00,
  ],
  [
    "Industry",
    "Radio Centre",
    "Spectrum monitoring",
    "Monitoring report",
    3_000_000_00,
  ],
  [
    "Market Regulation",
    "Company Registry",
    "Company register",
    "Company report",
    20_245_500_00,
  ],
].map(([department, unit, system, service, minor]) => ({
  department: `${department}`,
  unit: `${unit}`,
  system: `${system}`,
  service: `${service}`,
  minor: Number(minor),
  outcome: "nobodyApproved",
}));

const CHINESE = {
  department: "环境",
  unit: "环境监测中心",
  system: "空气质量数据库",
  service: "逐时观测数据",
} as const;

/** Every outcome that a ledger can show, names in Chinese, and a second currency. */
export const MIXED: readonly Charged[] = [
  ...UNAPPROVED,
  { ...CHINESE, minor: 31_400_000_00, outcome: "equal" },
  { ...CHINESE, minor: 6_100_250_10, outcome: "over" },
  { ...CHINESE, minor: 812_000_00, outcome: "under" },
  { ...CHINESE, minor: 2_900_000_00, outcome: "aboveCeiling" },
  { ...CHINESE, minor: 3_150_000_00, outcome: "notInForce" },
  { ...CHINESE, minor: 4_000_100_00, outcome: "withoutGround" },
  { ...CHINESE, minor: 0, outcome: "waived" },
  { ...CHINESE, minor: -410_000_00, outcome: "refunded" },
  { ...CHINESE, minor: 95_000_00, outcome: "paidTwice" },
  { ...CHINESE, system: "", minor: 1_250_000_00, outcome: "unmatched" },
  {
    department: "Transport",
    unit: "Port Office",
    system: "Vessel movements",
    service: "Vessel file",
    minor: 8_400_000_00,
    outcome: "nobodyApproved",
    currency: "USD",
  },
];

const FIRST_DAY = 17_532;
const DAYS = 2_191;
const CLASSES = ["company", "research", "public body"];
const FIRST = "Amber Birch Cedar Delta Ember Falcon Garnet Harbour".split(" ");
const SECOND = "Arc Bay Crest Dale Edge Field Gate Hill Isle Key".split(" ");
const THIRD = "Analytics Credit Insurance Logistics".split(" ");

/** About `count` receipts that add up to what was charged, in order of file and line, the same each time. */
export function sampleReceipts(
  count: number,
  charged: readonly Charged[] = UNAPPROVED,
): readonly ListedReceipt[] {
  const all = charged.reduce((sum, { minor }) => sum + Math.abs(minor), 0);
  const random = randomFrom(7);
  const listed = charged.flatMap((one) =>
    receiptsOf(
      one,
      Math.max(1, Math.round((count * Math.abs(one.minor)) / all)),
      random,
    ),
  );
  return listed
    .toSorted((a, b) => a.receipt.day - b.receipt.day)
    .map((one, index) => ({
      ...one,
      receipt: {
        ...one.receipt,
        line: index + 2,
        reference: `R-${String(index + 1).padStart(6, "0")}`,
      },
    }));
}

function receiptsOf(
  one: Charged,
  count: number,
  random: () => number,
): readonly ListedReceipt[] {
  let left = one.minor;
  return Array.from({ length: count }, (_, index) => {
    const quantity = 1 + Math.floor(random() * 60);
    const share = Math.round((left / (count - index)) * 2 * random());
    const minor = index === count - 1 ? left : share;
    left -= minor;
    const payer = Math.floor(random() * FIRST.length * 40);
    return {
      outcome: one.outcome,
      fee: APPROVED.includes(one.outcome) ? 0 : undefined,
      approvedMinor: approvedOf(one.outcome, minor),
      receipt: {
        file: 0,
        line: 0,
        day: FIRST_DAY + Math.floor(random() * DAYS),
        minor,
        currency: one.currency ?? "CNY",
        department: one.department,
        unit: one.unit,
        system: one.system,
        service: one.service,
        payer: payerName(payer),
        payerClass: CLASSES[payer % CLASSES.length] ?? "",
        quantity,
        reference: "",
        status:
          one.outcome === "waived" || one.outcome === "refunded"
            ? one.outcome
            : "paid",
      },
    };
  });
}

const APPROVED: readonly Outcome[] = ["equal", "over", "under", "aboveCeiling"];

function approvedOf(outcome: Outcome, minor: number): number {
  if (!APPROVED.includes(outcome)) return 0;
  if (outcome === "equal") return minor;
  return outcome === "under"
    ? minor + 100
    : minor - Math.min(100, Math.abs(minor));
}

function payerName(index: number): string {
  const third = THIRD[index % 4];
  const second = SECOND[Math.floor(index / 4) % 10];
  return `${FIRST[Math.floor(index / 40) % 8]} ${second} ${third}`;
}

/** The report on such receipts: sums of plain loops, the claim of a newspaper, three lines that could not be read. */
export function sampleReport(
  listed: readonly ListedReceipt[],
  changes: Partial<LedgerReport> = {},
): LedgerReport {
  const payers = payersOf(listed);
  return {
    madeBy: "vitrine 0.1.0",
    madeOn: "2026-11-28",
    sources: [
      {
        name: "receipts.csv",
        bytes: 48_123_456,
        sha256: "5f".repeat(32),
        format: "csv",
        how: "UTF-8, comma",
        receipts: listed.length,
        rejects: 3,
      },
    ],
    feesSource: { name: "approved.csv", bytes: 812, sha256: "0c".repeat(32) },
    fees: [FEE],
    cells: cellsOf(listed),
    payers: payers.slice(0, 1_000),
    payerCount: new Set(payers.map(({ payer }) => payer)).size,
    rejects: {
      count: 3,
      first: [
        {
          file: 0,
          line: 57_203,
          column: "amount CNY",
          reason: '"12O.00" holds a letter, want an amount such as 120.00',
          text: "2018-11-14,Transport,Vehicle Register Centre,Vehicle register,Vehicle look-up,Iris Bay Media,company,40,12O.00,R-broken-1",
        },
        {
          file: 0,
          line: 201_877,
          column: "date",
          reason: '"2021-02-30" is a day that never was, want a date',
          text: "2021-02-30,Education,Degree Centre,Degree register,Degree certification,Linden Hill Credit,research,2,190.00,R-broken-2",
        },
        {
          file: 0,
          line: 333_333,
          column: "",
          reason: "4 cells, want 10",
          text: "2022-12-05,Industry,Radio Centre,Radio licences",
        },
      ],
    },
    proposals: [],
    claim: {
      text: "2.48 billion CNY",
      currency: "CNY",
      claimedMinor: 2_480_000_000_00,
      of: "notCovered",
      foundMinor: 248_372_500_00,
      digits: 3,
      agrees: false,
      slip: 1,
    },
    unchecked: ["rejects"],
    ...changes,
  };
}

const FEE: FeeStandard = {
  line: 2,
  service: "逐时观测数据",
  unit: "环境监测中心",
  payee: "Provincial Treasury",
  payerClass: "",
  currency: "CNY",
  priceMinor: 20,
  step: 100,
  ceilingMinor: 50,
  from: 17_167,
  until: undefined,
  approvedBy: "Development and Reform Commission",
  paper: "FGJ 2016-118",
  ground: "Price Act article 18",
};

function cellsOf(listed: readonly ListedReceipt[]): readonly Cell[] {
  const cells = new Map<string, { -readonly [K in keyof Cell]: Cell[K] }>();
  for (const { receipt, outcome, fee, approvedMinor } of listed) {
    const { department, unit, system, service, payerClass, currency } = receipt;
    const month = monthOfDay(receipt.day);
    const names = { department, unit, system, service, payerClass, currency };
    const key = JSON.stringify([names, month, outcome]);
    const cell = cells.get(key) ?? {
      ...names,
      month,
      outcome,
      fee,
      receipts: 0,
      minor: 0,
      approvedMinor: 0,
    };
    cell.receipts += 1;
    cell.minor += receipt.minor;
    cell.approvedMinor += approvedMinor;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

function payersOf(listed: readonly ListedReceipt[]): readonly PayerTotal[] {
  const payers = new Map<
    string,
    { -readonly [K in keyof PayerTotal]: PayerTotal[K] }
  >();
  for (const { receipt, approvedMinor } of listed) {
    const { payer, payerClass, currency } = receipt;
    const key = JSON.stringify([payer, payerClass, currency]);
    const total = payers.get(key) ?? {
      payer,
      payerClass,
      currency,
      receipts: 0,
      minor: 0,
      approvedMinor: 0,
    };
    total.receipts += 1;
    total.minor += receipt.minor;
    total.approvedMinor += approvedMinor;
    payers.set(key, total);
  }
  return [...payers.values()].toSorted((a, b) => b.minor - a.minor);
}

/** As a stream of a query gives them. */
export async function* inBatches(
  listed: readonly ListedReceipt[],
  size = 2_048,
): AsyncIterable<readonly ListedReceipt[]> {
  for (let from = 0; from < listed.length; from += size)
    yield await Promise.resolve(listed.slice(from, from + size));
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
