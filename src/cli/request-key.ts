import type { Command } from "commander";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import { publicKey32 } from "../acts/shapes.ts";
import { requestKeyId } from "../gateway/asking/enrol-key.ts";
import type { ReadRegister } from "../register/register.ts";
import { generateKey } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import {
  endRequestKey,
  enrolRequestKey,
  requestKeysOf,
} from "../store/request-keys.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { given } from "./given.ts";
import { isKeyThere, readKeyFile, writeKeyFile } from "./keys.ts";
import { withOrganisation } from "./with-organisation.ts";

type Options = {
  readonly publicKey?: string;
  readonly list?: true;
  readonly end?: string;
};

export function addRequestKey(program: Command): void {
  const command = program
    .command("request-key")
    .description(
      "enrol a key with which an organisation signs its requests; from the first on only signed ones are admitted",
    )
    .argument("<folder>", "the office's folder on this machine")
    .argument("<organisation>", "an organisation that an act registered")
    .option(
      "--public-key <file or text>",
      "the public half: 32 bytes in base64url, a file with them, or the key file",
    )
    .option("--list", "enrol none, and list those there are")
    .option("--end <id>", "enrol none, and end this one")
    .addHelpText(
      "after",
      "\nA key that was ended is believed for two seconds more. When none is left, nothing is admitted until another is enrolled.\nExamples:\n  vitrine request-key new orders.key\n  vitrine request-key my-office sanhe-textiles --public-key orders.key",
    )
    .action((folder: string, organisation: string, options: Options) =>
      runCommand(() => requestKey(folder, organisation, options)),
    );
  command
    .command("new")
    .description(
      "make a request key; whoever asks keeps it, the office learns its public half",
    )
    .argument("<file>", "where to keep it; never overwritten")
    .action((file: string) => runCommand(() => make(file)));
}

async function make(file: string): Promise<number> {
  if (await isKeyThere(file))
    throw new CouldNot(
      `Cannot make key ${file}: a file of that name is there, and keys are never overwritten`,
    );
  const key = generateKey();
  await writeKeyFile(file, key);
  console.log(`key       ${requestKeyId(fromBase64url(key.publicKey))}`);
  console.log(`public    ${key.publicKey}`);
  console.log(`kept in   ${file} (readable by you alone)`);
  return EXIT.done;
}

async function requestKey(
  folder: string,
  organisation: string,
  { publicKey, list: isList, end: id }: Options,
): Promise<number> {
  if ([publicKey, isList, id].filter((one) => one !== undefined).length !== 1)
    throw new CouldNot(
      "Cannot tell what to do: want one of --public-key, --list and --end",
    );
  const key = publicKey === undefined ? undefined : await readPublic(publicKey);
  return withOrganisation(
    folder,
    organisation,
    "enrol a request key",
    (sql, register) => {
      if (key !== undefined) return enrol(sql, organisation, key);
      return id === undefined
        ? list(sql, register, organisation)
        : end(sql, organisation, id);
    },
  );
}

/** As text, or in a file that has it alone or as `request-key new` writes it. */
async function readPublic(text: string): Promise<Uint8Array> {
  if (publicKey32.safeParse(text).success) return fromBase64url(text);
  const content = (await given(text, "public key")).trim();
  if (publicKey32.safeParse(content).success) return fromBase64url(content);
  return fromBase64url((await readKeyFile(text)).publicKey);
}

async function enrol(
  sql: Sql,
  organisation: string,
  publicKey: Uint8Array,
): Promise<number> {
  const key = requestKeyId(publicKey);
  const at = Date.now();
  const outcome = await enrolRequestKey(sql, {
    ...{ key, organisation, publicKey, at },
  });
  if (outcome === "taken")
    throw new CouldNot(
      `Cannot enrol request key ${key} for ${organisation}: it has ended, or is another organisation's`,
    );
  console.log(`key       ${key}`);
  console.log(
    outcome === "known"
      ? `known     ${organisation} has it already`
      : `enrolled  only signed requests of ${organisation} are admitted two seconds from now`,
  );
  return EXIT.done;
}

async function end(
  sql: Sql,
  organisation: string,
  id: string,
): Promise<number> {
  if (!(await endRequestKey(sql, organisation, id, Date.now())))
    throw new CouldNot(
      `Cannot end request key ${id}: ${organisation} has none of that id in force, see --list`,
    );
  console.log(`ended     request key ${id} of ${organisation}`);
  const left = (await requestKeysOf(sql, [organisation])).filter(
    ({ ended }) => ended === null,
  );
  if (left.length === 0)
    console.log(
      `left      none: nothing of ${organisation} is admitted until it has another`,
    );
  return EXIT.done;
}

async function list(
  sql: Sql,
  { offsetMinutes }: ReadRegister,
  organisation: string,
): Promise<number> {
  const show = (at: number): string => showInstant(at, offsetMinutes);
  for (const one of await requestKeysOf(sql, [organisation])) {
    const state = one.ended === null ? "in force" : `ended ${show(one.ended)}`;
    console.log(
      `${one.key}  ${toBase64url(one.public_key)}  enrolled ${show(one.enrolled)}, ${state}`,
    );
  }
  return EXIT.done;
}
