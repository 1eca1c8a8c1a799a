import type { FC } from "hono/jsx";
import type { QuestionState } from "../../gateway/citizen/questions.ts";
import type { Term } from "../../rules/clocks.ts";
import { Form } from "../account/form.tsx";
import { Frame } from "../frame.tsx";
import { say, sayCount, sayWith } from "../lang/say.ts";
import { Moment } from "./moment.tsx";
import { WrongSummary } from "../applicant/fields.tsx";
import { QuestionField } from "./question-field.tsx";

/** The form again, with what was typed and what is wrong with it. */
export const AskPage: FC<{ leaf: string; text: string; wrong?: string }> = ({
  leaf,
  text,
  wrong,
}) => {
  const title = say("Ask about this use");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p class="quiet">
            {sayWith("Entry {leaf} of your list", {
              leaf: <code>{leaf}</code>,
            })}
          </p>
        </>
      }
    >
      <WrongSummary
        wrong={wrong === undefined ? {} : { text: wrong }}
        says={say("It was not sent. Something has to be mended first:")}
      />
      <Form action={`/my/ask/${leaf}`} label={title}>
        <QuestionField
          id="text"
          text={text}
          {...(wrong === undefined ? {} : { wrong })}
        />
        <button type="submit">{say("Send the question")}</button>
      </Form>
      <p>
        <a href="/my">{say("Back to the list")}</a>
      </p>
    </Frame>
  );
};

/** A session ends while somebody writes: what they typed is theirs to take along. */
export const SessionOverPage: FC<{ text: string }> = ({ text }) => {
  const title = say("You were signed out; what you typed is still here");
  return (
    <Frame title={title} unindexed lead={<h1>{title}</h1>}>
      <p class="notice">
        {say(
          "Nobody asked for anything for some minutes, so the office ended your session. Copy your text, sign in again and send it.",
        )}
      </p>
      <pre tabindex={0}>{text}</pre>
      <p>
        <a href="/sign-in?to=%2Fmy">{say("Sign in")}</a>
      </p>
    </Frame>
  );
};

/** What comes of a question: its number, its deadline, and what the public sees of it. */
export const AskedPage: FC<{
  question: QuestionState;
  /** It was sent once more, and nothing came of that. */
  isAgain: boolean;
  term: Term;
  offsetMinutes: number;
}> = ({
  question: { question, due, received, answered },
  isAgain,
  term,
  offsetMinutes,
}) => {
  const title = isAgain
    ? say("You asked this already")
    : say("Your question was taken");
  return (
    <Frame title={title} unindexed lead={<h1>{title}</h1>}>
      {isAgain && (
        <p class="notice">
          {say(
            "The same question about the same use is open: nothing was sent again. When it is answered you can ask anew; another question you can ask at any time.",
          )}
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>{say("Its number")}</dt>
          <dd>
            <strong>{question}</strong>
          </dd>
        </div>
        <div>
          <dt>{say("The answer is due")}</dt>
          <dd>
            <Moment at={due} offsetMinutes={offsetMinutes} /> ({sayTerm(term)})
          </dd>
        </div>
        <div>
          <dt>{say("How it stands")}</dt>
          <dd>
            {answered !== undefined
              ? say("Answered")
              : received !== undefined
                ? say("Entered by the post that receives questions")
                : say("Waits for the post that receives questions to enter it")}
          </dd>
        </div>
      </dl>
      <h2>{say("What is public of it")}</h2>
      <p>
        {sayWith(
          "In public it is one question more: a number, a deadline and a seal over its text, as {due} shows them. Neither what you asked nor about which use, and no trace of whom.",
          { due: <a href="/due">{say("What is due")}</a> },
        )}
      </p>
      <p>
        {say(
          "The answer will stand at the line of your list about which you asked. If none comes in time, the office's list of missed deadlines says so to everybody.",
        )}
      </p>
      <ul class="links">
        <li>
          <a href="/my">{say("Back to the list")}</a>
        </li>
      </ul>
    </Frame>
  );
};

function sayTerm({ clock, number: n }: Term): string {
  switch (clock) {
    case "days":
      return sayCount(n, "in {n} day", "in {n} days", { n });
    case "months":
      return sayCount(n, "in {n} month", "in {n} months", { n });
    case "workingDays":
      return sayCount(n, "in {n} working day", "in {n} working days", { n });
  }
}
