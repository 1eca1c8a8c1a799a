import { titleOf } from "../lang/title-in.ts";
import type { FC } from "hono/jsx";
import { signer, type Signer } from "../../acts/statement.ts";
import { holders, type ReadRegister } from "../../register/register.ts";
import { Form, type Sent } from "../account/form.tsx";
import { say } from "../lang/say.ts";
import { type DraftView, sayRole } from "./draft-view.ts";

const ROLES = ["prepared", "approved"] as const;
const SIGNERS_MAX = 8;

/** Who signs, where somebody else than the office proposes should. */
export const ChangeSigners: FC<{ view: DraftView }> = ({
  view: { draft, register, now },
}) => {
  const signers = draft.stage === "open" ? draft.signers : [];
  const rows: readonly (Signer | undefined)[] =
    signers.length < SIGNERS_MAX ? [...signers, undefined] : signers;
  const among = everybody(register, now);
  return (
    <details>
      <summary>{say("Somebody else signs")}</summary>
      <Form
        action={`/desk/drafts/${draft.id}/signers`}
        label={say("Who signs")}
      >
        {rows.map((one, index) => (
          <fieldset>
            <legend>{say("Signer {n}", { n: index + 1 })}</legend>
            <p>
              <label for={`post-${index}`}>{say("Post")}</label>
              <select id={`post-${index}`} name="holder">
                <option value="">{say("nobody")}</option>
                {among.map(({ person, post }) => (
                  <option
                    value={`${person} ${post}`}
                    selected={one?.person === person && one.post === post}
                  >
                    {titleOf(register.posts.get(post), post)} (
                    {say("person {person}", { person })})
                  </option>
                ))}
              </select>
            </p>
            <p>
              <label for={`role-${index}`}>{say("As what")}</label>
              <select id={`role-${index}`} name="role">
                {ROLES.map((role) => (
                  <option value={role} selected={one?.role === role}>
                    {sayRole({ role })}
                  </option>
                ))}
              </select>
            </p>
          </fieldset>
        ))}
        <p>
          <button type="submit">{say("Let these sign")}</button>
        </p>
      </Form>
    </details>
  );
};

type Held = { readonly person: number; readonly post: string };

function everybody(register: ReadRegister, now: number): readonly Held[] {
  return [...register.posts.keys()].flatMap((post) =>
    holders(register, post, now).map(({ act: { person } }) => ({
      person,
      post,
    })),
  );
}

/** The signers that the form names; a holder of a new key stays. */
export function readSigners(
  sent: Sent,
  before: readonly Signer[],
): readonly Signer[] {
  const roles = sent.texts("role");
  const named = sent.texts("holder").flatMap((text, index): Signer[] => {
    const [, person = "", post = ""] = /^([0-9]{1,7}) (\S+)$/.exec(text) ?? [];
    const read = signer.safeParse({
      ...{ person: Number(person), post, role: roles[index] },
    });
    return person === "" || !read.success ? [] : [read.data];
  });
  const kept = before.filter(({ role }) => role === "holder");
  return [...kept, ...named].slice(0, SIGNERS_MAX);
}
