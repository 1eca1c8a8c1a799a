import type { Child, FC } from "hono/jsx";
import { Frame } from "./frame.tsx";
import { sayMoney, sayNumber } from "./lang/figures.ts";
import { say, sayWith } from "./lang/say.ts";
import type { Retention } from "./retention.ts";
import { Table } from "./table.tsx";
import { When, withTimes } from "./when.tsx";

type Props = { readonly retention: Retention };

/** What is kept of uses, until when and why, and what went: each with the entry and the policy that say so. */
export const RetentionPage: FC<Props> = ({ retention: r }) => (
  <Frame
    title={say("What is kept, and until when")}
    json="/retention.json"
    lead={
      <>
        <h1>{say("What is kept, and until when")}</h1>
        <p>
          {say(
            "A usage log is kept until {uses} months after it was closed and after the last permit that was used in it has ended. What opens an entry to the office is kept for {openings} months. Whoever checks the register log computes both again.",
            { uses: r.usesKeptMonths, openings: r.openingsKeptMonths },
          )}
        </p>
      </>
    }
    foot={
      <p>
        {say(
          "The room is what this office measured; everything else follows from the register log.",
        )}
      </p>
    }
  >
    <Kept retention={r} />
    <Dropped retention={r} />
    <Erased retention={r} />
  </Frame>
);

const Kept: FC<Props> = ({ retention }) => (
  <section>
    <h2>{say("Closed usage logs")}</h2>
    <Table
      label={say("Closed usage logs")}
      caption={say("Each with the day from which it may be dropped, and why.")}
      none={say("No usage log is closed and kept.")}
      head={[
        [say("Log"), false],
        [say("Entries"), true],
        [say("Kept until"), false],
        [say("Why"), false],
      ]}
      rows={retention.kept.map((one) => [
        <code>{one.log}</code>,
        sayNumber(one.size),
        keptUntil(one),
        withTimes(one.why),
      ])}
    />
  </section>
);

function keptUntil({ until, mayBeDropped }: Retention["kept"][number]): Child {
  if (until === undefined) return say("kept");
  const at = <When at={until} />;
  return mayBeDropped ? sayWith("{at} (over)", { at }) : at;
}

const Dropped: FC<Props> = ({ retention }) => (
  <section>
    <h2>{say("Dropped usage logs")}</h2>
    <Table
      label={say("Dropped usage logs")}
      caption={say("Of each its head and its totals stand on.")}
      none={say("No usage log was dropped.")}
      head={[
        [say("Log"), false],
        [say("Dropped"), false],
        [say("Policy"), false],
        [say("Room"), false],
        [say("What its totals say"), false],
      ]}
      rows={retention.dropped.map((one) => [
        <code>{one.log}</code>,
        placeOf(one),
        <a href={one.policy}>{say("policy")}</a>,
        roomOf(one.freed),
        <Totals rows={one.totals} size={one.size} />,
      ])}
    />
  </section>
);

const Erased: FC<Props> = ({ retention }) => (
  <section>
    <h2>{say("Erased openings")}</h2>
    <Table
      label={say("Erased openings")}
      caption={say("What opens an entry is gone; the entry stands.")}
      none={say("No openings were erased.")}
      head={[
        [say("Of slots before"), false],
        [say("Erased"), false],
        [say("Openings"), true],
        [say("Policy"), false],
        [say("Room"), false],
      ]}
      rows={retention.erased.map((one) => [
        <When at={one.before} />,
        placeOf(one),
        sayNumber(one.count),
        <a href={one.policy}>{say("policy")}</a>,
        roomOf(one.freed),
      ])}
    />
  </section>
);

function placeOf({ at, entry }: { at: string; entry: number }): Child {
  return sayWith("{at}, entry {entry}", {
    at: <When at={at} />,
    entry: sayNumber(entry),
  });
}

function roomOf(freed: Retention["erased"][number]["freed"]): string {
  if (freed === undefined) return say("its files are still here");
  const bytes = sayNumber(freed.bytes);
  return freed.files === 0
    ? say("{bytes} bytes freed", { bytes })
    : say("{files} files, {bytes} bytes freed", {
        files: sayNumber(freed.files),
        bytes,
      });
}

const Totals: FC<{
  rows: Retention["dropped"][number]["totals"];
  size: number;
}> = ({ rows, size }) => (
  <>
    {say("{n} entries", { n: sayNumber(size) })}
    {rows.length > 0 && (
      <ul class="plain">
        {rows.map((row) => (
          <li>
            {sayWith("{month}, {permit}: {uses} uses", {
              month: <When at={row.month} />,
              permit: row.permit,
              uses: sayNumber(row.uses),
            })}
            {row.charged > 0 &&
              say(", {amount}", {
                amount: sayMoney(row.charged, row.currency),
              })}
          </li>
        ))}
      </ul>
    )}
  </>
);
