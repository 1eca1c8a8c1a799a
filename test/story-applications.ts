import fc from "fast-check";
import type { Act, ActOf } from "../src/acts/act.ts";
import { day, HOUR, secretOf } from "./story-founding.ts";

type Of<K extends Act["kind"]> = Partial<ActOf<K>>;

export const anApplication = (
  change: Of<"applicationReceived"> = {},
): ActOf<"applicationReceived"> => ({
  ...{ kind: "applicationReceived", application: "application-1" },
  ...{ organisation: "huaxing", product: "vehicle-records" },
  ...{ purpose: "vehicle-trade", due: day(15) },
  paper: secretOf("application"),
  ...change,
});
export const aQuery = (
  change: Of<"completionAsked"> = {},
): ActOf<"completionAsked"> => ({
  ...{ kind: "completionAsked", application: "application-1" },
  ...{ left: 1, by: day(60) },
  paper: secretOf("what is missing"),
  ...change,
});
export const aCompletion = (
  change: Of<"completionReceived"> = {},
): ActOf<"completionReceived"> => ({
  ...{ kind: "completionReceived", application: "application-1" },
  ...{ due: day(20), paper: secretOf("what was missing") },
  ...change,
});
export const anExtension = (
  change: Of<"applicationExtended"> = {},
): ActOf<"applicationExtended"> => ({
  ...{ kind: "applicationExtended", application: "application-1" },
  ...{ due: day(22), paper: secretOf("why it takes longer") },
  ...change,
});
export const aRefusal = (
  change: Of<"applicationRefused"> = {},
): ActOf<"applicationRefused"> => ({
  ...{ kind: "applicationRefused", application: "application-1" },
  ...{ rule: "V-PUR", redress: ["administrativeReview", "court"] },
  ...{ redressUntil: day(80), paper: secretOf("reasons") },
  ...change,
});
export const aRetreat = (
  change: Of<"applicationWithdrawn"> = {},
): ActOf<"applicationWithdrawn"> => ({
  ...{ kind: "applicationWithdrawn", application: "application-1" },
  paper: secretOf("not any more"),
  ...change,
});

/** In an order in which an office could grant them, but for the last two, of which one takes the place of the other. */
export const oneOfEachApplication = {
  applicationReceived: anApplication({ organisation: "sanhe" }),
  completionAsked: aQuery({ left: 14 }),
  completionReceived: aCompletion({ due: day(15) }),
  applicationExtended: anExtension({ due: day(16) }),
  applicationRefused: aRefusal(),
  applicationWithdrawn: aRetreat(),
};

const id = fc.constantFrom("application-1", "application-2");
const hours = fc.constantFrom(-1, 1, 24, 24 * 10, 24 * 20, 24 * 31);
type Dated = (hour: number) => Act;
const dated = (make: (id: string, due: number) => Act) =>
  fc.tuple(id, hours).map(
    ([one, more]): Dated =>
      (hour) =>
        make(one, hour + more * HOUR),
  );

/** Applications in every order, in time and out of it. */
export const applying = {
  applicationReceived: dated((application, due) =>
    anApplication({ application, due }),
  ),
  completionAsked: dated((application, by) => aQuery({ application, by })),
  completionReceived: dated((application, due) =>
    aCompletion({ application, due }),
  ),
  applicationExtended: dated((application, due) =>
    anExtension({ application, due }),
  ),
  applicationRefused: dated((application, redressUntil) =>
    aRefusal({ application, redressUntil }),
  ),
  applicationWithdrawn: id.map(
    (application): Dated =>
      () =>
        aRetreat({ application }),
  ),
};
