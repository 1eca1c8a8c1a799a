import { expect, test } from "vitest";
import {
  organisation,
  system,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import { officeFor } from "../../test/simulation/small-office-story.ts";
import { type Web, webOf } from "../../test/web-office.ts";

test("keys over time stand on a page and in its twin, and no person is named", async () => {
  const office: SmallOffice = await officeFor("keys_page");
  const web: Web = webOf(office);
  const { register } = office.house.office;
  office.clock.now += 1_000;
  const since = office.clock.now;
  const { index } = await office.granted(system("in-doubt"));
  const registrar = [...register.keys].find(([, { person }]) => person === 2);
  const key = registrar?.[0] ?? "";
  await office.granted({
    kind: "keyRevoked",
    key,
    reason: "breach",
    doubtfulSince: since,
  });
  expect(await office.enter(organisation("late"))).toMatchObject({
    code: "unknownKey",
  });
  const twin: unknown = await (await web.ask("/keys.json")).json();
  expect(twin).toMatchObject({
    origin: register.origin,
    logKeys: [{ entry: 0, signs: true }],
    persons: [
      { person: 1, posts: ["head"] },
      { person: 2, posts: ["registrar"], key, doubtful: [index] },
      { person: 3 },
      { person: 4 },
      { person: 5 },
    ],
    machines: [
      { records: ["vintage"] },
      { gateway: "gate", records: ["head", "totals"] },
    ],
    policies: [],
  });
  const response = await web.ask("/keys");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/html");
  const html = await response.text();
  expect(html).toContain(`entries ${index}`);
  expect(html).toContain(key);
  expect(html).toContain("nobody outside watches this log");
  expect(html).not.toContain("<script");
  expect(await (await web.ask("/")).text()).toContain('href="/keys"');
  expect(await office.faults()).toEqual([]);
});
