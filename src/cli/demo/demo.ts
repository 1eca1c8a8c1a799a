import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { toBase64url } from "../../acts/bytes.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  parseVerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import { readIfThere, writeWhole } from "../../store/durable.ts";
import { LOCK_FILE, lockFolder } from "../../store/folder-lock.ts";
import { beginLaying, endLaying } from "../../store/laying.ts";
import { WriterLock } from "../../store/writer-lock.ts";
import { demoFolder } from "../client.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { readKeyFile } from "../keys.ts";
import { mustBeFree } from "../ports.ts";
import { databaseFor, type OfficeDatabase } from "../office-database.ts";
import { mailsOf } from "../app-parts.ts";
import {
  readOfficeConfig,
  type Running,
  runOffice,
  writeOfficeConfig,
} from "../running.ts";
import { EXIT_MS_MAX, portOf, untilStopped } from "../serve.ts";
import { draft, sign, type SignerKey } from "../signing.ts";
import { policyText, witnessKey } from "../witness.ts";
import { keepPaper, layHistory } from "./lay.ts";
import { demoPersonas } from "./personas.ts";
import { type Progress, terminalProgress } from "./progress.ts";
import { startWitness, WITNESS_NAME } from "./run-witness.ts";

/** How much later than its consequences the end of a database may be heard. */
const DATABASE_ENDS_MS = 500;

const ORIGIN = "data.lanan.example/register";
const MARK = "laying";

export function addDemo(program: Command): void {
  program
    .command("demo")
    .description(
      "lay the history of the invented demonstration office, if it is not there yet, and run it",
    )
    .option("--folder <dir>", "its folder", demoFolder())
    .option("--port <port>", "port on 127.0.0.1", "8080")
    .option("--witness-port <port>", "port of its witness on 127.0.0.1", "8081")
    .option("--lay-only", "lay the history and stop")
    .addHelpText("after", "\nExample:\n  vitrine demo --port 8090")
    .action(
      (options: {
        folder: string;
        port: string;
        witnessPort: string;
        layOnly?: boolean;
      }) => runCommand(() => demo(options)),
    );
}

async function demo(options: {
  folder: string;
  port: string;
  witnessPort: string;
  layOnly?: boolean;
}): Promise<number> {
  const { folder, layOnly } = options;
  const port = portOf(options.port);
  const witnessPort = portOf(options.witnessPort);
  const progress = terminalProgress();
  await mustBeDemonstration(folder);
  await lockFolder(folder);
  const isLaid = (await readOfficeConfig(folder)) !== undefined;
  if (layOnly !== true) {
    await mustBeFree(port, "--port");
    // The witness of a laid one may be there still.
    if (!isLaid) await mustBeFree(witnessPort, "--witness-port");
  }
  const mark = await markLaying(folder, isLaid);
  const database = await databaseFor(folder, (line) =>
    progress.say("database", line),
  );
  try {
    if (!isLaid)
      await Promise.race([
        lay(folder, database.url, mark, progress).catch(async (error) => {
          // That the database has ended may be heard a moment after what failed for it, and is the better reason.
          await sleep(DATABASE_ENDS_MS);
          throw error;
        }),
        database.ended.then(endSoon),
      ]);
    if (mark !== undefined) {
      await endLaying(database.url, ORIGIN, mark);
      await fs.rm(join(folder, MARK), { force: true });
    }
    if (layOnly === true) return EXIT.done;
    const witness = await startWitness(folder, ORIGIN, witnessPort);
    try {
      await run(folder, port, database, witness.url);
    } finally {
      await witness.stop();
    }
  } finally {
    await database.stop();
  }
  return EXIT.done;
}

/** A folder that holds anything else is not even locked. */
async function mustBeDemonstration(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch((): string[] => []);
  if (names.includes(MARK) || names.includes("office.json")) return;
  if (names.some((name) => !name.startsWith(LOCK_FILE)))
    throw new CouldNot(
      `Cannot lay the demonstration in ${folder}: it is not empty and no demonstration office; name another --folder`,
    );
}

/** The mark of a history that is not finished: in the folder before anything else, and in the database. */
async function markLaying(
  folder: string,
  isLaid: boolean,
): Promise<string | undefined> {
  const path = join(folder, MARK);
  const there = (await readIfThere(path))?.toString("utf8");
  if (isLaid || (there !== undefined && there !== "")) return there;
  const mark = randomBytes(16).toString("hex");
  await writeWhole(path, mark);
  return mark;
}

/** A history that was not finished has answered nobody: whatever there is of it goes, and it is begun anew. */
async function lay(
  folder: string,
  databaseUrl: string,
  mark: string | undefined,
  progress: Progress,
): Promise<void> {
  const writer = await WriterLock.hold(databaseUrl, ORIGIN);
  try {
    if (!(await beginLaying(databaseUrl, ORIGIN, mark ?? "")))
      throw new CouldNot(
        `Cannot lay the demonstration in ${folder}: the database holds the logs of ${ORIGIN} already, laid from another folder; name that --folder, or another database`,
      );
    const left = (await fs.readdir(folder)).filter((name) => !isKept(name));
    if (left.length > 0)
      progress.say(
        "history",
        "an earlier start did not finish laying it: begun anew",
      );
    for (const name of left)
      await fs.rm(join(folder, name), { recursive: true, force: true });
    const examples = fileURLToPath(new URL("../examples", import.meta.url));
    await layHistory(
      { folder, origin: ORIGIN, examples, databaseUrl, progress },
      Date.now(),
    );
    await writeOfficeConfig(folder, {
      ...{ origin: ORIGIN, demonstration: true },
      documents: { codes: [{ body: "data-office", code: "澜数据" }] },
    });
  } finally {
    await writer.release();
  }
}

/** What is being laid would wait a minute for a database that does not come back. */
function endSoon(error: Error): never {
  setTimeout(() => process.exit(), EXIT_MS_MAX).unref();
  throw error;
}

/** What lies in the folder before anything is laid, and stays when that is cleared. */
const isKept = (name: string): boolean =>
  name === MARK || name === "postgres" || name.startsWith(LOCK_FILE);

async function run(
  folder: string,
  port: number,
  database: OfficeDatabase,
  witnessUrl: string,
): Promise<void> {
  const config = (await readOfficeConfig(folder)) ?? {
    origin: ORIGIN,
    demonstration: true,
  };
  const running = await runOffice(folder, config, port, database);
  try {
    await adoptPolicy(folder, running, witnessUrl);
    await addressSigners(folder, running);
  } catch (error) {
    await running.stop().catch(() => undefined);
    throw error;
  }
  console.log(`\n${running.house.office.register.title}   ${running.address}`);
  console.log("watched by    1 witness on this machine: not independent");
  console.log("next          docs/ten-minutes.md   or   npm run cheat");
  await untilStopped(folder, running);
}

/** Each invented official has an invented address, under the name of their post. */
async function addressSigners(
  folder: string,
  { house }: Running,
): Promise<void> {
  const mails = mailsOf(house);
  const officials = demoPersonas(folder, () => house.office.register);
  for (const { name, who } of await officials.list())
    if (who.kind === "official")
      await mails.setContact(who.person, {
        address: `${name}@lanan.example`,
        lang: "en",
      });
}

/** The history was laid without a witness policy; this act adopts one, and from here on the clock is the real one. */
async function adoptPolicy(
  folder: string,
  running: Running,
  url: string,
): Promise<void> {
  const { office } = running.house;
  const logKey = Buffer.from(office.register.logKey, "base64url");
  const log = formatVerifierKey(
    verifierKey(primitives, ORIGIN, ED25519, logKey),
  );
  const signing = await witnessKey(join(folder, "witness"));
  const text = policyText(
    log,
    parseVerifierKey(
      primitives,
      formatVerifierKey(
        verifierKey(primitives, WITNESS_NAME, COSIGNATURE, signing.publicKey),
      ),
    ),
    url,
  );
  const bytes = Buffer.from(text);
  const digest = toBase64url(primitives.sha256(bytes));
  if (office.register.witnessPolicy?.act.paper === digest) return;
  await keepPaper(folder, { digest, bytes });
  await writeWhole(join(folder, "witness", "policy"), bytes);
  const administrator = await readKeyFile(
    join(folder, "keys", "posts", "administrator.json"),
  );
  const signers: SignerKey[] = [
    {
      person: administrator.person ?? 0,
      post: "administrator",
      role: "approved",
      key: administrator,
    },
  ];
  const { size, root } = office.published;
  const statement = draft(
    ORIGIN,
    { size, root: toBase64url(root) },
    {
      kind: "witnessPolicyAdopted",
      policy: { paper: digest, kind: "tlog-policy", size: bytes.length },
    },
    signers,
    Date.now(),
  );
  const result = await office.enter(sign(statement, signers));
  if ("turnedAway" in result || result.ruling.outcome === "refused")
    throw new CouldNot("Cannot adopt the witness policy of the demonstration");
}
