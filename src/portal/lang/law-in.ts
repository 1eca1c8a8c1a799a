import { lawOf } from "../../rules/law.ts";
import { around } from "../around.ts";
import { LAW_APPEALS_ZH, LAW_HARMS_ZH } from "./zh-law-harms.ts";
import { LAW_NEXT_ZH } from "./zh-law-next.ts";

/** What a rule tells whoever it stopped: the next lawful step, who loses what when it is broken, and where to go against it. */
const TOLD_ZH = {
  next: LAW_NEXT_ZH,
  harm: LAW_HARMS_ZH,
  appeal: LAW_APPEALS_ZH,
} as const;

/** One of these sentences in the language of the page; the test beside this file finds a rule whose sentence has no Chinese. */
export function toldIn(what: keyof typeof TOLD_ZH, english: string): string {
  return around().lang === "zh" ? (TOLD_ZH[what][english] ?? english) : english;
}

/** The next lawful step for whoever was refused by a rule. */
export function saidNext(rule: string): string {
  return toldIn("next", lawOf(rule).next);
}

/** What a rule says in the language of the page, and its article. */
export function saidLaw(rule: string): {
  readonly says: string;
  readonly cites: string;
} {
  const { says, zh, cites } = lawOf(rule);
  return { says: around().lang === "zh" ? zh : says, cites: citesIn(cites) };
}

/** The statutes by the names under which they were promulgated; the longest first, since one name may begin another. */
const STATUTES: readonly (readonly [english: string, chinese: string])[] = [
  [
    "Interim Measures for Registration of Public Data Resources",
    "《公共数据资源登记管理暂行办法》",
  ],
  [
    "Implementation Specification for Authorised Operation",
    "《公共数据资源授权运营实施规范（试行）》",
  ],
  [
    "National Data Administration, notice on disclosure for authorised operation, 10 February 2026",
    "国家数据局关于授权运营信息披露的通知（2026年2月10日）",
  ],
  ["Business Environment Regulation 2019", "《优化营商环境条例》（2019）"],
  ["Personal Information Protection Law", "《个人信息保护法》"],
  ["Fair Competition Review Regulation", "《公平竞争审查条例》"],
  ["Administrative Review Law 2023", "《行政复议法》（2023修订）"],
  ["Administrative Licensing Law", "《行政许可法》"],
  ["State Secrets Law 2024", "《保守国家秘密法》（2024修订）"],
  ["Tendering Regulation", "《招标投标法实施条例》"],
  ["Anti-Monopoly Law", "《反垄断法》"],
  ["Civil Servants Law", "《公务员法》"],
  ["Tendering Law", "《招标投标法》"],
  ["Price Law", "《价格法》"],
  ["Vitrine convention", "本程序约定"],
  ["Vitrine invariant", "本程序不变式"],
];

/** A rule by where it stands, and by its id where that does not name it already. */
export function citedRule(rule: string): string {
  const { cites } = lawOf(rule);
  return cites.includes(rule) ? citesIn(cites) : `${citesIn(cites)} (${rule})`;
}

/** Where in the law something stands; on a Chinese page by the Chinese names of the statutes, its numbers as they are cited. */
export function citesIn(cites: string): string {
  if (around().lang !== "zh") return cites;
  let said = cites;
  for (const [english, chinese] of STATUTES)
    said = said.replaceAll(english, chinese);
  return said
    .replaceAll(/Regulation \(EU\) (\d+\/\d+)/g, "欧盟第$1号条例")
    .replaceAll(/Directive \(EU\) (\d+\/\d+)/g, "欧盟第$1号指令")
    .replaceAll(
      /,? ?Art ([\d()a-z-]+(?:, [\d()a-z-]+)*)/g,
      (_, articles: string) => `第${articles.replaceAll(", ", "、")}条`,
    )
    .replaceAll(/,? ?section ([\d()]+)/g, "第$1部分")
    .replace(" (as reported)", "（据报道）")
    .replace(" (as quoted)", "（转引）")
    .replace(" (read in the news only)", "（仅见于新闻报道）")
    .replace("; with the stricter ", "；以及更严格的")
    .replaceAll("; ", "；");
}
