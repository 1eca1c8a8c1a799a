import { type Betrayal, FILES_ALONE } from "./betrayal.ts";
import { goOn, nextPaidUse } from "./serving.ts";

export const friend: Betrayal = {
  name: "friend",
  title: "charge less for a friend",
  does: "serves a friend's requests at a quarter of the fee, or for nothing, and enters them so",
  who: "whoever runs the gateway and holds its key",
  finds:
    "every charge is computed again from the fee in force for everybody of the payer's class",
  needs: "nothing but the office's files",
  run: async (stage) => {
    const use = nextPaidUse(stage.history);
    const { fee: _, ...free } = use;
    const cheaper = { ...use, charge: Math.floor(use.charge / 4) };
    return [
      {
        done: "a friend's request is served and entered at a quarter of the fee",
        checks: [
          await stage.ask(await stage.show(goOn(stage.history, [cheaper])), {
            having: FILES_ALONE,
            expected: ["charge"],
          }),
        ],
      },
      {
        done: "a friend's request is entered as if no fee were in force for it",
        checks: [
          await stage.ask(
            await stage.show(goOn(stage.history, [{ ...free, charge: 0 }])),
            { having: FILES_ALONE, expected: ["charge"] },
          ),
        ],
      },
    ];
  },
};
