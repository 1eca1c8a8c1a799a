import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Mails } from "../accounts/mails.ts";
import { showInstant } from "../acts/dates.ts";
import { mustBe } from "./account/form.tsx";
import { Frame } from "./frame.tsx";
import { say } from "./lang/say.ts";
import { showPage } from "./show-page.ts";

type MailOptions = {
  readonly mails: Mails;
  readonly office: {
    readonly register: { readonly offsetMinutes: number };
  };
};

const SHOWN = 50;

/** `GET /demonstration/letters`: a demonstration sends no mail; what it would send to whom lies here. */
export function mailRoutes(app: Hono, { mails, office }: MailOptions): void {
  app.get("/demonstration/letters", async (c) => {
    mustBe(c, "official", "organisation", "citizen");
    const { offsetMinutes } = office.register;
    const letters = (await mails.waiting(SHOWN)).map(
      ({ to, subject, text, made, isFollower }) => ({
        ...{ subject, text, when: showInstant(made, offsetMinutes) },
        // Who plays with a demonstration may type an address that is real.
        to: isFollower ? say("an address that follows something") : to,
      }),
    );
    return showPage(c, <LettersPage letters={letters} />);
  });
}

type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly when: string;
};

const LettersPage: FC<{ letters: readonly Letter[] }> = ({ letters }) => (
  <Frame
    title={say("Letters of the demonstration")}
    lead={
      <>
        <h1>{say("Letters of the demonstration")}</h1>
        <p>
          {say(
            "An office tells each signer by e-mail of every act that was entered in their name: a second channel, which the page that signed cannot change. Whoever follows something hears of it the same way. A demonstration sends nothing; what it would send lies here, the newest first.",
          )}
        </p>
      </>
    }
  >
    {letters.length === 0 && (
      <p class="notice">
        {say("No letter was written since this demonstration began to run.")}
      </p>
    )}
    {letters.map(({ to, subject, text, when }) => (
      <article>
        <h2>{subject}</h2>
        <p class="quiet">{say("To {to}, {when}", { to, when })}</p>
        <pre tabindex={0}>{text}</pre>
      </article>
    ))}
  </Frame>
);
