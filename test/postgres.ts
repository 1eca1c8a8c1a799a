import postgres from "postgres";
import { inject } from "vitest";

/**
 * A fresh, empty schema for one test file, named after it: the URL makes every connection work in it. The file must
 * be called `*.pg.test.ts`, since only these have a server.
 */
export async function schemaFor(
  name: string,
): Promise<{ readonly url: string; readonly schema: string }> {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(name)) {
    throw new Error(
      `Cannot name a schema ${name}: wanted small letters, digits and _, a letter first`,
    );
  }
  const schema = `test_${name}`;
  const server = inject("postgresUrl");
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await sql`drop schema if exists ${sql(schema)} cascade`;
    await sql`create schema ${sql(schema)}`;
  } finally {
    await sql.end();
  }
  const url = new URL(server);
  url.searchParams.set("search_path", schema);
  return { url: url.href, schema };
}
