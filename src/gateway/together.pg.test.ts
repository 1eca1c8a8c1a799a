import { randomBytes } from "node:crypto";
import { onTestFinished, expect, test } from "vitest";
import type { ActOf } from "../acts/act.ts";
import {
  HOUR,
  isNamed,
  MINUTE,
  permit,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import { officeFor } from "../../test/simulation/small-office-story.ts";
import { openDatabase } from "../store/database.ts";
import { generateKey, signingKey } from "../store/crypto.ts";
import type { Plan } from "../uses/plan.ts";
import { Gateway } from "./gateway.ts";

const closing: ActOf<"gatewayClosed"> = {
  ...{ kind: "gatewayClosed", gateway: "gate-2", reason: "replaced" },
};
const few = (calls: number) => ({
  more: [
    permit({ permit: "sanhe-few", organisation: "sanhe", quota: { calls } }),
  ],
});

/** Another gateway of the office, with a key, logs and a register of its own, that its office does not know of. */
async function another(office: SmallOffice): Promise<Gateway> {
  const { folder, clock } = office;
  const { keys, engine } = office.house;
  // It reaches the office over the web: whichever process that is by now.
  const now = () => office.house.office;
  const sql = await openDatabase(office.databaseUrl);
  const pair = generateKey();
  const key = signingKey(pair);
  await office.granted({
    ...{ kind: "gatewayOpened", gateway: "gate-2", title: "Second" },
    publicKey: pair.publicKey,
  });
  const gateway = await Gateway.open({
    ...{ folder, sql, origin: now().origin, name: "gate-2" },
    ...{ key, sealKey: keys.seal, engine },
    feed: {
      checkpoint: () => Promise.resolve(now().published.note),
      entries: (from, to) => now().entries(from, to),
    },
    surroundings: { now: () => clock.now, random: randomBytes },
    enter: (record) => now().record(record, key),
  });
  onTestFinished(async () => {
    await gateway.close();
    await sql.end({ timeout: 2 });
  });
  return gateway;
}

/** What asking comes to: the text of the answer, or the facts of the refusal. */
async function asks(
  office: SmallOffice,
  gateway: Gateway | undefined,
  plan: Plan,
  organisation: string,
): Promise<string> {
  const answer = await gateway?.ask({ plan }, organisation);
  if (answer?.outcome !== "answered")
    return (answer?.findings ?? [])
      .flatMap(({ rule, facts }) => [rule, ...facts.flat()])
      .join(" ");
  office.receipts.push(answer.receipt);
  return "answered";
}

/** All that is due is done, at both. */
async function pass(
  office: SmallOffice,
  gateway: Gateway,
  ms: number,
): Promise<void> {
  await office.pass(ms);
  await gateway.follow();
  await gateway.tick();
  await office.house.tick();
}

/** What a stranger finds when everything is public, and receipts that were not kept. */
async function leftOver(
  office: SmallOffice,
  gateway: Gateway,
): Promise<readonly string[]> {
  for (const ms of [HOUR - (office.clock.now % HOUR), MINUTE])
    await pass(office, gateway, ms);
  const { receipts } = await office.check();
  const missing = receipts.given - receipts.kept;
  return [
    ...(await office.faults()),
    ...(missing > 0 ? [`${missing} missing`] : []),
  ];
}

test("limits of answers bind the askers of both gateways together, with what one of them counted while it stood alone", async () => {
  const office = await officeFor("together");
  const ask = (gateway: Gateway | undefined, person: number, who = "huaxing") =>
    asks(office, gateway, isNamed(`N${person}`, `Name ${person}`), who);
  const first = () => office.house.gateway;
  expect(await ask(first(), 7)).toBe("answered");
  const second = await another(office);
  await expect(ask(second, 7)).rejects.toThrow("has all quotas and limits");
  await office.house.tick();
  expect(await ask(second, 7)).toBe("answered");
  expect(await ask(first(), 7, "other")).toBe("answered");
  const full = "V-LIMIT per subject";
  expect(await ask(second, 7, "other")).toBe(full);
  expect(await ask(first(), 7)).toBe(full);
  const more = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      ask(i % 2 === 0 ? first() : second, 10 + i),
    ),
  );
  expect(more.filter((one) => one === "answered")).toHaveLength(4);
  expect(more.filter((one) => one === "V-LIMIT per asker")).toHaveLength(4);
  await office.restart({ orderly: false });
  expect(await ask(first(), 30)).toBe("V-LIMIT per asker");
  expect(await ask(first(), 30, "other")).toBe("answered");
  const rows = await office.house.sql<
    { name: Buffer }[]
  >`select name from answer_count`;
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.some(({ name }) => name.toString().includes("huaxing"))).toBe(
    false,
  );
  expect(await leftOver(office, second)).toEqual([]);
});

test("a quota is one for both gateways, at once as one after the other, over a kill, and after one was closed", async () => {
  const office = await officeFor("together", few(30));
  const ask = (gateway: Gateway | undefined) =>
    asks(office, gateway, vehicles(), "sanhe").catch(() => "later");
  const first = () => office.house.gateway;
  for (let call = 0; call < 5; call++)
    expect(await ask(first())).toBe("answered");
  const second = await another(office);
  await office.house.tick();
  const some = await Promise.all(
    Array.from({ length: 12 }, (_, i) => ask(i % 2 === 0 ? first() : second)),
  );
  expect(some).toEqual(Array(12).fill("answered"));
  await office.restart({ orderly: false });
  // An act does not close a gateway that runs elsewhere before it has closed its logs.
  await expect(office.enter(closing)).rejects.toThrow(
    "Cannot enter an act that closes gateway gate-2: it runs elsewhere and has not closed its logs",
  );
  for (const record of await second.leave())
    await second.desk.options.enter(record);
  await expect(asks(office, second, vehicles(), "sanhe")).rejects.toThrow(
    "being closed",
  );
  await office.granted(closing);
  await office.house.tick();
  let answered = 17;
  for (let tries = 0; tries < 40 && answered < 30; tries++)
    if ((await ask(first())) === "answered") answered += 1;
  expect(answered).toBe(30);
  expect(await ask(first())).toBe("V-QUOTA permit sanhe-few calls 30");
  expect(await leftOver(office, second)).toEqual([]);
});
