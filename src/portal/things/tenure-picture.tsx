import type { FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import type { PostView } from "./posts.ts";
import type { When } from "./show.ts";

const WIDE = 1_000;
const ROW = 14;
const LEAST = 3;

type Bar = {
  readonly says: string;
  readonly possible: readonly [from: number, to: number];
  readonly certain: readonly [from: number, to: number];
};

/** Who held the post when, one bar each: full where it is certain, pale where it is only possible. The table behind it says the same. */
export const TenurePicture: FC<{
  readonly view: PostView;
  readonly when: When;
}> = ({ view, when }) => {
  const bars = barsOf(view, when);
  if (bars.length === 0) return null;
  const first = Math.min(...bars.map(({ possible }) => possible[0]));
  const last = Math.max(view.at, ...bars.map(({ possible }) => possible[1]));
  const x = (at: number): number =>
    Math.round(((at - first) / Math.max(1, last - first)) * WIDE);
  return (
    <figure>
      <figcaption>
        {say(
          "From {from} to {to}, one bar for each tenure: pale where it is possible, full where it is certain.",
          {
            from: when(first),
            to: when(last),
          },
        )}
      </figcaption>
      <svg
        class="bar times"
        viewBox={`0 0 ${WIDE} ${bars.length * ROW}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={bars.map(({ says }) => says).join("; ")}
      >
        {bars.map(({ says, possible, certain }, place) => (
          <g>
            <title>{says}</title>
            <rect
              x={x(possible[0])}
              y={place * ROW + 2}
              width={Math.max(LEAST, x(possible[1]) - x(possible[0]))}
              height={ROW - 4}
              fill="var(--accent)"
              fill-opacity=".3"
            />
            {certain[1] > certain[0] && (
              <rect
                x={x(certain[0])}
                y={place * ROW + 2}
                width={Math.max(LEAST, x(certain[1]) - x(certain[0]))}
                height={ROW - 4}
                fill="var(--accent)"
              />
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
};

/** A tenure without an end reaches to now. */
function barsOf(view: PostView, when: When): readonly Bar[] {
  const told = view.reportedHolders.map((one): Bar => {
    const to = one.possibleTo ?? view.at;
    return {
      says: say("person {person}: {from} to {to}", {
        person: one.person,
        from: one.from,
        to: one.to ?? say("not told"),
      }),
      possible: [one.possibleFrom, to],
      certain: [one.certainFrom, one.certainTo ?? one.certainFrom],
    };
  });
  const held = view.holders.map(({ person, span }): Bar => {
    const to = Math.min(span.to ?? view.at, Math.max(view.at, span.from));
    return {
      says: say("person {person}: {from} to {to}", {
        person,
        from: when(span.from),
        to: span.to === undefined ? say("no end") : when(span.to),
      }),
      possible: [span.from, to],
      certain: [span.from, to],
    };
  });
  return [...told, ...held];
}
