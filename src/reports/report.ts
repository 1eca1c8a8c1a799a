import { showInstant } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import { lawOf } from "../rules/law.ts";
import { assetList } from "./assets.ts";
import { disclosureOf } from "./disclosure.ts";
import { priceReport } from "./prices.ts";
import { processingRecord } from "./processing.ts";
import { registrationForms } from "./registrations.ts";
import { type Draft, type Gap, numbered, type Section } from "./shape.ts";
import { lastYear, type NoReport, type Year, yearOf } from "./year.ts";

type Kind = {
  readonly title: string;
  /** The rule that wants it. */
  readonly rule: string;
  /** When it is due, where the rule says so. */
  readonly due?: string;
} & (
  | {
      readonly ofYear: (register: ReadRegister, year: Year) => readonly Draft[];
    }
  | {
      readonly ofNow: (register: ReadRegister, now: number) => readonly Draft[];
    }
);

/** What the law makes the office send, by the name of its kind. */
const kinds = {
  disclosure: {
    ...{ title: "Yearly disclosure of authorised operation" },
    ...{ rule: "CN-OPS-15", due: "31 March", ofYear: disclosureOf },
  },
  prices: {
    ...{ title: "Yearly report to the price authority" },
    ...{ rule: "CN-PRC-13", due: "31 March", ofYear: priceReport },
  },
  assets: {
    ...{ title: "List of data for re-use" },
    ...{ rule: "EU-DGA-19", ofNow: assetList },
  },
  processing: {
    ...{ title: "Record of processing" },
    ...{ rule: "EU-GDPR-05", ofNow: processingRecord },
  },
  registration: {
    ...{ title: "Registration: application and public notice" },
    ...{ rule: "CN-REG-10", due: "with every registration" },
    ofNow: registrationForms,
  },
} as const satisfies Record<string, Kind>;

export type ReportKind = keyof typeof kinds;
export const reportKinds: readonly {
  readonly kind: ReportKind;
  readonly title: string;
  readonly rule: string;
  readonly due?: string;
  readonly isYearly: boolean;
}[] = (
  ["disclosure", "prices", "assets", "processing", "registration"] as const
).map((kind) => {
  const { title, rule, ...more }: Kind = kinds[kind];
  return {
    ...{ kind, title, rule, isYearly: "ofYear" in more },
    ...(more.due === undefined ? {} : { due: more.due }),
  };
});

export type Report = {
  readonly kind: ReportKind;
  readonly title: string;
  readonly office: string;
  /** The rule that wants it, its place in the law, and how far that was read. */
  readonly rule: string;
  readonly cites: string;
  readonly mark: string;
  /** What every copy says: how far the rule was read, and what the figures are of. */
  readonly notices: readonly string[];
  readonly year?: number;
  /** When it was made, and of how many entries. */
  readonly at: string;
  readonly entries: number;
  readonly sections: readonly Section[];
  readonly gaps: readonly Gap[];
};

export function isReportKind(kind: string): kind is ReportKind {
  return Object.hasOwn(kinds, kind);
}

/**
 * What the law wants, as far as the register holds it, with what is missing and which act would bring it. `year` is the last one where it is
 * not given; what is of no year takes none. Milliseconds in `now`.
 */
export function reportOf(
  register: ReadRegister,
  kind: ReportKind,
  asked: { readonly year?: number; readonly now: number },
): Report | NoReport {
  const wanted: Kind = kinds[kind];
  const { now } = asked;
  if ("ofNow" in wanted)
    return asked.year === undefined
      ? made(register, kind, wanted.ofNow(register, now), now)
      : { says: `${kind} says what is there now, and is of no year` };
  const year = yearOf(register, asked.year ?? lastYear(register, now), now);
  return "says" in year
    ? year
    : made(register, kind, wanted.ofYear(register, year), now, year);
}

function made(
  register: ReadRegister,
  kind: ReportKind,
  drafts: readonly Draft[],
  now: number,
  year?: Year,
): Report {
  const { title, rule } = kinds[kind];
  const { cites, mark } = lawOf(rule);
  const isOver = year === undefined || year.to <= now;
  return {
    ...{ kind, title, office: register.title, rule, cites, mark },
    notices: [
      ...(mark === "S" || mark === "M"
        ? [
            `${rule} was not read in its own text, but in the news only: what it wants may be more than stands here`,
          ]
        : []),
      ...(isOver
        ? []
        : [
            `${year.year} is not over: this is what stood on the day it was made`,
          ]),
    ],
    ...(year === undefined ? {} : { year: year.year }),
    at: showInstant(now, register.offsetMinutes),
    entries: register.size,
    ...numbered(drafts),
  };
}
