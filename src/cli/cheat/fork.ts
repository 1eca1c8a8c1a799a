import { type Betrayal, WITHOUT_WITNESS } from "./betrayal.ts";
import { keptCheckpoint } from "./kept.ts";
import { goOn, nextPaidUse } from "./serving.ts";
import { cutAt, type History, settledAt } from "./history.ts";

export const fork: Betrayal = {
  name: "fork",
  title: "show two histories",
  does: "shows one history to the public and another, signed with the same key, to somebody else",
  who: "whoever holds the log's key, the gateway's key and the web server",
  finds:
    "nothing in either history alone. The other history's checkpoint contradicts it; a witness refuses to cosign the second",
  needs: "a witness outside, or a checkpoint from another door",
  run: async (stage) => {
    const shown = await stage.show(anotherEnd(stage.history));
    return [
      {
        done: "the last entries of the history are others: this is what one reader is shown, and nobody else",
        checks: [
          await stage.ask(shown, {
            having: WITHOUT_WITNESS,
            expected: [],
            because: "One history alone contradicts nothing.",
          }),
          await stage.ask(shown, {
            having: "with a checkpoint from another door",
            expected: ["two-histories"],
            also: [await keptCheckpoint(stage)],
          }),
          await stage.askWatched(shown),
          await stage.askWitness(shown),
        ],
      },
    ];
  },
};

/** As long as the first, and other at its end. */
function anotherEnd(first: History): History {
  const { length } = first.lines;
  let second = cutAt(first, settledAt(first, length - 1));
  while (second.lines.length < length)
    second = goOn(second, [nextPaidUse(second)]);
  return second;
}
