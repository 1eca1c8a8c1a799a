import { spawn } from "node:child_process";
import { promises as fs, openSync } from "node:fs";
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
import { isProcessAlive, processMark } from "../../store/process-mark.ts";
import { demoFolder } from "../client.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { readKeyFile } from "../keys.ts";
import {
  databaseFor,
  mustNotRun,
  type Running,
  runOffice,
} from "../running.ts";
import { portOf, untilStopped } from "../serve.ts";
import { draft, sign, type SignerKey } from "../signing.ts";
import { policyText, witnessKey } from "../witness.ts";
import { keepPaper, layHistory } from "./lay.ts";
import { type Progress, terminalProgress } from "./progress.ts";

const ORIGIN = "data.lanan.example/register";
const WITNESS_NAME = "witness.lanan.example";
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
  const { folder } = options;
  const port = portOf(options.port);
  const witnessPort = portOf(options.witnessPort);
  const progress = terminalProgress();
  await mustNotRun(folder);
  await begin(folder, progress);
  const database = await databaseFor(folder, (line) =>
    progress.say("database", line),
  );
  try {
    if ((await readIfThere(join(folder, "office.json"))) === undefined) {
      const examples = fileURLToPath(new URL("../examples", import.meta.url));
      await layHistory(
        {
          folder,
          origin: ORIGIN,
          examples,
          databaseUrl: database.url,
          progress,
        },
        Date.now(),
      );
      await writeWhole(
        join(folder, "office.json"),
        `${JSON.stringify({ origin: ORIGIN, demonstration: true }, null, 2)}\n`,
      );
      await fs.rm(join(folder, MARK), { force: true });
    }
    if (options.layOnly === true) return EXIT.done;
    const witness = await startWitness(folder, witnessPort);
    const running = await runOffice(
      folder,
      { origin: ORIGIN, demonstration: true },
      port,
      database.url,
    );
    await adoptPolicy(folder, running, witness.url);
    console.log(
      `\n${running.house.office.register.title}   ${running.address}`,
    );
    console.log("watched by    1 witness on this machine: not independent");
    console.log("next          docs/ten-minutes.md   or   npm run cheat");
    try {
      await untilStopped(folder, running);
    } finally {
      await witness.stop();
    }
  } finally {
    await database.stop();
  }
  return EXIT.done;
}

/** A history that was not finished has answered nobody: it is begun anew. */
async function begin(folder: string, progress: Progress): Promise<void> {
  const unfinished = await readIfThere(join(folder, MARK));
  if (unfinished !== undefined) {
    progress.say(
      "history",
      "an earlier start did not finish laying it: begun anew",
    );
    await stopLeftDatabase(folder);
    await fs.rm(folder, { recursive: true, force: true });
  }
  if ((await readIfThere(join(folder, "office.json"))) !== undefined) return;
  const names = await fs.readdir(folder).catch(() => []);
  if (names.length > 0)
    throw new CouldNot(
      `Cannot lay the demonstration in ${folder}: it is not empty and no demonstration office; name another --folder`,
    );
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(join(folder, MARK), "");
}

async function stopLeftDatabase(folder: string): Promise<void> {
  const database = await databaseFor(folder, () => undefined).catch(
    () => undefined,
  );
  await database?.stop();
}

/** The witness runs in a process and a folder of its own; one that a killed office left behind is used again. */
async function startWitness(
  folder: string,
  port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const own = join(folder, "witness");
  const url = `http://127.0.0.1:${port}`;
  const signing = await witnessKey(own);
  const key = formatVerifierKey(
    verifierKey(primitives, WITNESS_NAME, COSIGNATURE, signing.publicKey),
  );
  const answers = async (): Promise<string | undefined> =>
    fetch(`${url}/`, { signal: AbortSignal.timeout(500) }).then(
      (r) => r.text(),
      () => undefined,
    );
  const markFile = join(own, "witness.mark");
  const stop = async (): Promise<void> => {
    const mark = (await readIfThere(markFile))?.toString("utf8") ?? "";
    if (isProcessAlive(mark))
      process.kill(Number.parseInt(mark, 10), "SIGTERM");
  };
  const there = await answers();
  if (there?.trim() === key) return { url, stop };
  if (there !== undefined)
    throw new CouldNot(
      `Cannot start the witness on 127.0.0.1:${port}: something else answers there; choose another with --witness-port`,
    );
  const logKey = await readKeyFile(join(folder, "keys", "log.json"));
  const log = formatVerifierKey(
    verifierKey(
      primitives,
      ORIGIN,
      ED25519,
      Buffer.from(logKey.publicKey, "base64url"),
    ),
  );
  const program = fileURLToPath(new URL("./vitrine.mjs", import.meta.url));
  const out = openSync(join(own, "witness.log"), "a");
  const child = spawn(
    process.execPath,
    [
      program,
      "witness",
      "--folder",
      own,
      "--name",
      WITNESS_NAME,
      "--log",
      log,
      "--port",
      String(port),
    ],
    { detached: true, stdio: ["ignore", out, out] },
  );
  child.unref();
  if (child.pid !== undefined)
    await writeWhole(markFile, processMark(child.pid));
  for (let waited = 0; waited < 100; waited++) {
    if ((await answers())?.trim() === key) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new CouldNot(
    `Cannot start the witness on 127.0.0.1:${port}: see ${join(own, "witness.log")}`,
  );
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
