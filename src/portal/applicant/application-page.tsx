import type { FC } from "hono/jsx";
import type { IncomingState } from "../../accounts/incoming.ts";
import type { Sent } from "../../accounts/applications.ts";
import { alikeCases } from "../../register/alike.ts";
import type { ReadRegister } from "../../register/register.ts";
import { Form } from "../account/form.tsx";
import { Alike } from "../alike-cases.tsx";
import { Moment } from "../citizen/moment.tsx";
import { LetterLinks, lettersOf } from "../decision-letters/letter-links.tsx";
import { Frame } from "../frame.tsx";
import { type Message, say, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import {
  type ApplicationState,
  hasSent,
  type Stage,
} from "./application-view.ts";
import { BackToAccount, Names, type Term, Terms } from "./terms.tsx";
import { PaperLink } from "./papers-field.tsx";
import { type Refusal, Refused } from "./refusal.tsx";
import { LongField, type Wrong, WrongSummary } from "./fields.tsx";
import { purposeTitle } from "../lang/title-in.ts";
import { productTitle } from "./foresee.ts";

export const STAGES = {
  handedIn: "handed in; the office has to enter it",
  returned: "given back by the office",
  received: "received; being decided",
  waiting: "waits for you",
  granted: "granted",
  refused: "refused",
  withdrawn: "withdrawn by you",
} as const satisfies Record<Stage, Message>;

const SENT = {
  waiting: "the office has to enter it",
  entered: "entered",
  returned: "given back by the office",
} as const satisfies Record<IncomingState, Message>;

type Props = {
  readonly register: ReadRegister;
  readonly now: number;
  readonly state: ApplicationState;
  /** By what it was refused, once that is public. */
  readonly refusal?: Refusal | undefined;
  /** What is missing, in the words of the office. */
  readonly missing?: string | undefined;
  readonly wrong: Wrong;
  readonly typed: string;
};

/** One application: where it stands, what comes next, and what its applicant can do. */
export const ApplicationPage: FC<Props> = (props) => {
  const { register, state, now } = props;
  const title = say("Application for {product}", {
    product: productTitle(register, state.product),
  });
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say("Number {id}: {state}.", {
              id: state.id,
              state: say(STAGES[state.stage]),
            })}
          </p>
        </>
      }
    >
      <Next {...props} />
      <Clock {...props} />
      <Content {...props} />
      <Alike
        asked={{ ...state, own: [state.id] }}
        {...{ register, now }}
        alike={alikeCases(register, state, now)}
      />
      {state.since.length > 0 && <Since {...props} />}
      {state.entered !== undefined && (
        <LetterLinks under="/account" entries={lettersOf(state.entered)} />
      )}
      {mayWithdraw(state) && <Withdraw {...props} />}
      <BackToAccount />
    </Frame>
  );
};

const Next: FC<Props> = (props) => {
  const { state, register } = props;
  const at = (time: number) => (
    <Moment at={time} offsetMinutes={register.offsetMinutes} />
  );
  switch (state.stage) {
    case "handedIn":
      return (
        <p class="notice">
          {sayWith(
            "Handed in at {time}; the office has to enter it. The clock of the law runs from that day, whenever it is entered.",
            { time: at(state.sent?.received ?? 0) },
          )}
        </p>
      );
    case "returned":
      return (
        <p class="notice">
          {say(
            "The office gave it back without entering it: ask the office why. You can apply again.",
          )}
        </p>
      );
    case "received":
      return (
        <p class="notice">
          {sayWith("It is decided by {time} at the latest.", {
            time: at(state.due),
          })}
        </p>
      );
    case "waiting":
      return <Waiting {...props} />;
    case "granted":
      return state.permit === undefined ? (
        <></>
      ) : (
        <p class="notice">
          {sayWith(
            "It was granted: {permit}. There you make a token and ask.",
            {
              permit: (
                <a href={`/account/permits/${state.permit.act.permit}`}>
                  {say("your permit {permit}", {
                    permit: state.permit.act.permit,
                  })}
                </a>
              ),
            },
          )}
        </p>
      );
    case "refused":
      return <Refused refusal={props.refusal} register={register} />;
    case "withdrawn":
      return (
        <p class="notice">
          {say("You withdrew it. You can apply again at any time.")}
        </p>
      );
  }
};

const Waiting: FC<Props> = ({ state, register, missing }) => {
  const { asked } = state.entered ?? {};
  const answered = hasSent(state, "completion");
  return (
    <div class="notice">
      <p>
        {sayWith(
          "The office asked for what is missing. Bring it by {time}; the clock stands until then.",
          {
            time: (
              <Moment
                at={asked?.by ?? 0}
                offsetMinutes={register.offsetMinutes}
              />
            ),
          },
        )}
      </p>
      <p class="own-words">
        {missing ??
          say(
            "What is missing stands in the office's letter; this page does not have it.",
          )}
      </p>
      {answered === undefined ? (
        <p>
          <a href={`/account/applications/${state.id}/completion`}>
            {say("Answer with what is missing")}
          </a>
        </p>
      ) : (
        <p>
          {sayWith("You answered at {time}; the office has to enter it.", {
            time: (
              <Moment
                at={answered.received}
                offsetMinutes={register.offsetMinutes}
              />
            ),
          })}
        </p>
      )}
    </div>
  );
};

const Clock: FC<Props> = ({ state, register }) => {
  const { sent, entered } = state;
  const at = (time: number) => (
    <Moment at={time} offsetMinutes={register.offsetMinutes} />
  );
  const rows: Term[] = [];
  if (sent !== undefined) rows.push([say("Handed in"), at(sent.received)]);
  if (entered !== undefined)
    rows.push(
      [
        say("Entered by the office"),
        sayWith("{time}, entry {entry}", {
          time: at(entered.at),
          entry: entered.entry,
        }),
      ],
      [
        say("The day from which the term counts"),
        entered.act.on ?? at(entered.at),
      ],
    );
  rows.push([
    say("To be decided by"),
    state.stage === "waiting" ? say("the clock stands") : at(state.due),
  ]);
  if (entered?.extended !== undefined)
    rows.push([say("The office took a longer term"), at(entered.extended.at)]);
  if (entered?.decided !== undefined)
    rows.push([say("Decided on"), at(entered.decided.at)]);
  return (
    <section>
      <h2>{say("Its clock")}</h2>
      <Terms rows={rows} />
    </section>
  );
};

const Content: FC<Props> = ({ state, register }) => {
  const content = state.sent?.content;
  return (
    <section>
      <h2>{say("What you ask for")}</h2>
      <Terms
        rows={[
          [say("Product"), productTitle(register, state.product)],
          [say("Purpose"), purposeTitle(register, state.purpose)],
          ...(content === undefined
            ? []
            : [
                [
                  say("In your own words"),
                  <span class="own-words">{content.text}</span>,
                ] as const,
                [
                  say("Fields to see"),
                  <Names names={content.wanted.fields} />,
                ] as const,
                [
                  say("Fields to search by"),
                  <Names names={content.wanted.where} />,
                ] as const,
                [
                  say("Papers that go with it"),
                  <PaperList sent={content} />,
                ] as const,
              ]),
        ]}
      />
    </section>
  );
};

const PaperList: FC<{ sent: Pick<Sent["content"], "papers"> }> = ({ sent }) =>
  sent.papers.length === 0 ? (
    <>{say("none of them")}</>
  ) : (
    <ul class="plain">
      {sent.papers.map((paper) => (
        <li>
          <PaperLink paper={paper} />
        </li>
      ))}
    </ul>
  );

const Since: FC<Props> = ({ state, register }) => (
  <section>
    <h2>{say("What you sent since")}</h2>
    <Table
      label={say("What you sent since")}
      caption={say("Shown to you alone.")}
      none=""
      head={[
        [say("Which it is"), false],
        [say("Handed in"), false],
        [say("How it stands"), false],
        [say("In your own words"), false],
        [say("Papers that go with it"), false],
      ]}
      rows={state.since.map((one) => [
        one.content.kind === "withdrawal"
          ? say("withdrawal")
          : say("what was missing"),
        <Moment at={one.received} offsetMinutes={register.offsetMinutes} />,
        say(SENT[one.state]),
        one.content.text,
        <PaperList sent={one.content} />,
      ])}
    />
  </section>
);

/** Nothing is withdrawn that was decided, or that is being withdrawn. */
export function mayWithdraw(state: ApplicationState): boolean {
  return (
    ["handedIn", "received", "waiting"].includes(state.stage) &&
    hasSent(state, "withdrawal") === undefined
  );
}

const Withdraw: FC<Props> = ({ state, wrong, typed }) => (
  <section>
    <h2>{say("Withdraw it")}</h2>
    <WrongSummary wrong={wrong} />
    <Form
      action={`/account/applications/${state.id}/withdrawal`}
      label={say("Withdraw it")}
    >
      <LongField
        {...{ id: "text", wrong, value: typed, rows: 2 }}
        label={say("Why you withdraw it")}
        hint={say(
          "In a sentence. The office keeps it sealed, and enters that you withdrew.",
        )}
      />
      <button type="submit" class="mild">
        {say("Withdraw the application")}
      </button>
    </Form>
  </section>
);
