import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { quote } from "../../log/format-error.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import { readIfThere, writeWhole } from "../../store/durable.ts";
import { isProcessAlive, processMark } from "../../store/process-mark.ts";
import { CouldNot } from "../exit.ts";
import { readKeyFile } from "../keys.ts";
import { mustBeFree } from "../ports.ts";
import { keyAt } from "../witness/key-at.ts";
import { witnessKey } from "../witness.ts";

export const WITNESS_NAME = "witness.lanan.example";

/** The witness runs in a process and a folder of its own; one that a killed office left behind is used again. */
export async function startWitness(
  folder: string,
  origin: string,
  port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const own = join(folder, "witness");
  const url = `http://127.0.0.1:${port}`;
  const signing = await witnessKey(own);
  const key = formatVerifierKey(
    verifierKey(primitives, WITNESS_NAME, COSIGNATURE, signing.publicKey),
  );
  const answers = () => keyAt(url);
  const markFile = join(own, "witness.mark");
  const stop = async (): Promise<void> => {
    const mark = (await readIfThere(markFile))?.toString("utf8") ?? "";
    if (isProcessAlive(mark))
      process.kill(Number.parseInt(mark, 10), "SIGTERM");
  };
  const there = await answers();
  if (there === key) return { url, stop };
  if (there !== undefined)
    throw new CouldNot(
      `Cannot start the witness on 127.0.0.1:${port}: something else answers there. Asked ${url}/index.json for the key of ${own}, which is ${key}, and got ${quote(there)}; stop it, or choose another with --witness-port`,
    );
  await mustBeFree(port, "--witness-port");
  const logKey = await readKeyFile(join(folder, "keys", "log.json"));
  const log = formatVerifierKey(
    verifierKey(
      primitives,
      origin,
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
    if ((await answers()) === key) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new CouldNot(
    `Cannot start the witness on 127.0.0.1:${port}: it did not answer ${url}/index.json within 10 seconds, see ${join(own, "witness.log")}`,
  );
}
