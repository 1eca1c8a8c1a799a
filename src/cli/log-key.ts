import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import { signedLogKeyBytes } from "../acts/office.ts";
import {
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import { logKeysAt, logKeyTerms } from "../register/log-keys.ts";
import type { ReadRegister } from "../register/register.ts";
import {
  generateKey,
  primitives,
  publicKeyText,
  signingKey,
} from "../store/crypto.ts";
import { writeWhole } from "../store/durable.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { nextLogKeyFile, readLogKeys, writeKeyFile } from "./keys.ts";
import { registerOf } from "./local-register.ts";

export function addLogKey(program: Command): void {
  program
    .command("new")
    .description(
      "make the log's next key beside the one of now, and the act that names it",
    )
    .argument("<folder>", "the office's folder, where it runs")
    .addHelpText(
      "after",
      "\nNothing changes before two who administer have signed the act. From its entry on the office signs with both keys for\n30 days, then with the new one alone.\nExample:\n  vitrine log-key new my-office",
    )
    .action((folder: string) => runCommand(() => makeNext(folder)));
  program
    .command("show")
    .description("which keys the log has named, and which of them are here")
    .argument("<folder>", "the office's folder, where it runs")
    .addHelpText("after", "\nExample:\n  vitrine log-key show my-office")
    .action((folder: string) => runCommand(() => show(folder)));
}

async function makeNext(folder: string): Promise<number> {
  const register = await registerOf(folder);
  const held = (await readLogKeys(folder)).map(publicKeyText);
  mustGoOn(folder, register);
  const waiting = held.find((key) => !register.logKeys.has(key));
  if (waiting !== undefined)
    throw new CouldNot(
      `Cannot make another log key in ${folder}: key ${waiting} is here and no act has named it yet; let its act be signed, or take its file away`,
    );
  const pair = generateKey();
  const file = await nextLogKeyFile(folder);
  await writeKeyFile(file, pair);
  const { origin, logKey } = register;
  const message = signedLogKeyBytes(origin, logKey, pair.publicKey);
  const proof = toBase64url(signingKey(pair).sign(message));
  const act = { kind: "logKeyChanged", logKey: pair.publicKey, proof };
  const name = file.slice(join(folder, "keys").length + 1);
  const actFile = join(folder, "acts", name);
  await fs.mkdir(join(folder, "acts"), { recursive: true });
  await writeWhole(actFile, `${JSON.stringify(act, null, 2)}\n`);
  console.log(`key       ${file} (readable by this account alone)`);
  console.log(`verifier  ${vkey(origin, pair.publicKey)}`);
  console.log(`act       ${actFile}`);
  console.log(
    `next      back the key up; give its verifier key to the witnesses; then vitrine act ${actFile} --key approved:ONE.key approved:OTHER.key`,
  );
  return EXIT.done;
}

function mustGoOn(folder: string, { ended }: ReadRegister): void {
  if (ended !== undefined)
    throw new CouldNot(
      `Cannot make a log key in ${folder}: entry ${ended.entry} has ended this log; found its successor in a folder of its own`,
    );
}

async function show(folder: string): Promise<number> {
  const register = await registerOf(folder);
  const { origin, logKeys, size, at, offsetMinutes } = register;
  const held = new Set((await readLogKeys(folder)).map(publicKeyText));
  const signing = logKeysAt(logKeys, { entry: size - 1, at });
  for (const { publicKey, entry, until } of logKeyTerms(logKeys)) {
    const end =
      until === Infinity
        ? "the newest"
        : `with the next one until ${showInstant(until, offsetMinutes)}`;
    const state = signing.includes(publicKey) ? "signs" : "over";
    const here = held.has(publicKey) ? "here" : "NOT HERE";
    console.log(
      `${state.padEnd(9)} ${vkey(origin, publicKey)}  entry ${entry}, ${end}; ${here}`,
    );
  }
  for (const key of held)
    if (!logKeys.has(key))
      console.log(
        `${"unnamed".padEnd(9)} ${vkey(origin, key)}  here; no act names it`,
      );
  return EXIT.done;
}

function vkey(origin: string, publicKey: string): string {
  const key = fromBase64url(publicKey);
  return formatVerifierKey(verifierKey(primitives, origin, ED25519, key));
}
