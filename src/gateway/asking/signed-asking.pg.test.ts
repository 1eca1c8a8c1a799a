import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { Road } from "../../../test/simulation/road.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { Malformed } from "../../acts/canonical.ts";
import { signRequest } from "../../cli/request-signing.ts";
import {
  generateKey,
  publicKeyText,
  type SigningKey,
  signingKey,
} from "../../store/crypto.ts";
import { openDatabase, type Sql } from "../../store/database.ts";
import { endRequestKey, pruneSignatures } from "../../store/request-keys.ts";
import { Unavailable } from "../unavailable.ts";
import { enrolKey, requestKeyId } from "./enrol-key.ts";
import type { HttpRequest } from "./http-request.ts";
import { SignedAsking } from "./signed-asking.ts";

const START = 1_793_606_400_000;
const ADDRESS = "https://data.example";
let sql: Sql;
let url: string;
beforeAll(async () => {
  ({ url } = await schemaFor("signed_asking"));
  sql = await openDatabase(url);
});
afterAll(() => sql.end());

const clock = { now: START, ticks: 0 };
function pass(ms: number): void {
  clock.now += ms;
  clock.ticks += ms;
}
const gateway = (of: Sql = sql): SignedAsking =>
  new SignedAsking({
    sql: of,
    now: () => clock.now,
    ticks: () => clock.ticks,
    address: ADDRESS,
  });
const newKey = (): SigningKey => signingKey(generateKey());

/** As it arrives behind a proxy: under another address than it was signed for. */
function arriving(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): HttpRequest {
  return {
    method: "POST",
    url: `http://127.0.0.1:8080${path}`,
    header: (name) => headers[name],
    body: Buffer.from(body),
  };
}

function signed(
  by: readonly SigningKey[],
  path = "/query",
  body = '{"plan":1}',
): HttpRequest {
  const headers = { authorization: "Bearer t" };
  const toSign = {
    ...{ method: "POST", url: `${ADDRESS}${path}`, headers },
    body: Buffer.from(body),
  };
  const all = by.map((key, i) => {
    const fields = signRequest(key, toSign, clock.now);
    const name = (text = ""): string => text.replace(/^request/, `s${i}`);
    return {
      ...fields,
      "signature-input": name(fields["signature-input"]),
      signature: name(fields["signature"]),
    };
  });
  return arriving(
    path,
    {
      ...headers,
      ...all[0],
      "signature-input": all.map((one) => one["signature-input"]).join(", "),
      signature: all.map((one) => one.signature).join(", "),
    },
    body,
  );
}

function enrolling(key: SigningKey, by: readonly SigningKey[] = [key]) {
  const body = JSON.stringify({ publicKey: publicKeyText(key) });
  return signed(by, "/request-keys", body);
}
const enrol = (
  organisation: string,
  request: HttpRequest,
  at: SignedAsking = gateway(),
) =>
  enrolKey(
    ...([sql, at, organisation, request] as const),
    JSON.parse(Buffer.from(request.body).toString("utf8")),
    clock.now,
  );

test("an organisation without a request key asks as before; from its first key on only signed requests are admitted, everywhere", async () => {
  const [one, other] = [gateway(), gateway()];
  const key = newKey();
  const plain = arriving("/query", { authorization: "Bearer t" }, "{}");
  for (const each of [one, other])
    expect(await each.check("huaxing", plain)).toEqual({ outcome: "admitted" });
  expect(await enrol("huaxing", enrolling(key))).toEqual({
    outcome: "enrolled",
    key: requestKeyId(key.publicKey),
  });
  pass(2_000);
  for (const each of [one, other]) {
    const refused = await each.check("huaxing", plain);
    expect(refused).toMatchObject({ outcome: "refused" });
    expect(await each.check("huaxing", signed([key]))).toMatchObject({
      outcome: "admitted",
      signature: { signatureInput: expect.stringMatching(/^s0=\("@method"/) },
    });
    expect(await each.check("huaxing", signed([newKey()]))).toMatchObject({
      outcome: "refused",
    });
  }
  expect(await one.check("sanhe", plain)).toEqual({ outcome: "admitted" });
});

test("a request that was sent before is refused, wherever it is sent again, and one of many at once is let in", async () => {
  const key = newKey();
  await enrol("replayed", enrolling(key));
  const gateways = [gateway(), gateway(), gateway()];
  const requests = Array.from({ length: 40 }, () => signed([key]));
  const results = await Promise.all(
    requests.map((request) =>
      Promise.all(
        [...gateways, ...gateways].map((one) => one.check("replayed", request)),
      ),
    ),
  );
  for (const all of results) {
    const admitted = all.filter(({ outcome }) => outcome === "admitted");
    expect(admitted).toHaveLength(1);
    expect(JSON.stringify(all)).toContain(
      "its signature was sent before, want a new one with a new nonce",
    );
  }
});

test("what was seen is forgotten only when its time alone keeps it out", async () => {
  const key = newKey();
  await enrol("pruned", enrolling(key));
  const one = gateway();
  pass(-59_000);
  const early = signed([key]);
  pass(59_000);
  const request = signed([key]);
  await one.check("pruned", early);
  await one.check("pruned", request);
  await pruneSignatures(sql, clock.now + 60_000);
  for (const again of [early, request])
    expect(await one.check("pruned", again)).toMatchObject({
      why: expect.stringContaining("sent before"),
    });
  pass(60_001);
  expect(await one.check("pruned", request)).toMatchObject({
    why: expect.stringContaining("want it within 60 seconds"),
  });
  pass(120_000);
  const left = async (): Promise<number> =>
    (await sql`select digest from seen_signature`).length;
  expect(await left()).toBeGreaterThan(1);
  await gateway().check("pruned", signed([key]));
  await expect.poll(left).toBe(1);
});

test("a further key wants the word of one in force; a token alone gives none", async () => {
  const [first, second, thief] = [newKey(), newKey(), newKey()];
  await enrol("jinghe", enrolling(first));
  const alone = await enrol("jinghe", enrolling(thief));
  expect(alone).toMatchObject({
    outcome: "refused",
    why: expect.stringContaining("one in force has signed as well"),
  });
  const both = enrolling(second, [second, first]);
  expect(await enrol("jinghe", both)).toMatchObject({ outcome: "enrolled" });
  expect(await enrol("jinghe", both)).toMatchObject({ outcome: "refused" });
  const again = await enrol("jinghe", enrolling(second));
  expect(again).toMatchObject({ outcome: "known" });
  const id = requestKeyId(first.publicKey);
  expect(await endRequestKey(sql, "jinghe", id, clock.now)).toBe(true);
  pass(2_000);
  const one = gateway();
  expect(await one.check("jinghe", signed([first]))).toMatchObject({
    outcome: "refused",
  });
  expect(await one.check("jinghe", signed([second]))).toMatchObject({
    outcome: "admitted",
  });
  const back = enrolling(first, [first, second]);
  expect(await enrol("jinghe", back)).toMatchObject({ outcome: "taken" });
  const elsewhere = await enrol("sanhe", enrolling(second));
  expect(elsewhere).toMatchObject({ outcome: "taken" });
});

test("when its last key has ended nothing of an organisation is admitted, signed or not, and a token gives it no new one", async () => {
  const key = newKey();
  await enrol("locked", enrolling(key));
  await endRequestKey(sql, "locked", requestKeyId(key.publicKey), clock.now);
  const one = gateway();
  const plain = arriving("/query", { authorization: "Bearer t" }, "{}");
  for (const request of [plain, signed([key])])
    expect(await one.check("locked", request)).toMatchObject({
      outcome: "refused",
    });
  expect(await enrol("locked", enrolling(newKey()))).toMatchObject({
    outcome: "refused",
  });
});

test("a key that is not signed for, and a body that is no key, are not enrolled", async () => {
  const key = newKey();
  const unproven = await enrol("unproven", enrolling(key, [newKey()]));
  expect(unproven).toMatchObject({ outcome: "refused" });
  const elsewhere = signed(
    [key],
    "/query",
    JSON.stringify({ publicKey: publicKeyText(key) }),
  );
  const moved = { ...elsewhere, url: `${ADDRESS}/request-keys` };
  expect(await enrol("unproven", moved)).toMatchObject({ outcome: "refused" });
  for (const body of [
    "[]",
    "{}",
    '{"publicKey":"x"}',
    `{"publicKey":"${toBase64url(new Uint8Array(31))}"}`,
  ])
    await expect(
      enrol("unproven", signed([key], "/request-keys", body)),
    ).rejects.toThrow(Malformed);
  expect(await gateway().keysOf("unproven")).toBeUndefined();
});

test("with the database away nobody can say whether a request was sent before, so it is not admitted", async () => {
  const key = newKey();
  await enrol("away", enrolling(key));
  const road = await Road.open(url);
  const far = await openDatabase(road.url);
  try {
    const one = gateway(far);
    expect(await one.check("away", signed([key]))).toMatchObject({
      outcome: "admitted",
    });
    road.block();
    await expect(one.check("away", signed([key]))).rejects.toThrow(Unavailable);
    pass(2_000);
    await expect(one.check("away", signed([key]))).rejects.toThrow(
      "request keys cannot be looked up while the database is away",
    );
  } finally {
    await far.end({ timeout: 1 });
    await road.close();
  }
});
