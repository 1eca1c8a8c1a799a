import { parseSubmission } from "../../acts/statement.ts";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { emptyRoot } from "../../log/hash.ts";
import { parseNote } from "../../log/note.ts";
import { Office } from "../../office/office.ts";
import { primitives } from "../../store/crypto.ts";
import {
  createHead,
  openDatabase,
  type Sql,
  swapHead,
  takeWriter,
} from "../../store/database.ts";
import { beginJournal } from "../../store/journal.ts";
import { placeOf } from "../../store/log.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { machineKeys } from "../keys.ts";

/**
 * A program of its own, built by `loosen` from a copy of the sources in which one rule was loosened: the office's own way
 * of an act, from the signed submission to the published checkpoint. FOLDER DATABASE SUBMISSION TIME
 */
await runCommand(async () => {
  const [folder, url, submission, time] = process.argv.slice(2);
  if (
    folder === undefined ||
    url === undefined ||
    submission === undefined ||
    time === undefined
  )
    throw new CouldNot("Cannot enter: want FOLDER DATABASE SUBMISSION TIME");
  const sql = await openDatabase(url);
  try {
    const { log } = await machineKeys(folder);
    const origin = await takeOver(sql, folder);
    const surroundings = { ...realSurroundings, now: () => Number(time) };
    const office = await Office.open({
      folder,
      sql,
      origin,
      logKeys: async () => [log],
      surroundings,
      tell: (line) => console.error(line),
      policies: (paper) =>
        Promise.reject(new Error(`No policy is in force, yet ${paper} is`)),
    });
    const entered = await office.enter(
      parseSubmission(await fs.readFile(submission)),
    );
    await office.close();
    if ("turnedAway" in entered) throw new CouldNot(entered.turnedAway);
    console.log(entered.ruling.outcome);
    return entered.ruling.outcome === "granted" ? EXIT.done : EXIT.refused;
  } finally {
    await sql.end();
  }
});

/** The head of the copied log is put into an empty database, as whoever holds the machine can. */
async function takeOver(sql: Sql, folder: string): Promise<string> {
  const path = join(folder, "public", "log", "register", "checkpoint");
  const { text } = parseNote(await fs.readFile(path));
  const { origin, size, root } = parseCheckpoint(text);
  await beginJournal(placeOf(folder, origin, "register").journalFolder, size);
  await createHead(sql, origin, emptyRoot(primitives));
  const writer = await takeWriter(sql, origin);
  await swapHead(sql, origin, writer, 0, { size, root, at: 0 });
  return origin;
}
