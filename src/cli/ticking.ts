import type { WriterLock } from "../store/writer-lock.ts";
import { inTurn } from "../store/in-turn.ts";
import { UNSURE_MS_MAX } from "../portal/health.ts";
import type { Chores } from "./chores.ts";
import type { House } from "./house.ts";
import type { Journal } from "./operating/journal.ts";

const TICK_MS = 1_000;

export type Loop = { readonly stop: () => Promise<void> };

/** One tick after the other; a tick that fails because a database or a witness is away is tried again, a halted log ends the process. */
export function startTicking(
  house: House,
  chores: Chores,
  writer: WriterLock,
  journal: Journal,
  fatal: (error: Error) => void,
): Loop {
  // Whoever is not sure to be the only writer enters nothing.
  const tick = () =>
    writer.unsureMs <= UNSURE_MS_MAX ? house.tick() : undefined;
  return startLoop(
    () => inTurn(tick, () => chores.look(performance.now())),
    ...([journal, ["tick.failed", "tick.works"], fatal] as const),
  );
}

/** What may take long, beside the ticks: while a mail server is slow the gate goes on. */
export function startLetters(
  chores: Chores,
  journal: Journal,
  fatal: (error: Error) => void,
): Loop {
  return startLoop(
    () => chores.look(performance.now()),
    ...([journal, ["letters.failed", "letters.works"], fatal] as const),
  );
}

function startLoop(
  work: () => Promise<void>,
  journal: Journal,
  [failed, works]: readonly [failed: string, works: string],
  fatal: (error: Error) => void,
): Loop {
  let stopped = false;
  let told = "";
  const loop = (async () => {
    while (!stopped) {
      try {
        await work();
        if (told !== "") journal.info(works);
        told = "";
      } catch (error) {
        if (error instanceof Error && error.name === "LogHalted")
          return fatal(error);
        const message =
          error instanceof Error ? error.message : "unknown error";
        if (message !== told) journal.failed(failed, error);
        told = message;
      }
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
}
