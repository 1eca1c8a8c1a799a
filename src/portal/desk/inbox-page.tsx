import { sayInstant, sayNumber } from "../lang/figures.ts";
import { purposeTitle, titleOf } from "../lang/title-in.ts";
import type { Child, FC } from "hono/jsx";
import { actOf, isToSign, signersOf } from "../../accounts/drafts.ts";
import type { Incoming } from "../../accounts/incoming.ts";
import type { ReadRegister } from "../../register/register.ts";
import { lawOf } from "../../rules/law.ts";
import { Form } from "../account/form.tsx";
import { Frame } from "../frame.tsx";
import { say, sayCount } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { calledIn } from "../acts/thing.ts";
import { describeAct } from "../words.ts";
import { badgeOf } from "../acts/badge.ts";
import { sayCapacity } from "./capacity.ts";
import type { Official } from "./desk.ts";
import { signerOf } from "./draft-view.ts";
import { kindTitle } from "./draft-page.tsx";
import { CameIn } from "./incoming-page.tsx";
import type { Clock, DraftLine, Inbox, ToDo } from "./inbox.ts";
import { NEXT, SAID_DUE } from "./due-words.ts";
import { isSignedInLists } from "./signing-keys.ts";
import { maySign } from "./who-signs.ts";
import { citesIn } from "../lang/law-in.ts";

type Props = {
  readonly inbox: Inbox;
  readonly who: Official;
  readonly register: ReadRegister;
  /** What came in over the pages and waits for this official to enter it, the oldest first. */
  readonly incoming: readonly Incoming[];
  readonly now: number;
  /** Whether passkeys for signing in can be looked after here. */
  readonly hasPasskeys: boolean;
};

/** What waits for somebody: first what is to be signed, then what is due, then what they prepared. */
export const InboxPage: FC<Props> = (props) => {
  const { inbox, who, register, incoming, now } = props;
  const title = say("Your desk");
  const { toSign, own, others, entered, applications, due } = inbox;
  const unsigned = [...toSign, ...own].filter(
    ({ draft }) => isToSign(draft, who.person) && isSignedInLists(draft),
  );
  const waits =
    toSign.length + applications.length + due.length + incoming.length;
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {who.posts.length === 0
              ? say(
                  "You hold no post now, so nothing can be decided by you. Whoever appoints can tell you why.",
                )
              : say("You are here as: {posts}", {
                  posts: who.posts
                    .map((post) =>
                      sayCapacity(register, { person: who.person, post }, now),
                    )
                    .join(say("; ")),
                })}
          </p>
          {who.isAuditor && (
            <p>
              {say(
                "Your post audits: you see what waits for every post, and sign for none of them.",
              )}
            </p>
          )}
          <p>
            <a href="/desk/acts/new">{say("Prepare an act")}</a>
            {" · "}
            <a href="/desk/deputies">{say("Deputies")}</a>
            {" · "}
            <a href="/desk/keys">{say("Your keys for signing")}</a>
            {maySign(
              register,
              who.person,
              "applicationReceived",
              props.now,
            ) && (
              <>
                {" · "}
                <a href="/desk/letter-applications">
                  {say("Enter an application that came by letter")}
                </a>
              </>
            )}
            {" · "}
            <a href="/desk/notes">{say("Internal notes")}</a>
            {who.isAuditor && (
              <>
                {" · "}
                <a href="/desk/openings">{say("Open a sealed entry")}</a>
              </>
            )}
            {props.hasPasskeys && (
              <>
                {" · "}
                <a href="/account/credentials">
                  {say("Your passkeys for signing in")}
                </a>
              </>
            )}
          </p>
        </>
      }
    >
      {waits === 0 && (
        <p class="notice">
          {say(
            "Nothing waits for you. What comes for your posts appears here, with the day by which it is due.",
          )}
        </p>
      )}
      {incoming.length > 0 && <CameIn items={incoming} register={register} />}
      {toSign.length > 0 && (
        <Drafts
          {...props}
          title={say("Waiting for your signature")}
          lines={toSign}
          none=""
        />
      )}
      {applications.length > 0 && <Applications {...props} />}
      {due.length > 0 && <DueTable {...props} />}
      <Drafts
        {...props}
        title={say("What you prepared")}
        lines={own}
        none={say("You have no drafts.")}
      />
      {unsigned.length > 1 && <Together {...{ lines: unsigned, register }} />}
      {others.length > 0 && (
        <Drafts
          {...props}
          title={say("Drafts of others")}
          lines={others}
          none=""
        />
      )}
      {entered.length > 0 && (
        <Drafts
          {...props}
          title={say("Entered lately")}
          lines={entered}
          none=""
        />
      )}
    </Frame>
  );
};

/** How much time is left, in words that are not read as a number alone. */
export function sayClock(clock: Clock, register: ReadRegister): Child {
  const by = sayInstant(clock.by, register.offsetMinutes);
  const left = Math.max(0, clock.left);
  if (clock.isLate)
    return <strong class="refused">{say("late since {by}", { by })}</strong>;
  return (
    <>
      <strong class={left === 0 ? "refused" : ""}>
        {left === 0
          ? say("today")
          : clock.isWorking
            ? sayCount(left, "{n} working day", "{n} working days", { n: left })
            : sayCount(left, "{n} day", "{n} days", { n: left })}
      </strong>{" "}
      <span class="quiet">{say("until {by}", { by })}</span>
    </>
  );
}

/** An auditor decides none of it: what is listed waits for the posts that do. */
const Applications: FC<Props> = ({
  inbox: { applications },
  register,
  who: { isAuditor },
}) => (
  <section>
    <h2>{sayWaiting(isAuditor)}</h2>
    <Table
      label={sayWaiting(isAuditor)}
      caption={say("The most urgent first.")}
      head={[
        [say("Time left"), false],
        [say("Application"), false],
        [say("Organisation"), false],
        [say("Product"), false],
        [say("Purpose"), false],
      ]}
      none=""
      rows={applications.map(({ application: { act }, isWaiting, clock }) => [
        <>
          {sayClock(clock, register)}
          {isWaiting && <div>{say("waits for the applicant")}</div>}
        </>,
        <a href={`/desk/applications/${act.application}`}>{act.application}</a>,
        titleOf(register.organisations.get(act.organisation), act.organisation),
        titleOf(register.products.get(act.product), act.product),
        purposeTitle(register, act.purpose),
      ])}
    />
  </section>
);

function sayWaiting(isAuditor: boolean): string {
  return isAuditor
    ? say("Applications that wait for others")
    : say("Applications to decide");
}

const DueTable: FC<Props> = ({
  inbox: { due },
  register,
  who: { isAuditor },
}) => (
  <section aria-labelledby="due">
    <h2 id="due">
      {isAuditor ? say("What else others have to do") : say("What else is due")}
    </h2>
    <Table
      label={say("What else is due")}
      caption={say("The most urgent first.")}
      head={[
        [say("Time left"), false],
        [say("What"), false],
        [say("By which posts"), false],
        [say("Law"), false],
      ]}
      none=""
      rows={due.map((one) => [
        sayClock(one.clock, register),
        <>
          {say(SAID_DUE[one.what])}: {one.id} {!isAuditor && nextOf(one)}
        </>,
        one.posts
          .map((post) => titleOf(register.posts.get(post), post))
          .join(say(", ")),
        <a href={`/law/${one.rule}`}>{citesIn(lawOf(one.rule).cites)}</a>,
      ])}
    />
  </section>
);

/** The form of what is done next, with what is known filled in. */
function nextOf({ what, id }: ToDo): Child {
  const next = NEXT[what];
  if (next === undefined) return null;
  const query = new URLSearchParams({ [next.field]: id });
  return (
    <a href={`/desk/acts/new/${next.kind}?${String(query)}`}>
      {kindTitle(next.kind)}
    </a>
  );
}

const Drafts: FC<
  Props & { title: string; lines: readonly DraftLine[]; none: string }
> = ({ title, lines, none, register }) => (
  <section>
    <h2>{title}</h2>
    <Table
      label={title}
      caption={say("No draft is an act before everybody has signed it.")}
      head={[
        [say("Act"), false],
        [say("What it says"), false],
        [say("Who signs"), false],
        [say("State"), false],
      ]}
      none={none}
      rows={lines.map(({ draft, kind }) => [
        <a href={`/desk/drafts/${draft.id}`}>{kindTitle(kind)}</a>,
        describeAct(actOf(draft), calledIn(register)),
        signersOf(draft)
          .map((one) => signerOf(one, register))
          .join(say(", ")),
        stateOf(draft, register),
      ])}
    />
  </section>
);

function stateOf(draft: DraftLine["draft"], register: ReadRegister): Child {
  switch (draft.stage) {
    case "open":
      return say("nobody has signed");
    case "signing":
      return say("signed in part, until {by}", {
        by: sayInstant(draft.until, register.offsetMinutes),
      });
    case "entered":
      return (
        <>
          {badgeOf(register, draft.statement.act, draft.ruling.outcome).says}
          {say(", ")}
          <a href={`/acts/${draft.index}`}>
            {say("entry {entry}", { entry: sayNumber(draft.index) })}
          </a>
        </>
      );
  }
}

/** Several of one kind are signed in one go, those that this person prepared among them. */
const Together: FC<{
  lines: readonly DraftLine[];
  register: ReadRegister;
}> = ({ lines, register }) => (
  <details>
    <summary>{say("Sign several of one kind together")}</summary>
    <Form
      action="/desk/batches"
      label={say("Sign several of one kind together")}
    >
      <fieldset>
        <legend>{say("Which")}</legend>
        {lines.map(({ draft }) => (
          <label>
            <input type="checkbox" name="draft" value={draft.id} />{" "}
            {describeAct(actOf(draft), calledIn(register))}
          </label>
        ))}
      </fieldset>
      <p>
        <button type="submit">{say("See how the rules would rule")}</button>
      </p>
    </Form>
  </details>
);
