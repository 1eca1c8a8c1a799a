import { promises as fs } from "node:fs";
import { join } from "node:path";
import { bundlePath } from "../../log/tiles.ts";
import { officeOf } from "../../register/founding.ts";
import { CouldNot } from "../exit.ts";
import { pathOf } from "../verify/logs.ts";
import { type Betrayal, FILES_ALONE } from "./betrayal.ts";
import { hourLog } from "./serving.ts";
import type { Shown } from "./rebuild.ts";
import type { Stage } from "./stage.ts";

export const flip: Betrayal = {
  name: "flip",
  title: "flip a byte",
  does: "changes one bit of one charge in a file of the log, and nothing else",
  who: "anybody who can write to the disk, a mirror or the line; no key is needed",
  finds: "the entries do not hash to the checkpoint that was signed any more",
  needs: "nothing but the office's files",
  run: async (stage) => {
    const shown = await stage.showBuilt(stage.built);
    const { from, to } = await flipCharge(stage, shown);
    const check = await stage.ask(shown, {
      having: FILES_ALONE,
      expected: ["tree-root", "head-root", "charge"],
    });
    const done = `one bit is flipped: a charge of ${from} became ${to} in the bundle of entries; the checkpoint stays as it was signed`;
    return [{ done, checks: [check] }];
  },
};

async function flipCharge(
  { history, origin }: Stage,
  { folder, built }: Shown,
): Promise<{ readonly from: string; readonly to: string }> {
  const log = hourLog(history);
  const size = built.usage.get(log)?.length ?? 0;
  const path = pathOf(log, officeOf(origin));
  for (let index = 0; index * 256 < size; index++) {
    const bundle = bundlePath(index, Math.min(256, size - index * 256));
    const file = join(folder, "public", "log", path, bundle);
    const bytes = await fs.readFile(file);
    const text = bytes.toString("latin1");
    const charge = /"charge":([2-9][0-9]*)/.exec(text);
    if (charge?.[1] === undefined) continue;
    const at = charge.index + '"charge":'.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await fs.writeFile(file, bytes);
    const to = bytes.toString("latin1", at, at + charge[1].length);
    return { from: charge[1], to };
  }
  throw new CouldNot(`Cannot flip a charge in ${log}: nothing was charged yet`);
}
