import { writeSync } from "node:fs";
import { emptyRoot } from "../../src/log/hash.ts";
import { formatCheckpoint } from "../../src/log/checkpoint.ts";
import { formatNote, signNote } from "../../src/log/note.ts";
import { ED25519, verifierKey } from "../../src/log/verifier-key.ts";
import { keyFromSeed, primitives, signingKey } from "../../src/store/crypto.ts";
import { openDatabase } from "../../src/store/database.ts";
import { Log, placeOf } from "../../src/store/log.ts";

/**
 * A program that is only there to be killed: FOLDER DATABASE ORIGIN BATCHES. It opens the log, publishes what is left of it, and then
 * appends in batches and publishes; each entry that is durable it says in one line, each size that it is about to show in another.
 */
const [folder = "", url = "", origin = "", batches = "0"] =
  process.argv.slice(2);
const key = signingKey(keyFromSeed(Buffer.alloc(32, 7)));
const say = (line: string): void => void writeSync(1, `${line}\n`);

async function write(): Promise<void> {
  const sql = await openDatabase(url);
  const place = placeOf(folder, origin, "register");
  const { log, tail } = await Log.open(sql, place, Date.now());
  await log.files.readThrough(0, {
    leaf: () => undefined,
    entry: () => undefined,
  });
  const from = log.files.size;
  const waiting = tail.flatMap(({ first, entries }) =>
    entries.filter((_, i) => first + i >= from),
  );
  await publish(log, waiting.splice(0));
  say("open");
  for (let batch = 0; batch < Number(batches); batch++) {
    const texts = Array.from(
      { length: 1 + ((batch * 7) % 23) },
      (_, i) => `${process.pid} ${batch} ${i} ${"x".repeat((i * 31) % 250)}`,
    );
    await Promise.all(
      texts.map(async (text) => {
        const { index } = await log.journal.append(Buffer.from(text), 7);
        say(`answered ${index} ${text}`);
        waiting.push(Buffer.from(text));
      }),
    );
    if (batch % 2 === 1) await publish(log, waiting.splice(0));
  }
  await publish(log, waiting);
  await log.close();
  await sql.end();
  say("closed");
}

async function publish(
  log: Log,
  entries: readonly Uint8Array[],
): Promise<void> {
  await log.extend(entries);
  await log.advance(Date.now());
  const { size } = log.files;
  const root = size === 0 ? emptyRoot(primitives) : log.files.root();
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  const own = verifierKey(primitives, origin, ED25519, key.publicKey);
  say(`shows ${size} ${Buffer.from(root).toString("base64")}`);
  await log.files.writeCheckpoint(
    formatNote(text, [signNote(own, text, key.sign)]),
  );
}

await write().catch((error: unknown) => {
  say(`failed ${error instanceof Error ? error.message : "without a reason"}`);
  process.exit(1);
});
