import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { listOf, signedIn } from "../../test/citizen.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  MINUTE,
  organisation,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  refuses,
  type Web,
  webOf,
} from "../../test/web-office.ts";

/** The protocol as it was published; it lies beside this repository where it is at hand. */
const PUBLISHED = `${process.env["VITRINE_VECTORS"] ?? new URL("../../../shared/vectors", import.meta.url).pathname}/data-tracker/openapi.yaml`;
const SKIPPED = existsSync(PUBLISHED)
  ? ""
  : " (skipped: no third-party vectors at ../shared/vectors, or VITRINE_VECTORS)";

let office: SmallOffice;
let web: Web;
let portal: Record<string, string>;
beforeAll(async () => {
  const { url } = await schemaFor("portal_tracker");
  const more = [organisation("state-portal", "publicBody")];
  office = await SmallOffice.granted(url, { more });
  web = webOf(office, { statePortal: "state-portal" });
  portal = { ...(await asking(office, "state-portal")) };
  for (let i = 0; i < 3; i++) {
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    await office.pass(MINUTE);
  }
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const find = (parameters: string, headers: Record<string, string> = {}) =>
  web.ask(`/v2/findUsage?${parameters}`, {
    headers: { ...portal, "X-Road-UserId": "N7", ...headers },
  });

describe("the Data Tracker's protocol, as it stands", () => {
  test("the state's portal shows a person who used their data, newest first, in pages of one total", async () => {
    const response = await find("userCode=N7");
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    const usage = {
      action: "Trade: Vehicles",
      receiverCode: "huaxing",
      receiverName: "Organisation huaxing",
      receiverSystem: "not stated",
    };
    const at = (minutes: number) =>
      new Date(office.clock.now - minutes * MINUTE).toISOString();
    expect(body).toEqual({
      totalUsages: 3,
      usages: [1, 2, 3].map((i) => ({ logtime: at(i), ...usage })),
    });
    const page: unknown = await (
      await find(
        `userCode=N7&offset=1&limit=1&periodEnd=${encodeURIComponent(at(1))}`,
      )
    ).json();
    expect(page).toEqual({
      totalUsages: 3,
      usages: [{ logtime: at(2), ...usage }],
    });
    const period: unknown = await (
      await find(`userCode=N7&periodStart=${at(2)}&periodEnd=${at(2)}`)
    ).json();
    expect(period).toMatchObject({ totalUsages: 1 });
  });

  test("every look through the portal is a use, in the portal's name or in that of whoever stands in", async () => {
    await office.pass(MINUTE);
    await find("userCode=N9", { "X-Road-UserId": "N9" });
    await office.pass(MINUTE);
    await find("userCode=N9", { "X-Road-UserId": "N1" });
    await office.pass(MINUTE);
    const list = await listOf(office, web, await signedIn(office, "N9"));
    expect(list.uses).toMatchObject([
      { kind: "look", by: "representative" },
      { kind: "look", by: "portal", organisation: { id: "state-portal" } },
    ]);
    const seen: unknown = await (
      await find("userCode=N9", { "X-Road-UserId": "N9" })
    ).json();
    expect(seen).toMatchObject({
      totalUsages: 3,
      usages: [
        { action: "A look at this list", receiverCode: "subject" },
        { receiverCode: "representative" },
        {
          receiverCode: "state-portal",
          receiverName: "Organisation state-portal",
        },
      ],
    });
  });

  test("the period and the heartbeat", async () => {
    const ask = (path: string) => web.ask(path, { headers: portal });
    const gate = office.house.gateway?.register.gateways.get("gate");
    expect(await (await ask("/v2/usagePeriod")).json()).toEqual({
      periodStart: new Date(gate?.from ?? 0).toISOString(),
    });
    expect(await (await ask("/v2/heartbeat")).json()).toEqual({ status: "OK" });
    const closed = webOf(office, {
      statePortal: "state-portal",
      gateway: () => undefined,
    });
    const failing = await closed.ask("/v2/heartbeat", { headers: portal });
    expect(await failing.json()).toMatchObject({ status: "FAIL" });
  });

  test.each([
    ["", "Cannot read userCode"],
    ["userCode=", "Cannot read userCode"],
    ["userCode=N7&userCode=N8", "it stands twice"],
    ["userCode=N7&offset=-1", "Cannot read offset"],
    ["userCode=N7&limit=many", "Cannot read limit"],
    ["userCode=N7&limit=2147483648", "Cannot read limit"],
    ["userCode=N7&periodStart=2021-01-31", "Cannot read time"],
    ["userCode=N7&periodEnd=2021-02-31T25:00:00Z", "Cannot read time"],
  ])("bad input is a 400: %s", async (parameters, message) => {
    await refuses(find(parameters), [400, message]);
  });

  test("a request without X-Road-UserId is a 400, and nobody but the portal may ask", async () => {
    const plain = web.ask("/v2/findUsage?userCode=N7", { headers: portal });
    await refuses(plain, [400, "Cannot read header X-Road-UserId"]);
    const unnamed = webOf(office);
    for (const path of ["findUsage?userCode=N7", "usagePeriod", "heartbeat"]) {
      const ask = (from: Web, headers: Record<string, string>) =>
        from.ask(`/v2/${path}`, {
          headers: { "X-Road-UserId": "N7", ...headers },
        });
      await refuses(ask(web, {}), [401, "the token of the state's portal"]);
      const huaxing = { ...(await asking(office, "huaxing")) };
      const citizen = { ...(await signedIn(office, "N7")) };
      expect((await ask(web, citizen)).status).toBe(401);
      for (const refused of [
        await ask(web, huaxing),
        await ask(unnamed, portal),
      ]) {
        expect(refused.status).toBe(403);
        expect(await refusedIn(refused)).toMatchObject({ code: "refused" });
      }
    }
  });

  test.skipIf(SKIPPED !== "")(
    `answers are what the published openapi.yaml says${SKIPPED}`,
    async () => {
      const schemas = schemasOf(readFileSync(PUBLISHED, "utf8"));
      expect([...schemas.keys()].toSorted()).toEqual([
        "FindUsageResponse",
        "HeartbeatResponse",
        "Usage",
        "UsagePeriodResponse",
      ]);
      const bodyOf = async (path: string): Promise<object> => {
        const response = await web.ask(path, {
          headers: { ...portal, "X-Road-UserId": "N7" },
        });
        expect(response.status).toBe(200);
        const body: unknown = await response.json();
        if (typeof body === "object" && body !== null) return body;
        throw new Error(`Cannot read ${path}: want an object`);
      };
      const found = await bodyOf("/v2/findUsage?userCode=N7");
      fits(schemas, "FindUsageResponse", found);
      const { usages } = z
        .object({ usages: z.array(z.looseObject({})) })
        .parse(found);
      expect(usages.length).toBeGreaterThan(2);
      for (const usage of usages) fits(schemas, "Usage", usage);
      fits(schemas, "UsagePeriodResponse", await bodyOf("/v2/usagePeriod"));
      fits(schemas, "HeartbeatResponse", await bodyOf("/v2/heartbeat"));
    },
  );
});

type Schema = {
  readonly required: readonly string[];
  readonly properties: ReadonlyMap<
    string,
    { readonly type: string; readonly format: string | undefined }
  >;
};

/** What the file says under components/schemas: enough of YAML for its own shape, which indents by two. */
function schemasOf(yaml: string): ReadonlyMap<string, Schema> {
  const [, text = ""] = yaml.replaceAll("\r\n", "\n").split("\n  schemas:\n");
  const schemas = new Map<string, Schema>();
  for (const [, name = "", body = ""] of text.matchAll(
    /^ {4}(\w+):\n((?: {5,}.*\n?)*)/gm,
  )) {
    const properties = [
      ...body.matchAll(/^ {8}(\w+):\n((?: {9,}.*\n?)*)/gm),
    ].map(([, property = "", about = ""]) => {
      const type = /^ {10}type: (\w+)$/m.exec(about)?.[1] ?? "";
      const format = /^ {10}format: (\S+)$/m.exec(about)?.[1];
      return [property, { type, format }] as const;
    });
    const [, required = ""] =
      /^ {6}required:\n((?: {6}- \w+\n)*)/m.exec(body) ?? [];
    schemas.set(name, {
      required: [...required.matchAll(/- (\w+)/g)].map(([, one = ""]) => one),
      properties: new Map(properties),
    });
  }
  return schemas;
}

function fits(
  schemas: ReadonlyMap<string, Schema>,
  name: string,
  value: object,
): void {
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`Cannot find schema ${name}`);
  expect(Object.keys(value)).toEqual(
    expect.arrayContaining([...schema.required]),
  );
  for (const [member, of] of Object.entries(value)) {
    const want = schema.properties.get(member);
    expect(want, `${name} has no ${member}`).toBeDefined();
    if (want?.type === "integer") expect(of).toSatisfy(Number.isInteger);
    if (want?.type === "array") expect(of).toSatisfy(Array.isArray);
    if (want?.type === "string") expect(typeof of).toBe("string");
    if (want?.format === "date-time")
      expect(of).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  }
}
