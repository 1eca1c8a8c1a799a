import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listOf, signedIn } from "../../test/citizen.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice, START } from "../../test/simulation/small-office.ts";
import {
  DAY,
  HOUR,
  isNamed,
  MINUTE,
  people,
  permit,
  product,
  rulebook,
} from "../../test/simulation/small-office-acts.ts";
import { shown } from "../../test/simulation/small-office-story.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  refuses,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import type { Act } from "../acts/act.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { reportLines } from "../cli/verify/print.ts";
import { primitives } from "../store/crypto.ts";
import { commitmentOf } from "../uses/opening.ts";

const far = Date.UTC(2040, 0, 1);
const founding = {
  rulebook: {
    ...rulebook(START),
    purposes: [
      {
        purpose: "trade",
        title: "Trade",
        class: "industry" as const,
        ground: "CN-PI-02",
      },
      {
        purpose: "safety",
        title: "Safety",
        class: "publicGovernance" as const,
      },
    ],
    seals: [
      {
        seal: "inquiries",
        title: "Inquiries that their subjects must not hear of at once",
        purposes: ["safety"],
        days: 10,
      },
    ],
  },
};
const more: readonly Act[] = [
  permit({
    permit: "court-people",
    organisation: "court",
    product: "people.records",
    purpose: "safety",
    fields: ["number", "name"],
    where: ["town"],
  }),
  product({
    product: "people.file",
    content: [{ dataset: "people", fields: ["number", "town"] }],
    form: "file",
    rowsMax: 1000,
    rowsPerStep: 100,
  }),
  permit({
    permit: "huaxing-file",
    product: "people.file",
    fields: ["number", "town"],
    where: [],
    rowsMax: 1000,
    to: far,
  }),
];

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  const { url } = await schemaFor("portal_citizen");
  office = await SmallOffice.granted(url, { founding, more });
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const town0 = (change: Parameters<typeof people>[0] = {}) =>
  people({ where: [{ field: "town", op: "eq", value: "Town 0" }], ...change });

describe("who used my data", () => {
  test("a person sees each use of their data at once, and where it stands as soon as it is public", async () => {
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    await office.pass(MINUTE);
    await office.answered(town0(), "other");
    await office.answered(isNamed("N8", "Name 8"), "huaxing");
    await office.pass(MINUTE);
    const fresh = await listOf(office, web, await signedIn(office, "N7"));
    expect(fresh.for).toBe("subject");
    expect(fresh.uses).toMatchObject([
      {
        kind: "use",
        organisation: { id: "other", title: "Organisation other" },
        permit: "other-people",
        form: "records",
        fields: ["number", "name"],
        conditions: ["town"],
        persons: 10,
        opening: { kept: expect.stringContaining("names other persons") },
        isPublic: false,
      },
      {
        kind: "use",
        organisation: { id: "huaxing" },
        purpose: { id: "trade", title: "Trade", class: "industry" },
        permit: "huaxing-answer",
        ground: {
          rule: "CN-PI-02",
          cites: "Personal Information Protection Law Art 13, 23",
        },
        product: { id: "people.answer" },
        dataset: { id: "people", title: "Dataset people" },
        from: { id: "registers", title: "System registers" },
        form: "answer",
        fields: ["name"],
        conditions: ["number"],
        persons: 1,
        publicBy: office.clock.now - (office.clock.now % HOUR) + HOUR + 600_000,
      },
    ]);
    await office.passHour();
    const body = await listOf(office, web, await signedIn(office, "N7"));
    // The look of a moment ago is itself a use, and stands in the list.
    expect(body.uses.map(({ kind }) => kind)).toEqual(["look", "use", "use"]);
    expect(body.uses[0]).toMatchObject({ by: "subject" });
    expect(body.uses[2]).toMatchObject({ units: { calls: 1, steps: 1 } });
    const entries = await shown(office);
    for (const use of body.uses) {
      expect(use.isPublic).toBe(true);
      const entry = entries.find(({ leaf }) => leaf === use.leaf)?.entry;
      expect(entry?.kind).toBe(use.kind);
      if (!("nonce" in use.opening) || entry === undefined) continue;
      const opened = {
        nonce: fromBase64url(use.opening.nonce),
        content: fromBase64url(use.opening.content),
      };
      expect(entry).toMatchObject({
        private: commitmentOf(primitives, opened),
      });
      const proof = await web.ask(use.proof);
      expect(proof.status).toBe(200);
      expect(await proof.text()).toContain(`${use.log}\n`);
    }
  });

  test("streams, files and repeats are uses as well, each found by everybody whom they name", async () => {
    const huaxing = await asking(office, "huaxing");
    const kept = async (response: Response) => {
      expect(response.status).toBe(200);
      await response.arrayBuffer();
      return response.headers.get("vitrine-entry");
    };
    const query = (plan: object, headers: Record<string, string>) =>
      web.post("/query", JSON.stringify({ plan }), { ...huaxing, ...headers });
    const streamed = await kept(
      await query(town0({ limit: 100 }), { Accept: "application/x-ndjson" }),
    );
    const file = await kept(
      await web.ask("/files/people.parquet", { headers: huaxing }),
    );
    const key = { "Idempotency-Key": "once" };
    const first = await kept(await query(isNamed("N7", "Name 7"), key));
    const anew = await kept(await query(isNamed("N7", "Name 7"), key));
    await office.passHour();
    const { uses } = await listOf(office, web, await signedIn(office, "N7"));
    const leaves = uses.map(({ leaf }) => leaf);
    expect(leaves).toEqual(
      expect.arrayContaining([streamed, file, first, anew]),
    );
    const at = (leaf: string | null) => uses.find((one) => one.leaf === leaf);
    expect(at(streamed)).toMatchObject({ persons: 58, state: "open" });
    expect(at(file)).toMatchObject({ form: "file", persons: 400 });
    expect(at(anew)).toMatchObject({ answeredAnewOf: first });
    const other = await listOf(office, web, await signedIn(office, "N399"));
    expect(other.uses.map(({ leaf }) => leaf)).toContain(streamed);
    expect(other.uses.map(({ leaf }) => leaf)).not.toContain(anew);
  });

  test("pages, newest first, hold every line once, whatever the span", async () => {
    for (let i = 0; i < 7; i++) {
      await office.answered(town0({ limit: 50 }), "other");
      await office.pass(20 * MINUTE);
    }
    const whole = await listOf(office, web, await signedIn(office, "N14"));
    const times = whole.uses.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const leaves = whole.uses.map(({ leaf }) => leaf);
    for (const limit of [1, 2, 3, 100]) {
      const paged: string[] = [];
      let cursor: string | undefined = "";
      const [end = 0] = times;
      while (cursor !== undefined) {
        const by = cursor === "" ? "" : `&cursor=${cursor}`;
        const page = await listOf(
          office,
          web,
          await signedIn(office, "N14"),
          `?limit=${limit}&to=${new Date(end).toISOString()}${by}`,
        );
        expect(page.total).toBe(leaves.length);
        paged.push(...page.uses.map(({ leaf }) => leaf));
        ({ cursor } = page);
        // Sixty looks an hour are enough for anybody.
        await office.pass(HOUR);
      }
      expect(paged).toEqual(leaves);
    }
    const [, second = 0, third = 0] = times;
    const between = await listOf(
      office,
      web,
      await signedIn(office, "N14"),
      `?from=${new Date(third).toISOString()}&to=${new Date(second).toISOString()}`,
    );
    expect(between.uses.map(({ at }) => at)).toEqual([second, third]);
    expect(between.total).toBe(2);
  });

  test("what is under seal is left out until its days are over, and counted for the whole office alone", async () => {
    const before = await listOf(office, web, await signedIn(office, "N21"));
    await office.answered(town0({ fields: ["number", "name"] }), "court");
    const slot = office.clock.now - (office.clock.now % HOUR);
    // A number that rose at once would tell whoever watches it that they were asked about.
    const atOnce = await listOf(office, web, await signedIn(office, "N23"));
    expect(atOnce.complete.seals.inForce).toBe(0);
    await office.passHour();
    for (const person of ["N21", "N22"]) {
      const list = await listOf(office, web, await signedIn(office, person));
      expect(list.complete.says).toContain(
        "except 1 use under seal in the whole office and those of the running hour",
      );
      expect(list.complete.seals.inForce).toBe(1);
      const courts = list.uses.filter(
        (one) => one.kind === "use" && one.organisation.id === "court",
      );
      expect(courts).toEqual([]);
    }
    await office.passHour();
    const verified = reportLines(await office.check(), {
      genesisGiven: false,
      policyGiven: false,
    });
    expect(verified).toContain("in force     0 overrides, 1 seals");
    office.clock.now = slot + 10 * DAY - 1;
    await office.house.tick();
    const sealed = await listOf(office, web, await signedIn(office, "N21"));
    expect(sealed.complete.seals.inForce).toBe(1);
    await office.pass(1);
    const open = await listOf(office, web, await signedIn(office, "N21"));
    expect(open.complete.seals.inForce).toBe(0);
    expect(open.total).toBe(before.total + 4);
    expect(
      open.uses.find(
        (one) => one.kind === "use" && one.organisation.id === "court",
      ),
    ).toMatchObject({ ground: { says: "not stated in the rulebook" } });
    const after = reportLines(await office.check(), {
      genesisGiven: false,
      policyGiven: false,
    });
    expect(after).toContain("in force     0 overrides, 0 seals");
  });

  test("seals are counted alike after a restart, and when the quarter is over", async () => {
    await office.answered(town0({ fields: ["number", "name"] }), "court");
    await office.passHour();
    await office.restart();
    web = webOf(office);
    const seen = await listOf(office, web, await signedIn(office, "N1"));
    expect(seen.complete.seals.inForce).toBe(1);
    office.clock.now = Date.UTC(2027, 0, 1) - 3 * DAY;
    await office.house.tick();
    await office.answered(town0({ fields: ["number", "name"] }), "court");
    office.clock.now = Date.UTC(2027, 0, 2);
    await office.house.tick();
    await office.answered(town0({ fields: ["number", "name"] }), "court");
    await office.passHour();
    const later = await listOf(office, web, await signedIn(office, "N1"));
    expect(later.complete.seals.inForce).toBe(2);
    // The log of the quarter before is closed, and is not opened again: its files say how many.
    await office.house.followed();
    await office.restart();
    web = webOf(office);
    const again = await listOf(office, web, await signedIn(office, "N1"));
    expect(again.complete.seals.inForce).toBe(2);
    expect(again.complete.notCovered.logs).toEqual([]);
  });

  test("a representative sees the list, and the person sees that somebody did", async () => {
    const list = await listOf(
      office,
      web,
      await signedIn(office, "N300", "N28"),
    );
    expect(list.for).toBe("representative");
    const own = await listOf(office, web, await signedIn(office, "N28"));
    expect(own.uses[0]).toMatchObject({ kind: "look", by: "representative" });
    const theirs = await listOf(office, web, await signedIn(office, "N300"));
    expect(theirs.uses.filter(({ kind }) => kind === "look")).toEqual([]);
  });

  test("sixty looks an hour, and then patience", async () => {
    const n35 = await signedIn(office, "N35");
    for (let i = 0; i < 60; i++) await listOf(office, web, n35, "?limit=1");
    const refused = await web.ask("/my/uses", { headers: n35 });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("3600");
    expect(await refusedIn(refused)).toMatchObject({ code: "tooManyRequests" });
    await listOf(office, web, await signedIn(office, "N42"));
    await office.pass(HOUR);
    await listOf(office, web, await signedIn(office, "N35"));
  });
});

describe("what is refused", () => {
  test("nobody is shown anything without a session, with an organisation's token, or after the session is over", async () => {
    const huaxing = await asking(office, "huaxing");
    const message = /want Authorization: Bearer and the token of a citizen/;
    const n7 = await signedIn(office, "N7");
    await office.pass(15 * MINUTE);
    for (const headers of [undefined, huaxing, n7])
      await refuses(
        web.ask("/my/uses", headers === undefined ? {} : { headers }),
        [401, message],
      );
  });

  test.each([
    ["?limit=0", "Cannot read limit"],
    ["?limit=1001", "Cannot read limit"],
    ["?cursor=x", "Cannot read cursor"],
    ["?from=yesterday", "Cannot read time"],
    ["?to=2026-13-01T00:00:00Z", "Cannot read time"],
    ["?person=N8", "want each of from, to, limit, cursor at most once"],
    ["?limit=1&limit=2", "want each of from, to, limit, cursor at most once"],
  ])("%s", async (parameters, message) => {
    const headers = await signedIn(office, "N7");
    await refuses(web.ask(`/my/uses${parameters}`, { headers }), [
      400,
      message,
    ]);
  });

  test("no route gives the uses of a person to anybody else, however they are named", async () => {
    const marks = (await listOf(office, web, await signedIn(office, "N7"))).uses
      .filter(({ kind }) => kind === "use")
      .map(({ leaf }) => leaf);
    expect(marks.length).toBeGreaterThan(3);
    const strangers = [
      {},
      await asking(office, "huaxing"),
      await signedIn(office, "N8"),
      await signedIn(office, "N8", "N9"),
    ];
    const paths = [
      ...new Set(
        web.app.routes
          .filter(({ method }) => method === "GET")
          .map(({ path }) => path.replace(/\/:\w+(?:\{[^}]*\})?/g, "/N7")),
      ),
    ].filter((path) => !/^\/(?:log|proof)\/\*/.test(path));
    expect(paths).toContain("/my/uses");
    for (const path of paths)
      for (const headers of strangers)
        for (const naming of ["", "?userCode=N7", "?person=N7&subject=N7"]) {
          const response = await web.ask(
            `${path.replace("*", "N7")}${naming}`,
            {
              headers: { ...headers, "X-Road-UserId": "N7" },
            },
          );
          const text = await response.text();
          // A list of one's own may share uses with many; what named N7 alone is in no other.
          const alone = marks.filter((leaf) => text.includes(leaf));
          const own = path === "/my/uses" && response.status === 200;
          expect(own ? [] : alone, `${path}${naming}`).toEqual([]);
        }
  });
});
