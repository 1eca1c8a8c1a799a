import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMsOf } from "../../../test/cpu-time.ts";
import {
  dayOfSerial,
  type DayOrder,
  monthOfDay,
  readDay,
  showDay,
  yearOfDay,
} from "./day.ts";

const DAY = 86_400_000;
const FIRST = Date.UTC(1900, 0, 1) / DAY;
const LAST = Date.UTC(2200, 11, 31) / DAY;
const days = fc.integer({ min: FIRST, max: LAST });

/** What is read, as a date; its reason where nothing is. */
function said(text: string, order?: DayOrder): string {
  const read = readDay(text, order);
  return typeof read === "number" ? showDay(read) : read.problem;
}

test.each([
  "2023-05-01",
  "2023-5-1",
  "2023/5/1",
  "2023/05/01",
  "2023.5.1",
  "20230501",
  "2023年5月1日",
  "2023年05月01号",
  "2023 年 5 月 1 日",
  "2023年5月1",
  "23年5月1日",
  "二〇二三年五月一日",
  "二零二三年五月一日",
  "贰零贰叁年零伍月零壹日",
  "1 May 2023",
  "1 may 23",
  "1st May 2023",
  "1st of May, 2023",
  "01-May-23",
  "01-MAY-2023",
  "1/May/2023",
  "01MAY2023",
  "1. May 2023",
  "1 May '23",
  "May 1, 2023",
  "May 1st 2023",
  "may. 1, 2023",
  "2023-May-01",
  "2023 May 1",
  "Mon, 1 May 2023",
  "Monday 1 May 2023",
  "Monday, May 1, 2023",
  "2023年5月1日 星期一",
  "2023年5月1日（周一）",
  "2023-05-01T13:45:10Z",
  "2023-05-01T13:45:10.123Z",
  "2023-05-01T23:45:10+08:00",
  "2023-05-01T00:00:00-0500",
  "2023-05-01T13:45",
  "2023-05-01 13:45:10",
  "2023-05-01 13:45:10 +0800",
  "2023-05-01 24:00",
  "2023/5/1 9:05:03",
  "2023/5/1 9:05 PM",
  "2023年5月1日13时45分10秒",
  "2023年5月1日 下午1:45",
  "Mon, 01 May 2023 13:45:10 GMT",
  "20230501134510",
  "20230501T134510Z",
  "20230501 13:45:10",
  "２０２３－０５－０１",
  "２０２３年５月１日",
  "  2023-05-01\u3000",
  "\u200e2023-05-01",
  "٢٠٢٣-٠٥-٠١",
])("%s is the first of May 2023", (text) => {
  expect(said(text)).toBe("2023-05-01");
});

test.each<[string, DayOrder, string]>([
  ["1/5/2023", "dayFirst", "2023-05-01"],
  ["1/5/2023", "monthFirst", "2023-01-05"],
  ["01.05.2023", "dayFirst", "2023-05-01"],
  ["01.05.2023.", "dayFirst", "2023-05-01"],
  ["1. 5. 2023", "dayFirst", "2023-05-01"],
  ["01-05-2023 13:45", "monthFirst", "2023-01-05"],
  ["1/5/2023 1:45 PM", "monthFirst", "2023-01-05"],
  ["Sat, 12/31/2022", "monthFirst", "2022-12-31"],
  ["1/5/23", "dayFirst", "2023-05-01"],
  ["1/5/68", "dayFirst", "2068-05-01"],
  ["1/5/69", "dayFirst", "1969-05-01"],
  ["5/1/00", "monthFirst", "2000-05-01"],
  ["23/5/1", "yearFirst", "2023-05-01"],
  ["23.05.01", "yearFirst", "2023-05-01"],
  // A year in full at the beginning leaves no choice.
  ["2023/5/1", "monthFirst", "2023-05-01"],
  ["1 May 2023", "monthFirst", "2023-05-01"],
])("%s in a column that has its %s", (text, order, want) => {
  expect(said(text, order)).toBe(want);
});

test.each<[string, string]>([
  ["13/5/2023", "2023-05-13"],
  ["5/13/2023", "2023-05-13"],
  ["5/5/2023", "2023-05-05"],
])("%s has one reading in any order", (text, want) => {
  expect(said(text)).toBe(want);
});

describe("refused with its reason", () => {
  const calendar = "is no day of the calendar from 1900 to 2200, want one";
  test.each<[string, string]>([
    [
      "1/5/2023",
      "can be 2023-05-01 or 2023-01-05, want the column's order of day and month",
    ],
    [
      "1/5/23",
      "has a year of two digits, want the column's order of day, month and year",
    ],
    [
      "13/5/23",
      "has a year of two digits, want the column's order of day, month and year",
    ],
    ["2023-02-29", calendar],
    ["1900-02-29", calendar],
    ["2100年2月29日", calendar],
    ["31 Apr 2023", calendar],
    ["2023-13-01", calendar],
    ["2023-00-10", calendar],
    ["2023-05-00", calendar],
    ["32/13/2023", calendar],
    ["1899-12-31", calendar],
    ["2201-01-01", calendar],
    ["二〇二三年五月三十二日", calendar],
    ["20231301", calendar],
    ["Mon, 2 May 2023", "falls on another day of the week, want both to agree"],
    [
      "2023年5月1日 星期天",
      "falls on another day of the week, want both to agree",
    ],
    ["2023-05-01 25:00", "holds a time that no clock shows, want a date"],
    ["2023-05-01 13:61:00", "holds a time that no clock shows, want a date"],
    ["2023-05", "is a month, want a day"],
    ["2023年5月", "is a month, want a day"],
    ["May 2023", "is a month, want a day"],
    ["5/2023", "is a month, want a day"],
    ["2023", "is a year, want a day"],
    ["2023年度", "is a year, want a day"],
    ["13:45", "is a time, want a date"],
    [
      "45047",
      "is a number, want a date (in a spreadsheet's own file it can be one)",
    ],
    ["=TODAY()", "is a formula, want its result"],
    ["#VALUE!", "is a spreadsheet's error, want a date"],
    ["########", "is a column too narrow for its date, want the date"],
    ["abc", "is no date, want one such as 2023-05-01"],
    ["1 Mai 2023", "is no date, want one such as 2023-05-01"],
    ["2023-5/1", "is no date, want one such as 2023-05-01"],
    ["2023-05-01 to 2023-05-03", "is no date, want one such as 2023-05-01"],
    ["20230501993000", "is no date, want one such as 2023-05-01"],
    ["12.50", "is no date, want one such as 2023-05-01"],
  ])("%s", (text, reason) => {
    expect(said(text)).toBe(`"${text}" ${reason}`);
  });

  test("an empty cell", () => {
    expect(said(" ")).toBe("nothing stands here, want a date");
  });

  test.each<[string, DayOrder, string]>([
    ["13/5/2023", "monthFirst", "is no date with its month first, want one"],
    ["5/13/2023", "dayFirst", "is no date with its day first, want one"],
    ["1/5/2023", "yearFirst", "is no date with its year first, want one"],
    ["1/5/3", "dayFirst", "is no date with its day first, want one"],
  ])("%s in a column that has its %s", (text, order, reason) => {
    expect(said(text, order)).toBe(`"${text}" ${reason}`);
  });
});

describe("a spreadsheet's serial number", () => {
  test.each<[number, boolean, string | undefined]>([
    [1, false, "1900-01-01"],
    [59, false, "1900-02-28"],
    [60, false, undefined],
    [61, false, "1900-03-01"],
    [45_047, false, "2023-05-01"],
    [45_047.999, false, "2023-05-01"],
    [109_939, false, "2200-12-31"],
    [109_940, false, undefined],
    [0, false, undefined],
    [-1, false, undefined],
    [0, true, "1904-01-01"],
    [43_585, true, "2023-05-01"],
    [43_585.5, true, "2023-05-01"],
    [NaN, false, undefined],
    [Infinity, true, undefined],
    [1e300, false, undefined],
  ])("%d, counted from 1904: %s", (serial, date1904, want) => {
    const day = dayOfSerial(serial, date1904);
    expect(typeof day === "number" ? showDay(day) : undefined).toBe(want);
    if (typeof day !== "number") expect(day.problem).toMatch(/want a date$/);
  });
});

test("every day from 1900 to 2200 is shown and read as itself, with its month and its year", () => {
  const wrong: number[] = [];
  for (let day = FIRST; day <= LAST; day++) {
    const iso = new Date(day * DAY).toISOString();
    const isRight =
      showDay(day) === iso.slice(0, 10) &&
      monthOfDay(day) === iso.slice(0, 7) &&
      yearOfDay(day) === iso.slice(0, 4) &&
      readDay(showDay(day)) === day;
    if (!isRight) wrong.push(day);
  }
  expect(wrong).toEqual([]);
});

test("every way of writing a day reads back as that day", () => {
  const MONTHS =
    "January February March April May June July August September October November December".split(
      " ",
    );
  const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  fc.assert(
    fc.property(
      days,
      fc.nat(23),
      fc.nat(59),
      fc.constantFrom("-", "/", "."),
      (day, hour, minute, mark) => {
        const date = new Date(day * DAY);
        const [y, m, d] = [
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
        ];
        const pad = (n: number) => String(n).padStart(2, "0");
        const month = MONTHS[m - 1] ?? "";
        const short = month.slice(0, 3);
        const weekday = names[date.getUTCDay()];
        const time = `${hour}:${pad(minute)}`;
        const texts = [
          `${y}${mark}${m}${mark}${d}`,
          `${y}${pad(m)}${pad(d)}`,
          `${y}年${m}月${d}日`,
          `${d} ${month} ${y}`,
          `${month} ${d}, ${y}`,
          `${pad(d)}-${short}-${y}`,
          `${y}-${pad(m)}-${pad(d)}T${pad(hour)}:${pad(minute)}:59.999+08:00`,
          `${y}${mark}${m}${mark}${d} ${time}`,
          `${weekday}, ${d} ${short} ${y} ${time} GMT`,
          `${y}年${m}月${d}日 星期${"日一二三四五六"[date.getUTCDay()]} ${time}`,
        ];
        for (const text of texts) expect(readDay(text), text).toBe(day);
        expect(readDay(`${d}${mark}${m}${mark}${y}`, "dayFirst")).toBe(day);
        expect(readDay(`${m}${mark}${d}${mark}${y}`, "monthFirst")).toBe(day);
        expect(dayOfSerial(day + 24_107 + hour / 24, true)).toSatisfy(
          (read) => read === day || y < 1904,
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test("no text makes it throw, and what it reads is a day of its years", () => {
  const piece = fc.oneof(
    fc.constantFrom(...Array.from("0123456789-/.年月日 :,T")),
    fc.constantFrom("2023", "05", "1", "May", "Mon, ", " 13:45", "十", "Z"),
    fc.string({ unit: "binary", maxLength: 2 }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 14 }).map((all) => all.join("")),
      fc.constantFrom("dayFirst", "monthFirst", "yearFirst", undefined),
      (text, order) => {
        const read = readDay(text, order);
        if (typeof read !== "number") expect(read.problem).toMatch(/, want /);
        else expect(read >= FIRST && read <= LAST).toBe(true);
      },
    ),
    { numRuns: 5000 },
  );
});

test("a hundred thousand characters take no longer than a look", () => {
  const took = cpuMsOf(() => {
    for (const unit of ["1", "1/", " ", "May ", "年", "1:", "a."])
      expect(readDay(unit.repeat(100_000))).toHaveProperty("problem");
  });
  expect(took).toBeLessThan(2_000);
});
