import type { Command } from "commander";
import { utf8ToBytes } from "../acts/bytes.ts";
import { decode, encode } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import {
  statement as statementSchema,
  type Statement,
} from "../acts/statement.ts";
import { describeAct } from "../portal/words.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { given } from "./given.ts";
import { type KeyFile, readKeyFile } from "./keys.ts";
import { sign } from "./signing.ts";

export function addSign(program: Command): void {
  program
    .command("sign")
    .description(
      "sign a statement of the desk with a key in a file; asks no office, and prints the signature for the draft's page",
    )
    .argument("<file>", "the statement, as the page of a draft gives it")
    .requiredOption("--key <file>", "the key file of one of its signers")
    .addHelpText(
      "after",
      "\nWhat is signed is said on standard error; the one line on standard output is put in at the draft's page.\nExample:\n  vitrine sign statement-A1b2.json --key head.key",
    )
    .action((file: string, { key }: { key: string }) =>
      runCommand(() => signStatement(file, key)),
    );
}

async function signStatement(file: string, keyPath: string): Promise<number> {
  const statement = readStatement(await given(file, "statement"), file);
  const key = await readKeyFile(keyPath);
  const signers = statement.signers.filter((one) => isBy(one, key, statement));
  const [first] = signers;
  if (first === undefined)
    throw new CouldNot(
      `Cannot sign ${file} with ${keyPath}: want the key of one of its signers, ${statement.signers
        .map(({ person, role }) =>
          role === "holder"
            ? `the new key of person ${person}`
            : `person ${person}`,
        )
        .join(", ")}`,
    );
  const { signatures } = sign(statement, [{ ...first, key }]);
  console.error(`signs     ${describeAct(statement.act)}`);
  console.error(
    `as        ${signers.map(({ role, post }) => `${role}${post === undefined ? "" : ` (${post})`}`).join(", ")}`,
  );
  console.error(
    `for       ${statement.office}, until ${new Date(statement.until).toISOString()}`,
  );
  console.log(encode({ signature: signatures[0], statement }));
  return EXIT.done;
}

/** The holder of a new key signs with that key and no other. */
function isBy(
  { person, role }: Statement["signers"][number],
  key: KeyFile,
  { act }: Statement,
): boolean {
  const isNew =
    act.kind === "keyEnrolled" &&
    act.key.form === "ed25519" &&
    act.key.publicKey === key.publicKey;
  return role === "holder" ? isNew : key.person === person && !isNew;
}

function readStatement(text: string, file: string): Statement {
  const value = decode(utf8ToBytes(text.trim()), `statement ${file}`);
  const read = statementSchema.safeParse(value);
  if (!read.success)
    throw new CouldNot(
      `Cannot sign ${file}: ${explain(read.error, value)}; want a statement as the page of a draft gives it`,
    );
  return read.data;
}
