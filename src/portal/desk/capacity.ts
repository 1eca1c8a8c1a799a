import type {
  ReadRegister,
  Standing,
  Tenure,
} from "../../register/register.ts";
import { inForce } from "../../register/register.ts";
import { sayInstant } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";

/** A person's tenure of a post at an instant, also where it has ended since; a full one before others. */
export function tenureAt(
  register: ReadRegister,
  person: number,
  post: string,
  at: number,
): Standing<Tenure> | undefined {
  const held = (register.tenures.get(post) ?? []).filter(
    (one) =>
      one.act.person === person &&
      one.from <= at &&
      at < Math.min(one.to, one.ended?.at ?? one.to),
  );
  return held.find(({ act }) => act.mode === "full") ?? held.at(-1);
}

/** The post, and in what capacity somebody who is not its full holder acts in it. */
export function sayCapacity(
  register: ReadRegister,
  { person, post }: { readonly person: number; readonly post: string },
  at: number,
): string {
  const title = titleOf(register.posts.get(post), post);
  const tenure = tenureAt(register, person, post, at);
  if (tenure === undefined || tenure.act.mode === "full") return title;
  const until = sayInstant(tenure.to, register.offsetMinutes);
  return tenure.act.mode === "delegated"
    ? say("for {post}, by delegation until {until}", { post: title, until })
    : say("{post}, acting until {until}", { post: title, until });
}

/** Everybody who stands in for the holder of a post now. */
export function deputiesOf(
  register: ReadRegister,
  post: string,
  now: number,
): readonly Standing<Tenure>[] {
  return (register.tenures.get(post) ?? []).filter(
    (one) => one.act.mode !== "full" && one.ended === undefined && now < one.to,
  );
}

/** Whoever holds a post now other than by delegation: only they can be deputised for. */
export function delegatorOf(
  register: ReadRegister,
  post: string,
  now: number,
): number | undefined {
  return (register.tenures.get(post) ?? []).find(
    (one) => one.act.mode !== "delegated" && inForce(one, now),
  )?.act.person;
}
