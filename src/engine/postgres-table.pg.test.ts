import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Department,
  departmentFor,
  letRead,
} from "../../test/department.ts";
import type { TypedField } from "../uses/check-plan.ts";
import { PostgresSource } from "./postgres.ts";
import type { PostgresPlace } from "./postgres-table.ts";

const fields: readonly TypedField[] = [
  { name: "number", type: "integer" },
  { name: "person", type: "text" },
  { name: "seen", type: "instant" },
];
const served = { dataset: "visits", fields, subject: "person" };

let department: Department;
beforeAll(async () => {
  department = await departmentFor("postgres_table");
  await department.owner.unsafe(
    `create table ${department.schema}.visits (number int primary key, person text, seen timestamptz)`,
  );
  await letRead(department, "visits");
});
afterAll(() => department.close());

const place = (change: Partial<PostgresPlace> = {}): PostgresPlace => ({
  url: department.readerUrl,
  schema: department.schema,
  table: "visits",
  key: ["number"],
  ...change,
});

const table = (name: string, columns: string) => async () => {
  await department.owner.unsafe(
    `create table ${department.schema}.${name} (${columns})`,
  );
  await letRead(department, name);
  return place({ table: name });
};
test.each<[string, () => Promise<PostgresPlace>, string]>([
  [
    "the role owns the table",
    async () => place({ url: department.ownerUrl }),
    "can be written by the role test_postgres_table_owner, want a role that is no superuser, does not own it and may only select from it",
  ],
  [
    "the role may change one column",
    async () => {
      await table(
        "changed",
        "number int primary key, person text, seen timestamptz",
      )();
      await department.owner.unsafe(
        `grant update (person) on ${department.schema}.changed to ${department.schema}_reader`,
      );
      return place({ table: "changed" });
    },
    "can be written by the role test_postgres_table_reader",
  ],
  [
    "there is no such table",
    async () => place({ table: "nowhere" }),
    "table test_postgres_table.nowhere is not there for this role, want a table",
  ],
  [
    "a column is missing",
    async () => place({ columns: { person: "citizen" } }),
    "has no column citizen for the field person, want text or character varying",
  ],
  [
    "a time has no zone",
    table("zoneless", "number int primary key, person text, seen timestamp"),
    "has timestamp without time zone in column seen for the field seen, want timestamp with time zone",
  ],
  [
    "the key is not unique",
    table("loose", "number int not null, person text, seen timestamptz"),
    "has no unique index over exactly number with every column not null, want one for the key number",
  ],
  [
    "the key may be missing",
    table("holed", "number int unique, person text, seen timestamptz"),
    "has no unique index over exactly number with every column not null",
  ],
  [
    "the key is unique in a part of the table",
    async () => {
      const made = await table(
        "partial",
        "number int not null, person text, seen timestamptz",
      )();
      await department.owner.unsafe(
        `create unique index on ${department.schema}.partial (number) where number > 5`,
      );
      return made;
    },
    "has no unique index over exactly number",
  ],
  [
    "a column may not be read",
    async () => {
      await department.owner.unsafe(
        `create table ${department.schema}.hidden (number int primary key, person text, seen timestamptz)`,
      );
      await department.owner.unsafe(
        `grant select (number, seen) on ${department.schema}.hidden to ${department.schema}_reader`,
      );
      return place({ table: "hidden" });
    },
    "has a column person that this role may not read, want select on it",
  ],
])("a table is refused at the start because %s", async (_, make, said) => {
  await expect(PostgresSource.open(served, await make())).rejects.toThrow(said);
});
