import type { FC } from "hono/jsx";
import { daysFromCivil } from "../acts/dates.ts";
import { sayMoney, sayNumber, sayTime } from "./lang/figures.ts";
import { say } from "./lang/say.ts";

/** Pictures of a question, each beside the table that has the same in numbers. They are drawn here: a page needs no script for them. */

const WIDE = 1_000;

type Step = {
  readonly what: string;
  readonly on?: string;
  readonly entered: string;
};

/** How far apart the steps of a procedure lie: the day that was stated, or that of the entry. Nothing where all fall on one day. */
export const StepsInTime: FC<{ steps: readonly Step[] }> = ({ steps }) => {
  const marks = steps.map((step) => {
    const on = step.on ?? step.entered.slice(0, 10);
    return { what: step.what, on, day: dayOf(on) };
  });
  const days = marks.map(({ day }) => day);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  if (marks.length < 2 || first === last) return null;
  const place = (day: number) =>
    12 + Math.round(((day - first) * (WIDE - 24)) / (last - first));
  const ends = {
    from: sayTime(marks.find(({ day }) => day === first)?.on ?? ""),
    to: sayTime(marks.find(({ day }) => day === last)?.on ?? ""),
  };
  const says = say(
    "Time runs from left to right, from {from} to {to}; each mark is a step, in the order of the table.",
    ends,
  );
  return (
    <figure class="picture">
      <svg
        viewBox={`0 0 ${WIDE} 32`}
        preserveAspectRatio="none"
        role="img"
        aria-label={says}
      >
        <rect y="15" width={WIDE} height="2" fill="var(--line)" />
        {marks.map(({ what, on, day }) => (
          <rect
            x={place(day) - 3}
            y="4"
            width="6"
            height="24"
            fill="var(--accent)"
          >
            <title>
              {say("{what}: {title}", { what: sayTime(on), title: what })}
            </title>
          </rect>
        ))}
      </svg>
      <figcaption>{says}</figcaption>
    </figure>
  );
};

function dayOf(date: string): number {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  return daysFromCivil({ year, month, day });
}

type Month = {
  readonly month: string;
  readonly uses: number;
  readonly charged: number;
  readonly currency?: string;
};

/** Use and money over the months, those without any among them. Nothing where there is one month alone, or money of several kinds. */
export const MonthsOfUse: FC<{ lines: readonly Month[] }> = ({ lines }) => {
  const months = monthsOf(lines);
  const currencies = new Set(lines.flatMap(({ currency }) => currency ?? []));
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return null;
  if (months.length < 2 || currencies.size > 1) return null;
  const [currency] = currencies;
  const uses = Math.max(1, ...months.map((one) => one.uses));
  const charged = Math.max(1, ...months.map((one) => one.charged));
  const isFree = months.every((one) => one.charged === 0);
  const wide = WIDE / months.length;
  return (
    <figure class={isFree ? "picture half" : "picture tall"}>
      <svg
        viewBox={`0 0 ${WIDE} ${isFree ? 50 : 100}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say("Uses and charges from {from} to {to}", {
          from: sayTime(first.month),
          to: sayTime(last.month),
        })}
      >
        <rect y="49" width={WIDE} height="2" fill="var(--line)" />
        {months.map((one, index) => {
          const up = Math.round((one.uses * 45) / uses);
          const down = Math.round((one.charged * 45) / charged);
          const box = { x: index * wide + wide * 0.15, width: wide * 0.7 };
          return (
            <>
              <rect {...box} y={48 - up} height={up} fill="var(--accent)">
                <title>
                  {say("{what}: {amount}", {
                    what: sayTime(one.month),
                    amount: sayNumber(one.uses),
                  })}
                </title>
              </rect>
              {down > 0 && (
                <rect {...box} y={52} height={down} fill="var(--quiet)">
                  <title>
                    {say("{what}: {amount}", {
                      what: sayTime(one.month),
                      amount: sayMoney(one.charged, currency),
                    })}
                  </title>
                </rect>
              )}
            </>
          );
        })}
      </svg>
      <figcaption>
        {isFree
          ? say(
              "A bar a month, from left to right: how often it was used, at most {uses} times.",
              { uses: sayNumber(uses) },
            )
          : say(
              "A bar a month, from left to right: above how often it was used, at most {uses} times, below what was charged, at most {charged}.",
              { uses: sayNumber(uses), charged: sayMoney(charged, currency) },
            )}
      </figcaption>
    </figure>
  );
};

/** Every month from the first to the last. */
function monthsOf(lines: readonly Month[]): readonly Omit<Month, "currency">[] {
  const names = lines.map(({ month }) => month).toSorted();
  const found: { month: string; uses: number; charged: number }[] = [];
  for (
    let month = names[0], last = names.at(-1) ?? "";
    month !== undefined && month <= last;
    month = monthAfter(month)
  ) {
    const own = lines.filter((one) => one.month === month);
    found.push({
      month,
      uses: own.reduce((sum, one) => sum + one.uses, 0),
      charged: own.reduce((sum, one) => sum + one.charged, 0),
    });
  }
  return found;
}

function monthAfter(month: string): string {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  return number === 12
    ? `${year + 1}-01`
    : `${year}-${String(number + 1).padStart(2, "0")}`;
}
