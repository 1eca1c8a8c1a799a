import type { FC } from "hono/jsx";
import { sayThingKind } from "../acts/thing.ts";
import { Frame } from "../frame.tsx";
import { say, sayWith } from "../lang/say.ts";
import { type FeedLink, feedsAbout } from "./follow-this.tsx";
import { MailSection, type MailShown } from "./mail-section.tsx";

export type Followed = {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly acts: string;
};

const KINDS = [
  ...["dataset", "product", "system", "body", "organisation"],
  ...["post", "rule", "permit", "fee", "authorisation", "procedure"],
  ...["contribution"],
] as const;

/** What a feed is, and the feeds of one thing or of all. */
export const FollowPage: FC<{
  readonly thing: Followed | undefined;
  readonly mail: MailShown;
}> = ({ thing, mail }) => {
  const title =
    thing === undefined
      ? say("Follow what this office does")
      : say("Follow {thing}", {
          thing: `${sayThingKind(thing.kind)} ${thing.title}`,
        });
  return (
    <Frame
      title={title}
      feeds={feedsOf(thing)}
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "A feed is an address that a feed reader asks for news, on a phone or a desk. No account is needed, and the office does not know who follows what.",
            )}
          </p>
        </>
      }
    >
      <section>
        <h2>{say("Feeds")}</h2>
        <ul>
          {feedsOf(thing).map(([href, , says]) => (
            <li>
              <a href={href}>{says}</a>: <code>{href}</code>
            </li>
          ))}
        </ul>
        {thing !== undefined && (
          <p>
            <a href={thing.href}>{thing.title}</a>
            {", "}
            <a href={thing.acts}>{say("the acts about it")}</a>
          </p>
        )}
        <p class="quiet">
          {sayWith(
            "Add {zh} to the address of a feed to have it in Chinese, {en} in English. What is older is behind the link with the relation {next}.",
            {
              zh: <code>in=zh</code>,
              en: <code>in=en</code>,
              next: <code>next</code>,
            },
          )}
        </p>
      </section>
      <MailSection {...mail} />
      <section>
        <h2>{say("Follow one thing")}</h2>
        <p>
          {say(
            "What a feed of a thing tells: acts that name it, and acts about what belongs to it. The feed of a public body tells of its systems and datasets, and that of a dataset of its products, permits and prices. The feed of a post tells what it signed. Persons cannot be followed.",
          )}
        </p>
        <form
          class="filters"
          method="get"
          action="/follow"
          aria-label={say("Follow one thing")}
        >
          <label>
            {sayWith("Kind and id, such as {example}", {
              example: <code>dataset:vehicles</code>,
            })}
            <input
              name="thing"
              maxlength={220}
              value={thing === undefined ? "" : `${thing.kind}:${thing.id}`}
            />
          </label>
          <button type="submit">{say("Show how to follow it")}</button>
        </form>
        <p>
          {say("Kinds:")}{" "}
          {KINDS.map((kind, place) => (
            <>
              {place === 0 ? "" : say(", ")}
              <code>{kind}</code>
            </>
          ))}
          . <a href="/search">{say("Look for the id")}</a>
        </p>
      </section>
    </Frame>
  );
};

function feedsOf(thing: Followed | undefined): readonly FeedLink[] {
  if (thing === undefined)
    return [
      ["/acts.atom", "application/atom+xml", say("All acts, Atom")],
      ["/acts.json", "application/feed+json", say("All acts, JSON Feed")],
      [
        "/acts.atom?outcome=refused",
        "application/atom+xml",
        say("Refused acts, Atom"),
      ],
      [
        "/acts.atom?overrides=1",
        "application/atom+xml",
        say("Decisions against a rule, Atom"),
      ],
    ];
  return feedsAbout(thing.kind, thing.id);
}
