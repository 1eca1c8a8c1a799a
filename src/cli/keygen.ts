import type { Command } from "commander";
import { fromBase64url } from "../acts/bytes.ts";
import { slug } from "../acts/shapes.ts";
import { keyIdOf } from "../acts/statement.ts";
import { generateKey, primitives } from "../store/crypto.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { isKeyThere, writeKeyFile } from "./keys.ts";

export function addKeygen(program: Command): void {
  program
    .command("keygen")
    .description(
      "make a signing key for a person; the office learns only its public half",
    )
    .argument("<file>", "where to keep it; never overwritten")
    .option("--person <number>", "the number of its holder")
    .option("--post <post>", "the post that its holder signs for")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine keygen head.key --person 1 --post head",
    )
    .action((file: string, options: { person?: string; post?: string }) =>
      runCommand(() => keygen(file, options)),
    );
}

async function keygen(
  file: string,
  { person, post }: { person?: string; post?: string },
): Promise<number> {
  if (await isKeyThere(file))
    throw new CouldNot(
      `Cannot make key ${file}: a file of that name is there, and keys are never overwritten`,
    );
  if (person !== undefined && !/^[1-9][0-9]{0,6}$/.test(person))
    throw new CouldNot(
      `Cannot make key for person ${person}: want a number from 1 to 9,999,999`,
    );
  if (post !== undefined && !slug.safeParse(post).success)
    throw new CouldNot(
      `Cannot make key for post ${post}: want an id of a-z, 0-9, dots and hyphens`,
    );
  const key = {
    ...generateKey(),
    ...(person === undefined ? {} : { person: Number(person) }),
    ...(post === undefined ? {} : { post }),
  };
  await writeKeyFile(file, key);
  console.log(`key       ${keyIdOf(primitives, fromBase64url(key.publicKey))}`);
  console.log(`public    ${key.publicKey}`);
  console.log(`kept in   ${file} (readable by you alone)`);
  return EXIT.done;
}
