import { parseEntry } from "../acts/entry.ts";
import { entriesOf } from "../audit/source.ts";
import { NO_POLICY } from "../log/policy.ts";
import { apply } from "../register/apply.ts";
import { emptyRegister, type ReadRegister } from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { CouldNot } from "./exit.ts";
import { logKeysIn } from "./verify/log-keys.ts";
import { readLog } from "./verify/logs.ts";
import { openPlace } from "./verify/place.ts";

/** The register as the office's public files on this machine add up to it. */
export async function registerOf(folder: string): Promise<ReadRegister> {
  const place = await openPlace(folder);
  const log = await readLog(
    place,
    "register",
    async (one) => {
      const keys = await logKeysIn(one);
      return keys.at(one.size);
    },
    NO_POLICY,
  );
  const source = log?.source;
  if (source === undefined)
    throw new CouldNot(
      `Cannot read the register in ${folder}: no checkpoint is there`,
    );
  const register = emptyRegister();
  for await (const entries of entriesOf(source))
    for (const raw of entries) apply(primitives, register, parseEntry(raw));
  return register;
}
