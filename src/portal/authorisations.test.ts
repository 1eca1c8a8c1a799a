import { Hono } from "hono";
import { expect, test } from "vitest";
import { anApplication, aRefusal } from "../../test/story-applications.ts";
import {
  aConfirmation,
  anAuthorisation,
  aProduct,
  aReport,
  registered,
} from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  anObjection,
  anOpening,
  aProcedureEnd,
  aStep,
} from "../../test/story-procedure-steps.ts";
import { given, play, type Step } from "../../test/story.ts";
import { authorisationRoutes } from "./authorisations-routes.tsx";

function pages(story: readonly Step[], now: number) {
  const { register } = play(story);
  const app = new Hono();
  authorisationRoutes(app, { office: { register }, now: () => now });
  return async (path: string): Promise<string> =>
    (await app.request(path)).text();
}
const known = given(day(1), ...registered);

test("a withdrawn procedure stays with each of its steps and the reason", async () => {
  const ask = pages(
    [
      ...known,
      ...given(day(2), anOpening(), aStep("documentsIssued")),
      ...given(day(3), anObjection({ stage: "documents", on: "2026-03-05" })),
      ...given(day(4), aProcedureEnd()),
    ],
    day(900),
  );
  const view: unknown = JSON.parse(await ask("/authorisations.json"));
  expect(view).toMatchObject({
    authorisations: [],
    procedures: [
      {
        ...{ procedure: "vehicles-2026", state: "withdrawn: disputed" },
        steps: [
          { what: "opened", entry: 8 },
          { what: "documents issued", on: "2026-03-04", entry: 9 },
          { what: "objection objection-1", on: "2026-03-05", entry: 10 },
          { what: "withdrawn, reason disputed", entry: 11 },
        ],
      },
    ],
  });
  const html = await ask("/authorisations");
  expect(html).toContain("withdrawn: disputed");
  expect(html).toContain("Nobody is authorised to operate anything.");
});

test("a running procedure says what is next, and an answer when somebody objects", async () => {
  const running = [
    ...known,
    ...given(day(2), anOpening(), aStep("documentsIssued")),
  ];
  expect(await pages(running, day(3))("/authorisations")).toContain(
    "running; next: bidsClosed",
  );
  const objected = [
    ...running,
    ...given(day(3), anObjection({ stage: "documents", on: "2026-03-05" })),
  ];
  expect(await pages(objected, day(3))("/authorisations")).toContain(
    "running; next: objectionAnswered",
  );
});

test("an exclusive right stands with ground, end and review, and with whoever was refused meanwhile", async () => {
  const ask = pages(
    [
      ...known,
      [
        day(2),
        anAuthorisation({
          exclusive: true,
          exclusivity: { rule: "CN-CMP-02", review: day(300) },
        }),
        "granted",
      ],
      ...given(day(2), aProduct(), anApplication()),
      [
        day(3),
        aRefusal(),
        "granted, V-EFFECT breach dataset vehicles, authorisation sanhe-vehicles, holder sanhe",
      ],
    ],
    day(4),
  );
  expect(JSON.parse(await ask("/authorisations.json"))).toMatchObject({
    authorisations: [
      {
        ...{ operator: "sanhe", to: "2028-01-31 00:00", inForce: true },
        exclusive: { ground: "CN-CMP-02", review: "2026-12-27 00:00" },
        refused: [{ organisation: "huaxing", entry: 11 }],
        lacks: [
          ...["a review of competition", "the plan"],
          ...["the decision on the plan", "who bid and who judged"],
          ...["the agreement", "the decision on the agreement"],
        ],
      },
    ],
  });
  expect(await ask("/authorisations")).toContain("huaxing (entry 11)");
});

test("of a right from before the office the page says that nobody knows how it came about", async () => {
  const ask = pages(
    [
      ...known,
      ...given(day(2), aReport()),
      [
        day(2),
        aConfirmation(),
        "granted, V-CONFIRMED breach reported franchise-2019",
      ],
    ],
    day(3),
  );
  const html = await ask("/authorisations");
  expect(html).toContain("confirms franchise-2019");
  expect(html).toContain(
    "Not known from the register: how the operator was chosen,",
  );
});
