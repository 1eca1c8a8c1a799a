import type { FC } from "hono/jsx";
import type {
  AuthorisationsView,
  AuthorisationView,
  ProcedureView,
  StepLine,
} from "./authorisations.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { StepsInTime } from "./pictures.tsx";
import { Table } from "./table.tsx";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { citesIn } from "./lang/law-in.ts";
import { thisOffice } from "./this-office.ts";
import { sayList, sayNumber } from "./lang/figures.ts";

/** Who may operate which datasets, alone or beside others, until when, and how that came about. */
export const AuthorisationsPage: FC<{ readonly view: AuthorisationsView }> = ({
  view,
}) => (
  <Frame
    title={say("Who may operate the data")}
    json="/authorisations.json"
    lead={
      <>
        <h1>{say("Who may operate the data")}</h1>
        <p>
          {sayWith(
            "Every authorisation that {office} granted or confirmed, and every procedure by which an operator is chosen, as its entries say on {at}. What was withdrawn stays.",
            { office: thisOffice(view.title), at: <When at={view.at} /> },
          )}
        </p>
      </>
    }
  >
    <section>
      <h2>{say("Authorisations")}</h2>
      <Table
        label={say("Authorisations")}
        caption={say(
          "An exclusive right stands with its ground, its end and the day on which it is looked at again.",
        )}
        none={say("Nobody is authorised to operate anything.")}
        head={columns(
          ...[say("Authorisation"), say("Operator"), say("Datasets")],
          ...[say("From"), say("Until"), say("Exclusive")],
          ...[say("Looked at again"), say("Price ceilings")],
          say("Refused meanwhile"),
        )}
        rows={view.authorisations.map((one) => [
          <>
            {one.authorisation}
            {one.inForce ? "" : ` ${say("(not in force)")}`}
            {one.confirms === undefined
              ? ""
              : say(", confirms {reported}", { reported: one.confirms })}
          </>,
          one.operator,
          sayList(one.datasets),
          <When at={one.from} />,
          one.to === undefined ? say("no end") : <When at={one.to} />,
          sayExclusive(one),
          <When at={one.exclusive?.review ?? ""} />,
          one.ceilings.join(say("; ")) || say("none"),
          sayList(
            one.refused.map(({ organisation, entry }) =>
              say("{who} (entry {entry})", {
                who: organisation,
                entry: sayNumber(entry),
              }),
            ),
          ) || say("nobody"),
        ])}
      />
      {view.authorisations.map((one) => (
        <>
          <h3>
            {say("How {authorisation} came about", {
              authorisation: one.authorisation,
            })}
          </h3>
          <Timeline label={one.authorisation} steps={one.steps} />
          {one.lacks.length > 0 && (
            <p>
              {say("Not known from the register: {what}.", {
                what: sayList(one.lacks),
              })}
            </p>
          )}
        </>
      ))}
    </section>
    <section>
      <h2>{say("Procedures")}</h2>
      {view.procedures.length === 0 && (
        <p>{say("No procedure was opened as acts of its own.")}</p>
      )}
      {view.procedures.map((one) => (
        <Procedure procedure={one} />
      ))}
    </section>
  </Frame>
);

const Procedure: FC<{ readonly procedure: ProcedureView }> = ({
  procedure: one,
}) => (
  <>
    <h3>{one.procedure}</h3>
    <p>
      {say(
        one.exclusive
          ? "{body} chooses who may operate {datasets}, exclusively, by {method}."
          : "{body} chooses who may operate {datasets}, by {method}.",
        {
          ...{ body: one.body, datasets: sayList(one.datasets) },
          method: sayWord(one.method),
        },
      )}{" "}
      {one.next === undefined
        ? say("{state}.", { state: one.state })
        : say("{state}; next: {next}.", {
            state: one.state,
            next: sayWord(one.next),
          })}{" "}
      {one.bidders.length > 0 &&
        say("Who bid: {bidders}.", { bidders: sayList(one.bidders) })}
    </p>
    <Timeline label={one.procedure} steps={one.steps} />
  </>
);

const Timeline: FC<{
  readonly label: string;
  readonly steps: readonly StepLine[];
}> = ({ label, steps }) => (
  <>
    <StepsInTime steps={steps} />
    <Table
      label={say("Steps of {what}", { what: label })}
      caption={say(
        "Each step, the day that was stated, and the entry that states it.",
      )}
      none={say("No step stands in the register.")}
      head={columns(say("Step"), say("Day"), say("Entry"), say("Entered"))}
      rows={steps.map((step) => [
        step.what,
        <When at={step.on ?? ""} />,
        sayNumber(step.entry),
        <When at={step.entered} />,
      ])}
    />
  </>
);

function columns(...names: readonly string[]) {
  return names.map((name) => [name, false] as const);
}

function sayExclusive({ exclusive }: AuthorisationView): string {
  if (exclusive === undefined) return say("no");
  return exclusive.ground === undefined
    ? say("yes, no ground stated")
    : say("yes, {rule} ({cites})", {
        rule: exclusive.ground,
        cites: citesIn(exclusive.cites ?? ""),
      });
}
