import type { FC } from "hono/jsx";
import type { OwnToken } from "../../accounts/access.ts";
import { Form } from "../account/form.tsx";
import { Moment } from "../citizen/moment.tsx";
import type { Example } from "../dataset-examples.ts";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";
import { sayWord } from "../lang/words.ts";
import { Table } from "../table.tsx";
import { BackToAccount } from "./terms.tsx";
import { type Wrong, WrongSummary } from "./fields.tsx";
import { MakeToken } from "./token-parts.tsx";

/** The tokens of an organisation: never themselves, only by their ids. */
export const TokensPage: FC<{
  tokens: readonly OwnToken[];
  permits: readonly string[];
  now: number;
  offsetMinutes: number;
  typed: {
    readonly permit: string;
    readonly system: string;
    readonly days?: string;
  };
  wrong: Wrong;
}> = ({ tokens, permits, now, offsetMinutes, typed, wrong }) => {
  const title = say("Tokens");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "With a token your programs show who asks. The office keeps its hash alone: what was lost cannot be shown again, only ended and made anew.",
            )}
          </p>
        </>
      }
    >
      <WrongSummary
        wrong={wrong}
        says={say("No token was made. Something has to be mended first:")}
      />
      <Table
        label={say("Your tokens")}
        caption={say(
          "An ended token is believed for two seconds more, and then by nobody.",
        )}
        none={say("Your organisation has no token yet.")}
        head={[
          [say("Id"), false],
          [say("Permit"), false],
          [say("System that asks"), false],
          [say("Made"), false],
          [say("Ends"), false],
          [say("End it now"), false],
        ]}
        rows={tokens.map((one) => [
          <code>{one.id}</code>,
          one.permit ?? say("any"),
          one.system ?? "",
          <Moment at={one.created} offsetMinutes={offsetMinutes} />,
          <Moment at={one.until} offsetMinutes={offsetMinutes} />,
          one.revoked ? (
            say("was ended")
          ) : one.until <= now ? (
            say("its time is over")
          ) : (
            <Form
              action={`/account/tokens/${one.id}/end`}
              label={say("End token {id}", { id: one.id })}
            >
              <button type="submit" class="mild">
                {say("End token {id}", { id: one.id })}
              </button>
            </Form>
          ),
        ])}
      />
      <section>
        <h2>{say("Make a token")}</h2>
        <MakeToken {...{ permits, wrong }} {...typed} />
      </section>
      <BackToAccount />
    </Frame>
  );
};

/** The one page that ever shows a token, and for a minute. */
export const NewTokenPage: FC<{
  token: string;
  id: string;
  examples: readonly Example[];
}> = ({ token, id, examples }) => {
  const title = say("Your new token");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p class="notice">
            {say(
              "Copy it now into your program's store of secrets: it is shown for a minute, also where this page is loaded anew, and never again.",
            )}
          </p>
        </>
      }
    >
      <pre tabindex={0} id="token">
        {token}
      </pre>
      <p>{say("Its id is {id}; by that you end it.", { id })}</p>
      {examples.length > 0 && (
        <section>
          <h2>{say("To the first row")}</h2>
          <p>
            {say(
              "This asks with it. Each answer brings the receipt of its use: keep it.",
            )}
          </p>
          {examples.map(({ name, text }) => (
            <figure>
              <figcaption>{sayWord(name)}</figcaption>
              <pre tabindex={0}>{text}</pre>
            </figure>
          ))}
        </section>
      )}
      <p>
        <a href="/account/tokens">{say("Tokens")}</a>
      </p>
      <BackToAccount />
    </Frame>
  );
};
