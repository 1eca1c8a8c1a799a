import type { FC, PropsWithChildren } from "hono/jsx";
import { showCount, showMoney } from "../audit/says.ts";
import type { Overview } from "./overview.ts";
import { uncountedText } from "./uncounted.ts";

type Props = { readonly overview: Overview };

/** The four numbers that an office of this kind is asked for first, each with how it was computed. */
export const Figures: FC<Props> = ({ overview: o }) => {
  const { served, known, notServed } = o.coverage;
  const currencies = Object.keys(o.charged.total);
  const money = currencies.length === 0 ? [undefined] : currencies;
  return (
    <>
      <p>
        <strong>
          {served.length} of {known} known systems are served through this gate.{" "}
          {notServed.length} are not.
        </strong>
      </p>
      <How>
        Systems that acts have registered; one is served when a dataset of it
        may be asked for through this gate. What nobody registered is not
        counted.
      </How>
      <svg
        class="bar"
        viewBox={`0 0 ${Math.max(1, known)} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${served.length} of ${known} systems served`}
      >
        <rect width={known} height="1" fill="var(--line)" />
        <rect width={served.length} height="1" fill="var(--accent)" />
      </svg>
      <ul class="figures">
        <li>
          <b>
            {money
              .map((c) => showMoney(inCurrency(o.charged.total, c), c))
              .join(", ")}
          </b>{" "}
          charged in {o.charged.year}, of which{" "}
          <strong>
            {money
              .map((c) => showMoney(inCurrency(o.charged.withoutGround, c), c))
              .join(", ")}{" "}
            without ground or approval
          </strong>
          <How>
            Sum of the charges of all {showCount(o.charged.uses)} uses under
            permits of the year, from the usage logs; a charge has a ground when
            its fee standard in the register names one.{" "}
            {uncountedText(o.charged.uncounted)}
          </How>
        </li>
        <li>
          <b>{showCount(o.counts.refused)}</b> refused acts, of{" "}
          {showCount(o.counts.acts)}
          <How>
            Entries of the register log of type act with the outcome refused.
          </How>
        </li>
        <li>
          <b>{showCount(o.due.open)}</b> <a href="/due">due</a>,{" "}
          {showCount(o.due.missed)} missed
          <How>
            Questions that wait for an answer, calendars and what ends and must
            be followed, worked out from the register; missed is what was done
            after its time or is still to be done behind it.
          </How>
        </li>
        <li>
          <b>{showCount(o.permitsInForce)}</b> permits in force
          <How>
            Granted, not revoked, inside their dates, for a product that is
            still offered.
          </How>
        </li>
        <li>
          <b>{watchedBy(o)}</b> {watchedHow(o)}
          <How>
            {o.watchers.policy === undefined
              ? "No act has adopted a witness policy."
              : "The register holds a witness policy; a checkpoint is public only when its quorum has cosigned. A witness on the office's own machine could be made to forget with it."}
          </How>
        </li>
      </ul>
    </>
  );
};

function inCurrency(
  sums: Readonly<Record<string, number>>,
  currency: string | undefined,
): number {
  return currency === undefined ? 0 : (sums[currency] ?? 0);
}

type Watched = {
  readonly watchers: Pick<
    Overview["watchers"],
    "policy" | "witnesses" | "sameMachine"
  >;
};

export function watchedBy({ watchers: { witnesses } }: Watched): string {
  if (witnesses === undefined || witnesses === 0) return "Nobody outside";
  return witnesses === 1 ? "One witness" : `${witnesses} witnesses`;
}

export function watchedHow({ watchers }: Watched): string {
  if (watchers.policy === undefined)
    return "watches this log: its times and its completeness are the office's word";
  if (watchers.witnesses === undefined)
    return "is known to watch this log: the paper of its witness policy is not here, or is no policy";
  if (watchers.witnesses === 0)
    return "watches this log: its witness policy names nobody";
  return watchers.sameMachine
    ? "watches this log, on this machine: not independent"
    : "named by the office cosign this log";
}

const How: FC<PropsWithChildren> = ({ children }) => (
  <details>
    <summary>how computed</summary>
    {children}
  </details>
);
