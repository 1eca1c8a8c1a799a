import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener, RequestError } from "@hono/node-server";
import { errorBody } from "../portal/errors.ts";
import { cannotListen } from "./ports.ts";

const HOSTNAME = "127.0.0.1";
/**
 * How long a connection is kept on which nothing is asked: longer than proxies and clients keep theirs, so that none sends a request
 * into one that is just being closed. Node's own five seconds are shorter than most.
 */
const KEPT_MS = 75_000;

/** Listens on this machine alone, where no other host is named. What no route ever sees, because it is no request, is refused in the one error shape too. */
export async function listen(
  fetch: Parameters<typeof getRequestListener>[0],
  port: number,
  host = HOSTNAME,
): Promise<{ server: Server; address: string }> {
  // Without a Host it would be refused by Node, in no shape.
  const server = createServer({
    requireHostHeader: false,
    keepAliveTimeout: KEPT_MS,
  });
  const answer = getRequestListener(fetch, {
    hostname: HOSTNAME,
    errorHandler: notRead,
  });
  server.on("request", (incoming, outgoing) => {
    if (isRequest(incoming)) return void answer(incoming, outgoing);
    outgoing.writeHead(400, { ...HEAD, Connection: "close" });
    outgoing.end(JSON.stringify(NOT_READ));
  });
  refuseUnread(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: Error) =>
      reject(cannotListen(port, "--port", error)),
    );
    server.listen(port, host, resolve);
  });
  const at = server.address();
  const taken = typeof at === "object" && at !== null ? at.port : port;
  return { server, address: `http://${reachedAt(host)}:${taken}` };
}

/** Where this machine itself reaches what listens on that host; on all of them it is on its own. */
function reachedAt(host: string): string {
  if (host === "0.0.0.0" || host === "::") return HOSTNAME;
  return host.includes(":") ? `[${host}]` : host;
}

/** A request whose host or target nobody can read. Errors of the routes never come here: the app has a handler of its own. */
function notRead(error: unknown): Response {
  const isTheirs = error instanceof RequestError;
  const body = isTheirs
    ? NOT_READ
    : errorBody("internal", "Something went wrong inside the office");
  return Response.json(body, { status: isTheirs ? 400 : 500, headers: HEAD });
}

/** Of a version with a head, and to one host: two could mean two different ones to two programs. */
function isRequest({ httpVersionMajor, rawHeaders }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter(
    (name, i) => i % 2 === 0 && name.toLowerCase() === "host",
  );
  return httpVersionMajor === 1 && hosts.length === 1;
}

const NOT_READ = errorBody(
  "malformed",
  "Cannot read the request: want HTTP/1.1, one Host and a path",
);
const HEAD = {
  "Content-Type": "application/json",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** What the parser of HTTP throws away: said once and in the one shape, and the connection ends. */
function refuseUnread(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) =>
    answering.set(socket, response),
  );
  server.on("clientError", (error: Error, socket: Duplex) => {
    const response = answering.get(socket);
    const isAnswered =
      response !== undefined && response.headersSent && !response.writableEnded;
    // Nothing may be said into the middle of an answer.
    if (!socket.writable || isAnswered) return void socket.destroy();
    socket.end(refusalOf("code" in error ? error.code : undefined));
  });
}

function refusalOf(code: unknown): string {
  const [status, body] =
    code === "HPE_HEADER_OVERFLOW"
      ? ([
          "431 Request Header Fields Too Large",
          errorBody(
            "tooLarge",
            "Cannot read the request: its head is too long",
          ),
        ] as const)
      : code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ([
            "408 Request Timeout",
            errorBody("tooSlow", "Cannot read the request: it came too slowly"),
          ] as const)
        : (["400 Bad Request", NOT_READ] as const);
  const text = JSON.stringify(body);
  const head = Object.entries({
    ...HEAD,
    "Content-Length": Buffer.byteLength(text),
    Connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status}`, ...head, "", text].join("\r\n");
}
