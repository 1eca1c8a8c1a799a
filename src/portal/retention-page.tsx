import type { Child, FC } from "hono/jsx";
import { showCount, showMoney } from "../audit/says.ts";
import type { Retention } from "./retention.ts";

type Props = { readonly retention: Retention };

/** What is kept of uses, until when and why, and what went: each with the entry and the policy that say so. */
export const RetentionPage: FC<Props> = ({ retention: r }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`What is kept, and until when: ${r.title}`}</title>
      <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      <link rel="stylesheet" href="/style.css" />
      <link rel="alternate" type="application/json" href="/retention.json" />
    </head>
    <body>
      <header>
        <h1>What is kept, and until when</h1>
        <p>
          A usage log is kept until {r.usesKeptMonths} months after it was
          closed and after the last permit that was used in it has ended. What
          opens an entry to the office is kept for {r.openingsKeptMonths}{" "}
          months. Whoever checks the register log computes both again.
        </p>
      </header>
      <main id="main">
        <Table
          title="Closed usage logs"
          none="No usage log is closed and kept."
          names={["Log", "Entries", "Kept until", "Why"]}
          rows={r.kept.map((one) => [
            <code>{one.log}</code>,
            showCount(one.size),
            one.until === undefined
              ? "kept"
              : `${one.until}${one.mayBeDropped ? " (over)" : ""}`,
            one.why,
          ])}
        />
        <Table
          title="Dropped usage logs"
          none="No usage log was dropped."
          names={["Log", "Dropped", "Policy", "Room", "What its totals say"]}
          rows={r.dropped.map((one) => [
            <code>{one.log}</code>,
            `${one.at}, entry ${showCount(one.entry)}`,
            <a href={one.policy}>policy</a>,
            <Room freed={one.freed} />,
            <Totals rows={one.totals} size={one.size} />,
          ])}
        />
        <Table
          title="Erased openings"
          none="No openings were erased."
          names={["Of slots before", "Erased", "Openings", "Policy", "Room"]}
          rows={r.erased.map((one) => [
            one.before,
            `${one.at}, entry ${showCount(one.entry)}`,
            showCount(one.count),
            <a href={one.policy}>policy</a>,
            <Room freed={one.freed} />,
          ])}
        />
      </main>
      <footer class="quiet">
        <p>
          <a href="/">The office</a>.{" "}
          <a href="/retention.json">This page as JSON</a>. The room is what this
          office measured; everything else follows from the register log.
        </p>
      </footer>
    </body>
  </html>
);

const Room: FC<{ freed: { files: number; bytes: number } | undefined }> = ({
  freed,
}) => (
  <>
    {freed === undefined
      ? "its files are still here"
      : `${freed.files === 0 ? "" : `${showCount(freed.files)} files, `}${showCount(freed.bytes)} bytes freed`}
  </>
);

const Totals: FC<{
  rows: Retention["dropped"][number]["totals"];
  size: number;
}> = ({ rows, size }) => (
  <>
    {showCount(size)} entries
    {rows.length > 0 && (
      <ul class="plain">
        {rows.map((row) => (
          <li>
            {row.month}, {row.permit}: {showCount(row.uses)} uses
            {row.charged > 0 && `, ${showMoney(row.charged, row.currency)}`}
          </li>
        ))}
      </ul>
    )}
  </>
);

const Table: FC<{
  title: string;
  none: string;
  names: readonly string[];
  rows: readonly (readonly Child[])[];
}> = ({ title, none, names, rows }) => (
  <section>
    <h2>{title}</h2>
    {rows.length === 0 ? (
      <p>{none}</p>
    ) : (
      <div class="scroll" tabindex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              {names.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr>
                {cells.map((cell, index) => (
                  <td data-column={names[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
);
