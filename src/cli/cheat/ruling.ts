import type { ActEntry } from "../../acts/entry.ts";
import { describeAct } from "../../portal/words.ts";
import { CouldNot } from "../exit.ts";
import { type Betrayal, FILES_ALONE } from "./betrayal.ts";
import { type History, pinnedBy, replaceAt } from "./history.ts";

export const ruling: Betrayal = {
  name: "ruling",
  title: "change a ruling",
  does: "turns an old refusal into a grant and makes every root, head and checkpoint since then again",
  who: "whoever holds the log's key, the gateway's key and the disk",
  finds:
    "the stranger's program decides every act again by its own copy of the rules; officials who signed later had seen another tree",
  needs: "nothing but the office's files",
  run: async (stage) => {
    const { index, entry } = refusedIn(stage.history);
    const granted: ActEntry = {
      ...entry,
      ruling: { outcome: "granted", flags: [] },
    };
    const pinned = pinnedBy(stage.history, index) > 0;
    const change = (to: ActEntry) =>
      stage.show(replaceAt(stage.history, index, { kind: "entry", entry: to }));
    return [
      {
        done: `entry ${index}, refused ${describeAct(entry.statement.act)}, is made a grant`,
        checks: [
          await stage.ask(await change(granted), {
            having: FILES_ALONE,
            expected: pinned ? ["ruling", "unseen"] : ["ruling"],
          }),
        ],
      },
      {
        done: "the grant names an edition of the rules that no stranger has",
        checks: [
          await stage.ask(
            await change({ ...granted, edition: entry.edition + 1 }),
            { having: FILES_ALONE, expected: ["edition"] },
          ),
        ],
      },
    ];
  },
};

/** The newest permit that was refused: nothing was ever served on it, so that nothing else has to be changed. */
function refusedIn({ lines }: History): { index: number; entry: ActEntry } {
  for (const [index, line] of [...lines.entries()].toReversed()) {
    if (line.kind !== "entry" || line.entry.type !== "act") continue;
    const { entry } = line;
    const { act } = entry.statement;
    if (act.kind === "permit" && entry.ruling.outcome === "refused")
      return { index, entry };
  }
  throw new CouldNot("Cannot cheat: no permit was ever refused here");
}
