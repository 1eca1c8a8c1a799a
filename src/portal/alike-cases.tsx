import type { FC } from "hono/jsx";
import type { AlikeDecision } from "../register/alike-decisions.ts";
import { inForce, type ReadRegister } from "../register/register.ts";
import { sayInstant } from "./lang/figures.ts";
import { say } from "./lang/say.ts";
import { titleOf } from "./lang/title-in.ts";
import { Table } from "./table.tsx";

/** What is asked for in a case. */
export type Case = {
  readonly organisation: string;
  readonly product: string;
  readonly purpose: string;
  /** Its own application and permit, as far as it has them: it is no case like itself. */
  readonly own: readonly string[];
};

type Props = {
  /** Undefined where an act decides something that is not registered. */
  readonly asked: Case | undefined;
  /** Those of others, which the rules look at too. */
  readonly alike: readonly AlikeDecision[];
  readonly register: ReadRegister;
  readonly now: number;
};

/** How cases like this one were decided, for others and for the organisation itself. */
export const Alike: FC<Props> = (props) => {
  const { asked, register } = props;
  return (
    <section aria-labelledby="alike">
      <h2 id="alike">{say("How cases like this one were decided")}</h2>
      <Table
        label={say("Cases like this one")}
        caption={say(
          "The same product and purpose, and an organisation of the same class of payers or the same organisation; the newest first.",
        )}
        head={[
          [say("Outcome"), false],
          [say("Organisation"), false],
          [say("When"), false],
          [say("Entry"), false],
        ]}
        none={say("No other case like this one was decided yet.")}
        rows={casesFor(props)
          .toReversed()
          .slice(0, SHOWN)
          .map((one) => [
            <span class={REFUSING.has(one.outcome) ? "refused" : "granted"}>
              {sayDecision(one)}
            </span>,
            named(one, asked, register),
            sayInstant(one.at, register.offsetMinutes),
            <a href={`/acts/${one.entry}`}>{one.entry}</a>,
          ])}
      />
    </section>
  );
};
const SHOWN = 50;

/** With the earlier ones of the organisation itself, at which the rules do not look; in the order of their entries. */
function casesFor({
  asked,
  alike,
  register,
  now,
}: Props): readonly AlikeDecision[] {
  const own = asked === undefined ? [] : ownCases(register, asked, now);
  return [...alike, ...own].toSorted((a, b) => a.entry - b.entry);
}

function ownCases(
  { applications, permits, permitsOf }: ReadRegister,
  { organisation, product, purpose, own }: Case,
  now: number,
): readonly AlikeDecision[] {
  const isOwn = (id: string | undefined) =>
    id !== undefined && own.includes(id);
  const granted = (permitsOf.get(`${organisation} ${product}`) ?? [])
    .flatMap((id) => permits.get(id) ?? [])
    .filter(
      ({ act }) =>
        act.purpose === purpose && !isOwn(act.permit) && !isOwn(act.decides),
    )
    .map((permit): AlikeDecision => ({
      ...{ outcome: "granted", id: permit.act.permit, organisation },
      ...{ entry: permit.entry, at: permit.at },
      isInForce: inForce(permit, now),
    }));
  const refused = [...applications.values()].flatMap(
    ({ act, decided }): AlikeDecision[] =>
      decided?.outcome === "refused" &&
      act.organisation === organisation &&
      act.product === product &&
      act.purpose === purpose &&
      !isOwn(act.application)
        ? [
            {
              ...{ outcome: "refused", id: act.application, organisation },
              ...{ entry: decided.entry, at: decided.at },
            },
          ]
        : [],
  );
  return [...granted, ...refused];
}

function named(
  { organisation }: AlikeDecision,
  asked: Case | undefined,
  { organisations }: ReadRegister,
): string {
  const title = titleOf(organisations.get(organisation), organisation);
  return organisation === asked?.organisation
    ? say("{title} (the same organisation)", { title })
    : title;
}

const REFUSING: ReadonlySet<string> = new Set(["refused", "renewalRefused"]);

function sayDecision({ outcome, isInForce }: AlikeDecision): string {
  switch (outcome) {
    case "refused":
      return say("refused");
    case "extended":
      return say("taken longer");
    case "renewed":
      return say("renewal granted");
    case "renewalRefused":
      return say("renewal refused");
    case "granted":
      return isInForce === true
        ? say("granted, in force")
        : say("granted, over");
  }
}
