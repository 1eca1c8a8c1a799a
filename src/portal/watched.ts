import { say } from "./lang/say.ts";
import type { Overview } from "./overview.ts";

type Watched = {
  readonly watchers: Pick<
    Overview["watchers"],
    "policy" | "witnesses" | "sameMachine"
  >;
};

export function watchedBy({ watchers: { witnesses } }: Watched): string {
  if (witnesses === undefined || witnesses === 0) return say("Nobody outside");
  return witnesses === 1
    ? say("One witness")
    : say("{n} witnesses", { n: witnesses });
}

export function watchedHow({ watchers }: Watched): string {
  if (watchers.policy === undefined)
    return say(
      "watches this log: its times and its completeness are the office's word",
    );
  if (watchers.witnesses === undefined)
    return say(
      "is known to watch this log: the paper of its witness policy is not here, or is no policy",
    );
  if (watchers.witnesses === 0)
    return say("watches this log: its witness policy names nobody");
  return watchers.sameMachine
    ? say("watches this log, on this machine: not independent")
    : say("named by the office cosign this log");
}

/** The two as one sentence. */
export function sayWatched(watched: Watched): string {
  return say("{who} {how}.", {
    who: watchedBy(watched),
    how: watchedHow(watched),
  });
}
