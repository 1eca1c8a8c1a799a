import { sayList } from "../lang/figures.ts";
import { purposeTitle, titleOf } from "../lang/title-in.ts";
import type { Child, FC } from "hono/jsx";
import type { Incoming } from "../../accounts/incoming.ts";
import type { ReadRegister } from "../../register/register.ts";
import { Form } from "../account/form.tsx";
import { Moment } from "../citizen/moment.tsx";
import { type Message, say, sayCount } from "../lang/say.ts";
import { SettledBy } from "../settled-by.tsx";
import { Table } from "../table.tsx";
import { DeskPage } from "./desk-page.tsx";
import { enteredBy } from "./incoming.ts";
import { KIND_WORDS } from "./kinds.ts";
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
  /** What waits no longer, the newest first. */
  settled: readonly Incoming[];
  register: ReadRegister;
}> = ({ items, settled, register }) => {
  const title = say("What came in");
  return (
    <DeskPage
      title={title}
      lead={say(
        "Nothing of it is an act before you enter it. The day on which it came counts.",
      )}
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
          about(one, register),
        ])}
      />
      {settled.length > 0 && <Settled {...{ settled, register }} />}
    </DeskPage>
  );
};

/** A desk has room for so many; the list has all. */
const ON_DESK_MAX = 5;

/** On the desk: what came in, each a link to where it is entered. */
export const CameIn: FC<{
  items: readonly Incoming[];
  register: ReadRegister;
}> = ({ items, register }) => (
  <div class="notice">
    <p>
      <a href="/desk/incoming">
        {sayCount(
          items.length,
          "{n} item came in and is to be entered",
          "{n} items came in and are to be entered",
          { n: items.length },
        )}
      </a>
    </p>
    <ul class="plain">
      {items.slice(0, ON_DESK_MAX).map((one) => (
        <li>
          <a href={`/desk/incoming/${one.id}`}>
            {say(KINDS[one.content.kind])}
          </a>
          {say(": ")}
          {fromWhom(one, register)}
          {say(", ")}
          {about(one, register)}
        </li>
      ))}
    </ul>
  </div>
);

const Settled: FC<{ settled: readonly Incoming[]; register: ReadRegister }> = ({
  settled,
  register,
}) => (
  <section>
    <h2>{say("Settled lately")}</h2>
    <Table
      label={say("Settled lately")}
      caption={say(
        "By the act that was entered for it, whoever prepared it. A refused act settles nothing.",
      )}
      none=""
      head={[
        [say("Came in at"), false],
        [say("Which it is"), false],
        [say("About what"), false],
        [say("How it stands"), false],
      ]}
      rows={settled.map((one) => [
        <Moment at={one.received} offsetMinutes={register.offsetMinutes} />,
        <a href={`/desk/incoming/${one.id}`}>{say(KINDS[one.content.kind])}</a>,
        about(one, register),
        <Stands item={one} register={register} />,
      ])}
    />
  </section>
);

const Stands: FC<{ item: Incoming; register: ReadRegister }> = ({
  item,
  register,
}) =>
  item.state === "returned" ? (
    <>{say("given back without an act")}</>
  ) : (
    <SettledBy {...{ item, register }} />
  );

function fromWhom({ content }: Incoming, register: ReadRegister): string {
  return content.kind === "objection"
    ? content.name
    : titleOf(
        register.organisations.get(content.organisation),
        content.organisation,
      );
}

function about({ content }: Incoming, register: ReadRegister): string {
  switch (content.kind) {
    case "objection":
      return content.about.id;
    case "application":
      return say("{what}: {title}", {
        what: content.application,
        title: sayList([
          titleOf(register.products.get(content.product), content.product),
          purposeTitle(register, content.purpose),
        ]),
      });
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
  /** The register has a place for it. */
  canEnter: boolean;
  /** Whether a post of this official settles it; an auditor's only looks on. */
  may: boolean;
  notes: Child;
  register: ReadRegister;
}> = ({ item, canEnter, notes, may, register }) => {
  const { content } = item;
  const title = say(KINDS[content.kind]);
  return (
    <DeskPage
      title={title}
      lead={
        <>
          {fromWhom(item, register)}, {about(item, register)}
        </>
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
      {item.state !== "waiting" ? (
        <p class="notice">
          {say("It waits no longer:")} <Stands {...{ item, register }} />
        </p>
      ) : may ? (
        <Enter item={item} canEnter={canEnter} />
      ) : (
        <p class="notice">
          {say(
            "Your post sees this item and does not settle it: the post that receives it enters it or gives it back.",
          )}
        </p>
      )}
      {notes}
    </DeskPage>
  );
};

const Enter: FC<{ item: Incoming; canEnter: boolean }> = ({
  item,
  canEnter,
}) => (
  <section>
    <h2>{say("Enter it")}</h2>
    {canEnter ? (
      <>
        <p>{say(KIND_WORDS[enteredBy(item)])}</p>
        <Form
          action={`/desk/incoming/${item.id}/enter`}
          label={say("Enter it")}
        >
          <button type="submit">
            {say("Enter it: see how the rules would rule, and sign")}
          </button>
        </Form>
      </>
    ) : (
      <p class="notice">
        {say(
          "Nothing can be entered from this by itself: the register has no place for it, or it wants facts that you state in the form.",
        )}{" "}
        <a href="/desk/acts/new">{say("Prepare an act")}</a>
      </p>
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
);
