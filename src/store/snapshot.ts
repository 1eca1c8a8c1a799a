import { promises as fs } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { primitives } from "./crypto.ts";
import { noteSnapshot, type HeadRow, type Sql } from "./database.ts";
import { readIfThere, writeWhole } from "./durable.ts";

const NAME = "register.snapshot";

/**
 * A process's own shortcut: what it had folded, and how far. Its digest stands in the head row, so that a snapshot that was
 * exchanged on disk is not believed; without a snapshot the log is folded from its first entry.
 */
export async function saveSnapshot(
  sql: Sql,
  folder: string,
  log: string,
  size: number,
  state: unknown,
): Promise<void> {
  const bytes = serialize(state);
  await writeWhole(join(folder, NAME), bytes, { mode: 0o600 });
  await noteSnapshot(sql, log, size, primitives.sha256(bytes));
}

/** Undefined where there is none, where it is not the one that was saved, or where `is` does not know its shape. */
export async function loadSnapshot<State extends { readonly size: number }>(
  folder: string,
  head: HeadRow,
  is: (state: unknown) => state is State,
): Promise<State | undefined> {
  const { snapshot_size: size, snapshot_digest: digest } = head;
  if (size === null || digest === null || size > head.size) return undefined;
  const bytes = await readIfThere(join(folder, NAME));
  if (
    bytes === undefined ||
    Buffer.compare(primitives.sha256(bytes), digest) !== 0
  )
    return undefined;
  const state: unknown = deserialize(bytes);
  return is(state) && state.size === size ? state : undefined;
}

export async function forgetSnapshot(folder: string): Promise<void> {
  await fs.rm(join(folder, NAME), { force: true });
}
