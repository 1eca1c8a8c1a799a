import { isChinese, lowerAscii, plainText } from "./width.ts";

/** Traditional characters of headings, each before its simplified one. */
const PAIRS =
  "門门單单繳缴費费開开據据類类別别額额備备註注幣币種种數数號号資资訊讯執执務务項项稱称實实應应機机構构業业編编態态狀状時时間间價价準准標标條条憑凭證证賬账帳账匯汇調调記记錄录筆笔個个場场發发結结終终廢废處处審审關关員员戶户購购買买賣卖聯联絡络電电話话選选屬属級级納纳統统計计詳详總总貨货貸贷還还減减產产庫库檔档稅税範范圍围質质規规體体頭头訂订細细週周運运營营維维護护辦办託托轉转領领給给廳厅會会執执臺台長长參参經经濟济歷历歸归該该對对補补點点國国際际徵征從从";
const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  Array.from({ length: PAIRS.length / 2 }, (_, pair) => [
    PAIRS.charAt(pair * 2),
    PAIRS.charAt(pair * 2 + 1),
  ]),
);
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join("")}]`, "g");

/**
 * A heading as it is looked up: simplified characters, lower case, words apart (`payerClass`, `payer_class`), no marks,
 * no space beside a Chinese character. Names are never compared so.
 */
export function headingKey(text: string): string {
  const words = plainText(text)
    .replace(/[【〔［]/g, "[")
    .replace(/[】〕］]/g, "]")
    .replace(TRADITIONAL, (sign) => SIMPLIFIED.get(sign) ?? sign)
    .replace(/([a-z])([A-Z])/g, "$1 $2");
  return lowerAscii(words)
    .replace(/[^a-z0-9\u00a2-\uffff]+/g, " ")
    .replace(/ ?([\u3000-\u9fff]) ?/g, "$1")
    .trim();
}

/** Both halves of a heading in two languages: 金额 Amount. */
export function halvesOf(key: string): readonly string[] {
  if (!isChinese(key) || !/[a-z]/.test(key)) return [];
  return [
    key.replace(/[^\u3400-\u9fff]+/g, ""),
    key
      .replace(/[\u3400-\u9fff]+/g, " ")
      .replace(/ +/g, " ")
      .trim(),
  ];
}
