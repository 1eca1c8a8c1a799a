import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type { Act } from "../acts/act.ts";
import { EngineFailed } from "../engine/failed.ts";
import { issueToken } from "../cli/issue-token.ts";
import { gatewayOf, hold } from "../../test/simulation/small-office-bulk.ts";
import {
  DAY,
  HOUR,
  MINUTE,
  organisation,
  permit,
  people,
  revocation,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  entryOf,
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { asking, refusedIn, type Web, webOf } from "../../test/web-office.ts";
import { receipt } from "../uses/receipt.ts";
import { KEYED_MAX } from "./keyed.ts";

type Headers = Readonly<Record<string, string>>;
type House = {
  readonly office: SmallOffice;
  readonly web: Web;
  readonly huaxing: Headers;
};

const QUARTER_END = Date.UTC(2027, 0, 1);

async function begin(
  options: { readonly start?: number; readonly more?: readonly Act[] } = {},
): Promise<House> {
  const office = await officeFor("keyed", options);
  return {
    ...{ office, web: webOf(office) },
    huaxing: await asking(office, "huaxing"),
  };
}

/** The house of another process, whose requests bear the same tokens. */
const reopened = (house: House): House => ({
  ...house,
  web: webOf(house.office),
});

const answered = z.object({
  // A cursor is sealed anew each time.
  answer: z.object({ rows: z.unknown() }),
  receipt,
  price: z.object({ amount: z.number() }),
});

const send = (
  { web, huaxing }: House,
  key: string,
  plan: unknown = vehicles(),
): Promise<Response> =>
  web.post("/query", JSON.stringify({ plan }), {
    ...{ ...huaxing, "Idempotency-Key": key },
  });

/** Asks, and says what came of it: the kind of the entry, what it cost and what was answered; or status and message. */
async function ask(house: House, key: string, plan?: unknown) {
  const response = await send(house, key, plan);
  if (response.status !== 200) {
    const { message } = await refusedIn(response);
    return [response.status, message] as const;
  }
  const { answer, receipt: of, price } = answered.parse(await response.json());
  house.office.receipts.push(of);
  return [entryOf(of).kind, price.amount, answer] as const;
}

const kinds = async ({ office }: House): Promise<readonly string[]> => {
  await office.passHour();
  return (await shown(office))
    .map(({ entry }) => entry.kind)
    .filter((kind) => kind === "use" || kind === "repeat")
    .toSorted();
};

async function endsWell({ office, web }: House): Promise<void> {
  expect(web.bugs).toEqual([]);
  expect(web.halts).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
}

const RUNNING =
  "Cannot answer: the request with this Idempotency-Key is still under way, ask again in a moment";

describe("a request that is sent again under its key", () => {
  test("is answered anew three times, free and beside the quota, each with its entry; then no more, and nothing else is", async () => {
    const house = await begin({
      more: [
        organisation("third"),
        permit({
          ...{ permit: "third-vehicles", organisation: "third" },
          quota: { calls: 1 },
        }),
      ],
    });
    const third = await asking(house.office, "third");
    const theirs = { ...house, huaxing: third };
    const first = await ask(theirs, "k-1");
    expect(first.slice(0, 2)).toEqual(["use", 160]);
    for (let times = 0; times < 3; times++)
      expect(await ask(theirs, "k-1")).toEqual(["repeat", 0, first[2]]);
    expect(await ask(theirs, "k-1")).toMatchObject([
      409,
      expect.stringContaining("answered anew three times"),
    ]);
    expect(await ask(theirs, "k-1", vehicles({ limit: 3 }))).toMatchObject([
      422,
      expect.stringContaining("stands for another request"),
    ]);
    expect((await ask(theirs, "k-2"))[0]).toBe(403);
    // The key of one is not the key of another.
    expect((await ask(house, "k-1"))[0]).toBe("use");
    expect(gatewayOf(house.office).spent.get("third-vehicles")).toEqual({
      ...{ calls: 1, steps: 2 },
    });
    expect(await kinds(house)).toEqual([
      ...["repeat", "repeat", "repeat", "use", "use"],
    ]);
    await endsWell(house);
  });

  test("about persons is answered anew in the hour that it is, and kept as open as the first", async () => {
    const house = await begin();
    const first = await ask(house, "k", people());
    expect(first[0]).toBe("use");
    await house.office.pass(2 * HOUR);
    expect(await ask(house, "k", people())).toEqual(["repeat", 0, first[2]]);
    await endsWell(house);
  });

  test("while the first is under way is told so, and later answered anew", async () => {
    const house = await begin();
    const held = hold(house.office, "vehicles");
    const first = ask(house, "k");
    await vi.waitFor(() => expect(held.running).toBe(1));
    expect(await ask(house, "k")).toEqual([409, RUNNING]);
    held.letGo();
    expect((await first)[0]).toBe("use");
    expect((await ask(house, "k"))[0]).toBe("repeat");
    await endsWell(house);
  });

  test("after a refusal is a first one: its key is free", async () => {
    const house = await begin();
    expect((await ask(house, "k", vehicles({ limit: 900 })))[0]).toBe(403);
    expect((await ask(house, "k"))[0]).toBe("use");
    expect((await ask(house, "k"))[0]).toBe("repeat");
    await endsWell(house);
  });

  test("whose engine fails, or whose permit was revoked meanwhile, is not answered, and it does not count as one of three", async () => {
    const house = await begin();
    const { office } = house;
    expect((await ask(house, "k"))[0]).toBe("use");
    const run = vi.spyOn(office.house.engine, "run");
    for (let times = 0; times < 4; times++) {
      run.mockRejectedValueOnce(new EngineFailed("broken"));
      expect((await ask(house, "k"))[0]).toBe(503);
    }
    for (let times = 0; times < 3; times++)
      expect((await ask(house, "k"))[0]).toBe("repeat");
    expect((await ask(house, "other"))[0]).toBe("use");
    await office.granted(revocation("huaxing-vehicles"));
    expect((await ask(house, "other"))[0]).toBe(403);
    expect(await kinds(house)).toEqual([
      ...["repeat", "repeat", "repeat", "use", "use"],
    ]);
    await endsWell(house);
  });

  test("with a token for another permit is not answered from the first one's", async () => {
    const more = [permit({ permit: "huaxing-second" })];
    const house = await begin({ more });
    const { sql } = house.office.house;
    const [first, second] = await Promise.all(
      ["huaxing-vehicles", "huaxing-second"].map(async (bound) => {
        const token = await issueToken(sql, "huaxing", { permit: bound });
        return { ...house, huaxing: { Authorization: `Bearer ${token}` } };
      }),
    );
    if (first === undefined || second === undefined) throw new Error("Two");
    expect((await ask(first, "k"))[0]).toBe("use");
    expect((await ask(second, "k"))[0]).toBe(422);
    expect((await ask(first, "k"))[0]).toBe("repeat");
    await endsWell(house);
  });
});

describe("time passes, or the process ends", () => {
  test("is turned away where a day's worth of keys is kept already, if it is new; one that was answered is answered anew", async () => {
    const house = await begin();
    expect((await ask(house, "early"))[0]).toBe("use");
    const [kept] = gatewayOf(house.office).desk.logs.all.flatMap(({ sums }) =>
      sums.keyed.size > 0 ? [sums.keyed] : [],
    );
    const [use] = kept?.values() ?? [];
    if (kept === undefined || use === undefined)
      throw new Error("Nothing was kept");
    for (let i = 1; i < KEYED_MAX; i++) kept.set(`made-up-${i}`, use);
    expect(await ask(house, "late")).toMatchObject([
      503,
      expect.stringContaining("ask without one"),
    ]);
    expect((await ask(house, "early"))[0]).toBe("repeat");
    for (let i = 1; i < KEYED_MAX; i++) kept.delete(`made-up-${i}`);
    expect((await ask(house, "late"))[0]).toBe("use");
    expect(await kinds(house)).toEqual(["repeat", "use", "use"]);
    await endsWell(house);
  });

  test("over a restart it is answered anew, and after 24 hours or in another quarter it is not", async () => {
    const start = QUARTER_END - 2 * DAY + HOUR / 2;
    let house = await begin({ start });
    const { office } = house;
    expect((await ask(house, "k"))[0]).toBe("use");
    await office.restart({ orderly: false });
    house = reopened(house);
    expect((await ask(house, "k"))[0]).toBe("repeat");
    await office.pass(DAY - MINUTE);
    expect((await ask(house, "k"))[0]).toBe("repeat");
    await office.pass(MINUTE);
    expect(await ask(house, "k")).toEqual([
      409,
      "Cannot answer: this Idempotency-Key is older than 24 hours, want a new key",
    ]);
    await office.pass(QUARTER_END - office.clock.now - MINUTE);
    expect((await ask(house, "late"))[0]).toBe("use");
    await office.pass(2 * MINUTE);
    for (let times = 0; times < 5; times++)
      expect(await ask(house, "late")).toMatchObject([
        409,
        expect.stringContaining("stands in a log that this gateway does not"),
      ]);
    expect((await ask(house, "new"))[0]).toBe("use");
    await endsWell(house);
  });

  test.each([
    [
      "before the entry that was named: it is asked as if for the first time",
      false,
    ],
    ["behind it: it is answered anew", true],
  ])("a process that is killed %s", async (_, isEntered) => {
    let house = await begin();
    const { office } = house;
    const { desk } = gatewayOf(office);
    const enter = desk.enterSealed.bind(desk);
    vi.spyOn(desk, "enterSealed").mockImplementationOnce(async (...of) => {
      if (isEntered) office.receipts.push((await enter(...of)).receipt);
      throw new Error("killed");
    });
    expect((await send(house, "k")).status).toBe(500);
    await office.restart({ orderly: false });
    house = reopened(house);
    expect(await ask(house, "k")).toEqual([409, RUNNING]);
    await office.pass(10 * MINUTE);
    expect(await ask(house, "k")).toEqual([409, RUNNING]);
    expect((await ask(house, "k"))[0]).toBe(isEntered ? "repeat" : "use");
    expect(await kinds(house)).toEqual(isEntered ? ["repeat", "use"] : ["use"]);
    await endsWell(house);
  });
});
