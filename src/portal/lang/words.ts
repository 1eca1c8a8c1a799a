import { VALUE_WORDS } from "../desk/value-words.ts";
import { around } from "../around.ts";
import { say } from "./say.ts";
import { FACT_PLACES_ZH } from "./zh-facts.ts";
import { WORDS_ZH } from "./zh-words.ts";

/**
 * A word of entries, rulings and reports. It is English wherever it stands in data; on a Chinese page it is said in Chinese where it is
 * known, and stands as it is where it is somebody's own: an id, a title.
 */
export function sayWord(word: string): string {
  if (around().lang !== "zh") return word;
  return chinese(word) ?? listOfWords(word) ?? word;
}

/** A word of the acts' own vocabulary, which the desk's forms have as well; in English it stands as the entry has it. */
export function sayTerm(word: string): string {
  if (around().lang !== "zh") return word;
  const known = VALUE_WORDS[word];
  return chinese(word) ?? (known === undefined ? word : say(known));
}

/** A fact by its place in an act; of one in a list its number in that list. */
export function sayPlace(place: string): string {
  if (around().lang !== "zh") return place;
  const [, objection, answered] =
    /^procedure\.tender\.objections\.(\d+)(\.answered)?$/.exec(place) ?? [];
  if (objection !== undefined)
    return `第${objection}项异议${answered === undefined ? "" : "的答复日期"}`;
  return FACT_PLACES_ZH[place] ?? chinese(place) ?? place;
}

/** What a paper is, as the act that commits to it says: mostly one of a few words. */
export function sayPaper(kind: string): string {
  return around().lang === "zh" && Object.hasOwn(PAPERS_ZH, kind)
    ? (PAPERS_ZH[kind] ?? kind)
    : kind;
}

const PAPERS_ZH: Readonly<Record<string, string>> = {
  accounts: "账目",
  agreement: "协议",
  application: "申请书",
  "application-on-paper": "书面申请",
  "bond-yield": "国债收益率",
  change: "变更说明",
  "cost-survey": "成本调查",
  declaration: "申明",
  evidence: "证据",
  filing: "备案",
  hearing: "听证记录",
  "legal-opinion": "法律意见",
  letter: "函件",
  "minutes-of-the-agreement": "协议集体决策会议纪要",
  "minutes-of-the-plan": "方案集体决策会议纪要",
  name: "姓名",
  notice: "公告",
  objection: "异议",
  "objection-record": "异议记录",
  objector: "异议人",
  order: "责令",
  plan: "实施方案",
  "price-report": "价格报告",
  "real-name": "真实姓名",
  reason: "理由",
  reasons: "理由",
  review: "审查",
  "review-record": "审查记录",
  "tender-record": "招标记录",
  terms: "条款",
};

function chinese(word: string): string | undefined {
  return Object.hasOwn(WORDS_ZH, word) ? WORDS_ZH[word] : undefined;
}

/** Reports join words of a closed list with commas. */
function listOfWords(text: string): string | undefined {
  const parts = text.split(", ").map(chinese);
  return parts.length > 1 && parts.every((one) => one !== undefined)
    ? parts.join("、")
    : undefined;
}
