import postgres from "postgres";
import { schemaFor } from "./postgres.ts";

/** A department's own database: a schema of its server, a role that owns it, and one that may only read. */
export type Department = {
  readonly schema: string;
  readonly owner: postgres.Sql;
  readonly ownerUrl: string;
  readonly readerUrl: string;
  /** Statements of the reader that the server has begun and not ended. */
  readonly running: () => Promise<readonly string[]>;
  /** How many connections of its roles wait for a lock. */
  readonly waiting: () => Promise<number>;
  /** Ends every connection of the reader from the side of the server. */
  readonly breakOff: () => Promise<void>;
  readonly letIn: (isLetIn: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function departmentFor(name: string): Promise<Department> {
  const { url, schema } = await schemaFor(name);
  const root = postgres(url, { max: 2, onnotice: () => undefined });
  const roles = { owner: `${schema}_owner`, reader: `${schema}_reader` };
  for (const role of Object.values(roles)) {
    const [known] = await root`select 1 from pg_roles where rolname = ${role}`;
    if (known === undefined)
      await root.unsafe(
        `create role ${role} login password 'secret-of-${role}'`,
      );
    await root.unsafe(`alter role ${role} login`);
    await root.unsafe(`grant usage on schema ${schema} to ${role}`);
  }
  await root.unsafe(`grant create on schema ${schema} to ${roles.owner}`);
  const urlOf = (role: string): string => {
    const own = new URL(url);
    own.username = role;
    own.password = `secret-of-${role}`;
    return own.href;
  };
  const owner = postgres(urlOf(roles.owner), {
    max: 3,
    onnotice: () => undefined,
  });
  return {
    schema,
    owner,
    ownerUrl: urlOf(roles.owner),
    readerUrl: urlOf(roles.reader),
    running: async () => {
      const rows = await root<{ query: string }[]>`
        select query from pg_stat_activity
        where usename = ${roles.reader} and state <> 'idle'`;
      return rows.map(({ query }) => query);
    },
    waiting: async () => {
      const rows = await root`
        select 1 from pg_stat_activity
        where usename in ${root(Object.values(roles))} and wait_event_type = 'Lock'`;
      return rows.length;
    },
    breakOff: async () => {
      await root`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${roles.reader}`;
    },
    letIn: async (isLetIn) => {
      await root.unsafe(
        `alter role ${roles.reader} ${isLetIn ? "login" : "nologin"}`,
      );
    },
    close: async () => {
      await owner.end({ timeout: 2 });
      await root.end({ timeout: 2 });
    },
  };
}

/** Lets the reader select from a table. */
export async function letRead(
  { owner, schema }: Department,
  table: string,
): Promise<void> {
  await owner.unsafe(`grant select on ${schema}.${table} to ${schema}_reader`);
}
