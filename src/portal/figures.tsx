import { say, sayCount, sayWith } from "./lang/say.ts";
import type { FC, PropsWithChildren } from "hono/jsx";
import type { Overview } from "./overview.ts";
import { uncountedText } from "./uncounted.ts";
import { watchedBy, watchedHow } from "./watched.ts";
import { sayList, sayMoney, sayNumber } from "./lang/figures.ts";

type Props = { readonly overview: Overview };

/** The four numbers that an office of this kind is asked for first, each with how it was computed. */
export const Figures: FC<Props> = ({ overview: o }) => {
  const { served, known, notServed } = o.coverage;
  return (
    <>
      <p>
        <strong>
          {sayWith(
            "{served} of {known} known systems are served through this gate. {others} are not.",
            {
              served: <a href="/systems?show=served">{served.length}</a>,
              known: <a href="/systems">{known}</a>,
              others: <a href="/systems?show=notServed">{notServed.length}</a>,
            },
          )}
        </strong>
      </p>
      <How>
        {say(
          "Systems that acts have registered; one is served when a dataset of it may be asked for through this gate. What nobody registered is not counted.",
        )}
      </How>
      <svg
        class="bar"
        viewBox={`0 0 ${Math.max(1, known)} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say("{served} of {known} systems served", {
          served: served.length,
          known,
        })}
      >
        <rect width={known} height="1" fill="var(--line)" />
        <rect width={served.length} height="1" fill="var(--accent)" />
      </svg>
      <ul class="figures">
        <li>
          <a href="/#charged">
            <b>{sumsOf(o.charged.total)}</b>{" "}
            {sayWith("charged in {year}, of which {without}", {
              year: o.charged.year,
              without: (
                <strong>
                  {say("{amount} without ground or approval", {
                    amount: sumsOf(o.charged.withoutGround),
                  })}
                </strong>
              ),
            })}
          </a>
          <How>
            {say(
              "Sum of the charges of all {uses} uses under permits of the year, from the usage logs; a charge has a ground when its fee standard in the register names one.",
              { uses: sayNumber(o.charged.uses) },
            )}{" "}
            {say(
              "A use is counted here once it is public: of personal data when its hour is over, of others when its minute is.",
            )}{" "}
            {uncountedText(o.charged.uncounted)}
          </How>
        </li>
        <li>
          <a href="/acts?refused=1">
            {sayWith(
              o.counts.refused === 1
                ? "{refused} refused act, of {acts}"
                : "{refused} refused acts, of {acts}",
              {
                refused: <b>{sayNumber(o.counts.refused)}</b>,
                acts: sayNumber(o.counts.acts),
              },
            )}
          </a>
          <How>
            {say(
              "Entries of the register log of type act with the outcome refused.",
            )}
          </How>
        </li>
        <li>
          <Due due={o.due} />
          <How>
            {say(
              "Questions that wait for an answer, calendars and what ends and must be followed, worked out from the register; missed is what was done after its time or is still to be done behind it. Who missed it are the bodies whose posts were to do it.",
            )}
          </How>
        </li>
        <li>
          <a href="/permits?show=inForce">
            {sayWith(
              o.permitsInForce === 1
                ? "{n} permit in force"
                : "{n} permits in force",
              { n: <b>{sayNumber(o.permitsInForce)}</b> },
            )}
          </a>
          <br />
          <a href="/#prices">{say("who may use what, at which price")}</a>
          <How>
            {say(
              "Granted, not revoked, inside their dates, for a product that is still offered.",
            )}
          </How>
        </li>
        <li>
          <a href="/overrides#in-force">
            {sayWith("{n} in force against a rule", {
              n: <b>{sayNumber(o.overridesInForce)}</b>,
            })}
          </a>
          <How>
            {say(
              "Decisions against a rule whose effect has not ended, whether somebody looked at them again or not.",
            )}
          </How>
        </li>
        <li>
          <a href="/log">
            <b>{watchedBy(o)}</b> {watchedHow(o)}
          </a>
          <How>
            {o.watchers.policy === undefined
              ? say("No act has adopted a witness policy.")
              : say(
                  "The register holds a witness policy; a checkpoint is public only when its quorum has cosigned. A witness on the office's own machine could be made to forget with it.",
                )}
          </How>
        </li>
      </ul>
    </>
  );
};

/** What presses first, and whoever let a day go by, by their bodies. */
const Due: FC<{ due: Overview["due"] }> = ({ due }) => {
  const { open, today: tonight } = due;
  const { applications, others } = tonight;
  const today = [
    ...(applications === 0
      ? []
      : [
          sayCount(
            applications,
            "{n} application due today",
            "{n} applications due today",
            { n: sayNumber(applications) },
          ),
        ]),
    ...(others === 0
      ? []
      : [
          sayCount(
            others,
            "{n} other deadline today",
            "{n} other deadlines today",
            { n: sayNumber(others) },
          ),
        ]),
  ];
  return (
    <>
      <a href="/due#open">
        {sayWith("{open} {due}", {
          open: <b>{sayNumber(open)}</b>,
          due: say("due"),
        })}
      </a>
      {today.length > 0 && `${say(": ")}${sayList(today)}`}
      <br />
      {due.missed === 0 ? (
        sayMissed(due)
      ) : (
        <a href="/due#missed">{sayMissed(due)}</a>
      )}
    </>
  );
};

function sayMissed({
  missed,
  missedBy,
  missedByMore,
}: Overview["due"]): string {
  const n = sayNumber(missed);
  const [only] = missedBy;
  if (missed === 0) return say("no deadline missed");
  if (only === undefined)
    return sayCount(missed, "{n} deadline missed", "{n} deadlines missed", {
      n,
    });
  const who =
    only.n === missed
      ? only.body
      : sayList([
          ...missedBy.map(({ body, n: own }) =>
            say("{body} ({n})", { body, n: sayNumber(own) }),
          ),
          ...(missedByMore === 0
            ? []
            : [say("{n} more", { n: sayNumber(missedByMore) })]),
        ]);
  return sayCount(
    missed,
    "{n} deadline missed, by {who}",
    "{n} deadlines missed, by {who}",
    { n, who },
  );
}

/** Each currency apart: sums of different ones are no sum. */
function sumsOf(sums: Readonly<Record<string, number>>): string {
  const all = Object.entries(sums);
  return all.length === 0
    ? sayNumber(0)
    : sayList(all.map(([currency, sum]) => sayMoney(sum, currency)));
}

const How: FC<PropsWithChildren> = ({ children }) => (
  <details>
    <summary>{say("how computed")}</summary>
    {children}
  </details>
);
