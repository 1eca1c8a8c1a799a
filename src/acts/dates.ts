/** Calendar arithmetic on integers (proleptic Gregorian), because a ruling must come out the same on every machine. */

const DAY = 86_400_000;

export type Civil = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
};

/** Days since 1970-01-01 of a civil date; algorithm by counting eras of 400 years. */
export function daysFromCivil({ year, month, day }: Civil): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear =
    Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilFromDays(days: number): Civil {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** The civil date at an instant, that many minutes east of UTC. */
export function civilAt(at: number, offsetMinutes: number): Civil {
  return civilFromDays(Math.floor((at + offsetMinutes * 60_000) / DAY));
}

/** The instant at which a civil date begins, that many minutes east of UTC. */
export function startOf(date: Civil, offsetMinutes: number): number {
  return daysFromCivil(date) * DAY - offsetMinutes * 60_000;
}

/** The same time of day so many months later; the last day of the month where the day does not exist. */
export function addMonths(
  at: number,
  months: number,
  offsetMinutes: number,
): number {
  const local = at + offsetMinutes * 60_000;
  const { year, month, day } = civilFromDays(Math.floor(local / DAY));
  const total = year * 12 + (month - 1) + months;
  const first = {
    year: Math.floor(total / 12),
    month: (total % 12) + 1,
    day: 1,
  };
  const next = total + 1;
  const length =
    daysFromCivil({
      year: Math.floor(next / 12),
      month: (next % 12) + 1,
      day: 1,
    }) - daysFromCivil(first);
  const days = daysFromCivil({ ...first, day: Math.min(day, length) });
  return (
    days * DAY +
    (local - Math.floor(local / DAY) * DAY) -
    offsetMinutes * 60_000
  );
}

/** The earliest instant that a partial date (2019, 2019-05, 2019-05-03) can mean. */
export function earliest(date: string, offsetMinutes: number): number {
  const [year, month, day] = date.split("-").map(Number);
  return startOf(
    { year: year ?? 1970, month: month ?? 1, day: day ?? 1 },
    offsetMinutes,
  );
}

/** The latest day on which what a partial date says can have begun: the beginning of the last day of its year, month or day. */
export function latestDay(date: string, offsetMinutes: number): number {
  const [year = 1970, month, day] = date.split("-").map(Number);
  if (day !== undefined) return earliest(date, offsetMinutes);
  const next =
    month === undefined || month === 12
      ? { year: year + 1, month: 1, day: 1 }
      : { year, month: month + 1, day: 1 };
  return startOf(next, offsetMinutes) - DAY;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** 2026-03-01. */
export function showDate({ year, month, day }: Civil): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** 2026-03-01 08:00, in the office's own time. */
export function showInstant(at: number, offsetMinutes: number): string {
  const { year, month, day } = civilAt(at, offsetMinutes);
  const minutes = Math.floor((at + offsetMinutes * 60_000) / 60_000) % 1440;
  return `${year}-${two(month)}-${two(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** 2026-03, in the office's own time: the month that a bill is for. */
export function monthOf(at: number, offsetMinutes: number): string {
  const { year, month } = civilAt(at, offsetMinutes);
  return `${year}-${two(month)}`;
}

/** 2026q4, in UTC: the quarter that a usage log is for. */
export function quarterOf(at: number): string {
  const { year, month } = civilAt(at, 0);
  return `${year}q${Math.floor((month - 1) / 3) + 1}`;
}

/** The instants between which a quarter lies, in UTC. */
export function quarterSpan(quarter: string): {
  readonly from: number;
  readonly to: number;
} {
  const year = Number(quarter.slice(0, 4));
  const first = (Number(quarter.slice(5)) - 1) * 3;
  const at = (months: number): number =>
    startOf(
      {
        year: year + Math.floor(months / 12),
        month: (months % 12) + 1,
        day: 1,
      },
      0,
    );
  return { from: at(first), to: at(first + 3) };
}
