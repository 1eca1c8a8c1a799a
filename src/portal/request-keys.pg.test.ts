import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { parseDictionary } from "structured-headers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { answerIn, RawSocket } from "../../test/raw-socket.ts";
import { signRequest } from "../cli/request-signing.ts";
import { enrolKey, requestKeyId } from "../gateway/asking/enrol-key.ts";
import { SignedAsking } from "../gateway/asking/signed-asking.ts";
import {
  generateKey,
  publicKeyText,
  type SigningKey,
  signingKey,
} from "../store/crypto.ts";
import { openDatabase, type Sql } from "../store/database.ts";
import { Unauthorised } from "./errors.ts";
import { handleError } from "./handle-error.ts";
import { httpRequestOf, notSigned, requestKeyRoutes } from "./request-keys.ts";

let sql: Sql;
let server: ReturnType<typeof serve>;
let port = 0;
const bugs: unknown[] = [];
beforeAll(async () => {
  sql = await openDatabase((await schemaFor("request_key_routes")).url);
  const asking = new SignedAsking({ sql, now: Date.now });
  const app = new Hono();
  app.onError((error, c) =>
    handleError(
      error,
      c,
      () => undefined,
      (bug) => bugs.push(bug),
    ),
  );
  requestKeyRoutes(app, {
    askerOf: (c) => {
      const header = c.req.header("authorization");
      const asker = { organisation: "huaxing", tokenId: "1" };
      if (header === "Bearer t") return Promise.resolve(asker);
      if (header === "Bearer permit")
        return Promise.resolve({ ...asker, permit: "huaxing-vehicles" });
      if (header === "Bearer system")
        return Promise.resolve({ ...asker, system: "orders" });
      throw new Unauthorised("Cannot read the Authorization header");
    },
    enrol: (organisation, request, value) =>
      enrolKey(sql, asking, organisation, request, value, Date.now()),
  });
  app.get("*", async (c) => {
    const request = httpRequestOf(c, new Uint8Array());
    const checked = await asking.check("huaxing", request);
    return checked.outcome === "admitted"
      ? c.text("admitted")
      : notSigned(c, checked);
  });
  await new Promise<void>((resolve) => {
    server = serve(
      { fetch: app.fetch, port: 0, hostname: "127.0.0.1" },
      (at) => {
        port = at.port;
        resolve();
      },
    );
  });
});
afterAll(async () => {
  server.close();
  await sql.end();
});

function enrol(
  key: SigningKey,
  change: { body?: string; token?: string; by?: SigningKey } = {},
): Promise<Response> {
  const { by = key, token = "t" } = change;
  const text = change.body ?? JSON.stringify({ publicKey: publicKeyText(key) });
  const url = `http://127.0.0.1:${port}/request-keys`;
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
  };
  const body = Buffer.from(text);
  const fields = signRequest(by, { method: "POST", url, headers, body });
  return fetch(url, {
    method: "POST",
    body,
    headers: { ...headers, ...fields },
  });
}

const mine = signingKey(generateKey());

test("an organisation enrols its key over the web and learns its id; nobody else's word counts", async () => {
  expect((await enrol(mine, { token: "x" })).status).toBe(401);
  expect((await enrol(mine, { body: '{"publicKey":1}' })).status).toBe(400);
  // Who holds a token for one permit alone cannot shut out the whole organisation.
  for (const token of ["permit", "system"])
    expect((await enrol(mine, { token })).status).toBe(403);
  const other = signingKey(generateKey());
  const unproven = await enrol(mine, { by: other });
  expect(unproven.status).toBe(401);
  expect(await unproven.json()).toMatchObject({
    error: {
      code: "unauthorised",
      message: expect.stringContaining("RFC 9421"),
    },
  });
  // What is wanted is told in the form that clients can read.
  const wanted = unproven.headers.get("accept-signature") ?? "";
  expect([...parseDictionary(wanted).keys()]).toEqual(["request"]);
  const enrolled = await enrol(mine);
  expect(enrolled.status).toBe(201);
  expect(await enrolled.json()).toEqual({ key: requestKeyId(mine.publicKey) });
  expect((await enrol(mine)).status).toBe(200);
  expect((await enrol(other)).status).toBe(401);
});

test("a target is signed as it was sent, in whatever spelling", async () => {
  const host = `127.0.0.1:${port}`;
  for (const path of [
    "/data/stations?name.eq=%41&x=a+b",
    "/a/../b",
    "/a/./b",
    "//a",
    "/a%2fb?",
    "/?a=/../b",
  ]) {
    const url = `http://${host}${path}`;
    const fields = signRequest(mine, { method: "GET", url, headers: {} });
    const socket = await RawSocket.open(port);
    const lines = Object.entries(fields).map(([a, b]) => `${a}: ${b}\r\n`);
    socket.say(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${lines.join("")}\r\n`,
    );
    const { status, body } = answerIn(await socket.all());
    expect([path, status, body]).toEqual([path, 200, "admitted"]);
  }
});

test("none of this was an error of our own", () => {
  expect(bugs).toEqual([]);
});
