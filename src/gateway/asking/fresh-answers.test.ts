import { expect, test } from "vitest";
import { Unavailable } from "../unavailable.ts";
import { FreshAnswers } from "./fresh-answers.ts";

/** A database that answers when the story says so, and ticks that the story moves. */
function story() {
  const queries: {
    readonly keys: readonly string[];
    readonly answer: (...there: readonly string[]) => Promise<void>;
    readonly fail: () => Promise<void>;
  }[] = [];
  const clock = { now: 0 };
  const answers = new FreshAnswers<string>({
    look: (keys) =>
      new Promise((resolve, reject) => {
        queries.push({
          keys,
          answer: (...there) => {
            resolve(new Map(there.map((key) => [key, `of ${key}`])));
            return settled();
          },
          fail: () => {
            reject(new Error("connection refused"));
            return settled();
          },
        });
      }),
    ticks: () => clock.now,
    of: "tokens",
  });
  return { queries, clock, answers };
}

const settled = (): Promise<void> =>
  new Promise((resolve) => setImmediate(resolve));

const AWAY =
  "Cannot answer: tokens cannot be looked up while the database is away";

test("what is asked for together goes as one query, and what comes meanwhile as the next", async () => {
  const { queries, answers } = story();
  const first = Promise.all([
    answers.of("a"),
    answers.of("b"),
    answers.of("a"),
  ]);
  await settled();
  const later = Promise.all([answers.of("c"), answers.of("b")]);
  await settled();
  expect(queries.map(({ keys }) => keys)).toEqual([["a", "b"]]);
  await queries[0]?.answer("a");
  expect(await first).toEqual(["of a", undefined, "of a"]);
  expect(queries[1]?.keys).toEqual(["c", "b"]);
  await queries[1]?.answer("c");
  expect(await later).toEqual(["of c", undefined]);
});

test("an answer, also that there is nothing, is believed for two seconds from when it was asked for", async () => {
  const { queries, clock, answers } = story();
  const first = Promise.all([answers.of("a"), answers.of("b")]);
  await settled();
  clock.now = 1_500;
  await queries[0]?.answer("a");
  await first;
  clock.now = 1_999;
  expect(await answers.of("a")).toBe("of a");
  expect(await answers.of("b")).toBeUndefined();
  clock.now = 2_000;
  expect(answers.kept("a")).toBeUndefined();
  const again = Promise.all([answers.of("a"), answers.of("b")]);
  await settled();
  expect(queries[1]?.keys).toEqual(["a", "b"]);
  await queries[1]?.answer("b");
  expect(await again).toEqual([undefined, "of b"]);
});

test("an answer that took two seconds is asked for again, and after ten the asker hears that nobody knows", async () => {
  const { queries, clock, answers } = story();
  const asked = answers.of("a").catch((error: unknown) => error);
  await settled();
  for (const now of [2_000, 4_500, 9_000]) {
    clock.now = now;
    await queries.at(-1)?.answer("a");
  }
  expect(queries).toHaveLength(4);
  clock.now = 11_000;
  await queries.at(-1)?.answer("a");
  expect(await asked).toEqual(new Unavailable(AWAY));
  expect(queries).toHaveLength(4);
});

test("while the database is away one asker tries it and the others hear so at once; when it is back all are answered", async () => {
  const { queries, clock, answers } = story();
  const asked = answers.of("a");
  asked.catch(() => undefined);
  await settled();
  await queries[0]?.fail();
  await expect(asked).rejects.toThrow(AWAY);
  const trying = answers.of("a");
  await settled();
  await expect(answers.of("b")).rejects.toThrow(AWAY);
  await queries[1]?.answer("a");
  expect(await trying).toBe("of a");
  const others = Promise.all([answers.of("b"), answers.of("c")]);
  await settled();
  await queries[2]?.answer("b", "c");
  expect(await others).toEqual(["of b", "of c"]);
  clock.now = 1_999;
  expect(await answers.of("a")).toBe("of a");
});

test("made-up keys by the hundred thousand fill nothing and push out nothing that is there", async () => {
  const { queries, clock, answers } = story();
  const good = answers.of("good");
  await settled();
  await queries[0]?.answer("good");
  await good;
  const all = Promise.all(
    Array.from({ length: 120_000 }, (_, i) => answers.of(`made-up-${i}`)),
  );
  for (let i = 1; i <= 120; i++) {
    await settled();
    expect(queries[i]?.keys).toHaveLength(1_000);
    await queries[i]?.answer();
  }
  await all;
  expect(answers.size).toBe(50_001);
  expect(answers.kept("good")).toMatchObject({ value: "of good" });
  clock.now = 2_000;
  const one = answers.of("one-more");
  await settled();
  await queries.at(-1)?.answer();
  await one;
  expect(answers.size).toBe(2);
});

test("who is asked for again and again goes along with another's query before the time is over, and is believed from then", async () => {
  const { queries, clock, answers } = story();
  const first = Promise.all(["busy", "idle"].map((key) => answers.of(key)));
  await settled();
  await queries[0]?.answer("busy", "idle");
  await first;
  clock.now = 1_500;
  expect(await answers.of("busy")).toBe("of busy");
  const other = answers.of("other");
  await settled();
  expect(queries[1]?.keys).toEqual(["other", "busy"]);
  await queries[1]?.answer("other", "busy");
  await other;
  clock.now = 3_400;
  expect(answers.kept("busy")?.value).toBe("of busy");
  expect(answers.kept("idle")).toBeUndefined();
});

test("what ended goes with the query that it went along with", async () => {
  const { queries, clock, answers } = story();
  const first = answers.of("busy");
  await settled();
  await queries[0]?.answer("busy");
  await first;
  clock.now = 1_200;
  await answers.of("busy");
  const other = answers.of("other");
  await settled();
  await queries[1]?.answer("other");
  await other;
  expect(await answers.of("busy")).toBeUndefined();
});
