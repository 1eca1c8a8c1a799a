import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { listening, type Listening } from "../../test/listening.ts";
import { schemaFor } from "../../test/postgres.ts";
import { python } from "../../test/python.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { endsInOrder, type Web, webOf } from "../../test/web-office.ts";

/** The catalogue as clients of CKAN read it. */

const run = promisify(execFile);
const ran = async (program: string, args: readonly string[]) =>
  (await run(program, args)).stdout;

let office: SmallOffice;
let web: Web;
let server: Listening;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_ckan")).url);
  web = webOf(office);
  server = await listening(web);
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, web);
  await office.close();
});

async function action(path: string): Promise<[number, unknown]> {
  const response = await web.ask(`/api/3/action/${path}`);
  return [response.status, await response.json()];
}

test("what is registered is listed, found and shown, and only open data have resources", async () => {
  expect(await action("package_list")).toMatchObject([
    200,
    { success: true, result: ["people", "stations", "vehicles"] },
  ]);
  expect(await action("package_list?limit=1&offset=1")).toMatchObject([
    200,
    { result: ["stations"] },
  ]);
  expect(await action("package_search?q=STATIONS")).toMatchObject([
    200,
    { result: { count: 1, results: [{ name: "stations", isopen: true }] } },
  ]);
  expect(await action("package_search?q=*:*&rows=1&start=2")).toMatchObject([
    200,
    { result: { count: 3, results: [{ name: "vehicles", resources: [] }] } },
  ]);
});

test("a resource leads to the gate, where it is a use", async () => {
  const [, shown] = await action("resource_show?id=stations.csv");
  const { url } = z
    .looseObject({ result: z.looseObject({ url: z.string() }) })
    .parse(shown).result;
  const { pathname, search } = new URL(url);
  const rows = await web.ask(`${pathname}${search}`);
  expect(rows.status).toBe(200);
  expect(
    rows.headers.get("vitrine-receipt") ?? rows.headers.get("vitrine-leaf"),
  ).not.toBeNull();
  expect(await rows.text()).toMatch(/^station,/);
});

test.each([
  ["package_show?id=none", 404, "Not Found Error"],
  ["package_show", 404, "Not Found Error"],
  ["resource_show?id=vehicles.csv", 404, "Not Found Error"],
  ["resource_show?id=__proto__.csv", 404, "Not Found Error"],
  ["datastore_search?resource_id=stations.csv", 404, "Not Found Error"],
  ["__proto__", 404, "Not Found Error"],
  ["package_search?rows=many", 409, "Validation Error"],
  // A search that was not narrowed must not look as if it was.
  ["package_search?fq=organization:office", 409, "Validation Error"],
])("%s is refused as CKAN refuses", async (path, status, type) => {
  expect(await action(path)).toMatchObject([
    status,
    { success: false, error: { __type: type, message: expect.any(String) } },
  ]);
});

const ASKED = `import sys
from ckanapi import RemoteCKAN, NotFound
office = RemoteCKAN(sys.argv[1], get_only=True)
print(office.action.package_list(), office.action.package_search(q="vehicles")["count"])
try:
    office.action.package_show(id="none")
except NotFound:
    print("missing")`;

test("ckanapi reads it by the line of the dataset's page, and knows what is missing", async ({
  skip,
}) => {
  if (python("import ckanapi") === undefined)
    skip("not tried: ckanapi, which is not there (pip install ckanapi)");
  const twin = await web.ask(`${server.address}/datasets/stations.json`);
  const { examples } = z
    .looseObject({
      examples: z.array(z.object({ name: z.string(), text: z.string() })),
    })
    .parse(await twin.json());
  const line = examples.find(({ name }) => name === "ckanapi")?.text ?? "";
  const [, ...args] = line.split(" ");
  expect(args).toContain(server.address);
  const cli = "import sys; from ckanapi.cli.main import main; sys.exit(main())";
  // The office answers in this process: a child that is waited for would wait for ever.
  const printed = await ran("python3", ["-c", cli, ...args]);
  expect(JSON.parse(printed)).toMatchObject({ id: "stations", isopen: true });
  expect((await ran("python3", ["-c", ASKED, server.address])).trim()).toBe(
    "['people', 'stations', 'vehicles'] 1\nmissing",
  );
});
