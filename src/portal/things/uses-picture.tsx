import type { FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import type { PermitView } from "./permits.ts";
import { inNumber } from "./show.ts";

const HIGH = 100;
const WIDE = 24;
const LEAST_MONTHS = 2;

/** Uses by month, one bar each; of a single month the table says it all. */
export const UsesPicture: FC<{ readonly rows: PermitView["uses"] }> = ({
  rows,
}) => {
  const months = byMonth(rows);
  if (months.length < LEAST_MONTHS) return null;
  const most = Math.max(1, ...months.map(([, uses]) => uses));
  const [first] = months[0] ?? [""];
  const [last] = months.at(-1) ?? [""];
  return (
    <figure>
      <figcaption>
        {say("Uses by month, {from} to {to}; the highest bar is {most}.", {
          from: first,
          to: last,
          most: inNumber(most),
        })}
      </figcaption>
      <svg
        class="bar months"
        viewBox={`0 0 ${months.length * WIDE} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={months
          .map(([month, uses]) => `${month}: ${inNumber(uses)}`)
          .join("; ")}
      >
        {months.map(([month, uses], place) => {
          const high = Math.round((uses * HIGH) / most);
          return (
            <rect
              x={place * WIDE + 2}
              y={HIGH - high}
              width={WIDE - 4}
              height={high}
              fill="var(--accent)"
            >
              <title>{`${month}: ${inNumber(uses)}`}</title>
            </rect>
          );
        })}
      </svg>
    </figure>
  );
};

/** Every month from the first to the last: one without a use is a gap that is seen. */
function byMonth(
  rows: PermitView["uses"],
): readonly (readonly [month: string, uses: number])[] {
  const uses = new Map<string, number>();
  for (const one of rows)
    uses.set(one.month, (uses.get(one.month) ?? 0) + one.uses);
  const known = [...uses.keys()].toSorted();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: (readonly [string, number])[] = [];
  for (let month = first; month <= last; month = after(month))
    all.push([month, uses.get(month) ?? 0]);
  return all;
}

function after(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${next[0]}-${String(next[1]).padStart(2, "0")}`;
}
