import type { Child, FC } from "hono/jsx";
import type { ReadRegister } from "../../register/register.ts";
import { hasPower } from "../../rules/signing.ts";
import { Frame } from "../frame.tsx";
import { sayInstant, sayList } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";
import { Table } from "../table.tsx";
import { delegatorOf, deputiesOf } from "./capacity.ts";
import type { Official } from "./desk.ts";
import { DeskLead } from "./desk-lead.tsx";
import { sayValue } from "./field-said.ts";
import { maySign } from "./who-signs.ts";

type Props = {
  readonly register: ReadRegister;
  readonly who: Official;
  readonly now: number;
};

/** Who stands in for whom, until when; whoever appoints names a deputy here, by the act that a form of its own prepares. */
export const DeputiesPage: FC<Props> = ({ register, who, now }) => {
  const title = say("Deputies");
  const appoints = maySign(register, who.person, "tenure", now);
  const posts = [...register.posts.keys()];
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <DeskLead title={title}>
          {say(
            "A deputy signs for the holder of a post until a day, with every power of the post: an act lends no part of them. Whoever prepares and whoever approves stay two persons, in whatever posts they sign.",
          )}
        </DeskLead>
      }
    >
      {!appoints && <p class="notice">{whoAppoints(register)}</p>}
      <Table
        label={say("Posts and who stands in")}
        caption={say("It ends by itself on its day, or earlier by an act.")}
        head={[
          [say("Post"), false],
          [say("What it may sign"), false],
          [say("Who stands in now"), false],
        ]}
        none={say("none")}
        rows={posts.map((post) => [
          titleOf(register.posts.get(post), post),
          sayList(
            (register.posts.get(post)?.act.powers ?? []).map((one) =>
              sayValue(one),
            ),
          ),
          <>
            {deputiesOf(register, post, now).map((one) => (
              <div>{sayDeputy(one, register, now)}</div>
            ))}
            {appoints && <NameOne {...{ register, post, now }} />}
          </>,
        ])}
      />
    </Frame>
  );
};

function sayDeputy(
  { act: { person, mode }, from, to }: ReturnType<typeof deputiesOf>[number],
  { offsetMinutes }: ReadRegister,
  now: number,
): string {
  const how = sayValue(mode);
  const until = sayInstant(to, offsetMinutes);
  return from <= now
    ? say("person {person}, {how} until {until}", { person, how, until })
    : say("person {person}, {how} from {from} until {until}", {
        ...{ person, how, until, from: sayInstant(from, offsetMinutes) },
      });
}

/** The form of the act, with what is known filled in: for whom, and whose post it is. */
const NameOne: FC<{ register: ReadRegister; post: string; now: number }> = ({
  register,
  post,
  now,
}): Child => {
  const delegator = delegatorOf(register, post, now);
  if (delegator === undefined) return say("nobody holds it now");
  const query = new URLSearchParams({
    ...{ post, mode: "delegated", delegator: String(delegator) },
  });
  return (
    <a href={`/desk/acts/new/tenure?${String(query)}`}>
      {say("Name a deputy for {post}", {
        post: titleOf(register.posts.get(post), post),
      })}
    </a>
  );
};

function whoAppoints(register: ReadRegister): string {
  const posts = [...register.posts.keys()].filter((post) =>
    hasPower(register, post, "appoint"),
  );
  return posts.length === 0
    ? say("No post of this office has the power to appoint.")
    : say("Your post appoints nobody. Who may: {posts}", {
        posts: sayList(
          posts.map((post) => titleOf(register.posts.get(post), post)),
        ),
      });
}
