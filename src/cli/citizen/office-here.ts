import { promises as fs } from "node:fs";
import { join } from "node:path";
import { issueSession, type Session } from "../../gateway/citizen/sign-in.ts";
import type { ReadRegister } from "../../register/register.ts";
import { openDatabase, type Sql } from "../../store/database.ts";
import { demoFolder } from "../client.ts";
import { CouldNot } from "../exit.ts";
import { machineKeys } from "../keys.ts";
import { registerOf } from "../local-register.ts";
import { readAs } from "../read-as.ts";
import { citizens } from "./answers.ts";
import { databaseFor } from "../office-database.ts";
import { readOfficeConfig } from "../running.ts";

export type OfficeHere = {
  readonly sql: Sql;
  /** Opens what is sealed, and makes the tokens that stand for persons. */
  readonly key: Uint8Array;
  readonly register: ReadRegister;
};

/** Does something in the database of the office in a folder, whether it runs or not, with the key that lies there. */
export async function inOffice<T>(
  folder: string,
  doing: string,
  work: (office: OfficeHere) => Promise<T>,
): Promise<T> {
  if ((await readOfficeConfig(folder)) === undefined)
    throw new CouldNot(`Cannot ${doing} in ${folder}: no office is there`);
  const register = await registerOf(folder);
  const { seal: key } = await machineKeys(folder);
  const database = await databaseFor(folder, () => undefined);
  try {
    const sql = await openDatabase(database.url);
    try {
      return await work({ sql, key, register });
    } finally {
      await sql.end({ timeout: 2 });
    }
  } finally {
    await database.stop();
  }
}

/** The token of a session for somebody of the demonstration, as its identity adapter would issue it. */
export async function demoSession(
  name: string,
  standsInFor?: string,
): Promise<string> {
  const person = await demoCitizen(name);
  const subject =
    standsInFor === undefined ? person : await demoCitizen(standsInFor);
  const by = person === subject ? "subject" : "representative";
  return sessionToken(demoFolder(), { by, person, subject });
}

export function sessionToken(
  folder: string,
  session: Session,
  lasts?: number,
): Promise<string> {
  return inOffice(folder, "make a citizen's token", ({ sql, key }) =>
    issueSession(sql, key, session, Date.now(), lasts),
  );
}

async function demoCitizen(name: string): Promise<string> {
  const path = join(demoFolder(), "keys", "citizens.json");
  const text = await fs.readFile(path, "utf8").catch(() => undefined);
  if (text === undefined)
    throw new CouldNot(
      `Cannot act as ${name}: --as works on a demonstration office only, and ${path} is not there`,
    );
  const known = readAs(citizens, JSON.parse(text), path);
  const code = known[name];
  if (code === undefined)
    throw new CouldNot(
      `Cannot act as ${name}: want one of ${Object.keys(known).join(", ")}`,
    );
  return code;
}
