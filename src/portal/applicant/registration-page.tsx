import type { FC } from "hono/jsx";
import type { Attached } from "../../accounts/applicant-contents.ts";
import { payerClass } from "../../acts/shapes.ts";
import { Form } from "../account/form.tsx";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";
import { BackToAccount } from "./terms.tsx";
import { PapersField } from "./papers-field.tsx";
import { PAYER_CLASSES } from "../payer-class-words.ts";
import {
  LongField,
  RadioField,
  TextField,
  type Wrong,
  WrongSummary,
} from "./fields.tsx";

export type Registering = {
  readonly title: string;
  readonly class: string;
  readonly registration: string;
  readonly text: string;
};

/** Somebody whom the register does not know asks to be entered. */
export const RegistrationPage: FC<{
  id: string;
  typed: Registering;
  papers: readonly Attached[];
  wrong: Wrong;
}> = ({ id, typed, papers, wrong }) => {
  const title = say("Register your organisation");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "The registrar looks at it and enters you as {id}. Name and class stand in public then; the rest stays sealed.",
              { id },
            )}
          </p>
        </>
      }
    >
      <WrongSummary wrong={wrong} />
      <Form action="/account/registration" label={title} files>
        {/* What the enter key presses. */}
        <button type="submit" class="skip" tabindex={-1} aria-hidden="true" />
        <TextField
          {...{ id: "title", wrong, value: typed.title }}
          label={say("Name of your organisation")}
          autocomplete="organization"
        />
        <RadioField
          {...{ id: "class", wrong, value: typed.class }}
          label={say("What you are")}
          hint={say(
            "Prices go by it, never by name. You claim it; the registrar looks whether it is so.",
          )}
          options={payerClass.options.map((value) => ({
            value,
            says: say(PAYER_CLASSES[value]),
          }))}
        />
        <TextField
          {...{ id: "registration", wrong, value: typed.registration }}
          label={say("Number in the register of companies")}
          hint={say(
            "Small letters, digits, dots and hyphens. It stands in public; you may leave it empty.",
          )}
        />
        <LongField
          {...{ id: "text", wrong, value: typed.text, rows: 3 }}
          label={say("Whom the registrar can ask")}
          hint={say("Kept sealed; the registrar alone reads it.")}
        />
        <PapersField {...{ papers, wrong }} />
        <p>
          <button type="submit">{say("Ask to be registered")}</button>
        </p>
      </Form>
      <BackToAccount />
    </Frame>
  );
};
