import type { FC } from "hono/jsx";
import type { Incoming, IncomingState } from "../../accounts/incoming.ts";
import type { ReadRegister } from "../../register/register.ts";
import { WrongSummary } from "../applicant/fields.tsx";
import { Form } from "../account/form.tsx";
import { around } from "../around.ts";
import { Frame } from "../frame.tsx";
import { type Message, say, sayWith } from "../lang/say.ts";
import { SettledBy } from "../settled-by.tsx";
import { Table } from "../table.tsx";
import { Moment } from "./moment.tsx";
import type { ObjectionsView, OpenNotice } from "./objections.ts";
import { sayList } from "../lang/figures.ts";

const STAGES = {
  notice: "the registration of a data resource, while its notice stands",
  documents: "the documents of a tender, before the bids are due",
  result: "the result of a tender, while its notice stands",
} as const satisfies Record<OpenNotice["stage"], Message>;

export const STATES = {
  waiting: "waits for the post to enter it",
  entered: "entered",
  returned: "given back: ask the office why",
} as const satisfies Record<IncomingState, Message>;

export const OBJECTION_CHARACTERS_MAX = 10_000;
export const NAME_CHARACTERS_MAX = 200;

export const ObjectionsPage: FC<{
  view: ObjectionsView;
  sent: readonly Incoming[];
  /** Somebody is signed in who may object here. */
  maySend: boolean;
  register: ReadRegister;
}> = ({ view, sent, maySend, register }) => {
  const title = say("Objections");
  return (
    <Frame
      title={title}
      json="/objections.json"
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "What anybody can object to now, until when, and which post enters it. An objection costs nothing, and a procedure that was objected to waits for the answer.",
            )}
          </p>
        </>
      }
    >
      <section>
        <h2>{say("Open now")}</h2>
        <Table
          label={say("Open now")}
          caption={say(
            "Worked out from the acts at the moment of asking; the rules count the same days.",
          )}
          none={say("Nothing can be objected to at this moment.")}
          head={[
            [say("What"), false],
            [say("Question or notice number"), false],
            [say("Objections to"), false],
            [say("Until"), false],
            [say("Entered by"), false],
            [say("Object"), false],
          ]}
          rows={view.open.map((one) => [
            one.title,
            one.id,
            say(STAGES[one.stage]),
            one.until.slice(0, 16).replace("T", " "),
            sayList(one.posts) || say("no post has the power"),
            mayOpen("citizen", "organisation") ? (
              <a href={`/objections/${one.what}/${one.id}`}>
                {sayWith("Object to {id}", { id: one.id })}
              </a>
            ) : (
              say("as a citizen or an organisation")
            ),
          ])}
        />
        {!maySend && (
          <p>
            {say(
              "To object over this page, sign in as a citizen or for an organisation. On paper it can be handed to the post that is named.",
            )}
          </p>
        )}
      </section>
      {sent.length > 0 && <Sent {...{ sent, register }} />}
      <Otherwise />
    </Frame>
  );
};

const Sent: FC<{ sent: readonly Incoming[]; register: ReadRegister }> = ({
  sent,
  register,
}) => (
  <section>
    <h2>{say("What you sent")}</h2>
    <Table
      label={say("What you sent")}
      caption={say("Shown to you alone.")}
      none=""
      head={[
        [say("Question or notice number"), false],
        [say("Objections to"), false],
        [say("Received"), false],
        [say("How it stands"), false],
      ]}
      rows={sent.flatMap((one) =>
        one.content.kind !== "objection"
          ? []
          : [
              [
                one.id,
                one.content.about.id,
                <Moment
                  at={one.received}
                  offsetMinutes={register.offsetMinutes}
                />,
                <>
                  {say(STATES[one.state])}
                  <SettledBy item={one} register={register} />
                </>,
              ],
            ],
      )}
    />
  </section>
);

const Otherwise: FC = () => (
  <section>
    <h2>{say("What is public of an objection, and what else there is")}</h2>
    <ul class="plain">
      <li>
        {say(
          "In public it is a number, a day and a seal over a paper. Who objects and why is in the paper, which the office and whoever decides can read.",
        )}
      </li>
      <li>
        {say(
          "The day on which it came counts, also where a post enters it later.",
        )}
      </li>
      <li>
        {say(
          "Whoever is not content with the answer complains to the supervisor of the procedure, and goes against a decision where the decision itself says: to the reviewing authority or a court. Those do not sit in this office, and this page hands nothing to them.",
        )}
      </li>
      <li>
        {sayWith(
          "About a use of data about yourself you ask at its line: {list}.",
          {
            list: mayOpen("citizen") ? (
              <a href="/my">{say("Who used my data")}</a>
            ) : (
              say("Who used my data")
            ),
          },
        )}
      </li>
    </ul>
  </section>
);

/** Whether a page of that kind of visitor opens for whoever reads this one; who has not signed in is led there by signing in. */
function mayOpen(...kinds: readonly string[]): boolean {
  const { session } = around();
  return session === undefined || kinds.includes(session.who.kind);
}

/** What somebody typed, and what is wrong with it. */
export type Typed = {
  readonly name: string;
  readonly text: string;
  readonly wrong: Partial<Record<"name" | "text", string>>;
};

export const ObjectPage: FC<{ notice: OpenNotice; typed: Typed }> = ({
  notice,
  typed: { name, text, wrong },
}) => {
  const title = say("Object to {id}", { id: notice.id });
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {notice.title}: {say(STAGES[notice.stage])}.{" "}
            {say("In time until {until}.", {
              until: notice.until.slice(0, 16).replace("T", " "),
            })}
          </p>
        </>
      }
    >
      <WrongSummary wrong={wrong} />
      <Form action={`/objections/${notice.what}/${notice.id}`} label={title}>
        <label for="name">{say("Your name, or the organisation's")}</label>
        <p class="quiet" id="name-hint">
          {say(
            "The real one: the law hears nobody without a name. It stands in the sealed paper and nowhere in public.",
          )}
        </p>
        <Wrong id="name" says={wrong.name} />
        <input
          id="name"
          name="name"
          value={name}
          autocomplete="name"
          required
          aria-describedby={
            wrong.name === undefined ? "name-hint" : "name-wrong name-hint"
          }
          {...(wrong.name === undefined ? {} : { "aria-invalid": "true" })}
        />
        <label for="text">{say("What you object to, and what shows it")}</label>
        <p class="quiet" id="text-hint">
          {say("At most {n} characters.", { n: OBJECTION_CHARACTERS_MAX })}
        </p>
        <Wrong id="text" says={wrong.text} />
        <textarea
          id="text"
          name="text"
          rows={8}
          required
          aria-describedby={
            wrong.text === undefined ? "text-hint" : "text-wrong text-hint"
          }
          {...(wrong.text === undefined ? {} : { "aria-invalid": "true" })}
        >
          {text}
        </textarea>
        <button type="submit">{say("Send the objection")}</button>
      </Form>
      <p>
        <a href="/objections">{say("Objections")}</a>
      </p>
    </Frame>
  );
};

const Wrong: FC<{ id: string; says: string | undefined }> = ({ id, says }) =>
  says === undefined ? (
    <></>
  ) : (
    <p class="refused" id={`${id}-wrong`}>
      {says}
    </p>
  );
