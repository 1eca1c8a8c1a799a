import type { FC } from "hono/jsx";
import { Frame } from "./frame.tsx";
import type { PurposesView } from "./purposes.ts";
import { Table } from "./table.tsx";

/** The closed list of what data may be used for, and what was refused since it is not on it. */
export const PurposesPage: FC<{ readonly view: PurposesView }> = ({ view }) => (
  <Frame
    title="Purposes"
    json="/purposes.json"
    lead={
      <>
        <h1>Purposes</h1>
        <p>
          What the data of {view.office === "" ? "this office" : view.office}{" "}
          may be used for, as in force {view.at}. The list is closed: what is
          not on it is refused, whoever asks.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/law">The law</a>. <a href="/">The office in one page</a>.
      </p>
    }
  >
    <section>
      <h2>The list</h2>
      <Table
        label="Purposes"
        caption={
          view.rulebook === undefined
            ? "No rulebook was adopted."
            : `Adopted by the rulebook ${view.rulebook}, entry ${view.entry}; a later one can only shorten it.`
        }
        none="Nothing is on the list."
        head={[
          ["Purpose", false],
          ["Title", false],
          ["Class", false],
          ["On the provision", false],
          ["With a case", false],
          ["Not for data of", false],
        ]}
        rows={view.purposes.map((one) => [
          one.purpose,
          one.title,
          one.class,
          one.ground === undefined
            ? "not stated"
            : `${one.ground} (${one.cites})`,
          one.case ? "yes" : "no",
          one.notIn
            .map(({ where, rulebook }) => `${where} (${rulebook})`)
            .join("; "),
        ])}
      />
    </section>
    <section>
      <h2>Refused</h2>
      <Table
        label="Refused purposes"
        caption="Products, permits and applications that were refused for their purpose (V-PUR). Each refusal is an entry of the log."
        none="Nothing was refused for its purpose."
        head={[
          ["Purpose", false],
          ["Times", true],
          ["Last", false],
          ["Entry", true],
          ["Because", false],
        ]}
        rows={view.refused.map((one) => [
          one.purpose,
          one.times,
          one.on,
          one.entry,
          one.because,
        ])}
      />
    </section>
  </Frame>
);
