import type { Child, FC } from "hono/jsx";
import { Form } from "../account/form.tsx";
import { type Message, say, sayWith } from "../lang/say.ts";
import { Moment } from "./moment.tsx";
import type { UseLine } from "./my-view.ts";
import { QuestionField } from "./question-field.tsx";
import { citesIn, saidLaw } from "../lang/law-in.ts";
import { sayList } from "../lang/figures.ts";

/** Where the entry of a line stands in public, or from when on. */
export type Placed = {
  readonly proof: string;
  readonly isPublic: boolean;
  readonly publicBy?: number;
  readonly index?: number;
  readonly state?: string;
};

/** What one article needs beside its line. */
export type UseShown = {
  readonly line: UseLine;
  readonly placed: Placed;
  readonly permit: "inForce" | "endedSince" | "notInForce";
  readonly answers: ReadonlyMap<string, string>;
  readonly offsetMinutes: number;
  readonly now: number;
};

const DID = {
  answer: "asked whether what it knows about you is right, by {dataset}",
  records: "read about you in {dataset}",
  file: "got a file of {dataset}, with you among others",
  aggregate: "counted in {dataset}, with you among others",
} as const satisfies Record<string, Message>;

/** One use: who, why and may they in a line each, then what proves it, then a way to ask. */
export const UseArticle: FC<UseShown> = (shown) => {
  const { line, offsetMinutes } = shown;
  const id = `use-${line.leaf}`;
  return (
    <article class="use" id={id} aria-labelledby={`${id}-when`}>
      <h3 id={`${id}-when`}>
        <Moment at={line.at} offsetMinutes={offsetMinutes} />
      </h3>
      <dl class="three">
        <Line term={say("Who")}>{who(line)}</Line>
        <Line term={say("Why")}>{why(line)}</Line>
        <Line term={say("May they")}>
          <MayThey {...shown} />
        </Line>
      </dl>
      <Questions {...shown} />
      <details class="ask-line">
        <summary>{say("Ask")}</summary>
        <Form action={`/my/ask/${line.leaf}`} label={say("Ask about this use")}>
          <QuestionField id={`text-${line.leaf}`} text="" />
          <button type="submit">{say("Send the question")}</button>
        </Form>
      </details>
      <Proof {...shown} />
    </article>
  );
};

const Line: FC<{ term: string; children?: Child }> = ({ term, children }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

function who({ organisation, form, dataset, system }: UseLine): Child {
  const said = DID[formOf(form)];
  return (
    <>
      <strong>{organisation.title || organisation.id}</strong>{" "}
      {sayWith(said, { dataset: dataset.title || dataset.id })}
      {system !== undefined && (
        <span class="quiet"> ({say("its system {system}", { system })})</span>
      )}
    </>
  );
}

function formOf(form: string): keyof typeof DID {
  if (form === "answer" || form === "file" || form === "aggregate") return form;
  return "records";
}

function why({ purpose, case: number }: UseLine): Child {
  return (
    <>
      {purpose.title}
      {number !== undefined && (
        <span class="quiet">
          {say(" ({state})", { state: say("case {number}", { number }) })}
        </span>
      )}
    </>
  );
}

const MayThey: FC<UseShown> = ({ line: { ground, permit }, permit: then }) => (
  <>
    {then === "notInForce"
      ? say("Not by the register: permit {permit} was not in force then.", {
          permit,
        })
      : say("Yes, as the register says: permit {permit} was in force then.", {
          permit,
        })}{" "}
    {then === "endedSince" && <>{say("It has ended since.")} </>}
    {"rule" in ground ? (
      <>
        {sayWith("Its purpose rests on {law}.", {
          law: <a href={`/law/${ground.rule}`}>{citesIn(ground.cites)}</a>,
        })}
      </>
    ) : (
      say("The rulebook names no provision for this purpose.")
    )}
  </>
);

const Questions: FC<UseShown> = ({ line, answers, offsetMinutes, now }) => (
  <>
    {line.questions.map(({ question, due, received, answered }) => (
      <p class="notice">
        {sayWith("You asked: question {number}.", { number: question })}{" "}
        {answered === undefined
          ? sayWith("The answer is due by {time}.", {
              time: <Moment {...{ at: due, offsetMinutes }} />,
            })
          : sayWith("Answered on {time}.", {
              time: <Moment {...{ at: answered, offsetMinutes }} />,
            })}{" "}
        {answered === undefined && due <= now && (
          <strong class="refused">{say("That has passed.")}</strong>
        )}{" "}
        {answered === undefined &&
          received === undefined &&
          say("The post that receives questions has not entered it yet.")}
        {answers.has(question) && (
          <span class="answer">{answers.get(question)}</span>
        )}
        {answered !== undefined &&
          !answers.has(question) &&
          say(
            "Its text is not kept here, or its entry is not public yet: ask the office for it by this number.",
          )}
      </p>
    ))}
  </>
);

const Proof: FC<UseShown> = ({ line, placed, offsetMinutes }) => (
  <details>
    <summary>{say("Proof and details")}</summary>
    <dl class="facts">
      <Line term={say("Entry (leaf hash)")}>
        <code>{line.leaf}</code>
      </Line>
      <Line term={say("Log")}>
        <code>{line.log}</code>
      </Line>
      <Line term={say("Proof")}>
        <Where {...{ placed, offsetMinutes }} />
      </Line>
      <Line term={say("Returned or compared")}>{sayList(line.fields)}</Line>
      <Line term={say("Asked by")}>
        {line.conditions.length === 0
          ? say("nothing: all rows")
          : sayList(line.conditions)}
      </Line>
      <Line term={say("Persons concerned")}>{line.persons}</Line>
      <Line term={say("Product")}>{line.product.title || line.product.id}</Line>
      <Line term={say("System that holds the data")}>
        {line.from.title || line.from.id}
      </Line>
      {"rule" in line.ground && (
        <Line term={say("What the law says")}>
          {saidLaw(line.ground.rule).says}
        </Line>
      )}
      <Line term={say("What opens the entry")}>
        {"kept" in line.opening ? (
          say(
            "Kept: this use names other persons as well, or may. An auditor can open it.",
          )
        ) : (
          <>
            <code>{line.opening.nonce}</code>{" "}
            <code>{line.opening.content}</code>
          </>
        )}
      </Line>
    </dl>
  </details>
);

export const Where: FC<{ placed: Placed; offsetMinutes: number }> = ({
  placed: { proof, isPublic, publicBy, index },
  offsetMinutes,
}) => {
  if (isPublic)
    return (
      <a href={proof} download="">
        {index === undefined
          ? say("Proof that it stands in the public log")
          : say("Proof that it stands in the public log, at place {index}", {
              index,
            })}
      </a>
    );
  return publicBy === undefined ? (
    <>{say("Its log was dropped under a policy: it cannot be shown.")}</>
  ) : (
    <>
      {sayWith(
        "Not public yet: it stands in the public log by {time}, or the receipt of whoever asked proves a breach.",
        { time: <Moment {...{ at: publicBy, offsetMinutes }} /> },
      )}
    </>
  );
};
