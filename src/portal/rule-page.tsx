import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { feedsAbout, FollowThis } from "./follow/follow-this.tsx";
import { Frame } from "./frame.tsx";
import { type Message, say, sayWith } from "./lang/say.ts";
import { AnotherDay, Conflicts } from "./law-page.tsx";
import type { RuleView } from "./law-view.ts";
import { Table } from "./table.tsx";
import type { ReadMark } from "../rules/law-shape.ts";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { citesIn, toldIn } from "./lang/law-in.ts";
import { around } from "./around.ts";
import { kindInWords } from "./kinds.ts";
import { sayTime } from "./lang/figures.ts";

type Props = { readonly view: RuleView };

/** One rule of the law: what it says, where that was read, and which text of it was in force where and when. */
export const RulePage: FC<PropsWithChildren<Props>> = ({ view, children }) => (
  <Frame
    title={say("Rule {rule}", { rule: view.rule })}
    json={`/law/${view.rule}.json`}
    feeds={feedsAbout("rule", view.rule)}
    lead={
      <>
        <h1>{view.rule}</h1>
        <Sentences view={view} />
        <FollowThis of={["rule", view.rule]} />
      </>
    }
  >
    <section>
      <h2>{say("The rule")}</h2>
      <dl>
        {facts(view).map(([name, says]) => (
          <>
            <dt>{name}</dt>
            <dd>{says}</dd>
          </>
        ))}
      </dl>
    </section>
    <Articles view={view} />
    <section>
      <h2>{say("Which text was in force where")}</h2>
      <AnotherDay path={`/law/${view.rule}`} at={view.at} />
      <Table
        label={say("Texts")}
        caption={say(
          "As the entries of the register say; in force {at} where it is marked. Over data for which several are in force the tightest counts.",
          { at: sayTime(view.at) },
        )}
        none={say(NO_TEXT[view.state])}
        head={[
          [say("In force"), false],
          [say("Where"), false],
          [say("Number"), true],
          [say("From"), false],
          [say("Until"), false],
          [say("Rulebook"), false],
          [say("Under"), false],
          [say("Entry"), true],
        ]}
        rows={view.texts.map((one) => [
          one.inForce ? say("in force") : say("not in force"),
          one.pilot ? say("pilot in {where}", { where: one.where }) : one.where,
          one.number ?? "",
          <When at={one.from} />,
          <When at={one.until} />,
          one.rulebook,
          one.parent ?? "",
          one.entry,
        ])}
      />
    </section>
    {view.changes.length > 0 && (
      <section>
        <h2>{say("What the office's own rulebook changed")}</h2>
        <ul>
          {view.changes.map(({ on, says, entry }) => (
            <li>
              {sayWith("{on}, entry {entry}: {says}", {
                on: <When at={on} />,
                ...{ entry, says },
              })}
            </li>
          ))}
        </ul>
      </section>
    )}
    <Conflicts conflicts={view.conflicts} />
    {view.facts.length > 0 && (
      <section>
        <h2>{say("What it looks at")}</h2>
        <Table
          label={say("Facts")}
          caption={say(
            "Each is stated in an act and signed; where a rulebook has adopted the rule and one is missing, the act is refused and names it.",
          )}
          none=""
          head={[
            [say("Fact"), false],
            [say("In the act"), false],
            [say("Stated by a post with the power"), false],
          ]}
          rows={view.facts.map(({ fact, act, power }) => [
            <code>{fact}</code>,
            ...[kindInWords(act), sayWord(power)],
          ])}
        />
      </section>
    )}
    {children}
  </Frame>
);

const READ: Readonly<Record<ReadMark, Message>> = {
  T: "T: in the text of the rule itself, in a copy that is not authentic",
  "T-x": "T-x: in an official excerpt of the text",
  X: "X: in another binding text that repeats it",
  S: "S: in secondary sources only, so that it flags and never refuses",
  M: "M: nowhere, from general knowledge, so that it flags and never refuses",
  house: "an invariant or a convention of this program",
};

/** What stands where no rulebook says anything of the rule. */
const NO_TEXT: Readonly<Record<RuleView["state"], Message>> = {
  adopted: "No rulebook has adopted it.",
  "not adopted": "No rulebook has adopted it.",
  "counts without adoption":
    "It counts in every office of its law, without being adopted.",
  "of another law": "It is of a law that this office does not stand under.",
  "cited, decides nothing by itself":
    "It is cited, and decides nothing by itself.",
};

function facts(view: RuleView): readonly (readonly [string, Child])[] {
  const { from, until, harm, appeal } = view;
  return [
    [
      say("Article"),
      around().lang === "zh" && view.citesZh !== undefined
        ? view.citesZh
        : citesIn(view.cites),
    ],
    ...(view.citesZh === undefined || around().lang === "zh"
      ? []
      : ([
          [
            say("Article, in Chinese"),
            <span lang="zh-Hans">{view.citesZh}</span>,
          ],
        ] as const)),
    [say("How far it was read"), say(READ[view.mark])],
    ...(from === undefined
      ? []
      : ([[say("In force from"), <When at={from} />]] as const)),
    ...(until === undefined
      ? []
      : ([[say("In force until"), <When at={until} />]] as const)),
    ...(view.limit === undefined
      ? []
      : ([[say("Number of the law"), limitText(view.limit)]] as const)),
    [say("Next lawful step"), toldIn("next", view.next)],
    ...(harm === undefined
      ? []
      : ([[say("Who loses what"), toldIn("harm", harm)]] as const)),
    ...(appeal === undefined
      ? []
      : ([[say("Appeal"), toldIn("appeal", appeal)]] as const)),
  ];
}

function limitText({
  direction,
  number,
  unit,
  bound,
}: NonNullable<RuleView["limit"]>): string {
  return say(
    direction === "max"
      ? "at most {number} {unit}; a rulebook may only lower it, as far as {bound}"
      : "at least {number} {unit}; a rulebook may only raise it, as far as {bound}",
    { number, unit: sayWord(unit), bound },
  );
}

/** The rule in both languages, that of the page first: sentences of ours, which nobody shall take for the article's. */
const Sentences: FC<Props> = ({ view }) => {
  const english = <p lang="en">{view.says}.</p>;
  const chinese = <p lang="zh-Hans">{view.zh}。</p>;
  return (
    <>
      {view.jurisdiction === "CN" && (
        <p class="quiet">
          {view.articles.length === 0
            ? say(
                "In our words, not those of the article, which is in Chinese:",
              )
            : say("In our words; the article itself stands below:")}
        </p>
      )}
      {around().lang === "zh" ? [chinese, english] : [english, chinese]}
    </>
  );
};

/** The article word for word, in the language in which it is law. */
const Articles: FC<Props> = ({ view }) =>
  view.articles.length === 0 ? null : (
    <section>
      <h2>{say("The article in its own words")}</h2>
      {view.articles.map(({ law, as, article, text }) => (
        <figure class="article">
          <blockquote lang="zh-Hans">{text}</blockquote>
          <figcaption>
            {sayWith("{article}, in the text of {date}", {
              article: (
                <cite lang="zh-Hans">
                  {law}
                  {article}
                </cite>
              ),
              date: <When at={as} />,
            })}
          </figcaption>
        </figure>
      ))}
      <p class="quiet">
        {say(
          "Quoted from a copy that is not authentic: the gazette has the authentic text, and later amendments.",
        )}
      </p>
    </section>
  );
