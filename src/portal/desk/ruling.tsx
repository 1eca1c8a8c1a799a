import { sayInstant } from "../lang/figures.ts";
import { titleOf } from "../lang/title-in.ts";
import type { FC } from "hono/jsx";
import type { Act } from "../../acts/act.ts";
import type { Ruling } from "../../acts/entry.ts";
import { effectFrom } from "../../register/delays.ts";
import type { ReadRegister } from "../../register/register.ts";
import { lawOf } from "../../rules/law.ts";
import { say, sayCount, sayWith } from "../lang/say.ts";
import { findingOf } from "../findings-of.ts";
import type { Office } from "../../office/office.ts";
import { sentenceOf } from "../acts/badge.ts";
import { citesIn } from "../lang/law-in.ts";

type Told = ReturnType<Office["explain"]>;

/** What the rules say of an act, and why: the sentence first, the article behind it. */
export const Ruled: FC<{
  ruling: Ruling;
  act: Act;
  register: ReadRegister;
  /** When it was ruled. */
  at: number;
}> = ({ ruling, act, register, at }) => {
  const findings =
    ruling.outcome === "refused" ? ruling.findings : ruling.flags;
  const lines = findings.map((one) => findingOf(register, act, one, at));
  const isRefused = ruling.outcome === "refused";
  return (
    <>
      {lines.length > 0 && (
        <>
          <h3>{isRefused ? say("Why") : say("What is noted beside it")}</h3>
          <ul class="plain findings">
            {lines.map((one) => (
              <li>
                <strong>{one.says}</strong>{" "}
                <span class="quiet">
                  {sayWith("({rule}, {cites})", {
                    rule: <a href={`/law/${one.rule}`}>{one.rule}</a>,
                    cites: one.cites,
                  })}
                </span>
                {one.facts !== "" && <div>{one.facts}</div>}
                {isRefused && (
                  <div>
                    {say("What could change that: {next}", {
                      next: one.next,
                    })}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

/** Said before anybody signs. */
const Later: FC<{ act: Act; register: ReadRegister; now: number }> = ({
  act,
  register,
  now,
}) => {
  const from = effectFrom(register, act, now);
  return from === undefined ? null : (
    <p>
      {say(
        "Entered now, it would take effect at {at}: the rulebook lets acts that grant wait, and whoever signs it can disown it until then.",
        { at: sayInstant(from, register.offsetMinutes) },
      )}
    </p>
  );
};

/** How the rules would rule now, which rules looked, and who may state what is missing. */
export const RulingNow: FC<{
  told: Told;
  act: Act;
  register: ReadRegister;
  now: number;
}> = ({ told, act, register, now }) => {
  const { ruling, looked, mayState } = told;
  const isRefused = ruling.outcome === "refused";
  const would = sentenceOf(act, ruling.outcome, "before");
  return (
    <section aria-labelledby="ruling">
      <h2 id="ruling">{say("How the rules would rule now")}</h2>
      <p class="notice">
        <strong class={would.tone}>{would.says}</strong>
      </p>
      {!isRefused && <Later {...{ act, register, now }} />}
      <Ruled {...{ ruling, act, register }} at={now} />
      {mayState.length > 0 && (
        <p>
          {say("Who may state what is missing: {posts}", {
            posts: mayState
              .map((post) => titleOf(register.posts.get(post), post))
              .join(say(", ")),
          })}
        </p>
      )}
      <details>
        <summary>
          {sayCount(
            looked.length,
            "{n} rule looked at it",
            "{n} rules looked at it",
            { n: looked.length },
          )}
        </summary>
        <ul class="plain">
          {looked.map(({ rule, result }) => (
            <li>
              <a href={`/law/${rule}`}>{rule}</a>{" "}
              {say("({cites}):", { cites: citesIn(lawOf(rule).cites) })}{" "}
              {RESULTS[result] === undefined ? result : say(RESULTS[result])}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};

const RESULTS = {
  kept: "kept",
  breach: "broken",
  missing: "something is missing",
  outOfForce: "not in force",
} as const;
