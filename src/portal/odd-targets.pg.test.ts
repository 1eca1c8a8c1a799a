import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listening, type Listening } from "../../test/listening.ts";
import { schemaFor } from "../../test/postgres.ts";
import { answerIn, RawSocket } from "../../test/raw-socket.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  isUnchanged,
  refusedIn,
  stateOf,
  type Web,
  webOf,
} from "../../test/web-office.ts";

/** Every byte of these requests is said as it stands: no client tidies anything up. */
let office: SmallOffice;
let web: Web;
let server: Listening;
let token: string;
let before: object;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("odd_targets")).url);
  web = webOf(office);
  server = await listening(web);
  token = (await asking(office, "huaxing")).Authorization;
  for (const plan of [stations(), vehicles(), isNamed("N1", "x")])
    await office.answered(plan, "huaxing");
  await web.ask("/files/stations.parquet");
  before = stateOf(office);
});
afterEach(() => isUnchanged(office, before));
afterAll(async () => {
  await server.close();
  await endsInOrder(office, web);
  await office.close();
});

async function says(text: string): Promise<ReturnType<typeof answerIn>> {
  const socket = await RawSocket.open(server.port);
  socket.say(text);
  return answerIn(await socket.all());
}

type Said = { readonly fields?: string; readonly body?: string };
function request(
  method: string,
  target: string,
  { fields = "", body = "" }: Said = {},
): string {
  const length = body === "" ? "" : `Content-Length: ${body.length}\r\n`;
  return `${method} ${target} HTTP/1.1\r\nHost: data.example\r\nAuthorization: ${token}\r\nConnection: close\r\n${length}${fields}\r\n${body}`;
}

/** The one error shape, about what whoever asked did, and no entry. */
async function isRefused(
  heard: ReturnType<typeof answerIn>,
  statuses: readonly number[] = [400, 404],
): Promise<void> {
  const { status, head, body } = heard;
  expect(statuses, `${head}\n${body}`).toContain(status);
  expect(head).not.toMatch(/vitrine-entry/i);
  const headers = head
    .split("\r\n")
    .slice(1)
    .map((line): [string, string] => {
      const [name = "", value = ""] = line.split(/: (.*)/s);
      return [name, value];
    });
  // Sent whole it has a length; in pieces, the JSON is between them.
  const text = /transfer-encoding/i.test(head)
    ? body.replaceAll(/(?:^|\r\n)[0-9a-f]+\r\n/g, "")
    : body;
  await refusedIn(new Response(Buffer.from(text, "latin1"), { headers }));
}

const JSON_TYPE = "Content-Type: application/json\r\n";
const body = JSON.stringify({ plan: stations() });
const query = { fields: JSON_TYPE, body };
const leaf = "A".repeat(43);
const addresses: [method: string, path: string, said?: Said][] = [
  ["GET", "/data/stations"],
  ["HEAD", "/data/stations"],
  ["GET", "/files/stations.parquet"],
  ["GET", "/products/vehicles.records"],
  ["GET", "/datasets/stations"],
  ["GET", "/datasets/stations/explain"],
  ["GET", "/datasets/stations/openapi.json"],
  ["GET", `/receipts/${leaf}`],
  ["GET", "/contributions/rail-data"],
  ["GET", "/contributions/rail-data.json"],
  ["POST", "/query", query],
  ["POST", "/query/explain", query],
];
const encoded = (byte: string): string =>
  `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
const spellings: readonly (readonly [string, (path: string) => string])[] = [
  ["its last sign encoded", (p) => p.slice(0, -1) + encoded(p.slice(-1))],
  ["its first sign encoded", (p) => `/${encoded(p.slice(1, 2))}${p.slice(2)}`],
  [
    "encoded twice",
    (p) => `${p.slice(0, -1)}%25${encoded(p.slice(-1)).slice(1)}`,
  ],
  ["its strokes encoded", (p) => `/${p.slice(1).replaceAll("/", "%2F")}%2f`],
  ["%00 behind it", (p) => `${p}%00`],
  ["%0d%0a behind it", (p) => `${p}%0d%0aX:%20y`],
  ["a combining accent behind it", (p) => `${p}%CC%81`],
  ["the same accent as bare bytes", (p) => `${p}\xcc\x81`],
  ["a full-width sign", (p) => `${p.slice(0, -1)}%EF%BD%93`],
  ["bytes that are no text", (p) => `${p}%ff%fe`],
  ["half an escape", (p) => `${p}%`],
  ["capitals", (p) => p.toUpperCase()],
  ["a stroke too many before it", (p) => `/${p}`],
  ["a stroke too many inside", (p) => p.replace(/\/(?=[^/]*$)/, "//")],
  ["a stroke behind it", (p) => `${p}/`],
  ["a dot before it", (p) => `/.${p}`],
  ["two dots inside", (p) => `/data/..${p}`],
  ["two encoded dots inside", (p) => `/data/%2e%2E${p}`],
  ["dots behind it", (p) => `${p}/.`],
  ["a backslash", (p) => p.replace(/\/(?=[^/]*$)/, "\\")],
  ["parameters in the path", (p) => `${p};v=1`],
  ["no stroke before it", (p) => p.slice(1)],
  ["a very long name", (p) => `${p}${"a".repeat(9_000)}`],
];

describe.each(addresses)("%s %s", (...[method, path, said]) => {
  test.each(spellings)(
    "in another spelling is refused: %s",
    async (_, spelt) => {
      const target = spelt(path);
      const heard = await says(request(method, target, said));
      if (method === "HEAD") {
        expect([400, 404]).toContain(heard.status);
        expect(heard.head).not.toMatch(/vitrine-entry/i);
      } else await isRefused(heard);
    },
  );
});

test.each<[string, string, number]>([
  ["a word for a target", "GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ["no version", "GET /data/stations\r\nHost: a\r\n\r\n", 400],
  ["another version", "GET /data/stations HTTP/9.9\r\nHost: a\r\n\r\n", 400],
  ["no host", "GET /data/stations HTTP/1.1\r\n\r\n", 400],
  [
    "two hosts",
    "GET /data/stations HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    400,
  ],
  [
    "a host that is none",
    "GET /data/stations HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n",
    400,
  ],
  [
    "a method that is none",
    "G@T /data/stations HTTP/1.1\r\nHost: a\r\n\r\n",
    400,
  ],
  ["noise", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400],
  [
    "another scheme",
    "GET ftp://data.example/data/stations HTTP/1.1\r\nHost: data.example\r\nConnection: close\r\n\r\n",
    400,
  ],
  [
    "a very long head",
    `GET /data/stations HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(100_000)}\r\n\r\n`,
    431,
  ],
  [
    "a very long target",
    `GET /data/${"s".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    431,
  ],
  [
    "a field that is folded",
    "GET /data/stations HTTP/1.1\r\nHost: a\r\n folded\r\nX: y\r\n z: \x01\r\n\r\n",
    400,
  ],
])(
  "what is hardly a request is refused in the one shape: %s",
  async (_, text, status) => {
    await isRefused(await says(text), [status]);
  },
);

test("a target with its host is the same target, and another host's is no way around", async () => {
  const heard = await says(
    request("GET", "http://data.example/products/vehicles.records"),
  );
  expect(heard.status).toBe(200);
  for (const target of [
    "http://data.example/products/./vehicles.records",
    "http://data.example//products/vehicles.records",
    "http://data.example/products/%76ehicles.records",
    "http://u@data.example\\@x/products/vehicles.records",
  ])
    await isRefused(await says(request("GET", target)));
});

const chunked = `${JSON_TYPE}Transfer-Encoding: chunked\r\n`;
test.each<[string, string, number]>([
  [
    "two lengths",
    request("POST", "/query", {
      fields: `${JSON_TYPE}Content-Length: 5\r\n`,
      body,
    }),
    400,
  ],
  [
    "a length and pieces",
    request("POST", "/query", { fields: chunked, body }),
    400,
  ],
  [
    "a length that is none",
    request("POST", "/query", { fields: `${JSON_TYPE}Content-Length: -1\r\n` }),
    400,
  ],
  [
    "pieces of no size",
    `${request("POST", "/query", { fields: chunked })}zz\r\n`,
    400,
  ],
  [
    "a piece that is longer than it says",
    `${request("POST", "/query", { fields: chunked })}1\r\n{}{}\r\n0\r\n\r\n`,
    400,
  ],
  [
    "pieces without end, of too much",
    `${request("POST", "/query", { fields: chunked })}${"8000\r\n".concat("x".repeat(0x8000), "\r\n").repeat(9)}`,
    413,
  ],
  [
    "a length that is too much",
    request("POST", "/query", {
      fields: `${JSON_TYPE}Content-Length: 9999999\r\n`,
    }),
    413,
  ],
  [
    "a number for a transfer encoding",
    request("POST", "/query", {
      fields: `${JSON_TYPE}Transfer-Encoding: 7\r\n`,
      body: "",
    }),
    400,
  ],
])("a body with %s is refused", async (_, text, status) => {
  await isRefused(await says(text), [status]);
});

test("bodies that come too slowly are given up, whatever they were for", async () => {
  const slow = [
    "/query",
    "/query/explain",
    "/explain",
    "/acts",
    "/request-keys",
  ];
  const heard = await Promise.all(
    slow.flatMap((path) => [
      says(
        `${request("POST", path, { fields: `${JSON_TYPE}Content-Length: 900\r\n` })}{"plan"`,
      ),
      says(`${request("POST", path, { fields: chunked })}7\r\n{"plan"\r\n`),
    ]),
  );
  expect(heard).toHaveLength(10);
  for (const one of heard) await isRefused(one, [408]);
}, 40_000);
