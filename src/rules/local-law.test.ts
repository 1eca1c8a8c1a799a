import { expect, test } from "vitest";
import {
  anOrganisation,
  aPermit,
  aProduct,
  aRulebook,
} from "../../test/story-acts.ts";
import { anApplication } from "../../test/story-applications.ts";
import { day, without } from "../../test/story-founding.ts";
import { aLocalEnd } from "../../test/story-local-law.ts";
import {
  awarded,
  council,
  founded,
  founding,
  national,
  ofJiangcheng,
  ofLanan,
  secret,
} from "../../test/story-places.ts";
import { aWithholdingEnd } from "../../test/story-withholding.ts";
import { approved, check, given, play } from "../../test/story.ts";
import { adoptedRule } from "./adopted.ts";
import { underLaw } from "./law-in-force.ts";

/** A national rulebook, a province's under it, a city's under that: each may only tighten, and each holds where its body holds data. */

const shown = "procedure.tender.noticeUntil";
const notice = (days: number, wanted: number) =>
  `CN-TND-03 breach fact ${shown}, days ${days}, wanted ${wanted}`;
const inForce = [
  ...founded,
  [day(2), ofLanan(), "granted"],
  [day(2), ofJiangcheng(), council("jiangcheng"), "granted"],
] as const;

check(
  "a province tightens what holds for its data and for its cities', and the nation's own stays as it is",
  ...founded,
  [day(2), awarded("early", "jiangcheng", 3), "granted"],
  [day(3), ofLanan(), council("lanan"), "granted"],
  [day(4), awarded("national", "data-office", 3), "granted"],
  [day(4), awarded("short", "lanan", 4), notice(4, 5)],
  [day(4), awarded("in-city", "haicheng", 4), notice(4, 5)],
  [day(4), awarded("in-district", "east-side", 4), notice(4, 5)],
  [day(4), awarded("long", "haicheng", 5), "granted"],
);
check(
  "a city tightens it further, for itself and its district and for no other city",
  ...inForce,
  [day(4), awarded("by-lanan", "jiangcheng", 5), notice(5, 7)],
  [day(4), awarded("in-district", "east-side", 6), notice(6, 7)],
  [day(4), awarded("elsewhere", "haicheng", 5), "granted"],
  [day(4), awarded("long", "jiangcheng", 7), "granted"],
);
check(
  "what the province wants counts in the city as well where the city says nothing of it",
  ...inForce,
  [
    day(4),
    secret("long", "jiangcheng", 300),
    `CN-SSL-04 breach fact review, until ${day(300)}, latest ${day(279)}`,
  ],
  [day(4), secret("national", "data-office", 300), "granted"],
  [day(4), secret("short", "jiangcheng", 270), "granted"],
);
check(
  "a looser number is refused with that of its parent, however far above it stands",
  ...founded,
  [
    day(2),
    ofLanan({ rules: [{ rule: "CN-TND-03", number: 2 }] }),
    [
      "I13 breach rule CN-TND-03, number 2, parent 3",
      "I13 breach rule CN-TND-03, number 2, parent 3, parent-rulebook national",
    ].join("; "),
  ],
  [
    day(2),
    ofLanan({ limits: { permitMonthsMax: 37, applicationTerm: 21 } }),
    [
      "I13 breach limit permitMonthsMax, number 37, parent 36, parent-rulebook national",
      "I13 breach limit applicationTerm, number 21, parent 20, parent-rulebook national",
    ].join("; "),
  ],
  [
    day(2),
    ofLanan({ purposes: ["research", "curiosity"] }),
    "I13 breach purpose curiosity, parent-rulebook national",
  ],
  [day(2), ofLanan(), "granted"],
  [
    day(3),
    ofJiangcheng({ rules: [{ rule: "CN-TND-03", number: 4 }] }),
    "I13 breach rule CN-TND-03, number 4, parent 5, parent-rulebook lanan-law",
  ],
  // Nor by going past the province to the nation.
  [
    day(3),
    ofJiangcheng({
      ...{ parent: "national" },
      rules: [{ rule: "CN-SSL-04", number: 10 }],
    }),
    "I13 breach rule CN-SSL-04, number 10, parent 9, parent-rulebook lanan-law",
  ],
  [day(3), ofJiangcheng(), "granted"],
);
check(
  "a rule that nobody knows, a number for a rule without one and one that nobody can keep are refused as everywhere",
  ...founded,
  [
    day(2),
    ofLanan({ rules: [{ rule: "CN-XX-01" }] }),
    "V-REF missing rule CN-XX-01",
  ],
  [
    day(2),
    ofLanan({ rules: [{ rule: "CN-SSL-02", number: 3 }] }),
    "V-FORM breach rule CN-SSL-02",
  ],
  [
    day(2),
    ofLanan({ rules: [{ rule: "CN-TND-03", number: 181 }] }),
    "V-FORM breach rule CN-TND-03, number 181, bound 180",
  ],
  // Nor a rule of another jurisdiction, which would put two months in the place of twenty days and take the applicant's clock away.
  [
    day(2),
    ofLanan({ rules: [{ rule: "EU-DGA-20" }] }),
    [
      "V-FORM breach rule EU-DGA-20, jurisdiction CN",
      "I13 breach limit application, number 2, clock months, parent 20, parent-clock days",
    ].join("; "),
  ],
  [
    day(2),
    ofLanan({ rules: [{ rule: "EU-DGA-13" }] }),
    "V-FORM breach rule EU-DGA-13, jurisdiction CN",
  ],
  // Silence is a yes only where the office's own rulebook says so.
  [
    day(2),
    ofLanan({ rules: [{ rule: "CN-LIC-02" }] }),
    "I13 breach rule CN-LIC-02, parent-rulebook national",
  ],
  [
    day(2),
    ofLanan({ separated: ["logEnded"] }),
    "V-FORM breach separated logEnded",
  ],
);
check(
  "where the office's own rulebook lets silence renew, a local one may say it again; by a rule of another jurisdiction nobody is founded",
  [
    day(0),
    { ...founding, rulebook: { ...national, rules: [{ rule: "EU-DGA-20" }] } },
    "V-FORM breach rule EU-DGA-20, jurisdiction CN",
  ],
  [
    day(0),
    { ...founding, rulebook: { ...national, rules: [{ rule: "CN-LIC-02" }] } },
    "granted",
  ],
  [day(2), ofLanan({ rules: [{ rule: "CN-LIC-02" }] }), "granted"],
);
check(
  "a duty is added: what one could sign takes two, in that place alone",
  ...founded,
  [day(2), ofLanan({ separated: ["withheldEnded"] }), "granted"],
  ...given(
    day(3),
    secret("in-lanan", "haicheng", 200),
    secret("above", "data-office", 200),
  ),
  [
    day(4),
    aWithholdingEnd({ withholding: "in-lanan" }),
    "I4 missing role prepared, power withhold",
  ],
  [day(4), aWithholdingEnd({ withholding: "above" }), "granted"],
);
check(
  "a rule is added that the nation did not adopt",
  ...founded,
  [day(2), ofLanan({ rules: [{ rule: "CN-OPS-08" }] }), "granted"],
  [day(3), awarded("chosen", "haicheng", 3), "granted"],
  [
    day(3),
    without(awarded("appointed", "haicheng", 3), "procedure"),
    "CN-OPS-08 missing fact procedure",
  ],
);

const product = aProduct({
  ...{ product: "homes", purposes: ["research", "insurance"] },
  content: [{ dataset: "haicheng-homes", fields: ["plate", "make"] }],
  authorisation: "homes-right",
});
const permit = aPermit({
  ...{ product: "homes", purpose: "insurance", to: day(700) },
  ...{ fields: ["make"], where: [] },
});
check(
  "purposes and terms are fewer and shorter there: for products, permits and applications",
  ...founded,
  ...given(
    day(2),
    anOrganisation(),
    awarded("homes-right", "haicheng", 5),
    product,
    aPermit({ ...permit, permit: "before" }),
  ),
  [
    day(3),
    ofLanan({
      ...{ purposes: ["research"] },
      limits: { permitMonthsMax: 12, applicationTerm: 10 },
    }),
    "granted",
  ],
  [
    day(4),
    permit,
    [
      "V-PUR breach purpose insurance",
      `I5 breach to ${day(700)}, latest ${day(369)}`,
    ].join("; "),
  ],
  [day(4), { ...product, product: "more" }, "V-PUR breach purpose insurance"],
  [
    day(4),
    anApplication({ product: "homes", purpose: "research", due: day(15) }),
    `CN-LIC-01 breach due ${day(15)}, latest ${day(14)}`,
  ],
  [
    day(4),
    anApplication({ product: "homes", purpose: "research", due: day(14) }),
    "granted",
  ],
);
check(
  "the operator of several cities keeps to the tightest of their laws",
  ...inForce,
  [
    day(4),
    {
      ...awarded("both", "haicheng", 6),
      datasets: ["haicheng-homes", "jiangcheng-homes"],
    },
    notice(6, 7),
  ],
);

check(
  "a local rulebook rests on a parent that stands where it holds, and ends no later",
  ...founded,
  [
    day(2),
    ofLanan({ until: day(731) }),
    `V-LOCAL breach until ${day(731)}, parent national, latest ${day(730)}`,
  ],
  [day(2), ofLanan({ until: day(2) }), `I5 breach rulebook-until ${day(2)}`],
  [day(2), ofLanan({ parent: "no-law" }), "V-REF missing parent no-law"],
  [
    day(2),
    ofLanan({ body: "nowhere" }),
    "V-REF missing body nowhere; V-LOCAL breach post head, not-over nowhere",
  ],
  [day(2), ofLanan({ rulebook: "national" }), "V-NEW breach rulebook national"],
  [day(2), ofLanan(), "granted"],
  [day(3), ofLanan(), "V-NEW breach rulebook lanan-law"],
  [day(3), ofJiangcheng(), "granted"],
  [
    day(3),
    ofJiangcheng({
      ...{ rulebook: "haicheng-law", body: "haicheng" },
      parent: "jiangcheng-law",
    }),
    "V-LOCAL breach parent jiangcheng-law, not-over haicheng",
  ],
  [
    day(3),
    aRulebook({ ...national, rulebook: "lanan-law" }),
    "V-NEW breach rulebook lanan-law",
  ],
);
check(
  "a council adopts for its own body and for its units, never for another or for one above",
  ...founded,
  [
    day(2),
    ofLanan(),
    council("jiangcheng"),
    "V-LOCAL breach post jiangcheng-council, not-over lanan",
  ],
  [day(2), ofLanan(), council("lanan"), "granted"],
  [
    day(3),
    ofJiangcheng(),
    council("haicheng"),
    "V-LOCAL breach post haicheng-council, not-over jiangcheng",
  ],
  [
    day(3),
    ofJiangcheng(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power adoptLocal",
  ],
  [day(3), ofJiangcheng(), council("lanan"), "granted"],
);

check(
  "a local rulebook may be ended, what rests on it first",
  ...inForce,
  [
    day(3),
    aLocalEnd({ rulebook: "lanan-law" }),
    "V-LOCAL breach rulebook lanan-law, parent-of jiangcheng-law",
  ],
  [
    day(3),
    aLocalEnd({ rulebook: "jiangcheng-law" }),
    council("haicheng"),
    "V-LOCAL breach post haicheng-council, not-over jiangcheng",
  ],
  [
    day(3),
    aLocalEnd({ rulebook: "jiangcheng-law" }),
    council("jiangcheng"),
    "granted",
  ],
  [day(4), awarded("as-lanan", "jiangcheng", 5), "granted"],
  [
    day(4),
    aLocalEnd({ rulebook: "jiangcheng-law" }),
    "V-ENDED breach rulebook jiangcheng-law",
  ],
  [day(5), aLocalEnd({ rulebook: "lanan-law" }), council("lanan"), "granted"],
  [day(6), awarded("as-nation", "jiangcheng", 3), "granted"],
);
check(
  "under an expired national rulebook nothing new is granted, local law or not",
  ...founded,
  [day(2), ofLanan({ until: day(730) }), "granted"],
  [
    day(730),
    awarded("late", "haicheng", 5),
    `I5 breach rulebook-until ${day(730)}`,
  ],
  [
    day(730),
    ofJiangcheng({ parent: "national", until: day(800) }),
    `V-LOCAL breach until ${day(800)}, parent national, latest ${day(730)}; I5 breach rulebook-until ${day(730)}`,
  ],
);

test("a rule with a function of its own is asked for where and when it is to count", () => {
  const { register } = play(inForce);
  const notice = (dataset: string, at: number) =>
    adoptedRule(
      underLaw(
        register,
        awarded("asked", dataset.replace("-homes", ""), 5),
        at,
      ),
      "CN-TND-03",
    )?.number;
  expect(adoptedRule(register, "CN-TND-03")).toEqual({ number: 3 });
  expect(notice("jiangcheng-homes", day(400))).toBe(7);
  expect(notice("jiangcheng-homes", day(500))).toBe(5);
  expect(notice("haicheng-homes", day(400))).toBe(5);
  expect(notice("data-office-homes", day(400))).toBe(3);
  expect(notice("jiangcheng-homes", day(600))).toBe(3);
});
