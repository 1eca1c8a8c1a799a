import { afterAll, beforeAll, expect, test } from "vitest";
import { MailServer } from "../../../test/mail-server.ts";
import { schemaFor } from "../../../test/postgres.ts";
import {
  HOUR,
  MINUTE,
  product,
} from "../../../test/simulation/small-office-acts.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import type { Follows } from "../../accounts/follows.ts";
import { Mails } from "../../accounts/mails.ts";
import { ActLog } from "../../portal/acts/act-log.ts";
import { followsOf } from "../app-parts.ts";
import { followChores } from "./following.ts";
import { mailChore } from "./mailing.ts";
import { smtp } from "./smtp.ts";

/** Following by e-mail from the form to the last letter: a real mail server, a real database, and restarts in between. */

const LEADS = "https://data.example";
const DAY = 24 * HOUR;
const ADDRESS = "zhou.li@readers.example";

let office: SmallOffice;
let server: MailServer;
let port: number;
let running: Running;

type Running = {
  readonly web: Web;
  readonly browser: Visitor;
  readonly follows: Follows;
  readonly mails: Mails;
  /** What the process does again and again, once. */
  readonly work: () => Promise<void>;
};

/** Everything of the process that is not the office itself: made anew after a restart. */
async function process(): Promise<Running> {
  const { house, clock } = office;
  const now = () => clock.now;
  const follows = followsOf(house, now);
  const mails = new Mails({
    ...{ sql: house.sql, key: house.keys.seal, now },
    office: house.office.origin,
  });
  const log = new ActLog(house.office);
  const web = webOf(office, { follows, mails, log, lettersLead: () => LEADS });
  const send = await smtp(
    { host: "127.0.0.1", port, from: "office@data.example", tls: "none" },
    "data.example/register",
  );
  const chores = [
    ...followChores(log, follows, () => LEADS),
    mailChore(house.office, {
      ...{ mails, send, address: LEADS, failed: () => undefined },
    }),
  ];
  const work = async () => {
    for (const chore of chores) await chore.work();
  };
  return { web, browser: browserOf(web), follows, mails, work };
}

async function restarted(): Promise<void> {
  await office.restart();
  running = await process();
}

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("mail_follow")).url);
  server = new MailServer();
  port = await server.listen();
  running = await process();
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, running.web);
  await office.close();
});

const follow = async (
  change: Readonly<Record<string, string>> = {},
): Promise<Response> => {
  await running.browser.text("/follow?thing=dataset:vehicles");
  return running.browser.send("/follow", {
    ...{ thing: "dataset:vehicles", address: ADDRESS, lang: "en" },
    ...{ rhythm: "day", ...change },
  });
};
const newLetter = (): string => server.taken.at(-1)?.text ?? "";
const linkIn = (letter: string, kind: "confirm" | "stop"): string => {
  const found = new RegExp(`${LEADS}(/follow/${kind}/[A-Za-z0-9_-]{43})`).exec(
    letter.replace(/^[\s\S]*?\n\n/, ""),
  )?.[1];
  if (found === undefined) throw new Error(`no ${kind} link in ${letter}`);
  return found;
};
const enter = async (product_: string): Promise<void> => {
  await office.enter({
    ...product(),
    ...{ product: product_, title: product_ },
  });
  await office.pass(MINUTE);
};
/** To half past seven of the next day in the office's own time. */
const nextMorning = async (): Promise<void> => {
  const { offsetMinutes } = office.house.office.register;
  const local = office.clock.now + offsetMinutes * MINUTE;
  await office.pass(DAY - (local % DAY) + 7.5 * HOUR);
};
const addresses = async (): Promise<number> => {
  const [row] = await office.house.sql<
    { n: number }[]
  >`select count(*)::int as n from mail_follow`;
  return row?.n ?? 0;
};

test("an address is asked first; then one letter a day tells what was entered, and one press ends it", async () => {
  const sent = await follow();
  expect(sent.status).toBe(303);
  expect(sent.headers.get("location")).toBe("/follow/sent");
  await running.work();
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.to).toEqual([ADDRESS]);
  const asks = newLetter();
  expect(asks).toMatch(/^subject: Do you want to follow Dataset/im);
  expect(asks).not.toMatch(/^list-unsubscribe/im);
  // Nothing is told to whoever did not confirm, and nothing of before.
  await enter("before-it");
  const link = linkIn(asks, "confirm");
  // A scanner that opens every link of a letter changes nothing.
  const page = await running.browser.text(link);
  expect(page).toContain("Yes, write to me about this");
  await nextMorning();
  await running.work();
  expect(server.taken).toHaveLength(1);
  await restarted();
  await running.browser.text(link);
  const done = await running.browser.send(link, {});
  expect(await done.text()).toContain("Every letter has a link that stops it.");
  await enter("told-one");
  await running.work();
  expect(server.taken).toHaveLength(1);
  await enter("told-two");
  await restarted();
  await nextMorning();
  await running.work();
  await running.work();
  expect(server.taken).toHaveLength(2);
  const news = newLetter();
  expect(news).toContain("told-one");
  expect(news).toContain("told-two");
  expect(news).not.toContain("before-it");
  const stop = linkIn(news, "stop");
  expect(news.replaceAll(/\r?\n\s+/g, " ")).toMatch(
    new RegExp(`^list-unsubscribe: <${LEADS}${stop}>`, "im"),
  );
  expect(news).toMatch(
    /^list-unsubscribe-post: List-Unsubscribe=One-Click\r?$/im,
  );
  // A day on which nothing was entered has no letter.
  await nextMorning();
  await running.work();
  expect(server.taken).toHaveLength(2);
  expect(await running.browser.text(stop)).toContain("Stop these letters");
  expect(await addresses()).toBe(1);
  // As a mail provider sends it: no session, no cookie, no page of ours (RFC 8058).
  const ended = await running.web.ask(stop, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(ended.status).toBe(200);
  expect(await addresses()).toBe(0);
  await enter("told-three");
  await nextMorning();
  await running.work();
  expect(server.taken).toHaveLength(2);
});

test("whoever wants it soon hears within a quarter of an hour, in the language that they chose, of a rule as well", async () => {
  const before = server.taken.length;
  await follow({ rhythm: "soon", lang: "zh", thing: "rule:CN-PRC-01" });
  await follow({ rhythm: "soon", lang: "zh" });
  await running.work();
  const [rule = "", dataset = ""] = server.taken
    .slice(before)
    .map(({ text }) => text);
  expect(dataset).toContain("请打开以下地址并按下按钮");
  expect(rule).toContain("/follow/confirm/");
  const link = linkIn(dataset, "confirm");
  await running.browser.text(link);
  await running.browser.send(link, {});
  await enter("told-soon");
  await office.pass(15 * MINUTE);
  await running.work();
  const news = newLetter();
  expect(news).toContain("told-soon");
  expect(news).toContain("如需停止这些信函");
  await running.browser.text(linkIn(news, "stop"));
  await running.browser.send(linkIn(news, "stop"), {});
});

test("a wish that nobody confirms is forgotten after two days, with its address", async () => {
  await follow({ address: "nobody@readers.example" });
  await running.work();
  const link = linkIn(newLetter(), "confirm");
  await office.pass(2 * DAY);
  const late = await running.web.ask(link, {
    headers: { Accept: "text/html" },
  });
  expect(late.status).toBe(404);
  await running.work();
  expect(await addresses()).toBe(0);
});

test("the page says the same of every address, and an address that follows hears that somebody asked", async () => {
  const first = await follow({ address: "known@readers.example" });
  await running.work();
  const link = linkIn(newLetter(), "confirm");
  await running.browser.text(link);
  await running.browser.send(link, {});
  const known = await follow({
    ...{ address: "Known@readers.example", rhythm: "soon" },
  });
  const unknown = await follow({ address: "unknown@readers.example" });
  const seen = (response: Response) => [
    response.status,
    response.headers.get("location"),
    [...response.headers.keys()],
  ];
  expect(seen(known)).toEqual(seen(unknown));
  expect(seen(known)).toEqual(seen(first));
  await running.work();
  const letters = server.taken.slice(-2).map(({ text }) => text);
  expect(letters.find((one) => one.includes("nothing was changed"))).toContain(
    "One letter a day at most",
  );
});

test("an address is asked five times a day at most, and the page does not say so", async () => {
  const before = server.taken.length;
  for (let i = 0; i < 7; i++) {
    const sent = await follow({ address: "flooded@readers.example" });
    expect(sent.headers.get("location")).toBe("/follow/sent");
    await running.work();
  }
  expect(server.taken).toHaveLength(before + 5);
});

test.each([
  ["no address", "zhou"],
  ["two", "a@readers.example, b@readers.example"],
  ["a header behind it", "a@readers.example\r\nBcc: b@readers.example"],
  ["a name", "Zhou <a@readers.example>"],
  ["too long", `${"a".repeat(64)}@${"b.".repeat(100)}example`],
])(
  "%s is no address: said at the field, and kept as it was typed",
  async (_, address) => {
    const before = await addresses();
    const sent = await follow({ address });
    expect(sent.status).toBe(422);
    const page = await sent.text();
    expect(page).toContain('id="address-wrong"');
    expect(page).toContain('aria-invalid="true"');
    expect(await addresses()).toBe(before);
  },
);

test("a server that is away for days has one letter waiting, and nothing is lost or told twice", async () => {
  await follow({ address: "patient@readers.example" });
  await running.work();
  const link = linkIn(newLetter(), "confirm");
  await running.browser.text(link);
  await running.browser.send(link, {});
  server.turnsAway = true;
  await enter("away-one");
  await nextMorning();
  await running.work();
  const mine = async () =>
    (await running.mails.waiting(50)).filter(({ to }) =>
      to.startsWith("patient"),
    );
  expect(await mine()).toMatchObject([{ isFollower: true }]);
  expect((await mine())[0]?.failed).not.toContain("@");
  await enter("away-two");
  await nextMorning();
  await restarted();
  await running.work();
  expect(await mine()).toHaveLength(1);
  server.turnsAway = false;
  const before = server.taken.length;
  await office.pass(DAY);
  await running.work();
  await running.work();
  await nextMorning();
  await running.work();
  const told = server.taken
    .slice(before)
    .filter(({ to }) => to.includes("patient@readers.example"))
    .map(({ text }) => text);
  for (const name of ["away-one", "away-two"])
    expect(told.filter((text) => text.includes(name))).toHaveLength(1);
});

test("who ends it while a letter waits gets none; whom nobody can write to for a month is forgotten", async () => {
  const [first] = await office.house.sql<
    { n: number }[]
  >`select count(*)::int as n from mail_follow where confirmed is not null`;
  expect(first?.n).toBeGreaterThan(0);
  const stop = linkIn(
    server.taken
      .filter(({ to }) => to.includes("patient@readers.example"))
      .at(-1)?.text ?? "",
    "stop",
  );
  server.turnsAway = true;
  await enter("never-told");
  await nextMorning();
  await running.work();
  await running.browser.text(stop);
  await running.browser.send(stop, {});
  const waiting = await running.mails.waiting(50);
  expect(waiting.filter(({ to }) => to.startsWith("patient"))).toEqual([]);
  expect(waiting.length).toBeGreaterThan(0);
  await office.pass(31 * DAY);
  await running.work();
  expect(await addresses()).toBe(0);
  expect(await running.mails.waiting(50)).toEqual([]);
  server.turnsAway = false;
});

test("nothing that is kept or shown tells an address", async () => {
  await follow({ address: "quiet.reader@readers.example" });
  const { sql } = office.house;
  const rows = [
    await sql`select id, whose, thing, encode(sealed, 'escape') as sealed from mail_follow`,
    await sql`select encode(sealed, 'escape') as sealed, failed, follow from mail`,
  ];
  expect(rows.map(({ length }) => length)).toEqual([1, 1]);
  expect(JSON.stringify(rows)).not.toContain("quiet.reader");
  const demonstration = webOf(office, {
    demonstration: true,
    mails: running.mails,
    personas: {
      list: () =>
        Promise.resolve([
          { name: "registrar", who: { kind: "official", person: 2 } },
        ]),
      sign: () => Promise.resolve(undefined),
    },
  });
  const browser = browserOf(demonstration);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", { persona: "registrar" });
  const letters = await browser.text("/demonstration/letters");
  expect(letters).toContain("Do you want to follow");
  expect(letters).toContain("an address that follows something");
  expect(letters).not.toContain("quiet.reader");
});

test("where no letter can be sent the page says so and nothing is taken", async () => {
  const web = webOf(office, { follows: running.follows });
  const browser = browserOf(web);
  const page = await browser.text("/follow?thing=dataset:vehicles");
  expect(page).toContain("This office sends no letters");
  expect(page).not.toContain('name="address"');
  const before = await addresses();
  const sent = await browser.send("/follow", {
    ...{ thing: "dataset:vehicles", address: "late@readers.example" },
    ...{ lang: "en", rhythm: "day" },
  });
  expect(sent.status).toBe(200);
  expect(await sent.text()).toContain("This office sends no letters");
  expect(await addresses()).toBe(before);
});
