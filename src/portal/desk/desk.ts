import type { Context } from "hono";
import type { ActPapers } from "../../accounts/act-papers.ts";
import type { Draft, Drafts } from "../../accounts/drafts.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import type { ReadRegister } from "../../register/register.ts";
import { hasPower } from "../../rules/signing.ts";
import { postsOf } from "../account/around-request.ts";
import { mustBe } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";

/** Whoever works at the desk: a person, and the posts that the register says they hold now. */
export type Official = {
  readonly person: number;
  readonly posts: readonly string[];
  /** A post that is named as another's auditor, or that attests what others hand in: it sees what all see, and signs nothing for them. */
  readonly isAuditor: boolean;
};

/** What the pages of the desk work on. */
export type Desk = {
  readonly options: AppOptions;
  readonly drafts: Drafts;
  readonly papers: ActPapers;
};

/** An office without its database has no drafts. */
export function deskOf(options: AppOptions): Desk {
  const { drafts, papers } = options;
  if (drafts === undefined || papers === undefined)
    throw new Unavailable("Cannot open the desk: this office keeps no drafts");
  return { options, drafts, papers };
}

export function official(c: Context, { office, now }: AppOptions): Official {
  const { person } = mustBe(c, "official");
  const posts = postsOf(office.register, person, now());
  const isAuditor = auditing(office.register, posts).length > 0;
  return { person, posts, isAuditor };
}

/** An official who holds a post now: whoever left still signs in, and finds here what they prepared and nothing else. */
export function holder(c: Context, options: AppOptions): Official {
  const who = official(c, options);
  if (who.posts.length === 0)
    throw new Forbidden("this is for those who hold a post of the office now");
  return who;
}

/** Those of the posts that audit. */
export function auditing(
  register: ReadRegister,
  posts: readonly string[],
): readonly string[] {
  return posts.filter((post) => audits(register, post));
}

function audits(register: ReadRegister, post: string): boolean {
  return (
    hasPower(register, post, "attest") ||
    [...register.posts.values()].some(({ act }) => act.auditor === post)
  );
}

/** A draft that this official prepared, signs, or audits: nobody else is told that there is one. */
export async function draftFor(
  { drafts }: Desk,
  { person, isAuditor }: Official,
  id: string,
): Promise<Draft> {
  const draft = await drafts.read(id);
  const isOwn =
    draft !== undefined &&
    (draft.by === person || isAuditor || namesPerson(draft, person));
  if (!isOwn)
    throw new Forbidden(
      "there is no such draft, or it is not among those that you prepared or sign",
    );
  return draft;
}

function namesPerson(draft: Draft, person: number): boolean {
  const { signers } = draft.stage === "open" ? draft : draft.statement;
  return signers.some((one) => one.person === person);
}
