import { Door } from "../gateway/asking/door.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { Road } from "../../test/simulation/road.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  organisation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { asking, refusedIn, type Web, webOf } from "../../test/web-office.ts";
import { toBase64url } from "../acts/bytes.ts";
import { encode } from "../acts/canonical.ts";
import { LogHalted } from "../store/durable.ts";
import type { AppOptions } from "./app.tsx";

let office: SmallOffice | undefined;
afterEach(async () => {
  await office?.close().catch(() => office?.remove());
  office = undefined;
});

async function opened(name: string): Promise<SmallOffice> {
  const { url } = await schemaFor(`portal_${name}`);
  return (office = await SmallOffice.granted(url));
}

const plan = JSON.stringify({ plan: vehicles() });
const handIn = (of: SmallOffice, { post }: Web, id: string) =>
  post("/acts", encode(of.submission(organisation(id))));

describe("an error of our own", () => {
  const secret = "password=hunter2 at /srv/keys/log.json";
  const bug = new Error(secret);
  const broken = (): never => {
    throw bug;
  };
  const failing: readonly [
    string,
    Partial<AppOptions>,
    (web: Web) => Promise<Response>,
  ][] = [
    ["the front page", { lastCheck: broken }, ({ ask }) => ask("/")],
    ["its JSON", { now: broken }, ({ ask }) => ask("/index.json")],
    [
      "a query",
      { door: new Door({ tokens: { askerOf: () => Promise.reject(bug) } }) },
      ({ post }) =>
        post("/query", plan, { Authorization: `Bearer ${"A".repeat(43)}` }),
    ],
    [
      "a look at a dataset",
      { gateway: broken },
      ({ ask }) => ask("/data/stations"),
    ],
    [
      "the log",
      { files: { read: () => Promise.reject(bug), keepPaper: broken } },
      ({ ask }) => ask("/log/register/checkpoint"),
    ],
    [
      "a paper",
      { files: { read: () => Promise.reject(bug), keepPaper: broken } },
      ({ ask }) => ask(`/paper/${"0".repeat(64)}`),
    ],
  ];

  test("is answered with one constant text everywhere, leaks nothing, and is heard of", async () => {
    const of = await opened("bugs");
    for (const [where, change, ask] of failing) {
      const web = webOf(of, change);
      const response = await ask(web);
      expect(response.status, where).toBe(500);
      expect(response.headers.get("content-security-policy")).toContain("none");
      const text = await response.clone().text();
      expect(text).not.toMatch(/hunter2|keys|Error|at \//);
      expect(await refusedIn(response)).toEqual({
        code: "internal",
        message:
          "Something went wrong inside the office; its log shows what was entered",
        findings: undefined,
      });
      expect(web.bugs, where).toEqual([bug]);
      expect(web.halts).toEqual([]);
    }
  });

  test("is no error of others: what they get wrong is never heard of", async () => {
    const of = await opened("callers");
    const web = webOf(of);
    await web.post("/query", "{");
    await web.ask("/data/stations?limit=x");
    await web.ask("/nowhere");
    expect(web.bugs).toEqual([]);
  });
});

test("a log whose state is in doubt stops the office: 503, nothing is entered, and whoever runs it hears of it", async () => {
  const of = await opened("halted");
  const web = webOf(of);
  const { size } = of.house.office.published;
  // Another process has taken the log over.
  await of.house.sql`update head set writer = writer + 1`;
  for (const id of ["late", "later"]) {
    const response = await handIn(of, web, id);
    expect(response.status).toBe(503);
    expect(await refusedIn(response)).toMatchObject({
      code: "halted",
      message: "The office has stopped: the state of its log is in doubt",
    });
    expect(response.headers.get("retry-after")).toBeNull();
  }
  expect(web.halts).toHaveLength(2);
  for (const halt of web.halts) expect(halt).toBeInstanceOf(LogHalted);
  expect(web.bugs).toEqual([]);
  expect(of.house.office.published.size).toBe(size);
  expect((await web.ask("/log/register/checkpoint")).status).toBe(200);
});

describe("what cannot be done now is said so, with when to come again", () => {
  async function isUnavailable(asked: Promise<Response>, why: RegExp) {
    const response = await asked;
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toMatch(/^[1-9][0-9]?$/);
    const refused = await refusedIn(response);
    expect(refused.code).toBe("unavailable");
    expect(refused.message).toMatch(why);
  }

  test("while the clock is behind what it was, and while the newest checkpoint is not known", async () => {
    const of = await opened("clock");
    const web = webOf(of);
    const ask = () => web.ask("/data/stations?limit=1");
    expect((await ask()).status).toBe(200);
    of.clock.now -= 1;
    await isUnavailable(
      ask(),
      /^Cannot answer: the clock fell from \d+ to \d+$/,
    );
    of.clock.now += 1;
    expect((await ask()).status).toBe(200);
    of.clock.now += 61_000;
    await isUnavailable(ask(), /could not be verified for 60 seconds/);
    await of.house.tick();
    expect((await ask()).status).toBe(200);
    expect(web.bugs).toEqual([]);
    await of.passHour();
    expect(await of.faults()).toEqual([]);
  });

  test("when an act has closed the gate", async () => {
    const of = await opened("closed");
    const web = webOf(of);
    await of.granted({
      kind: "gatewayClosed",
      gateway: "gate",
      reason: "closed",
    });
    await isUnavailable(
      web.post("/query", JSON.stringify({ plan: stations() })),
      /gateway gate was closed by an act/,
    );
  });

  test("while the database is away nobody is let in by a token, and open data is served on", async () => {
    const road = await Road.open((await schemaFor("portal_away")).url);
    const of = (office = await SmallOffice.granted(road.url));
    const web = webOf(of);
    const headers = await asking(of, "huaxing");
    expect((await web.ask("/data/stations")).status).toBe(200);
    road.block();
    await isUnavailable(
      web.post("/query", plan, headers),
      /tokens cannot be looked up while the database is away$/,
    );
    expect((await web.ask("/data/stations")).status).toBe(200);
    expect(web.bugs).toEqual([]);
    road.clear();
    await expect
      .poll(async () => (await web.post("/query", plan, headers)).status, {
        timeout: 10_000,
      })
      .toBe(200);
    await of.close();
    office = undefined;
    await road.close();
  });
});

test("an act that is entered and not public yet: whoever sent it learns its number, and not to send it again", async () => {
  const of = await opened("late");
  const web = webOf(of);
  const since = performance.now.bind(performance);
  let ahead = 0;
  const clock = vi
    .spyOn(performance, "now")
    .mockImplementation(() => since() + ahead);
  const { size } = of.house.office.published;
  const paper = toBase64url(Buffer.alloc(32, 7));
  const policy = { paper, kind: "witness-policy", size: 1 };
  const asked = web.post(
    "/acts",
    encode(of.submission({ kind: "witnessPolicyAdopted", policy })),
  );
  await expect.poll(() => of.house.office.register.size).toBe(size + 1);
  ahead = 61_000;
  const response = await asked;
  clock.mockRestore();
  expect(response.status).toBe(504);
  expect(response.headers.get("retry-after")).toBeNull();
  expect(await refusedIn(response)).toMatchObject({
    code: "notPublicYet",
    message: `The act was entered as entry ${size} and is not public yet; do not send it again`,
  });
  expect(web.bugs).toEqual([]);
});
