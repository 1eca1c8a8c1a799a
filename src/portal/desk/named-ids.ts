import { countOf, newestEntries } from "../../reports/act-index.ts";
import { thingKey, thingKinds } from "../../rules/about.ts";
import type { ActLog } from "../acts/act-log.ts";
import { NEW } from "./choices.ts";
import type { DeskKind } from "./kinds.ts";

/** So many acts of one kind that has no index of its ids are read for the next id: more than anybody enters on one day, which the id names. */
const READ_MAX = 1_000;

/**
 * Whether an entry of the log, granted or refused, names a thing by an id; undefined while the log is not read in and nobody can say. What
 * things are followed and found by is indexed; ties, codes and attestations are none of these, and are read.
 */
export async function namedIds(
  log: ActLog,
  kind: DeskKind,
): Promise<((id: string) => boolean) | undefined> {
  const own = NEW[kind] ?? "";
  if (!(await log.ready())) return undefined;
  if (thingKinds.some((one) => one === own))
    return (id) => countOf(log.index, thingKey(own, id)) > 0;
  const numbers = newestEntries(log.index, [`kind:${kind}`], READ_MAX);
  const entries = own === "" ? [] : await log.entriesAt(numbers);
  const ids = new Set<unknown>();
  for (const [, entry] of entries)
    if (entry.type === "act") ids.add(Reflect.get(entry.statement.act, own));
  return (id) => ids.has(id);
}
