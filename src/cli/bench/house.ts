import { promises as fs } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { dataset } from "../../acts/data.ts";
import { LogFiles } from "../../store/log-files.ts";
import { emptyRoot } from "../../log/hash.ts";
import { primitives, publicKeyText, signingKey } from "../../store/crypto.ts";
import { createHead, openDatabase, swapHead } from "../../store/database.ts";
import { beginJournal } from "../../store/journal.ts";
import { placeOf } from "../../store/log.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { machineKeys, readKeyFile } from "../keys.ts";
import { readAs } from "../read-as.ts";
import { BENCH_ORIGIN, BenchOffice, HOUR, tradeActs } from "./office.ts";

/** Writes a bench office's register log into a folder as its public files and head, as if it had run there. */
export async function layFiles(
  folder: string,
  databaseUrl: string,
  office: BenchOffice,
): Promise<void> {
  const sql = await openDatabase(databaseUrl);
  const place = placeOf(folder, BENCH_ORIGIN, "register");
  const files = await LogFiles.open(
    place.publicFolder,
    0,
    emptyRoot(primitives),
  );
  for (let from = 0; from < office.entries.length; from += 16_384)
    await files.extend(office.entries.slice(from, from + 16_384));
  await beginJournal(place.journalFolder, files.size);
  await createHead(sql, BENCH_ORIGIN, emptyRoot(primitives));
  await swapHead(sql, BENCH_ORIGIN, 0, 0, {
    size: files.size,
    root: files.root(),
    at: office.at,
  });
  await sql.end();
}

/** A bench office whose machine keys are those of the folder, founded a few days ago: its permits are in force. */
export async function officeFor(folder: string): Promise<BenchOffice> {
  await machineKeys(folder);
  const now = realSurroundings.now();
  return new BenchOffice(
    {
      log: await readKeyFile(join(folder, "keys", "log.json")),
      gateway: await readKeyFile(join(folder, "keys", "gateway.json")),
    },
    now - (now % HOUR) - 72 * HOUR,
  );
}

/** The demonstration's vehicles, as their act registers them. */
export async function tradeWithVehicles(
  office: BenchOffice,
  folder: string,
  examples: string,
  permits: number,
  organisations: number,
): Promise<void> {
  const act = readAs(
    dataset,
    JSON.parse(
      await fs.readFile(
        join(examples, "datasets", "vehicles", "dataset.json"),
        "utf8",
      ),
    ),
    "dataset",
  );
  office.enter(
    tradeActs(
      office.at,
      publicKeyText(signingKey(office.keys.gateway)),
      permits,
      organisations,
      act,
    ),
  );
  const records = readAs(
    z.object({ publicKey: z.string() }),
    await readKeyFile(join(folder, "keys", "records.json")),
    "key",
  );
  office.enter([
    {
      kind: "machineKeyEnrolled",
      title: "Records",
      publicKey: records.publicKey,
      records: ["vintage"],
      until: office.at - (office.at % 3_600_000) + 8_000 * 3_600_000,
    },
  ]);
}
