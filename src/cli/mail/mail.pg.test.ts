import { afterAll, beforeAll, expect, test } from "vitest";
import { MailServer } from "../../../test/mail-server.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { product } from "../../../test/simulation/small-office-acts.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { Mails } from "../../accounts/mails.ts";
import { CouldNot } from "../exit.ts";
import { mailChore } from "./mailing.ts";
import { type MailConfig, smtp } from "./smtp.ts";

let office: SmallOffice;
let mails: Mails;
let server: MailServer;
let port: number;
const said: number[] = [];
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("mail")).url);
  mails = mailsOf(office);
  server = new MailServer();
  port = await server.listen();
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, { halts: [], bugs: [] });
  await office.close();
});

const mailsOf = ({ house, clock }: SmallOffice): Mails =>
  new Mails({
    sql: house.sql,
    key: house.keys.seal,
    office: house.office.origin,
    now: () => clock.now,
  });
const chore = async (address?: string) => {
  const config: MailConfig = {
    ...{ host: "127.0.0.1", port, from: "office@data.example" },
    tls: "none",
  };
  return mailChore(office.house.office, {
    mails,
    send: await smtp(config, "data.example/register"),
    address,
    failed: (letters) => void said.push(letters),
  });
};
const signers = (act: Parameters<SmallOffice["submission"]>[0]) =>
  office.submission(act).statement.signers.map(({ person }) => person);

test("a signer hears of an act in their name, granted or refused, once, and not of older ones", async () => {
  const [first = 0] = signers(product());
  await mails.setContact(first, { address: "zhou@data.example", lang: "en" });
  const { work } = await chore("https://data.example");
  await work();
  expect(server.taken).toEqual([]);
  await office.enter({ ...product(), product: "told" });
  const index = office.house.office.register.size - 1;
  await office.enter({
    ...product(),
    product: "told-refused",
    content: [{ dataset: "nothing", fields: ["plate"] }],
  });
  await work();
  await work();
  expect(server.taken.map(({ to }) => to)).toEqual([
    ["zhou@data.example"],
    ["zhou@data.example"],
  ]);
  const [granted, refused] = server.taken.map(({ text }) => text);
  expect(granted).toContain(`https://data.example/acts/${index}`);
  expect(granted).toContain("The rules granted it.");
  expect(granted).toMatch(/^auto-submitted: auto-generated/im);
  expect(refused).toContain("The rules refused it; the refusal is public.");
  expect(await mails.waiting(10)).toEqual([]);
});

test("in the language that the signer reads", async () => {
  const [first = 0] = signers(product());
  await mails.setContact(first, { address: "zhou@data.example", lang: "zh" });
  await office.enter({ ...product(), product: "told-in-chinese" });
  await (await chore()).work();
  expect(server.taken.at(-1)?.text).toContain("依规则，该行为已获准。");
});

test("what nobody takes is kept with its reason, tried again later, and lost by no restart", async () => {
  server.turnsAway = true;
  const before = server.taken.length;
  await office.enter({ ...product(), product: "told-late" });
  const { work } = await chore();
  await work();
  expect(await mails.waiting(10)).toMatchObject([
    { to: "zhou@data.example", failed: expect.stringMatching(/full/) },
  ]);
  expect(said).toEqual([1]);
  server.turnsAway = false;
  await work();
  expect(server.taken).toHaveLength(before);
  office.clock.now += 61_000;
  mails = mailsOf(office);
  await (await chore()).work();
  expect(server.taken).toHaveLength(before + 1);
  expect(await mails.waiting(10)).toEqual([]);
});

test("nothing that is kept tells an address or an act", async () => {
  server.turnsAway = true;
  await office.enter({ ...product(), product: "told-sealed" });
  await (await chore()).work();
  const { sql } = office.house;
  const rows = await sql`select * from mail_contact`;
  const letters = await sql`select sealed from mail`;
  const kept = JSON.stringify([rows, letters]);
  expect(letters.length).toBeGreaterThan(0);
  expect(kept).not.toMatch(/zhou|told-sealed/);
  server.turnsAway = false;
});

test("mail leaves in the clear for this machine alone", async () => {
  const there = { host: "mail.example", port: 25, tls: "none", from: "a@b.c" };
  await expect(smtp({ ...there, tls: "none" }, "o/register")).rejects.toThrow(
    CouldNot,
  );
});
