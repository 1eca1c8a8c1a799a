import type { ReadRegister } from "../../register/register.ts";
import { around } from "../around.ts";
import { sayMoney } from "./figures.ts";
import { say } from "./say.ts";
import { meaningIn, type Titled, titleIn } from "./title-in.ts";
import { sayWord } from "./words.ts";

/** What things are called in the language of the page, by the title that a report has. */
export type ReportTitles = ReadonlyMap<string, string>;

const NONE: ReportTitles = new Map();

/** A report holds the titles that count, as its copies do; its page says them in the language of the reader. In English they stand as they are. */
export function reportTitles(register: ReadRegister): ReportTitles {
  if (around().lang === "en") return NONE;
  const titled: readonly Titled[] = [
    register,
    ...[register.bodies, register.systems, register.datasets].flatMap(actsOf),
    ...[register.products, register.organisations, register.posts].flatMap(
      actsOf,
    ),
    ...(register.rulebook?.act.purposes ?? []),
  ];
  const meanings = [...register.datasets.values()].flatMap(({ act }) =>
    act.fields.map((one) => [one.meaning, meaningIn(one)] as const),
  );
  return new Map([
    ...titled.map((one) => [one.title, titleIn(one)] as const),
    ...meanings,
  ]);
}

function actsOf(
  things: ReadonlyMap<string, { readonly act: Titled }>,
): readonly Titled[] {
  return [...things.values()].map(({ act }) => act);
}

/** A word of a report, a title, or a sentence that `src/reports` puts together of both. */
export function sayReportText(text: string, titles: ReportTitles): string {
  if (around().lang !== "zh") return text;
  const whole = titles.get(text) ?? known(text);
  if (whole !== undefined) return whole;
  return partsOf(text, titles)
    .map((part) => piece(part, titles))
    .join("；");
}

/** What a report joined; a title may have the same mark in it. */
function partsOf(text: string, titles: ReportTitles): readonly string[] {
  const parts: string[] = [];
  for (const part of text.split("; ")) {
    const longer = `${parts.at(-1)}; ${part}`;
    if (titles.has(longer)) parts.splice(-1, 1, longer);
    else parts.push(part);
  }
  return parts;
}

function piece(text: string, titles: ReportTitles): string {
  const whole = titles.get(text) ?? known(text);
  if (whole !== undefined) return whole;
  for (const [form, says] of FORMS) {
    const found = form.exec(text);
    if (found !== null) return says(found.slice(1), titles);
  }
  return text;
}

/** Names of fields of a registration are words of the vocabulary with spaces between them. */
function known(text: string): string | undefined {
  const said = sayWord(text);
  if (said !== text) return said;
  const name = text.replaceAll(" ", "-");
  return sayWord(name) === name ? undefined : sayWord(name);
}

type Form = readonly [
  form: RegExp,
  says: (parts: readonly string[], titles: ReportTitles) => string,
];

const list = (text = ""): string => text.split(", ").map(sayWord).join("、");

/** `2.00 CNY per call for enterprise, smallEnterprise`. */
const PRICE = /^([\d,]+)\.(\d\d) (\w+) per (\w+) for (.+)$/;

function priceText(text: string): string {
  const [, whole = "", cents = "", currency = "", unit = "", classes] =
    PRICE.exec(text) ?? [];
  if (classes === undefined) return text;
  const minor = Number(`${whole.replaceAll(",", "")}${cents}`);
  return `${list(classes)}每${sayWord(unit)} ${sayMoney(minor, currency)}`;
}

const FORMS: readonly Form[] = [
  [
    /^(\S+): permit for (.+)$/,
    ([product = "", purposes]) =>
      `${product}：凭许可，用途为 ${list(purposes)}`,
  ],
  [
    /^([\d,]+\.\d\d \w+ per .+), else free of charge$/,
    ([prices = ""]) =>
      `${prices
        .split(/, (?=[\d,]+\.\d\d )/)
        .map(priceText)
        .join("，")}，其他类别免费`,
  ],
  [
    /^(price|ceiling) (\S+) (begins|is over)$/,
    ([what = "", id = "", how = ""]) =>
      `${what === "price" ? "收费标准" : "上限收费标准"} ${id} ${how === "begins" ? "生效" : "终止"}`,
  ],
  [
    /^the provision on which data are used for (\S+)$/,
    ([purpose = ""]) => `将数据用于 ${purpose} 所依据的条款`,
  ],
  [
    /^what usage log (\S+) adds up to$/,
    ([log = ""]) => `使用日志 ${log} 的合计`,
  ],
  [
    /^what shows whose data were used: (\d+) months$/,
    ([months = ""]) => `表明涉及何人的数据：${months} 个月`,
  ],
  [
    /^that data were used: (\d+) months after the last right ended$/,
    ([months = ""]) => `使用记录：最后一项权利终止后 ${months} 个月`,
  ],
  [
    /^at most (\d+) answers a day for one asker, (\d+) about one person$/,
    ([asker = "", subject = ""]) =>
      `每日答复上限：每个申请人 ${asker} 次，每个数据主体 ${subject} 次`,
  ],
  [/^at most (\d+) rows? at once$/, ([rows = ""]) => `一次最多 ${rows} 行`],
  [
    /^a token of each permit in the place of (.+)$/,
    ([fields]) => `${list(fields)} 以每项许可各自的假名标记代替`,
  ],
  [
    /^known by: (.+)$/,
    ([meanings = ""]) => `识别方式：${meanings.replaceAll(", ", "、")}`,
  ],
  [
    /^(\S+) was not read in its own text, but in the news only: what it wants may be more than stands here$/,
    ([rule = ""]) =>
      `${rule} 未读到原文，仅见于新闻报道：其要求可能多于此处所列`,
  ],
  [
    /^(\d+) is not over: this is what stood on the day it was made$/,
    ([year = ""]) => `${year}年尚未结束：以生成当日的内容为准`,
  ],
  [
    /^([\w.-]+ \((?:personal|sensitive)\)(?:, [\w.-]+ \((?:personal|sensitive)\))*)$/,
    ([fields = ""]) =>
      fields
        .replaceAll(" (personal)", "（个人信息）")
        .replaceAll(" (sensitive)", "（敏感个人信息）")
        .replaceAll(", ", "、"),
  ],
  [
    /^([a-z][\w.-]*): (.+)$/,
    ([id = "", title = ""], titles) =>
      `${id}${say(": ")}${titles.get(title) ?? sayWord(title)}`,
  ],
];
