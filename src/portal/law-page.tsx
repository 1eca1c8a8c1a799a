import type { Child, FC } from "hono/jsx";
import { Frame } from "./frame.tsx";
import type { ConflictLine, LawView, Text } from "./law-view.ts";
import { Table } from "./table.tsx";

type Props = { readonly view: LawView };

/** Every rule that the office knows, and whether, where and with which number it counts on one day. */
export const LawPage: FC<Props> = ({ view }) => (
  <Frame
    title="The law"
    json="/law.json"
    lead={
      <>
        <h1>The law</h1>
        <p>
          The rules by which {view.office === "" ? "this office" : view.office}{" "}
          is decided, as in force {view.at}. Another day:{" "}
          <code>/law?at=2026-05-03</code>.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/purposes">Purposes</a>. <a href="/">The office in one page</a>
        .
      </p>
    }
  >
    <Rulebooks view={view} />
    <Conflicts conflicts={view.conflicts} />
    <section>
      <h2>Rules</h2>
      <Table
        label="Rules"
        caption="Mark: T, T-x and X were read in a binding text and refuse, S and M were not and flag; house is an invariant or a convention of this program."
        none="No rule is known."
        head={[
          ["Rule", false],
          ["Says", false],
          ["Article", false],
          ["Mark", false],
          ["Here", false],
        ]}
        rows={view.rules.map((one) => [
          <a href={`/law/${one.rule}`}>{one.rule}</a>,
          one.says,
          one.cites,
          one.mark,
          one.texts.length === 0 ? one.state : <Texts texts={one.texts} />,
        ])}
      />
    </section>
  </Frame>
);

const Texts: FC<{ readonly texts: readonly Text[] }> = ({ texts }) => (
  <>
    {texts.map((text, index) => (
      <>
        {index > 0 && <br />}
        {text.where}: {text.number ?? "adopted"} ({text.rulebook})
      </>
    ))}
  </>
);

const Rulebooks: FC<Props> = ({ view }) => (
  <section>
    <h2>Rulebooks</h2>
    <Table
      label="Rulebooks"
      caption="The office's own, each state of it, and those of a part of it, which may only tighten what stands above them."
      none="No rulebook was adopted."
      head={[
        ["Rulebook", false],
        ["Where", false],
        ["From", false],
        ["Until", false],
        ["Under", false],
        ["Entry", true],
        ["What is other than before", false],
      ]}
      rows={view.rulebooks.map((one) => [
        `${one.rulebook}: ${one.title}${one.inForce ? "" : " (not in force)"}`,
        one.pilot ? `pilot in ${one.where}` : one.where,
        one.from,
        one.until,
        one.parent ?? "",
        one.entry,
        one.changes?.join("; ") ?? "",
      ])}
    />
  </section>
);

export const Conflicts: FC<{
  readonly conflicts: readonly ConflictLine[];
}> = ({ conflicts }) =>
  conflicts.length === 0 ? null : (
    <section>
      <h2>Where two rules say different things</h2>
      <Table
        label="Conflicts"
        caption="Both are kept. Which of them applies here the rulebook says, in the entry that adopted it."
        none=""
        head={[
          ["Rule", false],
          ["Against", false],
          ["Applies", false],
          ["Entry", true],
        ]}
        rows={conflicts.map(({ rules, applies, entry }): Child[] => [
          ...rules.map(({ rule, says, cites }) => (
            <>
              <a href={`/law/${rule}`}>{rule}</a>: {says} ({cites})
            </>
          )),
          applies,
          entry,
        ])}
      />
    </section>
  );
