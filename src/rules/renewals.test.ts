import { expect, test } from "vitest";
import {
  aBody,
  aGateway,
  aPermit,
  anAuthorisation,
  aProduct,
  aRevocation,
  aRulebook,
  offered,
  priced,
  registered,
} from "../../test/story-acts.ts";
import {
  aRenewal,
  aRenewalAsked,
  aRenewalRefused,
} from "../../test/story-beyond.ts";
import { day, HOUR } from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import { approved, check, given, play, type Step } from "../../test/story.ts";
import { deadlinesOf } from "./due.ts";

/** Who asks in time and hears nothing has it renewed, once; who is answered in time has what was answered. */
const licence = aProduct({ permitsAre: "administrativeLicence" });
const adopted = aRulebook({ rules: [{ rule: "CN-LIC-02" }] });
const products = given(
  day(1),
  ...priced.map((one) => (one.kind === "product" ? licence : one)),
  aGateway(),
);
/** From 4 March to 4 June: three months. */
const FROM = day(2);
const END = day(94);
/** 4 September. */
const SILENT = day(186);
const known: readonly Step[] = [
  ...given(day(0), adopted),
  ...products,
  ...given(FROM, aPermit({ from: FROM, to: END })),
];
const silent = `granted, CN-LIC-02 breach permit huaxing-vehicles, silent-to ${SILENT}`;
const BY_PERMIT = "by huaxing-vehicles, vehicles-fee 80";

check(
  "silence renews for a term of the same months, and the gate serves on through the old end",
  ...known,
  [
    day(60),
    aRenewalAsked({ silentTo: SILENT + HOUR }),
    `CN-LIC-02 breach silent-to ${SILENT + HOUR}, wanted ${SILENT}`,
  ],
  [
    day(60),
    aRenewalAsked(),
    `CN-LIC-02 missing fact silentTo, wanted ${SILENT}`,
  ],
  [day(64), aRenewalAsked({ silentTo: SILENT }), silent],
  [
    day(64),
    aRenewalAsked({ silentTo: SILENT }),
    "V-ONCE breach permit huaxing-vehicles, step asked",
  ],
  asks(END - 1, "huaxing", asked(), BY_PERMIT),
  asks(END, "huaxing", asked(), BY_PERMIT),
  heads(END + HOUR),
  [
    END + HOUR,
    aRenewalRefused(),
    `CN-LIC-02 breach permit huaxing-vehicles, renewed-since ${END}`,
  ],
  [
    END + HOUR,
    aRenewal({ to: day(300) }),
    `CN-LIC-02 breach permit huaxing-vehicles, renewed-since ${END}; V-ENDED breach permit huaxing-vehicles`,
  ],
  asks(SILENT - 1, "huaxing", asked(), BY_PERMIT),
  asks(
    SILENT,
    "huaxing",
    asked(),
    `I2 breach permit huaxing-vehicles, until ${SILENT}`,
  ),
  heads(SILENT),
  [SILENT + HOUR, aBody({ body: "last" }), "granted"],
);
check(
  "once: a second time silence is no yes",
  ...known,
  [day(60), aRenewalAsked({ silentTo: SILENT }), silent],
  [
    day(120),
    aRenewalAsked({ silentTo: day(278) }),
    `CN-LIC-02 breach silent-to ${day(278)}, wanted none`,
  ],
  [day(120), aRenewalAsked(), "granted"],
  [day(121), aRenewal({ to: day(250) }), "granted"],
  [
    day(200),
    aRenewalAsked({ silentTo: day(300) }),
    `CN-LIC-02 breach silent-to ${day(300)}, wanted none`,
  ],
);
check(
  "a refusal in time takes effect at the old end, and can still be gone against",
  ...known,
  [day(60), aRenewalAsked({ silentTo: SILENT }), silent],
  [
    day(61),
    aRenewalRefused({ redressUntil: day(120) }),
    `CN-REV-01 breach until ${day(120)}, earliest ${day(121)}`,
  ],
  [day(61), aRenewalRefused({ redressUntil: day(121) }), "granted"],
  [day(61), aRenewal(), "V-ENDED breach renewal-of huaxing-vehicles"],
  asks(
    END,
    "huaxing",
    asked(),
    `I2 breach permit huaxing-vehicles, until ${END}`,
  ),
);
check(
  "what the office grants in time takes the place of what silence would have given",
  ...known,
  [day(60), aRenewalAsked({ silentTo: SILENT }), silent],
  [day(61), aRenewal({ to: END }), `V-ORDER breach from ${END}, to ${END}`],
  [
    day(61),
    aRenewal({ to: END + 1200 * 24 * HOUR }),
    `I5 breach to ${END + 1200 * 24 * HOUR}, latest ${day(1190)}`,
  ],
  [day(61), aRenewal({ to: day(100) }), "granted"],
  asks(END, "huaxing", asked(), BY_PERMIT),
  asks(
    day(100),
    "huaxing",
    asked(),
    `I2 breach permit huaxing-vehicles, until ${day(100)}`,
  ),
);
check(
  "whoever asks 29 days before the end, or for what is no licence, or where no rulebook says so, is answered or is not",
  ...known,
  [
    day(65),
    aRenewalAsked({ silentTo: SILENT }),
    `CN-LIC-02 breach silent-to ${SILENT}, wanted none`,
  ],
  [day(65), aRenewalAsked(), "granted"],
  [day(66), aRevocation(), "granted"],
  [
    day(67),
    aRenewalAsked(),
    "V-ENDED breach permit huaxing-vehicles; V-ONCE breach permit huaxing-vehicles, step asked",
  ],
);
check(
  "a contract is not renewed by silence",
  ...given(day(0), adopted),
  ...given(day(1), ...registered, anAuthorisation()),
  ...given(day(1), aProduct({ permitsAre: "contract" })),
  ...given(day(2), aPermit({ from: FROM, to: END })),
  [
    day(60),
    aRenewalAsked({ silentTo: SILENT }),
    `CN-LIC-02 breach silent-to ${SILENT}, wanted none`,
  ],
  [day(60), aRenewalAsked(), "granted"],
  // It ended, and the answer comes late: it is still an answer.
  [
    day(95),
    aRenewal({ to: day(200) }),
    "V-ENDED breach permit huaxing-vehicles",
  ],
  [day(95), aRenewalRefused(), "granted"],
);
check(
  "nor is anything where no rulebook has adopted it",
  ...given(day(1), ...offered),
  ...given(day(2), aPermit({ from: FROM, to: END })),
  [
    day(60),
    aRenewalAsked({ silentTo: SILENT }),
    `CN-LIC-02 breach silent-to ${SILENT}, wanted none`,
  ],
  [day(60), aRenewal(), "V-REF missing renewal-of huaxing-vehicles"],
  [day(60), aRenewalAsked({ permit: "none" }), "V-REF missing permit none"],
);
check(
  "silence gives a term as long as the one granted last, not as all that was had before",
  ...known,
  [day(60), aRenewalAsked({ silentTo: SILENT }), silent],
  // A month, to 4 July; silence gives one more.
  [day(61), aRenewal({ to: day(124) }), "granted"],
  [
    day(94),
    aRenewalAsked({ silentTo: day(246) }),
    `CN-LIC-02 breach silent-to ${day(246)}, wanted ${day(155)}`,
  ],
  [
    day(94),
    aRenewalAsked({ silentTo: day(155) }),
    `granted, CN-LIC-02 breach permit huaxing-vehicles, silent-to ${day(155)}`,
  ],
);
const { limits } = adopted.rulebook;
const until = (end: number) =>
  aRulebook({ rules: [{ rule: "CN-LIC-02" }], until: end });
check(
  "silence gives no more than the office could grant today",
  ...known,
  [
    day(3),
    aRulebook({
      rules: [{ rule: "CN-LIC-02" }],
      limits: { ...limits, permitMonthsMax: 2 },
    }),
    "granted",
  ],
  [
    day(60),
    aRenewalAsked({ silentTo: SILENT }),
    `CN-LIC-02 breach silent-to ${SILENT}, wanted ${day(155)}`,
  ],
);
check(
  "nor anything behind the end of the rulebook that says so",
  ...known,
  [day(3), until(day(130)), "granted"],
  [
    day(60),
    aRenewalAsked({ silentTo: SILENT }),
    `CN-LIC-02 breach silent-to ${SILENT}, wanted ${day(130)}`,
  ],
  [day(60), until(END), "granted"],
  [
    day(60),
    aRenewalAsked({ silentTo: day(130) }),
    `CN-LIC-02 breach silent-to ${day(130)}, wanted none`,
  ],
  [day(60), aRenewalAsked(), "granted"],
  [
    day(61),
    aRenewal({ to: day(130) }),
    `I5 breach from ${END}, rulebook-until ${END}`,
  ],
);
check(
  "another term is decided as the permit that it continues: by what counts today, and by as many persons",
  ...known,
  [day(60), aRenewalAsked({ silentTo: SILENT }), silent],
  [
    day(61),
    aRenewal({ to: day(250) }),
    approved("head"),
    "I4 missing role prepared, power preparePermits",
  ],
  [
    day(62),
    aRulebook({ rules: [{ rule: "CN-LIC-02" }, { rule: "CN-REG-01" }] }),
    "granted",
  ],
  [
    day(62),
    aRenewal({ to: day(250) }),
    "CN-REG-01 missing dataset vehicles, next-step registrationApplied",
  ],
  [
    day(62),
    aRulebook({
      rules: [{ rule: "CN-LIC-02" }, { rule: "CN-REG-01" }],
      purposes: adopted.rulebook.purposes.filter(
        ({ purpose }) => purpose !== "vehicle-trade",
      ),
    }),
    "granted",
  ],
  [
    day(62),
    aRenewal({ to: day(250) }),
    "V-PUR breach purpose vehicle-trade; CN-REG-01 missing dataset vehicles, next-step registrationApplied",
  ],
);
check(
  "a term that is no number of months is renewed for as long, to the hour",
  ...given(day(0), adopted),
  ...products,
  [day(2) + 1, aPermit({ to: day(50) }), "granted"],
  [
    day(10),
    aRenewalAsked({ silentTo: day(98) }),
    `granted, CN-LIC-02 breach permit huaxing-vehicles, silent-to ${day(98)}`,
  ],
);

test("a renewal is due before the end, and silence is a deadline that was missed", () => {
  const story = [
    ...known,
    ...([[day(60), aRenewalAsked({ silentTo: SILENT }), silent]] as const),
  ];
  const lines = (at: number, ...more: readonly Step[]) => {
    const { due, missed } = deadlinesOf(play([...story, ...more]).register, at);
    return [
      due.map(({ id, by }) => [id, by]),
      missed.map(({ id, by, done }) => [id, by, done]),
    ];
  };
  expect(lines(day(70))).toEqual([[["huaxing-vehicles", END]], []]);
  expect(lines(END)).toEqual([[], [["huaxing-vehicles", END, END]]]);
  expect(lines(day(100), [day(80), aRenewalRefused(), "granted"])).toEqual([
    [],
    [],
  ]);
});
