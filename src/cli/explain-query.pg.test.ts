import { serve } from "@hono/node-server";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  asking,
  endsInOrder,
  isUnchanged,
  stateOf,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { addAnswer } from "./answer.ts";
import { addQuery } from "./query.ts";

let office: SmallOffice;
let web: Web;
let server: ReturnType<typeof serve>;
let url: string;
let token: string;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("cli_explain")).url);
  web = webOf(office);
  url = await new Promise((resolve) => {
    server = serve(
      { fetch: web.app.fetch, port: 0, hostname: "127.0.0.1" },
      ({ port }) => resolve(`http://127.0.0.1:${port}`),
    );
  });
  token = (await asking(office, "huaxing")).Authorization.slice(7);
});
afterAll(async () => {
  server.close();
  await endsInOrder(office, web);
  await office.close();
});

/** What the command prints, and how it ends. */
async function run(...words: readonly string[]) {
  const program = new Command().exitOverride();
  addQuery(program);
  addAnswer(program);
  const lines: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: unknown) => void lines.push(String(line)));
  const before = process.exitCode;
  try {
    await program.parseAsync([...words, "--url", url], { from: "user" });
    return { lines, code: process.exitCode };
  } finally {
    process.exitCode = before;
    log.mockRestore();
  }
}

test("a query and an answer are explained and not asked", async () => {
  const before = stateOf(office);
  const query = await run(
    ...["query", "vehicles", "--limit", "15", "--token", token, "--explain"],
  );
  expect(query.code).toBe(0);
  expect(query.lines[0]).toBe(
    "Admitted: Organisation huaxing may have records of plate, make, year in dataset vehicles, under permit huaxing-vehicles.",
  );
  expect(query.lines.join("\n")).toMatch(/at most 1\.60 CNY for this answer/);
  const answer = await run(
    ...["answer", "people", "--number", "N1", "--name", "Name 1"],
    ...["--token", token, "--explain"],
  );
  expect(answer.code).toBe(0);
  expect(answer.lines[0]).toMatch(/under permit huaxing-answer\.$/);
  isUnchanged(office, before);
});

test("a refusal names the nearest, the rule and its article, and ends as a refusal does", async () => {
  const sums = await run(
    ...["query", "people", "--measure", "count", "--token", token, "--explain"],
  );
  expect(sums.code).toBe(1);
  expect(sums.lines[0]).toMatch(/^Refused: Organisation huaxing asks for/);
  expect(sums.lines.join("\n")).toMatch(
    /the nearest that would allow it:\n {2}No permit would allow it: free aggregates over personal data need a total privacy budget, which does not exist yet \(I12, Vitrine invariant 12\)/,
  );
  expect(sums.lines.join("\n")).toMatch(/ {2}I1 +nothing is served/);
  expect(sums.lines.at(-1)).toMatch(/apply to/);
});

test("what is open and not offered as a product is explained too", async () => {
  const none = await run(
    ...["query", "stations", "--token", token, "--explain"],
  );
  expect(none.code).toBe(1);
  expect(none.lines).toContain(
    "  All fields of dataset stations are open: ask without naming a product.",
  );
  const open = await run("query", "stations", "--explain");
  expect(open.code).toBe(0);
  expect(open.lines[0]).toMatch(/^Open: everybody may have records of station/);
});
