import type { Outcome, Unchecked } from "../../audit/ledger/ledger.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";

/** The same words in both languages of a report. */
export type Said = Readonly<Record<Language, string>>;

export const LANGUAGES = ["en", "zh"] as const satisfies readonly Language[];

/** What sums can be made by, in the order in which a report shows them. */
export const DIMENSIONS = [
  "department",
  "unit",
  "system",
  "service",
  "payerClass",
  "payer",
  "year",
  "month",
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

export const DIMENSION_WORDS: Readonly<Record<Dimension, Said>> = {
  department: { en: "department", zh: "部门" },
  unit: { en: "unit", zh: "单位" },
  system: { en: "system", zh: "信息系统" },
  service: { en: "service", zh: "服务" },
  payerClass: { en: "payer class", zh: "缴费人类别" },
  payer: { en: "payer", zh: "缴费人" },
  year: { en: "year", zh: "年份" },
  month: { en: "month", zh: "月份" },
};

export const COLUMN_WORDS = {
  units: { en: "units", zh: "单位数" },
  systems: { en: "systems", zh: "信息系统数" },
  receipts: { en: "receipts", zh: "票据数" },
  charged: { en: "charged", zh: "收费" },
  approved: { en: "approved", zh: "批准" },
  difference: { en: "difference", zh: "差额" },
  other: { en: "other outcomes", zh: "其他结果" },
  total: { en: "total", zh: "合计" },
  none: { en: "(not stated)", zh: "（未注明）" },
} as const satisfies Readonly<Record<string, Said>>;

/** What an outcome is called, and what it means in one sentence. */
export const OUTCOME_WORDS: Readonly<
  Record<Outcome, { readonly name: Said; readonly means: Said }>
> = {
  equal: {
    name: { en: "as approved", zh: "与标准相符" },
    means: {
      en: "The charge is what the approved fee in force on that day comes to.",
      zh: "所收金额与当日有效的收费标准一致。",
    },
  },
  over: {
    name: { en: "over", zh: "高于标准" },
    means: {
      en: "More was charged than the approved fee in force on that day comes to.",
      zh: "所收金额高于当日有效的收费标准。",
    },
  },
  under: {
    name: { en: "under", zh: "低于标准" },
    means: {
      en: "Less was charged than the approved fee in force on that day comes to.",
      zh: "所收金额低于当日有效的收费标准。",
    },
  },
  aboveCeiling: {
    name: { en: "above ceiling", zh: "超过最高限价" },
    means: {
      en: "More was charged than the ceiling that the list of approved fees states.",
      zh: "所收金额超过收费标准清单所列的最高限价。",
    },
  },
  notInForce: {
    name: { en: "not in force", zh: "标准不在有效期" },
    means: {
      en: "An approved fee exists for this service, but none was in force on the day of the charge.",
      zh: "该服务有收费标准，但收费当日没有一项有效。",
    },
  },
  withoutGround: {
    name: { en: "approved without a ground", zh: "批准无依据" },
    means: {
      en: "A fee was approved, but the list names no ground in law for it.",
      zh: "收费已获批准，但清单未列明法律依据。",
    },
  },
  nobodyApproved: {
    name: { en: "nobody approved", zh: "无人批准" },
    means: {
      en: "The list of approved fees holds no fee for this unit and service, or names nobody who approved it.",
      zh: "收费标准清单中没有该单位该项服务的收费标准，或未列明批准机关。",
    },
  },
  waived: {
    name: { en: "waived", zh: "减免" },
    means: {
      en: "The receipt says that the fee was waived, or nothing was charged where a fee stands.",
      zh: "票据注明减免，或有收费标准而未收费。",
    },
  },
  refunded: {
    name: { en: "refunded", zh: "退款" },
    means: {
      en: "The receipt takes money back, or says that it was refunded.",
      zh: "票据为冲减，或注明已退款。",
    },
  },
  paidTwice: {
    name: { en: "paid twice", zh: "重复收费" },
    means: {
      en: "A receipt of the same number, unit, service, payer, day and amount stands earlier in the ledger.",
      zh: "账目中前面已有编号、单位、服务、缴费人、日期和金额都相同的票据。",
    },
  },
  unmatched: {
    name: { en: "unmatched", zh: "未匹配" },
    means: {
      en: "The unit or service is not named, or its name only resembles an approved one: a person must say whether it is the same.",
      zh: "票据未写明单位或服务，或其名称仅与收费标准中的名称相似：是否相同须由人确认。",
    },
  },
};

export const UNCHECKED_WORDS: Readonly<Record<Unchecked, Said>> = {
  paidTwice: {
    en: "No column gives receipts a number: none can be seen to be there twice.",
    zh: "没有票据编号一栏：无法查出重复的票据。",
  },
  quantity: {
    en: "No column gives a quantity: each receipt was taken to be for one step of its fee.",
    zh: "没有数量一栏：每张票据按一个计费单位计算。",
  },
  payerClass: {
    en: "No column gives the class of the payer: fees that hold for one class only apply to nobody.",
    zh: "没有缴费人类别一栏：只适用于某一类别的收费标准未能适用。",
  },
  rejects: {
    en: "Lines that could not be read have no outcome, and their money is in no sum.",
    zh: "无法读取的行没有结果，其金额未计入任何合计。",
  },
};

export const SIGNAL: Said = {
  en: "An outcome is a signal, not a verdict: it says what two files say of each other, not why, and not who is to blame.",
  zh: "结果只是线索，不是结论：它说明两份文件之间的差异，不说明原因，也不认定责任。",
};
