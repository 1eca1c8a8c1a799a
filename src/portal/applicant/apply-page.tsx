import type { FC, PropsWithChildren } from "hono/jsx";
import type { Attached } from "../../accounts/applicant-contents.ts";
import type { ApplicationDraft } from "../../accounts/applications.ts";
import { sayNumber } from "../lang/figures.ts";
import type { Product, ReadRegister } from "../../register/register.ts";
import { lawOf } from "../../rules/law.ts";
import { citesIn } from "../lang/law-in.ts";
import { Form } from "../account/form.tsx";
import { DiscardDraft } from "../discard-draft.tsx";
import { Frame } from "../frame.tsx";
import { type Message, say } from "../lang/say.ts";
import { meaningIn, titleIn } from "../lang/title-in.ts";
import { English } from "../when.tsx";
import { PapersField } from "./papers-field.tsx";
import { purposesFor, type Step, steps } from "./extent.ts";
import {
  LongField,
  RadioField,
  SelectField,
  TextField,
  type Wrong,
  WrongSummary,
} from "./fields.tsx";
import { TickAll } from "../tick-all.tsx";

const STEPS = {
  purpose: "What for",
  extent: "Which data, and how much",
  papers: "Papers that go with it",
  send: "Look over and send",
} as const satisfies Record<Step, Message>;

/** The first step: without a product there is nothing to ask about. */
export const NewApplicationPage: FC<{
  products: readonly Product[];
  chosen: string;
  wrong: Wrong;
}> = ({ products, chosen, wrong }) => {
  const title = say("Apply for a permit");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "In five short steps. What you type is kept, sealed, after every step: you can go away and come back.",
            )}
          </p>
        </>
      }
    >
      {products.length === 0 ? (
        <p class="notice">
          {say("Nothing is offered by permit at this moment.")}
        </p>
      ) : (
        <Form action="/account/applications/new" label={title}>
          <SelectField
            {...{ id: "product", wrong, value: chosen }}
            label={say("What you want to use")}
            hint={say("Its fields, prices and limits are on its own page.")}
            options={products.map((one) => ({
              value: one.product,
              says: `${titleIn(one)} (${one.product})`,
            }))}
          />
          <button type="submit">{say("Begin")}</button>
        </Form>
      )}
      <p>
        <a href="/account">{say("Your account")}</a>
      </p>
    </Frame>
  );
};

export type StepProps = {
  readonly register: ReadRegister;
  readonly product: Product;
  readonly draft: ApplicationDraft;
  readonly papers: readonly Attached[];
  readonly wrong: Wrong;
};

export const ApplyFrame: FC<
  PropsWithChildren<
    Pick<StepProps, "draft" | "product" | "wrong"> & { step: Step }
  >
> = ({ draft, product, wrong, step, children }) => {
  const title = say(STEPS[step]);
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <p>
            {say("Application for {product}", { product: titleIn(product) })}
          </p>
          <h1>{title}</h1>
          <Ways {...{ draft, step }} />
        </>
      }
    >
      <WrongSummary
        wrong={wrong}
        says={say("It is kept, but something has to be mended first:")}
      />
      {children}
      <DiscardDraft action={`/account/applications/${draft.id}/discard`} />
    </Frame>
  );
};

const Ways: FC<{ draft: ApplicationDraft; step: Step }> = ({ draft, step }) => (
  <nav aria-label={say("Steps of the application")}>
    <ol class="steps">
      <li class="done">{say("Product")}</li>
      {steps.map((one) => (
        <li>
          <a
            href={`/account/applications/${draft.id}/${one}`}
            {...(one === step ? { "aria-current": "step" as const } : {})}
          >
            {say(STEPS[one])}
          </a>
        </li>
      ))}
    </ol>
  </nav>
);

export const PurposeStep: FC<StepProps> = ({
  register,
  product,
  draft,
  wrong,
}) => {
  const { typed } = draft;
  return (
    <ApplyFrame {...{ draft, product, wrong }} step="purpose">
      <StepForm {...{ draft }} step="purpose">
        <RadioField
          {...{ id: "purpose", wrong, value: typed.purpose }}
          label={say("Purpose, from the office's list")}
          hint={say(
            "Only what is on the list can be given. Whoever uses data for something else breaks the permit.",
          )}
          options={purposesFor(register, product).map((one) => ({
            value: one.purpose,
            says: titleIn(one),
            ...(one.ground === undefined
              ? {}
              : {
                  more: say("rests on {law}", {
                    law: citesIn(lawOf(one.ground).cites),
                  }),
                }),
          }))}
        />
        <LongField
          {...{ id: "text", wrong, value: typed.text }}
          label={say("In your own words")}
          hint={say(
            "What you do, for whom, and why these data are needed for it. The posts that decide read it; it is kept sealed and never public.",
          )}
        />
      </StepForm>
    </ApplyFrame>
  );
};

export const ExtentStep: FC<StepProps> = ({
  register,
  product,
  draft,
  wrong,
}) => (
  <ApplyFrame {...{ draft, product, wrong }} step="extent">
    <StepForm {...{ draft }} step="extent">
      <ExtentFields {...{ register, product, draft, wrong }} />
    </StepForm>
  </ApplyFrame>
);

/** Which data, and how much of them. */
export const ExtentFields: FC<
  Pick<StepProps, "register" | "product" | "draft" | "wrong">
> = ({ register, product, draft, wrong }) => {
  const { typed } = draft;
  return (
    <>
      {/* Whoever presses Enter goes on, and ticks nothing. */}
      <button type="submit" class="skip" tabindex={-1} aria-hidden="true">
        {say("Keep it and go on")}
      </button>
      <Fields {...{ register, product, draft, wrong }} />
      <TextField
        {...{ id: "rowsMax", wrong, value: typed.rowsMax, numeric: true }}
        label={say("Rows in one answer, at most")}
        hint={say("This product gives {max} at most.", {
          max: sayNumber(product.rowsMax),
        })}
      />
      <TextField
        {...{ id: "calls", wrong, value: typed.calls, numeric: true }}
        label={say("Requests in all")}
        hint={say("Leave it empty for no limit.")}
      />
      <TextField
        {...{ id: "steps", wrong, value: typed.steps, numeric: true }}
        label={say("Steps of rows in all")}
        hint={say(
          "One step is {n} rows of an answer, or a part of that. Leave it empty for no limit.",
          { n: sayNumber(product.rowsPerStep) },
        )}
      />
      <TextField
        {...{ id: "from", wrong, value: typed.from, type: "date" as const }}
        label={say("First day")}
        hint={say("Leave it empty to begin at once.")}
      />
      <TextField
        {...{ id: "to", wrong, value: typed.to, type: "date" as const }}
        label={say("Last day")}
        hint={say(
          "Leave it empty for as long as the office's rules let a permit stand.",
        )}
      />
    </>
  );
};

const describedBy = (wrong: readonly string[]) =>
  wrong.length === 0
    ? {}
    : { "aria-describedby": wrong.map((one) => `${one}-wrong`).join(" ") };

const Fields: FC<
  Pick<StepProps, "register" | "product" | "draft" | "wrong">
> = ({ register, product, draft: { typed }, wrong }) => (
  <fieldset
    id="fields"
    {...describedBy(["fields", "where"].filter((one) => one in wrong))}
  >
    <legend>{say("Fields")}</legend>
    <p class="quiet">
      {say(
        "Ask for as few as you need: every one of them is looked at. A field that you only search by need not be seen.",
      )}
    </p>
    <TickAll name="tick" value="all" />
    {["fields", "where"].map(
      (name) =>
        wrong[name] !== undefined && (
          <div {...(name === "where" ? { id: name } : {})}>
            <p class="refused" id={`${name}-wrong`}>
              {wrong[name]}
            </p>
          </div>
        ),
    )}
    {product.content.map((part) => (
      <ul class="pairs">
        {part.fields.map((field) => (
          <li>
            <span>
              <code>{field}</code>{" "}
              <Meaning {...{ register, dataset: part.dataset, field }} />
            </span>
            <Tick
              id={`see-${field}`}
              name="fields"
              value={field}
              on={typed.fields}
              says={say("see")}
            />
            <Tick
              id={`by-${field}`}
              name="where"
              value={field}
              on={typed.where}
              says={say("search by")}
            />
          </li>
        ))}
      </ul>
    ))}
  </fieldset>
);

/** What a field means, in the language of the page where the dataset has it. */
const Meaning: FC<{
  register: ReadRegister;
  dataset: string;
  field: string;
}> = ({ register, dataset, field }) => {
  const found = register.datasets
    .get(dataset)
    ?.act.fields.find(({ name }) => name === field);
  return found === undefined ? null : (
    <span class="quiet">
      <English text={meaningIn(found)} />
    </span>
  );
};

const Tick: FC<{
  id: string;
  name: string;
  value: string;
  on: readonly string[];
  says: string;
}> = ({ id, name, value, on, says }) => (
  <label for={id}>
    <input
      type="checkbox"
      {...{ id, name, value }}
      aria-label={`${value}: ${says}`}
      {...(on.includes(value) ? { checked: true } : {})}
    />{" "}
    {says}
  </label>
);

export const PapersStep: FC<StepProps> = ({
  product,
  draft,
  papers,
  wrong,
}) => (
  <ApplyFrame {...{ draft, product, wrong }} step="papers">
    <StepForm {...{ draft }} step="papers" files>
      <PapersField {...{ papers, wrong }} />
    </StepForm>
  </ApplyFrame>
);

const StepForm: FC<
  PropsWithChildren<{ draft: ApplicationDraft; step: Step; files?: boolean }>
> = ({ draft, step, files, children }) => (
  <Form
    action={`/account/applications/${draft.id}/${step}`}
    label={say(STEPS[step])}
    files={files === true}
  >
    {children}
    <p>
      <button type="submit">{say("Keep it and go on")}</button>
    </p>
  </Form>
);
