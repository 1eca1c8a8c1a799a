import { titleIn } from "../lang/title-in.ts";
import type { SaidInPaper } from "../../accounts/applicant-contents.ts";
import { sayInstant, sayMoney } from "../lang/figures.ts";
import type { Child, FC } from "hono/jsx";
import { showCount } from "../../audit/says.ts";
import { HOUR } from "../../acts/shapes.ts";
import { alikeCases } from "../../register/alike.ts";
import {
  type Application,
  isWaiting,
  type Permit,
  type ReadRegister,
} from "../../register/register.ts";
import { priceOf } from "../../uses/price.ts";
import { Alike } from "../alike-cases.tsx";
import { LetterLinks, lettersOf } from "../decision-letters/letter-links.tsx";
import { say } from "../lang/say.ts";
import { SaidWanted } from "./case-wanted.tsx";
import { DeskPage } from "./desk-page.tsx";
import { sayValue } from "./field-said.ts";
import { clockTo } from "./inbox.ts";
import { sayClock } from "./inbox-page.tsx";
import { type DeskKind, KIND_WORDS } from "./kinds.ts";
import { titled } from "./titled.ts";

/** A paper of the case, as the office can read it. */
export type CasePaper = {
  readonly says: string;
  readonly commitment: string;
  /** Its words, where it is text; undefined where the office has it not, or not as text. */
  readonly words: string | undefined;
};

export type CaseView = {
  readonly application: Application;
  readonly papers: readonly CasePaper[];
  readonly said: SaidInPaper | undefined;
  readonly register: ReadRegister;
  readonly now: number;
  /** Kinds of act that a post of this official may prepare or approve. */
  readonly may: (kind: DeskKind) => boolean;
};

/** An application: what was asked, the papers, the clock, how alike cases were decided, and what can lawfully be done next. */
export const CasePage: FC<{ view: CaseView; notes: Child }> = ({
  view,
  notes,
}) => {
  const { application, register, now } = view;
  const { act } = application;
  const title = say("Application {id}", { id: act.application });
  const organisation = register.organisations.get(act.organisation)?.act;
  const product = register.products.get(act.product)?.act;
  const purpose = register.rulebook?.act.purposes.find(
    (one) => one.purpose === act.purpose,
  );
  const at = (instant: number): string =>
    sayInstant(instant, register.offsetMinutes);
  return (
    <DeskPage
      title={title}
      lead={titled(
        organisation === undefined ? act.organisation : titleIn(organisation),
        act.organisation,
      )}
    >
      <section aria-labelledby="asked">
        <h2 id="asked">{say("What was asked for")}</h2>
        <dl class="said">
          <dt>{say("Organisation")}</dt>
          <dd>
            {titled(
              organisation === undefined
                ? act.organisation
                : titleIn(organisation),
              act.organisation,
            )}
            {organisation !== undefined &&
              `${say(", ")}${sayValue(organisation.class)}`}
          </dd>
          <dt>{say("Product")}</dt>
          <dd>
            {product === undefined
              ? say("{product}, which is not offered", { product: act.product })
              : `${titled(titleIn(product), act.product)}${say(", ")}${sayValue(product.form)}`}
          </dd>
          <dt>{say("Purpose")}</dt>
          <dd>
            {purpose === undefined
              ? say("{purpose}, which is not on the list of the rulebook", {
                  purpose: act.purpose,
                })
              : `${titled(titleIn(purpose), purpose.purpose)}${say(", ")}${sayValue(purpose.class)}`}
          </dd>
          {act.transfer !== undefined && (
            <>
              <dt>{say("Country into which the data are to go")}</dt>
              <dd>{act.transfer}</dd>
            </>
          )}
          <dt>{say("Received")}</dt>
          <dd>
            {at(application.at)},{" "}
            <a href={`/acts/${application.entry}`}>
              {say("entry {entry}", { entry: application.entry })}
            </a>
          </dd>
          <SaidWanted said={view.said} register={register} />
          <dt>{say("Price that would apply")}</dt>
          <dd>{sayPrice(view)}</dd>
        </dl>
      </section>
      <Clock view={view} />
      <Papers papers={view.papers} />
      <Alike
        asked={{ ...act, own: [act.application] }}
        alike={alikeCases(register, act, now)}
        {...{ register, now }}
      />
      {application.decided === undefined ? (
        <Next view={view} />
      ) : (
        <p class="notice">
          {say("Decided: {outcome}, entry {entry}", {
            outcome: sayValue(application.decided.outcome),
            entry: application.decided.entry,
          })}
        </p>
      )}
      <LetterLinks under="/desk" entries={lettersOf(application)} />
      {notes}
      <p class="quiet">{say("As it stands on {at}.", { at: at(now) })}</p>
    </DeskPage>
  );
};

/** What the gate would charge now, if the permit were there: by product, class and purpose, as for everybody. */
function sayPrice({ register, application, now }: CaseView): string {
  const { organisation, product, purpose } = application.act;
  const permit: Permit = {
    ...{ permit: "estimate", organisation, product, purpose },
    ...{ fields: [], where: [], rowsMax: 1, quota: {} },
  };
  const slot = Math.floor(now / HOUR) * HOUR;
  const { fee, because } = priceOf(register, permit, slot, HOUR);
  if (fee === undefined)
    return because === "no fee in force for this class"
      ? say("free of charge: no price is in force for this class of payers")
      : say("free of charge: the law lets nobody charge for this purpose");
  const { amount, currency, unit } = fee.act;
  return say("{amount} per {unit}, price {fee}", {
    amount: sayMoney(amount, currency),
    unit: sayValue(unit),
    fee: fee.act.fee,
  });
}

const Clock: FC<{ view: CaseView }> = ({
  view: { application, register, now },
}) => {
  if (application.decided !== undefined) return null;
  const waits = isWaiting(application);
  const by = waits ? application.asked.by : application.due;
  return (
    <section aria-labelledby="clock">
      <h2 id="clock">{say("How much time is left")}</h2>
      <p>{sayClock(clockTo(register, by, now), register)}</p>
      {waits && (
        <p>
          {say(
            "The clock stands: the applicant was asked for what is missing. Of the term {left} days are left.",
            { left: showCount(application.asked.left) },
          )}
        </p>
      )}
      {application.extended !== undefined && (
        <p>
          {say("The term was made longer already, which can be done once.")}
        </p>
      )}
    </section>
  );
};

const Papers: FC<{ papers: readonly CasePaper[] }> = ({ papers }) => (
  <section aria-labelledby="papers">
    <h2 id="papers">{say("Papers")}</h2>
    <ul class="plain">
      {papers.map(({ says, commitment, words }) => (
        <li>
          {says}
          {words === undefined ? (
            <p class="quiet">
              {say("This office does not have its content as text.")}
            </p>
          ) : (
            <blockquote>{words}</blockquote>
          )}
          <a href={`/desk/papers/${commitment}`}>{say("Open the paper")}</a>
        </li>
      ))}
    </ul>
  </section>
);

/** Lawful next steps of a case: what was done once cannot be done again. */
function stepsOf(application: Application): readonly DeskKind[] {
  if (isWaiting(application))
    return ["completionReceived", "applicationWithdrawn", "applicationRefused"];
  return [
    "permit",
    "applicationRefused",
    ...(application.asked === undefined ? (["completionAsked"] as const) : []),
    ...(application.extended === undefined
      ? (["applicationExtended"] as const)
      : []),
    "applicationWithdrawn",
  ];
}

const Next: FC<{ view: CaseView }> = ({ view: { application, may } }) => {
  const steps = stepsOf(application).filter(may);
  const query = new URLSearchParams({
    application: application.act.application,
  });
  return (
    <section aria-labelledby="next">
      <h2 id="next">{say("What can be done now")}</h2>
      {steps.length === 0 ? (
        <p>{say("Your posts may read this case and decide nothing in it.")}</p>
      ) : (
        <ul class="choices">
          {steps.map((kind) => (
            <li>
              <a
                class="button"
                href={`/desk/acts/new/${kind}?${String(query)}`}
              >
                {say(KIND_WORDS[kind])}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
