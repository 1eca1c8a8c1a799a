import { meaningOf } from "./money-words.ts";
import { lowerAscii, plainText } from "./width.ts";

/** What a cell says of a day, before anybody decides in which order its numbers stand. */
export type DayParts =
  | {
      readonly kind: "named";
      readonly year: number;
      readonly month: number;
      readonly day: number;
      /** Monday is 1, Sunday 0. */
      readonly weekday: number | undefined;
    }
  /** Three numbers as they stand; the year last and in full, or two digits somewhere. */
  | {
      readonly kind: "numbers";
      readonly numbers: readonly [string, string, string];
      readonly weekday: number | undefined;
    }
  /** Something else, in the words of a problem. */
  | { readonly kind: "other"; readonly is: string };

/** 69 to 99 are of the twentieth century, 00 to 68 of the twenty-first: the convention of POSIX. */
const PIVOT = 69;

/** A year of two digits in the century that it is read in; any other as it stands. */
export function fullYear(year: string): number {
  const n = Number(year);
  if (year.length !== 2) return n;
  return n < PIVOT ? 2000 + n : 1900 + n;
}

/** A short text (`readDay` cuts) taken apart: time and day of the week off, then one of the forms of a date. */
export function dayPartsOf(cell: string): DayParts {
  const text = lowerAscii(plainText(cell));
  const { rest: dated, isTime } = withoutTime(text);
  if (!isTime) return other("holds a time that no clock shows, want a date");
  const { rest, weekday } = withoutWeekday(dated);
  const numbers = NUMBERS.exec(rest);
  if (numbers !== null) {
    const [, a = "", , b = "", c = ""] = numbers;
    return { kind: "numbers", numbers: [a, b, c], weekday };
  }
  const named = yearFirst(rest) ?? monthNamed(rest) ?? inChinese(rest);
  if (named !== undefined) return { kind: "named", ...named, weekday };
  return other(OTHERS.find(([pattern]) => pattern.test(text))?.[1] ?? NO_DATE);
}

type Day = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
};

const NUMBERS = /^(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{1,2})\.?$/;
const WITH_MARKS = /^(\d{4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,2})$/;
const WITH_CHARACTERS =
  /^(\d{4}|\d{2}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]?$/;
/** Systems write 20230501 and 20230501134510. */
const WITHOUT_MARKS =
  /^(\d{4})(\d{2})(\d{2})(?:[ t]?(\d{2})(\d{2})(\d{2})z?)?$/;

function yearFirst(text: string): Day | undefined {
  const marked = WITH_MARKS.exec(text);
  if (marked !== null) return dayOf([marked[1], marked[3], marked[4]]);
  const [, ...parts] = WITH_CHARACTERS.exec(text) ??
    WITHOUT_MARKS.exec(text) ?? [""];
  const [, , , hour = "0", minute = "0", second = "0"] = parts;
  return parts.length === 0 || !isClock(hour, minute, second)
    ? undefined
    : dayOf(parts);
}

function dayOf([year = "", month, day]: readonly (string | undefined)[]): Day {
  return { year: fullYear(year), month: Number(month), day: Number(day) };
}

const MONTHS = [
  "jan january",
  "feb february",
  "mar march",
  "apr april",
  "may may",
  "jun june",
  "jul july",
  "aug august",
  "sep september sept",
  "oct october",
  "nov november",
  "dec december",
].map((names) => names.split(" "));
const YEAR = "(\\d{4}|'?\\d{2})";
const NTH = "(\\d{1,2})(?:st|nd|rd|th)?";
const DAY_MONTH = new RegExp(
  `^${NTH}(?: of)?[-/. ]*([a-z]{3,9})[-/., ]*${YEAR}$`,
);
const MONTH_DAY = new RegExp(`^([a-z]{3,9})[-/. ]*${NTH}[-/, ]+${YEAR}$`);
const YEAR_MONTH = /^(\d{4})[-/, ]*([a-z]{3,9})[-/. ]*(\d{1,2})$/;

function monthNamed(text: string): Day | undefined {
  const [, day, month, year] = DAY_MONTH.exec(text) ?? [];
  if (month !== undefined) return withName(year, month, day);
  const [, first, second, third] = MONTH_DAY.exec(text) ?? [];
  if (first !== undefined) return withName(third, first, second);
  const [, one, two = "", three] = YEAR_MONTH.exec(text) ?? [];
  return withName(one, two, three);
}

function withName(
  year: string | undefined,
  name: string,
  day: string | undefined,
): Day | undefined {
  const index = MONTHS.findIndex((names) => names.includes(name));
  if (index < 0) return undefined;
  return dayOf([year?.replace("'", ""), String(index + 1), day]);
}

/** 二〇二三年五月一日, 贰零贰叁年零伍月壹拾日 */
function inChinese(text: string): Day | undefined {
  const [, year = "", month = "", day = ""] =
    /^(.{4})年(.{1,3})月(.{1,3})[日号號]$/.exec(text) ?? [];
  const digits = Array.from(year, numeral).join("");
  if (!/^\d{4}$/.test(digits)) return undefined;
  return dayOf([digits, smallNumber(month), smallNumber(day)]);
}

/** 十 is 10, 二十五 is 25, 零伍 is 5; all else is no number. */
function smallNumber(text: string): string {
  const [tens = "", ones, ...more] = text.split(/[十拾]/);
  if (more.length > 0) return "";
  if (ones === undefined) {
    const [one = "", ...rest] = text.replace(/^[零〇]/, "");
    return rest.length > 0 ? "" : numeral(one);
  }
  return `${tens === "" ? "1" : numeral(tens)}${ones === "" ? "0" : numeral(ones)}`;
}

function numeral(character: string): string {
  const meaning = meaningOf(character);
  return meaning?.kind === "numeral" ? String(meaning.value) : "-";
}

const TIME =
  /(?:(?<=\d)t| +|(?<=[日号號]))(上午|下午|凌晨|中午|晚上|am|pm)? ?(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?|[时時点點](\d{1,2})分(?:(\d{1,2})秒)?) ?(?:[ap]\.?m\.?)?(?: ?(?:z|(?:utc|gmt)?[-+]\d{1,2}(?::?\d{2})?|utc|gmt|cst))?$/;

function withoutTime(text: string): {
  readonly rest: string;
  readonly isTime: boolean;
} {
  const time = TIME.exec(text);
  if (time === null) return { rest: text, isTime: true };
  const [, , hour = "0", m1, s1, m2, s2] = time;
  return {
    rest: text.slice(0, time.index),
    isTime: isClock(hour, m1 ?? m2 ?? "0", s1 ?? s2 ?? "0"),
  };
}

/** With 24:00 as the end of its day and with leap seconds. */
function isClock(hour: string, minute: string, second: string): boolean {
  return Number(hour) <= 24 && Number(minute) < 60 && Number(second) <= 60;
}

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WEEKDAY =
  /^(sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?[.,]* +(?=\S)/;
const CHINESE_WEEKDAY = / ?\(?(?:星期|周|週|礼拜)([日一二三四五六天])\)?$/;

function withoutWeekday(text: string): {
  readonly rest: string;
  readonly weekday: number | undefined;
} {
  const english = WEEKDAY.exec(text);
  if (english !== null)
    return {
      rest: text.slice(english[0].length),
      weekday: WEEKDAYS.indexOf((english[1] ?? "").slice(0, 3)),
    };
  const chinese = CHINESE_WEEKDAY.exec(text);
  if (chinese === null) return { rest: text, weekday: undefined };
  return {
    rest: text.slice(0, chinese.index),
    weekday: "日一二三四五六".indexOf((chinese[1] ?? "").replace("天", "日")),
  };
}

function other(is: string): DayParts {
  return { kind: "other", is };
}

const NO_DATE = "is no date, want one such as 2023-05-01";
const OTHERS: readonly (readonly [pattern: RegExp, is: string])[] = [
  [/^[=@]/, "is a formula, want its result"],
  [/^#+$/, "is a column too narrow for its date, want the date"],
  [/^#[a-z]/, "is a spreadsheet's error, want a date"],
  [
    /^\d{5}(?:\.\d+)?$/,
    "is a number, want a date (in a spreadsheet's own file it can be one)",
  ],
  [
    /^(?:\d{4}[-/. 年]*\d{1,2}月?|\d{1,2}[-/.]\d{4}|[a-z]{3,9}[-/. ,]*\d{4}|\d{4}[-/. ]*[a-z]{3,9})$/,
    "is a month, want a day",
  ],
  [/^\d{4}年?(?:度)?$/, "is a year, want a day"],
  [/^\d{1,2}[:时]\d{2}/, "is a time, want a date"],
];
