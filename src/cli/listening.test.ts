import { request } from "node:http";
import { expect, test } from "vitest";
import { listen } from "./listening.ts";

test("a connection is kept longer than clients keep theirs, and says for how long", async () => {
  const { server, address } = await listen(() => new Response("here"), 0);
  const kept = await new Promise((resolve, reject) => {
    const asked = request(address, { headers: { Connection: "keep-alive" } });
    asked.once("response", (response) => {
      response.resume();
      resolve(response.headers["keep-alive"]);
    });
    asked.once("error", reject);
    asked.end();
  });
  expect(kept).toBe("timeout=75");
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
