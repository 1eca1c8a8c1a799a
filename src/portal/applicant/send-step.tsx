import type { FC } from "hono/jsx";
import { sayNumber, sayMoney, sayInstant } from "../lang/figures.ts";
import { lawOf } from "../../rules/law.ts";
import { citesIn } from "../lang/law-in.ts";
import { alikeCases } from "../../register/alike.ts";
import { Form } from "../account/form.tsx";
import { Alike } from "../alike-cases.tsx";
import { type Message, say, sayCount } from "../lang/say.ts";
import { purposeTitle, titleIn } from "../lang/title-in.ts";
import { ApplyFrame, type StepProps } from "./apply-page.tsx";
import { Names, Terms } from "./terms.tsx";
import { PaperLink } from "./papers-field.tsx";
import { type Estimate, type foreseen, type othersWith } from "./foresee.ts";

export type Foreseen = {
  readonly estimate: Estimate;
  readonly ruling: ReturnType<typeof foreseen>;
  readonly others: ReturnType<typeof othersWith>;
  readonly organisation: string;
  readonly now: number;
};

/** The last step: all of it once more, what it would cost, what the rules would find, and who has the same. */
export const SendStep: FC<StepProps & Foreseen> = ({
  register,
  product,
  draft,
  papers,
  wrong,
  estimate,
  ruling,
  others,
  organisation,
  now,
}) => {
  const { typed } = draft;
  const { purpose } = typed;
  const asked = { organisation, product: product.product, purpose };
  return (
    <ApplyFrame {...{ draft, product, wrong }} step="send">
      <section>
        <h2>{say("What you ask for")}</h2>
        <Terms
          rows={[
            [say("Product"), `${titleIn(product)} (${product.product})`],
            [say("Purpose"), purposeTitle(register, purpose)],
            [
              say("In your own words"),
              <span class="own-words">{typed.text}</span>,
            ],
            [say("Fields to see"), <Names names={typed.fields} />],
            [say("Fields to search by"), <Names names={typed.where} />],
            [say("Rows in one answer, at most"), typed.rowsMax],
            [say("Requests in all"), typed.calls || say("no limit")],
            [say("Steps of rows in all"), typed.steps || say("no limit")],
            [say("First day"), typed.from || say("at once")],
            [
              say("Last day"),
              typed.to || say("as long as the rules let it stand"),
            ],
            [
              say("Papers that go with it"),
              papers.length === 0 ? (
                say("none of them")
              ) : (
                <ul class="plain">
                  {papers.map((paper) => (
                    <li>
                      <PaperLink paper={paper} />
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
      </section>
      <PriceSection estimate={estimate} />
      <RulingSection ruling={ruling} />
      <Others others={others} offsetMinutes={register.offsetMinutes} />
      <Alike
        asked={{ ...asked, own: [draft.id] }}
        alike={alikeCases(register, asked, now)}
        {...{ register, now }}
      />
      <Form
        action={`/account/applications/${draft.id}/send`}
        label={say("Hand in the application")}
      >
        <p>
          {say(
            "It goes before the post that receives applications. The day on which it comes counts, also where the office enters it later.",
          )}
        </p>
        <button type="submit">{say("Hand in the application")}</button>
      </Form>
    </ApplyFrame>
  );
};

const FREE = {
  "open data": "Free of charge: the data are open.",
  "CN-PRC-01":
    "Free of charge: the law gives data for public governance and public welfare without a fee.",
  "no fee in force for this class":
    "Free of charge at this moment: no price is in force for your class of user.",
  fee: "A price is in force.",
} as const satisfies Record<Estimate["because"], Message>;

const UNITS = {
  call: "{amount} for each request",
  step: "{amount} for each step of {n} rows",
} as const satisfies Record<"call" | "step", Message>;

export function sayRate({
  amount = 0,
  currency,
  unit,
  rowsPerStep,
}: Pick<Estimate, "amount" | "currency" | "unit" | "rowsPerStep">): string {
  const money = sayMoney(amount, currency);
  return unit === "call"
    ? say(UNITS.call, { amount: money })
    : say(UNITS.step, { amount: money, n: sayNumber(rowsPerStep) });
}

export const PriceSection: FC<{ estimate: Estimate }> = ({ estimate }) => {
  const { rule, ground, ceiling, currency, most } = estimate;
  return (
    <section>
      <h2>{say("What it would cost")}</h2>
      {estimate.fee === undefined ? (
        <p>{say(FREE[estimate.because])}</p>
      ) : (
        <>
          <p>{sayRate(estimate)}</p>
          <Terms
            rows={[
              [say("Paid to"), estimate.payee ?? ""],
              [say("Fee standard"), <code>{estimate.fee}</code>],
              [
                say("Its ground"),
                rule === undefined
                  ? (ground ?? "")
                  : `${citesIn(lawOf(rule).cites)} (${rule})`,
              ],
              ...(ceiling === undefined
                ? []
                : [
                    [
                      say("Approved ceiling"),
                      sayMoney(ceiling, currency),
                    ] as const,
                  ]),
              [
                say("All of it used up"),
                most === undefined
                  ? say("not known: you set no limit in this unit")
                  : sayMoney(most, currency),
              ],
            ]}
          />
        </>
      )}
      <p class="quiet">
        {say(
          "Worked out by the prices in force now, as the gate works out every charge. What counts is the price at the hour of each use.",
        )}
      </p>
    </section>
  );
};

const RulingSection: FC<Pick<Foreseen, "ruling">> = ({ ruling }) => (
  <section>
    <h2>{say("What the rules would find")}</h2>
    {ruling === undefined ? (
      <p>{say("Nobody holds the post that grants permits at this moment.")}</p>
    ) : (
      <>
        <p class={ruling.granted ? "granted" : "refused"}>
          {ruling.granted
            ? say("A permit as you ask for it would break no rule now.")
            : say("A permit exactly as you ask for it would be refused now:")}
        </p>
        {ruling.findings.length > 0 && (
          <ul class="plain">
            {ruling.findings.map((one) => (
              <li>
                {one.says}
                {one.facts !== "" &&
                  say(" ({state})", { state: one.facts })}{" "}
                <span class="quiet inline">
                  {say("({rule}, {cites})", one)}
                </span>
              </li>
            ))}
          </ul>
        )}
        <p class="notice">
          {say(
            "This is a trial and not the decision. An officer decides, may give less than you ask for, and may need papers that only they can state.",
          )}
        </p>
      </>
    )}
  </section>
);

const SHOWN = 50;

const Others: FC<Pick<Foreseen, "others"> & { offsetMinutes: number }> = ({
  others,
  offsetMinutes,
}) => (
  <section>
    <h2>{say("Who else has it")}</h2>
    {others.length === 0 ? (
      <p>{say("Nobody else has a permit for this product now.")}</p>
    ) : (
      <>
        <p>
          {sayCount(
            others.length,
            "{n} permit of somebody else is in force.",
            "{n} permits of others are in force.",
            { n: others.length },
          )}
        </p>
        <ul class="plain">
          {others.slice(0, SHOWN).map(({ title, purpose, to }) => (
            <li>
              {title}: {purpose}
              {to !== undefined &&
                ` (${say("until {time}", { time: sayInstant(to, offsetMinutes) })})`}
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
);
