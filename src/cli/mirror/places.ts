import { promises as fs } from "node:fs";
import { join } from "node:path";
import { readIfThere, writeWhole } from "../../store/durable.ts";
import { COSIGNED_FOLDER, DAYS_FILE } from "../../log/note-run.ts";
import { placeLog } from "./log-copy.ts";
import {
  FETCHING,
  MIRROR_NOTE,
  type MirrorNote,
  PLACING,
} from "./note-text.ts";

/** Everything was fetched and checked: from here on the copy is brought up to date, also by the run after a kill. */
export async function stageNote(copy: string, note: MirrorNote): Promise<void> {
  const staged = join(copy, FETCHING);
  await writeWhole(
    join(staged, MIRROR_NOTE),
    `${JSON.stringify(note, null, 2)}\n`,
  );
  await writeWhole(join(staged, PLACING), "");
}

/** Puts what was checked in its place. The register comes last, and after it the note that says of when the copy is. */
export async function takePlaces(copy: string): Promise<void> {
  const staged = join(copy, FETCHING);
  if ((await readIfThere(join(staged, PLACING))) === undefined) return;
  const paths = await stagedLogs(join(staged, "log"), "");
  for (const path of paths.filter((one) => one !== "register"))
    await placeLog(copy, path);
  await placeLog(copy, "register");
  const cosigned = join("log", "register", COSIGNED_FOLDER);
  const days = await namesIn(join(staged, cosigned));
  // A day is named before its file is there.
  for (const name of days.toSorted((a) => (a === DAYS_FILE ? -1 : 1)))
    await move(staged, copy, join(cosigned, name));
  for (const name of await namesIn(join(staged, "paper")))
    await move(staged, copy, join("paper", name));
  await move(staged, copy, MIRROR_NOTE);
  // Its mark goes last: what a kill leaves behind it would be taken for what the next round has checked.
  for (const name of await fs.readdir(staged))
    if (name !== PLACING)
      await fs.rm(join(staged, name), { recursive: true, force: true });
  await fs.rm(staged, { recursive: true, force: true });
}

/** Written whole anew: a name under which a file stands never has half of another. */
async function move(from: string, to: string, name: string): Promise<void> {
  const bytes = await readIfThere(join(from, name));
  if (bytes !== undefined) await writeWhole(join(to, name), bytes);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names.filter((name) => !name.endsWith(".tmp"));
}

/** The logs that have a staged checkpoint, by their paths. */
async function stagedLogs(
  folder: string,
  path: string,
): Promise<readonly string[]> {
  const found = await fs
    .readdir(join(folder, path), { withFileTypes: true })
    .catch(() => []);
  const here = found.some(({ name }) => name === "checkpoint") ? [path] : [];
  const below = await Promise.all(
    found
      .filter((one) => one.isDirectory() && one.name !== "tile")
      .map((one) => stagedLogs(folder, join(path, one.name))),
  );
  return [...here, ...below.flat()];
}
