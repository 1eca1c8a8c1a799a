import type postgres from "postgres";
import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import type { TypedField } from "../uses/check-plan.ts";
import { type Column, quoteName, type Table } from "./sql.ts";

/** A dataset as a source is to serve it. */
export type Served = {
  readonly dataset: string;
  readonly fields: readonly TypedField[];
  readonly subject?: string;
};

/** Where a department keeps a dataset in a PostgreSQL of its own. */
export type PostgresPlace = {
  readonly url: string;
  readonly schema: string;
  readonly table: string;
  /** The column of a field; a field not named here is in the column of its own name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Fields that name a row, which a unique index of the table is over. */
  readonly key: readonly string[];
};

/** A table as it may be asked, and the fields that find one row each. */
export type Inspected = {
  readonly table: Table;
  readonly indexed: ReadonlySet<string>;
};

/** The types of PostgreSQL that hold a field exactly. A `timestamp` says no time zone: it is no instant. */
const HOLDS: Readonly<Record<FieldType, readonly string[]>> = {
  text: ["text", "character varying"],
  integer: ["smallint", "integer", "bigint"],
  decimal: ["numeric", "double precision"],
  boolean: ["boolean"],
  date: ["date"],
  instant: ["timestamp with time zone"],
};

type Found = {
  readonly column: string;
  readonly type: string;
  readonly required: boolean;
  readonly exact: boolean;
  readonly readable: boolean;
};

/** Looks whether a table can be served as the dataset's fields say; throws `Malformed` saying what is wanted. */
export async function inspectTable(
  sql: postgres.Sql,
  served: Served,
  place: PostgresPlace,
): Promise<Inspected> {
  const shown = `${place.schema}.${place.table}`;
  const unfit = (why: string): Malformed =>
    new Malformed(
      `Cannot open source of ${served.dataset}: table ${shown} ${why}`,
    );
  const oid = await checkRole(sql, place, unfit);
  const found = new Map(
    (await columnsOf(sql, oid)).map((one) => [one.column, one]),
  );
  const nameOf = (field: string): string => place.columns?.[field] ?? field;
  const columns = new Map(
    served.fields.map((field) => {
      const has = found.get(nameOf(field.name));
      if (has === undefined || !HOLDS[field.type].includes(has.type))
        throw unfit(
          `has ${has === undefined ? "no column" : `${has.type} in column`} ${nameOf(field.name)} for the field ${field.name}, want ${HOLDS[field.type].join(" or ")}`,
        );
      if (!has.readable)
        throw unfit(
          `has a column ${has.column} that this role may not read, want select on it`,
        );
      return [field.name, columnFor(field.type, has)];
    }),
  );
  const unique = await uniqueKeys(sql, oid);
  const isOver = (fields: readonly string[]) => (key: readonly string[]) =>
    key.length === fields.length &&
    fields.every((field) => key.includes(nameOf(field)));
  const required = place.key.every((f) => found.get(nameOf(f))?.required);
  if (!unique.some(isOver(place.key)) || !required)
    throw unfit(
      `has no unique index over exactly ${place.key.map(nameOf).join(", ")} with every column not null, want one for the key ${place.key.join(", ")}`,
    );
  const key = place.key.map((field) => {
    const column = columns.get(field);
    if (column === undefined || column.type === "decimal")
      throw unfit(`is keyed by ${field}, want fields other than decimals`);
    return column;
  });
  return {
    table: {
      name: `${quoteName(place.schema)}.${quoteName(place.table)}`,
      columns,
      ...(served.subject === undefined ? {} : { subject: served.subject }),
      key,
      isInKeyOrder: false,
    },
    indexed: new Set(
      [...columns.keys()].filter((field) => unique.some(isOver([field]))),
    ),
  };
}

/** Whoever could write the table could do so through the gate, were there ever a hole in it. */
async function checkRole(
  sql: postgres.Sql,
  place: PostgresPlace,
  unfit: (why: string) => Malformed,
): Promise<number> {
  const [role] = await sql<
    { name: string; encoding: string; super: boolean }[]
  >`
    select current_user as name, current_setting('server_encoding') as encoding, rolsuper as super
    from pg_roles where rolname = current_user`;
  const [table] = await sql<{ oid: number; writes: boolean; owns: boolean }[]>`
    select c.oid::int8::float8 as oid,
      pg_has_role(c.relowner, 'member') as owns,
      has_table_privilege(c.oid, 'insert, update, delete, truncate')
        or has_any_column_privilege(c.oid, 'insert, update') as writes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${place.schema} and c.relname = ${place.table} and c.relkind in ('r', 'p')`;
  if (table === undefined)
    throw unfit("is not there for this role, want a table");
  const name = role?.name ?? "";
  if (role?.super !== false || table.owns || table.writes)
    throw unfit(
      `can be written by the role ${name}, want a role that is no superuser, does not own it and may only select from it`,
    );
  if (role.encoding !== "UTF8")
    throw unfit(`is in a database in ${role.encoding}, want UTF8`);
  return table.oid;
}

async function columnsOf(
  sql: postgres.Sql,
  oid: number,
): Promise<readonly Found[]> {
  return sql<Found[]>`
    select a.attname as column, pg_catalog.format_type(a.atttypid, null) as type, a.attnotnull as required,
      coalesce(l.collisdeterministic, true) as exact, has_column_privilege(a.attrelid, a.attnum, 'select') as readable
    from pg_attribute a left join pg_collation l on l.oid = a.attcollation
    where a.attrelid = ${oid}::float8::int8::oid and a.attnum > 0 and not a.attisdropped`;
}

/** The columns of each unique index that is over whole columns and all rows. */
async function uniqueKeys(
  sql: postgres.Sql,
  oid: number,
): Promise<readonly (readonly string[])[]> {
  const rows = await sql<{ index: string; column: string }[]>`
    select i.indexrelid::text as index, a.attname as column
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid
      and a.attnum = any((i.indkey::int2[])[0:i.indnkeyatts - 1])
    where i.indrelid = ${oid}::float8::int8::oid and i.indisunique and i.indisvalid and i.indisready
      and i.indpred is null and i.indexprs is null`;
  const keys = new Map<string, string[]>();
  for (const { index, column } of rows)
    keys.set(index, [...(keys.get(index) ?? []), column]);
  return [...keys.values()];
}

const BOUND: Readonly<Record<FieldType, string>> = {
  text: "text",
  integer: "int8",
  decimal: "numeric",
  boolean: "boolean",
  date: "date",
  instant: "timestamptz",
};

function columnFor(type: FieldType, found: Found): Column {
  const name = quoteName(found.column);
  const bound = found.type === "double precision" ? "float8" : BOUND[type];
  // Where two texts that differ may be equal, they are compared byte by byte.
  const own = found.exact ? name : `${name} collate "C"`;
  return {
    type,
    name: own,
    isRequired: found.required,
    ordered: type === "text" ? `${name} collate "C"` : name,
    bound: (place) => `$${place}::${bound}`,
    sum:
      type === "decimal"
        ? `sum(round(${found.type === "numeric" ? name : `${name}::text::numeric`}, 9))`
        : `sum(${name})`,
  };
}
