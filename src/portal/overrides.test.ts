import { Hono } from "hono";
import { expect, test } from "vitest";
import { anAuthorisation, registered } from "../../test/story-acts.ts";
import { anOverride, aReview } from "../../test/story-beyond.ts";
import { day } from "../../test/story-founding.ts";
import { unpublished } from "../../test/story-proofs.ts";
import { act, given, play } from "../../test/story.ts";
import { overridesRoutes } from "./overrides-routes.tsx";

/** What was decided against a rule stands in public, with its rule, its papers and its day of review. */
function pages(now: number, isReviewed: boolean) {
  const house = play(given(day(1), ...registered));
  const sixYears = anAuthorisation({
    ...{ datasets: ["vehicles"], to: day(6 * 365) },
  });
  act(house, day(2), anOverride(sixYears));
  if (isReviewed) act(house, day(200), aReview({ outcome: "ended" }));
  const app = new Hono();
  const { register } = house;
  overridesRoutes(app, { ...unpublished(register), now: () => now });
  return async (path: string): Promise<string> =>
    (await app.request(path)).text();
}

test("a decision against a rule is told with what it breaks and when it is looked at again", async () => {
  const ask = pages(day(3), false);
  const html = await ask("/overrides");
  expect(html).toContain(
    "authorisation of Sanhe Data Operation over “Vehicles”",
  );
  expect(html).toContain("CN-OPS-10");
  expect(html).toContain(
    'by <time datetime="2026-12-27T00:00">27 Dec 2026, 00:00</time>',
  );
  expect(JSON.parse(await ask("/overrides.json"))).toMatchObject({
    inForce: 1,
    overrides: [
      {
        ...{ override: "override-1", entry: 8, isInForce: true },
        ...{ isOverdue: false, against: [{ rule: "CN-OPS-10" }] },
        reason: expect.stringMatching(/^paper\/[0-9a-f]{64}$/),
      },
    ],
  });
});

test("nobody's review is overdue, somebody's says how it came out", async () => {
  expect(await pages(day(301), false)("/overrides")).toContain(
    'overdue since <time datetime="2026-12-27T00:00">27 Dec 2026, 00:00</time>',
  );
  const ask = pages(day(301), true);
  expect(await ask("/overrides")).toContain("(not in force any more)");
  expect(JSON.parse(await ask("/overrides.json"))).toMatchObject({
    inForce: 0,
    overrides: [{ isOverdue: false, reviewed: { outcome: "ended", entry: 9 } }],
  });
});
