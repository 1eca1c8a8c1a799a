import type { FC, PropsWithChildren } from "hono/jsx";
import { Frame } from "./frame.tsx";
import { type Message, say, sayWith } from "./lang/say.ts";
import type { RegistrationLine, RegistrationsView } from "./registrations.ts";
import { Table } from "./table.tsx";
import { kindInWords, sayResource } from "./kinds.ts";
import { English, When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { thisOffice } from "./this-office.ts";
import { sayNumber } from "./lang/figures.ts";

type Props = { readonly view: RegistrationsView };

const STATES: Readonly<Record<RegistrationLine["state"], Message>> = {
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
export const RegistrationsPage: FC<PropsWithChildren<Props>> = ({
  view,
  children,
}) => (
  <Frame
    title={say("Registrations")}
    json="/registrations.json"
    lead={
      <>
        <h1>{say("Registrations")}</h1>
        <p>
          {sayWith(
            "Which data and products are registered with {office}, as its acts say on {at}. Each step is an entry of the log.",
            { office: thisOffice(view.title), at: <When at={view.at} /> },
          )}
        </p>
      </>
    }
  >
    <section>
      <h2>{say("Open notices")}</h2>
      <Table
        label={say("Open notices")}
        caption={say(
          "Until then anybody may object, under their real name and with evidence, to the registry. Who objects is told to nobody else.",
        )}
        none={say("No notice is open.")}
        head={[
          [say("Registrant"), false],
          [say("Type"), false],
          [say("Data"), false],
          [say("What it is"), false],
          [say("Until"), false],
          [say("Entry"), true],
        ]}
        rows={view.notices.map((one) => [
          one.registrant,
          sayWord(one.type),
          one.title,
          <English text={one.description} />,
          <When at={one.until} />,
          sayNumber(one.entry),
        ])}
      />
      <p>
        <a href="/objections">{say("What can be objected to")}</a>
      </p>
    </section>
    <section>
      <h2>{say("All registrations")}</h2>
      {view.inAll > view.registrations.length && (
        <p>
          {say("There are {all} in all; these are the newest {shown}.", {
            all: sayNumber(view.inAll),
            shown: sayNumber(view.registrations.length),
          })}
        </p>
      )}
      <Table
        label={say("All registrations")}
        caption={say(
          "The newest first. What may come next is what the rules allow, whoever does it.",
        )}
        none={say("Nothing was registered.")}
        head={[
          [say("Data"), false],
          [say("Of"), false],
          [say("Registrant"), false],
          [say("State"), false],
          [say("Code"), false],
          [say("Valid"), false],
          [say("Objections"), false],
          [say("Steps taken"), false],
          [say("May come next"), false],
        ]}
        rows={view.registrations.map((one) => [
          one.title,
          sayResource(one.resource),
          one.registrant,
          say(STATES[one.state]),
          one.code ?? say("none"),
          one.valid === undefined
            ? say("not yet")
            : sayWith("{from} until {until}", {
                from: <When at={one.valid.from} />,
                until: <When at={one.valid.until} />,
              }),
          objectionsOf(one),
          <ol>
            {one.steps.map(({ kind, at, entry }) => (
              <li>
                {sayWith("{what}, {at}, entry {entry}", {
                  what: kindInWords(kind),
                  at: <When at={at} />,
                  entry: sayNumber(entry),
                })}
              </li>
            ))}
          </ol>,
          one.next.map(kindInWords).join(say("; ")) || say("a new application"),
        ])}
      />
    </section>
    {children}
  </Frame>
);

function objectionsOf({ objections: { open, decided } }: RegistrationLine) {
  return open + decided === 0
    ? say("none")
    : say("{open} open, {decided} decided", {
        open: sayNumber(open),
        decided: sayNumber(decided),
      });
}
