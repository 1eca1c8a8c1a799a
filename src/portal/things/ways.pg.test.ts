import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../../test/postgres.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { officeOfThings } from "../../../test/story-things.ts";
import {
  endsInOrder,
  readerOf,
  type Web,
  webOf,
} from "../../../test/web-office.ts";

/** Where the page of a thing, or a list, leads: to its feeds, and to the proofs of what it rests on. */

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await officeOfThings((await schemaFor("portal_thing_ways")).url);
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const { html } = readerOf(() => web);

test("whoever reads of a thing can follow it: its page leads there, and feed readers find its feed", async () => {
  const things = [
    ["dataset", "/datasets/vehicles"],
    ["product", "/products/vehicles.records"],
    ["body", "/bodies/office"],
    ["system", "/systems/registers"],
    ["organisation", "/organisations/sanhe"],
    ["authorisation", "/authorisations/sanhe-vehicles"],
    ["permit", "/permits/huaxing-vehicles"],
    ["fee", "/fees/vehicles-fee"],
    ["post", "/posts/head"],
    ["rule", "/law/CN-PRC-01"],
  ] as const;
  for (const [kind, path] of things) {
    const page = await html(path);
    const follow = `/follow?thing=${kind}:${path.split("/").at(-1) ?? ""}`;
    expect(page, path).toContain(`<a href="${follow}"`);
    expect(await html(follow), path).toContain("By e-mail");
    const [, feed = ""] =
      /<link rel="alternate" type="application\/atom\+xml"[^>]* href="([^"]*)"/.exec(
        page,
      ) ?? [];
    const answer = await web.ask(feed);
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/atom/);
    expect(await answer.text(), path).toContain("<feed");
  }
});

test.each([
  "/law/CN-PRC-01",
  "/law",
  "/purposes",
  "/fees",
  "/promises",
  "/registrations",
  "/overrides",
  "/contributions",
])("%s says what it rests on, and its twin as well", async (path) => {
  expect(await html(path)).toContain("What this page rests on");
  const twin = z
    .looseObject({
      proof: z.looseObject({
        entries: z.array(z.looseObject({ proof: z.string() })),
      }),
    })
    .parse(await (await web.ask(`${path}.json`)).json());
  const page = await html(path);
  for (const { proof } of twin.proof.entries) {
    expect(page).toContain(`<a href="${proof}"`);
    expect((await web.ask(proof)).status, proof).toBe(200);
  }
});

test("another day of the law is asked for by a form", async () => {
  for (const path of ["/law", "/law/CN-PRC-01", "/purposes"]) {
    expect(await html(path)).toMatch(
      new RegExp(
        `<form[^>]* method="get" action="${path}"[^>]*>.*<input type="date" name="at"`,
        "s",
      ),
    );
    expect(await html(`${path}?at=2026-05-03`)).toContain('value="2026-05-03"');
    // Sent with nothing in it, it is today's.
    await html(`${path}?at=`);
    expect((await web.ask(`${path}?at=2026-02-30`)).status).toBe(400);
  }
});

test("every row of a table leads to the page of what it names", async () => {
  for (const [path, ...links] of [
    [
      "/",
      "/systems/roads",
      "/permits/huaxing-vehicles",
      "/organisations/huaxing",
    ],
    ["/", "/products/vehicles.records", "/fees/vehicles-fee"],
    ["/fees", "/fees/costly", "/products/vehicles.records", "/law/CN-PRC-02"],
  ] as const)
    for (const link of links) {
      expect(await html(path), path).toContain(`<a href="${link}">`);
      await html(link);
    }
});
