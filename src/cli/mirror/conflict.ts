import { join } from "node:path";
import { sameBytes } from "../../acts/bytes.ts";
import type { FaultCode } from "../../audit/report.ts";
import { showCount } from "../../audit/says.ts";
import type { Checkpoint } from "../../log/checkpoint.ts";
import { writeWhole } from "../../store/durable.ts";
import { Contradicted } from "../exit.ts";
import { treeOf } from "../verify/kept.ts";
import type { Place } from "../verify/place.ts";
import type { HeldLog } from "./log-copy.ts";

export const CONFLICT = "conflict";

type Shown = Pick<Checkpoint, "size" | "root"> & { readonly note: string };

/**
 * What is shown is not what is held. Both checkpoints are kept, and of what is shown the tiles that say how the two stand to
 * each other: `verify` reads the folder. Gives what is to be said.
 */
export async function conflictOf(
  place: Place,
  copy: string,
  origin: string,
  path: string,
  held: HeldLog,
  shown: Shown,
  now: number,
): Promise<Contradicted> {
  const folder = join(copy, CONFLICT, String(now));
  const keep = (file: string, bytes: Uint8Array | string): Promise<void> =>
    writeWhole(join(folder, file), bytes);
  await keep(`log/${path}/checkpoint`, shown.note);
  if (held.note !== undefined) await keep(`held/${path}/checkpoint`, held.note);
  const kept = `both are kept in ${folder}`;
  const [code, says] = await difference(
    recording(place, keep),
    path,
    held,
    shown,
  );
  return new Contradicted({ code, log: origin, says: `${says}; ${kept}` });
}

async function difference(
  place: Place,
  path: string,
  held: HeldLog,
  shown: Shown,
): Promise<readonly [FaultCode, string]> {
  const sizes = `this copy holds size ${showCount(held.size)}, ${place.name} shows ${showCount(shown.size)}`;
  if (shown.size === held.size)
    return ["two-histories", `two histories: ${sizes} with another root`];
  if (shown.size < held.size)
    return [
      "two-histories",
      `two histories: ${sizes}, both signed by its key: it was set back, or shows another history`,
    ];
  const tree = await treeOf(place, path);
  const then = await tree?.rootAt(held.size);
  if (then !== undefined && !sameBytes(then, held.root))
    return [
      "two-histories",
      `two histories: ${sizes}, which had another root at the size that this copy holds`,
    ];
  return [
    "tree-root",
    `the entries that ${place.name} shows do not hash to its checkpoint of size ${showCount(shown.size)}`,
  ];
}

/** A place whose files are kept as they are read. */
function recording(
  place: Place,
  keep: (file: string, bytes: Uint8Array) => Promise<void>,
): Place {
  return {
    ...place,
    read: async (file) => {
      const bytes = await place.read(file);
      if (bytes !== undefined) await keep(file, bytes);
      return bytes;
    },
  };
}
