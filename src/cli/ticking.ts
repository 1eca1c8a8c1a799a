import type { WriterLock } from "../store/writer-lock.ts";
import { inTurn } from "../store/in-turn.ts";
import { UNSURE_MS_MAX } from "../portal/health.ts";
import type { Chores } from "./chores.ts";
import type { House } from "./house.ts";
import type { Journal } from "./operating/journal.ts";

const TICK_MS = 1_000;

/** One tick after the other; a tick that fails because a database or a witness is away is tried again, a halted log ends the process. */
export function startTicking(
  house: House,
  chores: Chores,
  writer: WriterLock,
  journal: Journal,
  fatal: (error: Error) => void,
): { stop: () => Promise<void> } {
  let stopped = false;
  let told = "";
  const loop = (async () => {
    while (!stopped) {
      try {
        // Whoever is not sure to be the only writer enters nothing.
        await inTurn(
          () => (writer.unsureMs <= UNSURE_MS_MAX ? house.tick() : undefined),
          () => chores.look(performance.now()),
        );
        if (told !== "") journal.info("tick.works");
        told = "";
      } catch (error) {
        if (error instanceof Error && error.name === "LogHalted")
          return fatal(error);
        const message =
          error instanceof Error ? error.message : "unknown error";
        if (message !== told) journal.failed("tick.failed", error);
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
