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
  // The one that is there is asked for anew meanwhile, and nobody has waited for it.
  await settled();
  expect(queries[1]?.keys).toEqual(["a"]);
  clock.now = 2_000;
  expect(answers.kept("a")).toBeUndefined();
  const again = Promise.all([answers.of("a"), answers.of("b")]);
  await settled();
  await queries[1]?.answer();
  expect(queries[2]?.keys).toEqual(["a", "b"]);
  await queries[2]?.answer("b");
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

test("whoever is asked for again and again is one query a second together, waits for none, and is believed from each", async () => {
  const { queries, clock, answers } = story();
  const names = ["busy", "busier", "idle"];
  const first = Promise.all(names.map((key) => answers.of(key)));
  await settled();
  await queries[0]?.answer(...names);
  await first;
  for (clock.now = 100; clock.now < 10_000; clock.now += 100) {
    expect(answers.kept("busy")?.value).toBe("of busy");
    expect(answers.kept("busier")?.value).toBe("of busier");
    await settled();
    if (queries.length > 1) await queries.at(-1)?.answer("busy", "busier");
  }
  expect(queries.slice(1).map(({ keys }) => keys)).toEqual(
    Array.from({ length: 9 }, () => ["busy", "busier"]),
  );
  expect(answers.kept("idle")).toBeUndefined();
});

test("what ended is known to have ended with the next such query, for everybody who went along", async () => {
  const { queries, clock, answers } = story();
  const first = Promise.all([answers.of("busy"), answers.of("ended")]);
  await settled();
  await queries[0]?.answer("busy", "ended");
  await first;
  clock.now = 600;
  expect(answers.kept("ended")?.value).toBe("of ended");
  clock.now = 1_000;
  expect(await answers.of("busy")).toBe("of busy");
  await settled();
  expect(queries[1]?.keys).toEqual(["busy", "ended"]);
  await queries[1]?.answer("busy");
  expect(answers.kept("ended")).toEqual(
    expect.objectContaining({ value: undefined }),
  );
});

test("with the database away, what is kept is believed to its end, and the database is not asked at every use", async () => {
  const { queries, clock, answers } = story();
  const first = answers.of("busy");
  await settled();
  await queries[0]?.answer("busy");
  await first;
  for (clock.now = 1_000; clock.now < 2_000; clock.now += 10) {
    expect(answers.kept("busy")?.value).toBe("of busy");
    await settled();
    await queries.at(-1)?.fail();
  }
  expect(queries).toHaveLength(3);
  const late = expect(answers.of("busy")).rejects.toThrow(AWAY);
  await settled();
  await queries.at(-1)?.fail();
  await late;
});
