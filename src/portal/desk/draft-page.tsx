import { sayInstant } from "../lang/figures.ts";
import type { Child, FC } from "hono/jsx";
import { actOf, signersOf } from "../../accounts/drafts.ts";
import { encode } from "../../acts/canonical.ts";
import type { Act } from "../../acts/act.ts";
import type { AlikeDecision } from "../../register/alike-decisions.ts";
import type { ReadRegister } from "../../register/register.ts";
import { askedIn, hasAlike } from "../../rules/explain-ruling.ts";
import { Form } from "../account/form.tsx";
import { Alike } from "../alike-cases.tsx";
import { say, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { sayCapacity } from "./capacity.ts";
import { DeskPage } from "./desk-page.tsx";
import { type DraftView, sayRole, signerOf } from "./draft-view.ts";
import { isDeskKind, KIND_WORDS } from "./kinds.ts";
import { RulingNow } from "./ruling.tsx";
import { SaidAct } from "./said-act.tsx";
import { ChangeSigners } from "./signers-form.tsx";
import { SaidError } from "../when.tsx";

/** A draft: what it says, how the rules rule now, who signs, and only then the button. */
export const DraftPage: FC<{
  view: DraftView;
  /** The form that signs; nothing where this person has nothing to sign. */
  signing: Child;
  /** The form for signatures that were made elsewhere. */
  handIn: Child;
  /** What a price would have brought, where the act sets one. */
  whatIf: Child;
  notes: Child;
}> = ({ view, signing, handIn, whatIf, notes }) => {
  const { draft, told, register, person, statement, digest } = view;
  const act = actOf(draft);
  const title = kindTitle(act.kind);
  const isOwn = draft.by === person;
  return (
    <DeskPage
      title={title}
      {...(signing === undefined ? {} : { script: "/sign.js" })}
      lead={say(
        "A draft. Nothing is entered before everybody below has signed.",
      )}
    >
      {view.against !== undefined && (
        <div class="notice" role="alert">
          {"notSigned" in view.against ? (
            <p>
              <SaidError message={view.against.notSigned} />
            </p>
          ) : (
            <>
              <p>{say("It was not entered. The office says:")}</p>
              <p>
                <SaidError message={view.against.turnedAway} />
              </p>
            </>
          )}
        </div>
      )}
      <section aria-labelledby="says">
        <h2 id="says">{say("What it says")}</h2>
        {isDeskKind(act.kind) && (
          <SaidAct kind={act.kind} act={act} register={register} />
        )}
        {view.newKey !== undefined && (
          <p>
            {sayWith(
              "The key has the id {id}. Whoever enrols it asks its holder in person whether that is the one on their page: a signature proves that somebody has the key, and not who.",
              { id: <code>{view.newKey}</code> },
            )}
          </p>
        )}
        {isOwn && draft.stage === "open" && (
          <p>
            <a href={`/desk/acts/new/${act.kind}?draft=${draft.id}`}>
              {say("Change it")}
            </a>
          </p>
        )}
      </section>
      <RulingNow {...{ told, act, register, now: view.now }} />
      <AlikeTo {...{ act, register }} alike={told.alike} now={view.now} />
      {whatIf}
      <section>
        <h2 id="signers">{say("Who signs")}</h2>
        <Signers view={view} />
        {isOwn && draft.stage === "open" && <ChangeSigners view={view} />}
      </section>
      {signing !== undefined && (
        <section aria-labelledby="sign">
          <h2 id="sign">{say("Sign")}</h2>
          <details>
            <summary>{say("What exactly is signed")}</summary>
            <p>
              {say(
                "The SHA-256 of these bytes, behind the line vitrine-act-v1, is:",
              )}{" "}
              <code>{digest}</code>
            </p>
            <pre tabindex={0}>{encode(statement)}</pre>
          </details>
          {signing}
        </section>
      )}
      {handIn}
      {notes}
      <p>
        <a href={`/desk/drafts/${draft.id}/statement.json`}>
          {say("The statement as JSON")}
        </a>
      </p>
      {isOwn && (
        <Form
          action={`/desk/drafts/${draft.id}/withdraw`}
          label={say("Withdraw")}
        >
          <p>
            <button type="submit">{say("Withdraw this draft")}</button>
          </p>
        </Form>
      )}
    </DeskPage>
  );
};

/** Of what decides about a permit or an application: how cases like it were decided. */
const AlikeTo: FC<{
  act: Act;
  alike: readonly AlikeDecision[];
  register: ReadRegister;
  now: number;
}> = ({ act, alike, register, now }) => {
  if (!hasAlike(act)) return null;
  const asked = askedIn(register, act);
  const own = ["application", "permit", "decides"]
    .map((name): unknown => Reflect.get(act, name))
    .filter((id) => typeof id === "string");
  return (
    <Alike
      asked={asked === undefined ? undefined : { ...asked, own }}
      {...{ alike, register, now }}
    />
  );
};

export function kindTitle(kind: string): string {
  return isDeskKind(kind) ? say(KIND_WORDS[kind]) : kind;
}

const Signers: FC<{ view: DraftView }> = ({
  view: { draft, register, now },
}) => (
  <>
    <Table
      label={say("Who signs")}
      caption={
        draft.stage === "open"
          ? say("Nobody has signed yet.")
          : say("Stands until {until}; then it is gone.", {
              until: sayInstant(draft.until, register.offsetMinutes),
            })
      }
      head={[
        [say("Post"), false],
        [say("As what"), false],
        [say("Signature"), false],
      ]}
      none={say("nobody")}
      rows={signersOf(draft).map((one, place) => [
        one.post === undefined
          ? signerOf(one, register)
          : sayCapacity(register, { person: one.person, post: one.post }, now),
        sayRole(one),
        draft.stage === "signing" && draft.signatures[place] !== null
          ? say("signed")
          : say("waits"),
      ])}
    />
  </>
);
