import type { Child, FC } from "hono/jsx";
import { CONFIRM_HOURS, type Follow } from "../../accounts/follows.ts";
import { Form } from "../account/form.tsx";
import { around } from "../around.ts";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";
import { RHYTHMS } from "./follow-letters.ts";

const Plain: FC<{ title: string; children?: Child }> = ({
  title,
  children,
}) => (
  <Frame title={title} unindexed lead={<h1>{title}</h1>}>
    {children}
    <p>
      <a href="/follow">{say("Back to what can be followed")}</a>
    </p>
  </Frame>
);

/** After the form: the same words whatever the office knows about the address. */
export const SentPage: FC = () => (
  <Plain title={say("Look into your letters")}>
    <p class="notice" role="status">
      {say(
        "If the address takes letters, one is on its way there. Open the link in it within {hours} hours. Whether the address was known here is not said.",
        { hours: CONFIRM_HOURS },
      )}
    </p>
    {around().demonstration && (
      <p>
        {say("A demonstration sends nothing:")}{" "}
        <a href="/demonstration/letters">
          {say("Letters of the demonstration")}
        </a>
      </p>
    )}
  </Plain>
);

type Shown = { readonly follow: Follow; readonly thing: string };

/** A link in a letter is opened by scanners as well: what it asks for takes a button. */
export const ConfirmPage: FC<Shown & { token: string }> = ({
  follow,
  thing,
  token,
}) => {
  const title = say("Follow {thing}", { thing });
  return (
    <Plain title={title}>
      <p>{say(RHYTHMS[follow.rhythm])}</p>
      <Form action={`/follow/confirm/${token}`} label={title}>
        <button type="submit">{say("Yes, write to me about this")}</button>
      </Form>
    </Plain>
  );
};

export const ConfirmedPage: FC<Shown> = ({ follow, thing }) => (
  <Plain title={say("You follow {thing}", { thing })}>
    <p class="notice" role="status">
      {say(RHYTHMS[follow.rhythm])}.{" "}
      {say("Every letter has a link that stops it.")}
    </p>
  </Plain>
);

export const LinkOverPage: FC = () => (
  <Plain title={say("This link is worth nothing any more")}>
    <p class="notice">
      {say(
        "It is older than {hours} hours, was replaced by a newer letter, or what it was for has ended. Ask for another letter.",
        { hours: CONFIRM_HOURS },
      )}
    </p>
  </Plain>
);

export const StopPage: FC<{ thing: string; token: string }> = ({
  thing,
  token,
}) => {
  const title = say("Stop the letters about {thing}", { thing });
  return (
    <Plain title={title}>
      <p>
        {say(
          "The office then forgets your address for this, and letters that wait are not sent.",
        )}
      </p>
      <Form action={`/follow/stop/${token}`} label={title}>
        <button type="submit">{say("Stop these letters")}</button>
      </Form>
    </Plain>
  );
};

export const StoppedPage: FC = () => (
  <Plain title={say("No more letters about this")}>
    <p class="notice" role="status">
      {say("Nothing is followed by this link any more.")}
    </p>
  </Plain>
);
