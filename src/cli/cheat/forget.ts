import { CouldNot } from "../exit.ts";
import { type Attempt, type Betrayal, WITHOUT_WITNESS } from "./betrayal.ts";
import {
  cutAt,
  type History,
  pinnedBy,
  removeAt,
  settledAt,
} from "./history.ts";
import type { Stage } from "./stage.ts";
import { keptCheckpoint } from "./kept.ts";

const FORGOTTEN = 6;

export const forget: Betrayal = {
  name: "forget",
  title: "forget the last entries",
  does: "takes the last entries away and builds a smaller tree, signed with the office's own key",
  who: "whoever holds the log's key and the disk",
  finds:
    "nothing in the files: a shorter history is a history. A witness, or anybody who kept a checkpoint, holds a larger one. In the middle it cannot be done: officials signed what they had seen",
  needs: "a witness outside, or a checkpoint that somebody kept",
  run: async (stage) => [await theLast(stage), await inTheMiddle(stage)],
};

async function theLast(stage: Stage): Promise<Attempt> {
  const { history } = stage;
  const size = settledAt(history, history.lines.length - FORGOTTEN);
  const shown = await stage.show(cutAt(history, size));
  return {
    done: `the last ${stage.wholeSize - size} entries are gone${stage.namesWitness ? ", the one that named a witness among them" : ""}; the tree is built again over ${size}`,
    checks: [
      await stage.ask(shown, {
        having: WITHOUT_WITNESS,
        expected: [],
        because: "Nobody outside remembers.",
      }),
      await stage.askWatched(shown),
      await stage.ask(shown, {
        having: "with a checkpoint that somebody kept",
        expected: ["two-histories"],
        also: [await keptCheckpoint(stage)],
      }),
    ],
  };
}

/** The newest refusal that somebody's later signature pins. */
async function inTheMiddle(stage: Stage): Promise<Attempt> {
  const { history } = stage;
  const index = refusalBeforeOthers(history);
  const shown = await stage.show(removeAt(history, index));
  return {
    done: `instead, entry ${index}, a refusal, is taken out of the middle, and everything after it is made again`,
    checks: [
      await stage.ask(shown, {
        having: WITHOUT_WITNESS,
        expected: ["unseen"],
      }),
    ],
  };
}

function refusalBeforeOthers(history: History): number {
  const index = history.lines.findLastIndex(
    (line, i) =>
      line.kind === "entry" &&
      line.entry.type === "act" &&
      line.entry.ruling.outcome === "refused" &&
      pinnedBy(history, i) > 0,
  );
  if (index >= 0) return index;
  throw new CouldNot(
    "Cannot cheat: nothing was refused here before other acts",
  );
}
