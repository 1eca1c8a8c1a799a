import type { Command } from "commander";
import { openDatabase, revokeTokens } from "../store/database.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { registerOf } from "./local-register.ts";
import { databaseFor, issueToken, readOfficeConfig } from "./running.ts";

export function addToken(program: Command): void {
  program
    .command("token")
    .description(
      "make a token with which an organisation asks; the office keeps its hash alone",
    )
    .argument("<folder>", "the office's folder on this machine")
    .argument("<organisation>", "an organisation that an act registered")
    .option("--revoke", "make none, and end all that the organisation has")
    .addHelpText(
      "after",
      "\nRevoked tokens are believed for two seconds more.\nExample:\n  vitrine token my-office sanhe-textiles",
    )
    .action(
      (folder: string, organisation: string, options: { revoke?: boolean }) =>
        runCommand(() => token(folder, organisation, options.revoke === true)),
    );
}

async function token(
  folder: string,
  organisation: string,
  isRevoked: boolean,
): Promise<number> {
  if ((await readOfficeConfig(folder)) === undefined)
    throw new CouldNot(`Cannot make a token in ${folder}: no office is there`);
  if (!(await registerOf(folder)).organisations.has(organisation))
    throw new CouldNot(
      `Cannot make a token for ${organisation}: no act registered an organisation of that id`,
    );
  const database = await databaseFor(folder, () => undefined);
  try {
    const sql = await openDatabase(database.url);
    try {
      if (isRevoked)
        console.log(
          `revoked   ${await revokeTokens(sql, organisation)} tokens of ${organisation}`,
        );
      else console.log(`token     ${await issueToken(sql, organisation)}`);
    } finally {
      await sql.end({ timeout: 2 });
    }
  } finally {
    await database.stop();
  }
  return EXIT.done;
}
