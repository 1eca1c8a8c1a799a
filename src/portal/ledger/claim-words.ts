import type { ClaimCheck } from "../../audit/ledger/ledger.ts";
import {
  type Language,
  showAmount,
  showAmountShort,
} from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";

/**
 * What became of a claim: "claimed 2.48 billion: ten times too much. 2.48亿 (248 million) agrees to the claim's three
 * digits."
 */
export function sayClaim(claim: ClaimCheck, language: Language): string {
  const { text, currency, foundMinor, digits, slip, agrees } = claim;
  const said = text.replace(new RegExp(`\\s*${currency}\\s*$`), "");
  const sum = sumInWords(claim, language);
  const full = `${showAmount(foundMinor, currency)} ${currency}`;
  if (agrees)
    return language === "en"
      ? `claimed ${said}: ${full} was ${OF[claim.of].en}, which agrees to the claim's ${numberWord(digits, "en")}.`
      : `声称 ${said}：${OF[claim.of].zh} ${full}，与所称数额的${numberWord(digits, "zh")}相符。`;
  if (slip === undefined)
    return language === "en"
      ? `claimed ${said}: ${full} was ${OF[claim.of].en}. The two differ, and no slip of a unit explains it.`
      : `声称 ${said}：${OF[claim.of].zh} ${full}。两者不符，也不是单位错误所致。`;
  return language === "en"
    ? `claimed ${said}: ${timesEn(Math.abs(slip))} too ${slip > 0 ? "much" : "little"}. ${sum} agrees to the claim's ${numberWord(digits, "en")}.`
    : `声称 ${said}：为实际的${timesZh(slip)}。${sum}与所称数额的${numberWord(digits, "zh")}相符。`;
}

const OF = {
  charged: { en: "charged", zh: "收费合计" },
  notCovered: {
    en: "charged without an approval that covers it",
    zh: "未经有效批准的收费合计",
  },
} as const satisfies Readonly<
  Record<ClaimCheck["of"], Readonly<Record<Language, string>>>
>;

/** 2.48亿 (248 million): as many digits as the claim states, in the units of both languages. */
function sumInWords(claim: ClaimCheck, language: Language): string {
  const [zh, en] = (["zh", "en"] as const).map((each) =>
    showAmountShort(
      claim.foundMinor,
      claim.currency,
      each,
      claim.digits,
    ).replace(/^(?:about |约)/, ""),
  );
  if (zh === en) return `${zh}`;
  return language === "en" ? `${zh} (${en})` : `${zh}（${en}）`;
}

function timesEn(power: number): string {
  if (power === 1) return "ten times";
  if (power === 2) return "a hundred times";
  return power === 3 ? "a thousand times" : `${showCount(10 ** power)} times`;
}

function timesZh(slip: number): string {
  const power = Math.abs(slip);
  const times = ["", "十", "百", "千", "万", "十万", "百万", "千万", "亿"];
  const word = times[power] ?? `10^${power}`;
  return slip > 0 ? `${word}倍` : `${word}分之一`;
}

const DIGITS_EN = ["", "one", "two", "three", "four", "five", "six", "seven"];
const DIGITS_ZH = ["", "一", "两", "三", "四", "五", "六", "七"];

function numberWord(digits: number, language: Language): string {
  return language === "en"
    ? `${DIGITS_EN[digits] ?? digits} digit${digits === 1 ? "" : "s"}`
    : `${DIGITS_ZH[digits] ?? digits}位有效数字`;
}
