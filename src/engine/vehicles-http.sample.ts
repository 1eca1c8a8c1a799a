import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { TypedField } from "../uses/check-plan.ts";

export const fields: readonly TypedField[] = [
  { name: "plate", type: "text" },
  { name: "owner", type: "text" },
  { name: "seats", type: "integer" },
  { name: "weight", type: "decimal" },
  { name: "insured", type: "boolean" },
  { name: "registered", type: "date" },
];
export const served = { dataset: "vehicles", fields, subject: "owner" };

/** What a department's service might hold: more than is registered, in members of its own names. */
const cars = [
  {
    id: "A/1",
    holder: "p1",
    seats: 5,
    weight: 1200.5,
    insured: true,
    registered: "2020-01-31",
    pin: "1234",
  },
  {
    id: "A 2",
    holder: "p2",
    seats: 2,
    weight: null,
    insured: false,
    registered: "2021-02-01",
    pin: "2345",
  },
  {
    id: "澜3",
    holder: "p1",
    seats: 7,
    weight: "2100",
    insured: true,
    registered: null,
    pin: "3456",
  },
];

type Way = (request: IncomingMessage, response: ServerResponse) => void;
const json = (response: ServerResponse, body: unknown): void => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
};
const ways: Readonly<Record<string, Way>> = {
  car: (request, response) => {
    const id = decodeURIComponent((request.url ?? "").split("/").at(-1) ?? "");
    const car = cars.find((one) => one.id === id);
    if (car !== undefined) return json(response, { data: { cars: [car] } });
    response.statusCode = 404;
    response.end("no car of this name is known to Dr Secret");
  },
  // It looks for what begins alike, as many services do.
  "by-owner": (request, response) => {
    const owner = new URL(request.url ?? "", "http://of").searchParams.get(
      "holder",
    );
    json(response, {
      data: {
        cars: cars.filter((one) =>
          one.holder.startsWith(owner?.slice(0, 1) ?? ""),
        ),
      },
    });
  },
  all: (_, response) => json(response, { data: { cars } }),
  fails: (_, response) => {
    response.statusCode = 500;
    response.end("select * from secret failed");
  },
  moved: (_, response) => {
    response.statusCode = 302;
    response.setHeader("location", "/all");
    response.end();
  },
  "breaks-off": (_, response) => {
    response.write('{"data":{"cars":[{"id":"A/1",');
    setTimeout(() => response.destroy(), 50);
  },
  hangs: (_, response) => {
    response.write("{");
  },
  huge: (_, response) => {
    const more = (): void => {
      while (response.write(`"${"a".repeat(100_000)}",`));
      response.once("drain", more);
    };
    more();
  },
  "no-json": (_, response) => response.end("<html>Secret</html>"),
  "says-so": (_, response) =>
    json(response, { data: { cars: { error: "Secret is down" } } }),
  sparse: (_, response) =>
    json(response, {
      data: { cars: cars.map(({ seats: _seats, ...one }) => one) },
    }),
  elsewhere: (_, response) => json(response, { cars }),
  "wrong-type": (_, response) =>
    json(response, { data: { cars: [{ ...cars[0], seats: "five" }] } }),
  "too-exact": (_, response) =>
    response.end('{"data":{"cars":[{"id":"A","seats":9007199254740993}]}}'),
  nested: (_, response) =>
    json(response, {
      data: { cars: [{ ...cars[0], holder: { name: "p1" } }] },
    }),
  "not-utf-8": (_, response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
};

export type Heard = {
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
};

/** A real server that answers in the ways above, and what it was asked. */
export async function startService(): Promise<{
  readonly url: string;
  readonly heard: Heard[];
  readonly stop: () => void;
}> {
  const heard: Heard[] = [];
  const { url, stop } = await serve((request, response) => {
    const { url: path = "", headers } = request;
    heard.push({ url: path, headers });
    const way = ways[/^\/(?:v1\/)?([a-z0-9-]+)/.exec(path)?.[1] ?? ""];
    if (way === undefined) response.writeHead(404).end();
    else way(request, response);
  });
  return { url, heard, stop };
}

export async function serve(
  way: Way,
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer(way);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
