import type { FC } from "hono/jsx";
import type { Attached } from "../../accounts/applicant-contents.ts";
import { payerClass } from "../../acts/shapes.ts";
import { Form } from "../account/form.tsx";
import { Frame } from "../frame.tsx";
import { type Message, say } from "../lang/say.ts";
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
  /** Which kind of code it is. */
  readonly code: string;
  readonly registration: string;
  readonly text: string;
};

export const codeKinds = ["credit", "other"] as const;
const CODE_KINDS = {
  credit: "Unified social credit code",
  other: "Another register's number",
} as const satisfies Record<(typeof codeKinds)[number], Message>;

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
            "Prices go by it, never by name. You claim it; the registrar looks whether it is so, by a paper that you bring below.",
          )}
          options={payerClass.options.map((value) => ({
            value,
            says: say(PAYER_CLASSES[value]),
          }))}
        />
        <RadioField
          {...{ id: "code", wrong, value: typed.code }}
          label={say("Which code you have")}
          options={codeKinds.map((value) => ({
            value,
            says: say(CODE_KINDS[value]),
          }))}
        />
        <TextField
          {...{ id: "registration", wrong, value: typed.registration }}
          label={say("Your code")}
          hint={say(
            "It stands in public. 18 characters for the unified social credit code; else small letters, digits, dots and hyphens.",
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
