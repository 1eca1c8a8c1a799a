import postgres from "postgres";
import { inTime } from "./in-time.ts";

/** What DATABASE_URL names cannot be used; says why in one line, without its password. */
export class DatabaseAway extends Error {
  override readonly name = "DatabaseAway";
}

const ANSWER_MS_MAX = 10_000;
const VERSION_MIN = 13;
const WANTED = `want a PostgreSQL ${VERSION_MIN} or newer in which its account may make tables`;

const WHY: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "its host cannot be looked up",
  ECONNRESET: "the connection was broken off",
  CONNECTION_CLOSED: "the connection was broken off",
  CONNECT_TIMEOUT: "no answer within 10 seconds",
};

/** Asks the database of DATABASE_URL before anything else is begun; throws `DatabaseAway` when it cannot be worked with. */
export async function reachDatabase(url: string): Promise<void> {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0];
  if (scheme !== "postgres://" && scheme !== "postgresql://")
    throw new DatabaseAway(
      `Cannot use DATABASE_URL: it begins with ${scheme ?? "no scheme"}, want postgres://user:password@host:port/database`,
    );
  const sql = connect(url);
  try {
    const [row] = await inTime(
      ask(sql),
      ANSWER_MS_MAX,
      () => new Error(WHY["CONNECT_TIMEOUT"]),
    );
    if ((row?.version ?? 0) < VERSION_MIN * 10_000)
      throw new Error(`it is PostgreSQL ${(row?.version ?? 0) / 10_000}`);
    if (row?.may !== true)
      throw new Error("its account may make no tables there");
  } catch (cause) {
    throw new DatabaseAway(
      `Cannot reach the database of DATABASE_URL at ${placeOf(url)}: ${whyOf(cause)}; ${WANTED}`,
      { cause },
    );
  } finally {
    await sql.end({ timeout: 0 });
  }
}

function connect(url: string): postgres.Sql {
  try {
    return postgres(url, {
      max: 1,
      connect_timeout: ANSWER_MS_MAX / 1000,
      onnotice: () => undefined,
      fetch_types: false,
    });
  } catch (cause) {
    throw new DatabaseAway(
      "Cannot use DATABASE_URL: it is no URL, want postgres://user:password@host:port/database with %-escapes in its parts",
      { cause },
    );
  }
}

const ask = (sql: postgres.Sql) => sql<{ version: number; may: boolean }[]>`
  select current_setting('server_version_num')::int as version,
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as may`;

function placeOf(url: string): string {
  if (!URL.canParse(url)) return "the address that it names";
  const { host, pathname } = new URL(url);
  return `${host}${pathname === "/" ? "" : pathname}`;
}

/** A refused connection to a name with several addresses has a code and no words. */
function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown error";
  const code = "code" in cause ? String(cause.code) : "";
  return WHY[code] ?? cause.message;
}
