import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { filesOf, isTest, textOf } from "../../test/files.ts";
import { HttpSource } from "../engine/http-source.ts";
import { fields } from "../engine/vehicles-http.sample.ts";
import { askOver } from "../office/http-answer.ts";
import { parsePolicy } from "../log/policy.ts";
import { primitives } from "../store/crypto.ts";
import { officeCase } from "../../test/vector-office.ts";
import { must } from "../../test/story-founding.ts";
import { call } from "./client.ts";
import { OfficeFeed } from "./gateway/office-feed.ts";
import { askWitnesses } from "./verify/watch.ts";
import { openPlace } from "./verify/place.ts";
import { keyAt } from "./witness/key-at.ts";

/** Whoever is asked for something may answer that it is elsewhere: at an address that only the one who asks can reach. Nobody goes there. */

/** A server that sends everybody to another one, which would answer anything. */
let moved = "";
const asked: string[] = [];
let heard = 0;
const servers = [
  createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end("{}");
  }),
  createServer((request, response) => {
    heard++;
    // The method and the body would go along.
    response.writeHead(request.url?.includes("302") === true ? 302 : 307, {
      location: `${elsewhere}${request.url}`,
    });
    response.end();
  }),
];
let elsewhere = "";

beforeAll(async () => {
  [elsewhere = "", moved = ""] = await Promise.all(
    servers.map(
      (server) =>
        new Promise<string>((resolve) => {
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            const port = typeof address === "object" ? address?.port : "";
            resolve(`http://127.0.0.1:${port}`);
          });
        }),
    ),
  );
});
beforeEach(() => {
  heard = 0;
  asked.length = 0;
});
afterAll(() => {
  for (const server of servers) server.close();
});

/** Everything of ours that asks an address, by its file, and what it makes of an answer that leads elsewhere. */
const ASKING: Readonly<Record<string, () => Promise<unknown>>> = {
  "src/engine/http-source.ts": () =>
    expect(
      new HttpSource(
        { dataset: "vehicles", fields },
        {
          ...{ url: moved, format: "json", rows: "" },
          operations: [{ operation: "all", by: [], path: "/all" }],
        },
      ).run({
        ...{ form: "records", dataset: "vehicles", fields: ["plate"] },
        ...{ where: [], order: [], limit: 5 },
      }),
    ).rejects.toMatchObject({ failure: "broken" }),
  "src/office/http-answer.ts": async () => {
    expect(await askOver(`${moved}/note`, 5_000)).toMatchObject({
      status: 307,
    });
    expect(await askOver(`${moved}/302`, 5_000, "body")).toMatchObject({
      status: 302,
    });
  },
  "src/cli/gateway/office-feed.ts": async () => {
    const feed = new OfficeFeed(moved, () => 1);
    await feed.begin();
    feed.stop();
    await expect(feed.checkpoint()).rejects.toThrow("it answered 307");
  },
  "src/cli/verify/web-place.ts": async () => {
    const place = await openPlace(moved);
    await expect(place.read("log/register/checkpoint")).rejects.toThrow(
      "it answered 307",
    );
  },
  "src/cli/verify/watch.ts": async () => {
    const text = must(officeCase("valid", "cosigned").policy).replace(
      /^witness (w\d) .*$/gm,
      (line: string) => `${line} ${moved}/302`,
    );
    const policy = parsePolicy(primitives, text);
    const said = await askWitnesses(policy, must(policy.logs[0]).key.name);
    expect(said.map(({ note }) => note)).toEqual([
      "silent",
      "silent",
      "silent",
    ]);
  },
  "src/cli/client.ts": async () => {
    const token = "of-an-organisation";
    const answer = await call(moved, "/acts", {
      ...{ method: "POST", body: "{}", token },
    });
    expect(answer.status).toBe(307);
  },
  "src/cli/witness/key-at.ts": async () => {
    expect(await keyAt(moved)).toBe("");
  },
};
/** Asked of a real provider: src/portal/account/openid.pg.test.ts. */
const BESIDE = ["src/accounts/openid.ts"];

test.each(Object.entries(ASKING))("%s is led nowhere else", async (_, asks) => {
  await asks();
  expect(heard).toBeGreaterThan(0);
  expect(asked).toEqual([]);
});

test("nothing else of ours asks an address", () => {
  const found = filesOf(/^src\/.*\.tsx?$/).filter(
    (path) =>
      !isTest(path) &&
      // Its load is for an office of its own.
      !path.startsWith("src/cli/bench/") &&
      /\bawait fetch\(\s*[^)\s]|return fetch\(/.test(textOf(path)),
  );
  expect(found.toSorted()).toEqual(
    [...Object.keys(ASKING), ...BESIDE].toSorted(),
  );
});
