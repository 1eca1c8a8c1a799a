import { titleOf } from "../lang/title-in.ts";
import type { Draft } from "../../accounts/drafts.ts";
import type { Signer, Statement } from "../../acts/statement.ts";
import type { Office } from "../../office/office.ts";
import type { ReadRegister } from "../../register/register.ts";
import type { TurnedAway } from "../../rules/turn-away.ts";
import { say } from "../lang/say.ts";
import type { NotSigned } from "./statement.ts";

/** What the page of a draft shows. */
export type DraftView = {
  readonly draft: Exclude<Draft, { stage: "entered" }>;
  readonly statement: Statement;
  readonly told: ReturnType<Office["explain"]>;
  readonly register: ReadRegister;
  readonly now: number;
  readonly person: number;
  /** SHA-256 of the signed bytes, in hex. */
  readonly digest: string;
  /** The id of the key that it enrols. */
  readonly newKey?: string;
  /** Why it was not signed, or signed and not entered. */
  readonly against?: NotSigned | TurnedAway;
};

/** By post; a holder of a new key has none. */
export function signerOf(
  { post, person }: Pick<Signer, "post" | "person">,
  register: ReadRegister,
): string {
  return post === undefined
    ? say("person {person}", { person })
    : titleOf(register.posts.get(post), post);
}

export function sayRole({ role }: Pick<Signer, "role">): string {
  const words = {
    prepared: say("prepares"),
    approved: say("approves"),
    published: say("publishes"),
    holder: say("holds the new key"),
  } as const;
  return words[role];
}
