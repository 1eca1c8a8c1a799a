import { SLOT, slotOf, type Use } from "../../uses/use.ts";
import { CouldNot } from "../exit.ts";
import {
  type Attempt,
  type Betrayal,
  FILES_ALONE,
  WITHOUT_WITNESS,
} from "./betrayal.ts";
import {
  atOf,
  type History,
  pinnedBy,
  registerAt,
  withBlocks,
} from "./history.ts";
import {
  addBlock,
  goOn,
  hourLog,
  lastSlot,
  newestUse,
  someCommitment,
  withHead,
} from "./serving.ts";
import type { Stage } from "./stage.ts";

export const revoked: Betrayal = {
  name: "revoked",
  title: "use after a revocation",
  does: "goes on serving a holder whose permit was revoked",
  who: "whoever runs the gateway and holds its key",
  finds:
    "every use is admitted again on the register its block names; no later block may name an older register; officials who signed since had seen the heads in between",
  needs: "nothing but the office's files",
  run: async (stage) => {
    const { permit, entry } = revocationIn(stage.history);
    const use = newestUse(
      stage.history,
      (one) => one.permit === permit,
      `use under permit ${permit}, which was revoked`,
    );
    const again = { ...use, private: someCommitment() };
    return [
      await plain(stage, again),
      await withOldAnchor(stage, again, entry),
      await beforeIt(stage, again, entry),
    ];
  },
};

/** The newest revocation of a permit that was used under the hour. */
function revocationIn(history: History): { permit: string; entry: number } {
  const { permits } = registerAt(history, history.lines.length);
  const found = [...permits.values()]
    .flatMap(({ act, ended }) =>
      ended === undefined ? [] : [{ permit: act.permit, entry: ended.entry }],
    )
    .filter(({ permit }) => hourlyUses(history, permit))
    .toSorted((a, b) => a.entry - b.entry)
    .at(-1);
  if (found === undefined)
    throw new CouldNot("Cannot cheat: no permit in use was ever revoked here");
  return found;
}

function hourlyUses({ logs }: History, permit: string): boolean {
  return [...logs].some(
    ([log, blocks]) =>
      log.includes("/hour/") &&
      blocks.some(({ entries }) =>
        entries.some((use) => use.kind === "use" && use.permit === permit),
      ),
  );
}

async function plain(stage: Stage, use: Use): Promise<Attempt> {
  const shown = await stage.show(goOn(stage.history, [use]));
  return {
    done: `permit ${use.permit} is served today as if nothing had happened`,
    checks: [
      await stage.ask(shown, { having: FILES_ALONE, expected: ["use"] }),
    ],
  };
}

async function withOldAnchor(
  stage: Stage,
  use: Use,
  entry: number,
): Promise<Attempt> {
  const { history } = stage;
  const log = hourLog(history);
  const slot = lastSlot(history, log);
  const block = {
    anchor: { v: 1, kind: "anchor", size: entry, root: "", slot },
    entries: [{ ...use, slot }],
  } as const;
  const shown = await stage.show(withHead(addBlock(history, log, block), log));
  return {
    done: `today's use is entered on the register of before entry ${entry}, the revocation`,
    checks: [
      await stage.ask(shown, {
        having: FILES_ALONE,
        expected: ["anchor-falls", "head-anchored"],
      }),
    ],
  };
}

/** Put where it would have been lawful, and every root, head and checkpoint since then made again. */
async function beforeIt(
  stage: Stage,
  use: Use,
  entry: number,
): Promise<Attempt> {
  const { history } = stage;
  const changed = intoLastBlockBefore(history, use, entry);
  const shown = await stage.show(changed);
  const pinned = pinnedBy(history, entry) > 0;
  return {
    done: "the use is put among those of before the revocation; every root, head and checkpoint since then is made again",
    checks: pinned
      ? [
          await stage.ask(shown, {
            having: FILES_ALONE,
            expected: ["unseen"],
          }),
        ]
      : [
          await stage.ask(shown, {
            having: WITHOUT_WITNESS,
            expected: [],
            because:
              "Nobody outside remembers, and no official has signed since.",
          }),
          await stage.askWatched(shown),
        ],
  };
}

function intoLastBlockBefore(
  history: History,
  use: Use,
  entry: number,
): History {
  const at = Math.max(...history.lines.slice(entry, entry + 1).map(atOf));
  const found = [...history.logs]
    .filter(([log]) => log.includes("/hour/"))
    .flatMap(([log, blocks]) => {
      const block = blocks.findLastIndex(
        ({ anchor }) => anchor.size <= entry && anchor.slot + SLOT.hour <= at,
      );
      const slot = blocks[block]?.anchor.slot;
      return slot === undefined ? [] : [{ log, blocks, block, slot }];
    })
    .toSorted((a, b) => a.slot - b.slot)
    .at(-1);
  if (found === undefined)
    throw new CouldNot(
      "Cannot cheat: nothing was served before the revocation",
    );
  const { log, blocks, block, slot } = found;
  return withBlocks(
    history,
    log,
    blocks.map((one, i) =>
      i === block
        ? {
            ...one,
            entries: [
              ...one.entries,
              { ...use, slot: slotOf(slot, SLOT.hour) },
            ],
          }
        : one,
    ),
  );
}
