import { type Betrayal, WITHOUT_WITNESS } from "./betrayal.ts";
import { atOf, cutAt, type History, settledAt } from "./history.ts";
import { goOn, nextPaidUse } from "./serving.ts";

const WEEK = 7 * 86_400_000;

export const backup: Betrayal = {
  name: "backup",
  title: "restore last week's backup",
  does: "restores the disk and the database of a week ago and goes on from there as if the week had not been",
  who: "whoever restores backups, by intent or by mistake",
  finds:
    "nothing in the files: the week is not there. The witness holds the week, and cosigns nothing that forgets it",
  needs: "a witness outside",
  run: async (stage) => {
    const { history } = stage;
    const old = cutAt(history, settledAt(history, sizeAWeekAgo(history)));
    const shown = await stage.show(goOn(old, [nextPaidUse(old)]));
    return [
      {
        done: `${history.lines.length - old.lines.length} entries of the last week are gone; the office went on with entries of its own`,
        checks: [
          await stage.ask(shown, {
            having: WITHOUT_WITNESS,
            expected: [],
            because: "Nobody outside remembers.",
          }),
          await stage.askWatched(shown),
          await stage.askWitness(shown),
        ],
      },
    ];
  },
};

function sizeAWeekAgo({ lines }: History): number {
  const end = Math.max(0, ...lines.slice(-1).map(atOf));
  return lines.findLastIndex((line) => atOf(line) <= end - WEEK) + 1;
}
