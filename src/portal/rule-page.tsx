import type { FC } from "hono/jsx";
import { Frame } from "./frame.tsx";
import { Conflicts } from "./law-page.tsx";
import type { RuleView } from "./law-view.ts";
import { Table } from "./table.tsx";
import type { ReadMark } from "../rules/law-shape.ts";

type Props = { readonly view: RuleView };

/** One rule of the law: what it says, where that was read, and which text of it was in force where and when. */
export const RulePage: FC<Props> = ({ view }) => (
  <Frame
    title={`Rule ${view.rule}`}
    json={`/law/${view.rule}.json`}
    lead={
      <>
        <h1>{view.rule}</h1>
        <p>{view.says}.</p>
        {view.zh !== undefined && <p lang="zh-Hans">{view.zh}。</p>}
      </>
    }
    foot={
      <p>
        <a href="/law">The law</a>. <a href="/">The office in one page</a>.
      </p>
    }
  >
    <section>
      <h2>The rule</h2>
      <dl>
        {facts(view).map(([name, says]) => (
          <>
            <dt>{name}</dt>
            <dd>{says}</dd>
          </>
        ))}
      </dl>
    </section>
    <section>
      <h2>Which text was in force where</h2>
      <Table
        label="Texts"
        caption={`As the entries of the register say; in force ${view.at} where it is marked. Over data for which several are in force the tightest counts.`}
        none={NO_TEXT[view.state]}
        head={[
          ["In force", false],
          ["Where", false],
          ["Number", true],
          ["From", false],
          ["Until", false],
          ["Rulebook", false],
          ["Under", false],
          ["Entry", true],
        ]}
        rows={view.texts.map((one) => [
          one.inForce ? "in force" : "not in force",
          one.pilot ? `pilot in ${one.where}` : one.where,
          one.number ?? "",
          one.from,
          one.until,
          one.rulebook,
          one.parent ?? "",
          one.entry,
        ])}
      />
    </section>
    {view.changes.length > 0 && (
      <section>
        <h2>What the office's own rulebook changed</h2>
        <ul>
          {view.changes.map(({ on, says, entry }) => (
            <li>
              {on}, entry {entry}: {says}
            </li>
          ))}
        </ul>
      </section>
    )}
    <Conflicts conflicts={view.conflicts} />
    {view.facts.length > 0 && (
      <section>
        <h2>What it looks at</h2>
        <Table
          label="Facts"
          caption="Each is stated in an act and signed; where a rulebook has adopted the rule and one is missing, the act is refused and names it."
          none=""
          head={[
            ["Fact", false],
            ["In the act", false],
            ["Stated by a post with the power", false],
          ]}
          rows={view.facts.map(({ fact, act, power }) => [fact, act, power])}
        />
      </section>
    )}
  </Frame>
);

const READ: Readonly<Record<ReadMark, string>> = {
  T: "T: in the text of the rule itself, in a copy that is not authentic",
  "T-x": "T-x: in an official excerpt of the text",
  X: "X: in another binding text that repeats it",
  S: "S: in secondary sources only, so that it flags and never refuses",
  M: "M: nowhere, from general knowledge, so that it flags and never refuses",
  house: "an invariant or a convention of this program",
};

/** What stands where no rulebook says anything of the rule. */
const NO_TEXT: Readonly<Record<RuleView["state"], string>> = {
  adopted: "No rulebook has adopted it.",
  "not adopted": "No rulebook has adopted it.",
  "counts without adoption":
    "It counts in every office of its law, without being adopted.",
  "of another law": "It is of a law that this office does not stand under.",
  "cited, decides nothing by itself":
    "It is cited, and decides nothing by itself.",
};

function facts(view: RuleView): readonly (readonly [string, string])[] {
  const { limit, from, until, harm, appeal } = view;
  return [
    ["Article", view.cites],
    ["How far it was read", READ[view.mark]],
    ...(from === undefined ? [] : ([["In force from", from]] as const)),
    ...(until === undefined ? [] : ([["In force until", until]] as const)),
    ...(limit === undefined
      ? []
      : ([
          [
            "Number of the law",
            `${limit.direction === "max" ? "at most" : "at least"} ${limit.number} ${limit.unit}; a rulebook may only ${limit.direction === "max" ? "lower" : "raise"} it, as far as ${limit.bound}`,
          ],
        ] as const)),
    ["Next lawful step", view.next],
    ...(harm === undefined ? [] : ([["Who loses what", harm]] as const)),
    ...(appeal === undefined ? [] : ([["Appeal", appeal]] as const)),
  ];
}
