import { EngineFailed } from "../engine/failed.ts";
import { execFile } from "node:child_process";
import { request } from "node:http";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { departmentFor, letRead } from "../../test/department.ts";
import { RawSocket } from "../../test/raw-socket.ts";
import {
  bulk,
  BULK_ROWS,
  datasetAct,
  gatewayOf,
  headed,
  isInJournal,
  listening,
  manyPeople,
  mishap,
  persons,
  settleOf,
  Taking,
} from "../../test/simulation/small-office-bulk.ts";
import {
  HOUR,
  MINUTE,
  organisation,
  permit,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  begin,
  endsWell,
  type House,
  receiptsOf,
  streamed,
  used,
} from "../../test/simulation/small-office-streams.ts";
import { shown } from "../../test/simulation/small-office-story.ts";
import { refusedIn, webOf } from "../../test/web-office.ts";
import { PostgresSource } from "../engine/postgres.ts";
import type { Settle } from "../uses/use.ts";

const FILE = "streams_broken";
const QUARTER_END = Date.UTC(2027, 0, 1);

/** The settles of the public logs once everything is public. */
async function settles({ office }: House): Promise<readonly Settle[]> {
  await office.passHour();
  return (await shown(office)).flatMap(({ entry }) =>
    entry.kind === "settle" ? [entry] : [],
  );
}

/** What `curl` says of a stream: its exit code, and the bytes that it took. */
async function curled(
  port: number,
  { huaxing }: House,
): Promise<{
  readonly code: number;
  readonly text: string;
  readonly at: string;
}> {
  const args = [
    ...["--silent", "--include", "--data", JSON.stringify(bulk())],
    ...["-H", "Content-Type: application/json"],
    ...["-H", `Authorization: ${huaxing["Authorization"]}`],
    `http://127.0.0.1:${port}/query?format=ndjson`,
  ];
  return new Promise((resolve) => {
    execFile("curl", args, { maxBuffer: 1 << 26 }, (error, stdout) => {
      const [head = "", ...rest] = stdout.split("\r\n\r\n");
      const at = /vitrine-receipts-at: (\S+)/i.exec(head)?.[1] ?? "";
      const code = typeof error?.code === "number" ? error.code : 0;
      resolve({ code, text: rest.join(""), at });
    });
  });
}

describe("a source fails in the middle of a stream", () => {
  test("of its own: the answer ends visibly broken, costs nothing, and says nothing of why", async () => {
    const house = await begin(FILE);
    const port = await listening(house.web);
    const source = mishap(house.office, "vehicles", 2, () => {
      throw new Error("secret plate P77");
    });
    const said = vi.spyOn(console, "error").mockReturnValue();
    const { code, text, at } = await curled(port, house);
    said.mockRestore();
    expect(code).toBe(18);
    expect(text).toContain('"plate":"P1"');
    expect(text).not.toContain("secret");
    const { entry, part } = settleOf(await receiptsOf(house, at));
    expect(entry).toMatchObject({ result: "broken", charge: 0 });
    expect(part.bytes).toBe(Buffer.byteLength(text));
    expect(source.running).toBe(0);
    expect(used(house).total).toMatchObject({ charged: 0 });
    expect(house.web.bugs).toEqual([]);
    // Whoever checks the office sees how many broke: as many as a friend might have been given.
    await house.office.passHour();
    expect((await house.office.check()).sums.broken).toBe(1);
    await endsWell(house);
  });

  test("because its taker left it lying: what was taken is charged, so that nobody reads for nothing", async () => {
    const house = await begin(FILE);
    const port = await listening(house.web);
    mishap(house.office, "vehicles", 2, () => {
      throw new EngineFailed("idle");
    });
    const said = vi.spyOn(console, "error").mockReturnValue();
    const { code, text, at } = await curled(port, house);
    said.mockRestore();
    expect(code).toBe(18);
    const { entry, part } = settleOf(await receiptsOf(house, at));
    expect(entry.result).toBe("cancelled");
    expect(entry.charge).toBeGreaterThan(0);
    expect(part.bytes).toBe(Buffer.byteLength(text));
    await endsWell(house);
  });

  test("of its department, whose database ends the connection: so it is there", async () => {
    const house = await begin(FILE);
    const department = await departmentFor("streams_department");
    const { owner, schema, readerUrl: url } = department;
    await owner.unsafe(
      `create table ${schema}.vehicles (plate text primary key, make text, year int)`,
    );
    await owner.unsafe(
      `insert into ${schema}.vehicles select 'P' || i, repeat('m', 2000), 1990 from generate_series(1, 20000) i`,
    );
    await letRead(department, "vehicles");
    const { fields } = datasetAct("vehicles");
    const served = { dataset: "vehicles", fields };
    const place = { url, schema, table: "vehicles", key: ["plate"] };
    const source = await PostgresSource.open(served, place);
    onTestFinished(async () => {
      await source.close();
      await department.close();
    });
    house.office.house.engine.serve("vehicles", source);
    const response = await streamed(house);
    const taking = new Taking(response);
    await taking.next();
    await department.breakOff();
    await expect(taking.rest()).rejects.toThrow(
      "Cannot run plan: the engine failed",
    );
    const { entry, part } = settleOf(
      await receiptsOf(house, headed(response).at),
    );
    expect(entry).toMatchObject({ result: "broken", charge: 0 });
    expect(part).toMatchObject({ answer: taking.digest });
    await endsWell(house);
  });

  test("before its first row: nothing is entered", async () => {
    const house = await begin(FILE);
    mishap(house.office, "vehicles", 0);
    const response = await house.web.post(
      ...([
        "/query?format=csv",
        JSON.stringify(bulk()),
        house.huaxing,
      ] as const),
    );
    expect(response.status).toBe(503);
    expect((await refusedIn(response)).message).toBe(
      "Cannot run plan: the engine failed",
    );
    expect(used(house).spent).toBeUndefined();
    await endsWell(house);
  });
});

describe("a client goes", () => {
  test("over a socket, after some bytes or before any: it is settled, and its place and its source are free", async () => {
    const house = await begin(FILE);
    const port = await listening(house.web);
    const source = mishap(house.office, "vehicles", 99, () => undefined);
    for (let times = 0; times < 3; times++) {
      await new Promise<void>((resolve) => {
        const asked = request(
          {
            ...{ port, host: "127.0.0.1", method: "POST" },
            path: "/query?format=ndjson",
            headers: { ...house.huaxing, "Content-Type": "application/json" },
          },
          (answer) => {
            answer.once("data", () => answer.destroy());
            answer.once("close", resolve);
          },
        );
        asked.on("error", () => resolve());
        asked.end(JSON.stringify(bulk({ limit: 90_000 })));
      });
      const text = JSON.stringify(bulk());
      const socket = await RawSocket.open(port);
      socket.say(
        `POST /query?format=ndjson HTTP/1.1\r\nHost: a\r\nAuthorization: ${house.huaxing["Authorization"]}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
      );
      socket.hangUp();
    }
    await vi.waitFor(() => {
      expect(source.running).toBe(0);
      expect(gatewayOf(house.office).desk.leaving.size).toBe(0);
    });
    const whole = new Taking(await streamed(house));
    await whole.rest();
    expect(whole.lines).toBe(BULK_ROWS);
    const results = (await settles(house)).map(({ result }) => result);
    expect(results.length).toBeGreaterThanOrEqual(4);
    expect(new Set(results)).toEqual(new Set(["complete", "cancelled"]));
    await endsWell(house);
  });
});

describe("the office ends a stream", () => {
  test.each<[string, (house: House) => Promise<void>]>([
    [
      "by an act that closes its gateway",
      async ({ office }) => {
        const act = { gateway: "gate", reason: "replaced" } as const;
        await office.granted({ kind: "gatewayClosed", ...act });
      },
    ],
    [
      "when the quarter is over",
      ({ office }) => office.pass(QUARTER_END - office.clock.now),
    ],
    ["when it is stopped in order", ({ office }) => office.restart()],
  ])("%s: it is settled as far as it went", async (_, ends) => {
    const house = await begin(FILE, { start: QUARTER_END - HOUR / 2 });
    const response = await streamed(house);
    const { receipt } = headed(response);
    house.office.receipts.push(receipt);
    const taking = new Taking(response);
    await taking.next();
    const rows = taking.lines;
    await ends(house);
    await expect(taking.rest()).rejects.toThrow("Cannot");
    await house.office.pass(MINUTE);
    const [settle, ...more] = await settles(house);
    expect(more).toEqual([]);
    expect(settle).toMatchObject({
      ...{ result: "cancelled", charge: 3 * Math.ceil(rows / 100) },
    });
    await endsWell(house);
  });

  test("that is only being entered when its gateway is closed: the entry has its settle, and no byte leaves", async () => {
    const house = await begin(FILE);
    const { office } = house;
    // Its log is there before, so that its entry is in the same breath as the act.
    await office.answered(vehicles(), "huaxing");
    let leaving: Promise<unknown> = Promise.resolve();
    const { logs } = gatewayOf(office).desk;
    const [log] = logs.all;
    const add = log?.add.bind(log);
    if (log === undefined || add === undefined) throw new Error("No log");
    vi.spyOn(log, "add").mockImplementationOnce((...of) => {
      const synced = add(...of);
      leaving = office.granted({
        ...{ kind: "gatewayClosed", gateway: "gate", reason: "replaced" },
      });
      return leaving.then(() => synced);
    });
    const response = await house.web.post(
      ...([
        "/query?format=csv",
        JSON.stringify(bulk()),
        house.huaxing,
      ] as const),
    );
    await leaving;
    const taking = new Taking(response);
    await expect(taking.rest()).rejects.toThrow("Cannot");
    expect(taking.bytes).toHaveLength(0);
    expect((await settles(house)).map(({ result }) => result)).toEqual([
      "cancelled",
    ]);
    await endsWell(house);
  });
});

describe("a process is killed in the middle of a stream", () => {
  test("it is settled as broken by the next one, once; and what it held of the quota is free, and not more", async () => {
    const quota = { steps: 210 };
    const house = await begin(FILE, {
      more: [
        organisation("third"),
        permit({
          ...{ permit: "third-bulk", organisation: "third", quota },
          ...{ product: "vehicles.bulk", rowsMax: 100_000 },
        }),
      ],
    });
    const { office } = house;
    const response = await streamed(house);
    office.receipts.push(headed(response).receipt);
    await new Taking(response).next();
    expect(isInJournal(office, headed(response).receipt)).toBe(true);
    await office.restart({ orderly: false });
    expect(used(house)).toEqual({
      spent: { calls: 1, steps: 1 },
      total: { steps: 1, charged: 0 },
    });
    await office.restart({ orderly: false });
    await office.restart();
    expect(used(house).spent).toEqual({ calls: 1, steps: 1 });
    const found = await settles(house);
    expect(found.map(({ result, charge }) => [result, charge])).toEqual([
      ["broken", 0],
    ]);
    await endsWell({ ...house, web: webOf(office) });
  });

  test("and the next one comes when the quarter is over", async () => {
    const house = await begin(FILE, { start: QUARTER_END - HOUR / 2 });
    const { office } = house;
    const response = await streamed(house);
    office.receipts.push(headed(response).receipt);
    await new Taking(response).next();
    office.clock.now = QUARTER_END + HOUR;
    await office.restart({ orderly: false });
    expect((await settles(house)).map(({ result }) => result)).toEqual([
      "broken",
    ]);
    await endsWell({ ...house, web: webOf(office) });
  });
});

test("a stream about more people than can be named is refused, and counted as a refusal", async () => {
  const house = await begin(FILE);
  const { office, web, huaxing } = house;
  await office.load(datasetAct("people"), manyPeople(100_001));
  const text = JSON.stringify(persons({ limit: 200_000 }));
  const response = await web.post("/query?format=csv", text, huaxing);
  expect(response.status).toBe(503);
  expect((await refusedIn(response)).message).toBe(
    "Cannot run plan: the result is too large",
  );
  await office.passHour();
  expect(
    (await shown(office)).flatMap(({ entry }) =>
      entry.kind === "refused"
        ? [[entry.rule, entry.dataset, entry.count]]
        : [],
    ),
  ).toEqual([["V-ENGINE", "people", 1]]);
  await endsWell(house);
});
