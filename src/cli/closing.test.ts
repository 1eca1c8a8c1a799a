import { createServer, request, Agent, type Server } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { closeServer } from "./closing.ts";

/** A server that answers when it is told to; gives where it listens, and how many ask. */
async function slowServer() {
  const waiting: (() => void)[] = [];
  const server = createServer((_, response) => {
    waiting.push(() => response.end("answered"));
  });
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  const at = server.address();
  const port = typeof at === "object" && at !== null ? at.port : 0;
  onTestFinished(() => server.closeAllConnections());
  return { server, port, waiting };
}

function ask(port: number, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const asking = request({ port, agent }, (response) => {
      let text = String(response.headers.connection);
      response.on("data", (part) => (text += ` ${String(part)}`));
      response.on("end", () => resolve(text));
    });
    asking.on("error", (error) =>
      resolve("code" in error ? String(error.code) : error.message),
    );
    asking.end();
  });
}

const isListening = (server: Server): boolean => server.listening;

test("what is on its way is answered, nobody is let in any more, and a kept connection keeps nobody waiting", async () => {
  const { server, port, waiting } = await slowServer();
  const agent = new Agent({ keepAlive: true });
  const kept = ask(port, agent);
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.();
  expect(await kept).toBe("keep-alive answered");
  const asked = ask(port, agent);
  await expect.poll(() => waiting.length).toBe(2);
  const closed = closeServer(server, 60_000);
  expect(isListening(server)).toBe(false);
  expect(await ask(port, new Agent())).toBe("ECONNREFUSED");
  waiting[1]?.();
  expect(await asked).toMatch(/answered$/);
  expect(await closed).toBe(0);
});

test("what is not answered in time is cut, and counted", async () => {
  const { server, port, waiting } = await slowServer();
  const asked = ask(port, new Agent());
  await expect.poll(() => waiting.length).toBe(1);
  expect(await closeServer(server, 50)).toBe(1);
  expect(await asked).toBe("ECONNRESET");
});
