import type { ReadRegister } from "../register/register.ts";
import { openDatabase, type Sql } from "../store/database.ts";
import { CouldNot } from "./exit.ts";
import { registerOf } from "./local-register.ts";
import { databaseFor } from "./office-database.ts";
import { readOfficeConfig } from "./running.ts";

/** Does something for a registered organisation in the database of the office in a folder, whether it runs or not. */
export async function withOrganisation(
  folder: string,
  organisation: string,
  doing: string,
  work: (sql: Sql, register: ReadRegister) => Promise<number>,
): Promise<number> {
  if ((await readOfficeConfig(folder)) === undefined)
    throw new CouldNot(`Cannot ${doing} in ${folder}: no office is there`);
  const register = await registerOf(folder);
  if (!register.organisations.has(organisation))
    throw new CouldNot(
      `Cannot ${doing} for ${organisation}: no act registered an organisation of that id`,
    );
  const database = await databaseFor(folder, () => undefined);
  try {
    const sql = await openDatabase(database.url);
    try {
      return await work(sql, register);
    } finally {
      await sql.end({ timeout: 2 });
    }
  } finally {
    await database.stop();
  }
}
