import { afterAll, beforeAll, expect, test } from "vitest";
import { tells } from "../../../test/citizen.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  HOUR,
  isNamed,
  MINUTE,
  people,
} from "../../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { visibleWords } from "../../../test/visible-words.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { draftAnswer, receivedAct } from "../../gateway/citizen/questions.ts";
import { questionKept } from "../../store/citizens.ts";
import type { Persona } from "../account/personas.ts";

/** A citizen from sign-in to question and answer, at pages without a script. */

let office: SmallOffice;
let web: Web;
const citizen = (name: string, person: string, subject: string): Persona => ({
  name,
  who: {
    kind: "citizen",
    by: person === subject ? "subject" : "representative",
    person,
    subject,
  },
});
const personas: readonly Persona[] = [
  citizen("resident-0007", "N7", "N7"),
  citizen("resident-0008", "N8", "N8"),
  citizen("resident-0014", "N14", "N14"),
  citizen("resident-0399", "N399", "N399"),
  citizen("guardian-0300", "N300", "N7"),
  { name: "registrar", who: { kind: "official", person: 2 } },
];
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_my")).url);
  web = webOf(office, {
    demonstration: true,
    personas: {
      list: () => Promise.resolve(personas),
      sign: () => Promise.resolve(undefined),
    },
  });
  await office.answered(isNamed("N7", "Name 7"), "huaxing");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function asPersona(name: string): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in?to=/");
  const came = await browser.send("/sign-in/demonstration", {
    persona: name,
    to: "/",
  });
  const path = came.headers.get("location") ?? "";
  expect(path).toBe(name === "registrar" ? "/desk" : "/my");
  return browser;
}

function must<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new Error(`Missing: ${what}`);
}

const leafOn = (page: string): string =>
  must(/action="\/my\/ask\/([^"]+)"/.exec(page)?.[1], "a use that is shown");

test("whoever signs in as a citizen sees who, why and may they, asks, and reads the answer at the line", async () => {
  const browser = await asPersona("resident-0007");
  const page = await browser.text("/my");
  expect(page).toMatch(
    /<dt>Who<\/dt><dd><strong>Organisation huaxing<\/strong> asked whether/,
  );
  expect(page).toMatch(/<dt>Why<\/dt><dd>Trade/);
  expect(page).toContain("Yes, as the register says: permit");
  expect(page).toMatch(
    /Complete for what passed the gateway \S+ since 2 Nov 2026\./,
  );
  expect(page).toContain("Not public yet: it stands in the public log by");
  expect(page).toContain("This look is itself a use");
  expect(page).toContain('<a href="/objections">Objections</a>');
  expect(tells(page, "N7")).toBe(false);
  const sent = await browser.send(`/my/ask/${leafOn(page)}`, {
    text: "Why did you look?",
  });
  expect(sent.status).toBe(303);
  const asked = must(sent.headers.get("location") ?? undefined, "a place");
  const taken = await browser.text(asked);
  const id = must(/q-[0-9a-f]{16}/.exec(taken)?.[0], "a number");
  expect(taken).toContain("(in 15 days)");
  expect(taken).toContain("Waits for the post that receives questions");
  // Back, and sent once more: it is the same question, and says so.
  const twice = await browser.send(`/my/ask/${leafOn(page)}`, {
    text: "Why did you look?",
  });
  expect(twice.headers.get("location")).toBe(`${asked}?again=1`);
  expect(await browser.text(`${asked}?again=1`)).toContain(
    "You asked this already",
  );
  const { sql, keys } = office.house;
  const { register } = office.house.office;
  const kept = must(await questionKept(sql, id), id);
  await office.granted(receivedAct(kept, register, office.clock.now));
  expect(await browser.text(asked)).toContain("Entered by the post");
  const answer = (text: string) =>
    draftAnswer(
      { sql, key: keys.seal },
      id,
      text,
      office.clock.now,
      (n) => new Uint8Array(Buffer.alloc(n, text.length)),
    );
  const entered = await answer("You had applied for a licence.");
  await answer("A draft that nobody entered.");
  await office.granted(entered);
  await office.passHour();
  const again = await (await asPersona("resident-0007")).text("/my");
  expect(again).toContain("You had applied for a licence.");
  expect(again).not.toContain("A draft that nobody entered.");
  expect(again).toMatch(/Proof that it stands in the public log, at place \d/);
  const proof = must(/href="(\/proof\/[^"]+)"/.exec(again)?.[1], "a proof");
  expect((await web.ask(proof)).status).toBe(200);
  // Answered, it can be asked anew.
  const later = await asPersona("resident-0007");
  await later.text("/my");
  const anew = await later.send(`/my/ask/${leafOn(page)}`, {
    text: "Why did you look?",
  });
  expect(anew.status).toBe(303);
  expect(anew.headers.get("location")).not.toContain(id);
});

test("a question that says nothing or too much is shown again as it was typed", async () => {
  const browser = await asPersona("resident-0007");
  const leaf = leafOn(await browser.text("/my"));
  const empty = await browser.send(`/my/ask/${leaf}`, { text: " \n" });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain("Write what you want to know");
  const long = await browser.send(`/my/ask/${leaf}`, {
    text: `<b>${"y".repeat(2_000)}`,
  });
  const page = await long.text();
  expect(page).toContain("This has 2003 characters; at most 2000 are taken");
  expect(page).toContain(`&lt;b&gt;${"y".repeat(2_000)}</textarea>`);
  await office.pass(20 * MINUTE);
  const late = await browser.send(`/my/ask/${leaf}`, { text: "I wrote long" });
  expect(late.status).toBe(401);
  expect(await late.text()).toContain('<pre tabindex="0">I wrote long</pre>');
});

test("nobody asks about a line of somebody else's list, and nobody but a citizen has one", async () => {
  const own = leafOn(await (await asPersona("resident-0007")).text("/my"));
  const other = await asPersona("resident-0008");
  await other.text("/my");
  const sent = await other.send(`/my/ask/${own}`, { text: "Whose is it?" });
  expect(sent.status).toBe(404);
  const none = await other.send("/my/ask/x", { text: "Whose is it?" });
  expect(none.status).toBe(404);
  const registrar = await asPersona("registrar");
  const closed = await registrar.text("/my");
  expect(closed).toContain("This is not open to you");
  expect(closed).toContain("Sign in as somebody else");
  expect(closed).not.toContain("Go back and mend");
  const nobody = await web.ask("/my", { headers: { Accept: "text/html" } });
  expect(nobody.headers.get("location")).toBe("/sign-in?to=%2Fmy");
});

test("an empty list is said with care, and whoever stands in is told that it shows", async () => {
  const empty = await (await asPersona("resident-0399")).text("/my");
  expect(empty).toContain("It does not say that nobody used them elsewhere.");
  const stands = await (await asPersona("guardian-0300")).text("/my");
  expect(stands).toContain("it shows them that you looked");
  const own = await (await asPersona("resident-0007")).text("/my");
  expect(own).toContain("somebody who stands in for you looked");
});

test("a long list goes on to older uses, and each use stands on one page", async () => {
  const town = people({
    where: [{ field: "town", op: "eq", value: "Town 0" }],
    limit: 50,
  });
  for (let i = 0; i < 45; i++) {
    await office.answered(town, "other");
    await office.pass(MINUTE);
  }
  const browser = await asPersona("resident-0014");
  const leaves: string[] = [];
  let path: string | undefined = "/my";
  while (path !== undefined) {
    const page: string = await browser.text(path);
    leaves.push(
      ...[...page.matchAll(/action="\/my\/ask\/([^"]+)"/g)].map(
        ([, leaf]) => leaf ?? "",
      ),
    );
    path = /href="(\/my\?cursor=[^"]+)" rel="next"/.exec(page)?.[1];
  }
  expect(leaves).toHaveLength(45);
  expect(new Set(leaves).size).toBe(45);
});

test("whoever looks too often reads when there is room again", async () => {
  await office.pass(HOUR);
  let page = "";
  for (let i = 0; i < 61; i++)
    page = await (await asPersona("resident-0399")).text("/my");
  expect(page).toContain("The list was looked at 60 times within an hour");
  expect(page).toContain("There is room again in 60 minutes.");
});

test("the page loaded anew or in the other language is the same look for a minute, in one session, and shows nothing newer", async () => {
  await office.pass(HOUR);
  const lookOn = (page: string): string =>
    must(
      [...page.matchAll(/<code>([A-Za-z0-9_-]{43})<\/code>/g)].at(-1)?.[1],
      "a look",
    );
  const sizes = () => office.house.gateway?.totals();
  const browser = await asPersona("resident-0007");
  const first = await browser.text("/my");
  const before = JSON.stringify(sizes());
  expect(lookOn(await browser.text("/my"))).toBe(lookOn(first));
  await browser.text("/my?lang=zh");
  expect(lookOn(await browser.text("/my"))).toBe(lookOn(first));
  await browser.text("/my?lang=en");
  expect(JSON.stringify(sizes())).toBe(before);
  // What is entered meanwhile is seen by another look alone.
  await office.answered(isNamed("N7", "Name 7"), "huaxing");
  expect(leafOn(await browser.text("/my"))).toBe(leafOn(first));
  const other = await (await asPersona("resident-0007")).text("/my");
  expect(lookOn(other)).not.toBe(lookOn(first));
  expect(leafOn(other)).not.toBe(leafOn(first));
  // A question changes the list: what comes behind it is another look.
  await browser.send(`/my/ask/${leafOn(first)}`, { text: "Why again?" });
  const asked = lookOn(await browser.text("/my"));
  expect(asked).not.toBe(lookOn(first));
  await office.pass(MINUTE);
  const later = await browser.text("/my");
  expect(lookOn(later)).not.toBe(asked);
  expect(later).toContain("looks at this list");
});

test("the same stands in Chinese", async () => {
  await office.pass(HOUR);
  const browser = await asPersona("resident-0007");
  await browser.text("/my?lang=zh");
  const page = await browser.text("/my");
  expect(page).toContain("谁使用了我的数据");
  expect(page).toContain("<dt>是否有权</dt>");
  const main = /<main[\s\S]*<\/main>/.exec(page)?.[0] ?? "";
  const words = visibleWords(main);
  expect(words).toContain("是否有权");
  expect(words).not.toMatch(/\b(?:Who|Complete|Proof that)\b/);
});
