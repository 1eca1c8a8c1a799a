import type { ReadRegister } from "../../register/register.ts";
import { titleIn } from "../lang/title-in.ts";
import { oncePerVersion } from "./look-up.ts";
import { refTo } from "./ref.ts";
import { baseOf, pageOf, type World } from "./world.ts";

export type PromiseState = "open" | "missed" | "kept" | "keptLate" | "givenUp";

export function promiseLine(register: ReadRegister, id: string, now: number) {
  const found = register.promises.get(id);
  if (found === undefined) return undefined;
  const { act, entry, at, done } = found;
  const { promise, about, due } = act;
  const title = titleIn(act);
  return {
    ...{ promise, about, title, due, entry, at },
    post: refTo(register, "post", act.post),
    state: stateOf(found, now),
    ...(done === undefined ? {} : { done: { entry: done.entry, at: done.at } }),
  };
}
export type PromiseLine = NonNullable<ReturnType<typeof promiseLine>>;

type Found = NonNullable<ReturnType<ReadRegister["promises"]["get"]>>;

function stateOf({ act, done }: Found, now: number): PromiseState {
  if (done === undefined) return act.due <= now ? "missed" : "open";
  if (!done.isKept) return "givenUp";
  return done.at <= act.due ? "kept" : "keptLate";
}

/** What is still to be kept, by its day; then what is done with, the newest first. */
const inOrder = oncePerVersion((register) => {
  const all = [...register.promises.values()];
  const open = all
    .filter(({ done }) => done === undefined)
    .toSorted((a, b) => a.act.due - b.act.due);
  const done = all.filter((one) => one.done !== undefined).toReversed();
  return [...open, ...done].map(({ act }) => act.promise);
});

export async function promisesView(world: World, page: number) {
  const { register, now } = world;
  const ids = inOrder(register);
  const list = pageOf(ids, page, (id) => promiseLine(register, id, now));
  const counts: Record<PromiseState, number> = {
    ...{ open: 0, missed: 0, kept: 0, keptLate: 0, givenUp: 0 },
  };
  for (const found of register.promises.values()) counts[stateOf(found, now)]++;
  return {
    ...baseOf(world),
    counts,
    ...list,
    rows: list.rows.filter((one) => one !== undefined),
    proof: await world.proofs.newest(
      [...register.promises.values()].flatMap((one) =>
        one.done === undefined ? [one] : [one, one.done],
      ),
    ),
  };
}
export type PromisesView = Awaited<ReturnType<typeof promisesView>>;
