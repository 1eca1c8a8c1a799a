import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import type {
  AuthorisationsView,
  AuthorisationView,
  ProcedureView,
  StepLine,
} from "./authorisations.ts";
import { Frame } from "./frame.tsx";
import { Table } from "./table.tsx";

/** Who may operate which datasets, alone or beside others, until when, and how that came about. */
export const AuthorisationsPage: FC<{ readonly view: AuthorisationsView }> = ({
  view,
}) => (
  <Frame
    title="Who may operate the data"
    json="/authorisations.json"
    lead={
      <>
        <h1>Who may operate the data</h1>
        <p>
          Every authorisation that{" "}
          {view.title === "" ? "this office" : view.title} granted or confirmed,
          and every procedure by which an operator is chosen, as its entries say
          on {view.at}. What was withdrawn stays.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/">The office in one page</a>. <a href="/due">What is due</a>.
      </p>
    }
  >
    <section>
      <h2>Authorisations</h2>
      <Table
        label="Authorisations"
        caption="An exclusive right stands with its ground, its end and the day on which it is looked at again."
        none="Nobody is authorised to operate anything."
        head={columns(
          ...["Authorisation", "Operator", "Datasets", "From", "Until"],
          ...[
            "Exclusive",
            "Looked at again",
            "Price ceilings",
            "Refused meanwhile",
          ],
        )}
        rows={view.authorisations.map((one) => [
          <>
            {one.authorisation}
            {one.inForce ? "" : " (not in force)"}
            {one.confirms === undefined ? "" : `, confirms ${one.confirms}`}
          </>,
          one.operator,
          one.datasets.join(", "),
          one.from,
          one.to ?? "no end",
          sayExclusive(one),
          one.exclusive?.review ?? "",
          one.ceilings.join(", ") || "none",
          one.refused
            .map(
              ({ organisation, entry }) =>
                `${organisation} (entry ${showCount(entry)})`,
            )
            .join(", ") || "nobody",
        ])}
      />
      {view.authorisations.map((one) => (
        <>
          <h3>How {one.authorisation} came about</h3>
          <Timeline label={one.authorisation} steps={one.steps} />
          {one.lacks.length > 0 && (
            <p>Not known from the register: {one.lacks.join(", ")}.</p>
          )}
        </>
      ))}
    </section>
    <section>
      <h2>Procedures</h2>
      {view.procedures.length === 0 && (
        <p>No procedure was opened as acts of its own.</p>
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
      {one.body} chooses who may operate {one.datasets.join(", ")}
      {one.exclusive ? ", exclusively" : ""}, by {one.method}. {one.state}
      {one.next === undefined ? "" : `; next: ${one.next}`}.
      {one.bidders.length > 0 && ` Who bid: ${one.bidders.join(", ")}.`}
    </p>
    <Timeline label={one.procedure} steps={one.steps} />
  </>
);

const Timeline: FC<{
  readonly label: string;
  readonly steps: readonly StepLine[];
}> = ({ label, steps }) => (
  <Table
    label={`Steps of ${label}`}
    caption="Each step, the day that was stated, and the entry that states it."
    none="No step stands in the register."
    head={columns("Step", "Day", "Entry", "Entered")}
    rows={steps.map((step) => [
      step.what,
      step.on ?? "",
      showCount(step.entry),
      step.entered,
    ])}
  />
);

function columns(...names: readonly string[]) {
  return names.map((name) => [name, false] as const);
}

function sayExclusive({ exclusive }: AuthorisationView): string {
  if (exclusive === undefined) return "no";
  return exclusive.ground === undefined
    ? "yes, no ground stated"
    : `yes, ${exclusive.ground} (${exclusive.cites ?? ""})`;
}
