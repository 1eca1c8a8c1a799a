import type { Server } from "node:http";

const LOOK_MS = 50;

/**
 * Takes no connection any more and waits until every request that is on its way has its answer, for that long at most; then what
 * is left is cut. Resolves with how many connections were cut.
 */
export async function closeServer(server: Server, waitMs = 0): Promise<number> {
  // Whoever holds a connection open is told with the answer that it ends.
  server.prependListener("request", (_, response) =>
    response.setHeader("Connection", "close"),
  );
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">(
    (resolve) => (timer = setTimeout(() => resolve("late"), waitMs)),
  );
  try {
    server.closeIdleConnections();
    if ((await Promise.race([closed, late])) !== "late") return 0;
    const left = await connectionsOf(server);
    server.closeAllConnections();
    await closed;
    return left;
  } finally {
    clearInterval(looking);
    clearTimeout(timer);
  }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.getConnections((_, count) => resolve(count ?? 0)),
  );
}
