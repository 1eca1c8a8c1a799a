import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bentBytes, bentValues } from "../../test/bent.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  datasets,
  granting,
  isNamed,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { officeCase } from "../../test/vector-office.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { type Act, act as actSchema } from "../acts/act.ts";
import { fromBase64url, sameBytes } from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import { parseEntry } from "../acts/entry.ts";

let office: SmallOffice;
let empty: SmallOffice;
let web: Web;
let unfounded: Web;
let huaxing: { readonly Authorization: string };
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_random")).url);
  empty = await SmallOffice.open((await schemaFor("portal_nothing")).url);
  web = webOf(office);
  unfounded = webOf(empty);
  huaxing = await asking(office, "huaxing");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
  await empty.close();
});

/** A success, or the one error shape and a reason that lies with whoever asked. */
async function isAnswered(asked: Promise<Response>, of = web): Promise<number> {
  const response = await asked;
  expect(of.bugs).toEqual([]);
  expect(of.halts).toEqual([]);
  const { status } = response;
  // 204 is the browser's question whether another page may read the logs.
  if ([200, 201, 204].includes(status)) await response.arrayBuffer();
  else await refusedIn(response);
  expect(status < 300 || (status >= 400 && status < 500)).toBe(true);
  return status;
}

const words =
  "data stations vehicles people query log register gate minute 2026q4 checkpoint tile entries 0 000 000.p 1 27 paper products vehicles.records datasets acts explain health index.json contributions keys journal postgres office.json . .. %2e%2e %2f %5c %00 %0a %ff x001 -";
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words.split(" ")) },
  fc.webSegment(),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.stringMatching(/^[0-9a-f]{64}$/),
);
const path = fc
  .array(segment, { maxLength: 7 })
  .map((segments) => `/${segments.join("/")}`);
const search = fc.oneof(
  fc.webQueryParameters(),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(
          ..."station town height plate year number fields limit order after measure by product purpose".split(
            " ",
          ),
        ),
        fc.constantFrom("", ".eq", ".gte", ".in", ".missing", ".ne", ".x"),
        fc.oneof(
          fc.constantFrom(
            ..."S1 7 -7 0 1e3 true count sum:height town,station -height vehicles.records trade eyJ9".split(
              " ",
            ),
          ),
          fc.webSegment(),
        ),
      ),
      { maxLength: 6 },
    )
    .map((all) => all.map(([name, op, of]) => `${name}${op}=${of}`).join("&")),
);
const header = fc.oneof(
  fc.constantFrom("application/json", "text/plain", "Bearer x", "*/*", ""),
  fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
);
const method = fc.constantFrom(
  ..."GET GET GET GET HEAD POST PUT DELETE PATCH OPTIONS".split(" "),
);

test("whatever is asked for, by whatever method, under whatever headers", async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(method, path, search, header, fc.boolean()),
      fc.dictionary(
        fc.constantFrom("Authorization", "Content-Type", "Content-Length"),
        header,
      ),
      async ([of, where, query, type, isKnown], others) => {
        const headers = {
          ...others,
          "X-Anything": type,
          ...(isKnown ? huaxing : {}),
        };
        const body = of === "GET" || of === "HEAD" ? null : query;
        const init = { method: of, headers, body };
        if (of === "HEAD") await (await web.ask(where, init)).arrayBuffer();
        else seen.add(await isAnswered(web.ask(`${where}?${query}`, init)));
      },
    ),
    { numRuns: 3000 },
  );
  expect(seen).toContain(200);
  expect(seen).toContain(404);
});

const requests = [
  { plan: vehicles({ where: [{ field: "year", op: "gte", value: 2000 }] }) },
  { plan: vehicles({ order: [{ field: "plate", direction: "desc" }] }) },
  {
    plan: stations({ where: [{ field: "town", op: "in", value: ["Town 1"] }] }),
  },
  { plan: isNamed("N1", "Name 1"), product: "people.answer", purpose: "trade" },
  {
    case: "case-1",
    plan: {
      form: "aggregate",
      dataset: "stations",
      measures: [{ measure: "sum", field: "height" }, { measure: "count" }],
      by: ["town"],
      where: [{ field: "height", op: "missing", value: false }],
      limit: 10,
    },
  },
];

test("whatever plan is sent, as JSON or as something near it", async () => {
  const seen = new Set<number>();
  const good = requests.map((one) => Buffer.from(JSON.stringify(one)));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        {
          weight: 4,
          arbitrary: bentValues(requests).map((one) => JSON.stringify(one)),
        },
        bentBytes(good),
      ),
      async (body) =>
        void seen.add(await isAnswered(web.post("/query", body, huaxing))),
    ),
    { numRuns: 800 },
  );
  expect([...seen].toSorted((a, b) => a - b)).toEqual([200, 400, 403]);
});

/** Acts of every kind: those of an office that was written down, and those of this one. */
const acts: readonly Act[] = [
  ...officeCase("valid", "every-kind-of-act").register.entries.flatMap(
    (raw) => {
      const entry = parseEntry(fromBase64url(raw));
      return entry.type === "act" ? [entry.statement.act] : [];
    },
  ),
  ...datasets,
  ...granting("A".repeat(43), "A".repeat(43)),
];

test("whatever statement is to be explained, in an office that runs and in one that is not founded", async () => {
  const { statement } = office.submission(datasets[0] ?? office.founding());
  const statements = acts.map((act) => ({ ...statement, act }));
  const size = office.house.office.register.size;
  let explained = 0;
  await fc.assert(
    fc.asyncProperty(bentValues(statements), async (one) => {
      const body = JSON.stringify(one);
      for (const of of [web, unfounded]) {
        const status = await isAnswered(of.post("/explain", body), of);
        if (status === 200) explained++;
      }
    }),
    { numRuns: 1500 },
  );
  expect(explained).toBeGreaterThan(100);
  expect(office.house.office.register.size).toBe(size);
});

/** After these nobody could sign any more, or nothing would be public until somebody outside has cosigned it. */
const ending = new Set<string>([
  "witnessPolicyAdopted",
  "gatewayClosed",
  "keyRevoked",
  "tenureEnded",
]);

test("whatever act is handed in with good signatures is entered or turned away, and the audit finds nothing", async () => {
  const seen = new Set<number>();
  const signed = bentValues(acts).filter((act) => {
    const read = actSchema.safeParse(act);
    return read.success && !ending.has(read.data.kind) && hasByteForm(act);
  });
  await fc.assert(
    fc.asyncProperty(signed, async (one) => {
      const body = encode(office.submission(actSchema.parse(one)));
      seen.add(await isAnswered(web.post("/acts", body)));
      await office.house.followed();
    }),
    { numRuns: 150 },
  );
  expect(seen).toContain(200);
  expect(seen).toContain(201);
});

/** Half a character and minus nothing fit a schema and cannot be signed. */
function hasByteForm(act: unknown): boolean {
  try {
    return encode(act) !== "";
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

test("whatever bytes are handed in as an act", async () => {
  const good = acts
    .filter(({ kind }) => kind === "system" || kind === "organisation")
    .map((act) => Buffer.from(encode(office.submission(act))));
  await fc.assert(
    fc.asyncProperty(bentBytes(good), async (body) => {
      if (good.some((one) => sameBytes(one, body))) return;
      const status = await isAnswered(web.post("/acts", body));
      expect([400, 422]).toContain(status);
    }),
    { numRuns: 400 },
  );
});
