import type { FC } from "hono/jsx";
import {
  TOKEN_DAYS_DEFAULT,
  TOKEN_DAYS_MAX,
} from "../../accounts/new-token.ts";
import { Form } from "../account/form.tsx";
import { say } from "../lang/say.ts";
import { SelectField, TextField, type Wrong } from "./fields.tsx";

/** The form that makes a token, for one permit or any. */
export const MakeToken: FC<{
  permits: readonly string[];
  permit: string;
  system?: string;
  days?: string;
  wrong: Wrong;
}> = ({ permits, permit, system, days, wrong }) => (
  <Form action="/account/tokens" label={say("Make a token")}>
    <SelectField
      {...{ id: "permit", wrong, value: permit }}
      label={say("For which permit")}
      options={[
        ...permits.map((one) => ({ value: one, says: one })),
        { value: "", says: say("any permit of your organisation") },
      ]}
    />
    <TextField
      {...{ id: "system", wrong, value: system ?? "" }}
      label={say("Name of the system that will ask")}
      hint={say(
        "Small letters, digits, dots and hyphens, such as order-desk. It stands in your bill; you may leave it empty.",
      )}
    />
    <TextField
      {...{ id: "days", wrong, numeric: true }}
      value={days ?? String(TOKEN_DAYS_DEFAULT)}
      label={say("For how many days")}
      hint={say("From 1 to {max}.", { max: TOKEN_DAYS_MAX })}
    />
    <button type="submit">{say("Make a token")}</button>
  </Form>
);
