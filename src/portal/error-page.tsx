import type { Context } from "hono";
import type { FC } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { wantsHtml } from "./accepts.ts";
import type { ErrorBody } from "./errors.ts";
import { Frame } from "./frame.tsx";
import { sayError } from "./lang/error-text.ts";
import { citesIn } from "./lang/law-in.ts";
import { type Message, say } from "./lang/say.ts";
import { showPage } from "./show-page.ts";

const TITLES: Readonly<Record<number, Message>> = {
  400: "Cannot read what was sent",
  401: "You are not signed in",
  403: "This is not open to you",
  404: "Nothing is at this address",
  405: "This address is asked in another way",
  410: "It is no longer kept here",
  413: "Cannot read what was sent",
  415: "Cannot read what was sent",
  429: "Too many requests",
  503: "The office cannot answer now",
};

/** Where somebody who met an error may rather go. */
type Way = readonly [href: string, says: Message];

/** The one shape of errors: JSON for programs, a page that helps for whoever came with a browser. */
export function showError(
  c: Context,
  body: ErrorBody,
  status: ContentfulStatusCode,
  headers: Readonly<Record<string, string>> = {},
  ways: readonly Way[] = [],
): Response | Promise<Response> {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  // The twin of a page is for programs, also where a browser asks for it.
  if (!wantsHtml(c) || c.req.path.endsWith(".json")) {
    c.header("Vary", "Accept", { append: true });
    return c.json(body, status);
  }
  const page = <ErrorPage error={body.error} {...{ status, ways }} />;
  return showPage(c, page, status);
}

const ErrorPage: FC<{
  error: ErrorBody["error"];
  status: number;
  ways: readonly Way[];
}> = ({ error, status, ways }) => {
  const title = say(
    TITLES[status] ?? (status < 500 ? "Not taken" : "Something went wrong"),
  );
  return (
    <Frame title={title} lead={<h1>{title}</h1>}>
      <p class="quiet">{say("Status {status}", { status })}</p>
      <Said error={error} />
      <h2>{say("What you can do")}</h2>
      <ul>
        {status < 500 && ![404, 405].includes(status) && ways.length === 0 && (
          <li>{say("Go back and mend what is named above")}</li>
        )}
        {(status === 429 || status === 503) && (
          <li>{say("Try again in a few seconds")}</li>
        )}
        {ways.map(([href, says]) => (
          <li>
            <a href={href}>{say(says)}</a>
          </li>
        ))}
        <li>
          <a href="/">{say("Go to the front page")}</a>
        </li>
        <li>
          <a href="/log">{say("Look at the log")}</a>
        </li>
      </ul>
    </Frame>
  );
};

/** In the language of the page where its words are known; else word for word, and said to be English. */
const Said: FC<{ error: ErrorBody["error"] }> = ({ error }) => {
  const said = sayError(error.message);
  const rule =
    error.rule !== undefined &&
    say(" ({state})", {
      state: say("{rule}, {cites}", {
        rule: error.rule,
        cites: citesIn(error.cites ?? ""),
      }),
    });
  return said === undefined ? (
    <>
      <p>{say("What was said, word for word, is in English:")}</p>
      <p class="notice">
        <span lang="en">{error.message}</span>
        {rule}
      </p>
    </>
  ) : (
    <p class="notice">
      {said}
      {rule}
    </p>
  );
};
