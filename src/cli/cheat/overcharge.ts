import type { Betrayal } from "./betrayal.ts";
import { goOn, nextPaidUse } from "./serving.ts";

export const overcharge: Betrayal = {
  name: "overcharge",
  title: "charge more than the fee",
  does: "serves the next request and enters a charge that is higher than the approved fee",
  who: "whoever runs the gateway and holds its key",
  finds:
    "every charge is computed again from the fee in force at the use's anchor",
  needs: "nothing but the office's files",
  run: async (stage) => {
    const use = nextPaidUse(stage.history);
    const dearer = { ...use, charge: (use.charge * 5) / 2 };
    const twice = {
      ...use,
      charge: use.charge * 2,
      units: { ...use.units, calls: 2 },
    };
    return [
      {
        done: "a request is served and entered at two and a half times the fee; anchor, head and checkpoint are the gateway's and the office's own",
        checks: [
          await stage.ask(await stage.show(goOn(stage.history, [dearer])), {
            having: "nothing else",
            expected: ["charge"],
          }),
        ],
      },
      {
        done: "the fee is right, but one answer is entered as two calls",
        checks: [
          await stage.ask(await stage.show(goOn(stage.history, [twice])), {
            having: "nothing else",
            expected: ["use"],
          }),
        ],
      },
    ];
  },
};
