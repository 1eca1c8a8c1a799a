import type { FC } from "hono/jsx";
import type { Attached } from "../../accounts/applicant-contents.ts";
import type { ReadRegister } from "../../register/register.ts";
import { Form } from "../account/form.tsx";
import { Moment } from "../citizen/moment.tsx";
import { Frame } from "../frame.tsx";
import { say, sayWith } from "../lang/say.ts";
import type { ApplicationState } from "./application-view.ts";
import { PapersField } from "./papers-field.tsx";
import { LongField, type Wrong, WrongSummary } from "./fields.tsx";
import { productTitle } from "./foresee.ts";

/** What the office asked for, and the answer with new papers. */
export const CompletionPage: FC<{
  register: ReadRegister;
  state: ApplicationState;
  missing: string | undefined;
  papers: readonly Attached[];
  text: string;
  wrong: Wrong;
}> = ({ register, state, missing, papers, text, wrong }) => {
  const title = say("Bring what is missing");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <p>
            {say("Application for {product}", {
              product: productTitle(register, state.product),
            })}
          </p>
          <h1>{title}</h1>
          <p>
            {sayWith("In time until {time}", {
              time: (
                <Moment
                  at={state.entered?.asked?.by ?? 0}
                  offsetMinutes={register.offsetMinutes}
                />
              ),
            })}
          </p>
        </>
      }
    >
      <WrongSummary
        wrong={wrong}
        says={say("It is kept, but something has to be mended first:")}
      />
      {missing !== undefined && <p class="notice own-words">{missing}</p>}
      <Form
        action={`/account/applications/${state.id}/completion`}
        label={title}
        files
      >
        <LongField
          {...{ id: "text", wrong, value: text }}
          label={say("What you bring, and where it is found in your papers")}
        />
        <PapersField {...{ papers, wrong }} />
        <p>
          <button type="submit">{say("Send it to the office")}</button>
        </p>
      </Form>
      <p>
        <a href={`/account/applications/${state.id}`}>
          {say("Back to the application")}
        </a>
      </p>
    </Frame>
  );
};
