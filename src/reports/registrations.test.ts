import { expect, test } from "vitest";
import { offered } from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  aCode,
  aDenial,
  anAcceptance,
  aPublicNotice,
  aRegistration,
  aReview,
  registryFounded,
} from "../../test/story-registrations.ts";
import { gapsOf, made, NEXT_YEAR, rowsOf } from "../../test/story-reports.ts";
import { faultsOf, given, play, type Step } from "../../test/story.ts";

/** The forms of a registration, filled from the register. */

test("application and public notice of every registration, what is not there as a gap; its code stands in the disclosure", async () => {
  const product = aRegistration({
    ...{ registration: "records-r1", resource: { product: "vehicle-records" } },
    registrant: { organisation: "sanhe" },
  });
  const applied: readonly Step[] = [
    ...registryFounded(),
    ...given(day(1), ...offered, aRegistration(), product),
    ...given(day(2), anAcceptance({ registration: "records-r1" })),
    ...given(day(2), aDenial()),
  ];
  const before = play(applied);
  const first = made(before, "registration", day(3));
  expect(rowsOf(first, "application").slice(0, 4)).toEqual([
    "vehicles-r1 | registration | vehicles-r1 [14]",
    "vehicles-r1 | registration type | first [14]",
    "vehicles-r1 | registrant | Transport department [5]",
    "vehicles-r1 | registrant kind | body [5]",
  ]);
  expect(gapsOf(first)).toEqual([
    "Application for registration: registrant code (vehicles-r1, records-r1)",
    "Application for registration: rows (vehicles-r1, records-r1)",
    "Application for registration: update frequency (vehicles-r1, records-r1)",
    // What was refused has no notice, and lacks none.
    "Public notice: notice from (records-r1)",
    "Public notice: notice until (records-r1)",
  ]);
  const missing =
    "Operator: products: the registration code of the product (vehicle-records)";
  expect(gapsOf(made(before, "disclosure", NEXT_YEAR))).toContain(missing);
  const named = { registration: "records-r1" };
  const coded = play([
    ...applied,
    ...given(day(3), aReview(named)),
    ...given(day(4), aPublicNotice({ ...named, until: day(19) })),
    ...given(day(19), aCode({ ...named, to: day(700) })),
  ]);
  expect(gapsOf(made(coded, "registration", day(20)))).toHaveLength(3);
  const disclosed = made(coded, "disclosure", NEXT_YEAR);
  expect(rowsOf(disclosed, "products")[0]).toMatch(
    / \| dj-2026-0001 \[\d+ \d+\]$/,
  );
  expect(gapsOf(disclosed)).not.toContain(missing);
  expect(await faultsOf(coded)).toEqual([]);
});
