import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { FormatError } from "../../log/format-error.ts";
import {
  type AddCheckpoint,
  CONFLICT_CONTENT_TYPE,
  formatConflict,
  parseAddCheckpoint,
} from "../../log/witness.ts";
import { readPrograms } from "../programs.ts";
import { MemoryLost, type WitnessMemory } from "./memory.ts";
import { pageOf, says } from "./page.ts";

const BODY_BYTES_MAX = 16 * 1024;
const REQUEST_MS_MAX = 10_000;
const CONNECTIONS_MAX = 512;
const PLAIN = "default-src 'none'; style-src 'unsafe-inline'";
const HTML = "text/html; charset=utf-8";
const TEXT = "text/plain; charset=utf-8";

const FAILED: Answer = { status: 500, text: "the witness failed\n" };

type Answer = {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
  readonly allow?: string;
  /** The Content-Security-Policy of a page that states one itself. */
  readonly policy?: string;
};

/** The witness over HTTP, ready to listen; `lost` resolves when it could not keep what it cosigned and must end. */
export function serveWitness(memory: WitnessMemory): {
  readonly server: Server;
  readonly lost: Promise<MemoryLost>;
} {
  let lose: (error: MemoryLost) => void = () => undefined;
  const lost = new Promise<MemoryLost>((resolve) => (lose = resolve));
  let isLost = false;
  const handle = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    try {
      const answer = isLost ? FAILED : await answerTo(memory, request);
      send(request, response, answer);
    } catch (error) {
      if (error instanceof MemoryLost) {
        isLost = true;
        lose(error);
      } else console.error(error);
      send(request, response, FAILED);
    }
  };
  const server = createServer(
    { requestTimeout: REQUEST_MS_MAX, headersTimeout: REQUEST_MS_MAX },
    (request, response) => void handle(request, response),
  );
  server.maxConnections = CONNECTIONS_MAX;
  return { server, lost };
}

async function answerTo(
  memory: WitnessMemory,
  request: IncomingMessage,
): Promise<Answer> {
  const [path = "/"] = (request.url ?? "/").split("?");
  if (path === "/add-checkpoint")
    return request.method === "POST"
      ? addCheckpoint(memory, request)
      : notAllowed("POST");
  const shown = await shownAt(memory, path);
  if (shown === undefined) return { status: 404, text: "not found\n" };
  return request.method === "GET" || request.method === "HEAD"
    ? shown
    : notAllowed("GET, HEAD");
}

async function shownAt(
  memory: WitnessMemory,
  path: string,
): Promise<Answer | undefined> {
  if (path === "/" || path === "/index.json") {
    const said = await says(memory);
    return path === "/"
      ? { status: 200, text: pageOf(said), type: HTML }
      : {
          status: 200,
          text: `${JSON.stringify(said)}\n`,
          type: "application/json; charset=utf-8",
        };
  }
  if (path === "/check") {
    const { checkPage } = await readPrograms();
    if (checkPage === undefined) return undefined;
    const { html, policy } = checkPage;
    return { status: 200, text: html, type: HTML, policy };
  }
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
  const note = hash === undefined ? undefined : await memory.note(hash);
  return note === undefined ? undefined : { status: 200, text: note };
}

/** C2SP tlog-witness "add-checkpoint". */
async function addCheckpoint(
  memory: WitnessMemory,
  request: IncomingMessage,
): Promise<Answer> {
  let read: AddCheckpoint;
  try {
    read = parseAddCheckpoint(await bodyOf(request));
  } catch (error) {
    if (error instanceof FormatError)
      return { status: 400, text: `${error.message}\n` };
    throw error;
  }
  const judged = await memory.add(read);
  switch (judged.status) {
    case 200:
      return { status: 200, text: judged.cosignature };
    case 409:
      return {
        status: 409,
        text: formatConflict(judged.size),
        type: CONFLICT_CONTENT_TYPE,
      };
    default:
      return { status: judged.status, text: `${judged.reason}\n` };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!(part instanceof Buffer)) continue;
    size += part.length;
    if (size > BODY_BYTES_MAX)
      throw new FormatError(
        "add-checkpoint",
        `it is over ${BODY_BYTES_MAX} bytes`,
      );
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function notAllowed(allow: string): Answer {
  return { status: 405, text: `want ${allow}\n`, allow };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, text, type = TEXT, allow, policy = PLAIN }: Answer,
): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(text),
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
    ...(allow === undefined ? {} : { Allow: allow }),
  });
  response.end(request.method === "HEAD" ? undefined : text);
}
