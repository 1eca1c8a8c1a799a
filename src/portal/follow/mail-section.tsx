import type { FC } from "hono/jsx";
import {
  ASKED_PER_DAY_MAX,
  CONFIRM_HOURS,
  FOLLOWS_MAX,
  rhythms,
} from "../../accounts/follows.ts";
import { Form } from "../account/form.tsx";
import {
  RadioField,
  SelectField,
  TextField,
  type Wrong,
} from "../applicant/fields.tsx";
import { around } from "../around.ts";
import { langs, OWN_NAMES } from "../lang/lang.ts";
import { say } from "../lang/say.ts";
import { RHYTHMS } from "./follow-letters.ts";

/** What somebody typed to follow by e-mail, as it was typed. */
export type TypedFollow = {
  readonly address: string;
  readonly lang: string;
  readonly rhythm: string;
};

export const NOTHING_TYPED = (): TypedFollow => ({
  address: "",
  lang: around().lang,
  rhythm: "day",
});

export type MailShown = {
  /** `kind:id`; undefined where none was chosen. */
  thing: string | undefined;
  canSend: boolean;
  typed: TypedFollow;
  wrong: Wrong;
};

/** The form by which a thing is followed by e-mail, or why there is none. */
export const MailSection: FC<MailShown> = ({
  thing,
  canSend,
  typed,
  wrong,
}) => (
  <section>
    <h2>{say("By e-mail")}</h2>
    {!canSend ? (
      <p class="notice">
        {say(
          "This office sends no letters: no mail server, or no public address, is set up. Its feeds tell the same.",
        )}
      </p>
    ) : thing === undefined ? (
      <p>
        {say(
          "Choose one thing below; then letters about it can go to an address of yours.",
        )}
      </p>
    ) : (
      <Form action="/follow" label={say("By e-mail")}>
        <input type="hidden" name="thing" value={thing} />
        <TextField
          {...{ id: "address", wrong, value: typed.address }}
          label={say("Your e-mail address")}
          hint={say(
            "A letter asks there first whether you want this. No account is needed.",
          )}
          autocomplete="email"
        />
        <RadioField
          {...{ id: "rhythm", wrong, value: typed.rhythm }}
          label={say("How often")}
          options={rhythms.map((value) => ({
            value,
            says: say(RHYTHMS[value]),
          }))}
        />
        <SelectField
          {...{ id: "lang", wrong, value: typed.lang }}
          label={say("Language of the letters")}
          options={langs.map((value) => ({ value, says: OWN_NAMES[value] }))}
        />
        <p class="quiet">
          {say(
            "The address is kept sealed and used for these letters alone; it stands on no page and in no log. It is deleted when you stop, and after {hours} hours where nobody opens the link. So many letters a day can be asked for with one address: {asked}. So many things one address can follow: {follows}.",
            {
              hours: CONFIRM_HOURS,
              asked: ASKED_PER_DAY_MAX,
              follows: FOLLOWS_MAX,
            },
          )}
        </p>
        <button type="submit">{say("Ask for the letter")}</button>
      </Form>
    )}
  </section>
);
