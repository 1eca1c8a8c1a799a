import { readFileSync } from "node:fs";
import { startPostgres } from "../store/postgres-server.ts";
import { reachDatabase } from "../store/reach-database.ts";
import { CouldNot } from "./exit.ts";

export type OfficeDatabase = {
  readonly url: string;
  /** Resolves when a PostgreSQL of our own has ended. */
  readonly ended: Promise<Error>;
  readonly stop: () => Promise<void>;
};

/** The database of an office: DATABASE_URL when it is set and not empty, else a PostgreSQL of its own inside the folder. */
export async function databaseFor(
  folder: string,
  say: (line: string) => void,
): Promise<OfficeDatabase> {
  const url = givenDatabase();
  if (url !== undefined) {
    await reachDatabase(url);
    const never = new Promise<Error>(() => undefined);
    return { url, ended: never, stop: () => Promise.resolve() };
  }
  const server = await startPostgres({
    folder,
    log: say,
  });
  const ended = server.ended.then((pid) => {
    const what = `the office's own PostgreSQL, process ${pid}, has ended`;
    say(what);
    return new CouldNot(
      `Cannot go on: ${what}; the same command starts it again`,
    );
  });
  return { url: server.url, ended, stop: () => server.stop() };
}

/** DATABASE_URL, or what the file of DATABASE_URL_FILE holds: a credential that stands in no environment. */
export function givenDatabase(): string | undefined {
  const { DATABASE_URL: given = "", DATABASE_URL_FILE: file = "" } =
    process.env;
  if (given !== "" && file !== "")
    throw new CouldNot(
      "Cannot choose a database: DATABASE_URL and DATABASE_URL_FILE are both set, want one of them",
    );
  if (file === "") return given === "" ? undefined : given;
  const url = readGiven(file).trim();
  if (url === "")
    throw new CouldNot(
      `Cannot use DATABASE_URL_FILE: ${file} is empty, want postgres://user:password@host:port/database`,
    );
  return url;
}

function readGiven(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CouldNot(`Cannot use DATABASE_URL_FILE: ${file} cannot be read`, {
      cause,
    });
  }
}
