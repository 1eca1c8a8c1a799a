import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import { Frame } from "./frame.tsx";
import type { RegistrationLine, RegistrationsView } from "./registrations.ts";
import { Table } from "./table.tsx";
import { kindInWords } from "./words.ts";

type Props = { readonly view: RegistrationsView };

const STATES: Readonly<Record<RegistrationLine["state"], string>> = {
  applied: "applied for",
  asked: "waits for its applicant",
  accepted: "accepted, in review",
  reviewed: "reviewed",
  noticed: "in public notice",
  objected: "objected to",
  inForce: "in force",
  cancelling: "in force, being cancelled",
  refused: "refused",
  stopped: "ended by an objection",
  cancelled: "cancelled",
  revoked: "revoked",
  lapsed: "lapsed",
};

/** What is registered, how far it has come, and to what one may object now. */
export const RegistrationsPage: FC<Props> = ({ view }) => (
  <Frame
    title="Registrations"
    json="/registrations.json"
    lead={
      <>
        <h1>Registrations</h1>
        <p>
          Which data and products are registered with{" "}
          {view.title === "" ? "this office" : view.title}, as its acts say on{" "}
          {view.at}. Each step is an entry of the log.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/due">What is due</a>. <a href="/">The office in one page</a>.
      </p>
    }
  >
    <section>
      <h2>Open notices</h2>
      <Table
        label="Open notices"
        caption="Until then anybody may object, under their real name and with evidence, to the registry. Who objects is told to nobody else."
        none="No notice is open."
        head={[
          ["Registrant", false],
          ["Type", false],
          ["Data", false],
          ["What it is", false],
          ["Until", false],
          ["Entry", true],
        ]}
        rows={view.notices.map((one) => [
          one.registrant,
          one.type,
          one.title,
          one.description,
          one.until,
          showCount(one.entry),
        ])}
      />
    </section>
    <section>
      <h2>All registrations</h2>
      {view.inAll > view.registrations.length && (
        <p>
          There are {showCount(view.inAll)} in all; these are the newest{" "}
          {showCount(view.registrations.length)}.
        </p>
      )}
      <Table
        label="All registrations"
        caption="The newest first. What may come next is what the rules allow, whoever does it."
        none="Nothing was registered."
        head={[
          ["Data", false],
          ["Of", false],
          ["Registrant", false],
          ["State", false],
          ["Code", false],
          ["Valid", false],
          ["Objections", false],
          ["Steps", false],
          ["May come next", false],
        ]}
        rows={view.registrations.map((one) => [
          one.title,
          one.resource,
          one.registrant,
          STATES[one.state],
          one.code ?? "none",
          one.valid === undefined
            ? "not yet"
            : `${one.valid.from} until ${one.valid.until}`,
          objectionsOf(one),
          <ol>
            {one.steps.map(({ kind, at, entry }) => (
              <li>
                {kindInWords(kind)}, {at}, entry {showCount(entry)}
              </li>
            ))}
          </ol>,
          one.next.map(kindInWords).join("; ") || "a new application",
        ])}
      />
    </section>
  </Frame>
);

function objectionsOf({ objections: { open, decided } }: RegistrationLine) {
  return open + decided === 0
    ? "none"
    : `${showCount(open)} open, ${showCount(decided)} decided`;
}
