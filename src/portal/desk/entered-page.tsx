import { sayInstant } from "../lang/figures.ts";
import type { Child, FC } from "hono/jsx";
import type { EnteredDraft } from "../../accounts/drafts.ts";
import type { Act, ActOf } from "../../acts/act.ts";
import { receiptTime } from "./receipt-time.ts";
import type { ReadRegister } from "../../register/register.ts";
import { isLetterAct } from "../decision-letters/letter.ts";
import { sentenceOf } from "../acts/badge.ts";
import { say, sayWith } from "../lang/say.ts";
import { DeskPage } from "./desk-page.tsx";
import { kindTitle } from "./draft-page.tsx";
import { isDeskKind } from "./kinds.ts";
import { Ruled } from "./ruling.tsx";
import { SaidAct } from "./said-act.tsx";

/** What came of a draft: its entry, the ruling, the receipt, and when it takes effect. */
export const EnteredPage: FC<{
  draft: EnteredDraft;
  register: ReadRegister;
  now: number;
  notes: Child;
}> = ({ draft, register, now, notes }) => {
  const { index, ruling, statement, leaf } = draft;
  const { act } = statement;
  const title = kindTitle(act.kind);
  const delayed = register.delayed.get(index);
  const isRefused = ruling.outcome === "refused";
  const came = sentenceOf(act, ruling.outcome, "after");
  return (
    <DeskPage
      title={title}
      lead={say("Entered. What stands in the log stays there for ever.")}
    >
      <p class="notice" role="status">
        <strong class={came.tone}>{came.says}</strong>{" "}
        {sayWith("It is entry {entry} of the register log.", {
          entry: <a href={`/acts/${index}`}>{index}</a>,
        })}{" "}
        {isRefused
          ? say("It takes no effect; that it was refused, and why, is public.")
          : !isCase(act) && effectOf(draft, register)}
      </p>
      {!isRefused && isCase(act) && (
        <p>
          <a class="button" href={`/desk/applications/${act.application}`}>
            {say("Open the application, to decide it")}
          </a>
        </p>
      )}
      <Ruled {...{ ruling, act, register }} at={enteredAt(draft)} />
      <section aria-labelledby="says">
        <h2 id="says">{say("What it says")}</h2>
        {isDeskKind(act.kind) && (
          <SaidAct kind={act.kind} act={act} register={register} />
        )}
      </section>
      <section aria-labelledby="receipt">
        <h2 id="receipt">{say("The receipt")}</h2>
        <p>
          {draft.receipt === undefined
            ? say(
                "It stands in the log, and this page did not hear of it in time: there is no receipt of it. Do not send it again.",
              )
            : say(
                "The office promises with its signature that this entry is in the public log. Whoever keeps the receipt can hold the office to it.",
              )}
        </p>
        <ul class="links">
          {draft.receipt !== undefined && (
            <li>
              <a href={`/desk/drafts/${draft.id}/receipt.json`}>
                {say("Download the receipt")}
              </a>
            </li>
          )}
          <li>
            <a href={`/acts/${index}`}>
              {say("The entry, as everybody sees it")}
            </a>
          </li>
          {!isRefused && isLetterAct(act) && (
            <li>
              <a href={`/desk/letters/${index}`}>
                {say("Letter of this decision, to print")}
              </a>
            </li>
          )}
          {delayed !== undefined &&
            delayed.disowned === undefined &&
            now < delayed.until && (
              <li>
                <a href={`/desk/acts/new/disowned?entry=${index}`}>
                  {say("This was not me, or I take it back")}
                </a>
              </li>
            )}
          <li>
            <a href="/desk">{say("Back to your desk")}</a>
          </li>
        </ul>
        <p class="quiet">
          {say("Leaf")} <code>{leaf}</code>
        </p>
      </section>
      {notes}
    </DeskPage>
  );
};

/** After it an application waits to be decided, often by whoever has just entered it. */
function isCase(
  act: Act,
): act is ActOf<"applicationReceived" | "completionReceived"> {
  return (
    act.kind === "applicationReceived" || act.kind === "completionReceived"
  );
}

/** Rights and prices that name a day begin on it; everything else with its entry. */
function effectOf(
  draft: EnteredDraft,
  { offsetMinutes, delayed }: ReadRegister,
): string {
  const { act } = draft.statement;
  const from = Math.max(
    "from" in act && typeof act.from === "number" ? act.from : 0,
    delayed.get(draft.index)?.until ?? 0,
  );
  return from > enteredAt(draft)
    ? say("It takes effect at {at}.", { at: sayInstant(from, offsetMinutes) })
    : say("It is in effect since its entry.");
}

function enteredAt({ receipt, at = 0 }: EnteredDraft): number {
  return receipt === undefined ? at : receiptTime(receipt);
}
