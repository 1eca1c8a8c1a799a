import { sayInstant } from "../lang/figures.ts";
import type { Child, FC } from "hono/jsx";
import type { Looker, UsesPage } from "../../gateway/citizen/citizen-desk.ts";
import { LOOKS_MAX } from "../../gateway/citizen/look-limit.ts";
import { Frame } from "../frame.tsx";
import { say, sayCount, sayWith } from "../lang/say.ts";
import { NotCovered, sayComplete } from "./complete-said.tsx";
import { Moment } from "./moment.tsx";
import { type LookLine, piecesOf } from "./my-view.ts";
import {
  type Placed,
  UseArticle,
  type UseShown,
  Where,
} from "./use-article.tsx";

export type MyPageProps = {
  readonly page: UsesPage;
  readonly by: Looker["by"];
  readonly placedAt: ReadonlyMap<string, Placed>;
  readonly permitOf: (line: UseShown["line"]) => UseShown["permit"];
  readonly answers: UseShown["answers"];
  readonly offsetMinutes: number;
  readonly now: number;
  /** Where the next page begins. */
  readonly next?: string;
  readonly isFirst: boolean;
};

/** Who used my data: each use in three lines, then its proof; above them for what the list is complete. */
export const MyPage: FC<MyPageProps> = (props) => {
  const { page, by, offsetMinutes, next, isFirst } = props;
  const title = say("Who used my data");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          {by === "representative" && (
            <p class="notice">
              {say(
                "You stand in for somebody: this is their list, and it shows them that you looked.",
              )}
            </p>
          )}
          <p>{sayComplete(page.complete, offsetMinutes)}</p>
        </>
      }
      foot={
        <p>
          {sayWith("Programs read the same list: {docs}.", {
            docs: <a href="/openapi.json">GET /my/uses</a>,
          })}
        </p>
      }
    >
      <Uses {...props} />
      {(next !== undefined || !isFirst) && (
        <nav aria-label={say("Pages of the list")}>
          <ul class="links">
            {!isFirst && (
              <li>
                <a href="/my">{say("Newest uses")}</a>
              </li>
            )}
            {next !== undefined && (
              <li>
                <a href={`/my?cursor=${next}`} rel="next">
                  {say("Older uses")}
                </a>
              </li>
            )}
          </ul>
        </nav>
      )}
      <section>
        <h2>{say("What this list is")}</h2>
        <NotCovered complete={page.complete} />
        <p>
          {sayCount(
            page.total,
            "{n} line in all, looks at the list among them.",
            "{n} lines in all, looks at the list among them.",
            { n: page.total },
          )}{" "}
          {sayWith(
            "This look is itself a use: it was entered before this page was shown, as entry {leaf}, and stands in the list the next time. Loaded anew within a minute this page is the same look.",
            { leaf: <code>{page.look.leaf}</code> },
          )}
        </p>
      </section>
    </Frame>
  );
};

const Uses: FC<MyPageProps> = (props) => {
  const { page, placedAt, permitOf, answers, offsetMinutes, now } = props;
  const pieces = piecesOf(page.lines);
  const hasUse = pieces.some((piece) => "use" in piece);
  return (
    <section>
      <h2>{say("Uses, the newest first")}</h2>
      {!hasUse && (
        <p class="notice">
          {props.isFirst && props.next === undefined
            ? say(
                "No use of data about you is entered here, as far as the sentence above reaches. It does not say that nobody used them elsewhere.",
              )
            : say("No use of data about you is on this page.")}
        </p>
      )}
      {pieces.map((piece) =>
        "use" in piece ? (
          <UseArticle
            line={piece.use}
            placed={placedAt.get(piece.use.leaf) ?? NOWHERE}
            permit={permitOf(piece.use)}
            {...{ answers, offsetMinutes, now }}
          />
        ) : (
          <Looks {...{ looks: piece.looks, placedAt, offsetMinutes }} />
        ),
      )}
    </section>
  );
};

/** Never so: every line that is shown was placed before. */
const NOWHERE: Placed = { proof: "/log", isPublic: false };

const Looks: FC<{
  looks: readonly LookLine[];
  placedAt: MyPageProps["placedAt"];
  offsetMinutes: number;
}> = ({ looks, placedAt, offsetMinutes }) => (
  <details class="looks">
    <summary>
      {sayCount(
        looks.length,
        "{n} look at this list, {time}",
        "{n} looks at this list, the newest {time}",
        {
          n: looks.length,
          time: sayInstant(looks[0]?.at ?? 0, offsetMinutes),
        },
      )}
    </summary>
    <ul class="plain">
      {looks.map((look) => (
        <li>
          <Moment at={look.at} offsetMinutes={offsetMinutes} />:{" "}
          {lookedBy(look)}.{" "}
          <Where
            {...{ placed: placedAt.get(look.leaf) ?? NOWHERE, offsetMinutes }}
          />
        </li>
      ))}
    </ul>
  </details>
);

function lookedBy({ by, organisation, post, of, why }: LookLine): Child {
  switch (by) {
    case "auditor":
      return sayWith(
        "an auditor ({post}) opened entry {leaf}, and said why: {why}",
        {
          post: post?.title ?? post?.id ?? "",
          leaf: <code>{of}</code>,
          why: why ?? "",
        },
      );
    case "subject":
      return say("you looked yourself");
    case "representative":
      return say("somebody who stands in for you looked");
    case "portal":
      return say("shown to you by {portal}", {
        portal: organisation?.title ?? organisation?.id ?? "",
      });
  }
}

/** Too many looks: when there is room again, and what can be done meanwhile. */
export const TooManyPage: FC<{ minutes: number }> = ({ minutes }) => {
  const title = say("You looked often; wait a little");
  return (
    <Frame title={title} unindexed lead={<h1>{title}</h1>}>
      <p class="notice">
        {sayCount(
          minutes,
          "The list was looked at {max} times within an hour, and that is as often as it is shown. There is room again in {n} minute.",
          "The list was looked at {max} times within an hour, and that is as often as it is shown. There is room again in {n} minutes.",
          { max: LOOKS_MAX, n: minutes },
        )}
      </p>
      <p>
        {say(
          "Every look is entered for good, and a list that was read by a program all day would be a record of its own. What you saw is not lost: nothing is ever taken from the list.",
        )}
      </p>
      <ul class="links">
        <li>
          <a href="/my">{say("Who used my data")}</a>
        </li>
        <li>
          <a href="/due">{say("What is due")}</a>
        </li>
      </ul>
    </Frame>
  );
};
