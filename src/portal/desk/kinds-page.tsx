import type { FC } from "hono/jsx";
import type { ReadRegister } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import { DeskPage } from "./desk-page.tsx";
import { type DeskKind, KIND_GROUPS, KIND_WORDS } from "./kinds.ts";
import { maySign } from "./who-signs.ts";

/** Every act that can be prepared: first those that a post of whoever asks may sign, then the others. */
export const KindsPage: FC<{
  register: ReadRegister;
  person: number;
  now: number;
}> = ({ register, person, now }) => {
  const isOwn = (kind: DeskKind): boolean =>
    maySign(register, person, kind, now);
  const title = say("Prepare an act");
  return (
    <DeskPage
      title={title}
      lead={say(
        "What your posts may prepare or approve stands first. Whatever you prepare is looked at by the rules before anybody signs it.",
      )}
    >
      <Groups
        among={isOwn}
        none={say("Your posts have no power to sign an act.")}
      />
      <details>
        <summary>{say("Others, which your posts cannot sign")}</summary>
        <Groups among={(kind) => !isOwn(kind)} none="" />
      </details>
    </DeskPage>
  );
};

const Groups: FC<{ among: (kind: DeskKind) => boolean; none: string }> = ({
  among,
  none,
}) => {
  const groups = KIND_GROUPS.map(
    ([subject, kinds]) => [subject, kinds.filter(among)] as const,
  ).filter(([, kinds]) => kinds.length > 0);
  if (groups.length === 0) return <p class="notice">{none}</p>;
  return (
    <>
      {groups.map(([subject, kinds]) => (
        <section>
          <h2>{say(subject)}</h2>
          <ul class="links">
            {kinds.map((kind) => (
              <li>
                <a href={`/desk/acts/new/${kind}`}>{say(KIND_WORDS[kind])}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
};
