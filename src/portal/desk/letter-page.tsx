import type { FC } from "hono/jsx";
import type { Attached } from "../../accounts/applicant-contents.ts";
import type { ApplicationDraft } from "../../accounts/applications.ts";
import type { Product, ReadRegister } from "../../register/register.ts";
import { Form } from "../account/form.tsx";
import { ExtentFields } from "../applicant/apply-page.tsx";
import {
  LongField,
  RadioField,
  SelectField,
  TextField,
  type Wrong,
  WrongSummary,
} from "../applicant/fields.tsx";
import { PapersField } from "../applicant/papers-field.tsx";
import { say, sayWith } from "../lang/say.ts";
import { titleIn, titleOf } from "../lang/title-in.ts";
import { DiscardDraft } from "../discard-draft.tsx";
import { DeskPage } from "./desk-page.tsx";
import { titled } from "./titled.ts";

export type Chosen = {
  /** As it was typed. */
  readonly organisation: string;
  readonly product: string;
  /** Organisations that may be meant by it. */
  readonly among: readonly string[];
};

/** Who wrote, and for which product: what else is asked follows from these. */
export const NewLetterPage: FC<{
  register: ReadRegister;
  products: readonly Product[];
  begun: readonly ApplicationDraft[];
  chosen: Chosen;
  wrong: Wrong;
}> = ({ register, products, begun, chosen, wrong }) => {
  const title = say("Enter an application that came by letter");
  return (
    <DeskPage
      title={title}
      lead={say(
        "It becomes the same act as one that came over the pages, by the same draft, rules and signature, and says that it came on paper.",
      )}
    >
      <WrongSummary wrong={wrong} says={say("It cannot begin yet:")} />
      {begun.length > 0 && (
        <section>
          <h2>{say("Begun and not finished")}</h2>
          <ul class="plain">
            {begun.map(({ id, typed }) => (
              <li>
                <a href={`/desk/letter-applications/${id}`}>{id}</a>:{" "}
                {whoAndWhat(register, typed)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Form action="/desk/letter-applications" label={title}>
        <TextField
          {...{ id: "organisation", wrong, value: chosen.organisation }}
          label={say("Who wrote")}
          hint={say("Its id, its credit code, its name, or a part of these.")}
          autocomplete="off"
        />
        {chosen.among.length > 0 && (
          <RadioField
            {...{ id: "which", wrong, value: "" }}
            label={say("Which of these?")}
            options={chosen.among.map((value) => ({
              value,
              says: titled(
                titleOf(register.organisations.get(value), value),
                value,
              ),
            }))}
          />
        )}
        <SelectField
          {...{ id: "product", wrong, value: chosen.product }}
          label={say("Product")}
          options={products.map((one) => ({
            value: one.product,
            says: titled(titleIn(one), one.product),
          }))}
        />
        <button type="submit">{say("Begin")}</button>
      </Form>
      <p>
        {sayWith(
          "Somebody whom the register does not know is registered first: {register}. A product that is not offered, or a purpose that is not listed, goes by the form of the act: {form}.",
          {
            register: (
              <a href="/desk/acts/new/organisation">
                {say("Register an organisation")}
              </a>
            ),
            form: (
              <a href="/desk/acts/new/applicationReceived">
                {say("Enter an application")}
              </a>
            ),
          },
        )}
      </p>
    </DeskPage>
  );
};

function whoAndWhat(
  { organisations, products }: ReadRegister,
  { product, onPaper }: ApplicationDraft["typed"],
): string {
  const who = onPaper?.organisation ?? "";
  return `${titled(titleOf(organisations.get(who), who), who)}, ${titleOf(products.get(product), product)}`;
}

/** What stands in the letter, and the scan of it. */
export const LetterPage: FC<{
  register: ReadRegister;
  product: Product;
  draft: ApplicationDraft;
  papers: readonly Attached[];
  wrong: Wrong;
}> = ({ register, product, draft, papers, wrong }) => {
  const title = say("Application by letter {id}", { id: draft.id });
  const { typed } = draft;
  const here = `/desk/letter-applications/${draft.id}`;
  return (
    <DeskPage title={title} lead={whoAndWhat(register, typed)}>
      <WrongSummary
        wrong={wrong}
        says={say("It is kept, but something has to be mended first:")}
      />
      <Form action={here} label={title} files>
        <TextField
          {...{ id: "arrived", wrong, value: typed.onPaper?.arrived ?? "" }}
          type="date"
          label={say("Day on which it arrived")}
          hint={say(
            "As the office's stamp of receipt has it. The term is counted from this day, in working days where the rulebook counts so.",
          )}
        />
        <TextField
          {...{ id: "postmark", wrong, value: typed.onPaper?.postmark ?? "" }}
          type="date"
          label={say("Postmark")}
          hint={say(
            "Where there is one that can be read. It is kept, and begins no term.",
          )}
        />
        <SelectField
          {...{ id: "purpose", wrong, value: typed.purpose }}
          label={say("Purpose, from the office's list")}
          options={[
            { value: "", says: "–" },
            ...(register.rulebook?.act.purposes ?? []).map((one) => ({
              ...{ value: one.purpose, says: titleIn(one) },
            })),
          ]}
        />
        <LongField
          {...{ id: "text", wrong, value: typed.text }}
          label={say("What the letter asks for, and why")}
          hint={say(
            "In the applicant's words as far as they fit. What counts is the letter: its scan goes with it.",
          )}
        />
        <ExtentFields {...{ register, product, draft, wrong }} />
        <PapersField {...{ papers, wrong }} under="/desk" />
        <p>
          <button type="submit" class="main">
            {say("See how the rules would rule")}
          </button>
        </p>
      </Form>
      <DiscardDraft action={`${here}/discard`} />
    </DeskPage>
  );
};
