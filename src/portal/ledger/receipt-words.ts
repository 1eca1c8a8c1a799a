import type { Outcome } from "../../audit/ledger/ledger.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";
import { OUTCOME_WORDS } from "./ledger-words.ts";

const HEADINGS: Readonly<Record<string, string>> = {
  file: "文件",
  line: "行",
  date: "日期",
  department: "部门",
  unit: "单位",
  system: "信息系统",
  service: "服务",
  payer: "缴费人",
  "payer class": "缴费人类别",
  reference: "编号",
  quantity: "数量",
  charged: "收费",
  currency: "币种",
  outcome: "结果",
  "line of the approved fee": "收费标准所在行",
  approved: "批准",
};

/** The words of receipts.csv; undefined where its own codes are meant, which programs read. */
export function receiptWords(language: Language):
  | {
      readonly headings: Readonly<Record<string, string>>;
      readonly outcomes: Readonly<Record<Outcome, string>>;
    }
  | undefined {
  if (language === "en") return undefined;
  const of = (outcome: Outcome): string => OUTCOME_WORDS[outcome].name.zh;
  return {
    headings: HEADINGS,
    outcomes: {
      equal: of("equal"),
      over: of("over"),
      under: of("under"),
      aboveCeiling: of("aboveCeiling"),
      notInForce: of("notInForce"),
      withoutGround: of("withoutGround"),
      nobodyApproved: of("nobodyApproved"),
      waived: of("waived"),
      refunded: of("refunded"),
      paidTwice: of("paidTwice"),
      unmatched: of("unmatched"),
    },
  };
}

/** The headings of the file of lines that could not be read. */
export const REJECTS_HEADINGS: Readonly<Record<Language, string>> = {
  en: "file,line,column,reason,text",
  zh: "文件,行,栏,原因,原文",
};
