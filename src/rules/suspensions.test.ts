import { expect, test } from "vitest";
import { aBody, aPermit, aRevocation, offered } from "../../test/story-acts.ts";
import { anOrder } from "../../test/story-beyond.ts";
import { day } from "../../test/story-founding.ts";
import { check, given, play, type Step } from "../../test/story.ts";

/** A permit that an order suspends stays suspended, whoever else decides what. */
const permitted = [...given(day(1), ...offered), ...given(day(2), aPermit())];
/** Behind the founding, nine acts and the permit. */
const ORDER = 11;
const suspension = (order: string, until: number, body = "price-authority") =>
  anOrder({
    ...{ order, body },
    effects: [
      { does: "suspends", what: "permit", id: "huaxing-vehicles", until },
    ],
  });
test("whose order suspends may shorten it, and nobody else: of several bodies the latest end counts", () => {
  const until = (...orders: readonly Step[]) =>
    play([
      ...permitted,
      ...given(day(2), aBody({ body: "court" })),
      ...orders,
    ]).register.permits.get("huaxing-vehicles")?.suspended?.until;
  const long = given(day(3), suspension("one", day(200)));
  const own = given(day(4), suspension("two", day(5)));
  expect(until(...long)).toBe(day(200));
  expect(until(...long, ...own)).toBe(day(5));
  const [short, longer] = [day(5), day(300)].map((end) =>
    given(day(4), suspension("three", end, "court")),
  );
  expect(until(...long, ...(short ?? []))).toBe(day(200));
  expect(until(...long, ...(longer ?? []))).toBe(day(300));
  expect(until(...long, ...(longer ?? []), ...own)).toBe(day(300));
  const over = given(day(5), suspension("four", day(6), "court"));
  expect(until(...long, ...(longer ?? []), ...over)).toBe(day(200));
});
check(
  "what an order suspended is not permitted anew meanwhile, not even where the office ended it; what begins behind it is",
  ...permitted,
  ...given(day(3), suspension("one", day(200))),
  [
    day(4),
    aPermit({ permit: "another" }),
    `I2 breach permit huaxing-vehicles, suspended-until ${day(200)}, by-entry ${ORDER}`,
  ],
  ...given(day(5), aRevocation()),
  [
    day(6),
    aPermit({ permit: "another" }),
    `I2 breach permit huaxing-vehicles, suspended-until ${day(200)}, by-entry ${ORDER}`,
  ],
  [
    day(6),
    aPermit({ permit: "another", from: day(200), to: day(300) }),
    "granted",
  ],
);
