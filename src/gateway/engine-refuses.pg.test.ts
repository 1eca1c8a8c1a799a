import { expect, onTestFinished, test } from "vitest";
import {
  type Department,
  departmentFor,
  letRead,
} from "../../test/department.ts";
import { datasetAct } from "../../test/simulation/small-office-bulk.ts";
import { vehicles } from "../../test/simulation/small-office-acts.ts";
import {
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { asking, refusedIn, webOf } from "../../test/web-office.ts";
import { PostgresSource } from "../engine/postgres.ts";

/** Vehicles of a department's own database. */
async function departmentOf(name: string): Promise<Department> {
  const department = await departmentFor(name);
  const { owner, schema } = department;
  await owner.unsafe(
    `create table ${schema}.vehicles (plate text primary key, make text, year int)`,
  );
  await owner.unsafe(
    `insert into ${schema}.vehicles select 'P' || i, 'Make', 1990 from generate_series(1, 50) i`,
  );
  await letRead(department, "vehicles");
  onTestFinished(() => department.close());
  return department;
}

test.each<[string, Parameters<typeof PostgresSource.open>[2], boolean, string]>(
  [
    [
      "too large",
      { rowsMax: 5 },
      false,
      "Cannot run plan: the result is too large",
    ],
    [
      "too late",
      { timeoutMs: 300 },
      true,
      "Cannot run plan: the engine took too long",
    ],
  ],
)(
  "an answer that is %s is refused in one constant text, costs nothing and is counted as a refusal",
  async (why, limits, isLocked, message) => {
    const department = await departmentOf(`refuses_${why.replace(" ", "_")}`);
    const { owner, schema, readerUrl: url } = department;
    const { fields } = datasetAct("vehicles");
    const office = await officeFor("engine_refuses");
    const place = { url, schema, table: "vehicles", key: ["plate"] };
    const source = await PostgresSource.open(
      ...([{ dataset: "vehicles", fields }, place, limits] as const),
    );
    onTestFinished(() => source.close());
    office.house.engine.serve("vehicles", source);
    const web = webOf(office);
    const huaxing = await asking(office, "huaxing");
    const ask = () =>
      web.post("/query", JSON.stringify({ plan: vehicles() }), huaxing);
    await owner.begin(async (sql) => {
      if (isLocked) await sql.unsafe(`lock table ${schema}.vehicles`);
      for (let times = 0; times < 2; times++) {
        const response = await ask();
        expect(response.status).toBe(503);
        expect((await refusedIn(response)).message).toBe(message);
      }
    });
    expect(office.house.gateway?.spent.get("huaxing-vehicles")).toBeUndefined();
    await office.passHour();
    expect(
      (await shown(office)).flatMap(({ entry }) =>
        entry.kind === "refused"
          ? [[entry.organisation, entry.dataset, entry.rule, entry.count]]
          : [],
      ),
    ).toEqual([["huaxing", "vehicles", "V-ENGINE", 2]]);
    expect(web.bugs).toEqual([]);
    expect(await leftOver(office)).toEqual([]);
  },
);
