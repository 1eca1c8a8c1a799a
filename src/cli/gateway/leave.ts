import { setTimeout as sleep } from "node:timers/promises";
import { EXIT } from "../exit.ts";
import { type GateOf, withGate } from "./run-gate.ts";

/**
 * The gateway answers nobody any more, and enters totals and closing heads; then an act may close it. It stays until everything that it
 * answered is public, which for data about persons is when the hour is over.
 */
export async function leave(of: GateOf): Promise<number> {
  await withGate(of, async (house, _, lost) => {
    let isLost = false;
    lost.then(
      () => (isLost = true),
      () => (isLost = true),
    );
    const { gateway } = house;
    for (const record of await gateway.leave())
      await gateway.desk.options.enter(record);
    console.log(
      `left      gateway ${of.name} has closed its logs; an act gatewayClosed may be entered now`,
    );
    for (;;) {
      await house.tick();
      const waiting = gateway.desk.logs.unpublished;
      if (waiting === 0 || isLost) break;
      console.log(
        `waiting   ${waiting} entries are public when their slots are over`,
      );
      await sleep(10_000);
    }
    if (isLost) throw new Error("Cannot go on: the database was lost");
    console.log("public    everything that it answered is public");
  });
  return EXIT.done;
}
