import type { FC, PropsWithChildren } from "hono/jsx";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { AnotherDay } from "./law-page.tsx";
import type { PurposesView } from "./purposes.ts";
import { Table } from "./table.tsx";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { citesIn } from "./lang/law-in.ts";
import { thisOffice } from "./this-office.ts";

/** The closed list of what data may be used for, and what was refused since it is not on it. */
export const PurposesPage: FC<
  PropsWithChildren<{ readonly view: PurposesView }>
> = ({ view, children }) => (
  <Frame
    title={say("Purposes")}
    json="/purposes.json"
    lead={
      <>
        <h1>{say("Purposes")}</h1>
        <p>
          {sayWith(
            "What the data of {office} may be used for, as in force {at}. The list is closed: what is not on it is refused, whoever asks.",
            { office: thisOffice(view.office), at: <When at={view.at} /> },
          )}
        </p>
        <AnotherDay path="/purposes" at={view.at} />
      </>
    }
  >
    <section>
      <h2>{say("The list")}</h2>
      <Table
        label={say("Purposes")}
        caption={
          view.rulebook === undefined
            ? say("No rulebook was adopted.")
            : say(
                "Adopted by the rulebook {rulebook}, entry {entry}; a later one can only shorten it.",
                { rulebook: view.rulebook, entry: view.entry ?? 0 },
              )
        }
        none={say("Nothing is on the list.")}
        head={[
          [say("Purpose"), false],
          [say("Title"), false],
          [say("Class"), false],
          [say("On the provision"), false],
          [say("With a case"), false],
          [say("Not for data of"), false],
        ]}
        rows={view.purposes.map((one) => [
          one.purpose,
          one.title,
          sayWord(one.class),
          one.ground === undefined
            ? say("not stated")
            : say("{rule} ({cites})", {
                rule: one.ground,
                cites: citesIn(one.cites ?? ""),
              }),
          one.case ? say("yes") : say("no"),
          one.notIn
            .map(({ where, rulebook }) =>
              say("{what} ({of})", { what: where, of: rulebook }),
            )
            .join(say("; ")),
        ])}
      />
    </section>
    <section>
      <h2>{say("Refused")}</h2>
      <Table
        label={say("Refused purposes")}
        caption={say(
          "Products, permits and applications that were refused for their purpose (V-PUR). Each refusal is an entry of the log.",
        )}
        none={say("Nothing was refused for its purpose.")}
        head={[
          [say("Purpose"), false],
          [say("Times"), true],
          [say("Last"), false],
          [say("Entry"), true],
          [say("Because"), false],
        ]}
        rows={view.refused.map((one) => [
          one.purpose,
          one.times,
          <When at={one.on} />,
          one.entry,
          one.because,
        ])}
      />
    </section>
    {children}
  </Frame>
);
