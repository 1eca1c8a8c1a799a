import { Hono } from "hono";
import { expect, test } from "vitest";
import { anAuthorisation, registered } from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  aChange,
  aCode,
  anAcceptance,
  anObjection,
  anObjectionDecision,
  aPublicNotice,
  aRegistration,
  aReview,
  registryFounded,
} from "../../test/story-registrations.ts";
import { unpublished } from "../../test/story-proofs.ts";
import { given, play, type Step } from "../../test/story.ts";
import {
  publicNoticeOf,
  registrationApplicationOf,
} from "../register/registration-forms.ts";
import { registrationsRoutes } from "./registrations-routes.tsx";

/** What is registered is seen on a page: its state, its steps, and to what one may object now. */

const noticed: readonly Step[] = [
  ...registryFounded(),
  ...given(day(1), ...registered, anAuthorisation(), aRegistration()),
  ...given(day(2), anAcceptance()),
  ...given(day(3), aReview()),
  ...given(day(4), aPublicNotice({ until: day(19) })),
];

function pages(story: readonly Step[], now: number) {
  const { register } = play(story);
  const app = new Hono();
  registrationsRoutes(app, { ...unpublished(register), now: () => now });
  return async (path: string): Promise<string> =>
    (await app.request(path)).text();
}

test("a notice is open until its end, with its four fields, and says until when one may object", async () => {
  const twin: unknown = JSON.parse(
    await pages(noticed, day(5))("/registrations.json"),
  );
  expect(twin).toEqual({
    ...{ title: "Public data office of a story", at: "2026-03-07 00:00" },
    notices: [
      {
        ...{ registration: "vehicles-r1", registrant: "Transport department" },
        ...{ type: "first", title: "Vehicles of the province" },
        description: "Plate, make and year of registered vehicles",
        ...{ until: "2026-03-21 00:00", entry: 16 },
      },
    ],
    registrations: [
      {
        ...{ registration: "vehicles-r1", resource: "dataset vehicles" },
        ...{ title: "Vehicles of the province", type: "first" },
        description: "Plate, make and year of registered vehicles",
        ...{ registrant: "Transport department", registry: "Data office" },
        ...{ state: "noticed", objections: { open: 0, decided: 0 } },
        next: ["registrationObjected"],
        steps: [
          ["registrationApplied", "2026-03-03 00:00", 13],
          ["registrationAccepted", "2026-03-04 00:00", 14],
          ["registrationReviewed", "2026-03-05 00:00", 15],
          ["registrationNoticed", "2026-03-06 00:00", 16],
        ].map(([kind, at, entry]) => ({ kind, at, entry })),
      },
    ],
    inAll: 1,
    proof: {
      entries: [13, 14, 15, 16].map((entry) => ({
        ...{ entry, at: expect.any(Number) },
        proof: `/proof/register/${entry}`,
      })),
    },
  });
  const html = await pages(noticed, day(19))("/registrations");
  expect(html).toContain("No notice is open.");
  expect(html).toContain("in public notice");
  expect(html).toContain('<a href="/acts/16">16</a>');
  expect(html).toContain("not public yet");
  // Behind its end nobody objects, and the code may be issued.
  expect(html).toContain(">code</td>");
});

test("a code is shown with its validity and what changed since, and a lapsed one as what it is", async () => {
  const coded = [
    ...noticed,
    ...given(day(5), anObjection()),
    ...given(day(6), anObjectionDecision()),
    ...given(day(19), aCode({ to: day(300) })),
    ...given(day(20), aChange()),
  ];
  const html = await pages(coded, day(20))("/registrations");
  expect(html).toContain("dj-2026-0001");
  expect(html.replace(/<[^>]*>/g, "")).toContain(
    "21 Mar 2026, 00:00 until 27 Dec 2026, 00:00",
  );
  expect(html).toContain("0 open, 1 decided");
  expect(html).toContain("Vehicles and trailers");
  expect(await pages(coded, day(300))("/registrations")).toContain("lapsed");
  expect(await pages([], day(1))("/registrations")).toContain(
    "Nothing was registered.",
  );
});

test("application and notice are filled from the register, each field with its entry, and what it does not know is a gap", () => {
  const { register } = play(noticed);
  expect(publicNoticeOf(register, "vehicles-r1")).toEqual([
    { field: "registrant", value: "Transport department", entry: 5 },
    { field: "registration-type", value: "first", entry: 13 },
    { field: "data-name", value: "Vehicles of the province", entry: 13 },
    {
      ...{ field: "short-description", entry: 13 },
      value: "Plate, make and year of registered vehicles",
    },
    { field: "notice-from", value: "2026-03-06", entry: 16 },
    { field: "notice-until", value: "2026-03-20", entry: 16 },
    { field: "registry", value: "Data office", entry: 0 },
  ]);
  // What was changed stands in the entry that changed it.
  const changed = play([
    ...noticed,
    ...given(day(19), aCode({ to: day(300) })),
    ...given(day(20), aChange()),
  ]).register;
  expect((publicNoticeOf(changed, "vehicles-r1") ?? [])[2]).toEqual({
    ...{ field: "data-name", value: "Vehicles and trailers", entry: 18 },
  });
  const rows = registrationApplicationOf(register, "vehicles-r1") ?? [];
  expect(
    rows.filter(({ value }) => value === undefined).map(({ field }) => field),
  ).toEqual(["registrant-code", "rows", "update-frequency"]);
  const of = (name: string) => rows.find(({ field }) => field === name);
  expect(of("authorisation")).toEqual({
    ...{ field: "authorisation", value: "sanhe-vehicles", entry: 12 },
  });
  expect(of("operated-until")?.value).toBe("2028-01-31");
  expect(of("evidence-day")?.value).toBe("2026-03-01");
  expect(publicNoticeOf(register, "nothing")).toBeUndefined();
});
