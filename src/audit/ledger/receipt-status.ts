import type { Status } from "./ledger.ts";
import { lowerAscii, plainText } from "./width.ts";

const STATUS_CHARACTERS_MAX = 100;

/** What is said not to be, not yet to be, or only in part, leaves a receipt paid. */
const NOT =
  /^(?:未|无|無|非|不|没|待|部分|申请|拟|not\b|no\b|non-?|un|part|pending)|(?:中|失败|待审核|待审|未通过|驳回|pending|requested|failed|rejected|denied)$/;
const REFUNDED =
  /退款|退费|退費|退付|退票|退回|已退|全退|红冲|紅沖|冲红|沖紅|冲销|沖銷|红字|作废|作廢|撤销|撤銷|已取消|\b(?:refund(?:ed)?|reversed|reversal|reverted|void(?:ed)?|cancell?ed|cancell?ation|chargeback|charged back|returned|repaid)\b/;
const WAIVED =
  /减免|減免|免收|免缴|免繳|免征|免徵|免费|免費|全免|豁免|免除|免交|\b(?:waived?|waiver|exempt(?:ed|ion)?|free(?: of charge)?|remitted)\b/;
const YES = /^(?:是|有|真|yes|y|true|1|√|✓|✔|x)$/;
const NO = /^(?:否|无|無|假|no|n|false|0|-|×|✗)$/;

/**
 * What a ledger says became of a receipt, in English or Chinese; what is not known to mean waived or refunded is paid.
 * Below a heading such as 是否退款 a yes says what the heading asks.
 */
export function statusOf(text: string, heading = ""): Status {
  if (text === "" || text.length > STATUS_CHARACTERS_MAX) return "paid";
  const said = lowerAscii(plainText(text));
  if (NO.test(said)) return "paid";
  return meant(YES.test(said) ? lowerAscii(plainText(heading)) : said);
}

function meant(said: string): Status {
  if (NOT.test(said)) return "paid";
  if (REFUNDED.test(said)) return "refunded";
  return WAIVED.test(said) ? "waived" : "paid";
}
