import { titleOf } from "../lang/title-in.ts";
import type { FC } from "hono/jsx";
import type { Incoming } from "../../accounts/incoming.ts";
import type { Act } from "../../acts/act.ts";
import type { ReadRegister } from "../../register/register.ts";
import { Form } from "../account/form.tsx";
import { around } from "../around.ts";
import { Moment } from "../citizen/moment.tsx";
import { Frame } from "../frame.tsx";
import { type Message, say } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { describeAct } from "../words.ts";
import { DeskLead } from "./desk-lead.tsx";
import { PAYER_CLASSES } from "../payer-class-words.ts";

const KINDS = {
  application: "an application for a permit",
  completion: "what was missing of an application",
  withdrawal: "the withdrawal of an application",
  renewal: "another term of a permit is asked for",
  organisation: "an organisation asks to be registered",
  objection: "an objection",
} as const satisfies Record<Incoming["content"]["kind"], Message>;

/** What came in over the pages, the oldest first. */
export const IncomingPage: FC<{
  items: readonly Incoming[];
  register: ReadRegister;
}> = ({ items, register }) => {
  const title = say("What came in");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <DeskLead title={title}>
          {say(
            "Nothing of it is an act before you enter it. The day on which it came counts.",
          )}
        </DeskLead>
      }
    >
      <Table
        label={title}
        caption={say("The oldest first.")}
        none={say("Nothing waits to be entered by a post of yours.")}
        head={[
          [say("Came in at"), false],
          [say("Which it is"), false],
          [say("From whom"), false],
          [say("About what"), false],
        ]}
        rows={items.map((one) => [
          <Moment at={one.received} offsetMinutes={register.offsetMinutes} />,
          <a href={`/desk/incoming/${one.id}`}>
            {say(KINDS[one.content.kind])}
          </a>,
          fromWhom(one, register),
          about(one),
        ])}
      />
    </Frame>
  );
};

function fromWhom({ content }: Incoming, register: ReadRegister): string {
  return content.kind === "objection"
    ? content.name
    : titleOf(
        register.organisations.get(content.organisation),
        content.organisation,
      );
}

function about({ content }: Incoming): string {
  switch (content.kind) {
    case "objection":
      return content.about.id;
    case "application":
      return `${content.application}: ${content.product}, ${content.purpose}`;
    case "completion":
    case "withdrawal":
      return content.application;
    case "renewal":
      return content.permit;
    case "organisation":
      return [
        content.title,
        say(PAYER_CLASSES[content.class]),
        ...(content.registration === undefined ? [] : [content.registration]),
      ].join(", ");
  }
}

/** One item: what was said, its papers, and the act by which it is entered. */
export const IncomingItemPage: FC<{
  item: Incoming;
  act: Act | undefined;
  register: ReadRegister;
}> = ({ item, act, register }) => {
  const { content } = item;
  const title = say(KINDS[content.kind]);
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <DeskLead title={title}>
          {fromWhom(item, register)}, {about(item)}
        </DeskLead>
      }
    >
      <section>
        <h2>{say("What was said")}</h2>
        <p>
          <Moment at={item.received} offsetMinutes={register.offsetMinutes} />
        </p>
        <p class="own-words">{content.text}</p>
        {content.kind !== "objection" && content.papers.length > 0 && (
          <ul class="plain">
            {content.papers.map((one) => (
              <li>
                <a href={`/desk/papers/${one.commitment}`} download>
                  {one.name}
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>{say("Enter it")}</h2>
        {act === undefined ? (
          <p class="notice">
            {say(
              "Nothing can be entered from this by itself: the register has no place for it, or it wants facts that you state in the form.",
            )}{" "}
            <a href="/desk/acts/new">{say("Prepare an act")}</a>
          </p>
        ) : (
          <>
            <p {...(around().lang === "en" ? {} : { lang: "en" })}>
              {describeAct(act)}
            </p>
            <Form
              action={`/desk/incoming/${item.id}/enter`}
              label={say("Enter it")}
            >
              <button type="submit">
                {say("Enter it: see how the rules would rule, and sign")}
              </button>
            </Form>
          </>
        )}
        <Form
          action={`/desk/incoming/${item.id}/return`}
          label={say("Give it back")}
        >
          <button type="submit" class="mild">
            {say("Give it back without entering it")}
          </button>
        </Form>
      </section>
    </Frame>
  );
};
