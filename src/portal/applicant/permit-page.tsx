import type { FC } from "hono/jsx";
import type { OwnToken } from "../../accounts/access.ts";
import type { Sent } from "../../accounts/applications.ts";
import { sayNumber, sayMoney } from "../lang/figures.ts";
import type { ReadRegister } from "../../register/register.ts";
import { citedRule } from "../lang/law-in.ts";
import { Form } from "../account/form.tsx";
import { Moment } from "../citizen/moment.tsx";
import { examplesOf, TOKEN_IN_SHELL } from "../dataset-examples.ts";
import { LetterLinks } from "../decision-letters/letter-links.tsx";
import { Frame } from "../frame.tsx";
import { say, sayWith } from "../lang/say.ts";
import { BackToAccount, Names, Terms } from "./terms.tsx";
import { LongField, TextField, type Wrong, WrongSummary } from "./fields.tsx";
import { purposeTitle } from "../lang/title-in.ts";
import { productTitle } from "./foresee.ts";
import {
  Charges,
  PERMIT_STATES,
  sayCharged,
  sayEnd,
  sayLeft,
} from "./permit-rows.tsx";
import type { PermitView } from "./permit-view.ts";
import { sayRate } from "./send-step.tsx";
import { MakeToken } from "./token-parts.tsx";
import { sayWord } from "../lang/words.ts";

type Props = {
  readonly register: ReadRegister;
  readonly view: PermitView;
  readonly tokens: readonly OwnToken[];
  readonly address: string;
  readonly renewal: Sent | undefined;
  /** Entries about it that have a letter. */
  readonly letters: readonly number[];
  readonly wrong: Wrong;
  readonly typed: { readonly text: string; readonly to: string };
};

/** One permit: what it lets its holder do, what is left, what it cost so far, and how to ask. */
export const PermitPage: FC<Props> = (props) => {
  const { register, view } = props;
  const { act } = view.standing;
  const title = say("Permit for {product}", {
    product: productTitle(register, act.product),
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
              id: act.permit,
              state: say(PERMIT_STATES[view.state]),
            })}
          </p>
        </>
      }
    >
      {view.state === "inForce" && <FirstRow {...props} />}
      <section>
        <h2>{say("What it lets you do")}</h2>
        <Terms
          rows={[
            [say("Purpose"), purposeTitle(register, act.purpose)],
            [say("Fields to see"), <Names names={act.fields} />],
            [say("Fields to search by"), <Names names={act.where} />],
            [say("Rows in one answer, at most"), sayNumber(act.rowsMax)],
            [say("Left at this moment"), sayLeft(view)],
            [
              say("From, to"),
              <>
                <Moment
                  at={view.standing.from}
                  offsetMinutes={register.offsetMinutes}
                />
                {" – "}
                {sayEnd(view, register.offsetMinutes)}
              </>,
            ],
            ...(act.decides === undefined
              ? []
              : [
                  [
                    say("It decides"),
                    <a href={`/account/applications/${act.decides}`}>
                      {say("your application {id}", { id: act.decides })}
                    </a>,
                  ] as const,
                ]),
            [
              say("Granted by"),
              say("entry {entry} of the register log", {
                entry: view.standing.entry,
              }),
            ],
          ]}
        />
      </section>
      <Cost {...props} />
      <Renewal {...props} />
      <LetterLinks under="/account" entries={props.letters} />
      <BackToAccount />
    </Frame>
  );
};

const FirstRow: FC<Props> = ({ register, view, tokens, address }) => {
  const { act } = view.standing;
  const product = register.products.get(act.product)?.act;
  const [part] = product?.content ?? [];
  const dataset = register.datasets.get(part?.dataset ?? "")?.act;
  const examples =
    product === undefined || dataset === undefined
      ? []
      : examplesOf(
          dataset,
          [
            {
              ...product,
              content: [{ dataset: dataset.dataset, fields: [...act.fields] }],
            },
          ],
          address,
          false,
          // What CKAN's clients get are facts about the dataset, and no row of it.
        ).filter(({ name }) => name !== "ckanapi");
  return (
    <section>
      <h2>{say("To the first row")}</h2>
      <p>
        {tokens.length === 0
          ? say(
              "Your programs ask with a token. Make one; it is shown for a minute, and the office keeps nothing that opens it.",
            )
          : sayWith("Tokens that open this permit: {n}. {manage}", {
              n: String(tokens.length),
              manage: <a href="/account/tokens">{say("Tokens")}</a>,
            })}
      </p>
      <MakeToken permits={[act.permit]} permit={act.permit} wrong={{}} />
      {examples.length > 0 && (
        <p>
          {sayWith("Put the token in the place of {token}:", {
            token: <code>{TOKEN_IN_SHELL}</code>,
          })}
        </p>
      )}
      {examples.map(({ name, text }) => (
        <figure>
          <figcaption>{sayWord(name)}</figcaption>
          <pre tabindex={0}>{text}</pre>
        </figure>
      ))}
    </section>
  );
};

const Cost: FC<Props> = ({ register, view }) => {
  const { fee, ceiling } = view.price;
  const rowsPerStep =
    register.products.get(view.standing.act.product)?.act.rowsPerStep ?? 1;
  const rule = register.rulebook?.act.grounds.find(
    ({ ground }) => ground === fee?.act.ground,
  )?.rule;
  return (
    <section>
      <h2>{say("What it costs, and cost so far")}</h2>
      <Terms
        rows={[
          [
            say("Price at this moment"),
            fee === undefined
              ? say("free of charge")
              : sayRate({ ...fee.act, rowsPerStep }),
          ],
          ...(fee === undefined
            ? []
            : [[say("Fee standard"), <code>{fee.act.fee}</code>] as const]),
          ...(rule === undefined
            ? []
            : [[say("Its ground"), citedRule(rule)] as const]),
          ...(ceiling === undefined
            ? []
            : [
                [
                  say("Approved ceiling"),
                  sayMoney(ceiling.act.amount, ceiling.act.currency),
                ] as const,
              ]),
          [say("Charged so far"), sayCharged(view.charges)],
        ]}
      />
      <Charges charges={view.charges} />
    </section>
  );
};

const Renewal: FC<Props> = ({ register, view, renewal, wrong, typed }) => {
  const { standing } = view;
  const asked =
    standing.renewal !== undefined && standing.renewal.decided === undefined;
  if (standing.ended !== undefined || view.state === "over") return <></>;
  return (
    <section>
      <h2>{say("Another term")}</h2>
      <WrongSummary wrong={wrong} />
      {asked && (
        <p class="notice">
          {say("You asked for another term; the office decides it.")}
        </p>
      )}
      {!asked && renewal !== undefined && (
        <p class="notice">
          {sayWith(
            "You asked for another term at {time}; the office has to enter it.",
            {
              time: (
                <Moment
                  at={renewal.received}
                  offsetMinutes={register.offsetMinutes}
                />
              ),
            },
          )}
        </p>
      )}
      {!asked && renewal === undefined && (
        <Form
          action={`/account/permits/${standing.act.permit}/renewal`}
          label={say("Another term")}
        >
          <TextField
            {...{ id: "to", wrong, value: typed.to, type: "date" as const }}
            label={say("Last day that you wish for")}
            hint={say("Leave it empty to let the office say.")}
          />
          <LongField
            {...{ id: "text", wrong, value: typed.text, rows: 3 }}
            label={say("Why you go on needing it")}
          />
          <button type="submit">{say("Ask for another term")}</button>
        </Form>
      )}
    </section>
  );
};
