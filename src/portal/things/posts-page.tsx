import type { FC } from "hono/jsx";
import { titleIn } from "../lang/title-in.ts";
import { say } from "../lang/say.ts";
import {
  EntryLink,
  Facts,
  ListPage,
  listAt,
  Pager,
  Rows,
  Section,
  SpanOf,
  Thing,
  ThingPage,
  Things,
} from "./parts.tsx";
import { PermitRows } from "./permit-rows.tsx";
import type { PostsView, PostView } from "./posts.ts";
import { PromiseRows } from "./promises-page.tsx";
import { inNumber, type When, whenIn } from "./show.ts";
import { TenurePicture } from "./tenure-picture.tsx";
import { MODES, POWERS, termOf } from "./terms.ts";

export const PostsPage: FC<{ readonly view: PostsView }> = ({ view }) => (
  <ListPage
    title="Posts"
    path="/posts"
    unindexed
    says={
      <p>
        {say(
          "Acts are signed for posts. Who held a post when stands on its page; persons are numbers, and no page follows one from post to post.",
        )}
      </p>
    }
  >
    <Rows
      title={say("Each post")}
      caption={say("In the order in which they were registered.")}
      none={say("No post is registered.")}
      head={[[say("Post")], [say("Body")], [say("May")]]}
      rows={view.rows.map((one) => [
        <Thing of={one.post} />,
        <Thing of={one.body} />,
        one.powers.map((power) => termOf(POWERS, power)).join(say(", ")),
      ])}
    />
    <Pager page={view} at={listAt("/posts")} />
  </ListPage>
);

type Props = { readonly view: PostView };
type Timed = Props & { readonly when: When };

export const PostPage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  const { post } = view;
  return (
    <ThingPage
      kind="Post"
      list="Posts"
      of={["post", post.post]}
      title={titleIn(post)}
      view={view}
      unindexed
      says={
        <p>
          {say(
            "A post, who held it when, and what was signed for it. Persons are numbers; their names are private papers.",
          )}
        </p>
      }
    >
      <Facts
        rows={[
          [say("Id"), <code>{post.post}</code>],
          [say("Body"), <Thing of={view.body} />],
          [
            say("May"),
            post.powers.length === 0
              ? say("sign nothing")
              : post.powers.map((one) => termOf(POWERS, one)).join(say(", ")),
          ],
          [
            say("Superior"),
            view.superior === undefined ? undefined : (
              <Thing of={view.superior} />
            ),
          ],
          [
            say("Audited by"),
            view.auditor === undefined ? undefined : (
              <Thing of={view.auditor} />
            ),
          ],
        ]}
      />
      <Holders view={view} when={when} />
      <Signed view={view} when={when} />
      <RestsOn view={view} when={when} />
      <PromiseRows
        title={say("What it promised")}
        rows={view.promises}
        when={when}
      />
    </ThingPage>
  );
};

const Holders: FC<Timed> = ({ view, when }) => (
  <Section title={say("Who held it")}>
    <TenurePicture view={view} when={when} />
    <Rows
      title={say("Tenures")}
      caption={say(
        "As acts of this office say: from and to whole hours, and certain.",
      )}
      none={say("Nobody held it since this office began.")}
      head={[[say("Holder")], [say("How")], [say("How long")], [say("Entry")]]}
      rows={view.holders.map((one) => [
        say("person {person}", { person: one.person }),
        one.delegator === undefined
          ? termOf(MODES, one.mode)
          : say("{mode}, from person {person}", {
              mode: termOf(MODES, one.mode),
              person: one.delegator,
            }),
        <SpanOf span={one.span} when={when} />,
        <EntryLink entry={one.entry} />,
      ])}
    />
    {view.reportedHolders.length > 0 && (
      <Rows
        title={say("Tenures from before this office")}
        caption={say(
          "As a source tells them. A date that names a year or a month only can mean any day in it: what is possible is wider than what is certain.",
        )}
        none=""
        head={[
          [say("Holder")],
          [say("How")],
          [say("As told")],
          [say("Possible")],
          [say("Certain")],
          [say("Entry")],
        ]}
        rows={view.reportedHolders.map((one) => [
          say("person {person}", { person: one.person }),
          termOf(MODES, one.mode),
          say("{from} to {to}", {
            from: one.from,
            to: one.to ?? say("not told"),
          }),
          say("{from} to {to}", {
            from: when(one.possibleFrom),
            to:
              one.possibleTo === undefined
                ? say("not told")
                : when(one.possibleTo),
          }),
          one.certainTo !== undefined && one.certainTo <= one.certainFrom
            ? say("no day for certain")
            : say("{from} to {to}", {
                from: when(one.certainFrom),
                to:
                  one.certainTo === undefined
                    ? say("not told")
                    : when(one.certainTo),
              }),
          <EntryLink entry={one.entry} />,
        ])}
      />
    )}
  </Section>
);

const Signed: FC<Timed> = ({ view: { signed }, when }) => (
  <>
    <Rows
      title={say("What was signed for it")}
      caption={say(
        "Acts that a holder prepared or approved for this post, the newest first. They are counted for the post, never for a person.",
      )}
      none={say("Nothing was signed for it.")}
      head={[
        [say("Entry"), "number"],
        [say("Entered")],
        [say("Act")],
        [say("Outcome")],
      ]}
      rows={signed.lines.map((one) => [
        <a href={`/acts/${one.entry}`}>{inNumber(one.entry)}</a>,
        when(one.at),
        one.what,
        <span class={one.badge.tone}>{one.badge.says}</span>,
      ])}
    />
    {signed.inAll > signed.lines.length && (
      <p class="quiet">
        {say("{n} acts in all; these are the newest {shown}.", {
          n: inNumber(signed.inAll),
          shown: inNumber(signed.lines.length),
        })}
      </p>
    )}
  </>
);

const RestsOn: FC<Timed> = ({ view: { restsOn }, when }) => (
  <>
    <PermitRows
      title={say("What rests on it")}
      caption={say(
        "Permits in force that an act signed for this post granted.",
      )}
      none={say("No permit in force was signed for it.")}
      rows={restsOn.permits}
      when={when}
    />
    {restsOn.others.length > 0 && (
      <>
        <p>{say("In force as well:")}</p>
        <Things
          of={restsOn.others.map((one) => ({
            ...one,
            // Several things of one title are told apart here.
            title: one.title === one.id ? one.id : `${one.title} (${one.id})`,
          }))}
        />
      </>
    )}
    {restsOn.inAll > restsOn.lookedThrough && (
      <p class="quiet">
        {say("Of {n} acts the newest {shown} were looked through for this.", {
          n: inNumber(restsOn.inAll),
          shown: inNumber(restsOn.lookedThrough),
        })}
      </p>
    )}
  </>
);
