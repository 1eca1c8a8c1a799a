import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ran, runInProcess } from "../../test/in-process.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { TokenCache } from "../gateway/asking/token-cache.ts";
import { writeOfficeConfig } from "./running.ts";
import { addToken } from "./token.ts";

let office: SmallOffice;
let permit = "";
beforeAll(async () => {
  const { url } = await schemaFor("cli_token");
  vi.stubEnv("DATABASE_URL", url);
  const start = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  office = await SmallOffice.granted(url, { start });
  const origin = "data.small.example/register";
  await writeOfficeConfig(office.folder, { origin, demonstration: false });
  const { permits } = office.house.office.register;
  permit =
    [...permits.values()].find(({ act }) => act.organisation === "huaxing")?.act
      .permit ?? "";
});
afterAll(() => office.close());

const run = (organisation: string, ...options: string[]): Promise<Ran> =>
  runInProcess(addToken, "token", office.folder, organisation, ...options);
const askerOf = (ran: Ran) =>
  new TokenCache(office.house.sql, Date.now).askerOf(
    /^token {5}(\S+)\n$/.exec(ran.out)?.[1] ?? "",
  );
/** As it stands in the list: the first 8 characters of its digest. */
const idOf = (ran: Ran): string =>
  createHash("sha256")
    .update(ran.out.slice(10).trim())
    .digest("base64url")
    .slice(0, 8);

test("a token for one permit and one system is made, shown in the list by its id, rotated and revoked", async () => {
  const bound = ["--permit", permit, "--system", "orders", "--days", "90"];
  const made = await run("huaxing", ...bound);
  expect(made.code).toBe(0);
  const asker = { organisation: "huaxing", permit, system: "orders" };
  expect(await askerOf(made)).toEqual({ ...asker, tokenId: idOf(made) });
  const next = await run("huaxing", "--rotate", idOf(made), "--overlap", "0");
  expect(await askerOf(next)).toEqual({ ...asker, tokenId: idOf(next) });
  expect(await askerOf(made)).toBeUndefined();
  const gone = await run("huaxing", "--revoke", idOf(next));
  expect(gone.out).toBe(`revoked   token ${idOf(next)} of huaxing\n`);
  expect(await askerOf(next)).toBeUndefined();
  const { out } = await run("huaxing", "--list");
  const time = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}";
  const rest = `permit ${permit}, system orders`;
  expect(out).toMatch(
    new RegExp(
      `^${idOf(made)}  made ${time}, ended ${time}, ${rest}\n${idOf(next)}  made ${time}, revoked, ${rest}\n$`,
    ),
  );
  for (const { out: secret } of [made, next])
    expect(out).not.toContain(secret.slice(10).trim());
  const all = await run("huaxing", "--revoke");
  expect(all.out).toBe("revoked   1 tokens of huaxing\n");
});

test.each([
  [["--permit", "no-such"], "no act granted a permit of that id"],
  [["--days", "0"], "want a whole number from 1 to 3650"],
  [["--days", "1e3"], "want a whole number from 1 to 3650"],
  [["--overlap", "3"], "want --rotate beside it"],
  [["--rotate", "AAAAAAAA"], "has none of that id in force, see --list"],
  [["--revoke", "AAAAAAAA"], "has none of that id that is not revoked"],
  [["--revoke", "--list"], "want one of them"],
  [["--rotate", "AAAAAAAA", "--system", "x"], "keeps those it was made with"],
  [["--list", "--days", "3"], "it makes no token"],
  [["--system", "Orders!"], "want an id of a-z, 0-9, dots and hyphens"],
])("no token is made with %j", async (options, says) => {
  const ran = await run("huaxing", ...options);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toContain(says);
});

test("no token is made for another organisation's permit, for nobody, or where no office is", async () => {
  const { register } = office.house.office;
  const other =
    [...register.organisations.keys()].find((id) => id !== "huaxing") ?? "";
  const foreign = await run(other, "--permit", permit);
  expect(foreign.err).toBe(
    `Cannot make a token of ${other} for permit ${permit}: it is of huaxing\n`,
  );
  expect((await run("nobody-known")).err).toContain("no act registered");
  const nowhere = await runInProcess(addToken, "token", "nowhere", "huaxing");
  expect(nowhere).toMatchObject({ code: 2, out: "" });
});
