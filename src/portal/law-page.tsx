import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import type { ConflictLine, LawView, Text } from "./law-view.ts";
import { Table } from "./table.tsx";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { citesIn } from "./lang/law-in.ts";
import { thisOffice } from "./this-office.ts";
import { around } from "./around.ts";

type Props = { readonly view: LawView };

/** Every rule that the office knows, and whether, where and with which number it counts on one day. */
export const LawPage: FC<PropsWithChildren<Props>> = ({ view, children }) => (
  <Frame
    title={say("The law")}
    long
    json="/law.json"
    lead={
      <>
        <h1>{say("The law")}</h1>
        <p>
          {sayWith(
            "The rules by which {office} is decided, as in force {at}.",
            { office: thisOffice(view.office), at: <When at={view.at} /> },
          )}
        </p>
        <AnotherDay path="/law" at={view.at} />
      </>
    }
  >
    <Rulebooks view={view} />
    <Conflicts conflicts={view.conflicts} />
    <section>
      <h2>{say("Rules")}</h2>
      <Table
        label={say("Rules")}
        caption={say(
          "Mark: T, T-x and X were read in a binding text and refuse, S and M were not and flag; house is an invariant or a convention of this program.",
        )}
        none={say("No rule is known.")}
        head={[
          [say("Rule"), false],
          [say("Says, in our words"), false],
          [say("Article"), false],
          [say("Mark"), false],
          [say("Here"), false],
        ]}
        rows={view.rules.map((one) => [
          <a href={`/law/${one.rule}`}>{one.rule}</a>,
          around().lang === "zh" ? (one.zh ?? one.says) : one.says,
          citesIn(one.cites),
          sayWord(one.mark),
          one.texts.length === 0 ? (
            sayWord(one.state)
          ) : (
            <Texts texts={one.texts} />
          ),
        ])}
      />
    </section>
    {children}
  </Frame>
);

/** The same page as of another day: a form that needs no script. */
export const AnotherDay: FC<{
  readonly path: string;
  readonly at: string;
}> = ({ path, at }) => (
  <form
    class="filters"
    method="get"
    action={path}
    aria-label={say("Another day")}
  >
    <label>
      {say("As in force on")}
      <input type="date" name="at" required value={at.slice(0, 10)} />
    </label>
    <button type="submit">{say("Show that day")}</button>
  </form>
);

const Texts: FC<{ readonly texts: readonly Text[] }> = ({ texts }) => (
  <>
    {texts.map((text, index) => (
      <>
        {index > 0 && <br />}
        {say("{where}: {number} ({rulebook})", {
          where: text.where,
          number: text.number ?? say("adopted"),
          rulebook: text.rulebook,
        })}
      </>
    ))}
  </>
);

const Rulebooks: FC<Props> = ({ view }) => (
  <section>
    <h2>{say("Rulebooks")}</h2>
    <Table
      label={say("Rulebooks")}
      caption={say(
        "The office's own, each state of it, and those of a part of it, which may only tighten what stands above them.",
      )}
      none={say("No rulebook was adopted.")}
      head={[
        [say("Rulebook"), false],
        [say("Where"), false],
        [say("From"), false],
        [say("Until"), false],
        [say("Under"), false],
        [say("Entry"), true],
        [say("What is other than before"), false],
      ]}
      rows={view.rulebooks.map((one) => [
        `${say("{what}: {title}", { what: one.rulebook, title: one.title })}${one.inForce ? "" : ` ${say("(not in force)")}`}`,
        one.pilot ? say("pilot in {where}", { where: one.where }) : one.where,
        <When at={one.from} />,
        <When at={one.until} />,
        one.parent ?? "",
        one.entry,
        one.changes?.join(say("; ")) ?? "",
      ])}
    />
  </section>
);

export const Conflicts: FC<{
  readonly conflicts: readonly ConflictLine[];
}> = ({ conflicts }) =>
  conflicts.length === 0 ? null : (
    <section>
      <h2>{say("Where two rules say different things")}</h2>
      <Table
        label={say("Conflicts")}
        caption={say(
          "Both are kept. Which of them applies here the rulebook says, in the entry that adopted it.",
        )}
        none=""
        head={[
          [say("Rule"), false],
          [say("Against"), false],
          [say("Applies"), false],
          [say("Entry"), true],
        ]}
        rows={conflicts.map(({ rules, applies, entry }): Child[] => [
          ...rules.map(({ rule, says, cites }) => (
            <>
              {sayWith("{rule}: {says} ({cites})", {
                rule: <a href={`/law/${rule}`}>{rule}</a>,
                ...{ says, cites },
              })}
            </>
          )),
          applies,
          entry,
        ])}
      />
    </section>
  );
